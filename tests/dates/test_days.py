"""Days: names, orders, twins, ranges, years that stand apart."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from crawler.dates import parse_date, parse_day

AUGUST_25 = [
    "25 أغسطس 2021",
    "٢٥ أغسطس ٢٠٢١",
    "۲۵ اگست ۲۰۲۱ء",
    "2٥ آب 202١",  # digits of two sets in one number
    "25 أوت 2021",
    "25 غشت 2021",
    "25 آب/أغسطس 2021",
    "25 أغسطس آب 2021",
    "25 أغسطس (آب) 2021",
    "أغسطس / آب 25 2021",
    "August 25th, 2021",
    "2021-Aug-25",
    "25-اگست-2021",
    "الخامس والعشرين من أغسطس 2021",
    "پچیس اگست 2021",
    "خمسة وعشرين أغسطس 2021",
    "25 من شهر أغسطس عام 2021م",
    "الأربعاء٢٥أغسطس٢٠٢١م",
    "25ـ8ـ2021",
    "٢٥\u200f/٨\u200f/٢٠٢١",
    "25؍8؍2021",
    "8/25/2021",
    "20210825",
    "25082021",
    "example.com/25/8/2021/خبر",
    "example.com/2021/0825/c1.html",
    "example.com/2021/world_news/8/25/index.html",
    "%D8%AE%D8%A8%D8%B1/2021/8/25",
    "17 محرم 1443هـ",
    "17 محرم الحرام 1443ھ",
    "17/1/1443",
    "1443-01-17 هـ",
    "۳ شهریور ۱۴۰۰",
    "1400/6/3 هجری شمسی",
    "17 محرم 1443هـ - 25 أغسطس",  # the Gregorian year from its twin
    "25 أغسطس 2021 م الموافق 17 محرم 1443 هـ الموافق 3 شهریور 1400 هـ.ش",
    "العدد 15234 - الأربعاء 25 أغسطس 2021",
    "العدد: 1436 الأربعاء 25 أغسطس 2021م",
    "القاهرة في 25 أغسطس 2021 (أ ش أ)",
    "Wed Aug 25 2021",
    "2021 25 أغسطس",
    "درجة الحرارة صفر 25 أغسطس 2021",
]


@pytest.mark.parametrize("text", AUGUST_25)
def test_one_day_in_many_forms(text: str) -> None:
    assert parse_day(text) == date(2021, 8, 25)


def test_an_ambiguous_date_follows_the_outlet_or_is_day_first() -> None:
    assert parse_day("09/08/2022") == date(2022, 8, 9)
    assert parse_day("09/08/2022", order="MDY") == date(2022, 9, 8)
    assert parse_day("9 أغسطس 2022 - 08/09/2022") == date(
        2022, 8, 9
    )  # the words settle the figures
    assert parse_day("25/8/2021", order="MDY") == date(
        2021, 8, 25
    )  # the declared order is impossible


@pytest.mark.parametrize(
    ("text", "day", "doubt"),
    [
        ("الخميس 25 أغسطس 2021", date(2021, 8, 25), "weekday"),
        ("21 محرم 1443هـ الموافق 25 أغسطس 2021", date(2021, 8, 25), "hijri date beside it"),
        ("18 محرم 1442هـ الموافق 25 أغسطس 2021", date(2021, 8, 25), "hijri date beside it"),
        ("22 - 23 فروری 2020", date(2020, 2, 22), "range"),
        ("18 سے 23 اگست 2021", date(2021, 8, 18), "range"),
        ("August 22-23, 2021", date(2021, 8, 22), "range"),
        ("17 محرم 1443هـ", date(2021, 8, 25), "Umm al-Qura"),
        ("25 أغسطس 2021 | آخر تعديل 5 سبتمبر 2021", date(2021, 8, 25), "update"),
    ],
)
def test_the_date_is_taken_and_the_doubt_is_kept(
    text: str, day: date, doubt: str, now: datetime
) -> None:
    parsed = parse_date(text, zone="Asia/Karachi", now=now)
    assert parsed.date == day
    assert len(parsed.doubts) == 1
    assert doubt in parsed.doubts[0]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("أغسطس 2021", "2021-08-01 00:00:00 month"),
        ("جولائی2020ء", "2020-07-01 00:00:00 month"),
        ("08/2021", "2021-08-01 00:00:00 month"),
        ("2021-08", "2021-08-01 00:00:00 month"),
        ("عام 2021", "2021-01-01 00:00:00 year"),
        ("2021م", "2021-01-01 00:00:00 year"),
        ("رمضان 1443هـ", "2022-04-02 00:00:00 month"),
        ("سنة 1443هـ", "2021-08-09 00:00:00 year"),
    ],
)
def test_a_month_or_a_year_is_its_first_day(
    show: Callable[..., str], text: str, meaning: str
) -> None:
    assert show(text) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("15 مارس", "2026-03-15 00:00:00 day"),
        ("16 مارس", "2025-03-16 00:00:00 day"),
        ("15 مارس 14:59", "2026-03-15 14:59:00 minute"),  # now is 15:00 in Riyadh
        ("15 مارس 15:00", "2026-03-15 15:00:00 minute"),
        ("15 مارس 15:01", "2025-03-15 15:01:00 minute"),
        ("29 فروری", "2024-02-29 00:00:00 day"),
        ("12 ربيع الأول", "2025-09-04 00:00:00 day"),
        ("18 يناير الماضي", "2026-01-18 00:00:00 day"),
        ("3 مارس الجاري", "2026-03-03 00:00:00 day"),
        ("Wed Aug 25 09:23:13 2021", "2021-08-25 09:23:13 second"),
        ("حیدرآباد27فروری", "2026-02-27 00:00:00 day"),
    ],
)
def test_a_day_without_a_year(show: Callable[..., str], text: str, meaning: str) -> None:
    assert show(text) == meaning


def test_a_twin_may_be_two_days_off(now: datetime) -> None:
    parsed = parse_date("19 محرم 1443هـ الموافق 25 أغسطس 2021", zone="Asia/Karachi", now=now)
    assert (parsed.date, parsed.doubts) == (date(2021, 8, 25), ())
