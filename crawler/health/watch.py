"""Counts what Scrapy only logs, so that a run's exit status knows of it."""

import logging
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler

from crawler.health import tally

logger = logging.getLogger(__name__)

# What these tell, some of it in many lines with a traceback, the spider tells in one, with its cause.
_TOLD_BY_US = (
    "downloadermiddlewares.robotstxt",
    "downloadermiddlewares.retry",
    "downloadermiddlewares.httpcompression",
    "core.downloader.handlers.http11",
)


class ErrorWatch:
    """Counts exceptions in the item pipelines; keeps Scrapy from telling at length what we tell in a line."""

    def __init__(self, crawler: Crawler) -> None:
        assert crawler.stats is not None
        self.stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        for name in _TOLD_BY_US:
            logging.getLogger(f"scrapy.{name}").setLevel(logging.CRITICAL)
        watch = cls(crawler)
        crawler.signals.connect(watch.item_error, signal=signals.item_error)
        crawler.signals.connect(watch.request_scheduled, signal=signals.request_scheduled)
        return watch

    def request_scheduled(self, request: Request, spider: Spider) -> None:
        """Name what Scrapy is about to drop, without a word, because it leads off the outlet's hosts."""
        host = urlsplit(request.url).hostname or ""
        if not any(
            host == domain or host.endswith(f".{domain}") for domain in getattr(spider, "allowed_domains", ())
        ):
            logger.warning("offsite: %s", request.url)

    def item_error(self) -> None:
        self.stats.inc_value(tally.ERRORS)
