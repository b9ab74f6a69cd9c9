"""The frontier in SQLite: the table `pages`. The functions run on the worker's thread."""

import sqlite3
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

from crawler.clock import MAX_AHEAD
from crawler.frontier import TrackedUrl, has_credible_due, with_credible_instants
from crawler.frontier.revisits import MAX_AGE
from crawler.storage.codec import to_milliseconds
from crawler.storage.paging import Slice, end_of, read_slices
from crawler.storage.protocol import FrontierReader, FrontierStore
from crawler.storage.sqlite.tracked_urls import select, tracked_url_from_json, upsert
from crawler.storage.sqlite.worker import ReaderPart, StorePart

_Position = tuple[int, str]  # due, address


class SqliteFrontierReader(ReaderPart, FrontierReader):
    async def tracked_urls(self, outlet: str, addresses: Sequence[str]) -> dict[str, TrackedUrl]:
        return await self._reads.read(select, outlet, addresses)

    def due_urls(self, outlet: str, now: datetime) -> AsyncIterator[TrackedUrl]:
        return read_slices(
            lambda after, size: self._reads.read(_select_due, outlet, now, after, size)
        )


class SqliteFrontier(SqliteFrontierReader, StorePart, FrontierStore):
    async def put_tracked_urls(self, tracked_urls: Sequence[TrackedUrl]) -> None:
        await self._worker.write_first(upsert, tracked_urls)

    async def forget_documents(self, outlet: str, before: datetime) -> None:
        await self._worker.write(_delete_documents, outlet, before)


def _select_due(
    connection: sqlite3.Connection, outlet: str, now: datetime, after: _Position | None, size: int
) -> Slice[TrackedUrl, _Position]:
    clock = datetime.now(UTC)
    latest = to_milliseconds(clock + MAX_AHEAD)
    last = to_milliseconds(clock + MAX_AHEAD + MAX_AGE)
    rows = connection.execute(
        "SELECT due, address, document FROM pages"
        " WHERE outlet = ? AND kind = 'article' AND (due <= ? OR due > ?"
        " OR due > ? AND (looked IS NULL OR looked > ?))"
        " AND (due, address) > (?, ?) ORDER BY due, address LIMIT ?",
        (outlet, to_milliseconds(now), last, latest, latest, *(after or (-1, "")), size),
    ).fetchall()
    tracked_urls = [tracked_url_from_json(document) for _, _, document in rows]
    return Slice(
        [
            with_credible_instants(tracked, clock)
            for tracked in tracked_urls
            if tracked.is_due(now) or not has_credible_due(tracked, clock)
        ],
        end_of([(due, address) for due, address, _ in rows], size),
    )


def _delete_documents(connection: sqlite3.Connection, outlet: str, before: datetime) -> None:
    connection.execute(
        "DELETE FROM pages WHERE outlet = ? AND kind = 'document' AND looked < ?",
        (outlet, to_milliseconds(before)),
    )
