"""Putting the articles of a story together, without transactions and without a lock.

An article is written first, then its entries in the index of copies, then its links; at last all
that hangs together with it is settled: it is read, what does not stand where it belongs is moved
there, and it is read again until nothing has to be moved. Every writer reads after its own last
write, so whoever writes last sees all and leaves the story right, in whatever order others worked.
Nobody removes what a newer version of an article needs: entries are a version's own, and links hold
for the texts that they name.

A writer may die in between. So whatever changes an article's text or place also marks it `pending`,
with a token of that writer and the texts concerned; the mark is taken off by compare-and-set once
the articles of these texts have been read and found settled after the mark was set, by who worked
on that version. A mark that stays is worked off by the next save of that article, or by the next
who opens the store, from the entries on.
"""

import asyncio
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pymongo import UpdateOne

from crawler.storage.codec import Document
from crawler.storage.mongo import story_index
from crawler.storage.mongo.client import SOON, Database
from crawler.storage.mongo.groups import Group, read_group, read_nearby
from crawler.storage.protocol import Move, StoreUnavailable
from crawler.stories.grouping import (
    Member,
    StorySlot,
    assign_stories,
    inputs_hashes,
    misplaced,
    story_changes,
)
from crawler.stories.links import IndexedArticle, Link, broken_links
from crawler.stories.signature import Signature

_MOST_PASSES = 100


@dataclass(slots=True)
class PendingWork:
    """What one writer wrote, or found marked, and has to put in its place.

    token: its marks bear it. versions: of each article. left: texts that those of them which were
    changed print or have printed. detect_stop_keys: whether formulas are found. claims: the text of each
    new article, which may be the first to print it. added, gone: entries of the index.
    """

    token: str
    prints: list[IndexedArticle] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)
    detect_stop_keys: bool = True
    claims: dict[str, int] = field(default_factory=dict)
    added: list[Document] = field(default_factory=list)
    gone: list[Document] = field(default_factory=list)

    def add_new(self, article: IndexedArticle) -> None:
        """An article that nobody else wrote before, and that may be the first to print its text."""
        self.add(article, 1)
        if article.signature.text_hash is not None:
            self.claims[article.id] = article.signature.text_hash

    def add(self, article: IndexedArticle, version: int) -> None:
        """An article that now stands at `version`."""
        self.keep(article, version)
        self.added += story_index.entries_of(article.id, version, article.signature)

    def replace(
        self, article: IndexedArticle, version: int, old: Signature, left: Iterable[int]
    ) -> None:
        """An article that now stands at `version`, where `old` stood at the one before."""
        self.add(article, version)
        self.gone += story_index.entries_of(article.id, version - 1, old)
        self.left.update(left)

    def keep(self, article: IndexedArticle, version: int) -> None:
        """An article that stands as it did, and whose links are to be looked for again."""
        self.prints.append(article)
        self.versions[article.id] = version

    def take_over(self, document: Document) -> None:
        """An article that a writer who may be dead has marked."""
        self.add(story_index.print_from(document), document["version"])
        self.left.update(document["pending"]["texts"])


@dataclass(frozen=True, slots=True)
class Settled:
    """What a writer did, and how things stood when nothing had to be moved any more.

    late: new articles whose text another had printed first. links: those that nobody else had
    written first. moved: from where to where, for all that was looked at.
    """

    late: set[str]
    links: list[Link]
    moved: list[Move]


def mark(token: str, texts: Iterable[int]) -> Document:
    """The update operators that mark an article pending; `$set` is to be merged with the
    caller's."""
    return {
        "$set": {"pending.token": token},
        "$addToSet": {"pending.texts": {"$each": sorted(texts)}},
    }


async def place(database: Database, written: PendingWork) -> Settled:
    """Index, link and settle articles that were written, and take off their marks and all that this
    writer set."""
    late = await story_index.index(database, written.claims, written.added, written.gone)
    prints = {one.id: one for one in written.prints}
    if written.left:  # what a changed article showed, another print of its old text may show
        prints |= {one.id: one for one in await story_index.printing(database, written.left)}
    texts = written.left | {
        one.signature.text_hash for one in prints.values() if one.signature.text_hash is not None
    }
    signatures = [one.signature for one in prints.values()]
    nearby, group = await read_nearby(database, written.versions, texts, signatures)
    new = await story_index.find_links(
        database, prints.values(), nearby, group.links, detect_stop_keys=written.detect_stop_keys
    )
    links = await story_index.write_links(database, new)
    if new:
        texts |= {text for link in new for text in link.text_hashes}
        group = await read_group(database, written.versions, texts)
    return Settled(late, links, await assign(database, written.token, written.versions, group))


async def assign(
    database: Database, token: str, versions: Mapping[str, int], group: Group
) -> list[Move]:
    """Settle a group that was read after this writer's last write, and take off marks; where all of
    it stands."""
    before: dict[str, Move] = {}
    for turn in range(_MOST_PASSES):
        members = group.members
        slots = assign_stories(members, group.links)
        for move in story_changes(members, slots):
            first = before.get(move.article_id, move)
            before[move.article_id] = Move(move.article_id, first.before, move.after)
        updates = [_move(member, slots[member.id], token) for member in misplaced(members, slots)]
        if not updates:
            await story_index.forget(database, broken_links(group.links, inputs_hashes(members)))
            await _take_marks_off(database, group, token, versions)
            return list(before.values())
        await database.get_collection("articles", write_concern=SOON).bulk_write(
            updates, ordered=False
        )
        await asyncio.sleep(random.uniform(0, 0.002 * turn))  # noqa: S311  others may be at the same story
        group = await read_group(database, versions, group.texts)
    raise StoreUnavailable(
        "too many writers at one story; what was saved stays marked for settling"
    )


async def assign_pending(database: Database, token: str) -> None:
    """Settle what writers that died left behind."""
    async for document in database["articles"].find({"pending.token": {"$exists": True}}):
        written = PendingWork(token)
        written.take_over(document)
        await place(database, written)


def _move(member: Member, place: StorySlot, token: str) -> UpdateOne:
    update = mark(token, () if member.text_hash is None else [member.text_hash])
    update["$set"] |= {"story_id": place.story_id, "story_time": place.story_time}
    # The face again: the article may have changed its text since it was read.
    return UpdateOne({"_id": member.id, "face": member.inputs_hash}, update)


async def _take_marks_off(
    database: Database, group: Group, token: str, versions: Mapping[str, int]
) -> None:
    """Take off the marks of this writer's moves, and of the articles that still stand at its
    versions.

    A newer version's mark is its own writer's: that one may not have written its entries yet.
    """
    done = [
        UpdateOne({"_id": id_, "pending.token": pending["token"]}, {"$unset": {"pending": ""}})
        for id_, document in group.documents.items()
        if (pending := document.get("pending"))
        and (pending["token"] == token or document["version"] == versions.get(id_))
        and group.texts.issuperset(pending["texts"])
    ]
    if done:
        await database["articles"].bulk_write(done, ordered=False)
