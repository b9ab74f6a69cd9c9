"""Article: the one item type, from extraction to the store."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crawler.gazetteer import Source
from crawler.outlet import Genre
from crawler.sources.model import Role

Precision = Literal["second", "minute", "hour", "day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One source of an article and the part it played."""

    source: Source
    role: Role


class Authors(tuple[str, ...]):
    """The names of an article's authors, with the byline and credit lines that extraction found
    around the story.

    `bylines`: the lines as printed, with the place and the agency beside a name. They are not
    stored: the sources step reads place, reporter and sources from them.
    """

    bylines: tuple[str, ...] = ()

    @classmethod
    def printed_in(cls, bylines: tuple[str, ...], names: tuple[str, ...]) -> "Authors":
        """Return `names`, which stand in the lines `bylines`."""
        authors = cls(names)
        authors.bylines = bylines
        return authors


@dataclass(slots=True)
class Article:
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
