"""Putting the articles of a story together, without transactions and without a lock.

An article is written first, then its entries in the index of copies, then its links; at last all that hangs
together with it is settled: it is read, what does not stand where it belongs is moved there, and it is read again
until nothing has to be moved. Every writer reads after its own last write, so whoever writes last sees all and
leaves the story right, in whatever order others worked.

A writer may die in between. So whatever changes an article's text or place also marks it `pending`, with a token
of that writer and the texts concerned; the mark is taken off by compare-and-set once the articles of these texts
have been read and found settled after the mark was set. A mark that stays is worked off by the next save of that
article, or by the next who opens the store, from the entries on.
"""

import asyncio
import random
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from pymongo import UpdateOne

from crawler.storage.codec import Document
from crawler.storage.grouping import Member, Place, holding, moves, places
from crawler.storage.likeness import Likeness, Link
from crawler.storage.mongo import copies
from crawler.storage.mongo.client import SOON, Database
from crawler.storage.protocol import Move, StoreUnavailable

_MOST_PASSES = 100
_FIELDS = ("text", "face", "published", "time", "story_id", "story_time", "pending")


@dataclass(frozen=True, slots=True)
class Settled:
    """How things stood when nothing had to be moved, and what this writer did for it.

    stories: the story of each article. links: those that nobody else had written first. moved: from where to
    where, for all that was looked at.
    """

    stories: dict[str, str]
    links: list[Link]
    moved: list[Move]


@dataclass(slots=True)
class _Group:
    """Articles that hang together, by equal texts and links, and these links."""

    documents: dict[str, Document] = field(default_factory=dict)
    links: set[Link] = field(default_factory=set)
    texts: set[int] = field(default_factory=set)

    @property
    def members(self) -> list[Member]:
        return [_member(document) for document in self.documents.values()]


def mark(token: str, texts: Iterable[int]) -> Document:
    """The update operators that mark an article pending; `$set` is to be merged with the caller's."""
    return {"$set": {"pending.token": token}, "$addToSet": {"pending.texts": {"$each": sorted(texts)}}}


async def place(
    database: Database, ids: Collection[str], left: Collection[int], token: str, old: Mapping[str, Likeness]
) -> Settled:
    """Index, link and settle articles that were written, and take off their marks and all that `token` set.

    left: texts that those of them print or have printed which were changed. old: what the index held of these.
    """
    prints = await copies.read_prints(database, ids)
    await copies.index(database, prints.values(), old)
    if left:  # what a changed article showed, another print of its old text may show
        prints |= await copies.read_prints(database, await copies.printing(database, left))
    links = await copies.link(database, list(prints.values()))
    return await settle(database, ids, left, token, links)


async def settle(
    database: Database, ids: Collection[str], texts: Collection[int], token: str, links: Iterable[Link] = ()
) -> Settled:
    """Settle all that hangs together with `ids` and `texts`, and take off marks. `links`: written for it."""
    before: dict[str, Move] = {}
    for turn in range(_MOST_PASSES):
        group = await _read(database, ids, texts)
        members = group.members
        found = places(members, group.links)
        for move in moves(members, found):
            first = before.get(move.article_id, move)
            before[move.article_id] = Move(move.article_id, first.before, move.after)
        updates = [
            _move(member, found[member.id], token) for member in members if member.place != found[member.id]
        ]
        if not updates:
            await copies.forget(database, group.links.difference(holding(group.links, members)))
            await _take_marks_off(database, group, ids, token)
            stories = {member.id: member.place.story_id for member in members}
            return Settled(stories, list(links), list(before.values()))
        await database.get_collection("articles", write_concern=SOON).bulk_write(updates, ordered=False)
        await asyncio.sleep(random.uniform(0, 0.002 * turn))  # noqa: S311  others may be at the same story
    raise StoreUnavailable("too many writers at one story; what was saved stays marked for settling")


async def settle_pending(database: Database, token: str) -> None:
    """Settle what writers that died left behind."""
    pending = database["articles"].find({"pending.token": {"$exists": True}}, {"pending": 1, "text": 1})
    async for document in pending:
        await place(database, [document["_id"]], document["pending"]["texts"], token, {})


async def _read(database: Database, ids: Collection[str], texts: Collection[int]) -> _Group:
    group = _Group()
    await _read_articles(database, group, {"_id": {"$in": list(ids)}})
    ahead = {text for one in group.documents.values() if (text := one["text"]) is not None}.union(texts)
    while ahead:
        group.texts |= ahead
        await _read_articles(database, group, {"text": {"$in": list(ahead)}})
        group.links |= await copies.links_of(database, ahead)
        ahead = {text for link in group.links for text in link.texts} - group.texts
    return group


async def _read_articles(database: Database, group: _Group, query: Document) -> None:
    async for document in database["articles"].find(query, dict.fromkeys(_FIELDS, 1)):
        group.documents[document["_id"]] = document


def _member(document: Document) -> Member:
    place = Place(document["story_id"], document["story_time"])
    return Member(
        document["_id"], document["published"], document["time"], document["text"], document["face"], place
    )


def _move(member: Member, place: Place, token: str) -> UpdateOne:
    update = mark(token, () if member.text is None else [member.text])
    update["$set"] |= {"story_id": place.story_id, "story_time": place.story_time}
    # The face again: the article may have changed its text since it was read.
    return UpdateOne({"_id": member.id, "face": member.face}, update)


async def _take_marks_off(database: Database, group: _Group, ids: Collection[str], token: str) -> None:
    done = [
        UpdateOne({"_id": document["_id"], "pending.token": pending["token"]}, {"$unset": {"pending": ""}})
        for document in group.documents.values()
        if (pending := document.get("pending"))
        and (document["_id"] in ids or pending["token"] == token)
        and set(pending["texts"]) <= group.texts
    ]
    if done:
        await database["articles"].bulk_write(done, ordered=False)
