"""Which announced articles a crawl of a span asks for, by the dates beside their links."""

from datetime import UTC, datetime

import pytest

from crawler.discovery import Link
from crawler.spiders.announced_dates import announced_instant, is_wanted
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


def test_an_instant_is_read_in_the_outlets_zone_or_not_at_all() -> None:
    instant = announced_instant("2026-03-02 10:00", SahifaSpider.outlet, NOW)
    assert instant == datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    assert announced_instant("العدد 14352", SahifaSpider.outlet, NOW) is None
    assert announced_instant(None, SahifaSpider.outlet, NOW) is None
