"""Looking up what was removed, while articles are saved."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from crawler.storage.codec import Document
from crawler.storage.mongo.client import Database
from crawler.stories.tombstones import Retention, incoming_keys, is_forgotten
from crawler.stories.versions import Incoming


@dataclass(frozen=True, slots=True)
class Refusals:
    """What was removed of that which concerns some incoming articles.

    buried: those of their keys that tombstones have. retentions: by outlet.
    """

    buried: Collection[str] = frozenset()
    retentions: Mapping[str, Retention] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.buried or self.retentions)

    def of(self, incoming: Incoming, *, is_stored: bool) -> bool:
        """Return True if an article is to be refused. is_stored: one stands at its address."""
        retention = self.retentions.get(incoming.article.outlet or "")
        return is_forgotten(incoming, self.buried, retention, is_stored=is_stored)


async def read_refusals(database: Database, articles: Iterable[Incoming]) -> Refusals:
    """Return what was removed that concerns `articles`, in one round trip."""
    keys: set[str] = set()
    outlets: set[str] = set()
    for incoming in articles:
        keys |= incoming_keys(incoming)
        if incoming.article.outlet:
            outlets.add(incoming.article.outlet)
    of_outlets = [{"$match": {"_id": {"$in": list(outlets)}}}]
    cursor = await database["tombstones"].aggregate(
        [
            {"$match": {"keys": {"$in": list(keys)}, "lifted": None}},
            {"$project": {"keys": 1}},
            {"$unionWith": {"coll": "retentions", "pipeline": of_outlets}},
        ]
    )
    documents = await cursor.to_list()
    buried = {key for document in documents for key in document.get("keys", ())}
    retentions = [retention_from(document) for document in documents if "before" in document]
    return Refusals(buried & keys, {retention.outlet: retention for retention in retentions})


def retention_from(document: Document) -> Retention:
    """Return the retention in `document`."""
    return Retention(document["_id"], document["before"], document["reason"], document["forgotten"])
