"""Removing articles for good, in MongoDB: the collections `tombstones` and `retentions`.

The tombstone, or the retention, is written first: from then on a save refuses the article, and one
that was under way removes it again (`crawler.storage.mongo.saving`). It says in `pending` what is
to be removed, until all is: what a crash leaves undone, the next who opens the store does. Each
step may be done twice.
"""

import uuid
from collections.abc import AsyncIterator, Collection, Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from pymongo import ASCENDING, DESCENDING

from crawler.storage.codec import Document, tombstone_from_document, tombstone_to_document
from crawler.storage.incoming import stored_now
from crawler.storage.mongo import queries, word_index
from crawler.storage.mongo.assignment import PendingWork, index_and_assign
from crawler.storage.mongo.client import Database, StorePart
from crawler.storage.mongo.documents import (
    LINKED_TEXTS,
    POSTINGS,
    TEXT_HASH,
    current_from,
    day_of,
    mark_from,
    old_version_from,
)
from crawler.storage.mongo.tallies import mark_stale
from crawler.storage.mongo.tombstones import retention_from
from crawler.storage.paging import Slice, end_of, read_slices
from crawler.storage.protocol import RemovalReader, RemovalStore
from crawler.storage.record import PRUNE_NOTE
from crawler.stories.tombstones import (
    Retention,
    Tombstone,
    addresses_of,
    bury,
    earliest_of,
    forwarding,
)

_BATCH = 100  # articles removed at once
_Position = tuple[datetime, str]  # forgotten, id

_LEFT = (
    "backups, exports, recordings and WARC files",
    "MongoDB's oplog, until it has turned over",
    "free blocks of MongoDB's files (its administrator's command `compact` gives them back)",
    "blocks of the disk that were freed",
)


class MongoRemovalReader(StorePart, RemovalReader):
    async def tombstone(self, article_id: str) -> Tombstone | None:
        return await self._client.call(_find_tombstone, article_id)

    def tombstones(self) -> AsyncIterator[Tombstone]:
        return read_slices(lambda after, size: self._client.call(_find, after, size))

    async def retentions(self) -> list[Retention]:
        return await self._client.call(_find_retentions)


class MongoRemoval(MongoRemovalReader, RemovalStore):
    async def forget(self, article_id: str, reason: str) -> Tombstone | None:
        return await self._client.call(_forget, article_id, reason)

    async def forget_before(self, outlet: str, before: datetime, reason: str) -> int:
        return await self._client.call(_forget_before, outlet, before, reason)

    async def lift_tombstone(self, article_id: str) -> bool:
        return await self._client.call(_lift_tombstone, article_id)

    async def lift_retention(self, outlet: str) -> bool:
        return await self._client.call(_lift_retention, outlet)

    async def purge(self, *, compact: bool = False) -> list[str]:
        await self._client.call(_prune_words)
        # `compact` is an administrator's command, and may hold a server up for long.
        return list(_LEFT)


@dataclass(frozen=True, slots=True)
class Removal:
    """Articles to be removed, by id.

    text_hashes: of the texts whose groups change. outlet, addresses: those under which the articles
    stand in the frontier. words: those of the vocabulary that no other article may have. days: ISO
    dates of the days on which the articles count.
    """

    article_ids: list[str]
    text_hashes: list[int] = field(default_factory=list)
    outlet: str | None = None
    addresses: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)


async def finish_removals(database: Database) -> None:
    """Do what crashes have left undone."""
    is_pending = {"pending": {"$exists": True}}
    for name in ("tombstones", "retentions"):
        async for document in database[name].find(is_pending):
            await remove(database, Removal(**document["pending"]))
            await _end(database, name, document["_id"])


