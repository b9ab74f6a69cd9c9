"""One run of an outlet in the store: how it begins, and what it leaves behind."""

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider

from crawler import __version__
from crawler.causes import Ending
from crawler.clock import is_ahead
from crawler.counts import CrawlCounts, stats_key
from crawler.health.hooks import notify_change
from crawler.health.status import exit_status
from crawler.outlet import Outlet
from crawler.runs.lease import RunLease
from crawler.storage import LeaseHeld, Run, Store
from crawler.storage.learning import learn_boilerplate
from crawler.storage.owner import describe_owner
from crawler.storage.readdressing import readdress_if_changed, refusal
from crawler.stories.signature import RULES_VERSION

logger = logging.getLogger(__name__)

_LOOK_BACK = 20  # runs of single addresses that may have come since the last one of the outlet


class CrawlRun:
    """One run of `outlet`. Every method that takes a store may raise StoreError."""

    def __init__(self, crawler: Crawler, outlet: Outlet) -> None:
        self._crawler = crawler
        self._outlet = outlet
        self._started = datetime.now(UTC)
        self._lease: RunLease | None = None
        self._closing: asyncio.Task[None] | None = None

    async def begin(self, store: Store) -> None:
        """Take the outlet's lease, record the run as running, and move what is stored if the
        declaration gives it other addresses than when it was stored.

        Raises CloseSpider, after a line that says why, when another run has the lease or the site
        refused the last run and its pause is not over.
        """
        seconds = self._crawler.settings.getfloat("LEASE_SECONDS")
        lease = RunLease(store, self._outlet.name, seconds, self._on_lease_lost)
        try:
            await lease.take()
        except LeaseHeld as held:
            owner = describe_owner(held.lease.owner)
            why = f"already being crawled, by {owner}"
            raise self._not_started(Ending.ALREADY_RUNNING, why) from None
        self._lease = lease
        last = await self._close_earlier_runs(store)
        if last is not None:
            self._check_refusal_pause(last)
        await store.record_run(replace(self._summary("running"), finished=None, status="running"))
        readdressed = await readdress_if_changed(store, self._outlet)
        if readdressed.refused:
            logger.error("%s", refusal(self._outlet, readdressed))
        elif readdressed.moved:
            name, moved = self._outlet.name, readdressed.moved
            logger.info("%s: %d articles moved, by the declaration of today", name, moved)

    async def may_write(self) -> bool:
        """Return False when another run has taken over. Raises StoreError."""
        return self._lease is None or await self._lease.is_held()

    async def record(self, store: Store, reason: str) -> None:
        """Record how the run went, and learn what the outlet repeats. `reason`: Scrapy's for the
        end of the crawl."""
        await store.record_run(self._summary(reason))
        await learn_boilerplate(store, self._outlet.name)

    async def notify(self, store: Store) -> None:
        """Call the health hooks if the run has changed the outlet's state."""
        await notify_change(store, self._outlet.name, self._crawler.settings)

    async def leave(self, *, reachable: bool) -> None:
        """End the heartbeat, and give the lease back if the store is `reachable`. If it is not, the
        lease runs out, or the next run sees that this process has ended."""
        if self._lease is not None:
            await self._lease.stop()
            if reachable:
                await self._lease.release()

    async def _close_earlier_runs(self, store: Store) -> Run | None:
        """Mark as interrupted the earlier runs that never recorded an end. Return the last run that
        was not of a single address; None if there is none among the last few."""
        async for last in store.runs(outlet=self._outlet.name, limit=_LOOK_BACK):
            if last.status == "running":  # it cannot be: the lease is ours
                await store.record_run(replace(last, status="interrupted"))
            if last.scope != "url":  # one address that is closed is not the site
                return last
        return None

    def _check_refusal_pause(self, last: Run) -> None:
        """Raise CloseSpider when the last run was refused and its pause is not over."""
        hours = self._crawler.settings.getfloat("REFUSED_PAUSE")
        again = (last.finished or last.started) + timedelta(hours=hours)
        ended_ahead = is_ahead(last.finished or last.started, datetime.now(UTC))
        if last.status == "refused" and again > self._started and not ended_ahead:
            until = f"{again:%Y-%m-%d %H:%M} UTC (REFUSED_PAUSE: {hours:g} hours)"
            raise self._not_started(
                Ending.REFUSED, f"the site refused the last crawl; not before {until}"
            )

    def _not_started(self, reason: Ending, why: str) -> CloseSpider:
        """Count and log a run that may not begin; return the exception that ends its crawl."""
        logger.error("%s: %s", self._outlet.name, why)
        self._crawler.stats.inc_value(stats_key("not_started"))
        return CloseSpider(reason)

    def _on_lease_lost(self) -> None:
        logger.error("%s: another run has taken this crawl over", self._outlet.name)
        # Not awaited: it waits for the articles under way, and one of them has found this out.
        self._closing = asyncio.create_task(
            self._crawler.engine.close_spider_async(reason=Ending.LEASE_LOST)
        )

    def _summary(self, reason: str) -> Run:
        """Return the run as it stands. `reason`: Scrapy's for the end of the crawl."""
        counts = CrawlCounts.of(self._crawler.stats.get_stats())
        arguments = getattr(self._crawler.spider, "arguments", None)
        interrupted = reason == Ending.SHUTDOWN
        return Run(
            id=f"{self._outlet.name}-{self._started:%Y%m%dT%H%M%S.%fZ}",
            outlet=self._outlet.name,
            started=self._started,
            finished=datetime.now(UTC),
            status="interrupted"
            if interrupted
            else exit_status(counts, reason=reason).name.lower(),
            scope=arguments.scope if arguments else "all",
            **counts.for_run(),
            versions={"khabar": __version__, "rules": str(RULES_VERSION)},
        )
