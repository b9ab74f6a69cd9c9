"""The time limit of a run, and the queue of articles that are requested until it is reached."""

import asyncio
import heapq
import logging
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.causes import Cause
from crawler.counts import stats_key
from crawler.frontier import TrackedUrl
from crawler.runs.frontier_session import tracked_url_of

logger = logging.getLogger(__name__)

_Held = tuple[datetime, str, TrackedUrl, bytes | None]
"""When an article was due, its address, the article, and the header Referer of its request."""


class OutOfTime(IgnoreRequest):
    """A request that is not begun, because the time of the run is over."""

    cause = Cause.OUT_OF_TIME


class RunBudget:
    """A spider middleware that queues article requests itself, and gives Scrapy's scheduler the
    longest due one whenever the scheduler is empty.

    When RUN_SECONDS are over no request is begun any more. The articles that were not asked for by
    the end of a run are counted as `left`; the frontier has them, and as the ones longest due they
    come first in the next run.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.is_over = False
        self._crawler = crawler
        self._seconds = crawler.settings.getfloat("RUN_SECONDS")
        self._held: list[_Held] = []  # a heap
        self._timer: asyncio.TimerHandle | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if crawler.settings.get("JOBDIR"):
            raise NotConfigured  # there Scrapy's queues are what the next crawl goes on from
        budget = cls(crawler)
        crawler.signals.connect(budget.start_timer, signal=signals.spider_opened)
        crawler.signals.connect(budget.stop_timer, signal=signals.spider_closed)
        crawler.signals.connect(budget.ask_for_next, signal=signals.scheduler_empty)
        return budget

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        async for output in start:
            if not self.hold(output):
                yield output

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        async for output in result:
            if not self.hold(output):
                yield output

    def hold(self, output: object) -> bool:
        """Keep the article that `output` asks for. Return False for anything else, and for the
        article that somebody has named by its address."""
        tracked = tracked_url_of(output) if isinstance(output, Request) else None
        if tracked is None or self._scope() == "url":
            return False
        assert isinstance(output, Request)
        due = tracked.due or tracked.found
        heapq.heappush(self._held, (due, tracked.address, tracked, output.headers.get("Referer")))
        self.count_left(1)
        return True

    def ask_for_next(self) -> None:
        """Hand Scrapy the article that is longest due; its scheduler asks again as soon as it can
        work on one more. Of several at once it would begin with the last."""
        if self.is_over or not self._held:
            return
        spider: Any = self._crawler.spider
        _, _, tracked, referer = heapq.heappop(self._held)
        request = spider.article_request(tracked)
        if referer:
            request.headers.setdefault("Referer", referer)
        self.count_left(-1)
        self._crawler.engine.crawl(request)

    def start_timer(self) -> None:
        """Let the time run, unless RUN_SECONDS is 0 or somebody waits for the crawl of a span or of
        one address."""
        if self._seconds > 0 and self._scope() == "all":
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self._seconds, self.end)

    def stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def end(self) -> None:
        """Begin no further request: what waits for its turn in the downloader ends now, what is
        scheduled in `Deadline`."""
        self.is_over = True
        name = self._crawler.spidercls.name
        logger.warning("%s: %g seconds are over (RUN_SECONDS); no page more", name, self._seconds)
        for slot in self._crawler.engine.downloader.slots.values():
            while slot.queue:
                request, answer = slot.queue.popleft()
                answer.errback(Failure(OutOfTime(request.url)))  # type: ignore[no-untyped-call]

    def count_left(self, by: int) -> None:
        """Add `by` to the number of articles that are not asked for."""
        self._crawler.stats.inc_value(stats_key("left"), by)

    def _scope(self) -> str:
        arguments = getattr(self._crawler.spider, "arguments", None)
        return arguments.scope if arguments else "all"


class Deadline:
    """A downloader middleware that begins no request when the time of the run is over."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._budget: RunBudget | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        deadline = cls(crawler)
        crawler.signals.connect(deadline.engine_started, signal=signals.engine_started)
        return deadline

    def engine_started(self) -> None:
        self._budget = self._crawler.get_spider_middleware(RunBudget)

    def process_request(self, request: Request) -> None:
        if self._budget is not None and self._budget.is_over:
            raise OutOfTime(request.url)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count as left the article of a request that was not begun for lack of time."""
        is_article = tracked_url_of(request) is not None
        if is_article and self._budget and getattr(exception, "cause", None) is Cause.OUT_OF_TIME:
            self._budget.count_left(1)
