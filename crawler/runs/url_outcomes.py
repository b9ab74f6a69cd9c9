"""What became of the addresses that a crawl asked for: Scrapy's signals, told to the frontier."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.http import Response

from crawler.causes import Cause, Ending
from crawler.counts import cause_count, stats_key
from crawler.discovery.kinds import Discovery
from crawler.discovery.request import DocumentRequest, name_request
from crawler.frontier import TrackedUrl
from crawler.items import Article
from crawler.replay import fetched_at, replay_clock
from crawler.runs.first_requests import Asker, FirstRequests
from crawler.runs.frontier_session import FrontierSession, tracked_url_of
from crawler.runs.ledger import Ledger, Result, UrlOutcome
from crawler.storage import SaveOutcome

_PERMANENT_REDIRECTS = frozenset({301, 308})  # HTTP statuses (RFC 9110, 15.4)


class RunTakenOver(DropItem):
    """An article that is not stored, because another run has taken over and reads it itself."""


class NotKept(DropItem):
    """An article that neither the store nor the spool could take. Its address stays due, as it was
    announced."""


@dataclass(frozen=True, slots=True)
class _Twin:
    """An article whose request was dropped, because another article of the run, at the address
    `first`, has asked for its page before.

    request: as it was dropped, perhaps after redirects; without any, the other article was
    redirected to this one.
    """

    tracked: TrackedUrl
    first: str
    request: Request

    @property
    def is_alias(self) -> bool:
        return bool(_passed(self.request))


class UrlOutcomes:
    """Keeps the ledger of a crawl, and tells the frontier which articles were stored and which were
    not.

    The pipeline knows how an article was stored but not which response it came from; the signals of
    Scrapy know the response. An article that is not in the store, even if it is in the spool, stays
    due.

    Scrapy drops a request for a page that was asked for before, or off the outlet's hosts, without
    calling anybody back. A redirect that is dropped so is a loop, or its address is a twin of the
    page (`Ledger`), which becomes its alias in the frontier.
    """

    def __init__(self, crawler: Crawler, frontier: Callable[[], FrontierSession]) -> None:
        self._crawler = crawler
        # As the spider's own: in a crawl of many outlets each line names one.
        self._logger = logging.getLogger(crawler.spidercls.name)
        self._frontier = frontier
        self._stored: dict[str, SaveOutcome] = {}  # by the article's URL
        self._articles = Ledger()
        # Documents asked for, by their key: True once one is answered, failed or left.
        self._documents: dict[str, bool] = {}
        self._scheduled: dict[str, TrackedUrl] = {}  # articles, by address
        self._redirected: dict[str, Request] = {}  # the last request of an article, by its address
        # Documents that have announced no article known to be read, with their articles' addresses.
        self._unproven: list[tuple[TrackedUrl, frozenset[str]]] = []
        self._twins: dict[str, _Twin] = {}  # that wait for their page's outcome, by address
        self._first_requests = FirstRequests(crawler)
        for receiver, signal in (
            (self._request_scheduled, signals.request_scheduled),
            (self._request_dropped, signals.request_dropped),
            (self._item_scraped, signals.item_scraped),
            (self._item_dropped, signals.item_dropped),
            (self._item_error, signals.item_error),
            (self._spider_error, signals.spider_error),
        ):
            crawler.signals.connect(receiver, signal=signal)

    # What the spider and the pipeline tell

    def asked(self, tracked: TrackedUrl) -> None:
        """Note that the spider asks for an article. Of documents Scrapy's signal tells it."""
        self._articles.ask(tracked.address)

    def stored(self, article: Article, outcome: SaveOutcome) -> None:
        """Keep how `article` was stored until Scrapy tells which response it came from."""
        self._stored[article.url] = outcome

    def answered(self, request: Request | None) -> None:
        """Note that a document came to the spider, which counts what it could not read."""
        if request is not None and _kind_of(request):
            self._settle_document(request)

    def unmodified(self, tracked: TrackedUrl, now: datetime, published: datetime | None) -> None:
        """Record that an article's page is as it was when it was last read."""
        self._frontier().record_unchanged(tracked, now, published)
        self._settle(tracked, UrlOutcome(Result.UNMODIFIED))

    def outside_span(self, tracked: TrackedUrl, began: datetime) -> None:
        """Record an article outside the span of the crawl, which began at `began`. A page that was
        known before stays due for everyday runs."""
        if tracked.found >= began:
            self._frontier().record_set_aside(tracked)
        self._settle(tracked, UrlOutcome(Result.OUTSIDE_SPAN))

    def excluded(self, tracked: TrackedUrl, now: datetime) -> None:
        """Record an article of a section that the outlet's declaration leaves out."""
        self._put_off(tracked, Cause.EXCLUDED, now)
        self._settle(tracked, UrlOutcome(Result.EXCLUDED, Cause.EXCLUDED))

    def left(self, request: Request) -> None:
        """Record that an article, which stays due, or a document is left for the next run."""
        if tracked := tracked_url_of(request):
            self._settle(tracked, UrlOutcome(Result.LEFT))
        else:
            self._settle_document(request)

    def fail(self, cause: Cause, url: str, request: Request | None) -> None:
        """Count and record that `request`, which led to `url`, brought nothing."""
        self._count_cause(cause)
        self._record_failure(cause, url, request)

    def announced(self, document: TrackedUrl, articles: Sequence[TrackedUrl]) -> None:
        """Have the frontier keep a document with its validators, if one of the `articles` that it
        announces has been read before, and else when this crawl has read one.

        A document that says "not modified" is good news only then: without its validators the next
        run reads it whole.
        """
        if not articles or any(tracked.checked_at for tracked in articles):
            self._frontier().keep_document(document)
        else:
            addresses = frozenset(tracked.address for tracked in articles)
            self._unproven.append((document, addresses))

    def close(self, reason: str) -> None:
        """Account for what is not settled when the crawl has ended. reason: Scrapy's for its end.

        An article is left for the next run if its request was not scheduled, or if the crawl was
        ended; if the crawl has come to its own end, nobody knows where it is, and that is an error
        of ours. So is a document without an outcome.
        """
        # With JOBDIR a later process goes on with what is not settled.
        finished = reason == Ending.FINISHED and not self._crawler.settings.get("JOBDIR")
        if finished:
            self._account_for_lost()
        read = set(self._articles.read())
        for document, addresses in self._unproven:
            if read & addresses:
                self._frontier().keep_document(document)
        self._crawler.stats.set_value(stats_key("asked"), len(self._articles))
        self._crawler.stats.set_value(stats_key("left"), self._articles.left())

    def _account_for_lost(self) -> None:
        for address in self._articles.unsettled():
            tracked = self._scheduled.get(address)
            if tracked and self._articles.outcome(address) is None:  # no twin of one before
                self._count_cause(Cause.UNACCOUNTED)
                self._article_failed(Cause.UNACCOUNTED, address, tracked)
        for key in [key for key, is_settled in self._documents.items() if not is_settled]:
            self._count("discovery_failed")
            self._count_cause(Cause.UNACCOUNTED)
            self._logger.warning("%s: %s", Cause.UNACCOUNTED, key)

    # Scrapy's signals

    def _request_scheduled(self, request: Request) -> None:
        """Note which page is asked for. Of a request off the outlet's hosts, which Scrapy is about
        to drop and counts itself, record the failure."""
        tracked, kind = tracked_url_of(request), _kind_of(request)
        if tracked is None and kind is None:
            return
        if self._is_dropped_as_offsite(request):
            if kind:
                self._count("discovery_failed")
            self._record_failure(Cause.OFFSITE, request.url, request)
            return
        if tracked:
            self._scheduled[tracked.address] = tracked
            self._first_requests.add(request, tracked.address)
            if _passed(request):
                self._redirected[tracked.address] = request
        elif kind:
            self._first_requests.add(request, type(kind))
            if not _passed(request):
                self._documents.setdefault(_document_key(request), False)

    def _request_dropped(self, request: Request) -> None:
        """Classify a request that Scrapy's duplicate filter dropped: a redirect loop, a redirect to
        no article, a twin, or a plain duplicate, of which nothing is to be recorded."""
        first = self._first_requests.asker_of(request)
        if first is None:
            return  # a later process of the JOBDIR goes on with it
        if tracked := tracked_url_of(request):
            self._article_dropped(request, tracked, first)
        elif kind := _kind_of(request):
            self._document_dropped(request, kind, first)

    def _article_dropped(self, request: Request, tracked: TrackedUrl, first: Asker) -> None:
        passed = _passed(request)
        is_own = first == tracked.address
        if is_own and not passed:
            return
        if is_own or request.url in passed:
            self.fail(Cause.REDIRECT_LOOP, request.url, request)
        elif isinstance(first, str):
            self._add_twin(_Twin(tracked, first, request))
        else:
            cause = Cause.REDIRECTED if passed else Cause.NOT_ARTICLE_LISTING
            self.fail(cause, request.url, request)

    def _document_dropped(self, request: Request, kind: Discovery, first: Asker) -> None:
        """Record a document that leads to itself, to an article or to a document of another kind;
        one of its own kind is read in its place."""
        passed = _passed(request)
        if request.url in passed:
            cause = Cause.REDIRECT_LOOP
        elif passed and first is not type(kind):
            cause = Cause.REDIRECTED
        else:
            self._settle_document(request)
            return
        self._count("discovery_failed")
        self.fail(cause, request.url, request)

    def _item_scraped(self, item: object, response: Response | None) -> None:
        if not isinstance(item, Article):
            return
        outcome = self._stored.pop(item.url, None)
        tracked = tracked_url_of(response.request) if response else None
        if response is None or tracked is None:
            return
        if outcome is None:
            self._settle(tracked, UrlOutcome(Result.SPOOLED))
            return
        self._frontier().record_read(
            tracked,
            response,
            item.fetched_at or datetime.now(UTC),
            changed=outcome not in ("unchanged", "forgotten"),
            published=item.published,
        )
        self._settle(tracked, UrlOutcome(Result.STORED))

    def _item_dropped(self, response: Response | None, exception: BaseException) -> None:
        if isinstance(exception, NotKept):
            if response is not None and response.request is not None:
                self.left(response.request)
        elif not isinstance(exception, RunTakenOver):
            self._broken(response, Cause.EMPTY)

    def _item_error(self, response: Response | None) -> None:
        self._broken(response, Cause.ERROR)

    def _spider_error(self, response: Response | None) -> None:
        self._broken(response, Cause.ERROR)

    def _broken(self, response: Response | None, cause: Cause) -> None:
        """Record a page that raised or was empty. Scrapy has logged it; an empty one was counted by
        the pipeline, so that only Cause.ERROR is counted here."""
        request = response.request if response else None
        if response is None or request is None:
            return
        if tracked := tracked_url_of(request):
            if cause is Cause.ERROR:
                self._count_cause(cause)
            self._frontier().record_failure(
                tracked, fetched_at(response) or datetime.now(UTC), cause
            )
            self._settle(tracked, UrlOutcome(Result.FAILED, cause))

    # Twins

    def _add_twin(self, twin: _Twin) -> None:
        address = twin.tracked.address
        self._twins[address] = twin
        outcome = self._articles.outcome(twin.first)
        if outcome is not None:
            self._settle(twin.tracked, outcome)
            self._end_twin(address, outcome)
        elif not self._articles.add_twin(address, twin.first):
            for each in self._articles.chain(twin.first):
                request = self._twins.pop(each).request
                self.fail(Cause.REDIRECT_LOOP, request.url, request)

    def _end_twin(self, address: str, outcome: UrlOutcome) -> None:
        """Count and record for a twin the outcome of its page."""
        twin = self._twins.pop(address, None)
        if twin is None:
            return
        if outcome.is_read:
            self._count("twins")
            if outcome.result is not Result.SPOOLED:
                self._read_as_twin(twin)
        elif outcome.result is Result.OUTSIDE_SPAN:
            self._count_cause(Cause.OUTSIDE_SPAN)  # it stays due for everyday runs
        elif outcome.cause is not None:
            self._count_cause(outcome.cause)
            self._logger.warning("%s: %s", outcome.cause, twin.request.url)
            self._put_off(twin.tracked, outcome.cause)

    def _read_as_twin(self, twin: _Twin) -> None:
        """Record which of two articles with one page is an alias of the other."""
        if twin.is_alias:
            self._record_alias(twin.request, twin.first)
            return
        self._frontier().record_read_through_alias(twin.tracked, self._now())
        if redirected := self._redirected.get(twin.first):
            self._record_alias(redirected, twin.tracked.address)

    def _record_alias(self, request: Request, address: str) -> None:
        """Record that the article that `request` asks for was redirected to that at `address`."""
        statuses = request.meta.get("redirect_reasons", ())
        permanent = all(status in _PERMANENT_REDIRECTS for status in statuses)
        if tracked := tracked_url_of(request):
            self._frontier().record_alias(tracked, address, self._now(), permanent=permanent)

    # The ledger

    def _settle(self, tracked: TrackedUrl, outcome: UrlOutcome) -> None:
        if self._articles.outcome(tracked.address) is None:
            self._count_first_visit(tracked, outcome)
        for address in self._articles.settle(tracked.address, outcome):
            self._count_first_visit(self._twins[address].tracked, outcome)
            self._end_twin(address, outcome)

    def _count_first_visit(self, tracked: TrackedUrl, outcome: UrlOutcome) -> None:
        if tracked.checked_at is not None or tracked.tries or outcome.result is Result.LEFT:
            return
        self._count("first_visits")
        if outcome.result is Result.FAILED:
            self._count("first_failures")

    def _settle_document(self, request: Request) -> None:
        """Settle a document under the key with which it was asked for."""
        self._documents[_document_key(request)] = True

    def _record_failure(self, cause: Cause, url: str, request: Request | None) -> None:
        if tracked := tracked_url_of(request):
            self._article_failed(cause, url, tracked)
            return
        asked = request.cb_kwargs.get("asked") if request else None
        body = asked.body if isinstance(asked, DocumentRequest) else None
        self._logger.warning("%s: %s", cause, name_request(url, body))
        if request is not None:
            self._settle_document(request)

    def _article_failed(self, cause: Cause, url: str, tracked: TrackedUrl) -> None:
        self._logger.warning("%s: %s", cause, url)
        self._put_off(tracked, cause)
        self._settle(tracked, UrlOutcome(Result.FAILED, cause))

    def _put_off(self, tracked: TrackedUrl, cause: Cause, now: datetime | None = None) -> None:
        """Write a failure to the frontier, unless the address comes from `-a url=`: it may not be
        the outlet's."""
        arguments = getattr(self._crawler.spider, "arguments", None)
        if arguments is None or not arguments.url:
            self._frontier().record_failure(tracked, now or self._now(), cause)

    # The crawl

    def _is_dropped_as_offsite(self, request: Request) -> bool:
        domains = getattr(self._crawler.spider, "allowed_domains", None)
        if not domains or request.dont_filter or request.meta.get("allow_offsite"):
            return False
        host = urlsplit(request.url).hostname or ""
        return not any(host == domain or host.endswith(f".{domain}") for domain in domains)

    def _now(self) -> datetime:
        outlet = getattr(self._crawler.spider, "name", "")
        return replay_clock(self._crawler.settings, outlet) or datetime.now(UTC)

    def _count_cause(self, cause: Cause) -> None:
        self._count(cause_count(cause))

    def _count(self, count: str) -> None:
        self._crawler.stats.inc_value(stats_key(count))


def _passed(request: Request) -> Sequence[str]:
    """Return the addresses that have led to `request` by redirects, the first one first."""
    passed: Sequence[str] = request.meta.get("redirect_urls", ())
    return passed


def _document_key(request: Request) -> str:
    """Return the key of the document that a request, perhaps after redirects, has asked for."""
    asked = request.cb_kwargs.get("asked")
    if isinstance(asked, DocumentRequest):
        return asked.key
    return [*_passed(request), request.url][0]


def _kind_of(request: Request) -> Discovery | None:
    """Return the kind of the document that `request` asks for; None for any other request."""
    kind = request.cb_kwargs.get("kind")
    return kind if isinstance(kind, Discovery) else None
