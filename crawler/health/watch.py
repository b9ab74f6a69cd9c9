"""Counts what Scrapy only logs, so that a run's exit status knows of it."""

from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler

from crawler.health import tally


class ErrorWatch:
    """Counts exceptions in pipelines, and requests that were dropped as leading off the outlet's hosts."""

    def __init__(self, crawler: Crawler) -> None:
        assert crawler.stats is not None
        self.stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        watch = cls(crawler)
        crawler.signals.connect(watch.item_error, signal=signals.item_error)
        crawler.signals.connect(watch.request_dropped, signal=signals.request_dropped)
        return watch

    def item_error(self) -> None:
        self.stats.inc_value(tally.ERRORS)

    def request_dropped(self, request: Request) -> None:
        self.stats.inc_value(tally.FAILURE + "dropped")
