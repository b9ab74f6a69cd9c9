"""The index of copies: what articles are found by, and their links to the texts that tell their story.

Nothing here need be on the disk when it is written: the article stays marked pending until a later write, which is
journalled behind these, takes the mark off (`crawler.storage.mongo.settling`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from pymongo import InsertOne
from pymongo.errors import BulkWriteError

from crawler.dedup.sketch import sketch
from crawler.storage import likeness as rules
from crawler.storage.codec import ARTICLE_FIELDS, Document, article_from_document
from crawler.storage.history import Standing
from crawler.storage.likeness import (
    MOST_PRINTS,
    RULES,
    Entry,
    Found,
    Likeness,
    Link,
    Print,
    alike,
    look_up,
    other_texts,
)
from crawler.storage.mongo.client import SOON, Database

_DUPLICATE_KEY = 11000
_FACTS = ("text", "keys", "size", "day", "face")


async def likenesses(database: Database, standings: Mapping[str, Standing]) -> dict[str, Likeness]:
    """The likeness of what stands at each address, by today's boilerplate and stopped keys."""
    known = await boilerplate(database, {standing.article.outlet for standing in standings.values()})
    sketches = {
        id_: sketch(standing.article, boilerplate=known.get(standing.article.outlet, frozenset()))
        for id_, standing in standings.items()
    }
    texts = {one.text for one in sketches.values() if one.text is not None}
    keys = {key for one in sketches.values() for key in one.keys}
    found = database["stopped"].find({"_id": {"$in": [*texts, *keys]}})
    stopped = {document["_id"] async for document in found}
    prints = await _prints_of(database, texts - stopped, but=list(standings))
    result = {}
    for id_, one in sketches.items():
        if one.text is not None and one.text not in stopped:
            prints[one.text] += 1
            if prints[one.text] > MOST_PRINTS:
                await _stop(database, [one.text])
                stopped.add(one.text)
        result[id_] = rules.likeness(standings[id_], one, stopped)
    return result


async def boilerplate(database: Database, outlets: Iterable[str | None]) -> dict[str | None, frozenset[str]]:
    """The keys of the paragraphs that each outlet is known to print under many stories, where there are any."""
    found = database["boilerplate"].find({"_id": {"$in": list(outlets)}})
    return {document["_id"]: frozenset(document["keys"]) async for document in found}


def fields_of(likeness: Likeness) -> Document:
    """What an article's document says of its likeness."""
    return {
        "text": likeness.text,
        "keys": list(likeness.keys),
        "size": likeness.size,
        "day": likeness.day,
        "face": likeness.face,
        "rules": RULES,
    }


def likeness_from(document: Document) -> Likeness:
    """What an article's document says of its likeness."""
    keys = tuple(document["keys"])
    return Likeness(document["text"], keys, document["size"], document["day"], document["face"])


async def index(database: Database, prints: Iterable[Print], old: Mapping[str, Likeness]) -> None:
    """Bring the index from what it held of `old` to what it must hold of `prints`."""
    gone: set[str] = set()
    new: dict[str, Document] = {}
    for one in prints:
        entries = _entries_of(one.id, one.likeness)
        before = set(_entries_of(one.id, old[one.id])) if one.id in old else set()
        gone |= before - set(entries)
        new |= {key: entry for key, entry in entries.items() if key not in before}
    if gone:
        await database["entries"].delete_many({"_id": {"$in": list(gone)}})
    await _insert(database, "entries", list(new.values()))


async def link(database: Database, prints: Sequence[Print]) -> list[Link]:
    """Link the text of each to those of its candidates that tell its story; the links that nobody wrote before.

    The entries of `prints` must be written: of two copies saved at once, one sees the other.
    """
    looking = [one for one in prints if one.likeness.keys]
    found = await _look_up(database, looking)
    candidates = {str(candidate) for one in found for candidate in one.candidates}
    if not candidates:
        return []
    others = await read_prints(database, candidates)
    held = await holding(database, {one.likeness.text for one in looking if one.likeness.text is not None})
    known = await boilerplate(database, {one.article.outlet for one in (*looking, *others.values())})
    new: list[Link] = []
    for own, its in zip(looking, found, strict=True):
        assert own.likeness.text is not None
        linked = other_texts(own.likeness.text, [*held, *new])
        near = [others[str(id_)] for id_ in its.candidates if alike(own.likeness, others[str(id_)].likeness)]
        new += rules.links(own, near, linked, lambda outlet: known.get(outlet, frozenset()))
    documents: list[Document] = [
        {
            "_id": ":".join(map(str, (*one.articles, *one.faces))),
            "articles": one.articles,
            "faces": one.faces,
            "texts": one.texts,
        }
        for one in new
    ]
    lost = await _insert(database, "links", documents)
    return [one for position, one in enumerate(new) if position not in lost]


