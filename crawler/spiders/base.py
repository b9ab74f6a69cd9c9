"""OutletSpider: what every outlet's spider does, from its declaration to Articles as printed."""

import inspect
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.dates import DateError, ParsedDate, parse_date
from crawler.dedup import canonical_url
from crawler.discovery import DiscoveryError, Link, read
from crawler.discovery.kinds import Discovery
from crawler.extraction import examine
from crawler.fetching.causes import cause_of, is_challenge
from crawler.fetching.charset import header_charset
from crawler.health import tally
from crawler.items import Article
from crawler.outlet import Outlet, OutletError
from crawler.replay import fetched_at, replay_clock
from crawler.sources.gazetteer import gazetteer
from crawler.spiders.arguments import Arguments


class OutletSpider(Spider):
    """Crawls one outlet as its `outlet` declares it; a subclass adds nothing unless its site forces it.

    Arguments (`-a`): `since` and `until` (dates in UTC or instants; the span is [since, until)), or `url`, one
    article's address to read instead of discovery.
    """

    outlet: ClassVar[Outlet]
    allowed_domains: ClassVar[list[str]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        where = f"{inspect.getsourcefile(cls) or cls.__module__}: {cls.__name__}"
        if not isinstance(getattr(cls, "outlet", None), Outlet):
            raise TypeError(f"{where}: declare `outlet = Outlet(...)`")
        for source in (cls.outlet.publisher, *cls.outlet.house.brands):
            if source not in gazetteer().by_id:
                raise OutletError(f"{cls.outlet.name}: {source!r} is no id in crawler/sources/gazetteer.csv")
        cls.name = cls.outlet.name
        discovery_hosts = {urlsplit(d.url).hostname or "" for d in cls.outlet.discovery}
        cls.allowed_domains = [*cls.outlet.hosts, *sorted(discovery_hosts - {*cls.outlet.hosts})]

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name)
        self.arguments = Arguments.read(arguments)
        self.found: set[str] = set()

    @classmethod
    def update_settings(cls, settings: Any) -> None:
        super().update_settings(settings)
        settings.set("DOWNLOAD_DELAY", cls.outlet.delay, priority="spider")

    @classmethod
    def handles_request(cls, request: Request) -> bool:
        """Whether the address is an article or a discovery document of this outlet (hosts may be shared)."""
        return cls.outlet.is_article(request.url) or cls.announcer(request.url) is not None

    @classmethod
    def announcer(cls, url: str) -> Discovery | None:
        """The declared discovery whose document `url` is."""
        return next((kind for kind in cls.outlet.discovery if kind.covers(url)), None)

    # Discovery

    async def start(self) -> AsyncIterator[Request]:
        if self.arguments.url:
            self.count(tally.FOUND)
            yield self.article_request(Link(url=self.arguments.url))
            return
        since, until = self.arguments.days(self.outlet.tzinfo)
        for kind in self.outlet.discovery:
            for address in kind.addresses(self.today(), since=since, until=until):
                yield self.discovery_request(address, kind, page=1)

    def now(self) -> datetime:
        """The present instant; under REPLAY that of the outlet's newest recording."""
        return replay_clock(self.settings, self.outlet.name) or datetime.now(UTC)

    def today(self) -> date:
        """The day it is at the outlet."""
        return self.now().astimezone(self.outlet.tzinfo).date()

    def discovery_request(self, url: str, kind: Discovery, page: int) -> Request:
        return Request(
            url,
            callback=self.parse_discovery,
            errback=self.discovery_failed,
            cb_kwargs={"kind": kind, "page": page},
            priority=1,
        )

    def parse_discovery(self, response: Response, kind: Discovery, page: int) -> Iterator[Request]:
        """The article addresses that a feed, sitemap or listing announces, and its further documents."""
        try:
            announced = read(kind, response.body, response.url, encoding=header_charset(response))
        except DiscoveryError as error:
            self.count(tally.DISCOVERY_FAILED)
            self.count_failure(error, response.url)
            return
        self.count(tally.FAILURE + "broken_entry", announced.broken)
        if any(self.outlet.is_article(link.url) for link in announced.links):
            self.count(tally.DISCOVERED)
        elif announced.links:
            self.count(tally.FAILURE + "no_article_address")
            self.count(tally.DISCOVERY_FAILED)
            self.logger.warning(
                "no_article_address: %s announces %d addresses, none an article of the outlet; the first: %s",
                response.url,
                len(announced.links),
                announced.links[0].url,
            )
        for link in announced.links:
            if not self.outlet.is_article(link.url):
                self.count(tally.OFF_PATTERN)
            elif self.is_new(link):
                if self.is_wanted(link):
                    self.count(tally.FOUND)
                    yield self.article_request(link)
                else:
                    self.count(tally.DROPPED + "outside_span")
        if page < getattr(kind, "pages", 2):
            for url in announced.following:
                yield self.discovery_request(url, kind, page + 1)

    def is_new(self, link: Link) -> bool:
        """Whether no other announcement of this run led to the same page, by this address or a twin of it."""
        address = canonical_url(link.url, outlet=self.outlet)
        new = address not in self.found
        self.found.add(address)
        return new

    def is_wanted(self, link: Link) -> bool:
        """Whether what the announcement says of the article's date leaves it inside `since` and `until`.

        A change comes after publication, so one before `since` rules the article out and a late one rules out
        nothing. An announcement without a readable date is wanted: the article itself will tell.
        """
        if published := self.read(link.published_raw):
            return self.arguments.span_holds(published.instant, published.precision)
        changed = self.read(link.changed)
        return changed is None or replace(self.arguments, until=None).span_holds(
            changed.instant, changed.precision
        )

    def read(self, announced: str | None) -> ParsedDate | None:
        """A date that a feed or sitemap prints; None where there is none that can be read."""
        try:
            order = self.outlet.date_order
            return parse_date(announced, zone=self.outlet.zone, now=self.now(), order=order) if announced else None
        except DateError:
            return None

    # Articles

    def article_request(self, link: Link) -> Request:
        return Request(
            link.url,
            callback=self.parse_article,
            errback=self.article_failed,
            cb_kwargs={"announced": link},
        )

    def parse_article(self, response: Response, announced: Link | None = None) -> Iterator[Article]:
        """The Article that the page prints; nothing, and a count of why, when it prints none."""
        self.count(tally.FETCHED)
        if announced and not self.outlet.is_article(response.url):
            self.refuse("redirected", response)
            return
        seen = fetched_at(response) or datetime.now(UTC)
        page = examine(
            response.body,
            response.url,
            zone=self.outlet.zone,
            outlet=self.outlet,
            now=seen,
            encoding=header_charset(response),
        )
        if page.verdict != "article":
            self.refuse("challenge" if is_challenge(response) else f"not_article/{page.verdict}", response)
            return
        for name in page.disagreements:
            self.count(tally.DOUBT + f"drift/{name}")
        article = page.article
        if article.published and not self.arguments.span_holds(article.published, article.published_precision):
            self.count(tally.DROPPED + "outside_span")
            return
        article.outlet = self.outlet.name
        article.fetched_at = seen
        if announced and article.published is None and not article.published_raw:
            article.published_raw = announced.published_raw
        yield article

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Article | Request]:
        """What `scrapy parse URL` shows: an article, or what a discovery document announces."""
        kind = self.announcer(response.url)
        yield from self.parse_discovery(response, kind, page=1) if kind else self.parse_article(response)

    # Failures

    def refuse(self, cause: str, response: Response) -> None:
        """Count and name a page that came, but is not the article that was announced."""
        self.count(tally.FAILURE + cause)
        self.logger.warning("%s: %s", cause, response.url)

    def article_failed(self, failure: Failure) -> None:
        self.count_failure(failure.value, failure.request.url)  # type: ignore[attr-defined]

    def discovery_failed(self, failure: Failure) -> None:
        self.count(tally.DISCOVERY_FAILED)
        self.count_failure(failure.value, failure.request.url)  # type: ignore[attr-defined]

    def count_failure(self, error: BaseException | None, url: str) -> None:
        assert error is not None
        cause = cause_of(error)
        self.count(tally.FAILURE + cause)
        self.logger.warning("%s: %s", cause, url)

    def count(self, key: str, by: int = 1) -> None:
        assert self.crawler.stats is not None
        if by:
            self.crawler.stats.inc_value(key, by)
