"""Ends a crawl without sending the requests that still wait."""

from typing import Self

from scrapy import Request, signals
from scrapy.core.engine import ExecutionEngine
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.defer import deferred_from_coro

from crawler.causes import Cause, Ending

downloads_cancelled = object()
"""A signal of Scrapy's kind: what is being downloaded is to be given up (`RequestCancelled`)."""

_CHECK_SECONDS = 1.0  # between two looks at whether the crawl is ending


class RequestCancelled(IgnoreRequest):
    """A request cancelled because the crawl ends: not yet sent or, after a signal, sent
    and its answer not yet read."""

    cause = Cause.STOPPED


class EarlyStop:
    """A downloader middleware that takes back from Scrapy's downloader the requests that have not
    been sent when a crawl ends, and after a SIGTERM also those whose answers have not been read.

    Scrapy would first send them all: minutes of requests to a site that refuses them; and after a
    SIGTERM it would wait for stalled answers and parse every page. A request taken back returns to
    the scheduler (with JOBDIR to disk) and counts as no failure.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.stopped = False
        # Scrapy has no signal for the moment at which a crawl, for whatever reason, begins to end.
        self.watch = create_looping_call(self.stop_if_closing)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        early_stop = cls(crawler)
        crawler.signals.connect(early_stop.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(early_stop.spider_closed, signal=signals.spider_closed)
        return early_stop

    @property
    def engine(self) -> ExecutionEngine:
        assert self.crawler.engine is not None
        return self.crawler.engine

    def spider_opened(self) -> None:
        self.watch.start(_CHECK_SECONDS, now=False)

    def spider_closed(self) -> None:
        if self.watch.running:
            self.watch.stop()

    @property
    def is_signalled(self) -> bool:
        """True when a signal ends the process."""
        return not self.engine.running

    def stop_if_closing(self) -> None:
        if self.engine._slot is not None and self.engine._slot.closing is not None:
            self.take_back_waiting()
            if self.is_signalled:
                self.crawler.signals.send_catch_log(downloads_cancelled)

    def stop(self, reason: Ending) -> None:
        """End the crawl with Scrapy's close reason `reason`; no further request is sent."""
        if not self.stopped:
            self.take_back_waiting()
            deferred_from_coro(self.engine.close_spider_async(reason=reason))

    def take_back_waiting(self) -> None:
        """Fail every request that waits in the downloader, and from now on every new one."""
        self.stopped = True
        for slot in self.engine.downloader.slots.values():
            while slot.queue:
                _, waiting = slot.queue.popleft()
                waiting.errback(RequestCancelled("the crawl ends"))

    def process_request(self, request: Request) -> None:
        if self.stopped or self.is_signalled:
            raise RequestCancelled("the crawl ends")

    def process_response(self, request: Request, response: Response) -> Request | Response:
        if self.is_signalled and request.callback is not NO_CALLBACK:
            return request.replace(dont_filter=True)
        return response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        # The request for a robots.txt has no callback: the request that waits for its rules is
        # taken back in its place.
        if (self.stopped or self.is_signalled) and request.callback is not NO_CALLBACK:
            return request.replace(dont_filter=True)
        return None