async def remove(database: Database, removal: Removal) -> None:
    """Remove articles with all that was written of them, and assign those that hung together with
    them anew."""
    ids = removal.article_ids
    await mark_stale(database, removal.days)  # twice, for a crash and for who counts them meanwhile
    await database["articles"].delete_many({"_id": {"$in": ids}})
    await mark_stale(database, removal.days)
    for article_id in ids:
        # Also what writers that died or lost a race have left of it.
        await database["revisions"].delete_many(written_of(article_id))
        await database[POSTINGS].delete_many(written_of(article_id))
    texts = {"$in": removal.text_hashes}
    await database["links"].delete_many({LINKED_TEXTS: texts, "articles": {"$in": ids}})
    await _pass_claims_on(database, removal)
    pages = [f"{removal.outlet} {address}" for address in removal.addresses]
    await database["pages"].update_many({"_id": {"$in": pages}}, {"$unset": {"headline": ""}})
    await word_index.prune_vocabulary(database, removal.words)
    if removal.text_hashes:
        work = PendingWork(uuid.uuid4().hex, detect_stop_keys=False)
        work.affected_texts.update(removal.text_hashes)
        await index_and_assign(database, work)


async def removal_of(
    database: Database,
    article_ids: Collection[str],
    outlet: str | None = None,
    addresses: Iterable[str] = (),
) -> Removal:
    """Return the removal of articles, which need not be stored any more."""
    ids = list(article_ids)
    shown = {TEXT_HASH: 1, "pending": 1, "story_time": 1}
    found = database["articles"].find({"_id": {"$in": ids}}, shown)
    texts: set[int] = set()
    days: set[str] = set()
    async for document in found:
        mark = mark_from(document)
        texts |= set(mark.text_hashes) if mark else set()
        days |= {day_of(document["story_time"])} | (mark.days if mark else set())
        texts |= {document[TEXT_HASH]} - {None}
    async for link in database["links"].find({LINKED_TEXTS: {"$in": list(texts)}}):
        texts.update(link[LINKED_TEXTS])
    return Removal(ids, sorted(texts), outlet, sorted(addresses), days=sorted(days))


def written_of(article_id: str) -> Document:
    """Return the query of the postings, or of the older texts, that were written of an article."""
    return {"_id": {"$gt": f"{article_id}:", "$lt": f"{article_id};"}}


async def _forget(database: Database, article_id: str, reason: str) -> Tombstone | None:
    document = await queries.find_article(database, article_id)
    if document is None:
        return await _find_tombstone(database, article_id)
    removed_id = document["_id"]
    current = current_from(document)
    found = database["revisions"].find(written_of(removed_id))
    older = [old_version_from(old) async for old in found]
    tombstone = bury(
        removed_id,
        current,
        older,
        await _successor(database, document["story_id"], {removed_id}),
        reason=reason,
        now=stored_now(),
    )
    addresses = addresses_of(current, older)
    removal = await removal_of(database, [removed_id], tombstone.outlet, addresses)
    texts = [current.article, *(old.article for old in older)]
    removal.words.extend(sorted(word_index.words_of_articles(texts)))
    stored = {**tombstone_to_document(tombstone), "pending": asdict(removal)}
    await database["tombstones"].replace_one({"_id": removed_id}, stored, upsert=True)
    await remove(database, removal)
    await _remove_headlines_of_aliases(database, tombstone.outlet)
    await _end(database, "tombstones", removed_id)
    return tombstone


async def _forget_before(database: Database, outlet: str, before: datetime, reason: str) -> int:
    known = await database["retentions"].find_one({"_id": outlet})
    if known is None or known["before"] < before:
        line = {"before": before, "reason": reason, "forgotten": stored_now()}
        await database["retentions"].update_one({"_id": outlet}, {"$set": line}, upsert=True)
    older = {"outlet": outlet, "time": {"$lt": before}}
    cursor = database["articles"].find(
        older, dict.fromkeys(("time", "story_id", "canonical_url"), 1)
    )
    by_time = [("time", ASCENDING), ("_id", ASCENDING)]
    documents = await cursor.sort(by_time).limit(_BATCH).to_list()
    if not documents:
        await _remove_headlines_of_aliases(database, outlet)
        return 0
    ids = {document["_id"] for document in documents}
    retention = Retention(outlet, before, reason, stored_now())
    for document in documents:
        successor = await _successor(database, document["story_id"], ids)
        await _forward(database, document, successor, retention)
    addresses = [document["canonical_url"] for document in documents]
    removal = await removal_of(database, ids, outlet, addresses)
    note = {"value": ""}
    await database["notes"].replace_one({"_id": PRUNE_NOTE}, note, upsert=True)
    pending = {"$set": {"pending": asdict(removal)}}
    await database["retentions"].update_one({"_id": outlet}, pending)
    await remove(database, removal)
    await _end(database, "retentions", outlet)
    return len(documents)


