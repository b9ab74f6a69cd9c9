"""The search: what it finds, marks, counts and refuses, and the form of filters."""

from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from crawler.search import parse_query
from crawler.web.filter_form import collation_key
from crawler.web.passages import passage
from tests.web.newsroom import FIRST, LIBRARY, URDU, Visitor, parsed

WORDS = " ".join(f"كلمة{number}" for number in range(200))


def texts_of(tree: Any, path: str) -> list[str]:
    """Return the texts of some elements, a space between two words."""
    return [" ".join(each.text_content().split()) for each in tree.xpath(path)]


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("الأرصفة", ["أرصفة"]),
        ("وللميناء", ["الميناء", "الميناء"]),
        ("ارصفه in:headline | توسعة", ["توسعة", "توسعة", "أرصفة"]),
    ],
)
def test_the_meant_words_are_marked_in_headline_and_passage(
    visitor_of_both: Visitor, query: str, marked: list[str]
) -> None:
    tree = parsed(visitor_of_both.get(f"/search?ui=en&q={quote(query)}"))
    (found,) = tree.xpath("//article")
    assert [each.text_content() for each in found.xpath(".//mark")] == marked
    (shown,) = found.xpath("./p[@class='passage']")
    assert (shown.get("lang"), shown.get("dir")) == ("ar", "rtl")
    assert "1 March 2026" in found.text_content()


def test_a_marked_headline_is_no_markup(visitor: Visitor) -> None:
    page = visitor.get(f"/search?q={quote('لائبریریوں دوبارہ b')}")
    assert "&lt;<mark>b</mark>&gt;<mark>دوبارہ</mark>&lt;/<mark>b</mark>&gt;" in page.text


def test_a_passage_is_of_whole_words_around_the_first_meant_one() -> None:
    found = passage(WORDS, parse_query("كلمة100"), "ar")
    assert found is not None
    assert (found.is_begun, found.goes_on) == (True, True)
    words = found.text.split(" ")
    assert words[0] == "كلمة92"
    assert len(words) == 36
    assert set(words) <= set(WORDS.split())


@pytest.mark.parametrize(
    ("query", "first", "last", "is_begun", "goes_on"),
    [
        ("كلمة0", "كلمة0", "كلمة35", False, True),
        ("كلمة199", "كلمة164", "كلمة199", True, False),
        ("غائب", "كلمة0", "كلمة35", False, True),
    ],
)
def test_a_passage_is_full_at_the_ends_too(
    query: str, first: str, last: str, is_begun: bool, goes_on: bool
) -> None:
    found = passage(WORDS, parse_query(query), "ar")
    assert found is not None
    words = found.text.split(" ")
    assert (words[0], words[-1], len(words)) == (first, last, 36)
    assert (found.is_begun, found.goes_on) == (is_begun, goes_on)


def test_a_short_text_is_its_own_passage() -> None:
    second = LIBRARY.partition("\n\n")[2]
    found = passage(f"کھل گئی\n\n{second}", parse_query("کتاب"), "ur")
    assert found is not None
    assert found.text == f"کھل گئی {second}"
    assert (found.is_begun, found.goes_on) == (False, False)
    assert passage(" \n", parse_query("کتاب"), "ur") is None


def test_stories_are_counted_by_day(visitor_of_both: Visitor) -> None:
    answer = visitor_of_both.get("/search.json?since=2026-01-01&limit=1").json()
    assert answer["days"] == {"2026-03-01": 2}
    assert len(answer["stories"]) == 1
    rest = visitor_of_both.get(f"/search.json?since=2026-01-01&after={answer['next']}").json()
    assert rest["days"] is None
    assert "2 stories" in visitor_of_both.get("/search?ui=en&since=2026-01-01").text


def test_the_order_is_a_switch(visitor: Visitor) -> None:
    tree = parsed(visitor.get("/search?ui=ur&q=b&order=relevance"))
    (by_time, by_relevance) = tree.xpath("//ul[contains(@class, 'order')]//a")
    assert by_relevance.get("aria-current") == "true"
    assert parse_qs(urlsplit(by_time.get("href")).query) == {"ui": ["ur"], "q": ["b"]}


def test_an_empty_search_shows_how_to_search(visitor: Visitor) -> None:
    tree = parsed(visitor.get("/search?ui=en&q=&outlet="))
    examples = tree.xpath("//section[@class='help']//a")
    assert {each.get("lang") for each in examples} == {"ar", "ur"}
    for each in examples:
        assert visitor.get(each.get("href")).status_code == 200, each.text
    assert visitor.get("/search.json").json()["stories"] == []


