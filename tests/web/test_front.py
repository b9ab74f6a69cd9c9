"""The front page in all its formats."""

import asyncio
import json
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser  # type: ignore[import-untyped]
import httpx
import pytest

from crawler.dedup import article_id, canonical_url
from tests.storage.samples import SyncStore
from tests.web.newsroom import FIRST, SECOND, URDU, Visitor, parsed

STORY = article_id(canonical_url(FIRST.url))


def test_the_newest_story_comes_first_in_its_own_language(visitor_of_both: Visitor) -> None:
    page = visitor_of_both.get("/?ui=en")
    assert page.status_code == 200
    tree = parsed(page)
    headlines = tree.xpath("//article//h3")
    assert [(each.get("lang"), each.get("dir")) for each in headlines] == [
        ("ar", "rtl"),
        ("ur", "rtl"),
    ]
    assert [each.text_content().strip() for each in headlines] == [FIRST.headline, URDU.headline]
    first = tree.xpath("//article")[0].text_content()
    assert "2 copies" in first
    assert "14:00" in first  # noon in Cairo
    assert "Reuters" in first


def test_a_printed_headline_is_no_markup(visitor: Visitor) -> None:
    assert "&lt;b&gt;دوبارہ&lt;/b&gt;" in visitor.get("/").text


@pytest.mark.parametrize(
    ("accepted", "language", "direction"),
    [
        ("ur,en;q=0.5", "ur", "rtl"),
        ("ar-EG", "ar", "rtl"),
        ("fr, en;q=0.1", "en", "ltr"),
        ("", "en", "ltr"),
    ],
)
def test_the_interface_speaks_what_the_browser_asks_for(
    visitor: Visitor, accepted: str, language: str, direction: str
) -> None:
    tree = parsed(visitor.get("/", accept_language=accepted))
    assert (tree.get("lang"), tree.get("dir")) == (language, direction)


def test_a_choice_is_kept_in_every_link(visitor: Visitor) -> None:
    tree = parsed(visitor.get("/?ui=ur&type=naskh&calendar=hijri"))
    own = [each for each in tree.xpath("//main//a/@href") if each.startswith("/")]
    assert own
    assert all("ui=ur&type=naskh&calendar=hijri" in address for address in own)


def test_a_list_goes_on_behind_its_cursor(visitor_of_both: Visitor) -> None:
    first = visitor_of_both.get("/index.json?limit=1").json()
    assert [each["headline"] for each in first["stories"]] == [FIRST.headline]
    rest = visitor_of_both.get(f"/index.json?limit=1&after={first['next']}").json()
    assert [each["headline"] for each in rest["stories"]] == [URDU.headline]
    assert rest["next"] is None


def test_programs_get_json_where_they_accept_it(visitor: Visitor) -> None:
    given = visitor.get("/?language=ur", accept="application/json")
    assert given.headers["content-type"] == "application/json"
    assert [each["copies"][0]["outlet"] for each in json.loads(given.text)["stories"]] == ["bbc_ur"]


def test_a_feed_names_each_story_and_its_copies(visitor: Visitor) -> None:
    feed = feedparser.parse(visitor.get("/index.atom").text)
    assert [entry.title for entry in feed.entries] == [FIRST.headline, URDU.headline]
    links = [link.href for link in feed.entries[0].links if link.rel == "related"]
    assert links == [FIRST.url, SECOND.url]


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("outlet=youm7", 200, ""),
        ("outlet=youm", 400, "unknown outlet"),
        ("country=PK", 200, ""),
        ("country=Atlantis", 400, "unknown country"),
        ("day=2026-03-01", 200, ""),
        ("day=2026-02-30", 400, "is no day"),
        ("since=2026-03-02&until=2026-03-01", 400, "not after since"),
        ("limit=0", 400, "limit"),
        ("limit=101", 400, "limit"),
        ("after=nothing", 400, "after"),
        ("q=AND OR", 400, "leave it out"),
        ("q=(", 400, ""),
        ("sort=up", 400, "unknown parameter"),
        ("ui=fr", 400, "ui"),
        ("language=en", 400, "language"),
        ("order=best", 400, "order"),
        ("q=a&q=b", 400, "q: is given twice"),
        ("ui=en&ui=ar", 400, "ui: is given twice"),
        ("q=%ff", 400, "not UTF-8"),
        ("q=%ed%a0%80", 400, "not UTF-8"),
        ("outlet=%00", 400, "control character"),
        ("q=%zz", 200, ""),
        ("&".join(f"a{number}=b" for number in range(50)), 400, "more than 40 parameters"),
        ("q=" + "a" * 20_000, 400, "letters"),
    ],
)
def test_parameters_are_checked(visitor: Visitor, query: str, status: int, told: str) -> None:
    page = visitor.get(f"/?{query}")
    assert page.status_code == status, page.text
    assert told in page.text


