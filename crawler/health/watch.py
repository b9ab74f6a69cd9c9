"""Counts what Scrapy only logs, so that a run's exit status knows of it."""

import logging
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.health import tally


class ErrorWatch:
    """Counts exceptions in the item pipelines; keeps Scrapy from telling at length what we tell in a line."""

    def __init__(self, crawler: Crawler) -> None:
        assert crawler.stats is not None
        self.stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        # Both write many lines, tracebacks among them, of what the spider then tells in one, with its cause.
        for name in ("robotstxt", "retry"):
            logging.getLogger(f"scrapy.downloadermiddlewares.{name}").setLevel(logging.CRITICAL)
        watch = cls(crawler)
        crawler.signals.connect(watch.item_error, signal=signals.item_error)
        return watch

    def item_error(self) -> None:
        self.stats.inc_value(tally.ERRORS)