@pytest.mark.parametrize(
    ("path", "first_line", "message"),
    [
        ("/search?q=(نفط", "These words cannot be searched for", "bracket"),
        ("/search?q=-نفط", "These words cannot be searched for", "exclude"),
        ("/?place=Atlantis", "Nothing in the store has this name.", "unknown place"),
        ("/search?q=place:Atlantis", "Nothing in the store has this name.", "unknown place"),
        ("/?day=2026-03-01&since=1d", "The address asks for something", "day"),
    ],
)
def test_what_is_wrong_is_said_above_the_form_with_what_was_typed(
    visitor: Visitor, path: str, first_line: str, message: str
) -> None:
    page = visitor.get(f"{path}&ui=en&type=naskh")
    assert page.status_code == 400
    tree = parsed(page)
    told = tree.xpath("//div[@role='alert']/p")
    assert first_line in told[0].text
    assert message in told[1].text
    assert (told[1].get("lang"), told[1].get("dir")) == ("en", "ltr")
    for name, values in parse_qs(urlsplit(path).query).items():
        assert tree.xpath(f"//form[@class='filters']//input[@name='{name}']/@value") == values
    assert tree.xpath("//form[@class='filters']/input[@name='type']/@value") == ["naskh"]
    answer = visitor.get(path, accept="application/json")
    assert answer.status_code == 400
    assert message in answer.json()["message"]


def test_the_form_keeps_and_shows_what_is_chosen(visitor: Visitor) -> None:
    address = "/?outlet=bbc_ur&country=GB&day=2026-03-01&genre=&ui=ur&calendar=hijri&limit=5"
    tree = parsed(visitor.get(address))
    (form,) = tree.xpath("//form[@class='filters']")
    hidden = form.xpath("./input[@type='hidden']")
    assert {each.get("name"): each.get("value") for each in hidden} == {
        "ui": "ur",
        "calendar": "hijri",
        "limit": "5",
    }
    chosen = form.xpath(".//option[@selected]")
    assert [each.text for each in chosen] == ["بی بی سی اردو", "برطانیہ"]
    assert form.xpath(".//input[@name='day']/@value") == ["2026-03-01"]
    chips = tree.xpath("//ul[@class='chips']//bdi")
    assert [each.text for each in chips] == [
        "بی بی سی اردو",
        "برطانیہ",
        "1 مارچ 2026 · 12 رمضان 1447 ھ",
    ]
    removed = tree.xpath("//ul[@class='chips']//a/@href")
    assert "outlet" not in parse_qs(urlsplit(removed[0]).query)
    assert set(parse_qs(urlsplit(removed[0]).query)) == {
        "country",
        "day",
        "ui",
        "calendar",
        "limit",
    }
    assert set(parse_qs(urlsplit(removed[-1]).query)) == {"ui", "calendar", "limit"}


def test_what_no_list_offers_stays_chosen(visitor: Visitor) -> None:
    tree = parsed(visitor.get("/?outlet=copy_ar&since=9000d&ui=en"))
    assert tree.xpath("//select[@name='outlet']//option[@selected]/@value") == ["copy_ar"]
    (since,) = tree.xpath("//input[@name='since']")
    assert (since.get("type"), since.get("value")) == ("text", "9000d")


def test_names_are_suggested_in_the_language_of_the_site(visitor: Visitor) -> None:
    tree = parsed(visitor.get("/?ui=ar"))
    assert "رويترز" in tree.xpath("//datalist[@id='known-source']/option/@value")
    places = tree.xpath("//datalist[@id='known-place']/option/@value")
    assert places == [FIRST.place, URDU.place]
    for name in ("source=رويترز", "place=القاهرة", "country=PK"):
        assert visitor.get(f"/?{name}").status_code == 200, name


def test_urdu_names_stand_in_the_order_of_its_dictionaries() -> None:
    names = ["گوادر", "لاہور", "کراچی", "ٹانک", "پشاور", "یمن", "تربت", "بنوں", "اٹک"]
    assert sorted(names, key=collation_key) == [
        *("اٹک", "بنوں", "پشاور", "تربت", "ٹانک"),
        *("کراچی", "گوادر", "لاہور", "یمن"),
    ]
