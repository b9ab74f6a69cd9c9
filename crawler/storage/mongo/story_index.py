"""The index of copies: what articles are found by, and their links to the texts that tell their
story.

Nothing here need be on the disk when it is written: the article stays marked pending until a later
write, which is journalled behind these, takes the mark off (`crawler.storage.mongo.assignment`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from pymongo import InsertOne
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import BulkWriteError

from crawler.dedup.sketch import sketch
from crawler.storage.codec import ARTICLE_FIELDS, Document, article_from_document
from crawler.storage.mongo.client import SOON, Database
from crawler.storage.mongo.groups import Nearby
from crawler.stories import links as story_links
from crawler.stories.candidates import Posting, find_candidates, sign_articles
from crawler.stories.links import IndexedArticle, Link, valid_links
from crawler.stories.signature import WINDOW_DAYS, Signature
from crawler.stories.versions import Current

_DUPLICATE_KEY = 11000
_PRINT = dict.fromkeys((*ARTICLE_FIELDS, "text", "keys", "size", "day", "face", "rules"), 1)

Repeated = Mapping[str | None, frozenset[str]]
"""The keys of the paragraphs that each outlet is known to print under many stories, where there are
any."""


async def signatures(
    database: Database,
    standings: Mapping[str, Current],
    known: Repeated,
    *,
    detect_stop_keys: bool = True,
) -> dict[str, Signature]:
    """The likeness of what stands at each address, by today's stopped keys. detect_stop_keys: whether more
    are found."""
    sketches = {
        id_: sketch(standing.article, boilerplate=known.get(standing.article.outlet, frozenset()))
        for id_, standing in standings.items()
    }
    texts = {one.text for one in sketches.values() if one.text is not None}
    printed, known_stop_keys = await _prints_and_stopped(
        database, texts, {key for one in sketches.values() for key in one.keys}, but=list(standings)
    )
    signed, new_stop_keys = sign_articles(
        [(standings[id_], one) for id_, one in sketches.items()],
        known_stop_keys,
        printed,
        detect_stop_keys=detect_stop_keys,
    )
    await _stop(database, new_stop_keys)
    return dict(zip(sketches, signed, strict=True))


async def repeated(database: Database, outlets: Iterable[str | None]) -> Repeated:
    """What outlets are known to repeat."""
    found = database["boilerplate"].find({"_id": {"$in": list(outlets)}})
    return {document["_id"]: frozenset(document["keys"]) for document in await found.to_list()}


def read_repeated(outlets: Iterable[str | None]) -> Document:
    """The stage of a pipeline that adds what these outlets are known to repeat, as `repeated_from`
    reads it."""
    pipeline = [
        {"$match": {"_id": {"$in": list(set(outlets))}}},
        {"$project": {"repeated": "$keys"}},
    ]
    return {"$unionWith": {"coll": "boilerplate", "pipeline": pipeline}}


def repeated_from(documents: Iterable[Document]) -> Repeated:
    """What outlets repeat, from those of `documents` that tell it."""
    return {one["_id"]: frozenset(one["repeated"]) for one in documents if "repeated" in one}


def fields_of(signature: Signature) -> Document:
    """What an article's document says of its likeness."""
    return {
        "text": signature.text_hash,
        "keys": list(signature.keys),
        "size": signature.size,
        "day": signature.day,
        "face": signature.inputs_hash,
        "rules": signature.rules_version,
    }


def print_from(document: Document) -> IndexedArticle:
    """An article as its document says it stands, ready to be compared."""
    return IndexedArticle(
        document["_id"], signature_from(document), article_from_document(document)
    )


def signature_from(document: Document) -> Signature:
    """What an article's document says of its signature."""
    return Signature(
        text_hash=document["text"],
        keys=tuple(document["keys"]),
        size=document["size"],
        day=document["day"],
        inputs_hash=document["face"],
        rules_version=document["rules"],
    )


def entries_of(article_id: str, version: int, signature: Signature) -> list[Document]:
    """The entries of one version of an article.

    They are that version's own, so that who removes those of an older one takes none away from a
    newer one.
    """
    bucket = signature.bucket
    return [
        {
            "_id": f"{article_id}:{version}:{key}",
            "bucket": bucket,
            "key": key,
            "article": article_id,
        }
        for key in signature.keys
    ]


async def index(
    database: Database,
    claims: Mapping[str, int],
    added: Sequence[Document],
    gone: Iterable[Document],
) -> set[str]:
    """Claim texts, write the entries `added`, then remove those `gone`; the articles that another
    was before.

    claims: new articles and their texts. Of equal texts saved at once exactly one is the first.
    """
    documents = [
        {"_id": f"first:{text}", "article": article_id} for article_id, text in claims.items()
    ]
    there = await insert(_soon(database, "entries"), [*documents, *added])
    if ids := [entry["_id"] for entry in gone]:
        await _soon(database, "entries").delete_many({"_id": {"$in": ids}})
    return {article_id for position, article_id in enumerate(claims) if position in there}


