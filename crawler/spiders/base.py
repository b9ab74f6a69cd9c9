"""OutletSpider: what every outlet's spider does, from its declaration to Articles as printed."""

import inspect
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawler.causes import Cause
from crawler.counts import cause_count, stats_key
from crawler.dedup import canonical_url
from crawler.discovery import Announcement, DiscoveryError, Link, read_document
from crawler.discovery.announcement import NoLinks
from crawler.discovery.kinds import Discovery
from crawler.discovery.request import DocumentRequest, name_request
from crawler.extraction import examine
from crawler.fetching.challenge import is_challenge
from crawler.fetching.content_type import header_charset
from crawler.fetching.failures import cause_of
from crawler.fetching.refusal_limit import RefusalLimit
from crawler.frontier import TrackedUrl
from crawler.gazetteer import UnknownSourceError, gazetteer
from crawler.items import Article
from crawler.outlet import Outlet, OutletError
from crawler.replay import fetched_at, recorded_addresses, replay_clock
from crawler.runs.frontier_session import NOT_MODIFIED, FrontierSession
from crawler.runs.session import session_of
from crawler.runs.url_outcomes import UrlOutcomes
from crawler.spiders.announced_dates import (
    changed_instant,
    complete_date,
    is_too_old,
    is_wanted,
    published_instant,
)
from crawler.spiders.arguments import Arguments
from crawler.spiders.hosts import check_hosts, crawled_hosts
from crawler.spiders.page_rows import PageRows, is_missing_page, is_past_last_page
from crawler.text.letters import fold_words

DISCOVERY_PRIORITY = 1  # above that of articles, which is 0


