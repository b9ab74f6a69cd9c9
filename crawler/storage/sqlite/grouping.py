"""The knowledge that articles are grouped by, in SQLite: the tables `boilerplate`, `stopped` and
`notes`. The functions run on the worker's thread."""

import json
import sqlite3
from collections.abc import Sequence

from crawler.storage.sqlite import saving, story_index
from crawler.storage.sqlite.worker import ReaderPart, StorePart
from crawler.storage.upkeep import GroupingReader, GroupingStore
from crawler.stories.boilerplate import with_keys
from crawler.stories.model import Boilerplate, Move

_BATCH = 100  # articles that are regrouped in one transaction


class SqliteGroupingReader(ReaderPart, GroupingReader):
    async def boilerplate(self, outlet: str) -> Boilerplate:
        return await self._reads.read(story_index.boilerplate_of, outlet)


class SqliteGrouping(SqliteGroupingReader, StorePart, GroupingStore):
    async def set_boilerplate(
        self, outlet: str, keys: frozenset[str], restless: frozenset[str] | None = None
    ) -> Boilerplate:
        return await self._worker.write(_replace_boilerplate, outlet, keys, restless)

    async def stop_keys(self) -> frozenset[int]:
        return await self._worker.read(story_index.stop_keys)

    async def set_stop_keys(self, keys: frozenset[int]) -> None:
        await self._worker.write(story_index.set_stop_keys, keys)

    async def regroup(self, article_ids: Sequence[str]) -> list[Move]:
        moves: list[Move] = []
        for start in range(0, len(article_ids), _BATCH):
            batch = article_ids[start : start + _BATCH]
            moves += await self._worker.write(saving.regroup, batch)
        return moves

    async def checkpoint(self, job: str) -> str | None:
        return await self._worker.read(_select_checkpoint, job)

    async def set_checkpoint(self, job: str, value: str | None) -> None:
        await self._worker.write(_replace_checkpoint, job, value)


def _replace_boilerplate(
    connection: sqlite3.Connection,
    outlet: str,
    keys: frozenset[str],
    restless: frozenset[str] | None,
) -> Boilerplate:
    boilerplate = with_keys(story_index.boilerplate_of(connection, outlet), keys, restless)
    connection.execute(
        "INSERT OR REPLACE INTO boilerplate (outlet, version, keys, restless) VALUES (?, ?, ?, ?)",
        (
            outlet,
            boilerplate.version,
            json.dumps(sorted(boilerplate.keys)),
            json.dumps(sorted(boilerplate.restless)),
        ),
    )
    return boilerplate


def _select_checkpoint(connection: sqlite3.Connection, job: str) -> str | None:
    row = connection.execute("SELECT value FROM notes WHERE name = ?", (job,)).fetchone()
    return row[0] if row else None


def _replace_checkpoint(connection: sqlite3.Connection, job: str, value: str | None) -> None:
    connection.execute("DELETE FROM notes WHERE name = ?", (job,))
    if value is not None:
        connection.execute("INSERT INTO notes (name, value) VALUES (?, ?)", (job, value))
