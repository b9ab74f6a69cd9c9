"""What the steps share: the crawl's stats, and the outlet whose article it is."""

from typing import Self

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from crawler.counts import stats_key
from crawler.outlet import Outlet


class Step:
    """A pipeline step that counts in the crawl's stats."""

    def __init__(self, crawler: Crawler) -> None:
        assert crawler.stats is not None
        self.crawler = crawler
        self.stats: StatsCollector = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    @property
    def outlet(self) -> Outlet | None:
        """The outlet that is crawled; None for a spider that is not an OutletSpider."""
        return getattr(self.crawler.spider, "outlet", None)

    def count(self, count: str) -> None:
        """Add one to a count of `crawler.counts`, such as "credited" or "gaps/date"."""
        self.stats.inc_value(stats_key(count))
