"""Checking and measuring a store in MongoDB."""

from collections.abc import AsyncIterator
from pathlib import Path

from pymongo import ASCENDING

from crawler.storage.codec import Document
from crawler.storage.mongo.client import Database, StorePart
from crawler.storage.mongo.documents import (
    POSTINGS,
    current_from,
    current_to_fields,
    postings_to_documents,
    signature_from,
)
from crawler.storage.mongo.schema import missing_indexes
from crawler.storage.protocol import StoreError
from crawler.storage.upkeep import UNREADABLE, Damage, MaintenanceStore

_SLICE = 200  # articles
_DERIVED = {
    "time": "place in lists",
    "place_key": "place",
    "source_keys": "sources",
    "words": "words",
    "folding": "words",
}
"""What the fields of an article's document hold that follow from the article."""


class MongoMaintenance(StorePart, MaintenanceStore):
    async def damage(self) -> AsyncIterator[Damage]:
        for name in await self._client.call(missing_indexes):
            yield Damage("", f"the index {name} is missing", is_lasting=True)
        after: str | None = ""
        while after is not None:
            found, after = await self._client.call(_damaged_articles, after)
            for each in found:
                yield each

    async def backup(self, path: Path) -> None:
        uri = self._client.display_uri
        raise StoreError(
            "a MongoDB server is backed up by its own tool, between two crawls:"
            f" mongodump --uri={uri} --gzip --archive={path}"
            " (docs/operation.md tells how it is restored)"
        )


async def _damaged_articles(database: Database, after: str) -> tuple[list[Damage], str | None]:
    """Return the damage of the next articles behind the id `after`, and the last id looked at."""
    query = {"_id": {"$gt": after}}
    sort = [("_id", ASCENDING)]
    documents = await database["articles"].find(query, sort=sort, limit=_SLICE).to_list()
    postings = {
        posting["_id"]
        for document in documents
        for posting in postings_to_documents(
            document["_id"], document["version"], signature_from(document)
        )
    }
    found = database[POSTINGS].find({"_id": {"$in": list(postings)}}, {"_id": 1})
    missing = postings - {posting["_id"] async for posting in found}
    with_missing = {posting.partition(":")[0] for posting in missing}
    damage = [
        Damage(document["_id"], f"{what} do not follow from the article")
        for document in documents
        for what in _what_does_not_follow(document)
    ]
    damage += [
        Damage(article_id, "postings do not follow from the article")
        for article_id in sorted(with_missing)
    ]
    return damage, documents[-1]["_id"] if documents else None


def _what_does_not_follow(document: Document) -> list[str]:
    """Return names of what is derived from an article and does not follow from it."""
    try:
        derived = current_to_fields(current_from(document), signature_from(document))
    except UNREADABLE:
        return []  # told when the articles are read
    wrong = [what for name, what in _DERIVED.items() if derived[name] != document.get(name)]
    return sorted(set(wrong))