class OutletSpider(Spider):
    """Crawls one outlet as its `outlet` declares it. A subclass adds nothing unless its site forces
    it to.

    Arguments (`-a`): `since` and `until` (dates in UTC or instants; the span is [since, until)), or
    `url`, the address of one article to read instead of discovery.
    """

    outlet: ClassVar[Outlet]
    allowed_domains: ClassVar[list[str]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        where = f"{inspect.getsourcefile(cls) or cls.__module__}: {cls.__name__}"
        if not isinstance(getattr(cls, "outlet", None), Outlet):
            raise TypeError(f"{where}: declare `outlet = Outlet(...)`")
        if cls.outlet.publisher:
            try:
                gazetteer().entry(cls.outlet.publisher)
            except UnknownSourceError as error:
                raise OutletError(f"{cls.outlet.name}: {error}") from None
        check_hosts(cls.outlet)
        cls.name = cls.outlet.name
        cls.allowed_domains = crawled_hosts(cls.outlet)

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name)
        self.arguments = Arguments.read(arguments)
        self.announced: set[str] = set()  # canonical addresses announced in this run
        self.requested: set[str] = set()  # canonical addresses requested in this run
        # Dated links to articles not read yet, by canonical address. A listing may have led to the
        # request for an article before the feed with its date was read.
        self.dated_links: dict[str, Link] = {}
        self.page_rows = PageRows()

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        settings.set("DOWNLOAD_DELAY", cls.outlet.delay, priority="spider")

    @classmethod
    def handles_request(cls, request: Request) -> bool:
        """Return True for an article or a discovery document of this outlet; its hosts may be
        shared with other outlets."""
        return cls.outlet.is_article(request.url) or cls.discovery_for(request.url) is not None

    @classmethod
    def discovery_for(cls, url: str) -> Discovery | None:
        """Return the declared discovery whose document is at `url`."""
        return next((declared for declared in cls.outlet.discovery if declared.covers(url)), None)

    # What to request

    async def start(self) -> AsyncIterator[Request]:
        """Yield the requests for one article, or for the discovery documents and what is due."""
        if self.arguments.url:
            yield await self.request_for_url(self.arguments.url)
            return
        if not self.outlet.discovery:
            async for request in self.recorded_requests():
                yield request
        since, until = self.arguments.days(self.outlet.tzinfo)
        for declared in self.outlet.discovery:
            for asked in declared.requests(self.today(), since=since, until=until):
                yield await self.discovery_request(asked, declared, depth=1)
        if not self.arguments.span:
            async for tracked in self.frontier.due(self.began):
                if not self.outlet.is_article(tracked.url):
                    # The declaration has changed since the address was announced.
                    self.frontier.record_failure(tracked, self.began, Cause.EXCLUDED)
                elif self.claim_request(tracked):
                    yield self.article_request(tracked)

    async def recorded_requests(self) -> AsyncIterator[Request]:
        """Yield under REPLAY the requests for the recorded articles, which no document announces
        where the outlet declares none."""
        for url in recorded_addresses(self.settings, self.outlet.name):
            if self.outlet.is_article(url):
                yield await self.request_for_url(url)

    async def request_for_url(self, url: str) -> Request:
        """Return the request for the article that the argument `url` names."""
        self.count("found")
        tracked = await self.frontier.article(url, self.began)
        return self.article_request(replace(tracked, reader_version=None))  # read, changed or not

    async def discovery_request(
        self,
        asked: DocumentRequest,
        kind: Discovery,
        depth: int,
        announcer: str | None = None,
    ) -> Request:
        """Return Scrapy's request for a document of `kind`.

        depth: 1 for a declared document, one more for each step down to a further one; compared
        with `kind.max_depth`.
        announcer: the address of the document that names a further one.
        """
        # A date-range crawl skips addresses, so it must not mark a document as read.
        document = None
        if not self.arguments.span:
            document = await self.frontier.document(asked, self.now(), announcer)
        arguments = self.conditional(document)
        if asked.body is not None:  # conditions are for GET (RFC 9110, 13.1.3)
            arguments = {
                "method": asked.method,
                "body": asked.body,
                "headers": {"Content-Type": asked.content_type},
            }
        return Request(
            asked.url,
            callback=self.parse_discovery,
            errback=self.discovery_failed,
            cb_kwargs={"kind": kind, "asked": asked, "depth": depth, "document": document},
            priority=DISCOVERY_PRIORITY,
            **arguments,
        )

    def article_request(self, tracked: TrackedUrl) -> Request:
        """Return the request for an article."""
        self.outcomes.asked(tracked)
        return Request(
            tracked.url,
            callback=self.parse_article,
            errback=self.request_failed,
            cb_kwargs={"tracked": tracked},
            **self.conditional(tracked),
        )

    def conditional(self, tracked: TrackedUrl | None) -> dict[str, Any]:
        """Return the arguments of a Request that asks for what has changed since it was read."""
        conditions = self.frontier.conditions(tracked, self.now()) if tracked else {}
        if not conditions:
            return {}
        return {"headers": conditions, "meta": {"handle_httpstatus_list": [NOT_MODIFIED]}}

    def claim_request(self, tracked: TrackedUrl) -> bool:
        """Note that the page is requested; return True if nothing in this run had requested it.

        Announcements of one page meet in its canonical address.
        """
        is_first = tracked.address not in self.requested
        self.requested.add(tracked.address)
        return is_first

    # Discovery

    async def parse_discovery(
        self,
        response: Response,
        kind: Discovery,
        asked: DocumentRequest | None = None,
        depth: int = 1,
        document: TrackedUrl | None = None,
    ) -> AsyncIterator[Request]:
        """Yield requests for the articles that a feed, sitemap or listing announces, and for its
        further documents. asked: the request for the document, as its declaration makes it.
        document: as the frontier knows it, where it is to be marked as read."""
        self.outcomes.answered(response.request)
        announcer = document.address if document else response.url
        if document and self.frontier.is_unchanged(document, response):
            self.skip_document(document)
            further_urls = document.further_urls
        else:
            try:
                announcement = read_document(
                    kind, response.body, response.url, encoding=header_charset(response)
                )
            except DiscoveryError as error:
                if isinstance(error, NoLinks) and is_past_last_page(response, kind, asked):
                    return
                self.count("discovery_failed")
                self.fail_to_read(response, cause_of(error))
                return
            links = self.article_links(announcement)
            if not links and is_past_last_page(response, kind, asked):
                return
            named = name_request(response.url, asked.body if asked else None)
            self.judge_links(links, announcement, named)
            if not links and is_challenge(response):
                self.count("discovery_failed", int(not announcement.links))
                self.fail_to_read(response, Cause.NO_ARTICLE_ADDRESS)
                return
            tracked_urls = await self.announce(links, announcer)
            for request in self.requests_for(tracked_urls):
                yield request
            self.mark_as_read(document, response, announcement, tracked_urls)
            further_urls = announcement.further_urls
            if asked and self.page_has_news(kind, asked, links, tracked_urls):
                page = kind.next_page(asked, announcement.cursor)
                if page:
                    yield await self.discovery_request(page, kind, depth)
        if depth < kind.max_depth:
            for url in further_urls:
                asked = DocumentRequest(url)
                yield await self.discovery_request(asked, kind, depth + 1, announcer)

    def skip_document(self, document: TrackedUrl) -> None:
        """Count the articles that an unchanged document still announces, all of them known."""
        self.count("discovered", int(document.links > 0))
        self.count("found", document.links)
        self.count("known", document.links)
        self.frontier.record_unchanged(document, self.now())

    def page_has_news(
        self,
        kind: Discovery,
        asked: DocumentRequest,
        links: Sequence[Link],
        tracked_urls: Sequence[TrackedUrl],
    ) -> bool:
        """Return True if a numbered page gives reason to ask for the next one: it announces an
        article that no run has met, and no page before it.

        Where days are asked for, known articles are met again: there an article that is not dated
        before `since` will do. tracked_urls: the articles of `links`, as far as they are wanted.
        """
        if self.arguments.span:
            now = self.now()
            addresses = {
                canonical_url(link.url, outlet=self.outlet)
                for link in links
                if not is_too_old(link, self.arguments, self.outlet, now)
            }
            return bool(self.page_rows.add(kind, asked, addresses))
        addresses = {tracked.address for tracked in tracked_urls}
        first_announced = self.page_rows.add(kind, asked, addresses)
        return any(self.frontier.is_new(address) for address in first_announced)

    def article_links(self, announcement: Announcement) -> list[Link]:
        """Return the links to articles of the outlet; count the rest."""
        links = [link for link in announcement.links if self.outlet.is_article(link.url)]
        self.count_cause(Cause.BROKEN_ENTRY, announcement.broken_entries)
        self.count_cause(Cause.TOO_MANY_ENTRIES, announcement.links_left_out)
        self.count("off_pattern", len(announcement.links) - len(links))
        return links

    def judge_links(self, links: Sequence[Link], announcement: Announcement, named: str) -> None:
        """Count a document as discovered, or as failed if it announces addresses and `links`, those
        of articles, are none. named: the document's address, and the form of a POST."""
        if links:
            self.count("discovered")
        elif announcement.links:
            self.count("discovery_failed")
            self.count_cause(Cause.NO_ARTICLE_ADDRESS)
            self.logger.warning(
                "%s: %s announces %d addresses, none an article of the outlet; the first: %s",
                Cause.NO_ARTICLE_ADDRESS,
                named,
                len(announcement.links),
                announcement.links[0].url,
            )

    async def announce(self, links: Sequence[Link], announcer: str) -> list[TrackedUrl]:
        """Return the articles that `links` lead to, without those that are not wanted. announcer:
        the address of the document with the links."""
        outlet, now = self.outlet, self.now()
        wanted = [link for link in links if is_wanted(link, self.arguments, outlet, now)]
        self.count_cause(Cause.OUTSIDE_SPAN, len(links) - len(wanted))
        for link in wanted:
            if link.published_raw:
                self.dated_links[canonical_url(link.url, outlet=outlet)] = link
        return await self.frontier.announce(
            [(link, changed_instant(link, outlet, now)) for link in wanted],
            now,
            announcer,
        )

    def requests_for(self, tracked_urls: Sequence[TrackedUrl]) -> list[Request]:
        """Return requests for those of the announced articles that are due for a visit."""
        now = self.now()
        found = [tracked for tracked in tracked_urls if tracked.address not in self.announced]
        self.announced.update(tracked.address for tracked in found)
        # What `start` has requested was due, though it may have been visited since.
        due = [
            tracked for tracked in found if tracked.is_due(now) or tracked.address in self.requested
        ]
        never_read = sum(tracked.checked_at is None for tracked in found)
        self.count("found", len(found))
        self.count("known", len(found) - len(due))
        self.count("put_off", never_read - sum(tracked.checked_at is None for tracked in due))
        return [self.article_request(tracked) for tracked in due if self.claim_request(tracked)]

    def mark_as_read(
        self,
        document: TrackedUrl | None,
        response: Response,
        announcement: Announcement,
        articles: Sequence[TrackedUrl],
    ) -> None:
        """Write that a document was read, if it was read whole. A document that is cut short, or
        announces no article of the outlet, is read again whatever its validators say."""
        cut_short = announcement.broken_entries > 0
        misses_pattern = announcement.links and not articles
        if document and not cut_short and not misses_pattern:
            document = self.frontier.document_read(
                document,
                response,
                self.now(),
                links=len(articles),
                further_urls=announcement.further_urls,
            )
            self.outcomes.announced(document, articles)

    # Articles

    def parse_article(
        self, response: Response, tracked: TrackedUrl | None = None
    ) -> Iterator[Article]:
        """Yield the Article that a page prints; nothing, after counting why, where it prints none.
        tracked: the page as the frontier knows it."""
        self.count("fetched")
        now = fetched_at(response) or datetime.now(UTC)
        tracked = self.as_last_announced(tracked, response.request)
        if tracked and self.frontier.is_unchanged(tracked, response):
            self.count("unmodified")
            published = published_instant(tracked, self.outlet, self.now())
            self.outcomes.unmodified(tracked, now, published)
            return
        if tracked and not self.outlet.is_article(response.url):
            self.fail_to_read(response, Cause.REDIRECTED)
            return
        examined = examine(
            response.body,
            response.url,
            zone=self.outlet.zone,
            outlet=self.outlet,
            now=now,
            encoding=header_charset(response),
            is_announced=tracked is not None and tracked.published_raw is not None,
        )
        if examined.cause is not None:
            self.fail_to_read(response, examined.cause)
            return
        article = examined.article
        if self.is_excluded(article):
            self.exclude(tracked, now)
            return
        for name in examined.disagreements:
            self.count_cause(Cause.drift(name))
        for doubt in examined.warnings:
            self.count_cause(doubt)
        warning = complete_date(article, tracked, self.outlet, now)
        if not self.is_in_span(article):
            self.leave_out(tracked)
            return
        if warning:
            self.count_cause(warning)
        article.outlet = self.outlet.name
        article.fetched_at = now
        yield article

    def as_last_announced(
        self, tracked: TrackedUrl | None, request: Request | None
    ) -> TrackedUrl | None:
        """Return `tracked` with the date that was announced last, and give it to `request`, by
        which it comes back to the frontier."""
        link = self.dated_links.pop(tracked.address, None) if tracked else None
        if tracked is None or link is None or request is None:
            return tracked
        dated = replace(tracked, published_raw=link.published_raw, wall_clock=link.wall_clock)
        request.cb_kwargs["tracked"] = dated
        return dated

    def is_in_span(self, article: Article) -> bool:
        """Return True if the span holds the article or the article prints no readable date."""
        published, precision = article.published, article.published_precision
        return published is None or self.arguments.span_holds(published, precision)

    def is_excluded(self, article: Article) -> bool:
        """Return True if the declaration leaves out the section that the article prints."""
        section = fold_words(article.section or "")
        excluded = (fold_words(name) for name in self.outlet.excluded_sections)
        return section != "" and section in excluded

    def exclude(self, tracked: TrackedUrl | None, now: datetime) -> None:
        """Count and record an article of an excluded section."""
        self.count_cause(Cause.EXCLUDED)
        if tracked:
            self.outcomes.excluded(tracked, now)

    def leave_out(self, tracked: TrackedUrl | None) -> None:
        """Count and record an article outside the span."""
        self.count_cause(Cause.OUTSIDE_SPAN)
        if tracked:
            self.outcomes.outside_span(tracked, self.began)

    async def parse(self, response: Response, **kwargs: Any) -> AsyncIterator[Article | Request]:
        """Yield what `scrapy parse URL` shows: an article, or what a document announces."""
        kind = self.discovery_for(response.url)
        if kind:
            async for request in self.parse_discovery(response, kind):
                yield request
        else:
            for article in self.parse_article(response):
                yield article

    # Failures

    def discovery_failed(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
        if is_missing_page(failure, request.cb_kwargs["kind"], request.cb_kwargs["asked"]):
            self.outcomes.answered(request)
            return
        if not is_out_of_time(failure):
            self.count("discovery_failed")
        self.request_failed(failure)

    def request_failed(self, failure: Failure) -> None:
        """Record the failed request of an article or, for `discovery_failed`, of a document."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
        if is_out_of_time(failure):
            self.outcomes.left(request)  # the frontier has the article as it was, for the next run
            return
        assert failure.value is not None
        self.fail(cause_of(failure.value), request.url, request)

    def fail_to_read(self, response: Response, cause: Cause) -> None:
        """Count and record that nothing could be read in `response`, for `cause` or because it is a
        challenge."""
        if is_challenge(response):
            cause = Cause.CHALLENGE
            limit = self.crawler.get_downloader_middleware(RefusalLimit)
            if isinstance(limit, RefusalLimit):
                limit.count_challenge(response)
        self.fail(cause, response.url, response.request)

    def fail(self, cause: Cause, url: str, request: Request | None) -> None:
        """Count and record that `request`, which led to `url`, brought nothing."""
        self.outcomes.fail(cause, url, request)

    # What the crawl is part of

    @property
    def frontier(self) -> FrontierSession:
        """The frontier of this crawl: the addresses that are tracked for the outlet."""
        return session_of(self.crawler).frontier

    @property
    def outcomes(self) -> UrlOutcomes:
        """The record of what became of the addresses that this crawl asks for."""
        return session_of(self.crawler).url_outcomes

    @cached_property
    def began(self) -> datetime:
        """The instant at which the crawl began."""
        return self.now()

    def now(self) -> datetime:
        """Return the present instant; under REPLAY that of the outlet's newest recording."""
        return replay_clock(self.settings, self.outlet.name) or datetime.now(UTC)

    def today(self) -> date:
        """Return the day that it is at the outlet."""
        return self.now().astimezone(self.outlet.tzinfo).date()

    def count_cause(self, cause: Cause, by: int = 1) -> None:
        """Add `by` to the count of `cause`."""
        self.count(cause_count(cause), by)

    def count(self, count: str, by: int = 1) -> None:
        """Add `by` to a count of `crawler.counts`, such as "found"."""
        if by:
            self.crawler.stats.inc_value(stats_key(count), by)


def is_out_of_time(failure: Failure) -> bool:
    """Return True for a request that was not begun, because the time of the run was over."""
    return failure.value is not None and cause_of(failure.value) is Cause.OUT_OF_TIME
