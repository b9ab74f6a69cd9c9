"""Reading what hangs together: articles by equal texts and links, and these links."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from crawler.storage.codec import Document
from crawler.storage.mongo.client import Database
from crawler.stories.grouping import Member, StorySlot
from crawler.stories.links import Link
from crawler.stories.signature import Signature

_FACTS = {
    "$project": dict.fromkeys(
        (
            *("outlet", "published", "time", "text", "size", "day", "face"),
            *("story_id", "story_time", "version", "pending"),
        ),
        1,
    )
}


@dataclass(slots=True)
class Group:
    """Articles that hang together, the links between their texts, and the texts whose articles were
    read.

    Links that hold no more are followed too: what they held together must be looked at when they
    break.
    """

    documents: dict[str, Document] = field(default_factory=dict)
    links: set[Link] = field(default_factory=set)
    texts: set[int] = field(default_factory=set)

    @property
    def members(self) -> list[Member]:
        """The articles as `crawler.stories.grouping` reads them."""
        return [_member(document) for document in self.documents.values()]

    @property
    def ahead(self) -> set[int]:
        """Texts whose articles are still to be read."""
        linked = {text for link in self.links for text in link.text_hashes}
        printed = {text for one in self.documents.values() if (text := one["text"]) is not None}
        return (linked | printed) - self.texts

    def add(self, documents: Iterable[Document], texts: Iterable[int]) -> None:
        """Add articles and links; of `texts` all are among them."""
        for document in documents:
            if "faces" in document:
                self.links.add(_link(document))
            else:
                self.documents[document["_id"]] = document
        self.texts.update(texts)


@dataclass(slots=True)
class Nearby:
    """The articles that have entries under certain keys: the keys of each, and facts of those that
    are there."""

    keys: dict[str, list[int]] = field(default_factory=dict)
    facts: dict[str, Document] = field(default_factory=dict)


async def read_group(database: Database, ids: Collection[str], texts: Collection[int]) -> Group:
    """All that hangs together with the articles `ids` and with `texts`.

    `texts` that those articles are known to print save a second reading.
    """
    found = await database["articles"].aggregate(_group(ids, texts))
    return await _completed(database, await found.to_list(), texts)


async def read_nearby(
    database: Database,
    ids: Collection[str],
    texts: Collection[int],
    signatures: Iterable[Signature],
) -> tuple[Nearby, Group]:
    """The articles that share keys with `signatures`, and the group of `ids` and `texts`, in one
    round trip."""
    nearby = Nearby()
    looking = [one for one in signatures if one.keys]
    if not looking:
        return nearby, await read_group(database, ids, texts)
    query = {
        "bucket": {"$in": sorted({bucket for one in looking for bucket in one.buckets})},
        "key": {"$in": sorted({key for one in looking for key in one.keys})},
    }
    facts = {
        "from": "articles",
        "localField": "_id",
        "foreignField": "_id",
        "pipeline": [_FACTS],
        "as": "facts",
    }
    found = await database["entries"].aggregate(
        [
            {"$match": query},
            {"$group": {"_id": "$article", "near": {"$addToSet": "$key"}}},
            {"$lookup": facts},
            {"$unionWith": {"coll": "articles", "pipeline": _group(ids, texts)}},
        ]
    )
    documents = []
    for document in await found.to_list():
        if "near" not in document:
            documents.append(document)
        elif document["facts"]:
            nearby.keys[document["_id"]] = document["near"]
            nearby.facts[document["_id"]] = document["facts"][0]
    return nearby, await _completed(database, documents, texts)


async def _completed(
    database: Database, documents: Iterable[Document], texts: Collection[int]
) -> Group:
    """The group that `documents` of `texts` belong to, with what has still to be read of it."""
    group = Group()
    while True:
        group.add(documents, texts)
        texts = group.ahead
        if not texts:
            return group
        documents = await (await database["articles"].aggregate(_group((), texts))).to_list()


def _group(ids: Iterable[str], texts: Iterable[int]) -> list[Document]:
    """The pipeline that finds the articles `ids`, those that print `texts`, and the links of
    `texts`."""
    printed = {"$in": list(texts)}
    return [
        {"$match": {"$or": [{"_id": {"$in": list(ids)}}, {"text": printed}]}},
        _FACTS,
        {"$unionWith": {"coll": "links", "pipeline": [{"$match": {"texts": printed}}]}},
    ]


def _link(document: Document) -> Link:
    return Link(tuple(document["articles"]), tuple(document["faces"]), tuple(document["texts"]))


def _member(document: Document) -> Member:
    place = StorySlot(document["story_id"], document["story_time"])
    return Member(
        document["_id"],
        document["published"],
        document["time"],
        document["text"],
        document["face"],
        place,
    )
