"""Profile of an outlet: its names' family, how often it prints datelines, how it orders a date."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from crawler.gazetteer import Entry, Source, gazetteer
from crawler.gazetteer.names import choose, owners_of
from crawler.gazetteer.tables import key
from crawler.outlet import Outlet


@dataclass(frozen=True, slots=True)
class OutletProfile:
    """The facts about an outlet that its datelines and credits are read by.

    Every field is empty for an unknown outlet. `id`: its gazetteer id. `family`: the gazetteer ids
    of the outlet, of the publisher it is part of and of its brands. `language`: "ar" or "ur".
    `country`: ISO 3166-1 alpha-2. `datelines`: how often its stories open with a dateline, "always"
    to "never" (see `crawler.outlet.HouseStyle`). `date_order`: as `Outlet.date_order`.
    """

    id: str = ""
    family: frozenset[str] = frozenset()
    language: str | None = None
    country: str | None = None
    datelines: str = ""
    date_order: Literal["DMY", "MDY", "YMD"] | None = None

    def choose(self, owners: tuple[Entry, ...], name: str) -> Entry | None:
        """Return the owner of `name` that this outlet means by it, None when undecided.

        `owners`: every gazetteer entry that goes by the name; `name`: as printed.
        """
        return choose(
            owners,
            name,
            outlet=self.id,
            family=self.family,
            language=self.language,
            country=self.country,
        )


UNKNOWN = OutletProfile()


def profile_of(outlet: Outlet | str | None) -> OutletProfile:
    """Return the profile of a declared outlet, or of a gazetteer id, name or host.

    Returns `UNKNOWN` for None and for a string that the gazetteer does not have.
    """
    if outlet is None:
        return UNKNOWN
    if isinstance(outlet, str):
        return _from_gazetteer(outlet)
    return _from_declaration(outlet)


@lru_cache(maxsize=1024)
def _from_gazetteer(outlet: str) -> OutletProfile:
    entry = gazetteer().outlet(outlet)
    if entry is None:
        return UNKNOWN
    return OutletProfile(
        id=entry.source.id,
        family=gazetteer().family(entry),
        language=entry.language,
        country=entry.source.country,
        datelines=entry.datelines,
    )


@lru_cache(maxsize=1024)
def _from_declaration(outlet: Outlet) -> OutletProfile:
    family = {outlet.source_id, *outlet.style.brands}
    datelines: str = outlet.style.datelines or ""
    if entry := gazetteer().by_id.get(outlet.publisher):
        family |= gazetteer().family(entry)
        datelines = datelines or entry.datelines
    return OutletProfile(
        id=outlet.source_id,
        family=frozenset(family),
        language=outlet.language,
        country=outlet.country,
        datelines=datelines,
        date_order=outlet.date_order,
    )


def resolve(
    name: str,
    *,
    outlet: Outlet | str | None = None,
    language: str | None = None,
    country: str | None = None,
) -> Source | None:
    """Return the source that a printed name or gazetteer id means.

    `outlet`, `language` ("ar", "ur") and `country` (ISO 3166-1 alpha-2) are those of the page that
    printed the name; they decide between namesakes. Returns None for an unknown name and for a name
    of several sources that nothing decides between.
    """
    if entry := gazetteer().by_id.get(name):
        return entry.source
    profile = profile_of(outlet)
    chosen = choose(
        owners_of(key(name)),
        name.strip(),
        outlet=profile.id,
        family=profile.family,
        language=language or profile.language,
        country=country or profile.country,
    )
    return chosen.source if chosen else None
