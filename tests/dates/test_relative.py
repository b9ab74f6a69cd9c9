"""Texts that count from now (2026-03-15 12:00 UTC, 15:00 in Riyadh)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from crawler.dates import parse_date


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("منذ ساعة", "2026-03-15 14:00:00 hour"),
        ("منذ ساعتين", "2026-03-15 13:00:00 hour"),
        ("منذ 3 ساعات", "2026-03-15 12:00:00 hour"),
        ("منذ ثلاث ساعات", "2026-03-15 12:00:00 hour"),
        ("قبل ساعة ونصف", "2026-03-15 13:30:00 minute"),
        ("قبل ساعة و20 دقيقة", "2026-03-15 13:40:00 minute"),
        ("منذ يوم واحد و5 ساعات", "2026-03-14 10:00:00 hour"),
        ("نشر منذ: 5 دقائق", "2026-03-15 14:55:00 minute"),
        ("منذ نصف ساعة", "2026-03-15 14:30:00 minute"),
        ("منذ خمس وعشرين دقيقة", "2026-03-15 14:35:00 minute"),
        ("منذ دقيقة واحدة", "2026-03-15 14:59:00 minute"),
        ("قبل 30 ثانية", "2026-03-15 14:59:30 second"),
        ("دو گھنٹے پہلے", "2026-03-15 13:00:00 hour"),
        ("ڈیڑھ گھنٹہ قبل", "2026-03-15 13:30:00 minute"),
        ("ساڑھے تین گھنٹے قبل", "2026-03-15 11:30:00 minute"),
        ("3 دن 2 گھنٹے پہلے", "2026-03-12 13:00:00 hour"),
        ("an hour ago", "2026-03-15 14:00:00 hour"),
        ("اپ ڈیٹ 5 گھنٹے قبل", "2026-03-15 10:00:00 hour"),
        ("منذ يوم", "2026-03-14 00:00:00 day"),
        ("منذ يومين", "2026-03-13 00:00:00 day"),
        ("منذ 21 أيام", "2026-02-22 00:00:00 day"),
        ("قبل خمسة عشر يوما", "2026-02-28 00:00:00 day"),
        ("ایک روز قبل", "2026-03-14 00:00:00 day"),
        ("قبل شهرين", "2026-01-01 00:00:00 month"),
        ("قبل سنة 1", "2025-01-01 00:00:00 year"),
        ("دو سال قبل", "2024-01-01 00:00:00 year"),
        ("اليوم", "2026-03-15 00:00:00 day"),
        ("آج صبح", "2026-03-15 00:00:00 day"),
        ("أمس", "2026-03-14 00:00:00 day"),
        ("يوم أمس", "2026-03-14 00:00:00 day"),
        ("ليلة أمس", "2026-03-14 00:00:00 day"),
        ("أول أمس", "2026-03-13 00:00:00 day"),
        ("أمس الساعة 5 مساء", "2026-03-14 17:00:00 hour"),
        ("أمس، 10:30", "2026-03-14 10:30:00 minute"),
        ("اليوم 09:15 ص", "2026-03-15 09:15:00 minute"),
        ("yesterday at 5:30 pm", "2026-03-14 17:30:00 minute"),
        ("گزشتہ روز شام 6 بجے", "2026-03-14 18:00:00 hour"),
        ("رواں ماہ", "2026-03-01 00:00:00 month"),
        ("الشهر الماضي", "2026-02-01 00:00:00 month"),
        ("گزشتہ سال", "2025-01-01 00:00:00 year"),
        ("الأربعاء الماضي", "2026-03-11 00:00:00 day"),
        ("الأحد الماضي", "2026-03-08 00:00:00 day"),  # today is a Sunday
        ("الآن", "2026-03-15 15:00:00 minute"),
    ],
)
def test_counted_from_now(show: Callable[..., str], text: str, meaning: str) -> None:
    assert show(text) == meaning


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("قبل أسبوعين", "weeks"),
        ("ایک ہفتہ قبل", "weeks"),
        ("منذ حوالي ساعتين", "approx"),
        ("منذ ساعة تقريبا", "approx"),
    ],
)
def test_a_blurred_distance_keeps_its_doubt(text: str, doubt: str, now: datetime) -> None:
    assert doubt in parse_date(text, zone="Asia/Riyadh", now=now).doubts[0]


def test_yesterday_is_that_of_the_zone() -> None:
    late = datetime(2026, 3, 15, 22, 0, tzinfo=UTC)  # already the 16th in Karachi
    assert str(parse_date("أمس", zone="Asia/Karachi", now=late).date) == "2026-03-15"
    assert str(parse_date("أمس", zone="UTC", now=late).date) == "2026-03-14"


@pytest.mark.parametrize(
    ("text", "hours", "day"),
    [("منذ 3 ساعات GMT+3", 3, "2026-03-15"), ("الآن GMT+3", 0, "2026-03-16")],
)
def test_an_exact_distance_stands_beside_a_printed_offset(text: str, hours: int, day: str) -> None:
    now = datetime(2026, 3, 15, 22, 30, tzinfo=UTC)
    parsed = parse_date(text, zone="UTC", now=now)
    assert parsed.instant == now - timedelta(hours=hours)
    assert (parsed.zone, str(parsed.date)) == ("+03:00", day)


def test_the_month_before_a_short_one() -> None:
    last_of_march = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)
    assert str(parse_date("قبل شهر", zone="UTC", now=last_of_march).date) == "2026-02-01"


def test_the_clock_is_read_only_when_now_is_missing() -> None:
    before = datetime.now(UTC)
    parsed = parse_date("منذ ساعة", zone=None)
    assert 3600 <= (datetime.now(UTC) - parsed.instant).total_seconds() < 3600 + 60
    assert parsed.instant < before
