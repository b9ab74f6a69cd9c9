"""What the frontier does while the store is away."""

import asyncio
import gc
from datetime import UTC, datetime, timedelta

import pytest
from scrapy.http import HtmlResponse

from crawler.discovery import Link
from crawler.discovery.request import DocumentRequest
from crawler.frontier import Pace
from crawler.runs.frontier_session import FrontierSession
from crawler.spiders.base import OutletSpider
from crawler.storage import open_store
from tests.mongod import new_mongod, with_database

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
FEED = "https://sahifa.example/rss"


@pytest.mark.filterwarnings(
    "ignore:unclosed <socket:ResourceWarning"
)  # AsyncMongoClient's, to a server that is gone
def test_a_feed_whose_addresses_could_not_be_written_down_counts_as_unread(
    mongod_uri: str, spider_class: type[OutletSpider]
) -> None:
    server = new_mongod()
    uri = with_database(server.uri, "khabar")

    async def crawl() -> tuple[int, bool]:
        async with open_store(uri) as store:
            frontier = FrontierSession(
                store,
                spider_class.outlet,
                Pace(revisit=timedelta(hours=1), retry=timedelta(hours=1)),
            )
            server.kill()
            tracked_urls = await frontier.announce([(Link("https://sahifa.example/1"), None)], NOON)
            server.start()
            document = await frontier.document(DocumentRequest(FEED), NOON)
            response = HtmlResponse(FEED, body=b"<rss/>")
            frontier.keep_document(frontier.document_read(document, response, NOON, links=1))
            await frontier.close(NOON)
            return len(tracked_urls), FEED in await store.tracked_urls(
                spider_class.outlet.name, [FEED]
            )

    try:
        assert asyncio.run(crawl()) == (1, False)
    finally:
        server.stop()
        gc.collect()


def test_a_document_that_another_names_keeps_the_name_of_that_one(
    spider_class: type[OutletSpider],
) -> None:
    pace = Pace(revisit=timedelta(hours=1), retry=timedelta(hours=1))
    frontier = FrontierSession(None, spider_class.outlet, pace)
    named = asyncio.run(frontier.document(DocumentRequest(f"{FEED}?page=2"), NOON, FEED))
    declared = asyncio.run(frontier.document(DocumentRequest(FEED), NOON))
    assert (named.announcer, declared.announcer) == (FEED, None)
