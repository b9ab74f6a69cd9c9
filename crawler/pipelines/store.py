"""Last step: the article goes into the store, or, while the store is away, into the spool for the
next run.

Here the store is opened, and with it a run begins and ends, and the frontier learns what became of
its pages.
"""

import asyncio
import hashlib
import logging
import re
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem
from scrapy.http import Response

from crawler.causes import Cause, Ending
from crawler.frontier import Pace
from crawler.items import Article
from crawler.pipelines.frontier import Frontier, tracked_url_of
from crawler.pipelines.run import CrawlRun
from crawler.pipelines.step import Step
from crawler.replay import fetched_at
from crawler.storage import Outcome, Saved, Store, StoreError, StoreUnavailable, open_store
from crawler.storage.spool import Spool

logger = logging.getLogger(__name__)

# Seconds before each further try. Each try waits for a server itself, so together they outlast the
# election of a new primary (MongoDB's manual: 12 seconds in the median).
PAUSES = (0.5, 2.0, 5.0)
# Once the store is known to be away articles go straight to the spool, and one in this many seconds
# tries again.
PROBE_EVERY = 30.0
COUNTED_AS: Mapping[Outcome, str] = {
    "new_story": "new_stories",
    "new_copy": "copies",
    "revision": "revisions",
    "unchanged": "unchanged",
}


