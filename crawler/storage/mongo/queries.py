"""Reading stories, articles, revisions and runs, a page at a time: no cursor waits for a reader."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from crawler.storage.codec import Document
from crawler.storage.filters import Filters
from crawler.storage.mongo.client import Database
from crawler.storage.mongo.documents import (
    STORED_ARTICLE_FIELDS,
    current_from,
    old_version_from,
    stored_article_from,
)
from crawler.storage.paging import Slice, end_of
from crawler.storage.protocol import Revision, StoredArticle, Story
from crawler.stories.assembly import assemble
from crawler.stories.versions import OldVersion, revisions

Position = tuple[datetime, str]
"""Where a list goes on: the time and id of the last one given."""

_NEWEST_FIRST = -1
_NOT_SHOWN = ("body", "description", "authors", "section", "tags", "image")  # of a copy in a story


async def stories_slice(
    database: Database, filters: Filters, after: Position | None, size: int
) -> Slice[Story, Position]:
    """Return the next `size` stories that meet `filters`, without those that are merged into others
    meanwhile."""
    query = _query(filters, "story_time", "story_id", after)
    sort = [("story_time", _NEWEST_FIRST), ("story_id", _NEWEST_FIRST)]
    found = database["articles"].find(query, {"story_time": 1, "story_id": 1}, sort=sort)
    positions: dict[str, Position] = {}
    async with found:
        async for document in found:  # the copies of one story stand side by side
            positions.setdefault(
                document["story_id"], (document["story_time"], document["story_id"])
            )
            if len(positions) == size:
                break
    copies = await _copies(database, list(positions))
    stories = [assemble(id_, copies[id_]) for id_ in positions if id_ in copies]
    return Slice(stories, end_of(list(positions.values()), size))


async def articles_slice(
    database: Database, filters: Filters, after: Position | None, size: int
) -> Slice[StoredArticle, Position]:
    """Return the next `size` articles that meet `filters`."""
    query = _query(filters, "time", "_id", after)
    sort = [("time", _NEWEST_FIRST), ("_id", _NEWEST_FIRST)]
    shown = dict.fromkeys((*STORED_ARTICLE_FIELDS, "time"), 1)
    documents = await database["articles"].find(query, shown, sort=sort, limit=size).to_list()
    articles = [stored_article_from(document) for document in documents]
    positions = [(document["time"], document["_id"]) for document in documents]
    return Slice(articles, end_of(positions, size))


async def position_of(database: Database, article_id: str) -> Position | None:
    """Where an article stands in lists, and the story it is or was the elder of."""
    document = await database["articles"].find_one({"_id": article_id}, {"time": 1})
    return None if document is None else (document["time"], article_id)


async def story_of(database: Database, article_id: str) -> str | None:
    """The story an article is in."""
    document = await database["articles"].find_one({"_id": article_id}, {"story_id": 1})
    return None if document is None else document["story_id"]


async def revisions_of(database: Database, article_id: str) -> list[Revision]:
    """The older texts of an article, oldest first."""
    document = await database["articles"].find_one({"_id": article_id})
    if document is None:
        return []
    return revisions(
        article_id, current_from(document), await old_versions(database, document["older"])
    )


async def article(database: Database, article_id: str) -> StoredArticle | None:
    """The article with that id."""
    document = await database["articles"].find_one({"_id": article_id})
    return stored_article_from(document) if document else None


async def outlets(database: Database) -> list[str]:
    """The names of the outlets that have articles, sorted."""
    return sorted(
        name for name in await database["articles"].distinct("outlet") if name is not None
    )


async def old_versions(database: Database, older: list[str]) -> list[OldVersion]:
    """The texts that an article's document names as its older ones."""
    found = database["revisions"].find({"_id": {"$in": older}})
    return [old_version_from(document) async for document in found]


async def counts(database: Database) -> dict[str, int]:
    """How much is stored, by kind. Counted, not estimated: estimates are wrong after a crash."""
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


async def story_counts(database: Database) -> dict[str, int]:
    """How many stories each outlet has a copy of."""
    stages: list[Document] = [
        {"$match": {"outlet": {"$ne": None}}},
        {"$group": {"_id": {"outlet": "$outlet", "story": "$story_id"}}},
        {"$group": {"_id": "$_id.outlet", "n": {"$sum": 1}}},
    ]
    return {
        document["_id"]: document["n"]
        async for document in await database["articles"].aggregate(stages)
    }


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


def _query(filters: Filters, time: str, id_: str, after: Position | None) -> Document:
    """`filters` as a query over articles. Values are text, instants and lists of them: no operator
    gets in."""
    conditions: list[Document] = []
    if after is not None:
        conditions.append(behind(time, id_, after))
    if filters.since is not None:
        conditions.append({time: {"$gte" if _is_whole(filters.since) else "$gt": filters.since}})
    if filters.until is not None:
        conditions.append({time: {"$lt" if _is_whole(filters.until) else "$lte": filters.until}})
    if filters.outlets is not None:
        conditions.append({"outlet": {"$in": sorted(filters.outlets)}})
    if filters.words:
        conditions.append({"words": {"$all": list(filters.words)}})
    equal: dict[str, Any] = {
        "language": filters.language,
        "source_keys": filters.source,
        "place_key": filters.place,
    }
    conditions.extend({name: value} for name, value in equal.items() if value is not None)
    return {"$and": conditions} if conditions else {}


def behind(time: str, id_: str, position: Position) -> Document:
    """Return the query of what stands behind `position` in a list, newest first."""
    return {"$or": [{time: {"$lt": position[0]}}, {time: position[0], id_: {"$lt": position[1]}}]}


def _is_whole(instant: datetime) -> bool:
    """Whether `instant` is whole milliseconds, as all that is stored is: BSON cuts the rest off."""
    return instant.microsecond % 1000 == 0
