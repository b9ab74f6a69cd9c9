from collections.abc import Callable
from typing import Any

import pytest
from scrapy.utils.test import get_crawler

from crawler.discovery.kinds import Feed
from crawler.outlet import HouseStyle, Outlet
from crawler.pipelines.step import Step
from crawler.spiders.base import OutletSpider

Stats = dict[str, Any]


class SahifaSpider(OutletSpider):
    outlet = Outlet(
        name="sahifa_ar",
        title="Sahifa",
        native="صحيفة",
        language="ar",
        country="JO",
        zone="Asia/Amman",
        hosts=("sahifa.example", "m.sahifa.example"),
        articles=r"https?://(?:m\.)?sahifa\.example/\d+/?",
        discovery=(Feed(url="https://sahifa.example/rss"),),
        publisher="petra",
        as_of=2024,
        confidence="low",
        style=HouseStyle(datelines="often"),
    )


@pytest.fixture(scope="session")
def spider_class() -> type[OutletSpider]:
    """The spider of an outlet of ours."""
    return SahifaSpider


@pytest.fixture
def step() -> Callable[[type[Step]], tuple[Any, Callable[[], Stats]]]:
    """A pipeline step of a crawl of an outlet of ours, and what it counted so far."""

    def build(kind: type[Step]) -> tuple[Any, Callable[[], Stats]]:
        crawler = get_crawler(SahifaSpider)
        crawler.spider = SahifaSpider.from_crawler(crawler)
        built = kind.from_crawler(crawler)
        return built, lambda: {
            k: v for k, v in built.stats.get_stats().items() if k.startswith("khabar/")
        }

    return build
