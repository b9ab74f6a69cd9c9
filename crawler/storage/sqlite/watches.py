"""What watches told of, in SQLite: the table `told`. The functions run on the worker's thread."""

import sqlite3
from collections.abc import Sequence

from crawler.storage.protocol import Told, WatchStore
from crawler.storage.sqlite.worker import StorePart

_MAX_IDS = 500  # in one query


class SqliteWatches(StorePart, WatchStore):
    async def told(self, watch: str, article_ids: Sequence[str]) -> dict[str, Told]:
        return await self._worker.read(_select, watch, article_ids)

    async def put_told(self, watch: str, notes: Sequence[Told]) -> None:
        await self._worker.write(_upsert, watch, notes)


def _select(
    connection: sqlite3.Connection, watch: str, article_ids: Sequence[str]
) -> dict[str, Told]:
    notes: dict[str, Told] = {}
    for start in range(0, len(article_ids), _MAX_IDS):
        some = article_ids[start : start + _MAX_IDS]
        marks = ", ".join("?" * len(some))
        rows = connection.execute(
            f"SELECT article, event, revisions, is_told FROM told"  # noqa: S608
            f" WHERE watch = ? AND article IN ({marks})",
            (watch, *some),
        )
        for article_id, event, revisions, is_told in rows:
            notes[article_id] = Told(article_id, event, revisions, bool(is_told))
    return notes


def _upsert(connection: sqlite3.Connection, watch: str, notes: Sequence[Told]) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO told (watch, article, event, revisions, is_told)"
        " VALUES (?, ?, ?, ?, ?)",
        [(watch, note.article_id, note.event, note.revisions, note.is_told) for note in notes],
    )
