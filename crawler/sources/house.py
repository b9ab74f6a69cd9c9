"""What is known of the outlet that printed a line: its name, its place among namesakes, its
habits."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from crawler.outlet import Outlet
from crawler.sources.gazetteer import Entry, choose, gazetteer, owners_of
from crawler.sources.model import Source
from crawler.sources.tables import key


@dataclass(frozen=True, slots=True)
class Printer:
    """The outlet as the grammar needs it; every field is empty for an outlet that is not known.

    `id`: the outlet's in the gazetteer; `family`: those of the outlet, its house and its brands.
    `datelines`: how often its stories open with a dateline (see `crawler.outlet.HouseStyle`; "" when not
    known).
    """

    id: str = ""
    family: frozenset[str] = frozenset()
    language: str | None = None
    country: str | None = None
    datelines: str = ""
    date_order: Literal["DMY", "MDY", "YMD"] | None = None

    def choose(self, owners: tuple[Entry, ...], name: str) -> Entry | None:
        """Which of several owners of a printed name is meant in this outlet's columns; None when
        undecided."""
        return choose(
            owners,
            name,
            outlet=self.id,
            family=self.family,
            language=self.language,
            country=self.country,
        )


UNKNOWN = Printer()


def printer(outlet: Outlet | str | None) -> Printer:
    """The `Printer` of a declared outlet, or of an id, name or host; `UNKNOWN` when it is not in
    the gazetteer."""
    if outlet is None:
        return UNKNOWN
    if isinstance(outlet, str):
        return _named(outlet)
    return _declared(outlet)


@lru_cache(maxsize=1024)
def _named(outlet: str) -> Printer:
    entry = gazetteer().outlet(outlet)
    if entry is None:
        return UNKNOWN
    return Printer(
        entry.source.id,
        gazetteer().family(entry),
        entry.language,
        entry.source.country,
        entry.datelines,
    )


@lru_cache(maxsize=1024)
def _declared(outlet: Outlet) -> Printer:
    entry = gazetteer().by_id.get(outlet.publisher)
    family = gazetteer().family(entry) if entry else frozenset()
    return Printer(
        id=outlet.publisher,
        family=family | {outlet.publisher, *outlet.style.brands},
        language=outlet.language,
        country=outlet.country,
        datelines=outlet.style.datelines or (entry.datelines if entry else ""),
        date_order=outlet.date_order,
    )


def resolve(
    name: str,
    *,
    outlet: Outlet | str | None = None,
    language: str | None = None,
    country: str | None = None,
) -> Source | None:
    """The source that a printed name (or a gazetteer id) means, or None for one that is not known
    or that several go by.

    `outlet`, `language` ("ar", "ur") and `country` (ISO 3166-1 alpha-2) are those of the page it
    was printed on; they decide between namesakes.
    """
    if entry := gazetteer().by_id.get(name):
        return entry.source
    house = printer(outlet)
    chosen = choose(
        owners_of(key(name)),
        name.strip(),
        outlet=house.id,
        family=house.family,
        language=language or house.language,
        country=country or house.country,
    )
    return chosen.source if chosen else None
