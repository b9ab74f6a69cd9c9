"""Crawls of many outlets in one process: which of them begin when, and what became of each."""

import asyncio
import logging
from collections.abc import Callable, Container, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from scrapy.crawler import Crawler

from crawler.causes import Ending
from crawler.counts import CrawlCounts
from crawler.fetching.host_groups import host_groups_of
from crawler.health.report import Row, Rows, result_of, stats_of
from crawler.health.schedule import RUNS_READ, Pauses, due_at
from crawler.health.status import Status, gravest
from crawler.outlet import Outlet
from crawler.runs.store_access import SharedStore
from crawler.runs.timeouts import run_with_timeout
from crawler.storage import StoreError

logger = logging.getLogger(__name__)

CLOSE_SECONDS = 3.0
"""How long the end of a fleet waits for its store to close."""

_STOP_PAUSE = 0.5  # seconds until crawls that a signal did not reach are stopped once more
_SHORTEST_WAIT = 0.5  # seconds between two looks at what is due
_LONGEST_WAIT = 600.0  # seconds: the machine's clock may be set meanwhile


@dataclass(slots=True)
class Crawl:
    """A crawl of one outlet that was asked for. crawler: None as long as it has not begun."""

    outlet: Outlet
    crawler: Crawler | None = None
    failed_to_begin: bool = False


Begin = Callable[[Outlet], tuple[Crawler, asyncio.Task[None]]]
"""Begins the crawl of an outlet in the running event loop."""


