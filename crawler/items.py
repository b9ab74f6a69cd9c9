"""Article: the one item type, from extraction to the store."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crawler.outlet import Genre
from crawler.sources.model import Role, Source

Precision = Literal["second", "minute", "hour", "day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One source of an article and the part it played."""

    source: Source
    role: Role


class Bylines:
    """The byline and credit lines around a body, which extraction hands to the sources step.

    They are no field of an article: place, reporter and sources are read from them and stored.
    """

    __slots__ = ("_bylines",)

    @property
    def bylines(self) -> tuple[str, ...]:
        return getattr(self, "_bylines", ())

    @bylines.setter
    def bylines(self, lines: tuple[str, ...]) -> None:
        self._bylines = lines


@dataclass(slots=True)
class Article(Bylines):
    """The article at one address. A field that could not be read is missing, never guessed.

    Text is as printed (NFC, controls removed); `body` is paragraphs joined by blank lines. Printed
    text is kept beside the value read from it: `published_raw` beside `published`, `dateline`
    beside `sources`. As printed, the story is `dateline` + `body`. Instants are aware and in UTC;
    `zone` is the IANA name or offset in which they were printed.

    url: as it was fetched. canonical_url: the canonical address, which the page may claim (see
    `crawler.stories.addresses`). own_url: the canonical form of `url` by the outlet's rules;
    missing where it is `crawler.dedup.canonical_url(url)`.
    """

    url: str
    canonical_url: str | None = None
    outlet: str | None = None
    language: str | None = None
    headline: str | None = None
    body: str | None = None
    description: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    genre: Genre | None = None
    tags: tuple[str, ...] = ()
    image: str | None = None
    published: datetime | None = None
    published_raw: str | None = None
    published_precision: Precision | None = None
    modified: datetime | None = None
    modified_raw: str | None = None
    zone: str | None = None
    dateline: str | None = None
    place: str | None = None
    sources: tuple[Attribution, ...] = ()
    reporter: str | None = None
    fetched_at: datetime | None = None
    content_hash: str | None = None
    own_url: str | None = None
