"""The numbers of days in SQLite: the tables `day_tallies` and `stale_days`. The functions run on
the worker's thread.

Triggers mark a day stale in the transaction of whatever changes it, so no writer has to think of
it. Who counts a day leaves a token in its mark, which the next change takes away: only a day that
stayed as it was is not stale any more.
"""

import sqlite3
import uuid
from collections.abc import AsyncIterator
from datetime import date, datetime
from itertools import groupby

from crawler.storage.codec import from_milliseconds, to_milliseconds
from crawler.storage.incoming import stored_now
from crawler.storage.paging import Slice, end_of, read_slices
from crawler.storage.protocol import TallyReader, TallyStore
from crawler.storage.sqlite.rows import STORED_ARTICLE_COLUMNS, Row, stored_article_from_row
from crawler.storage.sqlite.worker import ReaderPart, StorePart
from crawler.storage.tallies import day_bounds, outlet_from_json, tally_from_json, tally_to_json
from crawler.stories.tallies import DayTally, StaleDay, Tally

_SLICE = 100  # stories that are read at once

_Position = tuple[int, str]
"""Time and id of a story."""


class SqliteTallyReader(ReaderPart, TallyReader):
    def tallies(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        outlet: str | None = None,
    ) -> AsyncIterator[DayTally]:
        return read_slices(
            lambda after, size: self._reads.read(_select, since, until, outlet, after, size)
        )

    async def stale_days(self) -> list[StaleDay]:
        return await self._reads.read(_select_stale)

    async def count_day(self, day: date) -> DayTally:
        counted_at = stored_now()
        numbers = Tally()
        start, end = map(to_milliseconds, day_bounds(day))
        after: _Position | None = (start, "")
        while after is not None:
            after = await self._reads.read(_add_stories, numbers, after, end)
        return DayTally(day, counted_at, numbers)


class SqliteTallies(SqliteTallyReader, StorePart, TallyStore):
    async def recount(self, day: date) -> DayTally:
        token = uuid.uuid4().hex
        await self._worker.write(_begin_count, day, token)
        tally = await self.count_day(day)
        await self._worker.write(_keep, tally, token)
        return tally


def _select(
    connection: sqlite3.Connection,
    since: date | None,
    until: date | None,
    outlet: str | None,
    after: str | None,
    size: int,
) -> Slice[DayTally, str]:
    # SQLite cuts one outlet out of the text much faster than Python reads all of it.
    of_outlet = "(SELECT value FROM json_each(document, '$.outlets') WHERE key = :outlet)"
    rows = connection.execute(
        f"SELECT day, counted_at, {of_outlet if outlet is not None else 'document'}"  # noqa: S608
        " FROM day_tallies WHERE day >= :since AND (:until IS NULL OR day < :until)"
        " AND day > :after ORDER BY day LIMIT :size",
        {
            "since": since.isoformat() if since else "",
            "until": until and until.isoformat(),
            "outlet": outlet,
            "after": after or "",
            "size": size,
        },
    ).fetchall()
    return Slice(
        [
            DayTally(
                date.fromisoformat(day),
                from_milliseconds(counted_at),
                tally_from_json(line) if outlet is None else outlet_from_json(outlet, line),
            )
            for day, counted_at, line in rows
        ],
        end_of([day for day, *_ in rows], size),
    )


def _select_stale(connection: sqlite3.Connection) -> list[StaleDay]:
    rows = connection.execute(
        "SELECT day, counted_at FROM stale_days LEFT JOIN day_tallies USING (day) ORDER BY day DESC"
    )
    return [StaleDay(date.fromisoformat(day), _instant(counted_at)) for day, counted_at in rows]


def _instant(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else from_milliseconds(milliseconds)


def _add_stories(
    connection: sqlite3.Connection, numbers: Tally, after: _Position, end: int
) -> _Position | None:
    """Add the next stories behind `after`, up to the time `end`; return the last one's position,
    None at the end."""
    positions: list[_Position] = connection.execute(
        "SELECT DISTINCT story_time, story_id FROM articles"
        " WHERE (story_time, story_id) > (?, ?) AND story_time <= ?"
        " ORDER BY story_time, story_id LIMIT ?",
        (*after, end, _SLICE),
    ).fetchall()
    if not positions:
        return None
    rows = connection.execute(
        f"SELECT {STORED_ARTICLE_COLUMNS} FROM articles"  # noqa: S608
        " WHERE (story_time, story_id) > (?, ?) AND (story_time, story_id) <= (?, ?)"
        " ORDER BY story_time, story_id",
        (*after, *positions[-1]),
    )
    for story_id, copies in groupby(rows, key=_story_id):
        numbers.add_story(story_id, [stored_article_from_row(row) for row in copies])
    return positions[-1]


def _story_id(row: Row) -> str:
    _, story_id, *_ = row
    return str(story_id)


def _begin_count(connection: sqlite3.Connection, day: date, token: str) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO stale_days (day, counting) VALUES (?, ?)", (day.isoformat(), token)
    )


def _keep(connection: sqlite3.Connection, tally: DayTally, token: str) -> None:
    """Keep the numbers of a day, unless somebody who began later has kept theirs."""
    day = tally.day.isoformat()
    mark = connection.execute("SELECT counting FROM stale_days WHERE day = ?", (day,)).fetchone()
    if mark is None:
        return
    connection.execute("DELETE FROM day_tallies WHERE day = ?", (day,))
    if tally.numbers.stories:
        connection.execute(
            "INSERT INTO day_tallies (day, counted_at, document) VALUES (?, ?, ?)",
            (day, to_milliseconds(tally.counted_at), tally_to_json(tally.numbers)),
        )
    if mark == (token,):
        connection.execute("DELETE FROM stale_days WHERE day = ?", (day,))
