"""Crawls whose pages print less of the date than the feed that announces them."""

import asyncio
import re
from datetime import UTC, datetime
from pathlib import Path

from crawler.items import Article
from crawler.storage import open_store
from tests.fetching.site import serving
from tests.spiders.newsroom import Newsroom
from tests.spiders.paper import Paper

ANNOUNCED = {
    "undated": "<dc:date>2026-03-02T09:00:00Z</dc:date>",
    "daily": "<pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate>",
    "hourly": "<pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate>",
    "2026/03/02/archived": "",
}
PRINTED = {"daily": "2026-03-02", "hourly": "2026-03-02T09:00:00+03:00"}
DC = "xmlns:dc='http://purl.org/dc/elements/1.1/'"


class DatedPaper(Paper):
    """Stories with the dates in `ANNOUNCED` and, on their pages, those in `PRINTED`."""

    def feed(self) -> str:
        items = "".join(
            f"<item><link/><guid>http://127.0.0.1:{self.port}/story/{name}</guid>{dated}</item>"
            for name, dated in ANNOUNCED.items()
        )
        return f"<rss version='2.0' {DC}><channel>{items}</channel></rss>"

    def page(self, name: str) -> str:
        page = super().page(name.rpartition("/")[2])  # which the page prints
        return re.sub('content="[^"]*"', f'content="{PRINTED.get(name, "")}"', page)


def crawled(newsroom: Newsroom) -> dict[str, Article]:
    """Crawl once, and return the stored articles by their names."""
    newsroom.crawl()

    async def load() -> dict[str, Article]:
        async with open_store(newsroom.store) as store:
            articles = [stored.article async for stored in store.articles()]
        return {article.url.partition("/story/")[2]: article for article in articles}

    return asyncio.run(load())


def test_a_crawl_completes_the_dates_of_pages_and_tells_it(tmp_path: Path) -> None:
    with serving(DatedPaper(ANNOUNCED)) as paper:
        assert isinstance(paper, Paper)
        newsroom = Newsroom(tmp_path, paper, f"sqlite:///{tmp_path}/khabar.db")
        articles = crawled(newsroom)
    assert {name: article.published for name, article in articles.items()} == {
        "undated": datetime(2026, 3, 2, 9, tzinfo=UTC),
        "daily": datetime(2026, 3, 2, 9, tzinfo=UTC),
        "hourly": datetime(2026, 3, 2, 6, tzinfo=UTC),
        "2026/03/02/archived": datetime(2026, 3, 1, 21, tzinfo=UTC),
    }
    assert articles["daily"].published_raw == "Mon, 02 Mar 2026 09:00:00 GMT"
    assert articles["hourly"].published_raw == PRINTED["hourly"]
    warnings = dict(newsroom.last_run().warnings)
    assert warnings == {"date_from_feed": 2, "date_from_address": 1, "feed_hours_off": 1}


def test_a_feed_with_a_zone_that_is_declared_false_is_read_on_the_outlets_clock(
    tmp_path: Path,
) -> None:
    with serving(DatedPaper(ANNOUNCED)) as paper:
        assert isinstance(paper, Paper)
        newsroom = Newsroom(tmp_path, paper, f"sqlite:///{tmp_path}/khabar.db")
        url = f"http://127.0.0.1:{paper.port}/feed.xml"
        newsroom.discover(f'Feed(url="{url}", machine_dates="local")')
        articles = crawled(newsroom)
    for name in ("undated", "daily", "hourly"):
        assert articles[name].published == datetime(2026, 3, 2, 6, tzinfo=UTC)
    assert "feed_hours_off" not in newsroom.last_run().warnings


def test_a_date_that_is_announced_after_the_page_was_asked_for_is_used_and_kept(
    tmp_path: Path,
) -> None:
    with serving(DatedPaper(ANNOUNCED)) as paper:
        assert isinstance(paper, DatedPaper)
        paper.dates = dict.fromkeys(paper.stories, "2") | {"undated": "1"}
        newsroom = Newsroom(tmp_path, paper, f"sqlite:///{tmp_path}/khabar.db")
        site = f"http://127.0.0.1:{paper.port}"
        newsroom.discover(f'Listing(url="{site}/day/1"), Feed(url="{site}/feed.xml")')
        articles = crawled(newsroom)
    assert articles["undated"].published == datetime(2026, 3, 2, 9, tzinfo=UTC)

    async def tracked() -> list[str | None]:
        address = f"https://127.0.0.1:{paper.port}/story/undated"
        async with open_store(newsroom.store) as store:
            urls = await store.tracked_urls("waha", [address])
        return [url.published_raw for url in urls.values()]

    assert asyncio.run(tracked()) == ["2026-03-02T09:00:00Z"]
