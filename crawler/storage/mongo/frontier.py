"""The frontier: what is known of each address of an outlet."""

from collections.abc import Sequence
from datetime import datetime

from pymongo import ASCENDING, ReplaceOne

from crawler.frontier import TrackedUrl
from crawler.storage.codec import Document, tracked_url_from_document, tracked_url_to_document
from crawler.storage.mongo.client import Database
from crawler.storage.mongo.queries import Position

_AT_ONCE = 500  # addresses in one query, which may have 16 MB: percent-encoded Arabic is long


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


def _id(outlet: str, address: str) -> str:
    return f"{outlet} {address}"
