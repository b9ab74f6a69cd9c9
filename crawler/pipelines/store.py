"""Last step: the article goes into the store or, while the store is away, into the spool for the
next run."""

import asyncio
import logging
from collections.abc import Mapping
from functools import partial

from scrapy.crawler import Crawler

from crawler.causes import Cause
from crawler.items import Article
from crawler.pipelines.step import Step
from crawler.runs.session import session_of
from crawler.runs.url_outcomes import NotKept, RunTakenOver
from crawler.storage import Saved, SaveOutcome, StoreError, StoryStore

logger = logging.getLogger(__name__)

_COUNTED_AS: Mapping[SaveOutcome, str] = {
    "new_story": "new_stories",
    "new_copy": "copies",
    "revision": "revisions",
    "unchanged": "unchanged",
    "forgotten": "forgotten",
}


class StorePipeline(Step):
    """Saves articles in the store or the spool, and counts the outcomes."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.session = session_of(crawler)
        self.store_access = self.session.store_access
        self.under_way = 0  # items that wait for the store or the spool
        self.is_idle = asyncio.Event()
        self.is_idle.set()

    async def process_item(self, item: object) -> object:
        if not isinstance(item, Article):
            return item
        self.under_way += 1
        self.is_idle.clear()
        try:
            await self.store_or_spool(item)
        finally:
            self.under_way -= 1
            if not self.under_way:
                self.is_idle.set()
        return item

    async def close_spider(self) -> None:
        """Wait for the items under way. Scrapy has done so before, but not in `scrapy parse`."""
        await self.is_idle.wait()

    async def store_or_spool(self, item: Article) -> None:
        """Save `item`, in the spool if the store is away or refuses it.

        Raises NotKept where the spool fails too, and ends the crawl; RunTakenOver when another run
        has taken over.
        """
        try:
            saved = await self.store_access.call(partial(self.save, item))
        except StoreError as error:
            # Refused for good, perhaps: the next run tries it once more and then sets it aside with
            # its bytes.
            logger.error("%s: %s", item.url, error)
            self.count_cause(Cause.STORE)
            await self.spool(item)
            return
        if saved is None:
            await self.spool(item)
            self.count("spooled")
            return
        self.count(_COUNTED_AS[saved.outcome])
        if saved.refused_claims:
            self.count_cause(Cause.FOREIGN_CANONICAL, saved.refused_claims)
        self.session.url_outcomes.stored(item, saved.outcome)

    async def save(self, item: Article, store: StoryStore) -> Saved:
        """Save `item`. Raises RunTakenOver when another run has taken over: it will read the page
        itself."""
        if not await self.session.may_write():
            raise RunTakenOver("another run has taken over", log_level="DEBUG")
        return await store.save(item)

    async def spool(self, item: Article) -> None:
        """Write `item` to the spool. Raises NotKept."""
        try:
            await asyncio.to_thread(self.store_access.spool.append, item)
        except StoreError as error:
            self.session.end_unkept(error)
            raise NotKept(str(error), log_level="DEBUG") from error
