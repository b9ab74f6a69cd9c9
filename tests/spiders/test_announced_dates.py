"""The dates beside announced links: which articles a crawl of a span asks for by them, and what
they add to the dates of pages."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.causes import Cause
from crawler.dates import parse_date
from crawler.discovery import Link
from crawler.frontier import TrackedUrl
from crawler.items import Article
from crawler.spiders.announced_dates import (
    changed_instant,
    complete_date,
    is_wanted,
    published_instant,
)
from crawler.spiders.arguments import Arguments
from tests.pipelines.conftest import SahifaSpider

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
MARCH = Arguments.read({"since": "2026-03-01", "until": "2026-03-05"})
URL = "https://sahifa.example/7"


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        (Link(URL), True),
        (Link(URL, published_raw="2026-03-02T10:00+03:00"), True),
        (Link(URL, published_raw="2026-02-28T10:00+03:00"), False),
        (Link(URL, published_raw="2026-03-06T10:00+03:00"), False),
        (Link(URL, published_raw="العدد 14352"), True),
        # A change comes after publication: a late one rules out nothing.
        (Link(URL, changed="2026-03-06T10:00+03:00"), True),
        (Link(URL, changed="2026-02-28T10:00+03:00"), False),
        (Link(URL, published_raw="2026-03-02T10:00+03:00", changed="2026-02-01"), True),
    ],
)
def test_dates_rule_articles_out_of_a_span(link: Link, wanted: bool) -> None:
    assert is_wanted(link, MARCH, SahifaSpider.outlet, NOW) is wanted
    assert is_wanted(link, Arguments(), SahifaSpider.outlet, NOW)


@pytest.mark.parametrize(
    ("announced", "instant"),
    [
        (Link(URL, published_raw="2026-03-02 10:00"), datetime(2026, 3, 2, 7, 0, tzinfo=UTC)),
        (Link(URL, published_raw="2026-03-02T10:00Z"), datetime(2026, 3, 2, 10, 0, tzinfo=UTC)),
        (
            Link(URL, published_raw="2026-03-02T10:00Z", wall_clock=True),
            datetime(2026, 3, 2, 7, 0, tzinfo=UTC),
        ),
        (Link(URL, published_raw="العدد 14352"), None),
        (Link(URL), None),
    ],
)
def test_an_instant_is_read_in_the_outlets_zone_or_not_at_all(
    announced: Link, instant: datetime | None
) -> None:
    assert published_instant(announced, SahifaSpider.outlet, NOW) == instant
    changed = replace(announced, published_raw=None, changed=announced.published_raw)
    assert changed_instant(changed, SahifaSpider.outlet, NOW) == instant


def test_a_false_zone_rules_nothing_out_of_a_span() -> None:
    # 1:00 on 5 March at the outlet, which is before the span's end at midnight in UTC.
    late = Link(URL, published_raw="Thu, 05 Mar 2026 01:00:00 GMT")
    assert not is_wanted(late, MARCH, SahifaSpider.outlet, NOW)
    assert is_wanted(replace(late, wall_clock=True), MARCH, SahifaSpider.outlet, NOW)


def completed(
    announced: str | None, url: str = URL, *, wall_clock: bool = False, **page: Any
) -> tuple[Article, Cause | None]:
    """Return the article of a page after its announcement, and the warning."""
    article = Article(url=url, **page)
    tracked = TrackedUrl(
        outlet="sahifa_ar",
        kind="article",
        address=url,
        url=url,
        found=NOW,
        published_raw=announced,
        wall_clock=wall_clock,
    )
    return article, complete_date(article, tracked, SahifaSpider.outlet, NOW)


DAY: dict[str, Any] = {
    "published": datetime(2026, 3, 1, 21, tzinfo=UTC),
    "published_raw": "2 مارس 2026",
    "published_precision": "day",
    "zone": "Asia/Amman",
}
"""2 March in Amman."""
MIDNIGHT = DAY | {"published_raw": "2026-03-02T00:00:00+03:00", "published_precision": "second"}
MINUTE = DAY | {
    "published": datetime(2026, 3, 2, 7, 15, tzinfo=UTC),
    "published_raw": "2 مارس 2026 - 10:15",
    "published_precision": "minute",
}


@pytest.mark.parametrize("page", [DAY, MIDNIGHT, {}])
@pytest.mark.parametrize(
    "announced",
    ["Mon, 02 Mar 2026 10:15:00 +0300", "2026-03-02T07:15:00Z", "2026-03-02 10:15"],
)
def test_the_announced_minute_stands_where_the_page_gives_less(
    announced: str, page: dict[str, Any]
) -> None:
    article, warning = completed(announced, **page)
    assert article.published == datetime(2026, 3, 2, 7, 15, tzinfo=UTC)
    assert article.published_precision in ("second", "minute")
    assert article.published_raw == announced
    assert article.zone == parse_date(announced, zone="Asia/Amman").zone
    assert warning is Cause.DATE_FROM_FEED


@pytest.mark.parametrize("page", [DAY, MIDNIGHT])
@pytest.mark.parametrize(
    "announced",
    [
        None,
        "Sun, 01 Mar 2026 10:15:00 +0300",
        "Mon, 02 Mar 2026 22:15:00 GMT",  # 3 March in Amman
        "2026-03-02",
        "Mon, 02 Mar 2026 00:00:00 GMT",  # a day, though 3:00 in Amman
        "Mon, 02 Mar 2026",
        "العدد 14352",
    ],
)
def test_the_pages_day_stands_before_no_minute_and_one_of_another_day(
    announced: str | None, page: dict[str, Any]
) -> None:
    article, warning = completed(announced, **page)
    assert article == Article(url=URL, **page)
    assert warning in (None, Cause.FEED_HOURS_OFF)


def test_an_announced_clock_whose_zone_is_declared_false_is_the_outlets() -> None:
    article, warning = completed("Mon, 02 Mar 2026 10:15:00 GMT", wall_clock=True, **DAY)
    assert (article.published, article.zone) == (MINUTE["published"], "Asia/Amman")
    assert warning is Cause.DATE_FROM_FEED


@pytest.mark.parametrize(
    ("announced", "told"),
    [
        ("Mon, 02 Mar 2026 10:15:00 GMT", True),  # the same clock, in another zone
        ("Mon, 02 Mar 2026 10:15:00 +0530", True),
        ("2026-03-02T02:15:30Z", True),  # five hours less
        ("2026-03-02T07:15:30Z", False),
        ("2026-03-02T07:20:00Z", False),
        ("2026-03-03T07:15:00Z", False),  # a day later: published anew
        ("2026-03-02", False),
        ("العدد 14352", False),
        (None, False),
    ],
)
def test_an_announcement_that_is_whole_hours_off_the_page_is_told(
    announced: str | None, told: bool
) -> None:
    article, warning = completed(announced, **MINUTE)
    assert article == Article(url=URL, **MINUTE)
    assert warning == (Cause.FEED_HOURS_OFF if told else None)


def test_an_announced_text_that_cannot_be_read_is_kept() -> None:
    article, warning = completed("العدد 14352", "https://sahifa.example/2026/03/02/7")
    assert (article.published, article.published_raw, warning) == (None, "العدد 14352", None)


def test_what_a_page_prints_is_kept_though_it_cannot_be_read() -> None:
    page: dict[str, Any] = {"published_raw": "1970-01-01T00:00:00Z"}
    article, warning = completed("2026-03-02", "https://sahifa.example/2026/03/02/7", **page)
    assert (article.published, article.published_raw) == (None, "1970-01-01T00:00:00Z")
    assert warning is None


ADDRESSES = {
    "/2024/11/22/": "2024/11/22",
    "/2024/11/22/خبر": "2024/11/22",
    "/story/2024/11/22/خبر/123": "2024/11/22",
    "/a/2024-11-22/123": "2024-11-22",
    "/a/2024-11-22-title": "2024-11-22",
    "/2024-11/22/c_123.htm": "2024-11/22",
    "/22-Nov-2024/1977206": "22-Nov-2024",
    "/news/20241122/7": "20241122",
    "/news/a20241122": "20241122",
    "/%D8%A320241122-7": "20241122",
    "/2024/11/22/20241122.html": "2024/11/22",
}


@pytest.mark.parametrize(("path", "text"), ADDRESSES.items())
def test_the_day_in_the_address_is_the_last_resort(path: str, text: str) -> None:
    article, warning = completed(None, f"https://sahifa.example{path}")
    assert article.published == datetime(2024, 11, 21, 21, tzinfo=UTC)
    assert (article.published_precision, article.zone) == ("day", "Asia/Amman")
    assert (article.published_raw, warning) == (text, Cause.DATE_FROM_ADDRESS)
    announced, warning = completed("2024-11-20", f"https://sahifa.example{path}")
    assert (announced.published_raw, warning) == ("2024-11-20", Cause.DATE_FROM_FEED)


@pytest.mark.parametrize(
    "path",
    [
        "/2024/11/",
        "/2024/13/22/",
        "/2024/11/31/",
        "/2024/11/22-years-on",
        "/2024/1122/c1-2.html",
        "/1984/11/22/",
        "/2026/03/12/",  # the day after tomorrow
        "/20241122153000",
        "/120241122",
        "/20242222",
        "/from/2024/11/22/to/2024/11/23/",
        "/?date=20241122",
    ],
)
def test_numbers_that_name_no_single_day_are_no_date(path: str) -> None:
    article, warning = completed(None, f"https://sahifa.example{path}")
    assert (article.published, article.published_raw, warning) == (None, None, None)


def test_an_article_that_nobody_announced_has_the_day_in_its_address() -> None:
    article = Article(url="https://sahifa.example/2024/11/22/7")
    warning = complete_date(article, None, SahifaSpider.outlet, NOW)
    assert (article.published_raw, warning) == ("2024/11/22", Cause.DATE_FROM_ADDRESS)
