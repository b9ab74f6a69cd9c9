"""The frozen values that a store gives back: stories, their copies, articles and their revisions.

Instants are aware datetimes in UTC, whole milliseconds.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crawler.items import Article

SaveOutcome = Literal["new_story", "new_copy", "revision", "unchanged", "forgotten"]


@dataclass(frozen=True, slots=True)
class Saved:
    """The result of saving one article.

    "new_story": an address and a text not seen before. "new_copy": a new address with a text that a
    story holds already. "revision": a known address with a changed headline or text; the older one
    is kept. "unchanged": a known address with the same headline and text (marks and spaces apart);
    only fields that were empty are filled in. A save that failed half way and is tried again may
    answer "unchanged". "forgotten": nothing is stored, because the article was removed for good
    (`crawler.stories.tombstones`).

    story_id: of a forgotten article the id of the story that it was in, if a copy is left, else the
    article's own id. refused_claims: number of pages found to claim the address of another page
    that prints another text (`crawler.stories.addresses`).
    """

    outcome: SaveOutcome
    story_id: str
    article_id: str
    refused_claims: int = 0


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as stored.

    id: first 32 hex digits of SHA-256 of its canonical URL. rules: the version of the rules
    (`crawler.stories.signature.RULES_VERSION`) that it was last grouped by. revisions: number of
    older texts kept.
    """

    id: str
    story_id: str
    article: Article
    rules: int
    revisions: int


@dataclass(frozen=True, slots=True)
class Revision:
    """An older text of an article: it stood from `first_seen` until it was replaced at
    `replaced_at`.

    Both are when we fetched it, not when the outlet changed it.
    """

    article_id: str
    article: Article
    first_seen: datetime
    replaced_at: datetime


@dataclass(frozen=True, slots=True)
class Copy:
    """One article of a story, the earliest included; `id` is the article's.

    publisher, agencies, desk: gazetteer ids (printed names where there is no id) of the sources
    that this copy itself names: the first publisher, every agency, the first desk. reporter: as
    printed.
    """

    id: str
    outlet: str | None
    url: str
    published: datetime | None
    headline: str | None
    genre: str | None = None
    publisher: str | None = None
    agencies: tuple[str, ...] = ()
    desk: str | None = None
    reporter: str | None = None


@dataclass(frozen=True, slots=True)
class Carried:
    """The text of another, carried by one copy of a story.

    agencies: those that the copy credits; empty for a later copy that credits no agency.
    minutes_after_first: whole minutes from the publication of the earliest copy to that of this
    one; None where either is not known to the minute.
    """

    outlet: str | None
    agencies: tuple[str, ...]
    minutes_after_first: int | None


@dataclass(frozen=True, slots=True)
class Story:
    """One story, however many outlets print it; its fields are those of `scrapy stories --json`.

    id: the article id of the earliest copy, by `published` (missing last), then the smallest id.
    headline, language, published, place, dateline: those of the earliest copy. sources: gazetteer
    ids (printed names where there is no id) over all copies. copies: the earliest first.
    revisions: number of older texts kept of all copies. rules: the oldest version of the rules that
    a copy was grouped by; `regroup` brings all to today's. carried: an item for each copy that
    credits an agency, and for each later copy of another outlet, in the order of the copies.
    """

    id: str
    headline: str | None
    language: str | None
    published: datetime | None
    place: str | None
    sources: tuple[str, ...]
    dateline: str | None
    copies: tuple[Copy, ...]
    revisions: int
    rules: int
    carried: tuple[Carried, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """The id of the story that an article was in before, and of the one that it is in after."""

    article_id: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """The keys (`crawler.dedup.paragraph_key`) of the paragraphs that an outlet prints under many
    stories.

    version: grows with each change; 0 if nothing was learned. restless: the keys of the lines of
    its template that never rest (`crawler.stories.restless`).
    """

    version: int = 0
    keys: frozenset[str] = frozenset()
    restless: frozenset[str] = frozenset()
