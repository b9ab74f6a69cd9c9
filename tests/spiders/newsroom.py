"""Crawls of a paper of ours into a store, one after the other, as a scheduler starts them."""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

from crawler.storage import Run, open_store
from tests.conftest import ROOT
from tests.spiders.paper import Paper

SPIDER = """
from crawler.discovery.kinds import Feed, Listing, Sitemap
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider


class WahaSpider(OutletSpider):
    outlet = Outlet(
        name="waha", title="Waha", native="الواحة", language="ar", country="JO", zone="Asia/Amman",
        hosts=("127.0.0.1",), articles=r"http://127\\.0\\.0\\.1:\\d+/story/.+", delay=0,
        discovery=(DISCOVERY,), publisher="petra", as_of=2026, confidence="low",
    )
"""


class Newsroom:
    """Crawls of one paper into one store, as a scheduler starts them."""

    def __init__(self, folder: Path, paper: Paper, store: str) -> None:
        self.folder, self.paper, self.store = folder, paper, store
        self.discover(f'Feed(url="http://127.0.0.1:{paper.port}/feed.xml")')

    def discover(self, kind: str) -> None:
        (self.folder / "waha.py").write_text(SPIDER.replace("DISCOVERY", kind), encoding="utf-8")

    def start(self, *arguments: str, **settings: object) -> "subprocess.Popen[str]":
        given = {
            "SPIDER_MODULES": "waha",
            "GUARD_ALLOW": "127.0.0.0/8",
            "AUTOTHROTTLE_ENABLED": False,
            "SPOOL": self.folder / "spool",
            "STORE_URI": self.store,
            "BACKOFF_TRIES": 0,
        } | settings
        options = [part for name, value in given.items() for part in ("-s", f"{name}={value}")]
        return subprocess.Popen(
            [
                sys.executable,
                "-W",
                "error",
                "-m",
                "scrapy.cmdline",
                "crawl",
                "waha",
                *arguments,
                *options,
            ],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(self.folder)},
            stderr=subprocess.PIPE,
            text=True,
        )

    def crawl(self, *arguments: str, status: int = 0, **settings: object) -> str:
        """Crawl to the end; what the crawl said."""
        process = self.start(*arguments, **settings)
        _, said = process.communicate(timeout=120)
        assert process.returncode == status, said
        assert "Traceback" not in said
        return said

    def kill_when(self, done: int, **settings: object) -> None:
        """Start a crawl and kill it when it has done with so many articles."""
        process = self.start(**settings)
        while not self.paper.arrivals or len(self.looked_at()) < done:
            assert process.poll() is None, process.communicate()[1]
            time.sleep(0.3)
        process.kill()
        process.communicate()

    def looked_at(self) -> set[str]:
        """The stories that the frontier has done with."""
        urls = [f"https://127.0.0.1:{self.paper.port}/story/{name}" for name in self.paper.stories]

        async def load() -> set[str]:
            async with open_store(self.store) as store:
                tracked_urls = await store.tracked_urls("waha", urls)
                return {
                    url.rpartition("/")[2]
                    for url, tracked in tracked_urls.items()
                    if tracked.checked_at
                }

        return asyncio.run(load())

    def last_run(self) -> Run:
        async def load() -> Run:
            async with open_store(self.store) as store:
                return await anext(store.runs(limit=1))

        return asyncio.run(load())

    def canonical_addresses(self) -> list[str]:
        """The canonical addresses of the stories stored."""

        async def load() -> list[str]:
            async with open_store(self.store) as store:
                return [one.article.canonical_url or "" async for one in store.articles()]

        return asyncio.run(load())

    def stored(self) -> dict[str, int]:
        """The names of the stories stored, with how many older texts each has."""

        async def load() -> dict[str, int]:
            async with open_store(self.store) as store:
                found = [one async for one in store.articles()]
                urls = [one.article.url for one in found]
                assert len(urls) == len(set(urls))
                older = [len(await store.revisions(one.id)) for one in found]
                return dict(zip((url.rpartition("/")[2] for url in urls), older, strict=True))

        return asyncio.run(load())
