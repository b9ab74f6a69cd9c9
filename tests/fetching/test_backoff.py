from datetime import UTC, datetime
from typing import Any

import pytest
from scrapy.http import Response

from crawler.fetching.backoff import retry_after
from tests.fetching.site import Reply, Site

HOSTS = ("www.example.com",)
FEED = "www.example.com/feed.xml"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("Sun, 01 Mar 2026 12:02:00 GMT", 120.0),
        ("Sun Mar  1 12:02:00 2026", 120.0),  # asctime, which RFC 9110 still has
        ("Sunday, 01-Mar-26 12:02:00 GMT", 120.0),  # RFC 850, likewise
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("9" * 400, float("inf")),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("Sun, 99 Mar 2026 12:02:00 GMT", None),
        ("١٢٠", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_seconds_or_as_a_date(
    value: str | None, seconds: float | None
) -> None:
    headers = {} if value is None else {"Retry-After": value}
    assert retry_after(Response("http://www.example.com/", headers=headers), now=NOW) == seconds


def test_the_date_to_come_back_at_is_counted_by_the_sites_own_clock() -> None:
    headers = {
        "Retry-After": "Sun, 01 Mar 2026 15:02:00 GMT",
        "Date": "Sun, 01 Mar 2026 15:00:00 GMT",
    }
    assert retry_after(Response("http://www.example.com/", headers=headers), now=NOW) == 120.0


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_group_waits_as_long_as_retry_after_says_and_then_tries_again(
    site: Site, crawl: Any, status: int
) -> None:
    site.announce(3)
    site.in_turn = [Reply(), Reply(status, {"Retry-After": "2"}), Reply()]

    run = crawl(hosts=HOSTS, feed=FEED, delay=0.1)

    assert [gap >= 2.0 for gap in site.gaps()] == [False, False, False, True, False]
    assert run.new_stories + run.copies == 3
    assert run.status == "done"


@pytest.mark.parametrize(("status", "ending"), [(429, "refused"), (503, "degraded")])
def test_a_site_that_stays_busy_is_asked_ever_later_and_then_left_alone(
    site: Site, crawl: Any, status: int, ending: str
) -> None:
    site.announce(9)
    site.in_turn = [Reply(), Reply(status)]

    run = crawl(hosts=HOSTS, feed=FEED, delay=0.1, BACKOFF_DELAY=0.3)

    assert len(site.arrivals) == 3 + 4
    assert all(gap >= least for gap, least in zip(site.gaps()[3:], (0.3, 0.6, 1.2), strict=True))
    assert dict(run.failures) == {f"http_{status}": 1}
    assert run.status == ending


def test_a_row_of_busy_answers_ends_with_a_good_one(site: Site, crawl: Any) -> None:
    site.announce(6)
    site.in_turn = [Reply(503), Reply(503), Reply()] * 3 + [Reply()]

    run = crawl(hosts=HOSTS, feed=FEED, delay=0.05, BACKOFF_DELAY=0.1, BACKOFF_TIMES=2)

    assert run.new_stories + run.copies == 6


def test_a_site_that_asks_for_too_long_a_wait_is_left_alone_with_what_was_read(
    site: Site, crawl: Any
) -> None:
    site.announce(9)
    site.in_turn = [Reply(), Reply(), Reply(429, {"Retry-After": "3600"})]

    run = crawl(hosts=HOSTS, feed=FEED, delay=0.1)

    assert len(site.arrivals) == 2 + 3
    assert (run.new_stories + run.copies, dict(run.failures), run.status) == (
        2,
        {"http_429": 1},
        "refused",
    )
