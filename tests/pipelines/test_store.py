"""The last step against real stores: one that is down, one that goes away in the middle, one that
comes back."""

import asyncio
import gc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import CloseSpider
from scrapy.utils.test import get_crawler

from crawler.items import Article
from crawler.pipelines.store import StorePipeline
from crawler.runs import store_access
from crawler.runs.session import session_of
from crawler.runs.store_access import spool_path
from crawler.runs.url_outcomes import NotKept
from crawler.spiders.base import OutletSpider
from crawler.storage import Saved, Store, StoreError, StoreUnavailable, open_store
from crawler.storage.owner import this_process
from tests.mongod import Mongod, new_mongod

FIRST = Article(
    url="https://sahifa.example/1",
    outlet="sahifa_ar",
    language="ar",
    headline="افتتاح سوق السمك الجديد",
    body="فتح سوق السمك الجديد أبوابه صباح اليوم أمام الزوار.",
    fetched_at=datetime(2024, 5, 6, 12, 0, tzinfo=UTC),
)

# pymongo's monitor of a server that refuses or dies now and then leaves its socket to the
# collector.
UNCLOSED_SOCKET = pytest.mark.filterwarnings(
    "ignore:.*socket.socket:pytest.PytestUnraisableExceptionWarning",
    "ignore:unclosed <socket:ResourceWarning",
)


def article(number: int) -> Article:
    return replace(FIRST, url=f"https://sahifa.example/{number}", body=f"{FIRST.body} رقم {number}")


class Crawl:
    """What one crawl has of the store: the session and the last step."""

    def __init__(self, spider_class: type[OutletSpider], settings: dict[str, Any]) -> None:
        extensions = {"crawler.runs.session.CrawlSession": 1}
        crawler = get_crawler(spider_class, settings | {"EXTENSIONS": extensions})
        crawler.spider = spider_class.from_crawler(crawler)
        self.session = session_of(crawler)
        self.step = StorePipeline.from_crawler(crawler)

    async def open(self) -> None:
        await self.session.open()

    async def process_item(self, item: Article) -> object:
        return await self.step.process_item(item)

    async def close(self, reason: str) -> None:
        await self.step.close_spider()
        await self.session.close(reason)

    def counted(self) -> dict[str, Any]:
        stats = self.step.stats.get_stats()
        return {name: n for name, n in stats.items() if name.startswith("khabar/") and n}


NewCrawl = Callable[..., Crawl]