async def find_links(
    database: Database,
    prints: Iterable[IndexedArticle],
    nearby: Nearby,
    links: Collection[Link],
    *,
    detect_stop_keys: bool,
) -> list[Link]:
    """The links of each of `prints` to those of its candidates that tell its story, if nothing
    shows that yet.

    The entries of `prints` must have been written before what is `nearby` was read: of two copies
    saved at once, one sees the other. links: those of the texts of `prints`. detect_stop_keys: whether
    formulas are found.
    """
    looking = [one for one in prints if one.signature.keys]
    entries = _entries(nearby)
    found = [
        find_candidates(
            one.signature, _near(one.signature, entries), detect_stop_keys=detect_stop_keys
        )
        for one in looking
    ]
    await _stop(database, {key for one in found for key in one.stop_keys})
    candidates = {str(candidate) for one in found for candidate in one.articles}
    if not candidates:
        return []
    witnesses = {article for one in links for article in one.articles}
    outlets = {nearby.facts[id_]["outlet"] for id_ in candidates} | {
        one.article.outlet for one in looking
    }
    others, known = await _read_prints(database, candidates | witnesses, outlets)
    inputs_hashes = {one.id: one.signature.inputs_hash for one in others.values()}
    valid = valid_links(links, inputs_hashes)
    new: list[Link] = []
    for own, its in zip(looking, found, strict=True):
        there = (others[str(id_)] for id_ in its.articles if id_ in others)
        new += story_links.find_links(
            own, there, [*valid, *new], lambda outlet: known.get(outlet, frozenset())
        )
    return new


async def write_links(database: Database, new: Sequence[Link]) -> list[Link]:
    """Write links; those that nobody wrote before."""
    documents = [
        {
            "_id": _link_id(one),
            "articles": one.articles,
            "faces": one.inputs_hashes,
            "texts": one.text_hashes,
        }
        for one in new
    ]
    lost = await insert(_soon(database, "links"), documents)
    return [one for position, one in enumerate(new) if position not in lost]


async def forget(database: Database, gone: Iterable[Link]) -> None:
    """Remove links that hold no more."""
    if ids := [_link_id(one) for one in gone]:
        await database["links"].delete_many({"_id": {"$in": ids}})


async def printing(database: Database, texts: Collection[int]) -> list[IndexedArticle]:
    """The articles that print one of `texts`, as they stand."""
    found = database["articles"].find({"text": {"$in": list(texts)}}, _PRINT)
    return [print_from(document) for document in await found.to_list()]


async def stop_keys(database: Database) -> frozenset[int]:
    """The keys and texts that are formulas and no story."""
    return frozenset([document["_id"] async for document in database["stopped"].find()])


async def set_stop_keys(database: Database, keys: Collection[int]) -> None:
    """Replace the keys and texts that are formulas and no story."""
    await database["stopped"].delete_many({"_id": {"$nin": list(keys)}})
    await insert(database["stopped"], [{"_id": key} for key in keys])


async def insert(collection: AsyncCollection[Document], documents: Sequence[Document]) -> set[int]:
    """Write all documents; the positions of those whose key was there already."""
    if not documents:
        return set()
    try:
        await collection.bulk_write([InsertOne(document) for document in documents], ordered=False)
    except BulkWriteError as error:
        failures = error.details["writeErrors"]
        if error.details["writeConcernErrors"] or any(
            one["code"] != _DUPLICATE_KEY for one in failures
        ):
            raise
        return {one["index"] for one in failures}
    return set()


async def _read_prints(
    database: Database, ids: Iterable[str], outlets: Iterable[str | None]
) -> tuple[dict[str, IndexedArticle], Repeated]:
    """Articles as they stand, and what outlets are known to repeat."""
    found = await database["articles"].aggregate(
        [{"$match": {"_id": {"$in": list(ids)}}}, {"$project": _PRINT}, read_repeated(outlets)]
    )
    documents = await found.to_list()
    return {
        one["_id"]: print_from(one) for one in documents if "repeated" not in one
    }, repeated_from(documents)


def _entries(nearby: Nearby) -> dict[int, list[Posting]]:
    """The entries of each key, with what stands of their articles."""
    entries: dict[int, list[Posting]] = {}
    for id_, document in nearby.facts.items():
        if document["text"] is not None:
            story = None if "pending" in document else document["story_id"]
            for key in nearby.keys[id_]:
                entry = Posting(
                    key, id_, document["text"], document["day"], document["size"], story
                )
                entries.setdefault(key, []).append(entry)
    return entries


def _near(own: Signature, entries: Mapping[int, Iterable[Posting]]) -> Iterator[Posting]:
    buckets = own.buckets
    for key in own.keys:
        for entry in entries.get(key, ()):
            if entry.day // WINDOW_DAYS in buckets:
                yield entry


async def _prints_and_stopped(
    database: Database, texts: Collection[int], keys: Collection[int], but: list[str]
) -> tuple[Counter[int], set[int]]:
    """How many articles but those in `but` print each of `texts`; and which of `texts` and `keys`
    are stopped."""
    if not texts:
        return Counter(), set()
    stopped = {"coll": "stopped", "pipeline": [{"$match": {"_id": {"$in": [*texts, *keys]}}}]}
    found = await database["articles"].aggregate(
        [
            {"$match": {"text": {"$in": list(texts)}, "_id": {"$nin": but}}},
            {"$group": {"_id": "$text", "prints": {"$sum": 1}}},
            {"$unionWith": stopped},
        ]
    )
    documents = await found.to_list()
    prints = Counter({one["_id"]: one["prints"] for one in documents if "prints" in one})
    return prints, {one["_id"] for one in documents if "prints" not in one}


async def _stop(database: Database, keys: Collection[int]) -> None:
    await insert(_soon(database, "stopped"), [{"_id": key} for key in keys])


def _soon(database: Database, collection: str) -> AsyncCollection[Document]:
    return database.get_collection(collection, write_concern=SOON)


def _link_id(link: Link) -> str:
    return ":".join(map(str, (*link.articles, *link.inputs_hashes)))
