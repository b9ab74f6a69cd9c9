from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from crawler.spiders.arguments import ArgumentError, Arguments


def test_a_bare_date_is_midnight_utc_and_the_span_is_half_open() -> None:
    arguments = Arguments.read({"since": "2021-08-01", "until": "2021-08-31"})
    assert arguments.since == datetime(2021, 8, 1, tzinfo=UTC)
    assert arguments.span_holds(datetime(2021, 8, 1, tzinfo=UTC))
    assert not arguments.span_holds(datetime(2021, 8, 31, tzinfo=UTC))


def test_the_days_are_those_of_the_outlets_calendar() -> None:
    arguments = Arguments.read({"since": "2021-08-01T22:00+00:00", "until": "2021-08-03"})
    assert arguments.days(ZoneInfo("Asia/Karachi")) == (date(2021, 8, 2), date(2021, 8, 3))
    assert arguments.days(ZoneInfo("UTC")) == (date(2021, 8, 1), date(2021, 8, 2))
    assert Arguments().days(ZoneInfo("UTC")) == (None, None)


def test_a_day_is_in_the_span_that_any_of_its_hours_is_in() -> None:
    arguments = Arguments.read({"since": "2021-08-25T09:00", "until": "2021-08-26"})
    day = datetime(2021, 8, 25, tzinfo=UTC)
    assert arguments.span_holds(day, "day")
    assert not arguments.span_holds(day, "minute")
    assert not arguments.span_holds(datetime(2021, 8, 26, tzinfo=UTC), "day")
    assert arguments.span_holds(datetime(2021, 8, 1, tzinfo=UTC), "month")


@pytest.mark.parametrize(
    ("given", "scope"),
    [
        ({}, "all"),
        ({"since": "2021-08-01"}, "span"),
        ({"until": "2021-08-01"}, "span"),
        ({"url": "https://x.example/1"}, "url"),
    ],
)
def test_a_crawl_of_a_part_is_told_from_an_everyday_one(given: dict[str, str], scope: str) -> None:
    assert Arguments.read(given).scope == scope


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"sinse": "2021-08-01"}, "unknown argument 'sinse'"),
        ({"since": "yesterday"}, "since: 'yesterday' is not a date"),
        ({"until": "2021-02-30"}, "until: '2021-02-30'"),
        ({"since": "2021-08-02", "until": "2021-08-01"}, "since is not before until"),
        ({"url": "example.com/x"}, "url: 'example.com/x' is not an http"),
        ({"url": "file:///etc/passwd"}, "is not an http"),
        ({"url": "https://x.example/1", "since": "2021-08-01"}, "do not go with it"),
    ],
)
def test_what_a_crawl_cannot_use_is_named(given: dict[str, str], said: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        Arguments.read(given)
    assert said in str(caught.value)
