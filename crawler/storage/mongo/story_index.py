"""The index of stories: the postings by which articles are found, their links, and stop keys.

Nothing here need be on the disk when it is written: the article stays marked pending until a later
write, which is journalled behind these, clears the mark (`crawler.storage.mongo.assignment`).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from pymongo import InsertOne
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import BulkWriteError

from crawler.dedup.sketch import Sketch, make_sketch
from crawler.storage.codec import Document
from crawler.storage.mongo.client import SOON, Database
from crawler.storage.mongo.documents import (
    INDEXED_ARTICLE_FIELDS,
    POSTINGS,
    STOP_KEYS,
    TEXT_HASH,
    claim_to_document,
    indexed_article_from,
    link_id,
    link_to_document,
)
from crawler.storage.mongo.groups import Nearby
from crawler.stories.candidates import find_candidates, sign_articles
from crawler.stories.links import IndexedArticle, TextLink, find_links, valid_links
from crawler.stories.signature import Signature
from crawler.stories.versions import Current

_DUPLICATE_KEY = 11000

BoilerplateKeys = Mapping[str | None, frozenset[str]]
"""The paragraph keys of outlets' boilerplate, by outlet; outlets without any are missing."""


async def sign(
    database: Database,
    articles: Mapping[str, Current],
    boilerplate: BoilerplateKeys,
    *,
    detect_stop_keys: bool = True,
) -> dict[str, Signature]:
    """Return the signatures of articles, by article id, by today's stop keys.

    detect_stop_keys: make a text that too many articles print a stop key.
    """
    sketches = []
    for current in articles.values():
        keys = boilerplate.get(current.article.outlet, frozenset())
        sketches.append(make_sketch(current.article, boilerplate=keys))
    printed, stop_keys = await _read_counts_and_stop_keys(database, sketches, but=articles)
    signatures, new_stop_keys = sign_articles(
        zip(articles.values(), sketches, strict=True),
        stop_keys,
        printed,
        detect_stop_keys=detect_stop_keys,
    )
    await _add_stop_keys(database, new_stop_keys)
    return dict(zip(articles, signatures, strict=True))


async def read_boilerplate(database: Database, outlets: Iterable[str | None]) -> BoilerplateKeys:
    """Return the boilerplate of `outlets`."""
    cursor = database["boilerplate"].find({"_id": {"$in": list(outlets)}})
    return {document["_id"]: frozenset(document["keys"]) for document in await cursor.to_list()}


def boilerplate_stage(outlets: Iterable[str | None]) -> Document:
    """Return the stage of a pipeline over articles that adds the boilerplate of `outlets`, for
    `split_boilerplate` to take out again."""
    pipeline = [
        {"$match": {"_id": {"$in": list(set(outlets))}}},
        {"$project": {"boilerplate": "$keys", "restless": 1}},
    ]
    return {"$unionWith": {"coll": "boilerplate", "pipeline": pipeline}}


def split_boilerplate(documents: Iterable[Document]) -> tuple[list[Document], BoilerplateKeys]:
    """Return the articles and the boilerplate among the documents of a pipeline."""
    articles = []
    boilerplate = {}
    for document in documents:
        if "boilerplate" in document:
            boilerplate[document["_id"]] = frozenset(document["boilerplate"])
        else:
            articles.append(document)
    return articles, boilerplate


def restless_among(documents: Iterable[Document]) -> BoilerplateKeys:
    """Return the keys of the lines that never rest, by outlet, from the boilerplate among the
    documents of a pipeline."""
    return {
        document["_id"]: frozenset(document.get("restless", ()))
        for document in documents
        if "boilerplate" in document
    }


async def read_restless(database: Database, outlet: str | None) -> frozenset[str]:
    """Return the keys of the lines of `outlet` that never rest."""
    document = await database["boilerplate"].find_one({"_id": outlet}, {"restless": 1})
    return frozenset(document.get("restless", ())) if document else frozenset()


async def write_postings(
    database: Database,
    claims: Mapping[str, int],
    added: Sequence[Document],
    removed: Iterable[Document],
) -> set[str]:
    """Write claims and the postings `added`, then remove those `removed`.

    claims: the text hash of each new article, by article id. Returns the ids of the articles whose
    text another article had printed first: of equal texts saved at once exactly one is the first.
    """
    documents = [claim_to_document(article, text_hash) for article, text_hash in claims.items()]
    refused = await insert_new(_soon(database, POSTINGS), [*documents, *added])
    if ids := [posting["_id"] for posting in removed]:
        await _soon(database, POSTINGS).delete_many({"_id": {"$in": ids}})
    return {article for position, article in enumerate(claims) if position in refused}


async def link_to_candidates(
    database: Database,
    articles: Iterable[IndexedArticle],
    nearby: Nearby,
    known_links: Collection[TextLink],
    *,
    detect_stop_keys: bool,
) -> list[TextLink]:
    """Return the links of each of `articles` to its candidates, without those to linked texts.

    The postings of the articles must have been written before `nearby` was read: of two copies
    saved at once, one sees the other. known_links: those of the articles' texts.
    """
    looking = [own for own in articles if own.signature.keys]
    candidates = await _find_candidates(database, looking, nearby, detect_stop_keys)
    candidate_ids = {article for of_own in candidates for article in of_own}
    if not candidate_ids:
        return []
    witnesses = {article for link in known_links for article in link.articles}
    outlets = {nearby.outlets[article] for article in candidate_ids}
    outlets.update(own.article.outlet for own in looking)
    others, boilerplate_of = await _read_indexed(database, candidate_ids | witnesses, outlets)
    hashes = {other.id: other.signature.inputs_hash for other in others.values()}
    valid = valid_links(known_links, hashes)
    links: list[TextLink] = []
    for own, of_own in zip(looking, candidates, strict=True):
        there = [others[article] for article in of_own if article in others]
        links += find_links(own, there, [*valid, *links], boilerplate_of)
    return links


