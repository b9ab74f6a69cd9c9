"""Clocks, parts of the day, zones, and both sides of a change of the offset."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from crawler.dates import parse_date


@pytest.mark.parametrize(
    ("clock", "meaning"),
    [
        ("10:30", "10:30:00 minute"),
        ("10:42:57", "10:42:57 second"),
        ("07,07 بتوقيت مكة", "07:07:00 minute"),
        ("الساعة 15.00", "15:00:00 minute"),
        ("15.30", "15:30:00 minute"),
        ("4.15 م", "16:15:00 minute"),
        ("الساعة 0454", "04:54:00 minute"),
        ("10h30", "10:30:00 minute"),
        ("12:09 م", "12:09:00 minute"),
        ("12:09 ص", "00:09:00 minute"),
        ("00:15 م", "12:15:00 minute"),
        ("16:47 م", "16:47:00 minute"),  # redundant
        ("05:30 صـ", "05:30:00 minute"),
        ("5:30 p.m.", "17:30:00 minute"),
        ("مساء 5:30", "17:30:00 minute"),
        ("1:30 ظهرا", "13:30:00 minute"),
        ("4:00 عصرا", "16:00:00 minute"),
        ("3:10 فجرا", "03:10:00 minute"),
        ("11:45 ليلا", "23:45:00 minute"),
        ("1:45 ليلا", "01:45:00 minute"),
        ("1:45 بعد الظهر", "13:45:00 minute"),
        ("الساعة 5 مساءً", "17:00:00 hour"),
        ("الساعة الخامسة والنصف مساء", "17:30:00 minute"),
        ("الساعة الثانية إلا ربعا ظهرا", "13:45:00 minute"),
        ("الساعة 9 مساء و 30 دقيقة", "21:30:00 minute"),
        ("دوپہر 1 بجے", "13:00:00 hour"),
        ("شام 6 بجے", "18:00:00 hour"),
        ("رات ساڑھے 7 بجے", "19:30:00 minute"),
        ("رات 12:15", "00:15:00 minute"),
        ("2:30 شام", "14:30:00 minute"),  # a template's p.m.
        ("صبح 2:33 بجے", "02:33:00 minute"),
        ("سہ پہر 4 بجے", "16:00:00 hour"),
        ("دن 11 بجے", "11:00:00 hour"),
        ("پونے پانچ بجے شام", "16:45:00 minute"),
        ("ڈیڑھ بجے دوپہر", "13:30:00 minute"),
        ("رات 11 بجکر 45 منٹ", "23:45:00 minute"),
        ("شام پانچ بج کر تیس منٹ پر", "17:30:00 minute"),
    ],
)
@pytest.mark.parametrize("template", ["25 أغسطس 2021 {}", "25/8/2021 - {}", "{} 25 أغسطس 2021"])
def test_a_clock(show: Callable[..., str], template: str, clock: str, meaning: str) -> None:
    assert show(template.format(clock)) == f"2021-08-25 {meaning}"


@pytest.mark.parametrize(
    "text", ["25 اگست 2021 7 بجے", "25 أغسطس 2021 الساعة 5", "25/8/2021 الساعة التاسعة والنصف"]
)
def test_an_hour_without_its_part_of_the_day_is_left_out(text: str, now: datetime) -> None:
    parsed = parse_date(text, zone="Asia/Riyadh", now=now)
    assert parsed.precision == "day"
    assert parsed.doubts == ("an hour without its part of the day: left out",)


def test_a_letter_between_year_and_clock_is_the_mark_of_the_year(now: datetime) -> None:
    parsed = parse_date("25 أغسطس 2021 م 09:23", zone="UTC", now=now)
    assert parsed.instant == datetime(2021, 8, 25, 9, 23, tzinfo=UTC)
    assert parsed.doubts


def test_a_clock_behind_unknown_words_is_not_the_date_s(now: datetime) -> None:
    parsed = parse_date("25 أغسطس 2021 بدأت المباراة 20:30", zone="UTC", now=now)
    assert (parsed.precision, parsed.doubts) == ("day", ("a clock stands apart from the date",))


@pytest.mark.parametrize(
    ("printed", "utc", "zone"),
    [
        ("10:30 GMT", "10:30", "UTC"),
        ("10:30 ت غ", "10:30", "UTC"),
        ("10:30 ت.غ", "10:30", "UTC"),
        ("10:30 بتوقيت غرينيتش", "10:30", "UTC"),
        ("10:30 بتوقيت مكة المكرمة", "07:30", "Asia/Riyadh"),
        ("10:30 بتوقيت القدس", "07:30", "Asia/Jerusalem"),
        ("10:30 (بتوقيت القاهرة)", "08:30", "Africa/Cairo"),
        ("10:30 بالتوقيت الشرقي للولايات المتحدة", "14:30", "America/New_York"),
        ("10:30 بالتوقيت المحلي", "05:30", "Asia/Karachi"),
        ("10:30 مقامی وقت", "05:30", "Asia/Karachi"),
        ("بھارتی وقت کے مطابق 10:30", "05:00", "Asia/Kolkata"),
        ("10:30 PKT", "05:30", "Asia/Karachi"),
        ("10:30 GST", "06:30", "Asia/Dubai"),
        ("10:30 PST", "05:30", "Asia/Karachi"),  # of two meanings the outlet's own
        ("10:30 EDT", "14:30", "-04:00"),
        ("10:30 GMT+3", "07:30", "+03:00"),
        ("10:30 غرينتش-5", "15:30", "-05:00"),
        ("10:30 (GMT+0400)", "06:30", "+04:00"),
        ("10:30 +0530", "05:00", "+05:30"),
        ("10:30:00+03", "07:30", "+03:00"),
        ("10:30 (+03:00)", "07:30", "+03:00"),
        ("10:30 +03:00", "07:30", "+03:00"),
        ("KSA 13:30 - GMT 10:30", "10:30", "Asia/Riyadh"),
    ],
)
def test_a_printed_zone_counts(printed: str, utc: str, zone: str, now: datetime) -> None:
    parsed = parse_date(f"25 أغسطس 2021 {printed}", zone="Asia/Karachi", now=now)
    assert (f"{parsed.instant:%H:%M}", parsed.zone) == (utc, zone)


@pytest.mark.parametrize(
    ("text", "zone", "utc", "doubt"),
    [
        ("27 مارس 2021 01:59", "Asia/Beirut", datetime(2021, 3, 26, 23, 59, tzinfo=UTC), None),
        ("28 مارس 2021 01:00", "Asia/Beirut", datetime(2021, 3, 27, 22, 0, tzinfo=UTC), None),
        # 00:30 is skipped in Beirut that night: read with the offset before the change.
        ("28 مارس 2021 00:30", "Asia/Beirut", datetime(2021, 3, 27, 22, 30, tzinfo=UTC), "skips"),
        # 23:30 comes twice in Beirut that night: its first coming, still in summer time.
        (
            "30 أكتوبر 2021 23:30",
            "Asia/Beirut",
            datetime(2021, 10, 30, 20, 30, tzinfo=UTC),
            "twice",
        ),
        ("31 أكتوبر 2021 00:30", "Asia/Beirut", datetime(2021, 10, 30, 22, 30, tzinfo=UTC), None),
        # A day whose midnight is skipped begins with the change itself; that is no doubt about a
        # day.
        ("28 مارس 2021", "Asia/Beirut", datetime(2021, 3, 27, 22, 0, tzinfo=UTC), None),
        ("1 يوليو 2021 12:00", "Europe/London", datetime(2021, 7, 1, 11, 0, tzinfo=UTC), None),
        ("1 يناير 2021 12:00", "Europe/London", datetime(2021, 1, 1, 12, 0, tzinfo=UTC), None),
    ],
)
def test_both_sides_of_a_change_of_the_offset(
    text: str, zone: str, utc: datetime, doubt: str | None, now: datetime
) -> None:
    parsed = parse_date(text, zone=zone, now=now)
    assert parsed.instant == utc
    if doubt is None:
        assert parsed.doubts == ()
    else:
        [told] = parsed.doubts
        assert doubt in told


def test_an_offset_behind_digits_is_not_lost(now: datetime) -> None:
    for text in (
        "20210826T143000+0500",
        "20210826143000+05'00'",
        "202108261430+05:00",
        "2021-08-26T1430+05",
    ):
        assert parse_date(text, zone="UTC", now=now).instant == datetime(
            2021, 8, 26, 9, 30, tzinfo=UTC
        )


def test_a_letter_in_front_of_a_clock_is_its_part_of_the_day(now: datetime) -> None:
    assert parse_date("م 10:30 25/8/2021", zone="UTC", now=now).instant == datetime(
        2021, 8, 25, 22, 30, tzinfo=UTC
    )