def test_a_page_that_has_not_changed_is_not_sent_again(visitor: Visitor) -> None:
    page = visitor.get("/")
    etag = page.headers["etag"]
    assert visitor.get("/", if_none_match=etag).status_code == 304
    assert visitor.get("/?ui=ar", if_none_match=etag).status_code == 200


def test_others_crawlers_are_kept_out(visitor: Visitor) -> None:
    assert visitor.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    assert "noindex" in visitor.get("/").headers["x-robots-tag"]


def test_no_hour_is_shown_where_none_was_printed(tmp_path: Path) -> None:
    uri = f"sqlite:///{tmp_path}/khabar.db"
    midnight = datetime(2026, 3, 1, tzinfo=ZoneInfo("Africa/Cairo"))
    SyncStore(uri).save(replace(FIRST, published=midnight, published_precision="day"))
    page = parsed(Visitor(uri).get("/?ui=en"))
    when = page.xpath("//article//span[@class='when']")[0].text_content()
    assert when.strip() == "1 March 2026"
    shown = parsed(Visitor(uri).get(f"/stories/{STORY}?ui=en")).xpath("//header//p")[0]
    assert "00:00" not in shown.text_content()


def test_a_clock_says_how_far_it_is_from_utc(visitor: Visitor) -> None:
    page = parsed(visitor.get("/?ui=en"))
    shown = [" ".join(each.text_content().split()) for each in page.xpath("//span[@class='when']")]
    assert shown == ["14:00 UTC+2", "07:00 UTC+5"]


def test_an_older_page_leads_back_to_the_newest(visitor: Visitor) -> None:
    first = visitor.get("/index.json?limit=1").json()
    page = parsed(visitor.get(f"/?limit=1&after={first['next']}"))
    assert page.xpath("//a[@rel='first']/@href") == ["/?limit=1"]


@pytest.mark.parametrize(
    ("language", "name"), [("ar", "رويترز"), ("ur", "رائٹرز"), ("en", "Reuters")]
)
def test_an_agency_goes_by_the_spelling_of_the_pages_language(
    visitor: Visitor, language: str, name: str
) -> None:
    credit = parsed(visitor.get(f"/?ui={language}")).xpath("//span[@class='credit']")[0]
    assert credit.text_content().strip() == name


def test_a_change_without_a_newer_story_is_a_change(tmp_path: Path) -> None:
    uri = f"sqlite:///{tmp_path}/khabar.db"
    store = SyncStore(uri)
    store.save(FIRST)

    async def ask_front(client: httpx.AsyncClient, since: str = "") -> httpx.Response:
        return await client.get("/", headers={"If-Modified-Since": since} if since else {})

    async def visits(client: httpx.AsyncClient) -> None:
        since = (await ask_front(client)).headers["last-modified"]
        assert (await ask_front(client, since)).status_code == 304
        await asyncio.to_thread(store.save, URDU)  # ten hours older
        changed = await ask_front(client, since)
        assert changed.status_code == 200
        later = changed.headers["last-modified"]
        assert parsedate_to_datetime(later) > parsedate_to_datetime(since)
        assert (await ask_front(client, later)).status_code == 304

    Visitor(uri).visit(visits)