class Fleet:
    """Crawls outlets in this process, at most `at_most` at once; two that share a host group never
    run at once, and one that fails stops no other.

    The store at `store_uri` is opened with the first need of it and closed after the last outlet.
    """

    def __init__(self, begin: Begin, store_uri: str, at_most: int) -> None:
        self._begin = begin
        self._store_uri = store_uri
        self._at_most = at_most
        self._crawls: list[Crawl] = []
        self._waiting: list[Crawl] = []
        self._running: dict[asyncio.Task[None], Crawl] = {}
        self._is_stopping = False

    async def run(self, first: Sequence[Outlet], due_outlets: "DueOutlets | None" = None) -> None:
        """Crawl the outlets of `first`.

        While one of them is at work, what becomes due by `due_outlets` is crawled too.
        """
        shared = SharedStore.join(self._store_uri)
        users = [shared.leave]
        if due_outlets is not None:
            users.append(due_outlets.close)
        try:
            self._ask_for(first)
            first_crawls = list(self._crawls)
            self._begin_crawls()
            while self._running:
                await self._wait(due_outlets)
                is_first_at_work = any(crawl in self._unfinished() for crawl in first_crawls)
                if due_outlets is not None and is_first_at_work and not self._is_stopping:
                    self._ask_for(await self._newly_due(due_outlets))
                self._begin_crawls()
        finally:
            for leave in users:
                with suppress(StoreError):
                    await run_with_timeout(CLOSE_SECONDS, leave())

    async def stop(self) -> None:
        """Begin no further crawl, and wait until those at work have stopped.

        Scrapy's own stop does not reach a crawl that has not opened its spider yet.
        """
        self._is_stopping = True
        stops = []
        while self._running:
            for crawl in self._running.values():
                with suppress(RuntimeError):  # it has no engine yet
                    if crawl.crawler is not None and crawl.crawler.engine.running:
                        stops.append(asyncio.create_task(crawl.crawler.engine.stop_async()))
            await asyncio.wait(self._running, timeout=_STOP_PAUSE)
            self._note_ends()

    def rows(self) -> Rows:
        """Return what became of each outlet that was asked for, by its name; a second crawl of an
        outlet stands under its name with a number."""
        rows: Rows = {}
        for crawl in self._crawls:
            name, number = crawl.outlet.name, 2
            while name in rows:
                name, number = f"{crawl.outlet.name} ({number})", number + 1
            rows[name] = _row(crawl)
        return dict(sorted(rows.items()))

    def status(self, *, ignore_already_running: bool) -> Status:
        """Return the gravest status of all crawls.

        ignore_already_running: for a crawl of what is due, in which an outlet that another run
        crawls is no fault.
        """
        results = [_result(crawl)[1] for crawl in self._crawls]
        ignored = {Status.ALREADY_RUNNING} if ignore_already_running else set()
        return gravest(status for status in results if status not in ignored)

    def _ask_for(self, outlets: Sequence[Outlet]) -> None:
        crawls = [Crawl(outlet) for outlet in outlets]
        self._crawls += crawls
        self._waiting += crawls

    def _begin_crawls(self) -> None:
        """Begin as many crawls as may run now."""
        if self._is_stopping:
            return
        for crawl in list(self._waiting):
            if len(self._running) >= self._at_most:
                return
            groups = host_groups_of(crawl.outlet)
            if any(groups & host_groups_of(other.outlet) for other in self._running.values()):
                continue
            self._waiting.remove(crawl)
            try:
                crawl.crawler, task = self._begin(crawl.outlet)
            except Exception:
                logger.exception("%s: the crawl could not begin", crawl.outlet.name)
                crawl.failed_to_begin = True
            else:
                self._running[task] = crawl

    async def _wait(self, due_outlets: "DueOutlets | None") -> None:
        """Wait until a crawl ends, or until another outlet may be due by `due_outlets`."""
        seconds = None
        if due_outlets is not None:
            next_due = due_outlets.next_due(without=self._unfinished_names())
            if next_due is not None:
                until = (next_due - datetime.now(UTC)).total_seconds()
                seconds = min(max(until, _SHORTEST_WAIT), _LONGEST_WAIT)
        await asyncio.wait(self._running, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        self._note_ends()

    def _note_ends(self) -> None:
        for task in [task for task in self._running if task.done()]:
            crawl = self._running.pop(task)
            assert crawl.crawler is not None
            if stats_of(crawl.crawler).get("finish_reason") == Ending.SHUTDOWN:
                self._is_stopping = True

    async def _newly_due(self, due_outlets: "DueOutlets") -> list[Outlet]:
        try:
            return await due_outlets.due(datetime.now(UTC), without=self._unfinished_names())
        except StoreError as error:
            logger.warning("what is due could not be read: %s", error)
            return []

    def _unfinished(self) -> list[Crawl]:
        return [*self._waiting, *self._running.values()]

    def _unfinished_names(self) -> set[str]:
        return {crawl.outlet.name for crawl in self._unfinished()}


class DueOutlets:
    """When each of `outlets` is due, by its runs in the store at `store_uri`, which stays open from
    the first look until `close`."""

    def __init__(self, outlets: Sequence[Outlet], store_uri: str, pauses: Pauses) -> None:
        self._outlets = outlets
        self._store_uri = store_uri
        self._pauses = pauses
        self._shared: SharedStore | None = None
        # By outlet, the instant before which nobody need look at its runs. A run that was cut short
        # leaves its outlet due at once, but here not sooner than one that found news.
        self._not_before: dict[str, datetime] = {}

    async def due(self, now: datetime, *, without: Container[str] = ()) -> list[Outlet]:
        """Return the outlets that are due by `now`, but for those that `without` names. Raises
        StoreError."""
        due = []
        for outlet in self._outlets:
            is_looked_at_later = self._not_before.get(outlet.name, now) > now
            if outlet.name in without or is_looked_at_later:
                continue
            instant = await self._due_at(outlet, now)
            if instant <= now:
                due.append(outlet)
                instant = now + self._pauses.after_news
            self._not_before[outlet.name] = instant
        return due

    def next_due(self, *, without: Container[str]) -> datetime | None:
        """Return the earliest instant at which an outlet may be due, but for those that `without`
        names; None when there is no other."""
        instants = [instant for name, instant in self._not_before.items() if name not in without]
        return min(instants, default=None)

    async def close(self) -> None:
        """Leave the store if a look has opened it."""
        shared, self._shared = self._shared, None
        if shared is not None:
            await shared.leave()

    async def _due_at(self, outlet: Outlet, now: datetime) -> datetime:
        if self._shared is None:
            self._shared = SharedStore.join(self._store_uri)
        store = await self._shared.open()
        runs = [run async for run in store.runs(outlet=outlet.name, limit=RUNS_READ)]
        # A run dated in the future was dated by a clock that was wrong.
        if runs and runs[0].started > now:
            return now
        return due_at(runs, self._pauses) or now


def _row(crawl: Crawl) -> Row:
    counts, status = _result(crawl)
    if crawl.crawler is None and not crawl.failed_to_begin:
        return counts, "not begun"
    return counts, status


def _result(crawl: Crawl) -> tuple[CrawlCounts, Status]:
    """Return the counts and the status of a crawl; of one that a signal kept from beginning, those
    of an interrupted one."""
    if crawl.crawler is not None:
        return result_of(crawl.crawler)
    return CrawlCounts(), Status.ERROR if crawl.failed_to_begin else Status.DEGRADED
