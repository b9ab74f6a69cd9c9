"""Nothing that a crawl asks for is lost: each address ends in the table, and in the frontier."""

import asyncio
import signal
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from aiohttp import web

from crawler.dedup import article_id
from crawler.frontier import TrackedUrl
from crawler.health.outlet_state import judge, last_success, recent_runs
from crawler.storage import Run, open_store
from tests.fetching.site import serving
from tests.spiders.newsroom import Newsroom
from tests.spiders.paper import Paper

IMAGES = (
    "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
    "<url><loc>http://127.0.0.1/photo/1.jpg</loc></url>"
    "<url><loc>http://127.0.0.1/photo/2.png</loc></url></urlset>"
)


class PaperWithoutLinks(Paper):
    """A paper with a front page without a link, and a sitemap of images alone."""

    async def answer(self, request: web.Request) -> web.Response:
        if request.path == "/front":
            return web.Response(text="<html><h1>الواحة</h1></html>", content_type="text/html")
        if request.path == "/images.xml":
            return web.Response(text=IMAGES, content_type="text/xml")
        return await super().answer(request)


@pytest.fixture
def paper() -> Iterator[Paper]:
    with serving(PaperWithoutLinks(["amman"])) as site:
        assert isinstance(site, Paper)
        yield site
        site.seconds = 0


@pytest.fixture
def newsroom(tmp_path: Path, paper: Paper) -> Newsroom:
    return Newsroom(tmp_path, paper, f"sqlite:///{tmp_path}/khabar.db")


def tracked(newsroom: Newsroom, name: str) -> TrackedUrl:
    """What the frontier knows of a story."""
    address = f"https://127.0.0.1:{newsroom.paper.port}/story/{name}"

    async def load() -> TrackedUrl:
        async with open_store(newsroom.store) as store:
            return (await store.tracked_urls("waha", [address]))[address]

    return asyncio.run(load())


def judged(newsroom: Newsroom) -> tuple[str, list[str], datetime | None]:
    """The outlet's state, its causes, and its last success."""

    async def load() -> tuple[str, list[str], datetime | None]:
        async with open_store(newsroom.store) as store:
            health = judge("waha", await recent_runs(store, "waha"))
            causes = [reason.cause for reason in health.reasons]
            return health.state, causes, await last_success(store, "waha")

    return asyncio.run(load())


def accounted(run: Run) -> int:
    """The number of articles whose end is known."""
    dropped = sum(run.dropped.values())
    failed = sum(run.failures.values()) - run.discovery_failed
    return run.stored + run.unmodified + run.twins + dropped + failed + run.left


def test_redirects_to_pages_of_the_run_are_told_apart(newsroom: Newsroom, paper: Paper) -> None:
    paper.stories = ["amman", "moved", "seen", "wall", "ping", "pong", "home", "home2", "gone2"]
    paper.redirects = {
        "moved": (301, "amman"),  # an old slug
        "seen": (302, "amman"),
        "wall": (302, "wall"),  # as for a cookie
        "ping": (302, "pong"),
        "pong": (302, "ping"),
        "home": (302, "/feed.xml"),  # a document of this run
        "home2": (302, "/missing"),
        "gone2": (301, "gone"),
    }
    paper.stories += ["home3", "gone"]
    paper.redirects["home3"] = (302, "/missing")
    paper.broken = {"gone": 404, "missing": 404}
    said = newsroom.crawl(status=10)
    run = newsroom.last_run()
    assert run.failures == {"redirect_loop": 3, "redirected": 1, "http_404": 4}
    assert (run.asked, run.twins, run.stored, run.left) == (11, 2, 1, 0)
    assert accounted(run) == run.asked
    assert "redirect_loop  The page redirects to itself" in said
    address = tracked(newsroom, "amman").address
    assert tracked(newsroom, "moved").alias_of == tracked(newsroom, "seen").alias_of == address
    assert tracked(newsroom, "moved").due is None
    for name, cause in {"wall": "redirect_loop", "home3": "http_404", "gone2": "http_404"}.items():
        failed = tracked(newsroom, name)
        assert (failed.tries, failed.last_cause) == (1, cause)
        assert failed.due
        assert failed.due > run.started
    paper.asked()
    newsroom.crawl(REVISIT_AFTER=0)
    assert "/story/moved" not in paper.asked()


def test_the_own_address_of_a_page_that_an_alias_led_to_first(
    newsroom: Newsroom, paper: Paper
) -> None:
    paper.stories = ["a-first", "amman"]  # in the order in which they are asked for
    paper.redirects = {"a-first": (301, "amman")}
    newsroom.crawl(REVISIT_AFTER=0)
    run = newsroom.last_run()
    assert (run.asked, run.twins, run.stored, run.failures) == (2, 1, 1, {})
    assert list(paper.asked())[-2:] == ["/story/a-first", "/story/amman"]
    page, alias = tracked(newsroom, "amman"), tracked(newsroom, "a-first")
    assert (alias.alias_of, alias.due) == (page.address, None)
    assert page.due
    newsroom.crawl(REVISIT_AFTER=0)
    assert set(paper.asked()) == {"/robots.txt", "/feed.xml", "/story/amman"}


