"""A story: its text, its copies and who carried whom, what it said before, and why it is one."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.dedup import Match, compare
from crawler.display.story import Shown, StoryTexts, load_story, story_values
from crawler.items import Article
from crawler.stories.assembly import minutes_between
from crawler.stories.model import Copy, Revision, StoredArticle
from crawler.stories.word_diff import Paragraph, is_changed, word_diff
from crawler.web.addresses import find_story
from crawler.web.errors import BadRequest, NotFound
from crawler.web.page import Page
from crawler.web.parameters import check_names
from crawler.web.site import Visit

MAX_COMPARED = 12
"""Copies that are compared with the earliest one."""

MAX_REVISIONS = 12
"""Earlier texts, the newest ones, that are shown with what changed."""


# What is compared for one page: as long as a query may take, each text what takes half a second.
_COMPARE_SECONDS = 2.0
_COMPARED_LETTERS = 200_000


@dataclass(frozen=True, slots=True)
class ShownCopy:
    """One copy. minutes: after the earliest one; None for that itself, and where it is not known.
    match: how it compares with the earliest one; None where that is not shown."""

    copy: Copy
    article: Article
    minutes: int | None
    match: Match | None


@dataclass(frozen=True, slots=True)
class Change:
    """An earlier text of a copy, and the words in which the text after it differs.

    first_seen, replaced_at: when we fetched the two. is_compared: False for texts too long, or too
    many, to be compared while somebody waits. paragraphs: of the text, those without a
    change are counted in the number before the next one.
    """

    copy: Copy
    first_seen: datetime
    replaced_at: datetime
    headline: tuple[Paragraph, ...]
    paragraphs: tuple[tuple[int, Paragraph], ...]
    is_compared: bool = True


async def story_at(visit: Visit) -> Page:
    """Return the page of the story that has a copy at the address in the parameters."""
    check_names(visit.parameters, frozenset(("address",)))
    address = visit.parameters.get("address")
    if not address:
        raise BadRequest("address: give the address of an article")
    return await _story(visit, address)


async def story(visit: Visit) -> Page:
    """Return the page of the story that has, or had, the id in the address."""
    check_names(visit.parameters, frozenset())
    return await _story(visit, visit.request.path_params["story"])


async def _story(visit: Visit, name: str) -> Page:
    story_id = await find_story(visit, name)
    texts = await load_story(visit.site.reader, story_id) if story_id else None
    if texts is None:
        raise NotFound("no such story is stored")
    visit.precisions[texts.story.id] = texts.articles[0].article.published_precision
    boilerplate = await _boilerplate(visit, texts)
    copies, changes = await asyncio.to_thread(_compare, texts, boilerplate)
    earliest = texts.articles[0].article
    return Page(
        template="story.html",
        values={
            "story": texts.story,
            "article": earliest,
            "copies": copies,
            "changes": changes,
            "missing": _missing(earliest),
            "paragraphs": [line for line in (earliest.body or "").splitlines() if line.strip()],
        },
        json=story_values(texts, Shown(copies=True, revisions=True)),
        stories=(texts.story,),
        title=texts.story.headline or "",
    )


async def _boilerplate(visit: Visit, texts: StoryTexts) -> frozenset[str]:
    """Return what the outlets of a story print under many, which is no part of its text."""
    outlets = {copy.outlet for copy in texts.story.copies if copy.outlet}
    learned = [await visit.site.reader.boilerplate(outlet) for outlet in sorted(outlets)]
    return frozenset(key for each in learned for key in each.keys)


def _compare(
    texts: StoryTexts, boilerplate: frozenset[str]
) -> tuple[list[ShownCopy], list[Change]]:
    """Return the copies with their likeness to the earliest, and what changed in earlier texts."""
    ends = time.monotonic() + _COMPARE_SECONDS

    def may_compare(*articles: Article) -> bool:
        long = max(len(each.body or "") + len(each.headline or "") for each in articles)
        return long <= _COMPARED_LETTERS and time.monotonic() < ends

    earliest = texts.articles[0].article
    copies = []
    for number, (copy, stored) in enumerate(zip(texts.story.copies, texts.articles, strict=True)):
        is_compared = 0 < number <= MAX_COMPARED and may_compare(earliest, stored.article)
        match = compare(earliest, stored.article, boilerplate=boilerplate) if is_compared else None
        minutes = minutes_between(earliest, stored.article) if number else None
        copies.append(ShownCopy(copy, stored.article, minutes, match))
    pairs = [
        (copy, revision, newer)
        for copy, stored, revisions in zip(
            texts.story.copies, texts.articles, texts.revisions, strict=True
        )
        for revision, newer in _with_newer(stored, revisions)
    ]
    newest = sorted(pairs, key=lambda pair: pair[1].replaced_at, reverse=True)[:MAX_REVISIONS]
    changes = [
        _change(copy, revision, newer)
        if may_compare(revision.article, newer)
        else Change(copy, revision.first_seen, revision.replaced_at, (), (), is_compared=False)
        for copy, revision, newer in newest
    ]
    return copies, changes


def _with_newer(
    stored: StoredArticle, revisions: Sequence[Revision]
) -> list[tuple[Revision, Article]]:
    """Return each earlier text with the one that replaced it."""
    newer = [*(revision.article for revision in revisions[1:]), stored.article]
    return list(zip(revisions, newer, strict=False))


def _change(copy: Copy, revision: Revision, newer: Article) -> Change:
    headline = word_diff(revision.article.headline or "", newer.headline or "")
    changed: list[tuple[int, Paragraph]] = []
    unchanged = 0
    for paragraph in word_diff(revision.article.body or "", newer.body or ""):
        if is_changed(paragraph):
            changed.append((unchanged, paragraph))
            unchanged = 0
        else:
            unchanged += 1
    return Change(
        copy=copy,
        first_seen=revision.first_seen,
        replaced_at=revision.replaced_at,
        headline=headline if any(map(is_changed, headline)) else (),
        paragraphs=tuple(changed),
    )


def _missing(article: Article) -> list[str]:
    """Return what the article should have and has not: names that the template puts in words."""
    present = {
        "headline": article.headline,
        "text": article.body,
        "date": article.published,
        "source": article.sources,
    }
    return [name for name, value in present.items() if not value]