async def write_links(database: Database, links: Sequence[TextLink]) -> list[TextLink]:
    """Write links; return those that nobody had written before."""
    documents = [link_to_document(link) for link in links]
    refused = await insert_new(_soon(database, "links"), documents)
    return [link for position, link in enumerate(links) if position not in refused]


async def remove_links(database: Database, links: Iterable[TextLink]) -> None:
    """Remove links."""
    if ids := [link_id(link) for link in links]:
        await database["links"].delete_many({"_id": {"$in": ids}})


async def read_articles_of_texts(
    database: Database, text_hashes: Collection[int]
) -> list[IndexedArticle]:
    """Return the articles that print texts."""
    cursor = database["articles"].find(
        {TEXT_HASH: {"$in": list(text_hashes)}}, dict.fromkeys(INDEXED_ARTICLE_FIELDS, 1)
    )
    return [indexed_article_from(document) for document in await cursor.to_list()]


async def stop_keys(database: Database) -> frozenset[int]:
    """Return all stop keys."""
    return frozenset([document["_id"] async for document in database[STOP_KEYS].find()])


async def set_stop_keys(database: Database, keys: Collection[int]) -> None:
    """Replace all stop keys by `keys`."""
    await database[STOP_KEYS].delete_many({"_id": {"$nin": list(keys)}})
    await insert_new(database[STOP_KEYS], [{"_id": key} for key in keys])


async def insert_new(
    collection: AsyncCollection[Document], documents: Sequence[Document]
) -> set[int]:
    """Write those of `documents` whose key is not there yet; return the positions of the others."""
    if not documents:
        return set()
    try:
        await collection.bulk_write([InsertOne(document) for document in documents], ordered=False)
    except BulkWriteError as error:
        failures = error.details["writeErrors"]
        if error.details["writeConcernErrors"]:
            raise
        if any(failure["code"] != _DUPLICATE_KEY for failure in failures):
            raise
        return {failure["index"] for failure in failures}
    return set()


async def _find_candidates(
    database: Database,
    articles: Iterable[IndexedArticle],
    nearby: Nearby,
    detect_stop_keys: bool,
) -> list[set[str]]:
    """Return the ids of the candidates of each article, and write new stop keys."""
    candidates = []
    stop_keys: set[int] = set()
    for own in articles:
        postings = nearby.postings_for(own.signature)
        found = find_candidates(own.signature, postings, detect_stop_keys=detect_stop_keys)
        candidates.append(found.articles)
        stop_keys |= found.stop_keys
    await _add_stop_keys(database, stop_keys)
    return candidates


async def _read_indexed(
    database: Database, article_ids: Iterable[str], outlets: Iterable[str | None]
) -> tuple[dict[str, IndexedArticle], Callable[[str | None], frozenset[str]]]:
    """Return articles by id, and the boilerplate of `outlets` as a function of the outlet."""
    cursor = await database["articles"].aggregate(
        [
            {"$match": {"_id": {"$in": list(article_ids)}}},
            {"$project": dict.fromkeys(INDEXED_ARTICLE_FIELDS, 1)},
            boilerplate_stage(outlets),
        ]
    )
    documents, boilerplate = split_boilerplate(await cursor.to_list())
    articles = {document["_id"]: indexed_article_from(document) for document in documents}
    return articles, lambda outlet: boilerplate.get(outlet, frozenset())


async def _read_counts_and_stop_keys(
    database: Database, sketches: Collection[Sketch], but: Iterable[str]
) -> tuple[dict[int, int], set[int]]:
    """Return how many articles, but those with the ids `but`, print the text of each sketch, by
    text hash; and which of the sketches' texts and keys are stop keys."""
    text_hashes = {own.text_hash for own in sketches if own.text_hash is not None}
    if not text_hashes:
        return {}, set()
    keys = {key for own in sketches for key in own.keys}
    among_stop_keys = [{"$match": {"_id": {"$in": [*text_hashes, *keys]}}}]
    cursor = await database["articles"].aggregate(
        [
            {"$match": {TEXT_HASH: {"$in": list(text_hashes)}, "_id": {"$nin": list(but)}}},
            {"$group": {"_id": f"${TEXT_HASH}", "printed": {"$sum": 1}}},
            {"$unionWith": {"coll": STOP_KEYS, "pipeline": among_stop_keys}},
        ]
    )
    documents = await cursor.to_list()
    printed = {
        document["_id"]: document["printed"] for document in documents if "printed" in document
    }
    return printed, {document["_id"] for document in documents if "printed" not in document}


async def _add_stop_keys(database: Database, keys: Collection[int]) -> None:
    await insert_new(_soon(database, STOP_KEYS), [{"_id": key} for key in keys])


def _soon(database: Database, collection: str) -> AsyncCollection[Document]:
    return database.get_collection(collection, write_concern=SOON)
