"""Pacing: when the next request to a host family may start."""

from time import monotonic
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from crawler.fetching.host_groups import family_of
from crawler.fetching.robots import asked_delay

# By family, the time (monotonic) that its delay counts from. Of the process, so that two outlets of
# a family, crawled one after the other, keep it between them.
_asked: dict[str, float] = {}
# Without a delay Scrapy's slot looks neither at the time nor, in 2.19, at how many requests it has
# sent.
_LEAST_DELAY = 0.001


class Pacing:
    """A downloader middleware that gives each host family one slot of Scrapy's downloader, and sets
    its pace.

    The delay, the largest of the outlet's, robots.txt's and AutoThrottle's, counts from the end of
    an answer. From its request, as Scrapy counts, two would arrive closer together when the first
    had to wait for its connection.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.user_agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self.delays: dict[str, float] = {}  # by family, what robots.txt asks for

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if crawler.settings.get("REPLAY") is not None:
            raise NotConfigured  # there is nobody to be polite to
        pacing = cls(crawler)
        crawler.signals.connect(pacing.robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(pacing.reached, signal=signals.request_reached_downloader)
        # After AutoThrottle, which as an extension is there before any middleware: it would go
        # below robots.txt.
        crawler.signals.connect(pacing.downloaded, signal=signals.response_downloaded)
        crawler.signals.connect(pacing.left, signal=signals.request_left_downloader)
        return pacing

    def process_request(self, request: Request) -> None:
        # Always anew: a redirect carries what was said of the request before it.
        request.meta["download_slot"] = family_of(urlsplit(request.url).hostname or "")

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        family = family_of(urlsplit(request.url).hostname or "")
        self.delays[family] = max(
            self.delays.get(family, 0.0), asked_delay(robotparser, self.user_agent)
        )

    def reached(self, request: Request) -> None:
        """Make the request's slot, which may have been made for it just now, know what is known of
        its family."""
        self.hold(request, since=_asked.get(request.meta["download_slot"], 0.0))

    def downloaded(self, response: Response, request: Request) -> None:
        self.hold(request, since=monotonic())

    def left(self, request: Request) -> None:
        """The request was answered, or failed."""
        self.hold(request, since=monotonic())
        _asked[request.meta["download_slot"]] = self.slot(request).lastseen

    def hold(self, request: Request, since: float) -> None:
        slot = self.slot(request)
        slot.delay = max(
            slot.delay, self.delays.get(request.meta["download_slot"], 0.0), _LEAST_DELAY
        )
        slot.lastseen = max(slot.lastseen, since)

    def pause(self, request: Request, seconds: float) -> None:
        """Let no request to the family of `request` start for so long. A longer pause stays as it
        is."""
        slot = self.slot(request)
        slot.lastseen = max(slot.lastseen, monotonic() + seconds - slot.delay)
        _asked[request.meta["download_slot"]] = slot.lastseen

    def slot(self, request: Request) -> Slot:
        """The slot of a request that is in it, or was within the last minute, when Scrapy forgets
        idle slots."""
        assert self.crawler.engine is not None
        slot: Slot = self.crawler.engine.downloader.slots[request.meta["download_slot"]]
        return slot
