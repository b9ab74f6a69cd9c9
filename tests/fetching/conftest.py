import asyncio
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.storage import Run, open_store
from tests.fetching.site import Site, serving

Crawl = Callable[..., Run]
SETTINGS = {"GUARD_ALLOW": "127.0.0.0/8", "AUTOTHROTTLE_START_DELAY": "0", "STORE_AT_START": "True"}


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site()) as site:
        yield site


@pytest.fixture
def options(tmp_path: Path) -> list[str]:
    """The command line's part that every crawl of the site needs."""
    given = SETTINGS | {
        "SPOOL": str(tmp_path / "spool"),
        "STORE_URI": f"sqlite:///{tmp_path}/khabar.db",
    }
    return [part for name, value in given.items() for part in ("-s", f"{name}={value}")]


@pytest.fixture
def summary(tmp_path: Path) -> Callable[[], Run]:
    """`summary()`: what the store says of the one run there was."""

    async def load() -> Run:
        async with open_store(f"sqlite:///{tmp_path}/khabar.db") as store:
            (run,) = [run async for run in store.runs()]
            return run

    return lambda: asyncio.run(load())


@pytest.fixture
def crawl(
    site: Site, scrapy: Any, options: list[str], summary: Callable[[], Run], tmp_path: Path
) -> Crawl:
    """`crawl(hosts=..., feed=..., delay=..., SETTING=...)`: the summary of one run, which told no
    traceback."""

    def run(*, hosts: tuple[str, ...], feed: str, delay: float = 0.0, **settings: object) -> Run:
        spider = site.spider(tmp_path, hosts=hosts, feed=feed, delay=delay)
        more = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        process: subprocess.CompletedProcess[str] = scrapy(
            "runspider", str(spider), *options, *more
        )
        assert "Traceback" not in process.stderr
        return summary()

    return run
