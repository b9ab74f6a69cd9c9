"""Putting the articles of a group into one story, without transactions and without a lock.

An article is written first and its group settled after: the members are read, all that do not stand with the
elder are moved there, and they are read again until nothing has to be moved. Every writer reads after its own
last write, so whoever writes last sees all and leaves the group right, in whatever order others worked.

A writer may die in between. So whatever changes an article's group or place also marks it `pending`, with a
token of that writer and the groups concerned; the mark is taken off by compare-and-set once these groups have
been read and found settled after the mark was set. A mark that stays is worked off by the next save of that
article, or by the next who opens the store.
"""

import asyncio
import random
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pymongo import UpdateOne

from crawler.storage.codec import Document
from crawler.storage.grouping import Member, Place, place_of
from crawler.storage.mongo.client import Database
from crawler.storage.protocol import StoreUnavailable

_MOST_PASSES = 100
_BATCH = 100


@dataclass(frozen=True, slots=True)
class Settled:
    """How things stood when nothing had to be moved: the story of each article, the articles of each group."""

    stories: dict[str, str]
    groups: dict[str, frozenset[str]]


def mark(token: str, groups: Iterable[str]) -> Document:
    """The update operators that mark an article pending; `$set` is to be merged with the caller's."""
    return {"$set": {"pending.token": token}, "$addToSet": {"pending.groups": {"$each": sorted(groups)}}}


async def settle(database: Database, ids: Collection[str], groups: Collection[str], token: str) -> Settled:
    """Settle `groups` and take the marks off the articles `ids` and off all that `token` marked."""
    for turn in range(_MOST_PASSES):
        documents = await _read(database, ids, groups)
        members = members_of(documents, groups)
        moves = [
            _move(member, place, key, token)
            for key, group in members.items()
            for place in [place_of(group)]
            for member in group
            if member.place != place
        ]
        if not moves:
            await _take_marks_off(database, documents, ids, groups, token)
            return Settled(
                stories={document["_id"]: document["story_id"] for document in documents},
                groups={key: frozenset(member.id for member in group) for key, group in members.items()},
            )
        await database["articles"].bulk_write(moves, ordered=False)
        await asyncio.sleep(random.uniform(0, 0.002 * turn))  # noqa: S311  others may be at the same group
    raise StoreUnavailable("too many writers at one story; what was saved stays marked for settling")


async def settle_pending(database: Database, token: str) -> None:
    """Settle what writers that died left behind."""
    pending = database["articles"].find({"pending.token": {"$exists": True}}, {"pending": 1})
    async for document in pending:
        await settle(database, [document["_id"]], document["pending"]["groups"], token)


def members_of(documents: Iterable[Document], groups: Collection[str]) -> dict[str, list[Member]]:
    """The articles of each group among `documents`."""
    members: dict[str, list[Member]] = {}
    for document in documents:
        if document["content_hash"] in groups:
            members.setdefault(document["content_hash"], []).append(_member(document))
    return members


async def _read(database: Database, ids: Collection[str], groups: Collection[str]) -> list[Document]:
    fields = ("content_hash", "published", "time", "story_id", "story_time", "pending")
    query = {"$or": [{"_id": {"$in": list(ids)}}, {"content_hash": {"$in": list(groups)}}]}
    return await database["articles"].find(query, dict.fromkeys(fields, 1)).to_list()


def _member(document: Document) -> Member:
    place = Place(document["story_id"], document["story_time"])
    return Member(document["_id"], document["published"], document["time"], place)


def _move(member: Member, place: Place, key: str, token: str) -> UpdateOne:
    update = mark(token, [key])
    update["$set"] |= {"story_id": place.story_id, "story_time": place.story_time}
    # The hash again: the article may have left the group since it was read.
    return UpdateOne({"_id": member.id, "content_hash": key}, update)


async def _take_marks_off(
    database: Database, documents: Iterable[Document], ids: Collection[str], groups: Collection[str], token: str
) -> None:
    done = [
        UpdateOne({"_id": document["_id"], "pending.token": pending["token"]}, {"$unset": {"pending": ""}})
        for document in documents
        if (pending := document.get("pending"))
        and (document["_id"] in ids or pending["token"] == token)
        and set(pending["groups"]) <= set(groups)
    ]
    if done:
        await database["articles"].bulk_write(done, ordered=False)
