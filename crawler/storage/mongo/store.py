"""The store in a MongoDB database: its concerns over one client, all of them or to be read."""

import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from crawler.storage.mongo import queries
from crawler.storage.mongo.assignment import assign_pending
from crawler.storage.mongo.client import connect
from crawler.storage.mongo.frontier import MongoFrontier, MongoFrontierReader
from crawler.storage.mongo.grouping import MongoGrouping, MongoGroupingReader
from crawler.storage.mongo.leases import MongoLeaseReader, MongoLeases
from crawler.storage.mongo.maintenance import MongoMaintenance
from crawler.storage.mongo.readdressing import MongoReaddressing
from crawler.storage.mongo.removal import MongoRemoval, MongoRemovalReader, finish_removals
from crawler.storage.mongo.runs import MongoRunReader, MongoRuns
from crawler.storage.mongo.schema import has_collections, prepare, require_schema
from crawler.storage.mongo.stories import MongoStories, MongoStoryReader
from crawler.storage.mongo.tallies import MongoTallies, MongoTallyReader
from crawler.storage.mongo.transfer import MongoTransfer
from crawler.storage.mongo.watches import MongoWatches
from crawler.storage.protocol import Reader, Store
from crawler.storage.schemas import no_store


class MongoReader(
    MongoStoryReader,
    MongoGroupingReader,
    MongoRemovalReader,
    MongoFrontierReader,
    MongoLeaseReader,
    MongoRunReader,
    MongoTallyReader,
    Reader,
):
    async def counts(self) -> dict[str, int]:
        return await self._client.call(queries.counts)

    async def size(self) -> int:
        return await self._client.call(queries.size)


class MongoStore(
    MongoReader,
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
    """All that a store does, over one client."""


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
        if not create and not await client.call(has_collections):
            raise no_store(client.display_uri)
        await client.call(prepare, client.display_uri)
        await client.call(assign_pending, uuid.uuid4().hex)
        await client.call(finish_removals)
        yield MongoStore(client, countries)


@asynccontextmanager
async def open_mongo_reader(
    uri: str, countries: Mapping[str, str] | None, *, seconds: float
) -> AsyncIterator[MongoReader]:
    """Open the store in the database that `uri` names to be read, each call for at most `seconds`.

    Raises StoreUnavailable when no server answers within 5 seconds, StoreError for a malformed URI,
    and for a database that holds no store or one of another schema.
    """
    async with connect(uri, seconds=seconds) as client:
        await client.call(require_schema, client.display_uri)
        yield MongoReader(client, countries)
