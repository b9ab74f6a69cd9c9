"""A run whose time is over, and the next one, which takes up the rest: real crawls of a slow
site."""

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.counts import CrawlCounts
from crawler.health.status import Status, exit_status
from crawler.storage import Run, open_store
from tests.conftest import ROOT
from tests.fetching.site import Reply, Site, serving

STORIES = 40
DELAY = 0.25  # seconds
RUN_SECONDS = 4


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with a feed of STORIES stories."""
    with serving(Site()) as site:
        site.announce(STORIES)
        yield site


class Crawls:
    """Crawls of the site, one after the other into one store."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site, self.folder = site, folder
        self.uri = f"sqlite:///{folder}/khabar.db"
        site.spider(folder, hosts=["www.example.com"], feed="www.example.com/feed.xml", delay=DELAY)

    def crawl(self, *arguments: str, **settings: object) -> tuple[str, list[str]]:
        """Crawl the site; return what was said, and the stories that were asked for, in order."""
        self.site.arrivals.clear()
        given = {
            "SPIDER_MODULES": "waha",
            "GUARD_ALLOW": "127.0.0.0/8",
            "AUTOTHROTTLE_ENABLED": False,
            "SPOOL": self.folder / "spool",
            "STORE_URI": self.uri,
            "REVISIT_AFTER": 3600,
        } | settings
        options = [part for name, value in given.items() for part in ("-s", f"{name}={value}")]
        process = subprocess.run(
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
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert process.returncode == 0, process.stderr
        assert "Traceback" not in process.stderr
        stories = [path for path in self.site.paths() if path.startswith("/story/")]
        return process.stderr, stories

    def last_run(self) -> Run:
        async def load() -> Run:
            async with open_store(self.uri) as store:
                return await anext(store.runs(limit=1))

        return asyncio.run(load())


def test_what_a_run_leaves_comes_first_in_the_next(site: Site, tmp_path: Path) -> None:
    crawls = Crawls(site, tmp_path)
    began = time.monotonic()
    said, read_first = crawls.crawl(RUN_SECONDS=RUN_SECONDS)
    run = crawls.last_run()
    assert run.finished is not None
    assert (run.finished - run.started).total_seconds() < RUN_SECONDS + 2
    assert time.monotonic() - began < STORIES * DELAY + 20
    assert 0 < run.new_stories + run.copies == len(read_first) < STORIES
    assert (run.status, run.found, run.failures) == ("done", STORIES, {})
    assert run.left == STORIES - len(read_first)
    assert re.search(rf"^waha +done .* +{run.left} *$", said, re.MULTILINE), said

    site.stories = [f"www.example.com/story/new{number}" for number in range(5)] + [*site.stories]
    site.replies["/story/new0"] = [Reply(status=404)]
    _, read_next = crawls.crawl(RUN_SECONDS=0)
    run = crawls.last_run()
    left = STORIES - len(read_first)
    assert not set(read_first) & set(read_next)
    assert all("new" not in path for path in read_next[:left]), "the rest comes first"
    assert len(read_next) == left + 5
    assert (run.left, run.failures) == (0, {"http_404": 1})


def test_a_crawl_of_a_span_has_no_end_in_time(site: Site, tmp_path: Path) -> None:
    site.announce(8)
    crawls = Crawls(site, tmp_path)
    _, read = crawls.crawl("-a", "since=2020-01-01", RUN_SECONDS=0.5)
    assert len(read) == 8


def test_a_run_whose_time_was_over_before_it_read_a_page_is_not_done() -> None:
    assert exit_status(CrawlCounts(discovered=1, found=9, left=9), reason="finished") is (
        Status.DEGRADED
    )
    assert exit_status(
        CrawlCounts(discovered=1, found=9, left=8, new_stories=1), reason="finished"
    ) is (Status.DONE)
