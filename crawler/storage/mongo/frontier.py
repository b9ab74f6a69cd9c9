"""The frontier in MongoDB: the collection `pages`."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from pymongo import ASCENDING, ReplaceOne

from crawler.clock import MAX_AHEAD
from crawler.dedup import article_id
from crawler.frontier import TrackedUrl, has_credible_due, with_credible_instants
from crawler.frontier.revisits import MAX_AGE
from crawler.storage.codec import Document, tracked_url_from_document, tracked_url_to_document
from crawler.storage.mongo.client import Database, StorePart
from crawler.storage.paging import Slice, end_of, read_slices
from crawler.storage.protocol import FrontierReader, FrontierStore

# Addresses in one query, which may have 16 MB: percent-encoded Arabic is long.
_MAX_ADDRESSES = 500

_Position = tuple[datetime, str]  # due, address


class MongoFrontierReader(StorePart, FrontierReader):
    async def tracked_urls(self, outlet: str, addresses: Sequence[str]) -> dict[str, TrackedUrl]:
        return await self._client.call(find, outlet, addresses)

    def due_urls(self, outlet: str, now: datetime) -> AsyncIterator[TrackedUrl]:
        return read_slices(
            lambda after, size: self._client.call(_find_due, outlet, now, after, size)
        )


class MongoFrontier(MongoFrontierReader, FrontierStore):
    async def put_tracked_urls(self, tracked_urls: Sequence[TrackedUrl]) -> None:
        if tracked_urls:
            await self._client.call(upsert, tracked_urls)

    async def forget_documents(self, outlet: str, before: datetime) -> None:
        await self._client.call(_delete_documents, outlet, before)


async def find(database: Database, outlet: str, addresses: Sequence[str]) -> dict[str, TrackedUrl]:
    clock = datetime.now(UTC)
    tracked_urls: dict[str, TrackedUrl] = {}
    for start in range(0, len(addresses), _MAX_ADDRESSES):
        some = addresses[start : start + _MAX_ADDRESSES]
        query = {"_id": {"$in": [_id(outlet, address) for address in some]}}
        for document in await database["pages"].find(query).to_list():
            tracked = tracked_url_from_document(document)
            tracked_urls[tracked.address] = with_credible_instants(tracked, clock)
    return tracked_urls


async def upsert(database: Database, tracked_urls: Sequence[TrackedUrl]) -> None:
    tracked_urls = await _without_buried_headlines(database, tracked_urls)
    writes = [
        ReplaceOne(
            {"_id": _id(tracked.outlet, tracked.address)},
            tracked_url_to_document(tracked),
            upsert=True,
        )
        for tracked in tracked_urls
    ]
    await database["pages"].bulk_write(writes, ordered=False)


async def _without_buried_headlines(
    database: Database, tracked_urls: Sequence[TrackedUrl]
) -> Sequence[TrackedUrl]:
    """Return `tracked_urls`, those of removed articles without the headline that was announced."""
    ids = {
        tracked.address: article_id(tracked.address) for tracked in tracked_urls if tracked.headline
    }
    if not ids:
        return tracked_urls
    tombstones = database["tombstones"].find({"keys": {"$in": list(ids.values())}}, {"keys": 1})
    buried = {key async for tombstone in tombstones for key in tombstone["keys"]}
    if not buried:
        return tracked_urls
    return [
        replace(tracked, headline=None) if ids.get(tracked.address) in buried else tracked
        for tracked in tracked_urls
    ]


async def _find_due(
    database: Database, outlet: str, now: datetime, after: _Position | None, size: int
) -> Slice[TrackedUrl, _Position]:
    clock = datetime.now(UTC)
    latest = clock + MAX_AHEAD
    is_date = {"$type": "date"}
    query: Document = {
        "outlet": outlet,
        "kind": "article",
        "$or": [
            {"due": is_date | {"$lte": now}},
            {"due": is_date | {"$gt": latest + MAX_AGE}},
            {"due": is_date | {"$gt": latest}, "looked": None},
            {"due": is_date | {"$gt": latest}, "looked": {"$gt": latest}},
        ],
    }
    if after is not None:
        due, address = after
        behind = {"$or": [{"due": {"$gt": due}}, {"due": due, "address": {"$gt": address}}]}
        query = {"$and": [query, behind]}
    sort = [("due", ASCENDING), ("address", ASCENDING)]
    documents = await database["pages"].find(query, sort=sort, limit=size).to_list()
    tracked_urls = [tracked_url_from_document(document) for document in documents]
    return Slice(
        [
            with_credible_instants(tracked, clock)
            for tracked in tracked_urls
            if tracked.is_due(now) or not has_credible_due(tracked, clock)
        ],
        end_of([(document["due"], document["address"]) for document in documents], size),
    )


async def _delete_documents(database: Database, outlet: str, before: datetime) -> None:
    await database["pages"].delete_many(
        {"outlet": outlet, "kind": "document", "looked": {"$lt": before}}
    )


def _id(outlet: str, address: str) -> str:
    return f"{outlet} {address}"
