"""Assigning articles to stories, without transactions and without a lock.

An article is written first, then its postings, then its links; at last its group is assigned: it is
read, articles that are in the wrong story are moved, and it is read again until none has to be
moved. Every writer reads after its own last write, so whoever writes last sees all and leaves the
stories right, in whatever order others worked. Nobody removes what a newer version of an article
needs: each version has postings of its own, and links are valid for the texts that they name.

A writer may die in between. So whatever changes an article's text or story also marks it `pending`,
with the writer's token and the texts concerned. A writer clears its mark (compare-and-set on token
and version) after it has re-read the groups of these texts and found nothing to move. A mark that
stays is taken over by the next save of that article, or by the next who opens the store, from the
postings on. The mark also names the days whose numbers change (`crawler.storage.mongo.tallies`).
"""

import asyncio
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pymongo import UpdateOne

from crawler.storage.codec import Document
from crawler.storage.mongo import story_index
from crawler.storage.mongo.client import SOON, Database
from crawler.storage.mongo.documents import (
    INPUTS_HASH,
    Mark,
    indexed_article_from,
    mark_from,
    mark_update,
    postings_to_documents,
    slot_to_fields,
)
from crawler.storage.mongo.groups import Group, read_group, read_nearby
from crawler.storage.mongo.tallies import mark_stale
from crawler.storage.protocol import StoreUnavailable
from crawler.stories.grouping import Member, StorySlot, assign_stories
from crawler.stories.links import IndexedArticle, TextLink
from crawler.stories.model import Move
from crawler.stories.signature import Signature, text_hashes

_MAX_PASSES = 100
_PAUSE = 0.002  # seconds at most, times the passes so far: others may be at the same story


@dataclass(slots=True)
class PendingWork:
    """The articles that one writer wrote, or found marked, and has to index and assign.

    token: of the writer's marks. versions: of the articles, by id. affected_texts: hashes of the
    texts that changed articles print or have printed. claims: text hashes of new articles, by id.
    added, removed: postings.
    """

    token: str
    detect_stop_keys: bool = True
    articles: list[IndexedArticle] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)
    affected_texts: set[int] = field(default_factory=set)
    claims: dict[str, int] = field(default_factory=dict)
    added: list[Document] = field(default_factory=list)
    removed: list[Document] = field(default_factory=list)

    def add_new(self, article: IndexedArticle) -> None:
        """Add an article that nobody else had written, and that may be the first to print its
        text."""
        self.add(article, version=1)
        if article.signature.text_hash is not None:
            self.claims[article.id] = article.signature.text_hash

    def add(self, article: IndexedArticle, version: int) -> None:
        """Add an article that stands at `version` now."""
        self.add_to_relink(article, version)
        self.added += postings_to_documents(article.id, version, article.signature)

    def add_changed(
        self,
        article: IndexedArticle,
        version: int,
        old: Signature,
        affected_texts: Iterable[int],
    ) -> None:
        """Add an article that stands at `version` now and had the signature `old` at the one
        before. affected_texts: hashes of the texts whose groups are to be read again."""
        self.add(article, version)
        self.removed += postings_to_documents(article.id, version - 1, old)
        self.affected_texts.update(affected_texts)

    def add_to_relink(self, article: IndexedArticle, version: int) -> None:
        """Add an article whose links are to be looked for; its postings stay as they are."""
        self.articles.append(article)
        self.versions[article.id] = version

    def adopt_orphan(self, document: Document, mark: Mark) -> None:
        """Add an article that a writer who may be dead has marked."""
        self.add(indexed_article_from(document), document["version"])
        self.affected_texts.update(mark.text_hashes)


@dataclass(frozen=True, slots=True)
class WorkResult:
    """The result of a writer's work, when nothing had to be moved any more.

    repeats: ids of the new articles whose very text was stored before. links: those that nobody had
    written before. moves: of all articles of the groups.
    """

    repeats: set[str]
    links: list[TextLink]
    moves: list[Move]


