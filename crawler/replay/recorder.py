"""Takes one exchange from the network with an outlet's own spider, settings and steps; stores no
story."""

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
from crawler.fetching.content_type import header_charset
from crawler.fetching.failures import cause_of
from crawler.items import Article
from crawler.outlet import Outlet
from crawler.replay.case import TakenHop
from crawler.replay.switch import FETCHED_AT

_STORE_STEP = "crawler.pipelines.store.StorePipeline"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(slots=True)
class Take:
    """What came of recording `url`.

    `kind` is None for an article. `article`: as it would be stored. `addresses`: what a discovery
    document announces. `failure`: the name of why there is no answer.
    """

    url: str
    hops: list[TakenHop] = field(default_factory=list)
    kind: Discovery | None = None
    article: Article | None = None
    addresses: tuple[str, ...] = ()
    failure: Cause | None = None


def prepare(settings: BaseSettings) -> None:
    """Settings for one request of the network that stores nothing: robots.txt always counts."""
    steps = {
        step: order
        for step, order in settings.getdict("ITEM_PIPELINES").items()
        if step != _STORE_STEP
    }
    for name, value in {
        "ITEM_PIPELINES": steps,
        "EXTENSIONS": {},  # they watch crawls
        "ROBOTSTXT_OBEY": True,
        "HTTPCACHE_ENABLED": False,
        "METAREFRESH_ENABLED": False,  # the page that asks for it is the one to record
    }.items():
        settings.set(name, value, priority="cmdline")


def recording_spider(spider: type[Spider], take: Take) -> type[Spider]:
    """The outlet's spider, but asking for one address only and keeping the answer in `take`."""
    return type(
        spider.__name__, (_Recording, spider), {"take": take, "__module__": spider.__module__}
    )


class _Recording:
    """Laid over an OutletSpider."""

    take: ClassVar[Take]
    outlet: ClassVar[Outlet]

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Any:
        spider = super().from_crawler(crawler, *args, **kwargs)  # type: ignore[misc]
        crawler.signals.connect(spider.keep_redirect, signals.response_downloaded)
        crawler.signals.connect(spider.keep_article, signals.item_scraped)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        yield Request(self.take.url, callback=self.keep, errback=self.lose)

    def keep_redirect(self, response: Response, request: Request) -> None:
        """Keep what the redirect middleware will swallow; robots.txt of a host may redirect too."""
        if response.status in _REDIRECTS and request.callback == self.keep:
            self.take.hops.append(_taken(response, datetime.now(UTC), body=b""))

    def keep(self, response: Response) -> Iterator[Any]:
        """Keep the answer, and read it as a crawl would."""
        now = datetime.now(UTC).replace(microsecond=0)
        self.take.hops.append(_taken(response, now, body=response.body))
        assert response.request is not None
        response.request.meta[FETCHED_AT] = now
        if self.outlet.is_article(response.url):
            yield from self.parse_article(response)  # type: ignore[attr-defined]
        else:
            self.read_discovery(response)

    def read_discovery(self, response: Response) -> None:
        """Read a document as the kind declared at its address, or (a child of an index, a following
        page) as the first that can read it."""
        declared = [kind for kind in self.outlet.discovery if kind.covers(self.take.url)]
        charset = header_charset(response)
        for kind in declared or self.outlet.discovery:
            try:
                announcement = read_document(kind, response.body, response.url, encoding=charset)
            except DiscoveryError:
                continue
            self.take.kind = kind
            self.take.addresses = tuple(
                link.url for link in announcement.links if self.outlet.is_article(link.url)
            )
            return
        self.take.failure = Cause.NOT_AS_DECLARED if declared else Cause.NOT_ARTICLE

    def keep_article(self, item: Article) -> None:
        self.take.article = item

    def lose(self, failure: Failure) -> None:
        self.take.failure = cause_of(failure.value) if failure.value else Cause.ERROR


def _taken(response: Response, now: datetime, *, body: bytes) -> TakenHop:
    headers = {
        name.decode("latin-1"): [value.decode("latin-1") for value in values]
        for name, values in response.headers.items()
    }
    return TakenHop(response.url, response.status, headers, now, body)
