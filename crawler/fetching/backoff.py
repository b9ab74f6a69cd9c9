"""Back-off: a host group waits when its server is busy or failing."""

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

from crawler.causes import Cause, Ending
from crawler.discovery.request import name_request
from crawler.fetching.early_stop import EarlyStop
from crawler.fetching.pacing import Pacing
from crawler.fetching.refusal_limit import BUSY_STATUSES, is_good, is_refusal

logger = logging.getLogger(__name__)

_TOO_MANY_REQUESTS = 429
_REQUEST_TIMEOUT = 408
_NO_ANSWER = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)


class Backoff:
    """A downloader middleware that makes a whole host group wait, or ends the crawl, when its
    server is busy.

    It stands below Scrapy's RetryMiddleware, which decides which requests are tried again, and how
    often.

    - 429 and 503: the group waits as long as Retry-After says, and without that header
      BACKOFF_DELAY, doubled with each such answer in a row. After BACKOFF_TIMES waits in a row that
      did not help, or at once when Retry-After is longer than PATIENCE, the crawl ends: as refused
      after 429, as unavailable after 503. A good answer ends the row. A challenge page with such a
      status is left to RefusalLimit.
    - Other errors of the server, and no answer at all: twice the delay, doubled with each try of
      the request.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.first_wait = settings.getfloat("BACKOFF_DELAY")
        self.waits = settings.getint("BACKOFF_TIMES")
        self.patience = settings.getfloat("PATIENCE")
        self.busy_in_a_row: Counter[str] = Counter()  # answers, by host group

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if crawler.settings.get("REPLAY") is not None:
            raise NotConfigured  # there is nobody to be polite to
        backoff = cls(crawler)
        crawler.signals.connect(backoff.engine_started, signal=signals.engine_started)
        return backoff

    def engine_started(self) -> None:
        pacing = self.crawler.get_downloader_middleware(Pacing)
        early_stop = self.crawler.get_downloader_middleware(EarlyStop)
        assert isinstance(pacing, Pacing)
        assert isinstance(early_stop, EarlyStop)
        self.pacing, self.early_stop = pacing, early_stop

    def process_response(self, request: Request, response: Response) -> Response:
        if is_refusal(response):
            return response
        group = request.meta["download_slot"]
        if response.status in BUSY_STATUSES:
            self.wait_or_leave(group, request, response)
        elif response.status >= 500 or response.status == _REQUEST_TIMEOUT:
            self.slow_down(request)
        elif is_good(response):
            self.busy_in_a_row[group] = 0
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        if isinstance(exception, _NO_ANSWER):
            self.slow_down(request)

    def wait_or_leave(self, group: str, request: Request, response: Response) -> None:
        """Let the group wait, or end the crawl when it has waited often or would wait long."""
        self.busy_in_a_row[group] += 1
        times = self.busy_in_a_row[group]
        seconds = retry_after(response, now=datetime.now(UTC))
        if seconds is None:
            seconds = min(self.first_wait * 2 ** (times - 1), self.patience)
        if times > self.waits or seconds > self.patience:
            self.leave(request, response, seconds)
        else:
            cause = Cause.http(response.status)
            named = name_request(response.url, request.body.decode("utf-8", "replace"))
            logger.warning("%s: %s: waiting %.0f s", cause, named, seconds)
            self.pacing.pause(request, seconds)

    def leave(self, request: Request, response: Response, seconds: float) -> None:
        request.meta["dont_retry"] = True
        refused = response.status == _TOO_MANY_REQUESTS
        ending = Ending.REFUSED if refused else Ending.UNAVAILABLE
        logger.error("%s: %s; it would have us wait %.0f s more", ending, response, seconds)
        self.early_stop.stop(ending)

    def slow_down(self, request: Request) -> None:
        tries = request.meta.get("retry_times", 0) + 1
        seconds = self.pacing.slot(request).delay * 2**tries
        self.pacing.pause(request, min(seconds, self.patience))


def retry_after(response: Response, *, now: datetime) -> float | None:
    """Return the seconds that Retry-After says to wait (RFC 9110, 10.2.3); None when the header is
    missing or unreadable.

    A date is counted from the response's own Date, and from `now` (aware) without that header.
    """
    value = response.headers.get("Retry-After") or b""
    if re.fullmatch(rb"\d+", value):
        return float(value)
    until = _parse_date(value)
    if until is None:
        return None
    sent = _parse_date(response.headers.get("Date")) or now
    return max(0.0, (until - sent).total_seconds())


def _parse_date(value: bytes | None) -> datetime | None:
    try:
        date = parsedate_to_datetime((value or b"").decode("ascii"))
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
