"""The base of the steps: the crawl's stats, and the outlet that is crawled."""

from typing import Self

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from crawler.causes import Cause
from crawler.counts import cause_count, stats_key
from crawler.items import Article
from crawler.outlet import Outlet, outlet_of


class Step:
    """A pipeline step that counts in the crawl's stats, and lets items that are no Article pass."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.stats: StatsCollector = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    @property
    def outlet(self) -> Outlet | None:
        """The outlet that is crawled; None for a spider that is not an OutletSpider."""
        return outlet_of(self.crawler.spider)

    def process_item(self, item: object) -> object:
        return self.process_article(item) if isinstance(item, Article) else item

    def process_article(self, item: Article) -> Article:
        """Return the article, changed in place. Raises DropItem for one that is not to be
        stored."""
        raise NotImplementedError

    def count(self, count: str, by: int = 1) -> None:
        """Add `by` to a count of `crawler.counts`, such as "credited"."""
        self.stats.inc_value(stats_key(count), by)

    def count_cause(self, cause: Cause, by: int = 1) -> None:
        """Add `by` to the count of `cause`."""
        self.count(cause_count(cause), by)
