"""The store in a MongoDB database: its concerns over one client."""

import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from crawler.storage.mongo import queries
from crawler.storage.mongo.assignment import assign_pending
from crawler.storage.mongo.client import Database, connect
from crawler.storage.mongo.frontier import MongoFrontier
from crawler.storage.mongo.grouping import MongoGrouping
from crawler.storage.mongo.leases import MongoLeases
from crawler.storage.mongo.maintenance import MongoMaintenance
from crawler.storage.mongo.readdressing import MongoReaddressing
from crawler.storage.mongo.removal import MongoRemoval, finish_removals
from crawler.storage.mongo.runs import MongoRuns
from crawler.storage.mongo.schema import prepare
from crawler.storage.mongo.stories import MongoStories
from crawler.storage.mongo.tallies import MongoTallies
from crawler.storage.mongo.transfer import MongoTransfer
from crawler.storage.mongo.watches import MongoWatches
from crawler.storage.protocol import Store, StoreError


class MongoStore(
    MongoStories,
    MongoGrouping,
    MongoReaddressing,
    MongoRemoval,
    MongoFrontier,
    MongoLeases,
    MongoWatches,
    MongoRuns,
    MongoTallies,
    MongoTransfer,
    MongoMaintenance,
    Store,
):
    async def counts(self) -> dict[str, int]:
        return await self._client.call(queries.counts)


@asynccontextmanager
async def open_mongo(
    uri: str, countries: Mapping[str, str] | None = None, *, create: bool = True
) -> AsyncIterator[MongoStore]:
    """Open the store in the database that `uri` names: make its indexes, assign the articles that
    dead writers left pending to their stories, and end removals that were broken off.

    Raises StoreUnavailable when no server answers within 5 seconds, StoreError for a malformed URI
    and, unless `create` is True, for a database without collections.
    """
    async with connect(uri) as client:
        if not create and not await client.call(_has_collections):
            raise StoreError(
                f"{client.display_uri}: there is no store yet; the first crawl makes it"
            )
        await client.call(prepare, client.display_uri)
        await client.call(assign_pending, uuid.uuid4().hex)
        await client.call(finish_removals)
        yield MongoStore(client, countries)


async def _has_collections(database: Database) -> bool:
    return bool(await database.list_collection_names())
