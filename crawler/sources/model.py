"""The values that the sources library returns, plain and frozen."""

import datetime
from dataclasses import dataclass
from typing import Literal

from crawler.gazetteer import Source

Role = Literal["publisher", "agency", "desk"]
"""The part a source plays in a story: it ran it, wrote it, or made it within the outlet."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of a story, read: `text + story` is the input, character for character.

    `text` is the dateline as printed with the separator and white space behind it, "" without one.
    `sources` are in printed order, publisher and agencies alike. `date` is None where no year is
    printed. `form` is the name of its form in `crawler.sources.dateline_forms`, "" without one.
    """

    text: str
    story: str
    place: str | None = None
    sources: tuple[Source, ...] = ()
    reporter: str | None = None
    date: datetime.date | None = None
    form: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """A line above or below a body that says who wrote it or where it came from.

    `text` is the whole line; the other fields are empty for a line that credits nobody. `names`:
    the people, sources and desks as printed, in order.
    """

    text: str
    sources: tuple[Source, ...] = ()
    place: str | None = None
    reporter: str | None = None
    names: tuple[str, ...] = ()
