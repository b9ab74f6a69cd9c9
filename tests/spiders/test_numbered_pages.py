"""Numbered pages, and forms, as a crawl asks for them."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request

from crawler.discovery.kinds import Discovery, Feed, Listing
from tests.spiders.walk import HOST, NOT_RECORDED, Site, Walk


def listing(*numbers: int) -> str:
    """A page that links to the articles with these numbers, and to a section."""
    links = "".join(f'<a href="/{number}">خبر {number}</a>' for number in numbers)
    return f'<html><body><h1>أخبار</h1><a href="/about">عنا</a>{links}</body></html>'


def paths(requests: Iterable[Request]) -> list[str]:
    return [request.url.removeprefix(HOST) for request in requests]


Start = Callable[[Discovery], Walk]


@pytest.fixture
def walk(tmp_path: Path) -> Start:
    return lambda kind: Walk(tmp_path, kind)


def pages(*contents: Any) -> Site:
    """A site with numbered pages."""
    return {f"{HOST}/news?page={n}": content for n, content in enumerate(contents, start=1)}


NUMBERED = Listing(url=f"{HOST}/news?page={{n}}", last=9)


@pytest.mark.parametrize(
    ("contents", "pages_read", "articles"),
    [
        ([listing(1, 2), listing(3, 4), listing(3, 4), listing(5)], 3, 4),  # a page repeated
        ([listing(1, 2), listing(3), listing(1, 2), listing(5)], 3, 3),  # back to the first
        ([listing(1, 2), listing(3), 404], 3, 3),
        ([listing(1, 2), listing(3), 410], 3, 3),
        ([listing(1, 2), listing(), listing(5)], 2, 2),
        ([listing(1, 2), "<html><body><p>انتهت الأخبار</p></body></html>"], 2, 2),
        ([listing(n) for n in range(1, 20)], 9, 9),
    ],
)
def test_pages_are_read_in_their_order_up_to_the_first_without_news(
    walk: Start, contents: list[Any], pages_read: int, articles: int
) -> None:
    walked = walk(NUMBERED)

    asked = paths(walked.crawl(pages(*contents)))

    assert asked == [f"/news?page={n}" for n in range(1, pages_read + 1)]
    assert walked.counts.found == articles
    assert walked.counts.discovery_failed == 0
    assert walked.counts.failures == {}


@pytest.mark.parametrize(("status", "cause"), [(500, "http_500"), (403, "http_403")])
def test_a_page_that_fails_ends_the_row_and_is_told(walk: Start, status: int, cause: str) -> None:
    walked = walk(NUMBERED)

    asked = walked.crawl(pages(listing(1), status, listing(2)))

    assert len(asked) == 2
    assert walked.counts.failures == {cause: 1}
    assert walked.counts.discovery_failed == 1


def test_recordings_end_a_row_where_they_end(walk: Start) -> None:
    walked = walk(NUMBERED)

    asked = walked.crawl(pages(listing(1), NOT_RECORDED))

    assert len(asked) == 2
    assert walked.counts.failures == {}


def test_a_first_page_that_is_missing_or_empty_is_a_failure(walk: Start) -> None:
    walked = walk(NUMBERED)

    walked.crawl(pages(404))
    assert walked.counts.failures == {"http_404": 1}
    walked.crawl(pages("<html><body></body></html>"))
    assert walked.counts.failures == {"no_links": 1}


def test_a_challenge_in_place_of_a_page_is_no_end(walk: Start) -> None:
    challenge = (
        "<html><head><title>Just a moment...</title></head><body>"
        '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script>'
        "</body></html>"
    )
    walked = walk(NUMBERED)

    walked.crawl(pages(listing(1), challenge))

    assert walked.counts.failures == {"challenge": 1}


def test_the_next_run_stops_where_the_last_one_has_been(walk: Start) -> None:
    walked = walk(NUMBERED)
    walked.crawl(pages(*[listing(n) for n in (6, 5, 4, 3, 2, 1)], listing(1)))

    asked = walked.crawl(pages(*[listing(n) for n in (8, 7, 6, 5, 4, 3, 2, 1)]))

    assert paths(asked) == ["/news?page=1", "/news?page=2", "/news?page=3"]
    assert paths(walked.crawl(pages(*[listing(n) for n in (8, 7, 6, 5)]))) == ["/news?page=1"]


def test_each_section_has_pages_of_its_own_and_shares_its_articles(walk: Start) -> None:
    kind = Listing(url=f"{HOST}/{{each}}/{{n}}", each=("world", "local"), last=5)
    site: Site = {
        f"{HOST}/world/1": listing(1, 2),
        f"{HOST}/local/1": listing(1, 2),  # the same, found by the other section in this run
        f"{HOST}/world/2": listing(3),
        f"{HOST}/local/2": listing(4),
        f"{HOST}/world/3": listing(3),
    }
    walked = walk(kind)

    asked = sorted(paths(walked.crawl(site)))

    assert asked == ["/local/1", "/local/2", "/local/3", "/world/1", "/world/2", "/world/3"]
    assert walked.counts.found == 4


def test_a_crawl_of_days_walks_past_known_articles_down_to_its_first_day(walk: Start) -> None:
    def page(*days: int) -> str:
        cards = "".join(
            f'<li><a href="/{day}">خبر</a><time datetime="2026-03-{day:02}T12:00:00+03:00"></li>'
            for day in days
        )
        return f"<html><body><ul>{cards}</ul></body></html>"

    walked = walk(NUMBERED)
    site = pages(page(9, 8), page(7, 6), page(5, 4), page(3, 2), page(1))
    assert len(walked.crawl(site)) == 6

    asked = walked.crawl(site, since="2026-03-05", until="2026-03-07")

    assert paths(asked) == [f"/news?page={n}" for n in (1, 2, 3, 4)]
    assert walked.counts.found == 2


def test_a_feed_may_have_numbered_pages(walk: Start) -> None:
    def feed(*numbers: int) -> str:
        items = "".join(f"<item><link>{HOST}/{number}</link></item>" for number in numbers)
        return f"<rss version='2.0'><channel>{items}</channel></rss>"

    walked = walk(Feed(url=f"{HOST}/feed?paged={{n}}", last=4))
    site: Site = {f"{HOST}/feed?paged={n}": feed(n, n + 1) for n in (1, 2)}

    assert paths(walked.crawl(site)) == [f"/feed?paged={n}" for n in (1, 2, 3)]


AJAX = Listing(
    url=f"{HOST}/ajax_post_pagination",
    form={"category_name": "{each}", "post_listing_limit_offset": "{n}"},
    each=("pakistan", "world"),
    first=0,
    step=2,
    last=8,
)


def offers(**rows: list[str]) -> Site:
    """What the form of AJAX is answered with, by category."""
    return {
        f"{AJAX.url} category_name={category}&post_listing_limit_offset={2 * row}": content
        for category, contents in rows.items()
        for row, content in enumerate(contents)
    }


def test_a_form_is_posted_and_each_body_is_a_document_of_its_own(walk: Start) -> None:
    walked = walk(AJAX)
    site = offers(pakistan=[listing(1, 2), listing(3, 4)], world=[listing(5), listing(5)])

    asked = walked.crawl(site)

    bodies = sorted(request.body.decode() for request in asked)
    assert bodies == [
        "category_name=pakistan&post_listing_limit_offset=0",
        "category_name=pakistan&post_listing_limit_offset=2",
        "category_name=pakistan&post_listing_limit_offset=4",
        "category_name=world&post_listing_limit_offset=0",
        "category_name=world&post_listing_limit_offset=2",
    ]
    assert {request.headers["Content-Type"] for request in asked} == {
        b"application/x-www-form-urlencoded"
    }
    assert walked.counts.found == 5
    assert walked.counts.failures == {}
    fingerprints = {walked.crawler.request_fingerprinter.fingerprint(each) for each in asked}
    assert len(fingerprints) == len(asked)


def test_a_posted_document_is_known_by_what_was_sent_and_asked_for_without_conditions(
    walk: Start,
) -> None:
    kind = Listing(url=f"{HOST}/ajax", form={"section": "{each}"}, each=("a", "b"))
    walked = walk(kind)
    site: Site = {f"{HOST}/ajax section=a": listing(1), f"{HOST}/ajax section=b": listing(2, 3)}
    asked = walked.crawl(site)
    keys = [request.cb_kwargs["asked"].key for request in asked]

    documents = walked.documents(*keys, f"{HOST}/ajax")

    assert {key: (document.url, document.links) for key, document in documents.items()} == {
        keys[0]: (f"{HOST}/ajax", 1),
        keys[1]: (f"{HOST}/ajax", 2),
    }
    again = walked.crawl(site | {f"{HOST}/ajax section=b": listing(2, 3, 4)})
    assert ["If-None-Match" in request.headers for request in again] == [False, False]
    assert (walked.counts.known, walked.counts.found) == (3, 4)


def test_the_failure_of_a_posted_document_names_its_form(
    walk: Start, caplog: pytest.LogCaptureFixture
) -> None:
    walked = walk(Listing(url=f"{HOST}/ajax", form={"section": "{each}"}, each=("a", "b")))
    walked.crawl({f"{HOST}/ajax section=a": 500, f"{HOST}/ajax section=b": listing()})
    told = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert any(f"{HOST}/ajax (POST section=a)" in line for line in told), told
    assert any(f"{HOST}/ajax (POST section=b)" in line for line in told), told


def test_a_document_asked_for_by_get_keeps_its_address_as_key_and_its_conditions(
    walk: Start,
) -> None:
    walked = walk(Listing(url=f"{HOST}/{{each}}", each=("world",)))
    walked.crawl({f"{HOST}/world": listing(1)})

    (again,) = walked.crawl({f"{HOST}/world": listing(1)})

    assert list(walked.documents(f"{HOST}/world")) == [f"{HOST}/world"]
    assert again.headers["If-None-Match"] == b'"v1"'


def test_a_json_body_is_posted_as_json(walk: Start) -> None:
    body = '{"CategoryId": "153", "pageIndex": 1}'
    walked = walk(
        Listing(url=f"{HOST}/service", form='{"CategoryId": "153", "pageIndex": {n}}', last=1)
    )

    (request,) = walked.crawl({f"{HOST}/service {body}": listing(1)})

    assert request.method == "POST"
    assert request.headers["Content-Type"] == b"application/json"
    assert walked.counts.found == 1


def test_a_cursor_leads_from_page_to_page_up_to_the_last_or_the_first_without_news(
    walk: Start,
) -> None:
    def page(*numbers: int, token: str | None) -> str:
        return json.dumps({"items": [f"/{number}" for number in numbers], "nextToken": token})

    kind = Listing(
        url=f"{HOST}/api/{{each}}?token={{next}}&size=2",
        each=("a", "b"),
        entries="items",
        next="nextToken",
        pages=4,
    )
    site: Site = {
        f"{HOST}/api/a?token=&size=2": page(1, 2, token="x/+="),
        f"{HOST}/api/a?token=x%2F%2B%3D&size=2": page(3, token=None),
        f"{HOST}/api/b?token=&size=2": page(4, token="t1"),
        f"{HOST}/api/b?token=t1&size=2": page(5, token="t2"),
        f"{HOST}/api/b?token=t2&size=2": page(5, token="t3"),
        f"{HOST}/api/b?token=t3&size=2": page(6, token="t4"),
    }
    walked = walk(kind)

    asked = sorted(paths(walked.crawl(site)))

    unread = f"{HOST}/api/b?token=t3&size=2"
    assert [HOST + path for path in asked] == sorted(site.keys() - {unread})
    assert walked.counts.found == 5
    assert walked.counts.failures == {}


def test_pages_of_an_api_end_where_nothing_stands_any_more(walk: Start) -> None:
    kind = Listing(
        url=f"{HOST}/api?offset={{n}}",
        first=0,
        step=2,
        last=8,
        entries="news",
        address=f"{HOST}/{{id}}",
    )
    site: Site = {
        f"{HOST}/api?offset=0": '{"news": [{"id": 1}, {"id": 2}]}',
        f"{HOST}/api?offset=2": '{"news": [{"id": 3}]}',
        f"{HOST}/api?offset=4": '{"news": []}',
    }
    walked = walk(kind)

    assert paths(walked.crawl(site)) == ["/api?offset=0", "/api?offset=2", "/api?offset=4"]
    assert (walked.counts.found, walked.counts.failures) == (3, {})
