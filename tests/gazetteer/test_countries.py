"""The list of countries, and the zone of those that have one."""

from zoneinfo import available_timezones

import pytest

from crawler.gazetteer import is_country, zone_of
from crawler.gazetteer.countries import _codes


@pytest.mark.parametrize("code", ["PK", "IN", "SA", "PS", "GB", "BV"])
def test_a_code_of_the_list_is_a_country(code: str) -> None:
    assert is_country(code)


@pytest.mark.parametrize("code", ["UK", "XK", "EU", "pk", "P", "PAK", "#", ""])
def test_no_other_code_is_one(code: str) -> None:
    assert not is_country(code)


@pytest.mark.parametrize(
    ("country", "zone"),
    [
        ("PK", "Asia/Karachi"),
        ("EG", "Africa/Cairo"),
        ("KW", "Asia/Kuwait"),
        ("GB", "Europe/London"),
        ("DE", None),
        ("PS", None),
        ("RU", None),
        ("BV", None),
        ("UK", None),
        ("", None),
    ],
)
def test_a_country_with_one_zone_has_its_zone(country: str, zone: str | None) -> None:
    assert zone_of(country) == zone


def test_every_zone_is_one_that_python_knows() -> None:
    zones = {zone_of(code) for code in _codes()} - {None}
    assert len(_codes()) == 249
    assert len(zones) > 200
    assert zones <= available_timezones()
