"""Counts errors that Scrapy only logs, so that a run's exit status can tell them."""

import logging
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.counts import stats_key

# Loggers of Scrapy whose failures the spider logs in one line, with their causes; some of them log
# many lines with a traceback.
_LOGGED_BY_US = (
    "downloadermiddlewares.robotstxt",
    "downloadermiddlewares.retry",
    "downloadermiddlewares.httpcompression",
    "core.downloader.handlers.http11",
)


class ErrorWatch:
    """Counts exceptions in the item pipelines, and silences Scrapy where we log the same failure in
    one line."""

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        for name in _LOGGED_BY_US:
            logging.getLogger(f"scrapy.{name}").setLevel(logging.CRITICAL)
        watch = cls(crawler)
        crawler.signals.connect(watch.item_error, signal=signals.item_error)
        return watch

    def item_error(self) -> None:
        self.stats.inc_value(stats_key("errors"))
