"""The end of a crawl comes in time, whatever its store does."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.utils.test import get_crawler

from crawler.runs import session as session_module
from crawler.runs import store_access
from crawler.runs.session import session_of
from crawler.spiders.base import OutletSpider
from crawler.storage import Run, Store, StoreError, open_store
from tests.storage.samples import NOON, article


class HangingStore:
    """The store `inner`, but from `hangs.set()` on it answers nothing, not even a cancellation."""

    def __init__(self, inner: Any, hangs: asyncio.Event) -> None:
        self.inner, self.hangs = inner, hangs

    def __getattr__(self, name: str) -> Any:
        if self.hangs.is_set():
            return hang
        return getattr(self.inner, name)


async def hang(*args: object, **kwargs: object) -> None:
    while True:
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            continue


@pytest.fixture
def crawler(
    spider_class: type[OutletSpider], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Crawler:
    """A crawl into SQLite that waits a tenth of the usual time at its end."""
    for name in ("RECORD_SECONDS", "NOTIFY_SECONDS", "LEAVE_SECONDS"):
        monkeypatch.setattr(session_module, name, getattr(session_module, name) / 10)
    settings = {
        "STORE_URI": f"sqlite:///{tmp_path}/khabar.db",
        "SPOOL": str(tmp_path / "spool.jsonl"),
        "STORE_AT_START": True,
        "INCREMENTAL": True,
        "LEASE_SECONDS": 90,
        "EXTENSIONS": {"crawler.runs.session.CrawlSession": 1},
    }
    crawler = get_crawler(spider_class, settings)
    crawler.spider = spider_class.from_crawler(crawler)
    return crawler


def test_an_error_of_ours_at_the_start_ends_the_crawl(
    crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of(crawler)

    async def begin(store: Store) -> None:
        raise ZeroDivisionError

    async def crawl() -> None:
        monkeypatch.setattr(session._run, "begin", begin)
        with pytest.raises(CloseSpider) as ended:
            await session.open()
        assert ended.value.reason == "error"
        await session.close("error")

    asyncio.run(crawl())
    assert crawler.stats.get_stats().get("khabar/errors") == 1


@pytest.mark.parametrize("hangs_from", ["the end", "its closing"])
def test_a_crawl_ends_in_time_whatever_its_store_does(
    crawler: Crawler, hangs_from: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uri = f"sqlite:///{tmp_path}/khabar.db"
    session = session_of(crawler)

    async def crawl() -> float:
        hangs = asyncio.Event()

        @asynccontextmanager
        async def open_hanging(uri: str) -> AsyncIterator[HangingStore]:
            async with open_store(uri) as store:
                yield HangingStore(store, hangs)
                await hang()

        monkeypatch.setattr(store_access, "open_store", open_hanging)
        await session.open()
        if hangs_from == "the end":
            hangs.set()
        began = time.monotonic()
        await asyncio.wait_for(session.close("finished"), timeout=60)
        return time.monotonic() - began

    async def last_run() -> Run:
        async with open_store(uri) as store:
            return await anext(store.runs())

    loop = asyncio.new_event_loop()
    try:
        # Three seconds are a tenth of what an end may take; the machine may be busy.
        assert loop.run_until_complete(crawl()) < 3 + 2
    finally:
        for task in asyncio.all_tasks(loop):
            task._log_destroy_pending = False  # type: ignore[attr-defined]
        loop.close()
    counts = crawler.stats.get_stats()
    assert counts.get("khabar/store_down", 0) == (hangs_from == "the end")
    assert (
        asyncio.run(last_run()).status
        == {"the end": "running", "its closing": "failed"}[hangs_from]
    )


def test_a_crawl_counts_the_days_that_it_changed(
    crawler: Crawler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "RECORD_SECONDS", 10)
    session = session_of(crawler)

    async def crawl() -> None:
        await session.open()
        store = await session.store_access.open()
        await store.save(article("a"))
        await session.close("finished")

    async def counted() -> list[tuple[date, int]]:
        async with open_store(f"sqlite:///{tmp_path}/khabar.db") as store:
            assert await store.stale_days() == []
            return [(each.day, each.numbers.stories) async for each in store.tallies()]

    asyncio.run(crawl())
    assert asyncio.run(counted()) == [(NOON.date(), 1)]


@pytest.mark.parametrize("error", [StoreError("full"), KeyError("headline")])
def test_a_crawl_ends_well_where_days_cannot_be_counted(
    crawler: Crawler,
    error: Exception,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    session = session_of(crawler)

    async def refuse(*_: object, **__: object) -> int:
        raise error

    async def crawl() -> None:
        await session.open()
        monkeypatch.setattr(session_module, "recount_stale", refuse)
        await session.close("finished")

    asyncio.run(crawl())
    assert "not all days were counted afresh" in caplog.text
    assert "khabar/store_down" not in crawler.stats.get_stats()
