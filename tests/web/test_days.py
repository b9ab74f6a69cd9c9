"""The pages of days."""

from pathlib import Path

import feedparser  # type: ignore[import-untyped]
import pytest

from tests.storage.samples import SyncStore
from tests.web.newsroom import FIRST, URDU, Visitor, parsed
from tests.web.tallied import LATE


def _words(element: object) -> str:
    return " ".join(element.text_content().split())  # type: ignore[attr-defined]


def test_days_are_counted_by_language_and_outlet(tallied_visitor_of_both: Visitor) -> None:
    page = tallied_visitor_of_both.get("/days?ui=en")
    assert page.status_code == 200
    tree = parsed(page)
    tables = {_words(each.xpath("caption")[0]): each for each in tree.xpath("//table[caption]")}
    languages = tables["Stories a day by language"]
    assert [_words(each) for each in languages.xpath("thead//th")] == [
        *("Day", "Arabic", "Urdu", "All"),
    ]
    body = [[_words(cell) for cell in row] for row in languages.xpath("tbody/tr")]
    assert len(body) == 30
    assert body[-1] == ["1 March 2026", "1", "1", "2"]
    assert body[-3] == ["27 February 2026", "2", "0", "2"]
    outlets = tables["Stories a day by outlet"]
    assert [_words(each) for each in outlets.xpath("thead//th")] == [
        *("Day", "Youm7", "BBC News Urdu", "copy_ar", "All"),
    ]
    gaps = tables["Articles that lack something"]
    assert [_words(each) for each in gaps.xpath("thead//th")] == ["Day", "No headline"]
    listed = tree.xpath("//section[@aria-labelledby='list']//tbody/tr")
    assert [[_words(cell) for cell in row] for row in listed] == [
        ["1 March 2026", "2", "3", "3", "1", "0"],
        ["27 February 2026", "2", "2", "1", "2", "1"],
    ]
    assert "/days/2026-03-01?ui=en" in listed[0].xpath(".//a/@href")


def test_days_that_have_changed_since_are_named(tallied_visitor: Visitor) -> None:
    (told,) = parsed(tallied_visitor.get("/days?ui=en")).xpath("//p[@class='counted']")
    assert "1 day has changed since: 28 February 2026" in _words(told)
    (told,) = parsed(tallied_visitor.get("/days?ui=en&since=2026-03-01")).xpath(
        "//p[@class='counted']"
    )
    assert _words(told).startswith("Counted ")
    assert "changed" not in _words(told)


def test_programs_get_all_numbers(tallied_visitor: Visitor) -> None:
    given = tallied_visitor.get("/days.json").json()
    assert (given["since"], given["until"]) == ("2026-01-31", "2026-03-02")
    assert given["stale"] == ["2026-02-28"]
    assert [each["day"] for each in given["days"]] == ["2026-02-27", "2026-03-01"]
    assert given["days"][0]["outlets"]["youm7"]["gaps"] == {"headline": 1}
    assert given["days"][1]["agencies"] == {"reuters": 1}
    shorter = tallied_visitor.get("/days.json?since=2026-02-20&until=2026-03-01").json()
    assert [each["day"] for each in shorter["days"]] == ["2026-02-27"]
    assert tallied_visitor.get("/days.json?until=2026-02-27").json()["days"] == []


def test_many_days_are_gathered(tallied_visitor: Visitor) -> None:
    page = tallied_visitor.get("/days?ui=en&since=2025-12-01&until=2026-04-01")
    table = parsed(page).xpath("//table[caption]")[0]
    assert _words(table.xpath("caption")[0]) == "Stories a week by language"
    rows = [[_words(cell) for cell in row] for row in table.xpath("tbody/tr")]
    assert ["23 February 2026 to 1 March 2026", "3", "1", "4"] in rows


@pytest.mark.parametrize(
    ("language", "direction", "earliest"), [("ar", "rtl", "70.0%"), ("en", "ltr", "3.33%")]
)
def test_the_earliest_day_stands_where_reading_begins(
    tallied_visitor: Visitor, language: str, direction: str, earliest: str
) -> None:
    page = parsed(tallied_visitor.get(f"/days?ui={language}&since=2026-02-27"))
    chart = page.xpath("//svg[@role='img']")[0]
    assert chart.get("direction") == direction
    assert chart.xpath("g/rect/@x")[0] == earliest


def test_a_day_shows_its_stories_and_its_numbers(tallied_visitor_of_both: Visitor) -> None:
    page = tallied_visitor_of_both.get("/days/2026-03-01?ui=en")
    assert page.status_code == 200
    tree = parsed(page)
    headlines = tree.xpath("//article//h3")
    assert [_words(each) for each in headlines] == [FIRST.headline, URDU.headline]
    totals = [" ".join(map(_words, each)) for each in tree.xpath("//dl/div")]
    assert totals == ["Stories 2", "Copies 3", "In Arabic 1", "In Urdu 1", "Outlets 3"]
    places, agencies = (_words(each) for each in tree.xpath("//ul[@class='tags']"))
    assert "القاهرة" in places
    assert "کراچی" in places
    assert agencies == "Reuters 1"
    beside = tree.xpath("//nav[@class='beside']//a/@href")
    assert beside[:2] == ["/days/2026-02-28?ui=en", "/days/2026-03-02?ui=en"]


def test_a_day_that_was_not_counted_still_shows_its_stories(tallied_visitor: Visitor) -> None:
    page = tallied_visitor.get("/days/2026-02-28?ui=en")
    assert page.status_code == 200
    assert str(LATE.headline) in page.text
    assert "has changed since" in page.text
    given = tallied_visitor.get("/days/2026-02-28.json").json()
    assert (given["numbers"], given["is_stale"]) == (None, True)
    assert [each["headline"] for each in given["stories"]] == [LATE.headline]


def test_a_day_goes_on_behind_its_cursor_and_has_a_feed(tallied_visitor: Visitor) -> None:
    first = tallied_visitor.get("/days/2026-03-01.json?limit=1").json()
    rest = tallied_visitor.get(f"/days/2026-03-01.json?limit=1&after={first['next']}").json()
    assert [each["headline"] for each in rest["stories"]] == [URDU.headline]
    feed = feedparser.parse(tallied_visitor.get("/days/2026-03-01.atom").text)
    assert [entry.title for entry in feed.entries] == [FIRST.headline, URDU.headline]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/days/2026-02-30", "is no day"),
        ("/days/20260301", "is no day"),
        ("/days/0001-01-01", "before or after all news"),
        ("/days/yesterday", "is no day"),
        ("/days/2026-03-01?outlet=youm7", "unknown parameter"),
        ("/days?since=x", "is not a date"),
        ("/days?since=2026-03-02&until=2026-03-01", "not after since"),
        ("/days?since=1996-01-01&until=2026-03-01", "days before until"),
        ("/days?day=2026-03-01", "unknown parameter"),
        ("/days.atom", "no feed"),
    ],
)
def test_wrong_days_are_refused(tallied_visitor: Visitor, address: str, told: str) -> None:
    page = tallied_visitor.get(address)
    assert page.status_code == 400, page.text
    assert told in page.text


def test_days_before_anything_was_counted(tmp_path: Path) -> None:
    uri = f"sqlite:///{tmp_path}/khabar.db"
    SyncStore(uri).save(FIRST)
    page = Visitor(uri).get("/days?ui=en")
    assert page.status_code == 200
    assert "There is nothing to draw." in page.text
    assert "No story of these days has been counted." in page.text
