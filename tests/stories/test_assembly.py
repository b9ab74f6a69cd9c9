"""How a story is made of its copies: whose text each copy carries, and how long after the first."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.gazetteer import Source
from crawler.items import Article, Attribution
from crawler.stories.assembly import assemble
from crawler.stories.model import Carried, StoredArticle, Story

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
REUTERS = Attribution(Source("reuters", "Reuters", "agency", "GB"), "agency")
PORT_AGENCY = Attribution(Source("", "وكالة الميناء", "unknown"), "agency")
JANG = Attribution(Source("jang", "Jang", "newspaper", "PK"), "publisher")
GEO = Attribution(Source("geo-news", "Geo News", "broadcaster", "PK"), "publisher")
WEB_DESK = Attribution(Source("desk-web", "Web desk", "desk"), "desk")


def copy(outlet: str, minutes: int | None = 0, **fields: Any) -> StoredArticle:
    """A stored article of `outlet`, published that many minutes after noon."""
    published = None if minutes is None else NOON + timedelta(minutes=minutes)
    article = Article(
        url=f"https://{outlet}.example/1",
        outlet=outlet,
        headline="توسيع الميناء",
        published=published,
        published_precision=None if minutes is None else "minute",
    )
    return StoredArticle(f"{outlet:0<32}", "s", replace(article, **fields), rules=1, revisions=0)


def story(*copies: StoredArticle) -> Story:
    return assemble("s", copies)


def test_a_copy_keeps_the_roles_of_its_own_sources() -> None:
    sources = (JANG, GEO, PORT_AGENCY, REUTERS, WEB_DESK)
    shown, plain = story(
        copy("a", sources=sources, reporter="کریم"), copy("b", 5, sources=(GEO,))
    ).copies
    assert (shown.publisher, shown.desk, shown.reporter) == ("jang", "desk-web", "کریم")
    assert shown.agencies == ("وكالة الميناء", "reuters")
    assert (plain.publisher, plain.agencies, plain.desk) == ("geo-news", (), None)
    assert plain.reporter is None


def test_later_copies_carry_the_first_and_a_first_copy_the_agency_that_it_credits() -> None:
    wire = story(copy("late", 90), copy("own"), copy("next", 20, sources=(REUTERS,)))
    assert wire.carried == (Carried("next", ("reuters",), 20), Carried("late", (), 90))
    assert story(copy("own", sources=(REUTERS,))).carried == (Carried("own", ("reuters",), 0),)
    assert story(copy("own", sources=(JANG,))).carried == ()


def test_an_outlet_that_repeats_its_own_text_carries_nobody() -> None:
    repeated = copy("own", 30)
    again = replace(repeated, id="f" * 32)
    assert story(copy("own"), again).carried == ()


@pytest.mark.parametrize(
    "imprecise",
    [
        {"published_precision": "day"},
        {"published_precision": "hour"},
        {"published": None, "published_precision": None},
    ],
)
def test_minutes_are_counted_only_between_times_of_day(imprecise: dict[str, Any]) -> None:
    (later,) = story(copy("own"), copy("other", 30, **imprecise)).carried
    assert later == Carried("other", (), None)


def test_minutes_are_whole_and_counted_where_no_precision_was_said() -> None:
    seconds = NOON + timedelta(minutes=38, seconds=59)
    (later,) = story(
        copy("own", published_precision=None),
        copy("other", published=seconds, published_precision="second"),
    ).carried
    assert later.minutes_after_first == 38