async def index_and_assign(database: Database, work: PendingWork) -> WorkResult:
    """Index, link and assign articles that were written, and clear their marks."""
    repeats = await story_index.write_postings(database, work.claims, work.added, work.removed)
    articles = {own.id: own for own in work.articles}
    if work.affected_texts:
        # The links that a changed article showed, another print of its old text may show.
        others = await story_index.read_articles_of_texts(database, work.affected_texts)
        articles |= {other.id: other for other in others}
    signatures = [own.signature for own in articles.values()]
    texts = work.affected_texts | text_hashes(*signatures)
    nearby, group = await read_nearby(database, work.versions, texts, signatures)
    links = await story_index.link_to_candidates(
        database, articles.values(), nearby, group.links, detect_stop_keys=work.detect_stop_keys
    )
    new_links = await story_index.write_links(database, links)
    if links:
        texts |= {text_hash for link in links for text_hash in link.text_hashes}
        group = await read_group(database, work.versions, texts)
    return WorkResult(repeats, new_links, await assign(database, work.token, work.versions, group))


async def assign(
    database: Database, token: str, versions: Mapping[str, int], group: Group
) -> list[Move]:
    """Assign the articles of a group that was read after this writer's last write, and clear marks.

    token: of the writer's marks. versions: of the articles that it wrote. Returns the moves of all
    articles of the group.
    """
    moves: dict[str, Move] = {}
    for turn in range(_MAX_PASSES):
        assignment = assign_stories(group.members.values(), group.links)
        for move in assignment.moves:
            first = moves.get(move.article_id, move)
            moves[move.article_id] = Move(move.article_id, first.before, move.after)
        updates = [_move_update(member, slot, token) for member, slot in assignment.misplaced]
        if not updates:
            await story_index.remove_links(database, assignment.broken_links)
            await _clear_pending(database, group, token, versions)
            return list(moves.values())
        articles = database.get_collection("articles", write_concern=SOON)
        await articles.bulk_write(updates, ordered=False)
        await asyncio.sleep(random.uniform(0, _PAUSE * turn))  # noqa: S311
        group = await read_group(database, versions, group.text_hashes)
    raise StoreUnavailable("too many writers at one story; saved articles stay marked pending")


async def assign_pending(database: Database, token: str) -> None:
    """Index and assign the articles that dead writers left marked."""
    async for document in database["articles"].find({"pending.token": {"$exists": True}}):
        mark = mark_from(document)
        if mark is not None:
            work = PendingWork(token)
            work.adopt_orphan(document, mark)
            await index_and_assign(database, work)


def _move_update(member: Member, slot: StorySlot, token: str) -> UpdateOne:
    texts = () if member.text_hash is None else [member.text_hash]
    update = mark_update(token, texts, member.slot.story_time, slot.story_time)
    update["$set"] |= slot_to_fields(slot)
    # Only if it reads as it did: the article may have changed its text since it was read.
    return UpdateOne({"_id": member.id, INPUTS_HASH: member.inputs_hash}, update)


async def _clear_pending(
    database: Database, group: Group, token: str, versions: Mapping[str, int]
) -> None:
    """Mark the days of what this writer has done stale, and clear the marks of its moves, and of
    the articles that still stand at its versions.

    A newer version's mark is its own writer's: that one may not have written its postings yet.
    """
    updates = []
    days: set[str] = set()
    for article_id, mark in group.marks.items():
        own = mark.token == token or group.versions[article_id] == versions.get(article_id)
        if own and group.text_hashes.issuperset(mark.text_hashes):
            query = {"_id": article_id, "pending.token": mark.token}
            updates.append(UpdateOne(query, {"$unset": {"pending": ""}}))
            days |= mark.days
    if updates:
        await mark_stale(database, days, SOON)
        await database["articles"].bulk_write(updates, ordered=False)
