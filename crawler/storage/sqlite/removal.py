"""Removing articles for good, in SQLite: the tables `tombstones`, `tombstone_keys` and
`retentions`. The functions run on the worker's thread."""

import json
import sqlite3
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from crawler.storage.codec import (
    dumps,
    from_milliseconds,
    to_milliseconds,
    tombstone_from_document,
    tombstone_to_document,
)
from crawler.storage.incoming import stored_now
from crawler.storage.paging import Slice, end_of, read_slices
from crawler.storage.protocol import RemovalReader, RemovalStore
from crawler.storage.sqlite import queries, saving, story_index, tracked_urls, word_index
from crawler.storage.sqlite.assignment import assign
from crawler.storage.sqlite.worker import ReaderPart, StorePart
from crawler.stories.tombstones import (
    Retention,
    Tombstone,
    addresses_of,
    bury,
    earliest_of,
    forwarding,
)

_BATCH = 100  # articles removed in one transaction
_MERGED_PAGES = 500  # of the index of words, in one transaction
_CHECKPOINT_TIMEOUT = 5000  # milliseconds to wait for readers of older states

_Position = tuple[int, str]  # forgotten, id

_ALWAYS_LEFT = (
    "backups, exports, recordings and WARC files",
    "blocks of the disk that were freed",
)
_FREED_PAGES = "pages of the file that were freed earlier (--compact writes it anew)"
_LOG = "the write-ahead log, which another process was reading: run it again"


class SqliteRemovalReader(ReaderPart, RemovalReader):
    async def tombstone(self, article_id: str) -> Tombstone | None:
        return await self._reads.read(_select_tombstone, article_id)

    def tombstones(self) -> AsyncIterator[Tombstone]:
        return read_slices(lambda after, size: self._reads.read(_select, after, size))

    async def retentions(self) -> list[Retention]:
        return await self._reads.read(select_retentions)


class SqliteRemoval(SqliteRemovalReader, StorePart, RemovalStore):
    async def forget(self, article_id: str, reason: str) -> Tombstone | None:
        return await self._worker.write(_forget, article_id, reason, stored_now())

    async def forget_before(self, outlet: str, before: datetime, reason: str) -> int:
        return await self._worker.write(_forget_before, outlet, before, reason, stored_now())

    async def lift_tombstone(self, article_id: str) -> bool:
        return await self._worker.write(_lift_tombstone, article_id, stored_now())

    async def lift_retention(self, outlet: str) -> bool:
        return await self._worker.write(_lift_retention, outlet)

    async def purge(self, *, compact: bool = False) -> list[str]:
        while not await self._worker.write(_merge_words):
            pass
        last: str | None = ""
        while last is not None:
            last = await self._worker.write(_prune_words, last)
        if compact:
            await self._worker.maintain(_rewrite)
        is_truncated = await self._worker.maintain(_truncate_log)
        left = [*_ALWAYS_LEFT]
        left += [] if compact else [_FREED_PAGES]
        left += [] if is_truncated else [_LOG]
        return left


def _forget(
    connection: sqlite3.Connection, article_id: str, reason: str, now: datetime
) -> Tombstone | None:
    article_id = queries.present_id(connection, article_id)
    stored = queries.current_of(connection, article_id)
    if stored is None:
        return _select_tombstone(connection, article_id)
    number, current = stored
    old_versions = queries.old_versions(connection, number)
    tombstone = bury(
        article_id,
        current,
        old_versions,
        _successor(connection, article_id, {article_id}),
        reason=reason,
        now=now,
    )
    insert_tombstone(connection, tombstone)
    addresses = sorted(addresses_of(current, old_versions))
    with _overwriting(connection):
        _remove(connection, [(article_id, number)])
        tracked_urls.remove_headlines(connection, tombstone.outlet, addresses)
        tracked_urls.remove_headlines_of_aliases(connection, tombstone.outlet)
    return tombstone


