"""Measure what a crawl costs: 2,000 generated pages from a local server, four ways in one run.

    make bench        (or: .venv/bin/python benchmarks/crawl.py [--pages N])

bare        Scrapy with a callback that does nothing: the floor
sqlite      Khabar into SQLite
mongodb     Khabar into a real mongod (the one that the tests download)
usual       the usual stack: Scrapy, trafilatura in the callback, a pymongo upsert pipeline

Each way runs in a process of its own; its seconds count from the first request to the spider's
close, so start-up is left out. Then the same pages once more in one process, without Scrapy, by
step.
"""

import argparse
import asyncio
import json
import multiprocessing
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import pages  # noqa: E402

WAYS = ("bare", "usual", "sqlite", "mongodb")
IMPOLITE = {
    "ROBOTSTXT_OBEY": False,
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "LOG_LEVEL": "WARNING",
    "TELNETCONSOLE_ENABLED": False,
    "GUARD_ALLOW": "127.0.0.0/8",
}


def serve(count: int, port: "multiprocessing.Queue[int]") -> None:
    """Serve the feed and the pages, made beforehand, on a port that the system picks."""
    from aiohttp import web

    made = [pages.page(number) for number in range(count)]

    async def article(request: web.Request) -> web.Response:
        return web.Response(
            body=made[int(request.match_info["number"])], content_type="text/html", charset="utf-8"
        )

    async def feed(request: web.Request) -> web.Response:
        return web.Response(
            body=pages.feed(f"http://{request.host}", count), content_type="application/rss+xml"
        )

    async def main() -> None:
        app = web.Application()
        app.add_routes([web.get("/feed.xml", feed), web.get("/story/{number}", article)])
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port.put(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(main())


@contextmanager
def server(count: int) -> Iterator[str]:
    """The base address of a running server."""
    ports: multiprocessing.Queue[int] = multiprocessing.Queue()
    process = multiprocessing.Process(target=serve, args=(count, ports), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ports.get(timeout=60)}"
    finally:
        process.terminate()


def outlet(base: str) -> Any:
    """The server, declared as an outlet."""
    from crawler.discovery.kinds import Feed
    from crawler.outlet import Outlet

    return Outlet(
        name="bench",
        title="Bench",
        native="صحيفة القياس",
        language="ar",
        country="JO",
        zone="Asia/Amman",
        hosts=("127.0.0.1",),
        articles=rf"{base}/story/\d+",
        discovery=(Feed(url=f"{base}/feed.xml"),),
        publisher="petra",
        as_of=2026,
        confidence="high",
        delay=0,
    )


def crawl(way: str, base: str, store: str) -> dict[str, Any]:
    """Crawl `base` one way in this process; seconds, peak memory and what was stored."""
    from scrapy.crawler import AsyncCrawlerProcess

    process = AsyncCrawlerProcess(_settings(way, store))
    crawler = process.create_crawler(_spider(way, base))
    process.crawl(crawler)
    process.start()
    assert crawler.stats is not None
    stats = crawler.stats.get_stats()
    return {
        "seconds": stats["elapsed_time_seconds"],
        "pages": stats["response_received_count"] - 1,
        "items": stats.get("item_scraped_count", 0),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "rss_growth_mb": stats.get("bench/rss_growth_mb", 0.0),
    }


def _settings(way: str, store: str) -> dict[str, Any]:
    if way in ("sqlite", "mongodb"):
        import crawler.settings as khabar

        return (
            {k: getattr(khabar, k) for k in dir(khabar) if k.isupper()}
            | IMPOLITE
            | {"STORE_URI": store}
        )
    if way == "usual":
        return IMPOLITE | {"ITEM_PIPELINES": {UpsertPipeline: 100}, "BENCH_STORE": store}
    return dict(IMPOLITE)


def _spider(way: str, base: str) -> type:
    from scrapy import Request, Spider

    if way in ("sqlite", "mongodb"):
        from crawler.spiders.base import OutletSpider

        return type(
            "BenchSpider", (OutletSpider,), {"outlet": outlet(base), "__module__": __name__}
        )

    class PlainSpider(Spider):
        name = "bench"

        async def start(self) -> Any:
            yield Request(f"{base}/feed.xml", callback=self.parse_feed)

        def parse_feed(self, response: Any) -> Iterator[Request]:
            for link in response.xpath("//item/link/text()").getall():
                yield Request(link, callback=self.parse_page)

        def parse_page(self, response: Any) -> Any:
            if way == "usual":
                import trafilatura

                found = trafilatura.bare_extraction(
                    response.text, url=response.url, with_metadata=True
                )
                yield {
                    "_id": response.url,
                    **{k: getattr(found, k) for k in ("title", "text", "date", "author")},
                }

    return PlainSpider


class UpsertPipeline:
    """The pipeline of Scrapy's documentation for MongoDB, as an upsert."""

    def __init__(self, uri: str) -> None:
        self.uri = uri

    @classmethod
    def from_crawler(cls, crawler: Any) -> "UpsertPipeline":
        return cls(crawler.settings["BENCH_STORE"])

    def open_spider(self) -> None:
        import pymongo

        self.client: Any = pymongo.MongoClient(self.uri)
        self.articles = self.client.get_default_database()["articles"]

    def close_spider(self) -> None:
        self.client.close()

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        self.articles.replace_one({"_id": item["_id"]}, item, upsert=True)
        return item


def by_step(base: str, count: int = 300) -> dict[str, float]:
    """Median milliseconds a page of each step, without Scrapy."""
    from crawler.dedup import canonical_url, content_hash
    from crawler.extraction import examine
    from crawler.items import Attribution
    from crawler.sources import attribute
    from crawler.storage import open_store

    declared = outlet(base)
    times: dict[str, list[float]] = {
        "extract": [],
        "sources": [],
        "fingerprint": [],
        "save (sqlite)": [],
    }

    def timed(step: str, function: Any, *args: Any, **kwargs: Any) -> Any:
        began = time.perf_counter()
        result = function(*args, **kwargs)
        times[step].append((time.perf_counter() - began) * 1000)
        return result

    async def main() -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with open_store(f"sqlite:///{folder}/bench.db") as store:
                for number in range(count):
                    url = f"{base}/story/{number}"
                    article = timed(
                        "extract", examine, pages.page(number), url, outlet=declared
                    ).article
                    found = timed(
                        "sources",
                        attribute,
                        article.body or "",
                        authors=article.authors,
                        outlet=declared,
                    )
                    article.sources = tuple(
                        Attribution(source, role) for source, role in found.sources
                    )
                    article.outlet = declared.name
                    article.canonical_url = timed(
                        "fingerprint", canonical_url, url, outlet=declared
                    )
                    article.content_hash = content_hash(article)
                    began = time.perf_counter()
                    await store.save(article)
                    times["save (sqlite)"].append((time.perf_counter() - began) * 1000)

    asyncio.run(main())
    return {step: statistics.median(values) for step, values in times.items()}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--base", help=argparse.SUPPRESS)
    parser.add_argument("--store", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        print(json.dumps(crawl(options.way, options.base, options.store)))
        return

    from tests.mongod import new_mongod, with_database

    with ExitStack() as stack:
        base = stack.enter_context(server(options.pages))
        mongo = new_mongod()
        stack.callback(mongo.stop)
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        stores = {
            "bare": "",
            "usual": with_database(mongo.uri, "usual"),
            "sqlite": f"sqlite:///{folder}/bench.db",
            "mongodb": with_database(mongo.uri, "khabar"),
        }
        results = {}
        for way in WAYS:
            command = [
                sys.executable,
                __file__,
                "--way",
                way,
                "--base",
                base,
                "--store",
                stores[way],
            ]
            done = subprocess.run(
                command, cwd=folder, stdout=subprocess.PIPE, check=True, text=True
            )
            results[way] = json.loads(done.stdout.splitlines()[-1])
            assert results[way]["pages"] == options.pages, results[way]
        steps = by_step(base)

    print(f"{'way':10}{'ms/page':>9}{'of bare':>9}{'usual/it':>10}{'peak MB':>9}{'items':>7}")
    floor, usual = (results[way]["seconds"] for way in ("bare", "usual"))
    for way, result in results.items():
        seconds = result["seconds"]
        a_page = seconds / options.pages * 1000
        print(
            f"{way:10}{a_page:9.2f}{floor / seconds:9.2f}{usual / seconds:10.2f}"
            f"{result['peak_mb']:9.0f}{result['items']:7}"
        )
    print(
        "\nmedian ms a page by step: " + ", ".join(f"{step} {ms:.2f}" for step, ms in steps.items())
    )


if __name__ == "__main__":
    main()
