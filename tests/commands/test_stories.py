"""`scrapy stories` on the store that a replayed crawl of every outlet filled."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawler.display.terminal import readable_url
from tests.commands.conftest import Replayed, Show, make_store
from tests.conftest import REPLAYED_OUTLETS, Scrapy

TRAINS = "السكة الحديد: تعديل مواعيد 6 قطارات على خط الصعيد لتجديد القضبان"
SHIPS = "موسكو وإسلام آباد تبحثان إطلاق خط بحري لشحن الحبوب"
CARPENTERS = "ہنزہ کی خواتین بڑھئی: ’پہلے لوگ ہنستے تھے، اب آرڈر دیتے ہیں‘"
FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture
def stories(listing: Callable[[str], Show]) -> Show:
    return listing("stories")


def test_stories_come_newest_first_with_the_fields_of_the_contract(stories: Show) -> None:
    shown = stories("--limit", "1000")
    assert list(shown[0]) == [
        "id", "headline", "language", "published", "place", "sources", "dateline", "copies",
        "revisions", "rules", "carried",
    ]  # fmt: skip
    assert list(shown[0]["copies"][0]) == [
        "id", "outlet", "url", "published", "headline", "genre", "publisher", "agencies", "desk",
        "reporter",
    ]  # fmt: skip
    published = [story["published"] for story in shown]
    assert published == sorted(published, reverse=True)
    recorded = [
        case for outlet in REPLAYED_OUTLETS for case in FIXTURES.glob(f"{outlet}/*/page.html")
    ]
    assert sum(len(story["copies"]) for story in shown) == len(recorded)


def test_the_wire_story_is_told_once_with_both_its_copies(stories: Show) -> None:
    (story,) = [story for story in stories("--source", "sputnik") if len(story["copies"]) > 1]
    assert {copy["outlet"] for copy in story["copies"]} == {"urdupoint_ar", "sputnik_ar"}
    assert {"sputnik", "pakistan-point-news"} <= set(story["sources"])


def test_each_copy_names_its_own_publisher_and_agencies_and_who_carried_whom(
    stories: Show,
) -> None:
    (story,) = [story for story in stories("--source", "sputnik") if len(story["copies"]) > 1]
    roles = {copy["outlet"]: (copy["publisher"], copy["agencies"]) for copy in story["copies"]}
    assert roles == {
        "sputnik_ar": ("sputnik", []),
        "urdupoint_ar": ("pakistan-point-news", ["sputnik"]),
    }
    assert story["carried"] == [
        {"outlet": "urdupoint_ar", "agencies": ["sputnik"], "minutes_after_first": 38}
    ]


@pytest.mark.parametrize(
    ("arguments", "holds"),
    [
        (("--language", "ur"), lambda story: story["language"] == "ur"),
        (
            ("--outlet", "youm7"),
            lambda story: any(copy["outlet"] == "youm7" for copy in story["copies"]),
        ),
        (
            ("--country", "PK"),
            lambda story: any("urdupoint" in copy["outlet"] for copy in story["copies"]),
        ),
        (("--since", "2023-11-22"), lambda story: story["published"] >= "2023-11-22"),
        (("--until", "2021-01-01"), lambda story: story["published"] < "2021-01-01"),
        (("--place", "كراچی"), lambda story: story["place"] == "کراچی"),
        (("--place", "Karachi"), lambda story: story["place"] == "کراچی"),
        (("--source", "سبوتنيك"), lambda story: "sputnik" in story["sources"]),
        (
            ("--outlet", "BBC Urdu"),
            lambda story: any(copy["outlet"] == "bbc_ur" for copy in story["copies"]),
        ),
        (
            ("--since", "2023-11-22", "--zone", "Asia/Karachi"),
            lambda story: story["published"] >= "2023-11-21T19:00",
        ),
    ],
)
def test_a_filter_shows_what_it_names_and_all_of_it(
    stories: Show, arguments: tuple[str, ...], holds: Callable[[dict[str, Any]], bool]
) -> None:
    shown = stories("--limit", "1000", *arguments)
    assert shown
    assert shown == [story for story in stories("--limit", "1000") if holds(story)]


@pytest.mark.parametrize(
    ("query", "headline"),
    [
        (("قطار",), TRAINS),
        (("قطارات", "in:headline"), TRAINS),
        (("خط outlet:sputnik_ar place:Moscow",), SHIPS),
        (('"خط بحري" source:سبوتنيك',), SHIPS),
        (("--", '-outlet:youm7 outlet:"BBC Urdu" خاتون'), CARPENTERS),
    ],
)
def test_a_query_shows_the_stories_that_it_means(
    stories: Show, query: tuple[str, ...], headline: str
) -> None:
    for order in ("time", "relevance"):
        shown = stories("--order", order, *query)
        assert headline in [story["headline"] for story in shown]
        assert len(shown) < 5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("(قطار",), "a bracket is not closed"),
        (("ا" * 10_000,), "a query of 10000 characters; 2000 at most"),
        (("\u202e",), "there is no word to look for"),
        (("writer:سلمى",), "no field 'writer'"),
        (("قطار source:Sputnk",), "unknown source 'Sputnk'; did you mean sputnik"),
        (("قطار place:Krachi",), "unknown place 'Krachi'; did you mean Karachi"),
        (("قطار -outlet:youm8",), "unknown outlet 'youm8'; did you mean youm7"),
        (("--source", "Sputnk"), "unknown source 'Sputnk'; did you mean sputnik"),
        (("--place", "Krachi"), "unknown place 'Krachi'; did you mean Karachi"),
        (("--country", "Pakistn"), "unknown country 'Pakistn'; did you mean Pakistan"),
        (("--outlet", "youm8"), "unknown outlet 'youm8'; did you mean youm7"),
        (("--zone", "Karachi"), "--zone: 'Karachi' is no time zone; did you mean Asia/Karachi?"),
    ],
)
def test_what_cannot_be_meant_is_an_error_with_the_nearest_name(
    scrapy: Scrapy, replayed_crawl: Replayed, arguments: tuple[str, ...], message: str
) -> None:
    process = scrapy("stories", *arguments, KHABAR_STORE_URI=replayed_crawl[0])
    assert process.returncode == 2
    assert message in process.stdout + process.stderr


def test_text_is_printed_without_isolates_into_a_pipe(
    scrapy: Scrapy, replayed_crawl: Replayed
) -> None:
    process = scrapy(
        *("stories", "--outlet", "bbc_ur", "--limit", "1", "--zone", "Asia/Karachi"),
        KHABAR_STORE_URI=replayed_crawl[0],
    )
    lines = process.stdout.splitlines()
    assert lines[0] == "2023-11-22 10:40+05:00  ur  bbc_ur  (1 copy)"
    assert not set("\u2066\u2067\u2068\u2069") & set(process.stdout)


def test_an_address_is_shown_in_its_letters_and_nothing_else_of_it_changes() -> None:
    shown = readable_url("https://x.example/%D8%AE%D8%A8%D8%B1/a%20b%0A?q=%E2%80%AE%D9%86&r=%FF")
    assert shown == "https://x.example/خبر/a%20b%0A?q=%E2%80%AEن&r=%FF"


def test_an_empty_collection_says_so(scrapy: Scrapy, tmp_path: Path) -> None:
    uri = f"sqlite:///{tmp_path}/khabar.db"

    asyncio.run(make_store(uri))
    process = scrapy("stories", KHABAR_STORE_URI=uri)
    assert (process.returncode, process.stdout) == (0, "")
    assert process.stderr == "The store is empty: crawl first.\n"


def test_a_second_crawl_changes_nothing_that_is_shown(scrapy: Scrapy, tmp_path: Path) -> None:
    uri = f"sqlite:///{tmp_path}/khabar.db"
    shown = []
    for _ in range(2):
        crawl = scrapy("crawl", "sputnik_ar", "-s", "REPLAY=fixtures", KHABAR_STORE_URI=uri)
        assert crawl.returncode == 0, crawl.stderr
        shown.append(scrapy("stories", "--json", KHABAR_STORE_URI=uri).stdout)
    assert shown[0]
    assert shown[0] == shown[1]
    assert crawl.stderr.splitlines()[-1].split()[:8] == [
        "sputnik_ar",
        "done",
        "3",
        "3",
        "0",
        "0",
        "0",
        "3",
    ]
