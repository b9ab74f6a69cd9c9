"""The Scrapy extension that opens the store for a crawl, begins the run, and winds both up."""

import asyncio
import logging
import time
from datetime import UTC, datetime, timedelta
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider

from crawler.causes import Cause, Ending
from crawler.counts import cause_count, stats_key
from crawler.frontier import Pace
from crawler.health.outlet_state import recent_runs, revisit_widening
from crawler.outlet import outlet_of
from crawler.runs.crawl_run import CrawlRun
from crawler.runs.declarations import declarations
from crawler.runs.frontier_session import FrontierSession
from crawler.runs.store_access import TRY_SECONDS, StoreAccess, spool_path
from crawler.runs.timeouts import run_with_timeout
from crawler.runs.url_outcomes import UrlOutcomes
from crawler.storage import Store, StoreError, StoreUnavailable
from crawler.storage.spool import Spool, Unspooled
from crawler.storage.tallies import RECOUNT_AFTER, recount_stale
from crawler.storage.upkeep import UNREADABLE

logger = logging.getLogger(__name__)

# How long each part of the end of a crawl waits for the store; together, and with CLOSE_SECONDS of
# `crawlall`, less than 30 seconds.
RECORD_SECONDS = 10.0
AWAY_SECONDS = 3.0  # in place of RECORD_SECONDS, for a store that was away before
RECOUNT_SECONDS = 5.0  # of what is left of RECORD_SECONDS
NOTIFY_SECONDS = 12.0  # of which a hook has HOOK_SECONDS
LEAVE_SECONDS = 4.0  # of which RunLease.stop has STOP_SECONDS

_LAST_DAY_SECONDS = 1.0  # of RECOUNT_SECONDS, for the last day that is begun


