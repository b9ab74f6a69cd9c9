"""Days that mean "no date", and zones that must be understood or refused."""

from datetime import UTC, datetime

import pytest

from crawler.dates import DateError, parse_date

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("1970-01-01T00:00:00Z", "Asia/Amman"),
        ("1970-01-01T02:00:00+02:00", "Asia/Amman"),
        ("1969-12-31T19:00:00-05:00", "Asia/Amman"),
        ("1970-01-01 02:00", "Asia/Jerusalem"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "Asia/Amman"),
        ("1 يناير 1970", "Asia/Amman"),
        ("یکم جنوری 1970", "Asia/Karachi"),
        ("0000000000", "Asia/Amman"),
        ("1900-01-01T00:00:00", "Asia/Amman"),
        ("30/12/1899", "Asia/Amman"),
        ("0001-01-01T00:00:00Z", "Asia/Amman"),
    ],
)
def test_a_null_date_is_no_date(text: str, zone: str) -> None:
    with pytest.raises(DateError):
        parse_date(text, zone=zone, now=NOW)


def test_the_day_after_zero_is_a_date() -> None:
    assert parse_date("1970-01-02", zone="UTC", now=NOW).instant == datetime(1970, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("17 Mar 2020 23:00:00 AEDT", datetime(2020, 3, 17, 12)),
        ("17 Jul 2020 23:00 AEST", datetime(2020, 7, 17, 13)),
        ("22 Nov 2024 10:30 AM EAT", datetime(2024, 11, 22, 7, 30)),
        ("22 Nov 2024 (10:30 CAT)", datetime(2024, 11, 22, 8, 30)),
        ("2024-11-22 10:30 WAT", datetime(2024, 11, 22, 9, 30)),
        ("10:30 (MESZ) 22 Jul 2024", datetime(2024, 7, 22, 8, 30)),
        ("22 Nov 2024 10:30 JST", datetime(2024, 11, 22, 1, 30)),
        ("22 Nov 2024 10:30 AFT", datetime(2024, 11, 22, 6, 0)),
        ("22 Nov 2024 10:30 HRS", datetime(2024, 11, 22, 7, 30)),  # no zone: Amman's is +3
    ],
)
def test_capitals_behind_a_clock_are_the_zone_that_they_name(text: str, utc: datetime) -> None:
    assert parse_date(text, zone="Asia/Amman", now=NOW).instant == utc.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "17 Mar 2020 23:00:00 XYZ",
        "17 Mar 2020 11:00 PM XYZ",
        "17 Mar 2020 23:00 (QQT)",
        "22 Nov 2024 10:30 IST",  # of India, Israel or Ireland; the outlet is in none of them
    ],
)
def test_a_printed_zone_that_is_not_understood_is_never_taken_for_the_outlets(text: str) -> None:
    with pytest.raises(DateError, match="zone"):
        parse_date(text, zone="Asia/Amman", now=NOW)


@pytest.mark.parametrize(
    ("text", "utc", "precision"),
    [
        ("25 أغسطس 2021: 02:30 م", datetime(2021, 8, 25, 11, 30), "minute"),
        ("التوقيت الجمعة، 22 نوفمبر 2024", datetime(2024, 11, 21, 21), "day"),
        ("22 نوفمبر 2024 بتوقيت 12:00", datetime(2024, 11, 22, 9), "minute"),
        ("سال 2021 اگست", datetime(2021, 7, 31, 21), "month"),
        ("22 ڈسمبر 2021ء", datetime(2021, 12, 21, 22), "day"),
        ("9 سپٹمبر 2021", datetime(2021, 9, 8, 21), "day"),
    ],
)
def test_forms_once_refused(text: str, utc: datetime, precision: str) -> None:
    parsed = parse_date(text, zone="Asia/Amman", now=NOW)
    assert (parsed.instant, parsed.precision) == (utc.replace(tzinfo=UTC), precision)


def test_a_clock_alone_behind_a_zone_label_is_no_date() -> None:
    with pytest.raises(DateError):
        parse_date("بتوقيت 12:00", zone="Asia/Amman", now=NOW)
