"""What the sources library gives back: plain frozen values."""

import datetime
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "agency", "newspaper", "broadcaster", "site", "desk", "person", "organisation", "unknown"
]
Role = Literal["publisher", "agency", "desk"]
"""The part a source plays in a story: who ran it, who it came from, who inside the house made
it."""


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody a story is attributed to.

    `id` is a slug that stands in the gazetteer; "" for a name that does not, with `name` as printed
    and `kind` "unknown". `name` is the canonical English one otherwise. `country` is ISO 3166-1
    alpha-2 or "". `wikidata` is a Q-number only where it is sure, else "".
    """

    id: str
    name: str
    kind: Kind
    country: str = ""
    wikidata: str = ""


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of a story, read: `text + story` is the input, character for character.

    `text` is the dateline as printed with the separator and white space behind it, "" when there is
    none. `sources` are in printed order, publisher and agencies alike. `date` is None where no year
    is printed.
    """

    text: str
    story: str
    place: str | None = None
    sources: tuple[Source, ...] = ()
    reporter: str | None = None
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """A line above or below a body that says who wrote it or where it came from."""

    text: str
    sources: tuple[Source, ...] = ()
    place: str | None = None
    reporter: str | None = None
