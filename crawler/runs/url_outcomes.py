"""What became of the article addresses that a crawl asked for: Scrapy's signals, told to the
frontier."""

from collections.abc import Callable
from datetime import UTC, datetime

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.causes import Cause
from crawler.items import Article
from crawler.replay import fetched_at
from crawler.runs.frontier_session import FrontierSession, tracked_url_of
from crawler.storage import Outcome


class UrlOutcomes:
    """Tells the frontier which articles were stored and which were not.

    The pipeline knows how an article was stored but not which response it came from; the signals of
    Scrapy know the response. An article that is not in the store, even if it is in the spool, stays
    due.
    """

    def __init__(self, crawler: Crawler, frontier: Callable[[], FrontierSession]) -> None:
        self._frontier = frontier
        self._stored: dict[str, Outcome] = {}  # by the article's URL
        crawler.signals.connect(self._item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(self._item_dropped, signal=signals.item_dropped)
        crawler.signals.connect(self._item_error, signal=signals.item_error)
        crawler.signals.connect(self._spider_error, signal=signals.spider_error)

    def stored(self, article: Article, outcome: Outcome) -> None:
        """Keep how `article` was stored until Scrapy tells which response it came from."""
        self._stored[article.url] = outcome

    def _item_scraped(self, item: Article, response: Response | None) -> None:
        outcome = self._stored.pop(item.url, None)
        if response is None or outcome is None:
            return
        if tracked := tracked_url_of(response.request):
            self._frontier().read(
                tracked,
                response,
                item.fetched_at or datetime.now(UTC),
                changed=outcome != "unchanged",
                published=item.published,
            )

    def _item_dropped(self, response: Response | None) -> None:
        self._failed(response, Cause.EMPTY)

    def _item_error(self, response: Response | None) -> None:
        self._failed(response, Cause.ERROR)

    def _spider_error(self, response: Response) -> None:
        self._failed(response, Cause.ERROR)

    def _failed(self, response: Response | None, cause: Cause) -> None:
        if response is None:
            return
        if tracked := tracked_url_of(response.request):
            self._frontier().failed(tracked, fetched_at(response) or datetime.now(UTC), cause)
