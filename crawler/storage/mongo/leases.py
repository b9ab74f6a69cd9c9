"""Leases: who may crawl an outlet now."""

from contextlib import suppress
from datetime import UTC, datetime

from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from crawler.storage.codec import Document
from crawler.storage.mongo.client import Database
from crawler.storage.protocol import Lease, LeaseHeld

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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


def _in(seconds: float) -> Document:
    return {
        "$dateAdd": {"startDate": "$$NOW", "unit": "millisecond", "amount": int(seconds * 1000)}
    }


def _lease(document: Document) -> Lease:
    return Lease(document["_id"], document["owner"], document["token"], document["until"])
