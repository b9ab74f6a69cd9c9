"""Times and zones as people write them in options."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

from crawler.spiders.arguments import ArgumentError
from crawler.time_options import read_time, read_zone

KARACHI = ZoneInfo("Asia/Karachi")
CAIRO = ZoneInfo("Africa/Cairo")
NOW = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)  # in Karachi the second of March has begun


@pytest.mark.parametrize(
    ("text", "zone", "instant"),
    [
        ("now", UTC, NOW),
        ("today", UTC, datetime(2026, 3, 1, tzinfo=UTC)),
        ("Yesterday", UTC, datetime(2026, 2, 28, tzinfo=UTC)),
        ("today", KARACHI, datetime(2026, 3, 1, 19, tzinfo=UTC)),
        ("yesterday", KARACHI, datetime(2026, 2, 28, 19, tzinfo=UTC)),
        ("7d", UTC, NOW - timedelta(days=7)),
        ("24h", KARACHI, NOW - timedelta(hours=24)),
        ("2 w", UTC, NOW - timedelta(weeks=2)),
        ("30min", UTC, NOW - timedelta(minutes=30)),
        ("2021-08-25", UTC, datetime(2021, 8, 25, tzinfo=UTC)),
        ("2021-08-25", KARACHI, datetime(2021, 8, 24, 19, tzinfo=UTC)),
        ("2021-08-25T09:00", KARACHI, datetime(2021, 8, 25, 4, tzinfo=UTC)),
        ("2021-08-25T09:00+03:00", KARACHI, datetime(2021, 8, 25, 6, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_in_the_zone(text: str, zone: tzinfo, instant: datetime) -> None:
    assert read_time("--since", text, zone=zone, now=NOW) == instant


def test_a_word_that_is_no_time_is_told_with_those_that_are() -> None:
    with pytest.raises(ArgumentError, match=r"'lately' is not a date .*, nor today, yesterday"):
        read_time("--since", "lately", zone=UTC, now=NOW)


def test_midnight_is_the_zones_own_after_a_change_of_its_offset() -> None:
    changed = datetime(2026, 4, 24, 12, tzinfo=UTC)  # Cairo went from +02:00 to +03:00 that night
    today = read_time("--since", "today", zone=CAIRO, now=changed)
    yesterday = read_time("--since", "yesterday", zone=CAIRO, now=changed)
    assert yesterday == datetime(2026, 4, 22, 22, tzinfo=UTC)
    assert today - yesterday == timedelta(hours=24)
    after = read_time("--since", "today", zone=CAIRO, now=changed + timedelta(days=1))
    assert after == datetime(2026, 4, 24, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["tomorrow", "7", "7x", "-7d", "d", "", "999999d", "9999999999999999d", "1066-10-14"]
)
def test_what_is_no_time_is_an_error(text: str) -> None:
    with pytest.raises(ArgumentError, match="--since"):
        read_time("--since", text, zone=UTC, now=NOW)


@pytest.mark.parametrize(
    ("text", "hours"),
    [("Asia/Karachi", 5), ("asia/karachi", 5), ("UTC", 0), ("+05:00", 5), ("-0330", -3.5)],
)
def test_a_zone_is_a_name_or_an_offset(text: str, hours: float) -> None:
    assert NOW.astimezone(read_zone(text)).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Karachi", r"did you mean Asia/Karachi\?"),
        ("Asia/Krachi", r"did you mean Asia/Karachi"),
        ("new york", r"did you mean America/New_York"),
        ("../../etc/passwd", "no time zone"),
        ("", "no time zone; give one such as Asia/Karachi"),
        ("+99:00", "no offset"),
    ],
)
def test_an_unknown_zone_is_told_with_those_most_like_it(text: str, said: str) -> None:
    with pytest.raises(ArgumentError, match=said):
        read_zone(text)