def _forget_before(
    connection: sqlite3.Connection, outlet: str, before: datetime, reason: str, now: datetime
) -> int:
    limit = to_milliseconds(before)
    retention = Retention(outlet, before, reason, now)
    insert_retention(connection, retention)
    rows = connection.execute(
        "SELECT id, time, number, canonical_url FROM articles"
        " WHERE outlet = ? AND time < ? ORDER BY time, id LIMIT ?",
        (outlet, limit, _BATCH),
    ).fetchall()
    ids = {article_id for article_id, *_ in rows}
    for article_id, time, *_ in rows:
        successor = _successor(connection, article_id, ids)
        _forward(connection, article_id, from_milliseconds(time), successor, retention)
    with _overwriting(connection):
        tracked_urls.remove_headlines(connection, outlet, [address for *_, address in rows])
        _remove(connection, [(article_id, number) for article_id, _, number, _ in rows])
        if not rows:
            tracked_urls.remove_headlines_of_aliases(connection, outlet)
    return len(rows)


def _remove(connection: sqlite3.Connection, articles: Iterable[tuple[str, int]]) -> None:
    """Remove articles, given by id and number, with all that was written of them, and assign those
    that hung together with them anew."""
    affected: list[set[int]] = []
    witnessed: set[int] = set()
    for article_id, number in articles:
        text_hash = story_index.stored_signature(connection, number).text_hash
        if text_hash is not None:
            links = story_index.read_links(connection, [text_hash])
            affected.append({text_hash}.union(*(link.text_hashes for link in links)))
            if any(article_id in link.articles for link in links):
                witnessed.add(text_hash)
        saving.remove(connection, article_id, number)
    for text_hash in witnessed:
        # The links that a removed article showed, another print of its text may show.
        for other in story_index.read_articles_of_text(connection, text_hash):
            story_index.link_to_candidates(connection, other, detect_stop_keys=False)
    for text_hashes in affected:
        assign(connection, "", text_hashes)


def _successor(
    connection: sqlite3.Connection, article_id: str, removed: Iterable[str]
) -> str | None:
    """Return the earliest other copy of the story of an article, without those to be removed."""
    rows = connection.execute(
        "SELECT id, published FROM articles WHERE story_id ="
        " (SELECT story_id FROM articles WHERE id = ?)",
        (article_id,),
    )
    return earliest_of(
        (copy_id, None if published is None else from_milliseconds(published))
        for copy_id, published in rows
        if copy_id not in removed
    )


def _forward(
    connection: sqlite3.Connection,
    article_id: str,
    time: datetime,
    successor: str | None,
    retention: Retention,
) -> None:
    """Let the id of an article that grew too old be answered by the other copies of its story, and
    its former ids too."""
    if successor is None:
        connection.execute("DELETE FROM aliases WHERE article_id = ?", (article_id,))
    else:
        entry = forwarding(article_id, time, successor, retention)
        insert_tombstone(connection, entry, lifted=retention.forgotten)


def insert_tombstone(
    connection: sqlite3.Connection, tombstone: Tombstone, lifted: datetime | None = None
) -> None:
    """Write a tombstone over an earlier one of the article. lifted: when it was lifted."""
    connection.execute("DELETE FROM tombstone_keys WHERE tombstone = ?", (tombstone.id,))
    connection.execute(
        "INSERT OR REPLACE INTO tombstones (id, time, successor, forgotten, lifted, document)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            tombstone.id,
            to_milliseconds(tombstone.time),
            tombstone.successor,
            to_milliseconds(tombstone.forgotten),
            None if lifted is None else to_milliseconds(lifted),
            dumps(tombstone_to_document(tombstone)),
        ),
    )
    connection.executemany(
        "INSERT INTO tombstone_keys (key, tombstone) VALUES (?, ?)",
        [(key, tombstone.id) for key in tombstone.keys],
    )


def _select_tombstone(connection: sqlite3.Connection, article_id: str) -> Tombstone | None:
    row = connection.execute(
        "SELECT document FROM tombstones WHERE id = ? AND lifted IS NULL",
        (queries.present_id(connection, article_id),),
    ).fetchone()
    return tombstone_from_document(json.loads(row[0])) if row else None


