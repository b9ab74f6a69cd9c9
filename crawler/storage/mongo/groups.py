"""Reading groups: articles that hang together by equal texts and links, and those links."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from crawler.storage.codec import Document
from crawler.storage.mongo.client import Database
from crawler.storage.mongo.documents import (
    LINKED_TEXTS,
    MEMBER_FIELDS,
    POSTING_FIELDS,
    POSTINGS,
    TEXT_HASH,
    Mark,
    link_from,
    mark_from,
    member_from,
    postings_from,
)
from crawler.stories.candidates import Posting
from crawler.stories.grouping import Member
from crawler.stories.links import TextLink
from crawler.stories.signature import Signature


@dataclass(slots=True)
class Group:
    """Articles that hang together and the links between their texts.

    members, versions, marks: by article id. text_hashes: of the texts whose articles are all among
    the members. Broken links are followed too: the articles that they held together must be looked
    at when they break.
    """

    members: dict[str, Member] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    links: set[TextLink] = field(default_factory=set)
    text_hashes: set[int] = field(default_factory=set)

    def missing_texts(self) -> set[int]:
        """Return the hashes of the texts whose articles are still to be read."""
        known = {text_hash for link in self.links for text_hash in link.text_hashes}
        for member in self.members.values():
            if member.text_hash is not None:
                known.add(member.text_hash)
        return known - self.text_hashes

    def add(self, documents: Iterable[Document], text_hashes: Iterable[int]) -> None:
        """Add articles and links, among them all articles that print the texts `text_hashes`."""
        for document in documents:
            if LINKED_TEXTS in document:
                self.links.add(link_from(document))
            else:
                self._add_article(document)
        self.text_hashes.update(text_hashes)

    def _add_article(self, document: Document) -> None:
        article_id = document["_id"]
        self.members[article_id] = member_from(document)
        self.versions[article_id] = document["version"]
        mark = mark_from(document)
        if mark is not None:
            self.marks[article_id] = mark


@dataclass(slots=True)
class Nearby:
    """The articles that have postings under the keys looked up.

    postings: by key. outlets: of the articles, by article id.
    """

    postings: dict[int, list[Posting]] = field(default_factory=dict)
    outlets: dict[str, str | None] = field(default_factory=dict)

    def add(self, article: Document, keys: Iterable[int]) -> None:
        """Add the postings of an article under `keys`."""
        self.outlets[article["_id"]] = article["outlet"]
        for posting in postings_from(article, keys):
            self.postings.setdefault(posting.key, []).append(posting)

    def postings_for(self, own: Signature) -> list[Posting]:
        """Return the postings of `own`'s keys in `own`'s buckets."""
        days = own.bucket_days
        return [
            posting
            for key in own.keys
            for posting in self.postings.get(key, ())
            if posting.day in days
        ]


async def read_group(
    database: Database, article_ids: Collection[str], text_hashes: Collection[int]
) -> Group:
    """Return all that hangs together with articles and with texts.

    If `text_hashes` holds the texts of the articles, one round trip less is needed.
    """
    cursor = await database["articles"].aggregate(_group_pipeline(article_ids, text_hashes))
    return await _complete_group(database, await cursor.to_list(), text_hashes)


async def read_nearby(
    database: Database,
    article_ids: Collection[str],
    text_hashes: Collection[int],
    signatures: Iterable[Signature],
) -> tuple[Nearby, Group]:
    """Return the articles that share keys with `signatures`, and the group of articles and texts,
    in one round trip."""
    nearby = Nearby()
    with_keys = [signature for signature in signatures if signature.keys]
    if not with_keys:
        return nearby, await read_group(database, article_ids, text_hashes)
    cursor = await database[POSTINGS].aggregate(
        [
            *_nearby_pipeline(with_keys),
            {
                "$unionWith": {
                    "coll": "articles",
                    "pipeline": _group_pipeline(article_ids, text_hashes),
                }
            },
        ]
    )
    of_group = []
    for document in await cursor.to_list():
        if "nearby_keys" not in document:
            of_group.append(document)
        elif document["article"]:
            nearby.add(document["article"][0], document["nearby_keys"])
    return nearby, await _complete_group(database, of_group, text_hashes)


async def _complete_group(
    database: Database, documents: Iterable[Document], text_hashes: Collection[int]
) -> Group:
    """Return the group of `documents`, which hold all articles that print the texts, and read the
    rest of it."""
    group = Group()
    while True:
        group.add(documents, text_hashes)
        text_hashes = group.missing_texts()
        if not text_hashes:
            return group
        cursor = await database["articles"].aggregate(_group_pipeline((), text_hashes))
        documents = await cursor.to_list()


def _group_pipeline(article_ids: Iterable[str], text_hashes: Iterable[int]) -> list[Document]:
    """Return the pipeline, over articles, that finds articles by id or text, and links by text."""
    of_texts = {"$in": list(text_hashes)}
    return [
        {"$match": {"$or": [{"_id": {"$in": list(article_ids)}}, {TEXT_HASH: of_texts}]}},
        {"$project": dict.fromkeys(MEMBER_FIELDS, 1)},
        {"$unionWith": {"coll": "links", "pipeline": [{"$match": {LINKED_TEXTS: of_texts}}]}},
    ]


def _nearby_pipeline(signatures: Collection[Signature]) -> list[Document]:
    """Return the pipeline, over postings, that finds the articles under the keys of `signatures`
    in their buckets, each with those keys in `nearby_keys`."""
    buckets = {bucket for signature in signatures for bucket in signature.buckets}
    keys = {key for signature in signatures for key in signature.keys}
    article = {
        "from": "articles",
        "localField": "_id",
        "foreignField": "_id",
        "pipeline": [{"$project": dict.fromkeys((*POSTING_FIELDS, "outlet"), 1)}],
        "as": "article",
    }
    return [
        {"$match": {"bucket": {"$in": sorted(buckets)}, "key": {"$in": sorted(keys)}}},
        {"$group": {"_id": "$article", "nearby_keys": {"$addToSet": "$key"}}},
        {"$lookup": article},
    ]
