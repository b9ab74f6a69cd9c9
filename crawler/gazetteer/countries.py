"""The countries of ISO 3166-1 and their time zones, from the tables of the tzdata package."""

from functools import lru_cache
from importlib.resources import files


def is_country(code: str) -> bool:
    """Return whether `code` is an alpha-2 code of ISO 3166-1: "GB", but neither "UK" nor "gb"."""
    return code in _codes()


def zone_of(country: str) -> str | None:
    """Return the IANA time zone of a country that has exactly one, None for any other.

    `country` is ISO 3166-1 alpha-2. Palestine, Germany, China and Russia have several.
    """
    zones = _zones().get(country, ())
    return zones[0] if len(zones) == 1 else None


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(cells[0] for cells in _rows("iso3166.tab"))


@lru_cache(maxsize=1)
def _zones() -> dict[str, tuple[str, ...]]:
    """Return the zones of each country that has any."""
    zones: dict[str, tuple[str, ...]] = {}
    for country, _, zone, *_ in _rows("zone.tab"):
        zones[country] = (*zones.get(country, ()), zone)
    return zones


def _rows(name: str) -> list[list[str]]:
    """Return the cells of each row of a table that tzdata brings; rows with "#" are comments."""
    text = files("tzdata.zoneinfo").joinpath(name).read_text(encoding="utf-8")
    return [row.split("\t") for row in text.splitlines() if not row.startswith("#")]
