"""Texts that hold no date, or more than one: each rule of "never a guess" by name."""

from datetime import datetime

import pytest

from crawler.dates import DateError, parse_date, parse_day

NO_SUCH_DAY = [
    "29 شباط 2021",
    "31 جون",
    "31 جون 2021",
    "30 فروری",
    "0/1/2021",
    "30 صفر 1443هـ",
    "30 اسفند 1400",
    "20210230",
]
NO_SUCH_MONTH = ["25/13/2021", "2021-13-01", "13/13/2021", "2021-00-10", "0000-00-00 00:00:00"]
NO_SUCH_CLOCK = [
    "25/8/2021 10:61",
    "25/8/2021 25:10",
    "25/8/2021 10:30:75",
    "27/08/2021 24:00",
    "25/8/2021 15:30 ص",
    "25 اگست 2021 شام 12 بجے",
    "2021-08-24T10:30:00+15:00",
    "2021-08-24T10:30:00Z+05:00",
    "2021-08-24T9:3:1Z",
]
OTHER_YEARS = [
    "1 يناير 2971",
    "2971 أمازيغية",
    "16 توت 1736",
    "25 أغسطس 1443",
    "3 صفر 2021",
    "16 مسرى 1737 ش",
    "300 ق.م",
]
NUMBERS_THAT_ARE_NO_DATE = [
    "العدد 15234",
    "العدد 2021",
    "صدر العدد 25",
    "شمارہ 12 جلد 3",
    "2021",
    "404",
    "125/08/2021",
    "25/08/20211",
    "25 أغسطس 20211",
    "25 أغسطس 21",
    "202108259930",
    "1630",
    "12345678901",
]
EMPTY = ["", "   ", "آخر تحديث:", "تاريخ النشر", "شائع", "خبر عاجل", "٠", "/"]
CLOCK_ALONE = [
    "10:30",
    "الساعة 10:30 صباحا",
    "شام 6 بجے",
    "13:38 ت م",
    "15.00 بتوقيت غرينتش",
    "صبح 2:33 بجے",
]
VAGUE = [
    "چند روز قبل",
    "کچھ دیر قبل",
    "دو تین گھنٹے قبل",
    "2-3 گھنٹے قبل",
    "منذ أيام",
    "منذ عدة ساعات",
    "منذ أكثر من ساعتين",
    "قبل قليل",
    "منذ زمن",
    "last week",
    "الأسبوع الماضي",
    "half a day ago",
    "قبل سنة ونصف",
]
MEANS_TWO_THINGS = [
    "کل",  # yesterday and tomorrow
    "پرسوں",
    "14 صفر",  # the month, and zero
    "3 - صفر",
    "صفر",
    "1403/05/12",  # Hijri and Solar Hijri
    "العدد 25 أغسطس 2021",  # issue 25, and the 25th
    "25/8/21",  # day first, and year first: read only in a declared order
    "240714",
    "25 - 27/8/2021",
    "اليوم السابع",  # a paper
    "صحيفة اليوم",
    "25/8/2021 10:30 IST",
    "25/8/2021 10:30 بتوقيت عمان",
    "2021-08-24 09:23-03",
    "أغسطس - سبتمبر 2021",
]
NOT_THAT_DAY = [
    "قبل 25 أغسطس 2021",
    "بعد 25 أغسطس 2021",
    "منذ عام 2011",
    "25 اگست سے قبل",
    "25 اگست 2021 تک",
]
TO_COME = ["19 نونبر المقبل", "آئندہ ماہ", "غدا", "يوم 4 من الشهر المقبل", "بعد ساعتين"]
TWO_DATES = [
    "25 أغسطس 2021 - 26 أغسطس 2021",
    "5/8/2021 - 8/5/2021",
    "من 25 أغسطس إلى 3 سبتمبر 2021",
    "25 أغسطس 2021 10:30 - 11:45",
    "2021م - 1443هـ",
    "25/8/2021 10:30-11:00",
    "25 أغسطس، 3 سبتمبر",
    "17 محرم 1443 هـ - 3 مايو",
]
UNKNOWN_ZONE = ["25/8/2021 10:30 بتوقيت نيروبي", "25/8/2021 10:30 بالتوقيت الصيفي"]


@pytest.mark.parametrize(
    "text",
    [
        *NO_SUCH_DAY,
        *NO_SUCH_MONTH,
        *NO_SUCH_CLOCK,
        *OTHER_YEARS,
        *NUMBERS_THAT_ARE_NO_DATE,
        *EMPTY,
        *CLOCK_ALONE,
        *VAGUE,
        *MEANS_TWO_THINGS,
        *NOT_THAT_DAY,
        *TO_COME,
        *TWO_DATES,
        *UNKNOWN_ZONE,
    ],
)
def test_refused(text: str, now: datetime) -> None:
    with pytest.raises(DateError):
        parse_date(text, zone="Asia/Karachi", now=now)


@pytest.mark.parametrize(
    "text", ["25 أغسطس 2021", "25/8/2021 10:30", "25 أغسطس", "أمس", "منذ يومين"]
)
def test_a_text_without_a_zone_needs_one(text: str, now: datetime) -> None:
    with pytest.raises(DateError, match="no zone"):
        parse_date(text, zone=None, now=now)


@pytest.mark.parametrize(
    "text", ["2021-08-24T09:23:13Z", "25/8/2021 10:30 GMT", "1629883200", "منذ ساعتين"]
)
def test_a_text_with_its_own_zone_needs_none(text: str, now: datetime) -> None:
    assert parse_date(text, zone=None, now=now).instant.utcoffset() is not None


def test_zones_and_now_that_are_none(now: datetime) -> None:
    with pytest.raises(DateError, match="unknown zone"):
        parse_date("25 أغسطس 2021", zone="Asia/Nowhere", now=now)
    with pytest.raises(DateError, match="wall clock"):
        parse_date("2021-08-24T09:23:13Z", zone=None, now=now, wall_clock=True)
    with pytest.raises(ValueError, match="aware"):
        parse_date("أمس", zone="UTC", now=datetime(2026, 3, 15))


@pytest.mark.parametrize("text", ["12 فروری", "أغسطس 2021", "عام 2021", "أمس", "منذ يومين", ""])
def test_parse_day_wants_a_full_day(text: str) -> None:
    with pytest.raises(DateError):
        parse_day(text)


def test_a_longer_text_than_any_line_is_refused_at_once(now: datetime) -> None:
    with pytest.raises(DateError, match="too long"):
        parse_date("25 أغسطس 2021 " + " " * 2_000, zone="UTC", now=now)
