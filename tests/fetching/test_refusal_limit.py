from typing import Any

import pytest

from tests.fetching.site import Reply, Site

HOSTS = ("www.example.com",)
FEED = "www.example.com/feed.xml"
CHALLENGE = Reply(503, text="<title>Just a moment...</title>")
CAPTCHA = Reply(405, text=CHALLENGE.text)


@pytest.mark.parametrize("refusal", [Reply(403), CHALLENGE, CAPTCHA])
def test_a_crawl_that_is_refused_time_and_again_ends_and_sends_nothing_more(
    site: Site, crawl: Any, refusal: Reply
) -> None:
    site.announce(20)
    site.in_turn = [Reply(), Reply(), refusal]

    run = crawl(hosts=HOSTS, feed=FEED, delay=0.1)

    assert len(site.arrivals) == 2 + 2 + 5
    cause = "http_403" if refusal.status == 403 else "challenge"
    assert (run.new_stories + run.copies, dict(run.failures), run.status) == (
        2,
        {cause: 5},
        "refused",
    )


def test_refusals_with_good_pages_between_them_end_nothing(site: Site, crawl: Any) -> None:
    site.announce(10)
    site.in_turn = [*[Reply(403)] * 4, Reply()] * 2

    run = crawl(hosts=HOSTS, feed=FEED, delay=0.02)

    assert len(site.arrivals) == 12
    assert (run.new_stories + run.copies, dict(run.failures), run.status) == (
        2,
        {"http_403": 8},
        "degraded",
    )
