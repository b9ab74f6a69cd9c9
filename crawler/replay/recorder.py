"""Fetch one exchange with an outlet's own spider, settings and pipelines; store no story."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawler.causes import Cause
from crawler.discovery import DiscoveryError, read_document
from crawler.discovery.kinds import Discovery
from crawler.discovery.request import DocumentRequest
from crawler.fetching.content_type import header_charset
from crawler.fetching.failures import cause_of
from crawler.items import Article
from crawler.outlet import Outlet
from crawler.replay.case import FetchedHop
from crawler.replay.replay_setting import FETCHED_AT

_STORE_PIPELINE = "crawler.pipelines.store.StorePipeline"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(slots=True)
class Capture:
    """The exchange fetched with the request `asked`, and what our code reads in it."""

    asked: DocumentRequest
    hops: list[FetchedHop] = field(default_factory=list)
    kind: Discovery | None = None
    """The kind of discovery document; None for an article."""
    article: Article | None = None
    """As it would be stored."""
    addresses: tuple[str, ...] = ()
    """The article addresses that a discovery document announces."""
    failure: Cause | None = None
    """Why there is no answer, or no kind that can read it."""


def request_to_record(outlet: Outlet, url: str, form: str | None) -> DocumentRequest:
    """Return the request for `url`: a POST of `form`, or the first one that the outlet declares for
    a document at this address; without either a GET."""
    if form is not None:
        return DocumentRequest(url, form)
    today = datetime.now(outlet.tzinfo).date()
    for declared in outlet.discovery:
        if declared.form is not None and declared.covers(url):
            for asked in declared.requests(today):
                if asked.url == url:
                    return asked
    return DocumentRequest(url)


def prepare_settings(settings: BaseSettings) -> None:
    """Set `settings` for one request that stores nothing and always obeys robots.txt."""
    pipelines = settings.getdict("ITEM_PIPELINES")
    pipelines.pop(_STORE_PIPELINE, None)
    for name, value in {
        "ITEM_PIPELINES": pipelines,
        # The others watch crawls; this one silences Scrapy where we tell of a failure in one line.
        "EXTENSIONS": {"crawler.health.watch.ErrorWatch": 100},
        "ROBOTSTXT_OBEY": True,
        "HTTPCACHE_ENABLED": False,
        "METAREFRESH_ENABLED": False,  # the page that asks for it is the one to record
    }.items():
        settings.set(name, value, priority="cmdline")


def capturing_spider(spider: type[Spider], capture: Capture) -> type[Spider]:
    """Return the outlet's spider, changed to request the address of `capture` and fill it."""
    attributes = {"capture": capture, "__module__": spider.__module__}
    return type(spider.__name__, (_CapturingMixin, spider), attributes)


class _CapturingMixin:
    """Replaces the requests of an OutletSpider by the one address of `capture`."""

    capture: ClassVar[Capture]
    outlet: ClassVar[Outlet]

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Any:
        spider = super().from_crawler(crawler, *args, **kwargs)  # type: ignore[misc]
        crawler.signals.connect(spider.keep_redirect, signals.response_downloaded)
        crawler.signals.connect(spider.keep_article, signals.item_scraped)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        asked = self.capture.asked
        headers = {"Content-Type": asked.content_type} if asked.content_type else {}
        yield Request(
            asked.url,
            method=asked.method,
            body=asked.body,
            headers=headers,
            callback=self.keep,
            errback=self.keep_failure,
        )

    def keep_redirect(self, response: Response, request: Request) -> None:
        """Keep a redirect of the address, which the redirect middleware hides from callbacks.

        A redirect of the host's robots.txt is passed over.
        """
        if response.status in _REDIRECTS and request.callback == self.keep:
            hop = _fetched_hop(response, request, datetime.now(UTC), body=b"")
            self.capture.hops.append(hop)

    def keep(self, response: Response) -> Iterator[Any]:
        """Keep the answer, and read it as a crawl would."""
        now = datetime.now(UTC).replace(microsecond=0)
        assert response.request is not None
        hop = _fetched_hop(response, response.request, now, body=response.body)
        self.capture.hops.append(hop)
        response.request.meta[FETCHED_AT] = now
        if self.outlet.is_article(response.url):
            yield from self.parse_article(response)  # type: ignore[attr-defined]
        else:
            self.read_discovery(response)

    def read_discovery(self, response: Response) -> None:
        """Read a document as the kind declared at its address, else as the first kind that can.

        No kind is declared at the address of a child of an index, or of a next page.
        """
        declared = [kind for kind in self.outlet.discovery if kind.covers(self.capture.asked.url)]
        charset = header_charset(response)
        for kind in declared or self.outlet.discovery:
            try:
                announcement = read_document(kind, response.body, response.url, encoding=charset)
            except DiscoveryError:
                continue
            addresses = [link.url for link in announcement.links]
            self.capture.kind = kind
            self.capture.addresses = tuple(filter(self.outlet.is_article, addresses))
            return
        self.capture.failure = Cause.NOT_AS_DECLARED if declared else Cause.NOT_ARTICLE

    def keep_article(self, item: Article) -> None:
        self.capture.article = item

    def keep_failure(self, failure: Failure) -> None:
        self.capture.failure = cause_of(failure.value) if failure.value else Cause.ERROR


def _fetched_hop(response: Response, request: Request, now: datetime, *, body: bytes) -> FetchedHop:
    headers = {
        name.decode("latin-1"): [value.decode("latin-1") for value in values]
        for name, values in response.headers.items()
    }
    form = request.body.decode() if request.method == "POST" else None
    return FetchedHop(response.url, response.status, headers, now, body, form)
