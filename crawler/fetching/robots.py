"""robots.txt, obeyed as RFC 9309 has it, with the pace that it asks for."""

import logging
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from twisted.internet.defer import Deferred

from crawler.causes import Cause
from crawler.counts import cause_count, stats_key
from crawler.fetching.challenge import is_challenge

logger = logging.getLogger(__name__)

MAX_BYTES = 512_000
"""How much of a robots.txt is read. RFC 9309, 2.5, asks a crawler to read 500 KiB at least; a file
of 20 MB took 934 MB of memory when it was read to its end."""

_LONGEST_DELAY_SECONDS = 10**9  # a longer number may be more than a float can hold
_TOO_MANY_REQUESTS = 429


class RobotsUnreachable(IgnoreRequest):
    """A page that is not asked for, because nobody could tell whether the site allows it.

    `error`: why its robots.txt could not be read. The cause of an exception of ours, e.g. the SSRF
    guard's, becomes the page's.
    """

    def __init__(self, message: str, error: Exception | None = None) -> None:
        super().__init__(message)
        self.cause: Cause = getattr(error, "cause", Cause.ROBOTS_UNREACHABLE)


class RobotsChallenged(IgnoreRequest):
    """A challenge in the place of a robots.txt, with whatever status: nobody can tell what the site
    allows to those who do not pass it."""

    cause = Cause.CHALLENGE


class CrawlDelayTooLong(IgnoreRequest):
    """A page that is not asked for, because its site wants longer between two requests than
    PATIENCE."""

    cause = Cause.CRAWL_DELAY


class Robots(RobotsTxtMiddleware):
    """Scrapy's middleware, which asks each host once a run, but reads an answer by its status.

    RFC 9309, 2.3.1.3-4: with 4xx there are no rules and everything is allowed; with 5xx, or with no
    answer at all, nothing is. 429 is taken for the latter, as Google's crawler does: a server that
    asks us to slow down has not said that we may come. So is a redirect that leads off the outlet's
    hosts, where no crawl goes.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.patience = crawler.settings.getfloat("PATIENCE")
        self.errors: dict[str, Exception] = {}  # by host and port

    async def robot_parser(self, request: Request) -> RobotParser | None:
        await super().robot_parser(request)
        # Of several requests that wait for one robots.txt, Scrapy 2.19 gives only the first its
        # rules.
        parser = self._parsers[urlsplit(request.url).netloc]
        assert not isinstance(parser, Deferred)
        return parser

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if is_challenge(response):
            raise RobotsChallenged(f"{response.url}: a challenge, with HTTP {response.status}")
        if response.status >= 500 or response.status == _TOO_MANY_REQUESTS:
            raise RobotsUnreachable(f"{response.url}: HTTP {response.status}")
        if response.status >= 400:
            response = response.replace(body=b"")
        readable = readable_part(response.body)
        if len(readable) < len(response.body):
            self._tell_cut(response.url, len(readable), len(response.body))
            response = response.replace(body=readable)
        await super()._parse_robots(response, netloc, request)

    def _tell_cut(self, url: str, read: int, size: int) -> None:
        """Count and name a robots.txt of `size` bytes of which the first `read` are read."""
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(stats_key(cause_count(Cause.ROBOTS_CUT)))
        logger.warning("%s: %s: %d of its %d bytes are read", Cause.ROBOTS_CUT, url, read, size)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self.errors[netloc] = exc
        super()._robots_error(exc, netloc)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        if rp is None:
            error = self.errors.get(urlsplit(request.url).netloc)
            raise RobotsUnreachable(f"{request.url}: its robots.txt could not be read", error)
        super().process_request_2(rp, request)
        delay = requested_delay(rp, self._robotstxt_useragent or self._default_useragent)
        if delay > self.patience:
            raise CrawlDelayTooLong(
                f"{request.url}: its robots.txt asks for {delay:.0f} s between requests"
            )


def readable_part(body: bytes) -> bytes:
    """Return as many whole lines of a robots.txt as fit into `MAX_BYTES`; all of a shorter one."""
    if len(body) <= MAX_BYTES:
        return body
    # A line that the limit cuts would be another rule: "Disallow: /a" is not "Disallow: /archive".
    end = max(body.rfind(b"\n", 0, MAX_BYTES), body.rfind(b"\r", 0, MAX_BYTES))
    return body[: end + 1]


def requested_delay(robots: RobotParser, user_agent: str) -> float:
    """Return the seconds between requests that a robots.txt asks of `user_agent`: the larger of
    Crawl-delay and Request-rate.

    The hours of the day that a Request-rate may name are taken for the whole day.
    """
    delay = robots.crawl_delay(user_agent) or 0.0
    rate = robots.rp.request_rate(user_agent) if isinstance(robots, ProtegoRobotParser) else None
    if rate is None:
        return delay
    return max(delay, min(rate.seconds, _LONGEST_DELAY_SECONDS) / rate.requests)
