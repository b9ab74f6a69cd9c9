"""What became of the addresses of a crawl, by the signals that Scrapy sends."""

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.utils.test import get_crawler

from crawler.counts import CrawlCounts
from crawler.frontier import TrackedUrl
from crawler.health.status import Status, exit_status
from crawler.runs.session import session_of
from crawler.runs.url_outcomes import UrlOutcomes
from crawler.spiders.base import OutletSpider

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def crawler(spider_class: type[OutletSpider], tmp_path: Path) -> Crawler:
    settings = {
        "STORE_URI": f"sqlite:///{tmp_path}/khabar.db",
        "SPOOL": str(tmp_path / "spool.jsonl"),
        "EXTENSIONS": {"crawler.runs.session.CrawlSession": 1},
    }
    crawler = get_crawler(spider_class, settings)
    crawler.spider = spider_class.from_crawler(crawler)
    return crawler


@pytest.fixture
def outcomes(crawler: Crawler) -> UrlOutcomes:
    return session_of(crawler).url_outcomes


def counts(crawler: Crawler) -> CrawlCounts:
    return CrawlCounts.of(crawler.stats.get_stats())


def request_for(crawler: Crawler, name: str) -> Request:
    """The spider's request for an article."""
    url = f"https://sahifa.example/{name}"
    tracked = TrackedUrl(outlet="sahifa", kind="article", address=url, url=url, found=NOON)
    spider = crawler.spider
    assert isinstance(spider, OutletSpider)
    return spider.article_request(tracked)


def send(crawler: Crawler, signal: object, request: Request) -> None:
    crawler.signals.send_catch_log(signal, request=request, spider=crawler.spider)


def test_what_a_finished_run_has_lost_sight_of_is_an_error_of_ours(
    crawler: Crawler, outcomes: UrlOutcomes, caplog: pytest.LogCaptureFixture
) -> None:
    request = request_for(crawler, "1")
    send(crawler, signals.request_scheduled, request)
    with caplog.at_level(logging.WARNING):
        outcomes.close("finished")
    assert counts(crawler).failures == {"unaccounted": 1}
    assert "unaccounted: https://sahifa.example/1" in caplog.text
    assert exit_status(counts(crawler), reason="finished") is Status.ERROR


def test_a_twin_of_a_page_that_is_lost_is_lost(crawler: Crawler, outcomes: UrlOutcomes) -> None:
    page, other = request_for(crawler, "1"), request_for(crawler, "2")
    redirected = other.replace(url=page.url)
    redirected.meta["redirect_urls"] = [other.url]
    for request in (page, other, redirected):
        send(crawler, signals.request_scheduled, request)
    send(crawler, signals.request_dropped, redirected)
    outcomes.close("finished")
    assert (counts(crawler).failures, counts(crawler).asked) == ({"unaccounted": 2}, 2)
    assert (counts(crawler).first_visits, counts(crawler).first_failures) == (2, 2)


@pytest.mark.parametrize("reason", ["shutdown", "refused", "closespider_pagecount"])
def test_what_a_run_was_kept_from_is_left(
    crawler: Crawler, outcomes: UrlOutcomes, reason: str
) -> None:
    send(crawler, signals.request_scheduled, request_for(crawler, "1"))
    outcomes.close(reason)
    assert (counts(crawler).asked, counts(crawler).left) == (1, 1)
    assert counts(crawler).failures == {}


def test_what_was_never_scheduled_is_left(crawler: Crawler, outcomes: UrlOutcomes) -> None:
    request_for(crawler, "1")
    outcomes.close("finished")
    assert (counts(crawler).left, counts(crawler).failures) == (1, {})


def test_a_request_that_is_made_twice_is_no_failure(
    crawler: Crawler, outcomes: UrlOutcomes
) -> None:
    request = request_for(crawler, "1")
    send(crawler, signals.request_scheduled, request)
    send(crawler, signals.request_scheduled, request.copy())
    send(crawler, signals.request_dropped, request.copy())
    assert counts(crawler).failures == {}


def test_a_page_that_an_earlier_process_of_a_jobdir_asked_for_is_left(
    crawler: Crawler, outcomes: UrlOutcomes
) -> None:
    request = request_for(crawler, "1")
    redirected = request.replace(url="https://sahifa.example/2")
    redirected.meta["redirect_urls"] = [request.url]
    for each in (request, redirected):
        send(crawler, signals.request_scheduled, each)
    send(crawler, signals.request_dropped, redirected)
    assert counts(crawler).failures == {}
