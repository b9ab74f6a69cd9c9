"""What crawls go on from: the frontier and the leases."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime

from pymongo import ASCENDING, ReplaceOne, ReturnDocument
from pymongo.errors import DuplicateKeyError

from crawler.frontier import TrackedUrl
from crawler.storage.codec import Document, tracked_url_from_document, tracked_url_to_document
from crawler.storage.mongo.client import Database
from crawler.storage.mongo.reading import Position
from crawler.storage.protocol import Lease, LeaseHeld

_AT_ONCE = 500  # addresses in one query, which may have 16 MB: percent-encoded Arabic is long
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


async def tracked_urls(
    database: Database, outlet: str, addresses: Sequence[str]
) -> dict[str, TrackedUrl]:
    """What is known of these addresses."""
    found: dict[str, TrackedUrl] = {}
    for start in range(0, len(addresses), _AT_ONCE):
        ids = [_id(outlet, address) for address in addresses[start : start + _AT_ONCE]]
        documents = await database["pages"].find({"_id": {"$in": ids}}).to_list()
        found |= {
            document["address"]: tracked_url_from_document(document) for document in documents
        }
    return found


async def put_tracked_urls(database: Database, tracked_urls: Sequence[TrackedUrl]) -> None:
    """Write pages over what was known of them."""
    writes = [
        ReplaceOne(
            {"_id": _id(tracked.outlet, tracked.address)},
            tracked_url_to_document(tracked),
            upsert=True,
        )
        for tracked in tracked_urls
    ]
    if writes:
        await database["pages"].bulk_write(writes, ordered=False)


async def due_urls(
    database: Database, outlet: str, now: datetime, after: Position | None, size: int
) -> list[tuple[Position, TrackedUrl]]:
    """The next `size` articles that are due, each with its position."""
    query: Document = {"outlet": outlet, "kind": "article", "due": {"$type": "date", "$lte": now}}
    if after is not None:
        due, address = after
        query = {
            "$and": [
                query,
                {"$or": [{"due": {"$gt": due}}, {"due": due, "address": {"$gt": address}}]},
            ]
        }
    found = (
        database["pages"].find(query).sort([("due", ASCENDING), ("address", ASCENDING)]).limit(size)
    )
    return [
        ((document["due"], document["address"]), tracked_url_from_document(document))
        async for document in found
    ]


async def forget_documents(database: Database, outlet: str, before: datetime) -> None:
    """Forget documents not looked at since `before`."""
    await database["pages"].delete_many(
        {"outlet": outlet, "kind": "document", "looked": {"$lt": before}}
    )


async def take_lease(
    database: Database, name: str, owner: str, seconds: float, over: int | None
) -> Lease:
    """Take a lease that is free, by the server's clock. Raises LeaseHeld."""
    leases = database["leases"]
    unheld = {"owner": "", "token": 0, "until": _EPOCH}
    with suppress(DuplicateKeyError):  # somebody else takes it for the first time too
        await leases.update_one({"_id": name}, {"$setOnInsert": unheld}, upsert=True)
    free = {"$or": [{"$expr": {"$lte": ["$until", "$$NOW"]}}, {"token": over}]}
    taken = {"owner": owner, "token": {"$add": ["$token", 1]}, "until": _in(seconds)}
    document = await leases.find_one_and_update(
        {"_id": name, **free}, [{"$set": taken}], return_document=ReturnDocument.AFTER
    )
    if document is None:
        raise LeaseHeld(_lease(await leases.find_one({"_id": name}) or {"_id": name, **unheld}))
    return _lease(document)


async def renew_lease(database: Database, lease: Lease, seconds: float) -> Lease:
    """Hold a lease longer. Raises LeaseHeld when it is another's."""
    document = await database["leases"].find_one_and_update(
        {"_id": lease.name, "token": lease.token},
        [{"$set": {"until": _in(seconds)}}],
        return_document=ReturnDocument.AFTER,
    )
    if document is None:
        held = await database["leases"].find_one({"_id": lease.name})
        raise LeaseHeld(_lease(held) if held else lease)
    return _lease(document)


async def release_lease(database: Database, lease: Lease) -> None:
    """Give a lease back; nothing where it is another's."""
    query = {"_id": lease.name, "token": lease.token}
    await database["leases"].update_one(query, {"$set": {"until": _EPOCH}})


def _id(outlet: str, address: str) -> str:
    return f"{outlet} {address}"


def _in(seconds: float) -> Document:
    return {
        "$dateAdd": {"startDate": "$$NOW", "unit": "millisecond", "amount": int(seconds * 1000)}
    }


def _lease(document: Document) -> Lease:
    return Lease(document["_id"], document["owner"], document["token"], document["until"])