class StorePipeline(Step):
    """Saves articles in STORE_URI, and the run's summary at its end.

    With STORE_AT_START (as `scrapy crawl` sets it) a store that is down, another run of the outlet,
    or a site that refused the last one ends the crawl before its first request; otherwise the store
    is opened with the first article, so that `scrapy shell` and `parse` need none.
    """

    frontier: Frontier

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.resources = AsyncExitStack()
        self.store: Store | None = None
        self.opening = asyncio.Lock()
        self.spool = Spool(spool_path(crawler.settings["SPOOL"], crawler.settings["STORE_URI"]))
        self.trying = (
            False  # whether an article waits to be tried again; the others do not wait with it
        )
        self.unspooled = False
        self.next_try = 0.0  # by time.monotonic(): until then the store is known to be away
        self.run: CrawlRun | None = None
        self.outcomes: dict[
            int, Outcome
        ] = {}  # of articles whose crawl is not told yet, by their `id()`
        crawler.signals.connect(self.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(self.item_dropped, signal=signals.item_dropped)
        crawler.signals.connect(self.item_error, signal=signals.item_error)
        crawler.signals.connect(self.spider_error, signal=signals.spider_error)
        crawler.signals.connect(self.finish, signal=signals.spider_closed)

    async def open_spider(self) -> None:
        settings = self.crawler.settings
        store = None
        if settings.getbool("STORE_AT_START"):
            store = await self.opened_at_start()
        if self.outlet is not None:
            pace = Pace(
                revisit=timedelta(seconds=settings.getfloat("REVISIT_AFTER")),
                retry=timedelta(seconds=settings.getfloat("RETRY_AFTER")),
            )
            may_write = self.run.may_write if self.run else None
            self.frontier = Frontier(
                store if settings.getbool("INCREMENTAL") else None, self.outlet, pace, may_write
            )

    async def opened_at_start(self) -> Store:
        """The store, with the run begun. Raises CloseSpider when it cannot be used, or the run may
        not begin."""
        try:
            self.spool.prepare()
            store = await self.opened()
            if self.run is not None:
                await self.run.begin()
            return store
        except CloseSpider:
            await self.leave_run(reachable=True)
            raise
        except StoreError as error:
            await self.leave_run(reachable=False)
            down = isinstance(error, StoreUnavailable)
            self.count("store_down" if down else "store_unusable")
            logger.error("%s", error)
            raise CloseSpider(Ending.STORE_DOWN) from None

    async def leave_run(self, *, reachable: bool) -> None:
        """Give back what the run holds of the store, which may be away."""
        if self.run is not None:
            await self.run.release(reachable=reachable)
            self.run = None

    @property
    def is_away(self) -> bool:
        """Whether the store is known to be away."""
        return time.monotonic() < self.next_try

    async def opened(self) -> Store:
        """The store, opened with the first need of it; what waits in the spool is stored before
        anything else."""
        async with self.opening:
            if self.store is None:
                self.store = await self.resources.enter_async_context(
                    open_store(self.crawler.settings["STORE_URI"])
                )
                self.run = CrawlRun(self.crawler, self.outlet, self.store) if self.outlet else None
            if not self.unspooled:
                waited = await self.spool.store_into(self.store)
                self.unspooled = True
                self.count("unspooled", waited.stored)
                if waited.broken:
                    self.count_cause(Cause.BROKEN_SPOOL_LINE, waited.broken)
                    logger.warning(
                        "%d lines of the spool were set aside in %s",
                        waited.broken,
                        self.spool.broken_path,
                    )
            return self.store

    async def process_item(self, item: Article) -> Article:
        try:
            saved = await self.save(item)
        except StoreError as error:
            # Refused for good, perhaps: the next run tries it once more and then sets it aside with
            # its bytes.
            logger.error("%s: %s", item.url, error)
            self.count_cause(Cause.STORE)
            await asyncio.to_thread(self.spool.append, item)
            return item
        if saved is None:
            await asyncio.to_thread(self.spool.append, item)
            self.count("spooled")
        else:
            self.count(COUNTED_AS[saved.outcome])
            self.outcomes[id(item)] = saved.outcome
        return item

    # What the frontier is told. An article that is not in the store, be it in the spool, stays in
    # the frontier.

    def item_scraped(self, item: Article, response: Response | None) -> None:
        outcome = self.outcomes.pop(id(item), None)
        tracked = tracked_url_of(response.request) if response else None
        if tracked is not None and response is not None and outcome is not None:
            changed = outcome != "unchanged"
            now = item.fetched_at or datetime.now(UTC)
            self.frontier.read(tracked, response, now, changed=changed, published=item.published)

    def item_dropped(self, item: Article, response: Response | None) -> None:
        self.item_failed(response, Cause.EMPTY)

    def item_error(self, item: Article, response: Response | None) -> None:
        self.item_failed(response, Cause.ERROR)

    def spider_error(self, response: Response) -> None:
        self.item_failed(response, Cause.ERROR)

    def item_failed(self, response: Response | None, cause: Cause) -> None:
        tracked = tracked_url_of(response.request) if response else None
        if tracked is not None and response is not None:
            self.frontier.failed(tracked, fetched_at(response) or datetime.now(UTC), cause)

    async def save(self, item: Article) -> Saved | None:
        """What became of `item` in the store; None when the store is away.

        The first article that finds it away tries again for a while, and no other waits meanwhile.
        """
        if self.trying or self.is_away:
            return None
        try:
            return await self.attempt(item)
        except StoreUnavailable as error:
            if self.trying:
                return None
            if self.next_try:
                self.next_try = time.monotonic() + PROBE_EVERY
                return None
            logger.warning("%s; trying again", error)
        self.trying = True
        try:
            for pause in PAUSES:
                await asyncio.sleep(pause)
                with suppress(StoreUnavailable):
                    return await self.attempt(item)
        finally:
            self.trying = False
        logger.error("the store is away; articles wait in the spool")
        self.next_try = time.monotonic() + PROBE_EVERY
        return None

    async def attempt(self, item: Article) -> Saved:
        """Save `item`. Raises DropItem when another run has taken over: it will read the page
        itself."""
        store = await self.opened()
        if self.run is not None and not await self.run.may_write():
            raise DropItem("another run has taken over", log_level="DEBUG")
        saved = await store.save(item)
        self.next_try = 0.0
        return saved

    async def finish(self, reason: str) -> None:
        """Wind the run up and close the store. Here because only this signal knows how the run
        ended."""
        try:
            if self.run is not None and not self.is_away and await self.run.may_write():
                await self.frontier.close(datetime.now(UTC))
                await self.run.end(reason)
        except StoreError as error:
            logger.warning("the run was not wound up in the store: %s", error)
            if isinstance(error, StoreUnavailable):
                self.count("store_down")
        finally:
            await self.leave_run(reachable=not self.is_away)
            await self.resources.aclose()


def spool_path(path: str, store_uri: str) -> Path:
    """The spool of one store, so that a crawl into another (a replay, a trial) does not take what
    waits for it."""
    store = re.sub(r"//[^/@]*@", "//", store_uri)
    key = hashlib.sha256(store.encode()).hexdigest()[:8]
    return Path(path).with_name(f"{Path(path).stem}-{key}{Path(path).suffix}")
