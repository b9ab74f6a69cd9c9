"""Moving the articles and tracked URLs of an outlet to the addresses that its declaration gives
today. Each step may be done twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from pymongo import ASCENDING

from crawler.dedup import AddressError, canonical_url
from crawler.frontier import merged
from crawler.outlet import Outlet
from crawler.storage.codec import (
    Document,
    tombstone_from_document,
    tracked_url_from_document,
)
from crawler.storage.mongo import saving
from crawler.storage.mongo.client import Database, StorePart
from crawler.storage.mongo.documents import current_from
from crawler.storage.mongo.frontier import find, upsert
from crawler.storage.mongo.queries import old_versions
from crawler.storage.upkeep import ReaddressingStore
from crawler.stories.addresses import declared_address, readdressed
from crawler.stories.tombstones import with_declared_key

_BATCH = 500  # tracked URLs, or aliases, that are read at once
_FIELDS = {"url": 1, "own_url": 1, "canonical_url": 1}


class MongoReaddressing(StorePart, ReaddressingStore):
    async def extend_tombstones(self, outlet: Outlet) -> None:
        await self._client.call(_extend_tombstones, outlet)

    async def misplaced_articles(self, outlet: Outlet) -> dict[str, str]:
        return await self._client.call(_misplaced, outlet)

    async def move_articles(self, outlet: Outlet, article_ids: Sequence[str]) -> int:
        return await self._client.call(_move_articles, outlet, article_ids)

    async def move_tracked_urls(self, outlet: Outlet) -> None:
        after: str | None = ""
        while after is not None:
            after = await self._client.call(_move_tracked_urls, outlet, after)


async def _extend_tombstones(database: Database, outlet: Outlet) -> None:
    tombstones = database["tombstones"]
    async for document in tombstones.find({"outlet": outlet.name, "lifted": None}):
        tombstone = tombstone_from_document(document)
        extended = with_declared_key(tombstone, outlet)
        new_keys = list(set(extended.keys) - set(tombstone.keys))
        stands = await database["articles"].find_one({"_id": {"$in": new_keys}}, {"_id": 1})
        if new_keys and stands is None:
            change = {"$addToSet": {"keys": {"$each": new_keys}}}
            await tombstones.update_one({"_id": document["_id"], "lifted": None}, change)


async def _misplaced(database: Database, outlet: Outlet) -> dict[str, str]:
    """Return the addresses that the declaration gives for articles which stand at others, by
    article id."""
    by_time = [("time", ASCENDING), ("_id", ASCENDING)]
    documents = database["articles"].find({"outlet": outlet.name}, _FIELDS, sort=by_time)
    addresses = {}
    async for document in documents:
        address = _declared_address(outlet, document)
        if address not in (None, document["canonical_url"]):
            addresses[document["_id"]] = str(address)
    return addresses


async def _move_articles(database: Database, outlet: Outlet, article_ids: Sequence[str]) -> int:
    """Move articles of `outlet`; return how many of them stand elsewhere now.

    A note in the database says that moves are under way: whoever comes next ends those of a process
    that died.
    """
    note = {"_id": f"moving {outlet.name}"}
    if await database["notes"].find_one(note) is not None:
        await saving.finish_moves(database)
        await _move_notes(database)
    await database["notes"].replace_one(note, {"value": ""}, upsert=True)
    moved = [each for each in article_ids if await _move(database, outlet, each)]
    if moved:
        await _move_notes(database, moved)
    await database["notes"].delete_one(note)
    return len(moved)


async def _move_tracked_urls(database: Database, outlet: Outlet, after: str) -> str | None:
    """Move the next tracked articles of `outlet`, behind the id `after`; return the id up to which
    they were looked at, None at the end."""
    start = max(after, f"{outlet.name} ")
    query = {"_id": {"$gt": start, "$lt": f"{outlet.name}!"}, "kind": "article"}
    documents = (
        await database["pages"].find(query, sort=[("_id", ASCENDING)], limit=_BATCH).to_list()
    )
    for document in documents:
        tracked = tracked_url_from_document(document)
        try:
            declared = canonical_url(tracked.url, outlet=outlet)
            alias_of = tracked.alias_of and canonical_url(tracked.alias_of, outlet=outlet)
        except AddressError:
            continue
        if declared == tracked.address and alias_of == tracked.alias_of:
            continue
        moved = replace(tracked, alias_of=None if alias_of == declared else alias_of)
        if declared == tracked.address:
            await upsert(database, [moved])
            continue
        known = (await find(database, outlet.name, [declared])).get(declared)
        await upsert(database, [merged(moved, known, declared)])
        await database["pages"].delete_one({"_id": document["_id"]})
    return documents[-1]["_id"] if len(documents) == _BATCH else None


def _declared_address(outlet: Outlet, document: Document) -> str | None:
    return declared_address(
        outlet, document["url"], document.get("own_url"), document["canonical_url"]
    )


async def _move(database: Database, outlet: Outlet, article_id: str) -> bool:
    """Move an article; return False if it stays where it is."""
    document = await database["articles"].find_one({"_id": article_id})
    if document is None:
        return False
    address = _declared_address(outlet, document)
    if address is None or address == document["canonical_url"]:
        return False
    older = await old_versions(database, document["older"])
    current = current_from(document)
    versions = readdressed(address, current, older, datetime.now(UTC), outlet)
    return await saving.move(database, document, versions)


async def _move_notes(database: Database, article_ids: Sequence[str] | None = None) -> None:
    """Let what watches noted of articles, of all where `article_ids` is None, stand for those that
    they are aliases of now."""
    told = database["told"]
    query = {} if article_ids is None else {"article": {"$in": list(article_ids)}}
    async for note in told.find(query):
        alias = await database["aliases"].find_one({"_id": note["article"]})
        if alias is None:
            continue
        article_id = alias["article_id"]
        moved = {**note, "article": article_id}
        del moved["_id"]
        new_note = {"_id": f"{note['watch']} {article_id}"}
        await told.update_one(new_note, {"$setOnInsert": moved}, upsert=True)
        await told.delete_one({"_id": note["_id"]})