@pytest.fixture
def new_crawl(
    spider_class: type[OutletSpider], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> NewCrawl:
    """Make a crawl into a store; with pauses that a test can wait for."""
    monkeypatch.setattr(store_access, "RETRY_PAUSES", (0.01, 0.02))

    def build(uri: str, *, at_start: bool = True, spool: Path = tmp_path / "spool.jsonl") -> Crawl:
        settings = {"STORE_URI": uri, "SPOOL": str(spool), "STORE_AT_START": at_start}
        return Crawl(spider_class, settings)

    return build


async def stored_urls(uri: str) -> list[str]:
    async with open_store(uri) as store:
        return sorted([stored.article.url async for stored in store.articles()])


@UNCLOSED_SOCKET
def test_a_store_that_is_down_at_the_start_closes_the_crawl(
    new_crawl: NewCrawl, free_port: int
) -> None:
    async def crawl() -> dict[str, Any]:
        built = new_crawl(f"mongodb://127.0.0.1:{free_port}/khabar")
        with pytest.raises(CloseSpider):
            await built.open()
        await built.close("store_down")
        return built.counted()

    assert asyncio.run(crawl()) == {"khabar/store_down": 1}
    gc.collect()  # here, where the warning is expected, and not in the test that comes next


def test_a_spool_that_cannot_be_written_closes_the_crawl_before_it_is_needed(
    new_crawl: NewCrawl, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")

    async def crawl() -> dict[str, Any]:
        built = new_crawl(
            f"sqlite:///{tmp_path}/khabar.db", spool=tmp_path / "file" / "spool.jsonl"
        )
        with pytest.raises(CloseSpider):
            await built.open()
        await built.close("store_down")
        return built.counted()

    assert asyncio.run(crawl()) == {"khabar/store_unusable": 1}
    assert not (tmp_path / "khabar.db").exists()


def test_what_waits_for_one_store_is_not_taken_into_another() -> None:
    kept = spool_path("var/spool.jsonl", "mongodb://reader:secret@127.0.0.1/khabar")
    assert kept == spool_path("var/spool.jsonl", "mongodb://127.0.0.1/khabar")
    assert kept != spool_path("var/spool.jsonl", "sqlite:////tmp/try.db")
    assert kept.parent.name == "var"


def test_the_spools_folder_is_made(new_crawl: NewCrawl, tmp_path: Path) -> None:
    async def crawl() -> None:
        built = new_crawl(
            f"sqlite:///{tmp_path}/khabar.db", spool=tmp_path / "var" / "khabar" / "spool.jsonl"
        )
        await built.open()
        await built.close("finished")

    asyncio.run(crawl())
    assert (tmp_path / "var" / "khabar").is_dir()


def test_each_outcome_is_counted_and_the_run_is_recorded(
    new_crawl: NewCrawl, tmp_path: Path
) -> None:
    uri = f"sqlite:///{tmp_path}/khabar.db"

    async def crawl() -> Any:
        built = new_crawl(uri)
        await built.open()
        for item in (
            FIRST,
            replace(FIRST, url="https://sahifa.example/2"),
            FIRST,
            replace(
                FIRST,
                body=f"{FIRST.body} وأضيف قسم للخضار.",
                fetched_at=datetime(2024, 5, 6, 13, 0, tzinfo=UTC),
            ),
        ):
            await built.process_item(item)
        await built.close("finished")
        async with open_store(uri) as store:
            return built.counted(), [run async for run in store.runs()]

    counts, (run,) = asyncio.run(crawl())
    assert counts == {
        f"khabar/outcome/{name}": 1 for name in ("new_story", "new_copy", "unchanged", "revision")
    }
    assert (run.outlet, run.status, run.new_stories, run.copies) == ("sahifa_ar", "done", 1, 1)
    assert (run.unchanged, run.revisions, run.finished >= run.started) == (1, 1, True)


def test_without_store_at_start_nothing_is_opened_before_the_first_article(
    new_crawl: NewCrawl, tmp_path: Path
) -> None:
    async def crawl() -> None:
        built = new_crawl(f"sqlite:///{tmp_path}/khabar.db", at_start=False)
        await built.open()
        assert not (tmp_path / "khabar.db").exists()
        await built.process_item(FIRST)
        await built.close("finished")

    asyncio.run(crawl())
    assert asyncio.run(stored_urls(f"sqlite:///{tmp_path}/khabar.db")) == [FIRST.url]


def test_one_article_tries_a_store_that_is_away_and_the_others_do_not_wait(
    new_crawl: NewCrawl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def crawl() -> tuple[list[str], dict[str, Any]]:
        built = new_crawl(f"sqlite:///{tmp_path}/khabar.db")
        asked: list[str] = []

        async def save(item: Article, store: Store) -> Saved:
            asked.append(item.url)
            if len(asked) == 2:
                raise StoreError("refused")
            raise StoreUnavailable("away")

        monkeypatch.setattr(built.step, "save", save)
        await built.open()
        first = asyncio.create_task(built.process_item(article(1)))
        for _ in range(10):  # turns of the loop, until the first has found the store away
            await asyncio.sleep(0)
        await built.process_item(article(2))
        await first
        await built.process_item(article(3))
        await built.close("finished")
        return asked, built.counted()

    asked, counts = asyncio.run(crawl())
    assert asked[:2] == [article(1).url] * 2
    assert asked[2] == article(3).url, (
        "an error in a try must not keep the later ones from the store"
    )
    assert counts == {"khabar/failure/store": 1, "khabar/spooled": 2}


def test_an_article_is_spooled_when_its_store_gives_no_answer(
    new_crawl: NewCrawl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_access, "TRY_SECONDS", 0.2)

    async def save(item: Article, store: Store) -> Saved:
        await asyncio.sleep(600)
        raise AssertionError("the store was waited for")

    async def crawl() -> dict[str, Any]:
        built = new_crawl(f"sqlite:///{tmp_path}/khabar.db")
        monkeypatch.setattr(built.step, "save", save)
        await built.open()
        async with asyncio.timeout(5):
            await asyncio.gather(*(built.process_item(article(number)) for number in (1, 2)))
            await built.close("finished")
        return built.counted()

    assert asyncio.run(crawl()) == {"khabar/spooled": 2}
    (spool,) = tmp_path.glob("spool-*.jsonl")
    assert len(spool.read_text(encoding="utf-8").splitlines()) == 2


def test_an_article_that_nothing_keeps_ends_the_crawl_and_stays_due(
    new_crawl: NewCrawl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endings = []

    class Engine:
        async def close_spider_async(self, *, reason: str) -> None:
            endings.append(reason)

    async def save(item: Article, store: Store) -> Saved:
        raise StoreUnavailable("full")

    def append(item: Article) -> None:
        raise StoreUnavailable("the spool is full")

    async def crawl() -> dict[str, Any]:
        built = new_crawl(f"sqlite:///{tmp_path}/khabar.db")
        built.session._crawler.engine = Engine()  # type: ignore[assignment]
        monkeypatch.setattr(built.step, "save", save)
        monkeypatch.setattr(built.session.store_access.spool, "append", append)
        await built.open()
        for number in (1, 2):
            with pytest.raises(NotKept):
                await built.process_item(article(number))
        await built.close("store_down")
        async with open_store(f"sqlite:///{tmp_path}/khabar.db") as store:
            assert [run.status async for run in store.runs()] == ["store_down"], "it was back"
        return built.counted()

    assert asyncio.run(crawl()) == {"khabar/store_down": 1}
    assert endings == ["store_down"]


@UNCLOSED_SOCKET
def test_what_a_store_misses_while_it_is_away_is_stored_by_the_next_run(
    new_crawl: NewCrawl, own_mongod: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    uri = own_mongod.uri.replace("/?", "/khabar?")
    host, pid, _, where = this_process().split(":")
    # The first run is another process, which has ended by the time of the next: it could not give
    # its lease back.
    monkeypatch.setattr("crawler.runs.lease.this_process", lambda: f"{host}:{pid}:0:{where}")

    async def first_run() -> dict[str, Any]:
        built = new_crawl(uri)
        await built.open()
        await built.process_item(article(1))
        own_mongod.kill()
        await asyncio.gather(*(built.process_item(article(number)) for number in (2, 3, 4)))
        await built.close("finished")
        return built.counted()

    async def next_run() -> dict[str, Any]:
        built = new_crawl(uri)
        await built.open()
        await built.process_item(article(5))
        await built.close("finished")
        return built.counted()

    assert asyncio.run(first_run()) == {"khabar/outcome/new_story": 1, "khabar/spooled": 3}
    own_mongod.start()
    assert asyncio.run(next_run()) == {"khabar/unspooled": 3, "khabar/outcome/new_story": 1}
    assert asyncio.run(stored_urls(uri)) == [article(number).url for number in range(1, 6)]
    gc.collect()


@pytest.fixture
def own_mongod(mongod_uri: str) -> Iterator[Mongod]:
    """A server that a test may kill; `mongod_uri` skips or fails first where there is none."""
    server = new_mongod()
    yield server
    server.stop()
