"""The store in one SQLite file: its concerns over one worker."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from crawler.storage.protocol import Store, StoreError
from crawler.storage.sqlite import queries
from crawler.storage.sqlite.frontier import SqliteFrontier
from crawler.storage.sqlite.grouping import SqliteGrouping
from crawler.storage.sqlite.leases import SqliteLeases
from crawler.storage.sqlite.maintenance import SqliteMaintenance
from crawler.storage.sqlite.readdressing import SqliteReaddressing
from crawler.storage.sqlite.removal import SqliteRemoval
from crawler.storage.sqlite.runs import SqliteRuns
from crawler.storage.sqlite.stories import SqliteStories
from crawler.storage.sqlite.tallies import SqliteTallies
from crawler.storage.sqlite.transfer import SqliteTransfer
from crawler.storage.sqlite.watches import SqliteWatches
from crawler.storage.sqlite.worker import Worker


class SqliteStore(
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
    async def counts(self) -> dict[str, int]:
        return await self._worker.read(queries.counts)


@asynccontextmanager
async def open_sqlite(
    path: Path, countries: Mapping[str, str] | None = None, *, create: bool = True
) -> AsyncIterator[SqliteStore]:
    """Open the store in the SQLite file at `path`, which is made where it is missing and `create`
    is True.

    Raises StoreUnavailable when the file cannot be opened now, StoreError when it holds something
    else or is missing, as its folder may be.
    """
    if not path.parent.is_dir():
        raise StoreError(f"{path}: there is no folder {path.parent}")
    if not create and not path.exists():  # noqa: ASYNC240 (likewise)
        raise StoreError(f"{path}: there is no store yet; the first crawl makes it")
    worker = Worker(path)
    await worker.open()
    try:
        yield SqliteStore(worker, countries)
    finally:
        await worker.close()
