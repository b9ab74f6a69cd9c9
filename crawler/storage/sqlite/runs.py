"""Runs in SQLite: the table `runs`. The functions run on the worker's thread."""

import json
import sqlite3
from collections.abc import AsyncIterator
from datetime import datetime

from crawler.storage.codec import dumps, run_from_document, run_to_document, to_milliseconds
from crawler.storage.paging import Slice, end_of, read_slices
from crawler.storage.protocol import Run, RunReader, RunStore
from crawler.storage.sqlite.worker import ReaderPart, StorePart

_Position = tuple[int, str]  # started, id


class SqliteRunReader(ReaderPart, RunReader):
    def runs(
        self,
        *,
        outlet: str | None = None,
        before: tuple[datetime, str] | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[Run]:
        return read_slices(
            lambda after, size: self._reads.read(_select, outlet, after, size),
            after=None if before is None else (to_milliseconds(before[0]), before[1]),
            limit=limit,
        )


class SqliteRuns(SqliteRunReader, StorePart, RunStore):
    async def record_run(self, run: Run) -> None:
        await self._worker.write(upsert, run)


def upsert(connection: sqlite3.Connection, run: Run) -> None:
    """Write a run over an earlier one with its id."""
    document = run_to_document(run)
    connection.execute(
        "INSERT INTO runs (id, outlet, started, document) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET outlet = excluded.outlet, started = excluded.started,"
        " document = excluded.document",
        (document["id"], document["outlet"], to_milliseconds(document["started"]), dumps(document)),
    )


def _select(
    connection: sqlite3.Connection, outlet: str | None, after: _Position | None, size: int
) -> Slice[Run, _Position]:
    conditions = ["1"]
    values: list[str | int] = []
    if outlet is not None:
        conditions.append("outlet = ?")
        values.append(outlet)
    if after is not None:
        conditions.append("(started, id) < (?, ?)")
        values.extend(after)
    rows = connection.execute(
        f"SELECT started, id, document FROM runs WHERE {' AND '.join(conditions)}"  # noqa: S608
        " ORDER BY started DESC, id DESC LIMIT ?",
        (*values, size),
    ).fetchall()
    return Slice(
        [run_from_document(json.loads(document)) for _, _, document in rows],
        end_of([(started, id_) for started, id_, _ in rows], size),
    )
