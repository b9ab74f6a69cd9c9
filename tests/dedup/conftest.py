"""Fixtures: articles and outlets to compare."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from crawler.discovery.kinds import Feed
from crawler.items import Article
from crawler.outlet import Outlet
from tests.dedup.stories import BRIDGE, WELL

MakeArticle = Callable[..., Article]


@pytest.fixture
def article() -> MakeArticle:
    """Return a function that makes an article of paragraphs, printed by `outlet` on `day`."""

    def make(
        *paragraphs: str,
        outlet: str = "one",
        language: str = "ar",
        headline: str = "",
        day: int = 3,
    ) -> Article:
        return Article(
            url=f"https://{outlet}.example/{day}",
            outlet=outlet,
            language=language,
            headline=headline or None,
            body="\n\n".join(paragraphs),
            published=datetime(2026, 3, day, 9, tzinfo=UTC),
        )

    return make


@pytest.fixture
def bridge(article: MakeArticle) -> Article:
    return article(*BRIDGE, headline="افتتاح جسر المشاة الجديد في الوادي الأخضر")


@pytest.fixture
def well(article: MakeArticle) -> Article:
    return article(*WELL, language="ur", headline="نور آباد میں صاف پانی کے 3 کنویں مکمل")


MakeOutlet = Callable[..., Outlet]


@pytest.fixture
def outlet() -> MakeOutlet:
    """Return a function that makes an outlet with the given hosts.

    Its `articles` pattern matches every address unless another is given.
    """

    def make(*hosts: str, articles: str = r"https?://[^?]+", **fields: object) -> Outlet:
        return Outlet(
            name="test",
            title="Test",
            native="تجربة",
            language="ar",
            country="JO",
            zone="Asia/Amman",
            hosts=hosts,
            articles=articles,
            discovery=(Feed(url=f"https://{hosts[0]}/rss"),),
            publisher="test",
            as_of=2026,
            confidence="low",
            **fields,  # type: ignore[arg-type]
        )

    return make
