"""OutletSpider: what every outlet's spider does, from its declaration to Articles as printed."""

import inspect
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.causes import Cause
from crawler.counts import cause_count, stats_key
from crawler.dates import DateError, ParsedDate, parse_date
from crawler.discovery import DiscoveryError, Link, read_document
from crawler.discovery.kinds import Discovery
from crawler.extraction import examine
from crawler.fetching.content_type import header_charset
from crawler.fetching.failures import cause_of, is_challenge
from crawler.frontier import TrackedUrl
from crawler.items import Article
from crawler.outlet import Outlet, OutletError
from crawler.replay import fetched_at, replay_clock
from crawler.runs.frontier_session import FrontierSession, tracked_url_of
from crawler.runs.session import session_of
from crawler.sources.gazetteer import gazetteer
from crawler.spiders.arguments import Arguments


class OutletSpider(Spider):
    """Crawls one outlet as its `outlet` declares it; a subclass adds nothing unless its site forces
    it.

    Arguments (`-a`): `since` and `until` (dates in UTC or instants; the span is [since, until)), or
    `url`, one article's address to read instead of discovery.
    """

    outlet: ClassVar[Outlet]
    allowed_domains: ClassVar[list[str]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        where = f"{inspect.getsourcefile(cls) or cls.__module__}: {cls.__name__}"
        if not isinstance(getattr(cls, "outlet", None), Outlet):
            raise TypeError(f"{where}: declare `outlet = Outlet(...)`")
        for source in (cls.outlet.publisher, *cls.outlet.style.brands):
            if source not in gazetteer().by_id:
                raise OutletError(
                    f"{cls.outlet.name}: {source!r} is no id in crawler/sources/gazetteer.csv"
                )
        cls.name = cls.outlet.name
        discovery_hosts = {urlsplit(d.url).hostname or "" for d in cls.outlet.discovery}
        cls.allowed_domains = [*cls.outlet.hosts, *sorted(discovery_hosts - {*cls.outlet.hosts})]

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name)
        self.arguments = Arguments.read(arguments)
        self.announced: set[str] = set()  # addresses, each counted once
        self.asked: set[str] = set()  # of them and of what was due, such as were asked for

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.request_scheduled, signal=signals.request_scheduled)
        return spider

    @classmethod
    def update_settings(cls, settings: Any) -> None:
        super().update_settings(settings)
        settings.set("DOWNLOAD_DELAY", cls.outlet.delay, priority="spider")

    @classmethod
    def handles_request(cls, request: Request) -> bool:
        """Whether the address is an article or a discovery document of this outlet (hosts may be
        shared)."""
        return cls.outlet.is_article(request.url) or cls.announcer(request.url) is not None

    @classmethod
    def announcer(cls, url: str) -> Discovery | None:
        """The declared discovery whose document `url` is."""
        return next((kind for kind in cls.outlet.discovery if kind.covers(url)), None)

    # Discovery

    async def start(self) -> AsyncIterator[Request]:
        self.began = now = self.now()
        if self.arguments.url:
            self.count("found")
            tracked = await self.frontier.article(self.arguments.url, now)
            yield self.article_request(
                replace(tracked, reader_version=None)
            )  # it is read anew, changed or not
            return
        since, until = self.arguments.days(self.outlet.tzinfo)
        for kind in self.outlet.discovery:
            for address in kind.addresses(self.today(), since=since, until=until):
                yield await self.discovery_request(address, kind, number=1)
        if not self.arguments.span:
            async for tracked in self.frontier.due(now):
                if self.is_new(tracked):
                    yield self.article_request(tracked)

    @property
    def frontier(self) -> FrontierSession:
        """The frontier of this crawl: the addresses that are tracked for the outlet."""
        return session_of(self.crawler).frontier

    def now(self) -> datetime:
        """The present instant; under REPLAY that of the outlet's newest recording."""
        return replay_clock(self.settings, self.outlet.name) or datetime.now(UTC)

    def today(self) -> date:
        """The day it is at the outlet."""
        return self.now().astimezone(self.outlet.tzinfo).date()

    async def discovery_request(self, url: str, kind: Discovery, number: int) -> Request:
        """The request of a discovery document, the `number`th page of its kind from the declared
        one on."""
        document = await self.frontier.document(url, self.now())
        # A walk through a span of days leaves addresses out: what it reads does not count as read.
        conditions = {} if self.arguments.span else self.frontier.conditions(document, self.now())
        return Request(
            url,
            callback=self.parse_discovery,
            errback=self.discovery_failed,
            cb_kwargs={"kind": kind, "number": number, "document": document},
            headers=conditions,
            meta={"handle_httpstatus_list": [304]} if conditions else {},
            priority=1,
        )

    async def parse_discovery(
        self,
        response: Response,
        kind: Discovery,
        number: int = 1,
        document: TrackedUrl | None = None,
    ) -> AsyncIterator[Request]:
        """The article addresses that a feed, sitemap or listing announces, and its further
        documents."""
        if document and not self.arguments.span and self.frontier.is_unchanged(document, response):
            self.count("discovered", int(document.links > 0))
            self.count("found", document.links)
            self.count("known", document.links)
            self.frontier.unchanged(document, self.now())
            further_urls = document.further_urls
        else:
            try:
                announcement = read_document(
                    kind, response.body, response.url, encoding=header_charset(response)
                )
            except DiscoveryError as error:
                self.count("discovery_failed")
                self.count_failure(error, response.url)
                return
            self.count_cause(Cause.BROKEN_ENTRY, announcement.broken_entries)
            self.count_cause(Cause.TOO_MANY_ENTRIES, announcement.links_left_out)
            links = [link for link in announcement.links if self.outlet.is_article(link.url)]
            self.count_links(announcement.links, len(links), response.url)
            announcer = document.url if document else response.url
            for request in await self.requests_of(links, announcer):
                yield request
            further_urls = announcement.further_urls
            # One that is cut short, or announces nothing of ours, is read again whatever its
            # validators say.
            whole = not announcement.broken_entries and (links or not announcement.links)
            if document and not self.arguments.span and whole:
                self.frontier.read(
                    document, response, self.now(), links=len(links), further_urls=further_urls
                )
        if number < getattr(kind, "pages", 2):
            for url in further_urls:
                yield await self.discovery_request(url, kind, number + 1)

    def count_links(self, links: Sequence[Link], articles: int, url: str) -> None:
        """Count what a document announces, `articles` of its links being articles' addresses."""
        self.count("off_pattern", len(links) - articles)
        if articles:
            self.count("discovered")
        elif links:
            self.count_cause(Cause.NO_ARTICLE_ADDRESS)
            self.count("discovery_failed")
            self.logger.warning(
                "no_article_address: %s announces %d addresses, none an article of the outlet; the first: %s",
                url,
                len(links),
                links[0].url,
            )

    async def requests_of(self, links: Sequence[Link], announcer: str) -> list[Request]:
        """The requests of those announced articles that are wanted, and are new or due to be looked
        at again."""
        wanted = [link for link in links if self.is_wanted(link)]
        self.count_cause(Cause.OUTSIDE_SPAN, len(links) - len(wanted))
        now = self.now()
        tracked_urls = await self.frontier.announce(
            [(link, self.instant(link.changed)) for link in wanted], now, announcer
        )
        first = [tracked for tracked in tracked_urls if tracked.address not in self.announced]
        self.announced.update(tracked.address for tracked in first)
        due = [tracked for tracked in first if tracked.is_due(now) or tracked.address in self.asked]
        self.count("found", len(first))
        self.count("known", len(first) - len(due))
        return [self.article_request(tracked) for tracked in due if self.is_new(tracked)]

    def is_new(self, tracked: TrackedUrl) -> bool:
        """Whether nothing else in this run led to the same page, by this address or a twin of
        it."""
        new = tracked.address not in self.asked
        self.asked.add(tracked.address)
        return new

    def is_wanted(self, link: Link) -> bool:
        """Whether what the announcement says of the article's date leaves it inside `since` and
        `until`.

        A change comes after publication, so one before `since` rules the article out and a late one
        rules out nothing. An announcement without a readable date is wanted: the article itself
        will tell.
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
            return (
                parse_date(announced, zone=self.outlet.zone, now=self.now(), order=order)
                if announced
                else None
            )
        except DateError:
            return None

    def instant(self, announced: str | None) -> datetime | None:
        """The instant of such a date."""
        date = self.read(announced)
        return date.instant if date else None

    # Articles

    def article_request(self, tracked: TrackedUrl) -> Request:
        conditions = self.frontier.conditions(tracked, self.now())
        return Request(
            tracked.url,
            callback=self.parse_article,
            errback=self.article_failed,
            cb_kwargs={"tracked": tracked},
            headers=conditions,
            meta={"handle_httpstatus_list": [304]} if conditions else {},
        )

    def parse_article(
        self, response: Response, tracked: TrackedUrl | None = None
    ) -> Iterator[Article]:
        """The Article that the page prints; nothing, and a count of why, when it prints none."""
        self.count("fetched")
        seen = fetched_at(response) or datetime.now(UTC)
        if tracked and self.frontier.is_unchanged(tracked, response):
            self.count("unmodified")
            self.frontier.unchanged(tracked, seen, self.instant(tracked.published_raw))
            return
        if tracked and not self.outlet.is_article(response.url):
            self.refuse(Cause.REDIRECTED, response)
            return
        examined = examine(
            response.body,
            response.url,
            zone=self.outlet.zone,
            outlet=self.outlet,
            now=seen,
            encoding=header_charset(response),
        )
        if examined.verdict != "article":
            challenged = is_challenge(response)
            cause = Cause.CHALLENGE if challenged else Cause.not_article(examined.verdict)
            self.refuse(cause, response)
            return
        for name in examined.disagreements:
            self.count_cause(Cause.drift(name))
        article = examined.article
        if article.published and not self.arguments.span_holds(
            article.published, article.published_precision
        ):
            self.count_cause(Cause.OUTSIDE_SPAN)
            # What was known before is everyday runs' business, and stays due.
            if tracked and tracked.found >= self.began:
                self.frontier.set_aside(tracked)
            return
        article.outlet = self.outlet.name
        article.fetched_at = seen
        if tracked and article.published is None and not article.published_raw:
            article.published_raw = tracked.published_raw
        yield article

    async def parse(self, response: Response, **kwargs: Any) -> AsyncIterator[Article | Request]:
        """What `scrapy parse URL` shows: an article, or what a discovery document announces."""
        kind = self.announcer(response.url)
        if kind:
            async for request in self.parse_discovery(response, kind):
                yield request
        else:
            for article in self.parse_article(response):
                yield article

    # Failures

    def refuse(self, cause: Cause, response: Response) -> None:
        """Count and name a page that came, but is not the article that was announced."""
        self.count_cause(cause)
        self.logger.warning("%s: %s", cause, response.url)
        self.page_failed(response.request, cause)

    def article_failed(self, failure: Failure) -> None:
        request = failure.request  # type: ignore[attr-defined]
        cause = self.count_failure(failure.value, request.url)
        self.page_failed(request, cause)

    def page_failed(self, request: Request | None, cause: Cause) -> None:
        """Let the frontier know; but not of an address that somebody typed, which may be none of
        the outlet's."""
        tracked = tracked_url_of(request)
        if tracked and not self.arguments.url:
            self.frontier.failed(tracked, self.now(), cause)

    def request_scheduled(self, request: Request) -> None:
        """Name what Scrapy is about to drop, without a word and an errback: what leads off the
        outlet's hosts."""
        host = urlsplit(request.url).hostname or ""
        if not any(
            host == domain or host.endswith(f".{domain}") for domain in self.allowed_domains
        ):
            self.logger.warning("%s: %s", Cause.OFFSITE, request.url)
            self.page_failed(request, Cause.OFFSITE)

    def discovery_failed(self, failure: Failure) -> None:
        self.count("discovery_failed")
        self.count_failure(failure.value, failure.request.url)  # type: ignore[attr-defined]

    def count_failure(self, error: BaseException | None, url: str) -> Cause:
        """Count and name what went wrong with a request; its cause."""
        assert error is not None
        cause = cause_of(error)
        self.count_cause(cause)
        self.logger.warning("%s: %s", cause, url)
        return cause

    def count_cause(self, cause: Cause, by: int = 1) -> None:
        self.count(cause_count(cause), by)

    def count(self, count: str, by: int = 1) -> None:
        """Add `by` to a count of `crawler.counts`, such as "found"."""
        assert self.crawler.stats is not None
        if by:
            self.crawler.stats.inc_value(stats_key(count), by)
