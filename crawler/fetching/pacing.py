"""Pacing: when the next request to a host group may start."""

from time import monotonic
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from crawler.fetching.robots import requested_delay
from crawler.text.hosts import registrable_domain

# By host group, the time (monotonic, seconds) that its delay counts from. Of the process, so that
# two outlets of a group, crawled one after the other, keep the delay between them.
_delay_starts: dict[str, float] = {}
# Without a delay Scrapy's slot looks neither at the time nor, in 2.19, at how many requests it has
# sent.
_LEAST_DELAY_SECONDS = 0.001


class Pacing:
    """A downloader middleware that gives each host group one slot of Scrapy's downloader, and sets
    its pace.

    The delay, the largest of the outlet's, robots.txt's and AutoThrottle's, counts from the end of
    an answer. From its request, as Scrapy counts, two would arrive closer together when the first
    had to wait for its connection.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.user_agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self.robots_delays: dict[str, float] = {}  # seconds, by host group

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if crawler.settings.get("REPLAY") is not None:
            raise NotConfigured  # there is nobody to be polite to
        pacing = cls(crawler)
        connect = crawler.signals.connect
        connect(pacing.robots_parsed, signal=signals.robots_parsed)
        connect(pacing.request_reached_downloader, signal=signals.request_reached_downloader)
        # After AutoThrottle, which as an extension is there before any middleware: it would go
        # below robots.txt.
        connect(pacing.response_downloaded, signal=signals.response_downloaded)
        connect(pacing.request_left_downloader, signal=signals.request_left_downloader)
        return pacing

    def process_request(self, request: Request) -> None:
        # Always anew: a redirect carries the slot of the request before it.
        request.meta["download_slot"] = _host_group(request)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Keep the largest delay that a robots.txt of the group asks for."""
        group = _host_group(request)
        delay = requested_delay(robotparser, self.user_agent)
        self.robots_delays[group] = max(self.robots_delays.get(group, 0.0), delay)

    def request_reached_downloader(self, request: Request) -> None:
        """Let the request's slot, which may be new, keep the delay that its group began before."""
        start = _delay_starts.get(request.meta["download_slot"], 0.0)
        self.start_delay(request, start)

    def response_downloaded(self, response: Response, request: Request) -> None:
        self.start_delay(request, monotonic())

    def request_left_downloader(self, request: Request) -> None:
        """Start the delay after an answer or a failure, and remember it for the group."""
        self.start_delay(request, monotonic())
        _delay_starts[request.meta["download_slot"]] = self.slot(request).lastseen

    def start_delay(self, request: Request, start: float) -> None:
        """Let the delay of the request's slot count from `start` (monotonic), or from later."""
        slot = self.slot(request)
        robots_delay = self.robots_delays.get(request.meta["download_slot"], 0.0)
        slot.delay = max(slot.delay, robots_delay, _LEAST_DELAY_SECONDS)
        slot.lastseen = max(slot.lastseen, start)

    def pause(self, request: Request, seconds: float) -> None:
        """Let no request to the group of `request` start for so long. A longer pause stays."""
        slot = self.slot(request)
        slot.lastseen = max(slot.lastseen, monotonic() + seconds - slot.delay)
        _delay_starts[request.meta["download_slot"]] = slot.lastseen

    def slot(self, request: Request) -> Slot:
        """Return the slot of a request that is in it, or was within the last minute (Scrapy
        forgets idle slots)."""
        assert self.crawler.engine is not None
        slot: Slot = self.crawler.engine.downloader.slots[request.meta["download_slot"]]
        return slot


def _host_group(request: Request) -> str:
    return registrable_domain(urlsplit(request.url).hostname or "")
