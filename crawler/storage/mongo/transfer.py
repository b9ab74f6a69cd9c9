"""Reading and writing records (`crawler.storage.records`) in MongoDB."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pymongo import ASCENDING, ReplaceOne

from crawler.storage.codec import (
    Document,
    from_milliseconds,
    run_from_document,
    run_to_document,
    tombstone_from_document,
    tracked_url_from_document,
    tracked_url_to_document,
)
from crawler.storage.mongo import story_index, word_index
from crawler.storage.mongo.client import Database, StorePart
from crawler.storage.mongo.documents import (
    POSTINGS,
    STOP_KEYS,
    claim_to_document,
    current_from,
    current_to_fields,
    day_of,
    link_from,
    link_to_document,
    old_version_from,
    old_version_to_document,
    postings_to_documents,
    signature_from,
    slot_to_fields,
)
from crawler.storage.mongo.frontier import upsert
from crawler.storage.mongo.schema import drop_words_index, make_words_index
from crawler.storage.mongo.tallies import mark_stale
from crawler.storage.mongo.tombstones import retention_from
from crawler.storage.record import OWN_NOTES, Record, RecordKind
from crawler.storage.records import (
    CopiedArticle,
    link_from_record,
    link_to_record,
    retention_to_record,
    tombstone_to_record,
)
from crawler.storage.upkeep import TransferStore
from crawler.stories.grouping import StorySlot
from crawler.stories.versions import OldVersion

_WRITTEN = 100  # records in one bulk


class MongoTransfer(StorePart, TransferStore):
    async def read_records(self, kind: RecordKind, after: Any, size: int) -> list[Record]:
        return await self._client.call(_read, kind, after, size)

    async def write_records(self, kind: RecordKind, records: Sequence[Record]) -> None:
        for start in range(0, len(records), _WRITTEN):
            batch = records[start : start + _WRITTEN]
            await self._client.call(_WRITERS[kind], batch)

    async def expect_many_records(self) -> None:
        await self._client.call(drop_words_index)

    async def index_records(self) -> None:
        await self._client.call(make_words_index)

    async def remove_records(self, kind: RecordKind, keys: Sequence[str]) -> None:
        await self._client.call(_remove_records, kind, keys)


async def _remove_records(database: Database, kind: RecordKind, keys: Sequence[str]) -> None:
    if kind in ("links", "aliases"):
        await database[kind].delete_many({"_id": {"$in": list(keys)}})


async def _read(database: Database, kind: RecordKind, after: Any, size: int) -> list[Record]:
    if kind == "articles":
        return await _read_articles(database, after, size)
    query: Document = {} if after is None else {"_id": {"$gt": after}}
    if kind == "notes":
        query = {"$and": [query, {"_id": {"$nin": list(OWN_NOTES)}}]}
    cursor = database[_COLLECTIONS[kind]].find(query, sort=[("_id", ASCENDING)], limit=size)
    documents = await cursor.to_list()
    return [_RECORDS[kind](document) for document in documents]


async def _read_articles(database: Database, after: Any, size: int) -> list[Record]:
    query: Document = {}
    if after is not None:
        milliseconds, last_id = after
        time = from_milliseconds(milliseconds)
        query = {"$or": [{"time": {"$gt": time}}, {"time": time, "_id": {"$gt": last_id}}]}
    sort = [("time", ASCENDING), ("_id", ASCENDING)]
    documents = await database["articles"].find(query, sort=sort, limit=size).to_list()
    ids = [old_id for document in documents for old_id in document["older"]]
    older: dict[str, list[OldVersion]] = {}
    async for old in database["revisions"].find({"_id": {"$in": ids}}):
        older.setdefault(old["article_id"], []).append(old_version_from(old))
    return [
        CopiedArticle(
            document["_id"],
            current_from(document),
            signature_from(document),
            StorySlot(document["story_id"], document["story_time"]),
            older.get(document["_id"], ()),
        ).to_record()
        for document in documents
    ]


def _boilerplate(document: Document) -> Record:
    values = {
        "version": document["version"],
        "keys": sorted(document["keys"]),
        "restless": sorted(document.get("restless", ())),
    }
    return Record(document["_id"], values)


def _tombstone(document: Document) -> Record:
    tombstone = tombstone_from_document(document)
    record = tombstone_to_record(tombstone, document.get("lifted"))
    return replace(record, key=document["_id"])


def _tracked_url(document: Document) -> Record:
    values = tracked_url_to_document(tracked_url_from_document(document))
    return Record(document["_id"], values)


def _run(document: Document) -> Record:
    return Record(document["_id"], run_to_document(run_from_document(document)))


async def _write_articles(database: Database, records: Sequence[Record]) -> None:
    """Write articles; their older texts and postings first, which count once the articles name
    them."""
    articles = [CopiedArticle.from_record(record) for record in records]
    older = [
        old_version_to_document(article.id, old) for article in articles for old in article.older
    ]
    await _replace(database, "revisions", older)
    postings = [
        document
        for article in articles
        for document in postings_to_documents(article.id, 1, article.signature)
    ]
    claims = [
        claim_to_document(article.id, article.signature.text_hash)
        for article in articles
        if article.signature.text_hash is not None
    ]
    # One by one where a batch prints a text twice: the first claim stands.
    await story_index.insert_new(database[POSTINGS], [*postings, *claims])
    await word_index.add_to_vocabulary(database, (each.current.article for each in articles))
    days = {day_of(article.slot.story_time) for article in articles}
    written_over = {"_id": {"$in": [article.id for article in articles]}}
    async for document in database["articles"].find(written_over, {"story_time": 1}):
        days.add(day_of(document["story_time"]))
    await _replace(database, "articles", [_article_to_document(article) for article in articles])
    await mark_stale(database, days)


def _article_to_document(copied: CopiedArticle) -> Document:
    older = sorted(copied.older, key=lambda old: old.order)
    return {
        "_id": copied.id,
        "version": 1,
        "older": [old_version_to_document(copied.id, old)["_id"] for old in older],
        **current_to_fields(copied.current, copied.signature),
        **slot_to_fields(copied.slot),
    }


async def _write_links(database: Database, records: Sequence[Record]) -> None:
    links = [link_to_document(link_from_record(record)) for record in records]
    await _replace(database, "links", links)


async def _write_tombstones(database: Database, records: Sequence[Record]) -> None:
    documents = []
    for record in records:
        lifted = record.values["lifted"]
        document = {"_id": record.key, **record.values["tombstone"]}
        documents.append(document if lifted is None else {**document, "lifted": lifted})
    await _replace(database, "tombstones", documents)


async def _write_retentions(database: Database, records: Sequence[Record]) -> None:
    documents = []
    for record in records:
        values = dict(record.values)
        documents.append({"_id": values.pop("outlet"), **values})
    await _replace(database, "retentions", documents)


async def _write_tracked_urls(database: Database, records: Sequence[Record]) -> None:
    await upsert(database, [tracked_url_from_document(record.values) for record in records])


def _written_to(collection: str) -> Callable[[Database, Sequence[Record]], Awaitable[None]]:
    """Return the function that writes records as they are into `collection`."""

    async def write(database: Database, records: Sequence[Record]) -> None:
        documents = [{"_id": record.key, **record.values} for record in records]
        await _replace(database, collection, documents)

    return write


async def _replace(database: Database, collection: str, documents: Sequence[Document]) -> None:
    if documents:
        writes = [ReplaceOne({"_id": each["_id"]}, each, upsert=True) for each in documents]
        await database[collection].bulk_write(writes, ordered=False)


_COLLECTIONS: Mapping[RecordKind, str] = {
    "boilerplate": "boilerplate",
    "stop keys": STOP_KEYS,
    "tombstones": "tombstones",
    "retentions": "retentions",
    "links": "links",
    "aliases": "aliases",
    "tracked addresses": "pages",
    "runs": "runs",
    "told by watches": "told",
    "notes": "notes",
}
_RECORDS: Mapping[RecordKind, Callable[[Document], Record]] = {
    "boilerplate": _boilerplate,
    "stop keys": lambda document: Record(document["_id"], {}),
    "tombstones": _tombstone,
    "retentions": lambda document: retention_to_record(retention_from(document)),
    "links": lambda document: replace(link_to_record(link_from(document)), key=document["_id"]),
    "aliases": lambda document: Record(document["_id"], {"article_id": document["article_id"]}),
    "tracked addresses": _tracked_url,
    "runs": _run,
    "told by watches": lambda document: Record(
        document["_id"], {name: value for name, value in document.items() if name != "_id"}
    ),
    "notes": lambda document: Record(document["_id"], {"value": document["value"]}),
}
_WRITERS: Mapping[RecordKind, Callable[[Database, Sequence[Record]], Awaitable[None]]] = {
    "boilerplate": _written_to("boilerplate"),
    "stop keys": _written_to(STOP_KEYS),
    "tombstones": _write_tombstones,
    "retentions": _write_retentions,
    "articles": _write_articles,
    "links": _write_links,
    "aliases": _written_to("aliases"),
    "tracked addresses": _write_tracked_urls,
    "runs": _written_to("runs"),
    "told by watches": _written_to("told"),
    "notes": _written_to("notes"),
}
