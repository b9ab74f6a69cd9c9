"""Reading articles, stories and revisions from MongoDB."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime
from operator import itemgetter

from pymongo import ASCENDING, DESCENDING

from crawler.search import Node, all_in_headline, all_terms_of, terms_of
from crawler.storage.codec import Document
from crawler.storage.filters import Filters
from crawler.storage.mongo.client import Database
from crawler.storage.mongo.documents import (
    STORED_ARTICLE_FIELDS,
    current_from,
    old_version_from,
    stored_article_from,
)
from crawler.storage.mongo.word_index import (
    CHECKED_FIELDS,
    expanded,
    is_met,
    query_of,
    with_vocabulary,
)
from crawler.storage.paging import Slice, end_of
from crawler.stories.assembly import assemble
from crawler.stories.model import Revision, StoredArticle, Story
from crawler.stories.versions import OldVersion, revisions

Position = tuple[datetime, str]
"""The position of an article or story in a list: time and id."""

_POSITION = ("time", "_id")
_STORY_POSITION = ("story_time", "story_id")
_BATCH = 25  # articles of which the database is asked together
_CHECKED = 100  # articles that are checked in one go

# Fields of an article that no story shows of its copies.
_NOT_SHOWN = ("body", "description", "authors", "section", "tags", "image")


async def stories_slice(
    database: Database, filters: Filters, after: Position | None, size: int
) -> Slice[Story, Position]:
    """Return the next `size` stories that meet `filters`, without those that are merged into others
    meanwhile."""
    times = await _times(database, filters, after, size)
    copies = await _copies(database, list(times))
    stories = [assemble(story_id, copies[story_id]) for story_id in times if story_id in copies]
    positions = [(time, story_id) for story_id, time in times.items()]
    return Slice(stories, end_of(positions, size))


async def story_times(database: Database, filters: Filters) -> list[datetime]:
    """Return the times of the newest stories that meet `filters`."""
    assert filters.limit is not None
    return list((await _times(database, filters, None, filters.limit)).values())


async def articles_slice(
    database: Database, filters: Filters, after: Position | None, size: int
) -> Slice[StoredArticle, Position]:
    """Return the next `size` articles that meet `filters`."""
    documents: list[Document] = []
    found = _hits(database, filters, _POSITION, STORED_ARTICLE_FIELDS, after)
    async with aclosing(found) as hits:
        async for document in hits:
            documents.append(document)
            if len(documents) == size:
                break
    articles = [stored_article_from(document) for document in documents]
    positions = [(document["time"], document["_id"]) for document in documents]
    return Slice(articles, end_of(positions, size))


async def _times(
    database: Database, filters: Filters, after: Position | None, size: int
) -> dict[str, datetime]:
    """Return the times of the next `size` stories that meet `filters`, by story id, newest
    first."""
    times: dict[str, datetime] = {}
    if not size:
        return times
    async with aclosing(_hits(database, filters, _STORY_POSITION, (), after)) as hits:
        async for document in hits:  # the copies of one story stand side by side
            times.setdefault(document["story_id"], document["story_time"])
            if len(times) == size:
                break
    return times


async def _hits(
    database: Database,
    filters: Filters,
    position: tuple[str, str],
    fields: Iterable[str],
    after: Position | None,
) -> AsyncGenerator[Document]:
    """Yield the documents of the articles that meet `filters`, with `fields`, newest first.

    position: the names of the fields of the position, time and id.
    """
    if filters.tier != "text":
        async for document in _found(
            database, filters, _query_of_tier(filters), position, fields, after
        ):
            yield document
        return
    assert filters.query is not None
    found = _found(database, filters, filters.query, position, fields, after)
    async for batch in _batches(found):
        ids = {document[position[1]] for document in batch}
        in_headline = await _of_headlines(database, filters, position, ids)
        for document in batch:
            if document[position[1]] not in in_headline:
                yield document


async def _batches(documents: AsyncIterator[Document]) -> AsyncGenerator[list[Document]]:
    batch: list[Document] = []
    async for document in documents:
        batch.append(document)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _query_of_tier(filters: Filters) -> Node | None:
    if filters.tier is None or filters.query is None:
        return filters.query
    return all_in_headline(filters.query)


async def _of_headlines(
    database: Database, filters: Filters, position: tuple[str, str], ids: set[str]
) -> set[str]:
    """Return those of `ids`, of articles or stories, that are in the tier "headline"."""
    headline = replace(filters, tier="headline")
    query = _query_of_tier(headline)
    assert query is not None
    query = await with_vocabulary(database, query)
    conditions = await _conditions(database, headline, query, position, None)
    conditions["$and"].append({position[1]: {"$in": sorted(ids)}})
    shown = dict.fromkeys((position[1], *CHECKED_FIELDS), 1)
    documents = database["articles"].find(conditions, shown)
    return {document[position[1]] async for document in documents if is_met(query, document)}


async def _found(
    database: Database,
    filters: Filters,
    query: Node | None,
    position: tuple[str, str],
    fields: Iterable[str],
    after: Position | None,
) -> AsyncGenerator[Document]:
    """Yield the documents of the articles that meet `filters` and `query`, newest first."""
    time, id_ = position
    if query is not None:
        query = await with_vocabulary(database, query)
    conditions = await _conditions(database, filters, query, position, after)
    has_words = query is not None and any(terms_of(query))
    is_checked = query is not None and any(all_terms_of(query))
    shown = dict.fromkeys((*fields, *position, *(CHECKED_FIELDS if is_checked else ())), 1)
    shown.setdefault("_id", 0)  # which would have documents read where the index has all the rest
    # The index of words knows the time alone: among those of one instant, order is made here.
    sort = [(time, DESCENDING)] if has_words else [(time, DESCENDING), (id_, DESCENDING)]
    # Between two batches others have their turn: to check one on its text takes 0.2 ms.
    size = _CHECKED if is_checked else 0
    cursor = database["articles"].find(
        conditions, shown, sort=sort, allow_disk_use=True, batch_size=size
    )
    async with cursor, aclosing(_ordered(cursor, time, id_)) as ordered:
        async for document in ordered:
            if query is None or not is_checked or is_met(query, document):
                yield document


async def _ordered(
    documents: AsyncIterator[Document], time: str, id_: str
) -> AsyncGenerator[Document]:
    """Yield `documents`, which are ordered by time, in the order of time and id."""
    of_instant: list[Document] = []
    async for document in documents:
        if of_instant and of_instant[0][time] != document[time]:
            for earlier in sorted(of_instant, key=itemgetter(id_), reverse=True):
                yield earlier
            of_instant = []
        of_instant.append(document)
    for last in sorted(of_instant, key=itemgetter(id_), reverse=True):
        yield last


async def position_of(database: Database, article_id: str) -> Position | None:
    """Return the position of an article, which is also that of a story with its id, or the one that
    a removed article had; None if there is no such article."""
    document = await find_article(database, article_id, ("time",))
    if document is None:
        document = await find_tombstone(database, article_id)
    return None if document is None else (document["time"], document["_id"])


async def story_of(database: Database, article_id: str) -> str | None:
    """Return the id of the story that an article is in, or that a removed article was in; None if
    there is no such article, or no copy of the story is left."""
    while True:
        document = await find_article(database, article_id, ("story_id",))
        if document is not None:
            return str(document["story_id"])
        tombstone = await find_tombstone(database, article_id)
        if tombstone is None or tombstone["successor"] is None:
            return None
        # Each successor was stored when its predecessor was removed: the chain has an end.
        article_id = tombstone["successor"]


async def find_tombstone(database: Database, article_id: str) -> Document | None:
    """Return the tombstone, a lifted one too, of the article that has, or had, an id."""
    tombstone = await database["tombstones"].find_one({"_id": article_id})
    if tombstone is not None:
        return tombstone
    alias = await database["aliases"].find_one({"_id": article_id})
    if alias is None:
        return None
    return await database["tombstones"].find_one({"_id": alias["article_id"]})


async def copies_of(database: Database, story_id: str) -> list[StoredArticle]:
    """Return the articles of the story that has, or had, that id."""
    present = await story_of(database, story_id)
    if present is None:
        return []
    cursor = database["articles"].find({"story_id": present}, STORED_ARTICLE_FIELDS)
    return [stored_article_from(document) async for document in cursor]


async def revisions_of(database: Database, article_id: str) -> list[Revision]:
    """Return the older texts of an article, oldest first."""
    document = await find_article(database, article_id)
    if document is None:
        return []
    older = await old_versions(database, document["older"])
    return revisions(document["_id"], current_from(document), older)


async def article(database: Database, article_id: str) -> StoredArticle | None:
    """Return the article that has, or had, that id; None if it is not stored."""
    document = await find_article(database, article_id)
    return stored_article_from(document) if document else None


async def article_read_at(database: Database, addresses: Sequence[str]) -> StoredArticle | None:
    """Return an article whose page was read at one of `addresses`, None if there is no such
    article."""
    read_there = {"$in": list(addresses)}
    query = {"$or": [{"url": read_there}, {"own_url": read_there}]}
    document = await database["articles"].find_one(query, sort=[("_id", ASCENDING)])
    return stored_article_from(document) if document else None


async def find_article(
    database: Database, article_id: str, fields: tuple[str, ...] | None = None
) -> Document | None:
    """Return these fields (None: all) of the article that has, or had, an id; None if there is no
    such article."""
    document = await database["articles"].find_one({"_id": article_id}, fields)
    if document is not None:
        return document
    alias = await database["aliases"].find_one({"_id": article_id})
    if alias is None:
        return None
    return await database["articles"].find_one({"_id": alias["article_id"]}, fields)


async def outlets(database: Database) -> list[str]:
    """Return the names of the outlets that have articles, sorted."""
    names = await database["articles"].distinct("outlet")
    return sorted(name for name in names if name is not None)


async def source_names(database: Database) -> list[str]:
    """Return the sources of all articles, sorted."""
    return sorted(await database["articles"].distinct("source_keys"))


async def place_names(database: Database) -> list[str]:
    """Return the places of all articles as printed, sorted."""
    names = await database["articles"].distinct("place")
    return sorted(name for name in names if name)


async def old_versions(database: Database, older: list[str]) -> list[OldVersion]:
    """Return the older texts of an article. older: their ids, as the article's document names
    them."""
    cursor = database["revisions"].find({"_id": {"$in": older}})
    return [old_version_from(document) async for document in cursor]


async def counts(database: Database) -> dict[str, int]:
    """Return how many stories, articles, revisions and runs are stored."""
    # Counted, not estimated: estimates are wrong after a crash.
    articles = database["articles"]
    stories: list[Document] = [
        {"$sort": {"story_id": 1}},
        {"$group": {"_id": "$story_id"}},
        {"$count": "n"},
    ]
    older: list[Document] = [
        {"$match": {"revisions": {"$gt": 0}}},
        {"$group": {"_id": None, "n": {"$sum": "$revisions"}}},
    ]
    return {
        "stories": await _number(await articles.aggregate(stories)),
        "articles": await articles.count_documents({}),
        "revisions": await _number(await articles.aggregate(older)),
        "runs": await database["runs"].count_documents({}),
    }


async def size(database: Database) -> int:
    """Return the bytes that the database takes on the disk."""
    stats = await database.command("dbStats")
    return int(stats["storageSize"] + stats["indexSize"])


async def story_counts(database: Database) -> dict[str, int]:
    """Return, by outlet, the number of stories of which it has a copy."""
    stages: list[Document] = [
        {"$match": {"outlet": {"$ne": None}}},
        {"$group": {"_id": {"outlet": "$outlet", "story": "$story_id"}}},
        {"$group": {"_id": "$_id.outlet", "n": {"$sum": 1}}},
    ]
    cursor = await database["articles"].aggregate(stages)
    return {document["_id"]: document["n"] async for document in cursor}


async def _number(result: AsyncIterator[Document]) -> int:
    async for document in result:
        return int(document["n"])
    return 0


async def _copies(database: Database, story_ids: list[str]) -> dict[str, list[StoredArticle]]:
    """Return the copies of stories by story id, without the fields that stories do not show."""
    shown = [name for name in STORED_ARTICLE_FIELDS if name not in _NOT_SHOWN]
    cursor = database["articles"].find({"story_id": {"$in": story_ids}}, dict.fromkeys(shown, 1))
    copies: dict[str, list[StoredArticle]] = {}
    async for document in cursor:
        copies.setdefault(document["story_id"], []).append(stored_article_from(document))
    return copies


async def _conditions(
    database: Database,
    filters: Filters,
    query: Node | None,
    position: tuple[str, str],
    after: Position | None,
) -> Document:
    """Return `filters` and what the index knows of `query` as a query over articles. All values are
    text, instants, or lists of text or numbers: no operator gets in.

    position: the fields of the position, time and id.
    """
    time, id_ = position
    conditions: list[Document] = [{}]
    if after is not None:
        conditions.append(behind(time, id_, after))
    if filters.since is not None:
        operator = "$gte" if _is_whole(filters.since) else "$gt"
        conditions.append({time: {operator: filters.since}})
    if filters.until is not None:
        operator = "$lt" if _is_whole(filters.until) else "$lte"
        conditions.append({time: {operator: filters.until}})
    if filters.outlets is not None:
        conditions.append({"outlet": {"$in": sorted(filters.outlets)}})
    if filters.sources is not None:
        conditions.append({"source_keys": {"$in": sorted(filters.sources)}})
    if filters.places is not None:
        conditions.append({"place_key": {"$in": sorted(filters.places)}})
    if query is not None:
        expansion = await expanded(database, query)
        conditions.append(query_of(query, expansion))
    equal = {
        "language": filters.language,
        "genre": filters.genre,
    }
    conditions.extend({name: value} for name, value in equal.items() if value is not None)
    return {"$and": conditions}


def behind(time: str, id_: str, position: Position) -> Document:
    """Return the query of the items behind `position` in a list that stands newest first.

    time, id_: the fields of the position.
    """
    last_time, last_id = position
    return {"$or": [{time: {"$lt": last_time}}, {time: last_time, id_: {"$lt": last_id}}]}


def _is_whole(instant: datetime) -> bool:
    """Return True if BSON, which keeps milliseconds, would cut nothing off `instant`."""
    return instant.microsecond % 1000 == 0
