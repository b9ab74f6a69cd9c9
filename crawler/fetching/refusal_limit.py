"""The refusal limit: a site that refuses several times in a row is left alone."""

import logging
from collections import Counter
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.causes import Ending
from crawler.fetching.challenge import is_challenge
from crawler.fetching.early_stop import EarlyStop

logger = logging.getLogger(__name__)

BUSY_STATUSES = (429, 503)
_REFUSING_STATUSES = (401, 403, 451)


class RefusalLimit:
    """A downloader middleware that ends the crawl as refused after REFUSED_AFTER refusing answers
    of one host group in a row (401, 403, 451, a challenge page).

    A good answer ends the row. Answers to requests for robots.txt do not count: RFC 9309 allows
    everything where it is forbidden.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.limit = crawler.settings.getint("REFUSED_AFTER")
        self.in_a_row: Counter[str] = Counter()  # refusing answers, by host group

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if crawler.settings.get("REPLAY") is not None:
            raise NotConfigured  # there is no site to leave alone
        refusal_limit = cls(crawler)
        crawler.signals.connect(refusal_limit.engine_started, signal=signals.engine_started)
        return refusal_limit

    def engine_started(self) -> None:
        early_stop = self.crawler.get_downloader_middleware(EarlyStop)
        assert isinstance(early_stop, EarlyStop)
        self.early_stop = early_stop

    def process_response(self, request: Request, response: Response) -> Response:
        if request.callback is NO_CALLBACK:  # the request for a robots.txt
            return response
        group = request.meta["download_slot"]
        if is_refusal(response):
            request.meta["dont_retry"] = True  # a challenge may come as 405, 429 or 503
            self.count_refusal(group, response)
        elif self.in_a_row[group] and is_good(response) and not is_challenge(response):
            self.in_a_row[group] = 0
        return response

    def count_challenge(self, response: Response) -> None:
        """Count a challenge served with the status of a good answer. The spider calls this: only a
        failed extraction shows that it is one."""
        if response.request is not None and not is_refusal(response):
            self.count_refusal(response.request.meta["download_slot"], response)

    def count_refusal(self, group: str, response: Response) -> None:
        self.in_a_row[group] += 1
        if self.in_a_row[group] == self.limit:
            logger.error(
                "refused: %s answered %d times in a row like %s", group, self.limit, response
            )
            self.early_stop.stop(Ending.REFUSED)


def is_refusal(response: Response) -> bool:
    """Return True for an answer by which the site says that it does not want to be read."""
    if response.status in _REFUSING_STATUSES:
        return True
    return response.status >= 400 and is_challenge(response)


def is_good(response: Response) -> bool:
    """Return True for an answer that brought the page, or said that it has not changed."""
    return response.status < 300 or response.status == 304