async def read_prints(database: Database, ids: Collection[str]) -> dict[str, Print]:
    """Articles as they stand, ready to be compared."""
    found = database["articles"].find({"_id": {"$in": list(ids)}}, dict.fromkeys((*ARTICLE_FIELDS, *_FACTS), 1))
    return {
        document["_id"]: Print(document["_id"], likeness_from(document), article_from_document(document))
        async for document in found
    }


async def printing(database: Database, texts: Collection[int]) -> set[str]:
    """The articles that print one of `texts`."""
    found = database["articles"].find({"text": {"$in": list(texts)}}, {"_id": 1})
    return {document["_id"] async for document in found}


async def links_of(database: Database, texts: Collection[int]) -> set[Link]:
    """All links of `texts`, also those that hold no more."""
    found = database["links"].find({"texts": {"$in": list(texts)}})
    return {
        Link(tuple(document["articles"]), tuple(document["faces"]), tuple(document["texts"]))
        async for document in found
    }


async def holding(database: Database, texts: Collection[int]) -> list[Link]:
    """The links of `texts` that hold."""
    links = await links_of(database, texts)
    ids = {article for one in links for article in one.articles}
    if not ids:
        return []
    found = database["articles"].find({"_id": {"$in": list(ids)}}, {"face": 1})
    faces = {document["_id"]: document["face"] async for document in found}
    return [one for one in links if tuple(faces.get(article) for article in one.articles) == one.faces]


async def forget(database: Database, gone: Iterable[Link]) -> None:
    """Remove links that hold no more."""
    ids = [":".join(map(str, (*one.articles, *one.faces))) for one in gone]
    if ids:
        await database["links"].delete_many({"_id": {"$in": ids}})


def _entries_of(article_id: str, likeness: Likeness) -> dict[str, Document]:
    bucket = likeness.bucket
    return {
        (id_ := f"{bucket}:{key}:{article_id}"): {"_id": id_, "bucket": bucket, "key": key, "article": article_id}
        for key in likeness.keys
    }


async def _look_up(database: Database, prints: Sequence[Print]) -> list[Found]:
    if not prints:
        return []
    query = {
        "bucket": {"$in": sorted({bucket for one in prints for bucket in one.likeness.buckets})},
        "key": {"$in": sorted({key for one in prints for key in one.likeness.keys})},
    }
    shared: dict[int, set[str]] = {}
    async for document in database["entries"].find(query, {"_id": 0, "key": 1, "article": 1}):
        shared.setdefault(document["key"], set()).add(document["article"])
    entries = await _read_entries(database, shared)
    found = [look_up(one.likeness, _near(one.likeness, entries)) for one in prints]
    await _stop(database, {key for one in found for key in one.stopped})
    return found


async def _read_entries(database: Database, shared: Mapping[int, Collection[str]]) -> dict[int, list[Entry]]:
    """The entries of each key, with what stands of their articles."""
    ids = {article for articles in shared.values() for article in articles}
    wanted = dict.fromkeys(("text", "day", "size", "story_id", "pending.token"), 1)
    found = database["articles"].find({"_id": {"$in": list(ids)}, "text": {"$ne": None}}, wanted)
    articles = {document["_id"]: document async for document in found}
    entries: dict[int, list[Entry]] = {}
    for key, ids_of_key in shared.items():
        for id_ in ids_of_key:
            if document := articles.get(id_):
                story = None if "pending" in document else document["story_id"]
                entry = Entry(key, id_, document["text"], document["day"], document["size"], story)
                entries.setdefault(key, []).append(entry)
    return entries


def _near(own: Likeness, entries: Mapping[int, Iterable[Entry]]) -> Iterator[Entry]:
    buckets = own.buckets
    for key in own.keys:
        for entry in entries.get(key, ()):
            if entry.day // rules.WINDOW in buckets:
                yield entry


async def _prints_of(database: Database, texts: Collection[int], but: list[str]) -> Counter[int]:
    """How many articles print each of `texts`, those in `but` left out."""
    if not texts:
        return Counter()
    result = await database["articles"].aggregate(
        [
            {"$match": {"text": {"$in": list(texts)}, "_id": {"$nin": but}}},
            {"$group": {"_id": "$text", "n": {"$sum": 1}}},
        ]
    )
    return Counter({document["_id"]: document["n"] async for document in result})


async def _stop(database: Database, keys: Collection[int]) -> None:
    await _insert(database, "stopped", [{"_id": key} for key in keys])


async def _insert(database: Database, collection: str, documents: Sequence[Document]) -> set[int]:
    """Write documents that never change; the positions of those that were there already."""
    if not documents:
        return set()
    into = database.get_collection(collection, write_concern=SOON)
    try:
        await into.bulk_write([InsertOne(document) for document in documents], ordered=False)
    except BulkWriteError as error:
        failures = error.details["writeErrors"]
        if any(one["code"] != _DUPLICATE_KEY for one in failures):
            raise
        return {one["index"] for one in failures}
    return set()