def test_documents_that_redirect_are_accounted_for(newsroom: Newsroom, paper: Paper) -> None:
    site = f"http://127.0.0.1:{paper.port}"
    feeds = ", ".join(f'Feed(url="{site}/story/{name}")' for name in ("again", "twin"))
    newsroom.discover(f'Feed(url="{site}/feed.xml"), {feeds}')
    paper.redirects = {"again": (302, "again"), "twin": (301, "/feed.xml")}
    newsroom.crawl(status=10)
    run = newsroom.last_run()
    assert (run.failures, run.discovered, run.discovery_failed) == ({"redirect_loop": 1}, 1, 1)


def test_documents_without_addresses_say_so_by_name(newsroom: Newsroom, paper: Paper) -> None:
    site = f"http://127.0.0.1:{paper.port}"
    documents = f'Listing(url="{site}/front"), Sitemap(url="{site}/images.xml")'
    newsroom.discover(documents)
    said = newsroom.crawl(status=11)
    run = newsroom.last_run()
    assert run.failures == {"no_links": 1, "only_images": 1}
    assert (run.discovered, run.discovery_failed) == (0, 2)
    assert "no_links 1, only_images 1" in said
    state, causes, success = judged(newsroom)
    assert (state, success) == ("failed", None)
    assert {*causes} <= {"no_links", "only_images"}
    newsroom.discover(f'{documents}, Feed(url="{site}/feed.xml")')
    newsroom.crawl(status=10)
    newsroom.crawl(status=10)
    assert judged(newsroom)[:2] == ("degraded", ["discovery_failed"])


def test_a_run_of_nothing_but_walls_has_failed(newsroom: Newsroom, paper: Paper) -> None:
    paper.redirects = {"amman": (302, "amman")}
    newsroom.crawl(status=11)
    assert newsroom.last_run().failures == {"redirect_loop": 1}


def test_an_address_too_long_to_ask_for_is_told(newsroom: Newsroom, paper: Paper) -> None:
    long = "a" * 400
    paper.stories = ["amman", long]
    newsroom.crawl(status=10, URLLENGTH_LIMIT=300)
    run = newsroom.last_run()
    assert (run.failures, run.asked, run.stored) == ({"url_too_long": 1}, 2, 1)
    assert tracked(newsroom, long).last_cause == "url_too_long"


def test_a_run_that_tried_nothing_proves_nothing(newsroom: Newsroom, paper: Paper) -> None:
    paper.stories = [f"n{number}" for number in range(12)]
    paper.broken = dict.fromkeys(paper.stories, 404)
    newsroom.crawl(status=11)
    said = newsroom.crawl(status=11)
    assert "put_off 12" in said
    run = newsroom.last_run()
    assert (run.status, run.found, run.known, run.put_off) == ("failed", 12, 12, 12)
    assert judged(newsroom) == ("failed", ["http_404"], None)
    assert paper.not_modified == {}, "the feed is good news only when its articles have been read"
    paper.broken = {}
    paper.stories = ["amman"]
    newsroom.crawl()
    success = newsroom.last_run().finished
    for name in ("irbid", "zarqa", "aqaba"):
        paper.stories = [name, *paper.stories]
        paper.broken = {name: 404, **paper.broken}
        newsroom.crawl()
    run = newsroom.last_run()
    assert (run.first_visits, run.first_failures) == (1, 1)
    state, causes, last = judged(newsroom)
    assert (state, causes, last) == ("degraded", ["http_404"], success)


def test_an_interrupted_run_leaves_what_it_has_not_read(newsroom: Newsroom, paper: Paper) -> None:
    paper.stories = [f"n{number}" for number in range(30)]
    paper.seconds = 0.1
    process = newsroom.start()
    while len(paper.arrivals) < 8:
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    run = newsroom.last_run()
    assert run.status == "interrupted"
    assert run.asked == 30
    assert 0 < run.left < 30
    assert accounted(run) == run.asked


def test_a_removed_article_is_read_and_refused_and_accounted_for(
    newsroom: Newsroom, paper: Paper
) -> None:
    paper.stories = ["amman", "irbid"]
    newsroom.crawl(REVISIT_AFTER=0)
    removed = article_id(tracked(newsroom, "amman").address)

    async def forget(lift: bool = False) -> None:
        async with open_store(newsroom.store) as store:
            if lift:
                assert await store.lift_tombstone(removed)
            else:
                assert await store.forget(removed, "a court's order")

    asyncio.run(forget())
    assert tracked(newsroom, "amman").headline is None
    paper.corrected = {"amman", "irbid"}
    said = newsroom.crawl(REVISIT_AFTER=0)
    run = newsroom.last_run()
    assert (run.asked, run.fetched, run.revisions, run.forgotten) == (2, 2, 1, 1)
    assert accounted(run) == run.asked
    assert "refused, since they were removed for good: 1" in said
    assert set(newsroom.stored()) == {"irbid"}
    assert tracked(newsroom, "amman").headline is None
    assert (run.failures, run.status) == ({}, "done")
    # Lifted, it is stored again when its page changes.
    asyncio.run(forget(lift=True))
    paper.corrected = set()
    newsroom.crawl(REVISIT_AFTER=0)
    assert set(newsroom.stored()) == {"amman", "irbid"}