class CrawlSession:
    """Holds for one crawl, from the signal `spider_opened` to `spider_closed`, the store with its
    spool (`store_access`), the run with its lease, and the frontier.

    With STORE_AT_START (as `scrapy crawl` sets it) a store that is down, another run of the outlet,
    or a site that refused the last one ends the crawl before its first request; otherwise the store
    is opened with the first article, so that `scrapy shell` and `parse` need none.

    A spider without an outlet has no run and no frontier.
    """

    def __init__(self, crawler: Crawler) -> None:
        uri = crawler.settings["STORE_URI"]
        spool = Spool(spool_path(crawler.settings["SPOOL"], uri))
        self._crawler = crawler
        self._outlet = outlet_of(crawler.spidercls)
        self._run = CrawlRun(crawler, self._outlet) if self._outlet else None
        self._frontier = self._new_frontier(None)
        self.store_access = StoreAccess(uri, spool, self._on_unspooled, declarations(crawler))
        self.url_outcomes = UrlOutcomes(crawler, lambda: self.frontier)
        self._ending: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        session = cls(crawler)
        crawler.signals.connect(session.open, signal=signals.spider_opened)
        crawler.signals.connect(session.close, signal=signals.spider_closed)
        return session

    @property
    def frontier(self) -> FrontierSession:
        """The frontier of the outlet, which knows no address before the run has begun.

        Raises LookupError for a spider without an outlet.
        """
        if self._frontier is None:
            raise LookupError(f"{self._crawler.spidercls.__name__} has no outlet")
        return self._frontier

    async def may_write(self) -> bool:
        """Return False when another run has taken over. Raises StoreError."""
        return self._run is None or await self._run.may_write()

    async def open(self) -> None:
        """Open the store and begin the run, where STORE_AT_START asks for it.

        Raises CloseSpider when the store cannot be used or the run may not begin.
        """
        settings = self._crawler.settings
        if not settings.getbool("STORE_AT_START"):
            return
        try:
            self.store_access.spool.prepare()
            store = await self.store_access.open()
            if self._run is not None:
                await self._run.begin(store)
        except CloseSpider:
            await self._leave(reachable=True)
            raise
        except StoreError as error:
            await self._leave(reachable=False)
            away = isinstance(error, StoreUnavailable)
            self._count("store_down" if away else "store_unusable")
            logger.error("%s", error)
            raise CloseSpider(Ending.STORE_DOWN) from None
        except Exception:
            # Scrapy would log it and crawl on, without a run.
            logger.exception("the run could not begin")
            self._count("errors")
            await self._leave(reachable=True)
            raise CloseSpider(Ending.ERROR) from None
        if settings.getbool("INCREMENTAL"):
            self._frontier = self._new_frontier(store, await self._widening(store))

    def end_unkept(self, error: StoreError) -> None:
        """End the crawl because no article can be kept: the store is away, and `error` is why the
        spool does not take it, as on a full disk."""
        if self._ending is not None:
            return
        logger.error("%s; the crawl ends, and what is not stored stays due", error)
        self._count("store_down")
        # Not awaited: it waits for the article that has found this out.
        self._ending = asyncio.create_task(
            self._crawler.engine.close_spider_async(reason=Ending.STORE_DOWN)
        )

    async def close(self, reason: str) -> None:
        """Record how the run went, and close the store. Returns within 30 seconds, whatever the
        store does. reason: Scrapy's for the end of the crawl."""
        was_unavailable = self.store_access.is_unavailable
        reachable = True
        self.url_outcomes.close(reason)
        try:
            # A store that was away may be back: its run is then shown as it went.
            await self._wind_up(reason, AWAY_SECONDS if was_unavailable else RECORD_SECONDS)
        except StoreError as error:
            reachable = not isinstance(error, StoreUnavailable)
            if not was_unavailable:
                logger.warning("the run was not wound up in the store: %s", error)
                self._count("store_down", int(not reachable))
        finally:
            await self._leave(reachable=reachable)

    async def _wind_up(self, reason: str, seconds: float) -> None:
        began = time.monotonic()
        store = await run_with_timeout(seconds, self._record(reason))
        left = seconds - (time.monotonic() - began)
        if store is not None and self._run is not None:
            await run_with_timeout(NOTIFY_SECONDS, self._run.notify(store))
            await self._recount(store, min(left, RECOUNT_SECONDS))

    async def _recount(self, store: Store, seconds: float) -> None:
        """Count days that have changed afresh, as many as `seconds` allow; the others stay stale
        for the next run."""
        work = recount_stale(store, seconds=seconds - _LAST_DAY_SECONDS, after=RECOUNT_AFTER)
        try:
            await run_with_timeout(seconds, work)
        except (StoreError, *UNREADABLE) as error:
            logger.warning("not all days were counted afresh (scrapy check-store does): %s", error)

    async def _record(self, reason: str) -> Store | None:
        """Write what the frontier still holds, and the run. Return the store with the record, None
        if nothing was written: there is no run, or another one has taken over."""
        run, store = self._run, self.store_access.opened
        if run is None or store is None or not await run.may_write():
            return None
        await self.frontier.close(datetime.now(UTC))
        await run.record(store, reason)
        return store

    async def _leave(self, *, reachable: bool) -> None:
        """Give up the run's lease and close the store."""
        try:
            await run_with_timeout(LEAVE_SECONDS, self._leave_and_close(reachable=reachable))
        except StoreUnavailable as error:
            logger.warning("the store was not closed: %s", error)

    async def _leave_and_close(self, *, reachable: bool) -> None:
        run, self._run = self._run, None
        try:
            if run is not None:
                await run.leave(reachable=reachable)
        finally:
            await self.store_access.close()

    async def _widening(self, store: Store | None) -> int:
        """Return how many times longer than usual articles wait for their next check."""
        if store is None or self._outlet is None:
            return 1
        try:
            runs = await run_with_timeout(TRY_SECONDS, recent_runs(store, self._outlet.name))
            return revisit_widening(runs)
        except StoreError as error:
            logger.warning("the pace of revisits is the usual one: %s", error)
            return 1

    def _new_frontier(self, store: Store | None, widening: int = 1) -> FrontierSession | None:
        if self._outlet is None:
            return None
        settings = self._crawler.settings
        pace = Pace(
            revisit=timedelta(seconds=settings.getfloat("REVISIT_AFTER")),
            retry=timedelta(seconds=settings.getfloat("RETRY_AFTER")),
            widening=widening,
        )
        return FrontierSession(store, self._outlet, pace, self.may_write)

    def _on_unspooled(self, unspooled: Unspooled) -> None:
        self._count("unspooled", unspooled.stored)
        if unspooled.broken:
            self._count(cause_count(Cause.BROKEN_SPOOL_LINE), unspooled.broken)
            logger.warning(
                "%d lines of the spool were set aside in %s",
                unspooled.broken,
                self.store_access.spool.broken_path,
            )

    def _count(self, count: str, by: int = 1) -> None:
        self._crawler.stats.inc_value(stats_key(count), by)


def session_of(crawler: Crawler) -> CrawlSession:
    """Return the session of a crawl. Raises LookupError where EXTENSIONS leaves it out."""
    session = crawler.get_extension(CrawlSession)
    if session is None:
        raise LookupError("EXTENSIONS lacks crawler.runs.session.CrawlSession")
    return session
