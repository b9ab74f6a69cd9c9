"""A crawl of an outlet's discovery documents in this process: the spider's own requests, answered
from a table."""

import asyncio
from dataclasses import replace
from pathlib import Path

from scrapy import Request, signals
from scrapy.http import HtmlResponse
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.test import get_crawler
from twisted.python.failure import Failure

from crawler.counts import CrawlCounts
from crawler.discovery.kinds import Discovery
from crawler.frontier import TrackedUrl
from crawler.replay import NotRecorded
from crawler.runs.frontier_session import FrontierSession
from crawler.runs.session import session_of
from crawler.spiders.base import OutletSpider
from crawler.storage import open_store
from tests.pipelines.conftest import SahifaSpider

HOST = "https://sahifa.example"
NOT_RECORDED = "not recorded"
"""In place of a page: no recording answers."""
Site = dict[str, "str | int"]
"""What is answered, by the address or by the address, a blank and the body of a POST: HTML, or a
status."""


class Walk:
    """Crawls of the discovery documents of one outlet into one store. No article is fetched; each
    counts as read. Documents have validators."""

    def __init__(self, folder: Path, kind: Discovery) -> None:
        self.folder = folder
        outlet = replace(SahifaSpider.outlet, discovery=(kind,))
        self.spider_class: type[OutletSpider] = type(
            "WalkedSpider", (SahifaSpider,), {"outlet": outlet}
        )

    def crawl(self, site: Site, **arguments: str) -> list[Request]:
        """Return the requests for discovery documents, in their order."""
        return asyncio.run(self._crawl(site, arguments))

    async def _crawl(self, site: Site, arguments: dict[str, str]) -> list[Request]:
        store_uri = f"sqlite:///{self.folder}/khabar.db"
        settings = {
            "STORE_URI": store_uri,
            "REVISIT_AFTER": 3600,
            "SPOOL": str(self.folder / "spool.jsonl"),
            "EXTENSIONS": {"crawler.runs.session.CrawlSession": 1},
        }
        self.crawler = get_crawler(self.spider_class, settings)
        spider = self.spider_class.from_crawler(self.crawler, **arguments)
        self.crawler.spider = spider
        self.crawler.get_downloader_middleware = lambda cls: None  # type: ignore[method-assign]  # no engine
        session = session_of(self.crawler)
        asked: list[Request] = []
        async with open_store(store_uri) as store:
            session._frontier = FrontierSession(store, spider.outlet, session.frontier._pace)
            waiting = [request async for request in spider.start() if "kind" in request.cb_kwargs]
            while waiting:
                request = waiting.pop(0)
                asked.append(request)
                self.crawler.signals.send_catch_log(
                    signals.request_scheduled, request=request, spider=spider
                )
                response = answer(site, request)
                if response.status != 200 or response.text == NOT_RECORDED:
                    missing = response.status == 200
                    error = NotRecorded(request.url) if missing else HttpError(response)
                    failure = Failure(error)  # type: ignore[no-untyped-call]
                    failure.request = request  # type: ignore[attr-defined]  # Scrapy adds it
                    spider.discovery_failed(failure)
                    continue
                async for output in spider.parse_discovery(response, **request.cb_kwargs):
                    if "kind" in output.cb_kwargs:
                        waiting.append(output)
                    else:
                        # Documents are kept once an article of them has been read.
                        tracked = output.cb_kwargs["tracked"]
                        session.url_outcomes.unmodified(tracked, spider.now(), None)
            session.url_outcomes.close("finished")
            await session.frontier.close(spider.now())
        return asked

    def documents(self, *keys: str) -> dict[str, TrackedUrl]:
        """Return what the store knows of documents, by key."""

        async def load() -> dict[str, TrackedUrl]:
            async with open_store(f"sqlite:///{self.folder}/khabar.db") as store:
                return await store.tracked_urls(self.spider_class.outlet.name, keys)

        return asyncio.run(load())

    @property
    def counts(self) -> CrawlCounts:
        """The counts of the last crawl."""
        return CrawlCounts.of(self.crawler.stats.get_stats())


def answer(site: Site, request: Request) -> HtmlResponse:
    """The site's answer to a request."""
    key = request.url
    if request.method == "POST":
        key += f" {request.body.decode()}"
    content = site.get(key, 404)
    if isinstance(content, int):
        return HtmlResponse(request.url, status=content, request=request)
    headers = {"ETag": '"v1"'}
    return HtmlResponse(request.url, body=content.encode(), request=request, headers=headers)
