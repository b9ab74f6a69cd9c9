"""One run of an outlet in the store: how it begins, and what it leaves behind."""

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider

from crawler import __version__
from crawler.causes import Ending
from crawler.counts import CrawlCounts, stats_key
from crawler.health.hooks import notify_change
from crawler.health.status import exit_status
from crawler.outlet import Outlet
from crawler.pipelines.lease import RunLease
from crawler.storage import LeaseHeld, Run, Store
from crawler.storage.learning import learn_boilerplate
from crawler.storage.owner import describe_owner
from crawler.stories.signature import RULES_VERSION

logger = logging.getLogger(__name__)

_LOOK_BACK = 20  # runs of single addresses that may have come since the last one of the outlet


class CrawlRun:
    """One run of `outlet` into `store`. Every method but `summary` may raise StoreError."""

    def __init__(self, crawler: Crawler, outlet: Outlet, store: Store) -> None:
        self.crawler = crawler
        self.outlet = outlet
        self.store = store
        self.started = datetime.now(UTC)
        self.lease: RunLease | None = None

    async def begin(self) -> None:
        """Take the outlet's lease and write the run down as running.

        Raises CloseSpider, and says why in a line, when another run has the lease or the site
        refused lately.
        """
        seconds = self.crawler.settings.getfloat("LEASE_SECONDS")
        lease = RunLease(self.store, self.outlet.name, seconds, self.on_lease_lost)
        try:
            await lease.take()
        except LeaseHeld as held:
            owner = describe_owner(held.lease.owner)
            raise self.not_started(
                Ending.ALREADY_RUNNING, f"already being crawled, by {owner}"
            ) from None
        self.lease = lease
        async for last in self.store.runs(outlet=self.outlet.name, limit=_LOOK_BACK):
            if last.status == "running":  # it cannot be: the lease is ours
                await self.store.record_run(replace(last, status="interrupted"))
            if last.scope != "url":  # one address that is closed is not the site
                self.check_refusal_pause(last)
                break
        await self.store.record_run(
            replace(self.summary("running"), finished=None, status="running")
        )

    def check_refusal_pause(self, last: Run) -> None:
        """Raises CloseSpider when the run before was refused and its pause is not over."""
        hours = self.crawler.settings.getfloat("REFUSED_PAUSE")
        again = (last.finished or last.started) + timedelta(hours=hours)
        if last.status == "refused" and again > self.started:
            until = f"{again:%Y-%m-%d %H:%M} UTC (REFUSED_PAUSE: {hours:g} hours)"
            raise self.not_started(
                Ending.REFUSED, f"the site refused the last crawl; not before {until}"
            )

    def not_started(self, reason: Ending, why: str) -> CloseSpider:
        """The end of a run that may not begin, told in a line and counted."""
        logger.error("%s: %s", self.outlet.name, why)
        self.crawler.stats.inc_value(stats_key("not_started"))
        return CloseSpider(reason)

    def on_lease_lost(self) -> None:
        """Another run has taken the outlet over: this one writes nothing more."""
        logger.error("%s: another run has taken this crawl over", self.outlet.name)
        # Not awaited: it waits for the articles under way, and one of them has found this out.
        self.closing = asyncio.create_task(
            self.crawler.engine.close_spider_async(reason=Ending.LEASE_LOST)
        )

    async def may_write(self) -> bool:
        """Whether no other run has taken over."""
        return self.lease is None or await self.lease.is_held()

    async def end(self, reason: str) -> None:
        """Write down how the run went, learn what the outlet repeats, and tell of a change of its
        state."""
        await self.store.record_run(self.summary(reason))
        await learn_boilerplate(self.store, self.outlet.name)
        await notify_change(self.store, self.outlet.name, self.crawler.settings)

    async def release(self, *, reachable: bool = True) -> None:
        """Give the lease back; if the store is away it runs out, or the next run sees that this
        process ended."""
        if self.lease is not None:
            await self.lease.stop()
            if reachable:
                await self.lease.release()

    def summary(self, reason: str) -> Run:
        """How the run stands or went; `reason` is Scrapy's for its end."""
        counts = CrawlCounts.of(self.crawler.stats.get_stats())
        arguments = getattr(self.crawler.spider, "arguments", None)
        return Run(
            id=f"{self.outlet.name}-{self.started:%Y%m%dT%H%M%S.%fZ}",
            outlet=self.outlet.name,
            started=self.started,
            finished=datetime.now(UTC),
            status="interrupted"
            if reason == Ending.SHUTDOWN
            else exit_status(counts, reason=reason).name.lower(),
            scope=arguments.scope if arguments else "all",
            **counts.for_run(),
            versions={"khabar": __version__, "rules": str(RULES_VERSION)},
        )