async def _prune_words(database: Database) -> None:
    """Take words that no article has out of the vocabulary, if articles were removed by age: so
    many that their words are looked at all at once."""
    if await database["notes"].find_one({"_id": PRUNE_NOTE}) is None:
        return
    await word_index.prune_whole_vocabulary(database)
    await database["notes"].delete_one({"_id": PRUNE_NOTE})


async def _end(database: Database, name: str, id_: str) -> None:
    await database[name].update_one({"_id": id_}, {"$unset": {"pending": ""}})


async def _successor(database: Database, story_id: str, removed: Collection[str]) -> str | None:
    """Return the earliest copy of a story, without those to be removed."""
    copies = database["articles"].find({"story_id": story_id}, {"published": 1})
    return earliest_of(
        [(copy["_id"], copy["published"]) async for copy in copies if copy["_id"] not in removed]
    )


async def _forward(
    database: Database, document: Document, successor: str | None, retention: Retention
) -> None:
    """Let the id of an article that grew too old be answered by the other copies of its story, and
    its former ids too."""
    article_id = document["_id"]
    if successor is None:
        await database["aliases"].delete_many({"article_id": article_id})
        return
    entry = forwarding(article_id, document["time"], successor, retention)
    stored = {**tombstone_to_document(entry), "lifted": retention.forgotten}
    await database["tombstones"].replace_one({"_id": article_id}, stored, upsert=True)


async def _pass_claims_on(database: Database, removal: Removal) -> None:
    """Give the claims of removed articles to others that print their texts."""
    for text_hash in removal.text_hashes:
        claim = {"_id": f"first:{text_hash}", "article": {"$in": removal.article_ids}}
        other = await database["articles"].find_one({TEXT_HASH: text_hash}, {"_id": 1})
        if other is None:
            await database[POSTINGS].delete_one(claim)
        else:
            await database[POSTINGS].update_one(claim, {"$set": {"article": other["_id"]}})


async def _remove_headlines_of_aliases(database: Database, outlet: str | None) -> None:
    """Remove the headlines that were announced for addresses of `outlet` which redirect to an
    article of which nothing is stored."""
    pages = database["pages"]
    with_both = {"alias_of": {"$exists": True}, "headline": {"$exists": True}}
    async for page in pages.find({"outlet": outlet, **with_both}, {"alias_of": 1}):
        stored = await database["articles"].find_one(
            {"canonical_url": page["alias_of"]}, {"_id": 1}
        )
        if stored is None:
            await pages.update_one({"_id": page["_id"]}, {"$unset": {"headline": ""}})


async def _find_tombstone(database: Database, article_id: str) -> Tombstone | None:
    document = await queries.find_tombstone(database, article_id)
    if document is None or "lifted" in document:
        return None
    return tombstone_from_document(document)


async def _find(
    database: Database, after: _Position | None, size: int
) -> Slice[Tombstone, _Position]:
    query: Document = {"lifted": None}
    if after is not None:
        query |= queries.behind("forgotten", "_id", after)
    sort = [("forgotten", DESCENDING), ("_id", DESCENDING)]
    documents = await database["tombstones"].find(query, sort=sort, limit=size).to_list()
    return Slice(
        [tombstone_from_document(document) for document in documents],
        end_of([(document["forgotten"], document["_id"]) for document in documents], size),
    )


async def _find_retentions(database: Database) -> list[Retention]:
    documents = database["retentions"].find(sort=[("_id", ASCENDING)])
    return [retention_from(document) async for document in documents]


async def _lift_tombstone(database: Database, article_id: str) -> bool:
    document = await queries.find_tombstone(database, article_id)
    if document is None or "lifted" in document:
        return False
    await database["tombstones"].update_one(
        {"_id": document["_id"]}, {"$set": {"lifted": stored_now(), "keys": []}}
    )
    return True


async def _lift_retention(database: Database, outlet: str) -> bool:
    result = await database["retentions"].delete_one({"_id": outlet})
    return result.deleted_count == 1
