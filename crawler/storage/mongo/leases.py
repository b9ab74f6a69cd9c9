"""Leases in MongoDB: the collection `leases`. The clock is the server's."""

from contextlib import suppress
from datetime import UTC, datetime

from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from crawler.storage.codec import Document
from crawler.storage.mongo.client import Database, StorePart
from crawler.storage.protocol import Lease, LeaseHeld, LeaseReader, LeaseStore

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class MongoLeaseReader(StorePart, LeaseReader):
    async def held_lease(self, name: str) -> Lease | None:
        return await self._client.call(_find_held, name)


class MongoLeases(MongoLeaseReader, LeaseStore):
    async def take_lease(
        self, name: str, owner: str, seconds: float, *, over: int | None = None
    ) -> Lease:
        return await self._client.call(_take, name, owner, seconds, over)

    async def renew_lease(self, lease: Lease, seconds: float) -> Lease:
        return await self._client.call(_renew, lease, seconds)

    async def release_lease(self, lease: Lease) -> None:
        await self._client.call(_release, lease)


async def _take(
    database: Database, name: str, owner: str, seconds: float, over: int | None
) -> Lease:
    leases = database["leases"]
    unheld = {"owner": "", "token": 0, "until": _EPOCH}
    with suppress(DuplicateKeyError):  # somebody else takes it for the first time too
        await leases.update_one({"_id": name}, {"$setOnInsert": unheld}, upsert=True)
    free = {"$or": [{"$expr": {"$lte": ["$until", "$$NOW"]}}, {"token": over}]}
    taken = {"owner": owner, "token": {"$add": ["$token", 1]}, "until": _end_of_lease(seconds)}
    document = await leases.find_one_and_update(
        {"_id": name, **free}, [{"$set": taken}], return_document=ReturnDocument.AFTER
    )
    if document is None:
        raise LeaseHeld(_lease(await leases.find_one({"_id": name}) or {"_id": name, **unheld}))
    return _lease(document)


async def _find_held(database: Database, name: str) -> Lease | None:
    is_held = {"$expr": {"$gt": ["$until", "$$NOW"]}}
    document = await database["leases"].find_one({"_id": name, **is_held})
    return _lease(document) if document else None


async def _renew(database: Database, lease: Lease, seconds: float) -> Lease:
    document = await database["leases"].find_one_and_update(
        {"_id": lease.name, "token": lease.token},
        [{"$set": {"until": _end_of_lease(seconds)}}],
        return_document=ReturnDocument.AFTER,
    )
    if document is None:
        held = await database["leases"].find_one({"_id": lease.name})
        raise LeaseHeld(_lease(held) if held else lease)
    return _lease(document)


async def _release(database: Database, lease: Lease) -> None:
    query = {"_id": lease.name, "token": lease.token}
    await database["leases"].update_one(query, {"$set": {"until": _EPOCH}})


def _end_of_lease(seconds: float) -> Document:
    milliseconds = int(seconds * 1000)
    return {"$dateAdd": {"startDate": "$$NOW", "unit": "millisecond", "amount": milliseconds}}


def _lease(document: Document) -> Lease:
    return Lease(document["_id"], document["owner"], document["token"], document["until"])