def _select(
    connection: sqlite3.Connection, after: _Position | None, size: int
) -> Slice[Tombstone, _Position]:
    behind = "1" if after is None else "(forgotten, id) < (?, ?)"
    rows: Sequence[tuple[int, str, str]] = connection.execute(
        f"SELECT forgotten, id, document FROM tombstones WHERE lifted IS NULL AND {behind}"  # noqa: S608
        " ORDER BY forgotten DESC, id DESC LIMIT ?",
        (*(after or ()), size),
    ).fetchall()
    return Slice(
        [tombstone_from_document(json.loads(document)) for _, _, document in rows],
        end_of([(forgotten, id_) for forgotten, id_, _ in rows], size),
    )


def insert_retention(connection: sqlite3.Connection, retention: Retention) -> None:
    """Write a retention, unless one of its outlet reaches as far."""
    connection.execute(
        "INSERT INTO retentions (outlet, before, reason, forgotten) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (outlet) DO UPDATE SET before = excluded.before, reason = excluded.reason,"
        " forgotten = excluded.forgotten WHERE excluded.before > before",
        (
            retention.outlet,
            to_milliseconds(retention.before),
            retention.reason,
            to_milliseconds(retention.forgotten),
        ),
    )


def select_retentions(connection: sqlite3.Connection) -> list[Retention]:
    """Return the retentions, by outlet."""
    rows = connection.execute(
        "SELECT outlet, before, reason, forgotten FROM retentions ORDER BY outlet"
    )
    return [
        Retention(outlet, from_milliseconds(before), reason, from_milliseconds(forgotten))
        for outlet, before, reason, forgotten in rows
    ]


def _lift_tombstone(connection: sqlite3.Connection, article_id: str, now: datetime) -> bool:
    article_id = queries.present_id(connection, article_id)
    lifted = connection.execute(
        "UPDATE tombstones SET lifted = ?, document = json_set(document, '$.keys', json('[]'))"
        " WHERE id = ? AND lifted IS NULL",
        (to_milliseconds(now), article_id),
    )
    connection.execute("DELETE FROM tombstone_keys WHERE tombstone = ?", (article_id,))
    return lifted.rowcount == 1


def _lift_retention(connection: sqlite3.Connection, outlet: str) -> bool:
    return connection.execute("DELETE FROM retentions WHERE outlet = ?", (outlet,)).rowcount == 1


@contextmanager
def _overwriting(connection: sqlite3.Connection) -> Iterator[None]:
    """Have SQLite overwrite what is deleted with zeros, which it otherwise leaves in the file."""
    connection.execute("PRAGMA secure_delete = ON")
    try:
        yield
    finally:
        connection.execute("PRAGMA secure_delete = OFF")


def _merge_words(connection: sqlite3.Connection) -> bool:
    """Merge some of the index of words, in which deleted words stand until their part is merged;
    return True when all is merged."""
    before = connection.total_changes
    with _overwriting(connection):
        # https://www.sqlite.org/fts5.html#the_merge_command: below zero it works as "optimize"
        # does; a change of fewer than two rows says that nothing is left to do.
        connection.execute("INSERT INTO words (words, rank) VALUES ('merge', ?)", (-_MERGED_PAGES,))
    return connection.total_changes - before < 2


def _prune_words(connection: sqlite3.Connection, after: str) -> str | None:
    """Remove words behind `after` that no article has; return the last one looked at, None at the
    end."""
    with _overwriting(connection):
        return word_index.prune_vocabulary(connection, after)


def _rewrite(connection: sqlite3.Connection) -> None:
    connection.execute("VACUUM")


def _truncate_log(connection: sqlite3.Connection) -> bool:
    """Empty the write-ahead log; return False if a reader of an older state has kept it."""
    (timeout,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {_CHECKPOINT_TIMEOUT}")
    try:
        (is_busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {timeout}")
    return not is_busy
