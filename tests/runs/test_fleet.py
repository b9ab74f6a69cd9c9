"""Which outlets of a fleet are crawled when: with crawls that only wait."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from crawler.health.schedule import Pauses
from crawler.health.status import Status
from crawler.outlet import Outlet
from crawler.runs import store_access
from crawler.runs.fleet import DueOutlets, Fleet
from crawler.runs.store_access import SharedStore
from crawler.storage import Run, Store, StoreUnavailable, open_store
from tests.pipelines.conftest import SahifaSpider

SECONDS = 0.05  # that a crawl takes, unless it is told otherwise


def outlets(count: int, *, groups: int) -> list[Outlet]:
    """So many outlets, in so many host groups, in turn."""
    made = []
    for number in range(count):
        host = f"paper{number % groups}.example"
        feed = replace(SahifaSpider.outlet.discovery[0], url=f"https://{host}/rss")
        made.append(
            replace(SahifaSpider.outlet, name=f"p{number}", hosts=(host,), discovery=(feed,))
        )
    return made


class Crawls:
    """Crawls that only wait, and when each began and ended."""

    def __init__(self, uri: str, seconds: dict[str, float] | None = None) -> None:
        self.uri = uri
        self.seconds = seconds or {}
        self.began: list[str] = []
        self.at_work: set[str] = set()
        self.most_at_work = 0

    def begin(self, outlet: Outlet) -> tuple[Any, "asyncio.Task[None]"]:
        stats = {"finish_reason": "finished", "khabar/discovered": 1, "khabar/outcome/unchanged": 1}
        crawler = SimpleNamespace(stats=SimpleNamespace(get_stats=lambda: stats))
        return crawler, asyncio.ensure_future(self.crawl(outlet, stats))

    async def crawl(self, outlet: Outlet, stats: dict[str, Any]) -> None:
        groups = {name.partition(":")[2] for name in self.at_work}
        assert outlet.hosts[0] not in groups, "a host group twice at once"
        self.began.append(outlet.name)
        self.at_work.add(f"{outlet.name}:{outlet.hosts[0]}")
        self.most_at_work = max(self.most_at_work, len(self.at_work))
        now = datetime.now(UTC)
        async with open_store(self.uri) as store:
            run = Run(f"{outlet.name}-{now}", outlet.name, now, now, "done", new_stories=1)
            await store.record_run(run)
        await asyncio.sleep(self.seconds.get(outlet.name, SECONDS))
        self.at_work.remove(f"{outlet.name}:{outlet.hosts[0]}")


def test_at_most_so_many_outlets_are_at_work_and_a_host_group_never_twice(tmp_path: Path) -> None:
    crawls = Crawls(f"sqlite:///{tmp_path}/khabar.db")
    fleet = Fleet(crawls.begin, crawls.uri, at_most=4)
    asked = outlets(20, groups=10)
    asyncio.run(fleet.run(asked))
    assert sorted(crawls.began) == sorted(each.name for each in asked)
    assert crawls.most_at_work == 4
    assert {name: status for name, (_, status) in fleet.rows().items()} == {
        each.name: Status.DONE for each in asked
    }


def test_an_outlet_whose_crawl_cannot_begin_has_a_row_and_stops_no_other(tmp_path: Path) -> None:
    crawls = Crawls(f"sqlite:///{tmp_path}/khabar.db")

    def begin(outlet: Outlet) -> tuple[Any, "asyncio.Task[None]"]:
        if outlet.name == "p0":
            raise ValueError("no such setting")
        return crawls.begin(outlet)

    fleet = Fleet(begin, crawls.uri, at_most=4)
    asyncio.run(fleet.run(outlets(3, groups=3)))
    assert [status for _, status in fleet.rows().values()] == [
        Status.ERROR,
        Status.DONE,
        Status.DONE,
    ]
    assert fleet.status(ignore_already_running=True) == Status.ERROR


def test_what_becomes_due_is_taken_up_while_one_of_the_first_is_at_work(tmp_path: Path) -> None:
    uri = f"sqlite:///{tmp_path}/khabar.db"
    slow, quick, resting = asked = outlets(3, groups=3)
    crawls = Crawls(uri, {slow.name: 2.2})
    pauses = Pauses(timedelta(seconds=1), timedelta(seconds=1), timedelta(days=1))

    async def run() -> tuple[list[Outlet], Fleet]:
        now = datetime.now(UTC)
        async with open_store(uri) as store:
            began = now - timedelta(seconds=0.5)  # so that it is due in half a second
            await store.record_run(Run("r", resting.name, began, now, "done", new_stories=1))
        due_outlets = DueOutlets(asked, uri, pauses)
        first = await due_outlets.due(now)
        fleet = Fleet(crawls.begin, uri, at_most=32)
        await fleet.run(first, due_outlets)
        return first, fleet

    first, fleet = asyncio.run(run())
    assert first == [slow, quick]
    counted = Counter(crawls.began)
    assert counted[slow.name] == 1, "it ends when all of the first list have ended"
    assert counted[quick.name] in (2, 3)
    assert counted[resting.name] in (1, 2)
    assert f"{quick.name} (2)" in fleet.rows()


@pytest.fixture
def openings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The URIs of the stores that were opened and, with a dash before them, closed."""
    noted: list[str] = []

    class Opening:
        def __init__(self, uri: str) -> None:
            self.uri = uri

        async def __aenter__(self) -> object:
            await asyncio.sleep(0.01)
            noted.append(self.uri)
            if self.uri == "down":
                raise StoreUnavailable("down")
            return object()

        async def __aexit__(self, *_: object) -> None:
            noted.append(f"-{self.uri}")

    monkeypatch.setattr(store_access, "open_store", Opening)
    return noted


def test_one_store_is_open_for_all_until_the_last_leaves_it(openings: list[str]) -> None:
    async def use() -> None:
        users = [SharedStore.join("here") for _ in range(40)]
        stores: Sequence[Store] = await asyncio.gather(*(user.open() for user in users))
        assert len(set(map(id, stores))) == 1
        for user in users[1:]:
            await user.leave()
        assert openings == ["here"]
        other = SharedStore.join("there")
        await other.open()
        await other.leave()
        await users[0].leave()
        again = SharedStore.join("here")
        await again.open()
        await again.leave()

    asyncio.run(use())
    assert openings == ["here", "there", "-there", "-here", "here", "-here"]


def test_of_many_that_begin_together_one_finds_out_that_the_store_is_down(
    openings: list[str],
) -> None:
    async def use() -> list[object]:
        users = [SharedStore.join("down") for _ in range(40)]
        told = await asyncio.gather(*(user.open() for user in users), return_exceptions=True)
        assert all(user.is_unavailable for user in users)
        assert await users[0].call(Store.counts) is None
        return list(told)

    told = asyncio.run(use())
    assert {type(each) for each in told} == {StoreUnavailable}
    assert openings == ["down"]
