"""What a site's answers ask of a crawl: to wait before it goes on, or to go away."""

import logging
import re
from collections import Counter
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    NotConfigured,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.fetching.causes import is_challenge
from crawler.fetching.pacing import Pacing
from crawler.fetching.refusal_limit import Brake

logger = logging.getLogger(__name__)

BUSY = (429, 503)
REFUSING = (401, 403, 451)
FAILED = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)


class Backoff:
    """A downloader middleware that makes a whole host family wait, or ends the crawl, when its site
    asks for it.

    It stands below Scrapy's RetryMiddleware, which decides what is tried again, and how often.

    - 429 and 503: the family waits as long as Retry-After says, and without one BACKOFF_DELAY,
      doubled with each such answer in a row. After BACKOFF_TIMES waits in a row that did not help,
      or at once when Retry-After is longer than PATIENCE, the crawl ends: "refused" after 429,
      "unavailable" after 503.
    - REFUSED_AFTER refusing answers in a row (401, 403, 451, a challenge page): the crawl ends as
      "refused". Answers to requests for robots.txt do not count (RFC 9309 allows everything where
      it is forbidden).
    - Other errors of the server, and no answer at all: twice the delay, doubled with each try of
      the request.

    A row ends with a good answer.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.first = settings.getfloat("BACKOFF_DELAY")
        self.times = settings.getint("BACKOFF_TIMES")
        self.patience = settings.getfloat("PATIENCE")
        self.refused_after = settings.getint("REFUSED_AFTER")
        self.busy: Counter[str] = Counter()  # answers in a row, by family
        self.refusals: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if crawler.settings.get("REPLAY") is not None:
            raise NotConfigured  # there is nobody to be polite to
        backoff = cls(crawler)
        crawler.signals.connect(backoff.engine_started, signal=signals.engine_started)
        return backoff

    def engine_started(self) -> None:
        pacing, brake = map(self.crawler.get_downloader_middleware, (Pacing, Brake))
        assert isinstance(pacing, Pacing)
        assert isinstance(brake, Brake)
        self.pacing, self.brake = pacing, brake

    def process_response(self, request: Request, response: Response) -> Response:
        family = request.meta["download_slot"]
        for_robots = request.callback is NO_CALLBACK
        if response.status in REFUSING or (response.status in BUSY and is_challenge(response)):
            if not for_robots:
                self.refused(family, request, response)
        elif response.status in BUSY:
            self.wait_or_leave(family, request, response)
        elif response.status >= 500 or response.status == 408:
            self.slow_down(request)
        elif response.status < 300 or response.status == 304:
            self.busy[family] = 0
            if not for_robots:
                self.refusals[family] = 0
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        if isinstance(exception, FAILED):
            self.slow_down(request)

    def refused(self, family: str, request: Request, response: Response) -> None:
        request.meta["dont_retry"] = True  # a challenge may come as 429 or 503
        self.refusals[family] += 1
        if self.refusals[family] == self.refused_after:
            logger.error(
                "refused: %s answered %d times in a row like %s",
                family,
                self.refused_after,
                response,
            )
            self.brake.stop("refused")

    def wait_or_leave(self, family: str, request: Request, response: Response) -> None:
        self.busy[family] += 1
        asked = retry_after(response, now=datetime.now(UTC))
        seconds = (
            min(self.first * 2 ** (self.busy[family] - 1), self.patience)
            if asked is None
            else asked
        )
        if self.busy[family] > self.times or seconds > self.patience:
            request.meta["dont_retry"] = True
            reason = "refused" if response.status == 429 else "unavailable"
            logger.error("%s: %s; it would have us wait %.0f s more", reason, response, seconds)
            self.brake.stop(reason)
        else:
            logger.warning("http_%d: %s: waiting %.0f s", response.status, response.url, seconds)
            self.pacing.pause(request, seconds)

    def slow_down(self, request: Request) -> None:
        tries = request.meta.get("retry_times", 0) + 1
        self.pacing.pause(request, min(self.pacing.slot(request).delay * 2**tries, self.patience))


def retry_after(response: Response, *, now: datetime) -> float | None:
    """Seconds that Retry-After says to wait (RFC 9110, 10.2.3); None when there is none, or none
    that can be read.

    A date is counted from the response's own Date, and from `now` (aware) where it has none.
    """
    value = response.headers.get("Retry-After") or b""
    if re.fullmatch(rb"\d+", value):
        return float(value)
    if (until := _read_date(value)) is None:
        return None
    return max(0.0, (until - (_read_date(response.headers.get("Date")) or now)).total_seconds())


def _read_date(value: bytes | None) -> datetime | None:
    try:
        date = parsedate_to_datetime((value or b"").decode("ascii"))
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
