"""The brake: ends a crawl without sending what still waits to be sent."""

from typing import Self

from scrapy import Request, signals
from scrapy.core.engine import ExecutionEngine
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.defer import deferred_from_coro

_LOOK_EVERY = 1.0  # seconds


class Stopped(IgnoreRequest):
    """A request that was not sent, because the crawl ends."""

    cause = "stopped"


class Brake:
    """A downloader middleware that takes back, from Scrapy's downloader, what has not been sent
    when a crawl ends.

    Scrapy would send all of it first: minutes of requests to a site that refuses them, or of
    waiting after a SIGTERM. What is taken back returns to the scheduler (and with JOBDIR to disk)
    and counts as no failure.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.pulled = False
        # Scrapy has no signal for the moment at which a crawl, for whatever reason, begins to end.
        self.watching = create_looping_call(self.watch)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        brake = cls(crawler)
        crawler.signals.connect(brake.opened, signal=signals.spider_opened)
        crawler.signals.connect(brake.closed, signal=signals.spider_closed)
        return brake

    @property
    def engine(self) -> ExecutionEngine:
        assert self.crawler.engine is not None
        return self.crawler.engine

    def opened(self) -> None:
        self.watching.start(_LOOK_EVERY, now=False)

    def closed(self) -> None:
        if self.watching.running:
            self.watching.stop()

    def watch(self) -> None:
        if self.engine._slot is not None and self.engine._slot.closing is not None:
            self.pull()

    def stop(self, reason: str) -> None:
        """End the crawl with Scrapy's close reason `reason`; no further request is sent."""
        if not self.pulled:
            self.pull()
            deferred_from_coro(self.engine.close_spider_async(reason=reason))

    def pull(self) -> None:
        self.pulled = True
        for slot in self.engine.downloader.slots.values():
            while slot.queue:
                _, waiting = slot.queue.popleft()
                waiting.errback(Stopped("the crawl ends"))

    def process_request(self, request: Request) -> None:
        if self.pulled:
            raise Stopped("the crawl ends")

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        # robots.txt, which has no callback, is asked for by the request that waits for it; that one
        # is taken back.
        if self.pulled and request.callback is not NO_CALLBACK:
            return request.replace(dont_filter=True)
        return None
