"""Numbers of stories and copies, by what an article says of itself."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crawler.attention import BY, Count, count
from crawler.gazetteer import Source
from crawler.items import Article, Attribution
from crawler.stories.model import StoredArticle
from tests.storage.samples import REUTERS

KARACHI = ZoneInfo("Asia/Karachi")
LATE = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)  # 01:30 of the next day in Karachi
UNKNOWN = Attribution(Source("", "وكالة الميناء", "unknown"), "agency")
PUBLISHER = Attribution(Source("sputnik", "Sputnik", "agency", "RU"), "publisher")


def counted(by: str, *articles: tuple[str, dict[str, Any]], zone: tzinfo = UTC) -> list[Count]:
    """The numbers of articles, each given as the id of its story and its fields."""

    async def stored() -> AsyncIterator[StoredArticle]:
        for number, (story, fields) in enumerate(articles):
            article = Article(f"https://x.example/{number}", **fields)
            yield StoredArticle(str(number), story, article, 2, 0)

    return asyncio.run(count(stored(), by, zone))


def test_two_copies_of_a_story_are_one_story_and_two_copies() -> None:
    assert counted(
        "outlet",
        ("a", {"outlet": "masry"}),
        ("a", {"outlet": "masry"}),
        ("a", {"outlet": "akhbar"}),
        ("b", {"outlet": "akhbar"}),
    ) == [Count("akhbar", None, 2, 2), Count("masry", None, 1, 2)]


def test_days_come_in_order_in_the_zone_that_is_asked_for() -> None:
    articles = [("a", {"published": LATE}), ("b", {"published": LATE.replace(day=2, hour=8)})]
    assert counted("day", *articles) == [
        Count("2026-03-01", None, 1, 1),
        Count("2026-03-02", None, 1, 1),
    ]
    assert counted("day", *articles, zone=KARACHI) == [Count("2026-03-02", None, 2, 2)]


@pytest.mark.parametrize("zone", ["Asia/Karachi", "+05:00"])
def test_a_day_that_was_printed_is_that_day_in_any_zone(zone: str) -> None:
    midnight = datetime(2026, 3, 2, tzinfo=KARACHI).astimezone(UTC)
    fields = {"published": midnight, "published_precision": "day", "zone": zone}
    assert counted("day", ("a", fields)) == [Count("2026-03-02", None, 1, 1)]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"published": LATE, "published_precision": "month"},
        {"published": LATE, "published_precision": "year"},
    ],
)
def test_an_article_without_a_day_counts_for_none(fields: dict[str, Any]) -> None:
    assert counted("day", ("a", fields)) == [Count(None, None, 1, 1)]


def test_a_broken_zone_is_passed_over() -> None:
    fields = {"published": LATE, "published_precision": "day", "zone": "+x"}
    assert counted("day", ("a", fields)) == [Count("2026-03-01", None, 1, 1)]


def test_an_article_counts_for_each_of_its_agencies_and_for_no_publisher() -> None:
    assert counted(
        "agency",
        ("a", {"sources": (REUTERS, UNKNOWN, REUTERS)}),
        ("b", {"sources": (REUTERS,)}),
        ("c", {"sources": (PUBLISHER,)}),
    ) == [
        Count("reuters", "Reuters", 2, 2),
        Count(None, None, 1, 1),
        Count("وكالة الميناء", "وكالة الميناء", 1, 1),
    ]


def test_spellings_of_a_place_are_one_place_as_it_is_printed_most() -> None:
    places = ["القاهرة", "القاهره", "القاهرة", ""]
    assert counted("place", *[("a", {"place": place}) for place in places]) == [
        Count("القاهرة", None, 1, 3),
        Count(None, None, 1, 1),
    ]


def test_a_place_is_one_place_in_arabic_and_in_urdu() -> None:
    places = ["موسكو", "ماسکو", "ماسکو", "قرية النخيل"]
    assert counted("place", *[(place, {"place": place}) for place in places]) == [
        Count("ماسکو", None, 2, 3),
        Count("قرية النخيل", None, 1, 1),
    ]


@pytest.mark.parametrize("by", BY)
def test_nothing_is_counted_of_nothing(by: str) -> None:
    assert counted(by) == []
