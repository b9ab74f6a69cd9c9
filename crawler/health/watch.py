"""Counts what Scrapy only logs, so that a run's exit status knows of it."""

import logging
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.counts import stats_key

logger = logging.getLogger(__name__)

# What these tell, some of it in many lines with a traceback, the spider tells in one, with its
# cause.
_TOLD_BY_US = (
    "downloadermiddlewares.robotstxt",
    "downloadermiddlewares.retry",
    "downloadermiddlewares.httpcompression",
    "core.downloader.handlers.http11",
)


class ErrorWatch:
    """Counts exceptions in the item pipelines; keeps Scrapy from telling at length what we tell in
    a line."""

    def __init__(self, crawler: Crawler) -> None:
        assert crawler.stats is not None
        self.stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        for name in _TOLD_BY_US:
            logging.getLogger(f"scrapy.{name}").setLevel(logging.CRITICAL)
        watch = cls(crawler)
        crawler.signals.connect(watch.item_error, signal=signals.item_error)
        return watch

    def item_error(self) -> None:
        self.stats.inc_value(stats_key("errors"))
