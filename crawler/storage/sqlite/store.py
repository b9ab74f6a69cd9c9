"""The store in one SQLite file: its concerns over one worker, or to be read over a pool."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from crawler.storage.protocol import Reader, Store
from crawler.storage.schemas import no_store
from crawler.storage.sqlite import queries
from crawler.storage.sqlite.errors import require_folder
from crawler.storage.sqlite.frontier import SqliteFrontier, SqliteFrontierReader
from crawler.storage.sqlite.grouping import SqliteGrouping, SqliteGroupingReader
from crawler.storage.sqlite.leases import SqliteLeaseReader, SqliteLeases
from crawler.storage.sqlite.maintenance import SqliteMaintenance
from crawler.storage.sqlite.pool import ReadPool
from crawler.storage.sqlite.readdressing import SqliteReaddressing
from crawler.storage.sqlite.removal import SqliteRemoval, SqliteRemovalReader
from crawler.storage.sqlite.runs import SqliteRunReader, SqliteRuns
from crawler.storage.sqlite.schema import require_schema
from crawler.storage.sqlite.stories import SqliteStories, SqliteStoryReader
from crawler.storage.sqlite.tallies import SqliteTallies, SqliteTallyReader
from crawler.storage.sqlite.transfer import SqliteTransfer
from crawler.storage.sqlite.watches import SqliteWatches
from crawler.storage.sqlite.worker import Worker


class SqliteReader(
    SqliteStoryReader,
    SqliteGroupingReader,
    SqliteRemovalReader,
    SqliteFrontierReader,
    SqliteLeaseReader,
    SqliteRunReader,
    SqliteTallyReader,
    Reader,
):
    async def counts(self) -> dict[str, int]:
        return await self._reads.read(queries.counts)

    async def size(self) -> int:
        path = self._reads.path
        files = (path, path.with_name(f"{path.name}-wal"))
        return sum(file.stat().st_size for file in files if file.exists())


class SqliteStore(
    SqliteReader,
    SqliteStories,
    SqliteGrouping,
    SqliteReaddressing,
    SqliteRemoval,
    SqliteFrontier,
    SqliteLeases,
    SqliteWatches,
    SqliteRuns,
    SqliteTallies,
    SqliteTransfer,
    SqliteMaintenance,
    Store,
):
    """All that a store does, over one worker."""


@asynccontextmanager
async def open_sqlite(
    path: Path, countries: Mapping[str, str] | None = None, *, create: bool = True
) -> AsyncIterator[SqliteStore]:
    """Open the store in the SQLite file at `path`, which is made where it is missing and `create`
    is True.

    Raises StoreUnavailable when the file cannot be opened now, StoreError when it holds something
    else or is missing, as its folder may be.
    """
    require_folder(path)
    if not create and not path.exists():  # noqa: ASYNC240 (one look at the disk)
        raise no_store(path)
    worker = Worker(path)
    await worker.open()
    try:
        yield SqliteStore(worker, countries)
    finally:
        await worker.close()


@asynccontextmanager
async def open_sqlite_reader(
    path: Path, countries: Mapping[str, str] | None, *, seconds: float, connections: int
) -> AsyncIterator[SqliteReader]:
    """Open the store in the SQLite file at `path` to be read, each call for at most `seconds`.

    Raises StoreUnavailable when the file cannot be opened now, StoreError when it is missing, holds
    something else or another schema.
    """
    pool = ReadPool(path, seconds=seconds, connections=connections)
    try:
        await pool.read(require_schema, path)
        yield SqliteReader(pool, countries)
    finally:
        await pool.close()
