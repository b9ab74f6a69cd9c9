"""Crawls of a site that answers with challenges, as page, as feed and as robots.txt."""

from typing import Any

import pytest

from tests.fetching.site import Reply, Site

RELOAD = (
    "<html><head></head><body><script>document.cookie = 'k=' + 6 * 7 + '; path=/';"
    "location.reload();</script></body></html>"
)
REFRESH = "<html><head><meta http-equiv='refresh' content='1'></head><body></body></html>"
TO_ITSELF = "<html><head><meta http-equiv='refresh' content='0; url=PATH'></head></html>"
HOST = "www.example.com"


def test_pages_that_are_challenges_are_refusals_whatever_their_status(
    site: Site, crawl: Any
) -> None:
    site.announce(8)
    site.replies = {
        "/story/0": [Reply(text=RELOAD)],
        "/story/1": [Reply(403, text=RELOAD)],
        "/story/2": [Reply(503, text=REFRESH)],
        "/story/3": [Reply(text=TO_ITSELF.replace("PATH", "/story/3"))],
    }
    run = crawl(hosts=(HOST,), feed=f"{HOST}/feed.xml", RETRY_ENABLED=False)
    assert (run.failures, run.new_stories) == ({"challenge": 4}, 4)
    assert site.paths().count("/story/3") == 1


def test_challenges_in_a_row_end_the_crawl(site: Site, crawl: Any) -> None:
    site.announce(12)
    site.in_turn = [Reply(text=RELOAD)]
    run = crawl(hosts=(HOST,), feed=f"{HOST}/feed.xml")
    assert (run.failures, run.status) == ({"challenge": 5}, "refused")
    assert run.left == 7


@pytest.mark.parametrize("status", [200, 403, 503])
@pytest.mark.parametrize("path", ["/feed.xml", "/robots.txt"])
def test_a_document_or_robots_txt_that_is_a_challenge_is_a_refusal(
    site: Site, crawl: Any, path: str, status: int
) -> None:
    site.announce(2)
    site.replies = {path: [Reply(status, text=RELOAD)]}
    run = crawl(hosts=(HOST,), feed=f"{HOST}/feed.xml", RETRY_ENABLED=False)
    assert (run.failures, run.status) == ({"challenge": 1}, "refused")
    assert ("/feed.xml" in site.paths()) == (path == "/feed.xml")


def test_a_page_that_refreshes_itself_or_has_a_cookie_banner_is_read(
    site: Site, crawl: Any
) -> None:
    site.announce(3)
    story = site.page("/story/0")
    again = "<meta http-equiv='refresh' content='60; url=/story/0'>"
    banner = "<script>function yes() { document.cookie = 'yes=1'; location.reload(); }</script>"
    site.replies = {
        "/story/0": [Reply(text=story.replace("<h1>", f"{again}<h1>"))],
        "/story/1": [Reply(text=site.page("/story/1") + banner)],
    }
    run = crawl(hosts=(HOST,), feed=f"{HOST}/feed.xml")
    assert (run.failures, run.new_stories, run.status) == ({}, 3, "done")
