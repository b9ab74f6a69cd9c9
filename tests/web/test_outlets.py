"""The pages of the outlets, of one outlet, of the crawls and of health."""

from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest

from tests.web.newsroom import CRAWLED_AT, CRAWLS, FIRST, HOUR, Visitor, parsed


def words(element: Any) -> str:
    """Return the text of an element, its pieces with one space between them."""
    return " ".join(" ".join(element.itertext()).split())


def test_outlets_stand_by_country_those_of_the_store_alone_last(visitor_of_both: Visitor) -> None:
    tree = parsed(visitor_of_both.get("/outlets?ui=en"))
    assert [words(each) for each in tree.xpath("//section/h2")] == [
        "Egypt Arabic",
        "United Kingdom Urdu",
        "Not declared",
    ]
    egypt, britain, others = (words(each) for each in tree.xpath("//section//li"))
    assert egypt.startswith("اليوم السابع Youm7 healthy")
    assert "working 1 story last read" in egypt
    assert "refused by the site" in britain
    assert others == "copy_ar never read 1 story"


def test_countries_have_names_in_the_language_of_the_interface(visitor: Visitor) -> None:
    tree = parsed(visitor.get("/outlets?ui=ur"))
    assert [words(each).split()[0] for each in tree.xpath("//section/h2")][:2] == ["برطانیہ", "مصر"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["bbc_ur", "copy_ar", "youm7"]),
        ("language=ur", ["bbc_ur"]),
        ("country=EG", ["youm7"]),
        ("country=مصر", ["youm7"]),
        ("state=working", ["bbc_ur", "youm7"]),
        ("state=undeclared", ["copy_ar"]),
        ("health=refused", ["bbc_ur"]),
        ("language=ur&country=EG&state=", []),
    ],
)
def test_outlets_are_filtered(visitor: Visitor, query: str, names: list[str]) -> None:
    listed = visitor.get(f"/outlets.json?{query}").json()["outlets"]
    assert [each["name"] for each in listed] == names


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/outlets?language=en", "language"),
        ("/outlets?country=Atlantis", "unknown country"),
        ("/outlets?state=good", "state"),
        ("/outlets?health=fine", "health"),
        ("/outlets?stat=off", "did you mean state"),
        ("/outlets/youm7?since=2026-02-30", "since"),
        ("/runs?outlet=youm", "unknown outlet"),
        ("/runs?since=soon", "since"),
        ("/runs?after=nothing", "after"),
        ("/runs?after=2026-03-01T12:00:00%2B01:00~x", "after"),
        ("/runs?after=2026-03-01T12:00:00~", "after"),
        ("/health?outlet=youm7", "unknown parameter"),
    ],
)
def test_parameters_are_checked(visitor: Visitor, address: str, told: str) -> None:
    page = visitor.get(address)
    assert page.status_code == 400
    assert told in page.text


def test_an_outlet_shows_what_it_is_and_what_it_prints(visitor_of_both: Visitor) -> None:
    page = visitor_of_both.get("/outlets/youm7?ui=en")
    assert page.status_code == 200
    tree = parsed(page)
    facts = words(tree.xpath("//dl[@class='particulars']")[0])
    assert "www.youm7.com" in facts
    assert "Country Egypt Language Arabic Clock Eastern European Time Africa/Cairo" in facts
    days = tree.xpath("//section[@aria-labelledby='numbers']")[0]
    assert "31 January 2026 to 1 March 2026" in words(days)
    assert "Stories 1 Printed here first 1" in words(days)
    assert "by days in UTC" in words(days)
    by_day = [words(each) for each in days.xpath("./figure//tbody/tr")]
    assert by_day[-1] == "1 March 2026 1"
    sunday = next(
        row for row in days.xpath(".//div[@class='charts']//tbody/tr") if "Sun" in words(row)
    )
    assert [words(each) for each in sunday.xpath("./td")].index("1") == 14  # noon in Cairo
    credits = tree.xpath("//section[@aria-labelledby='credits']//tbody/tr")
    assert [words(each) for each in credits] == ["Reuters 1 100%"]
    assert len(tree.xpath("//section[@aria-labelledby='crawls']//tbody/tr")) == 10
    assert [words(each) for each in tree.xpath("//article//h3")] == [FIRST.headline]


def test_an_outlet_tells_why_it_is_unwell(visitor_of_both: Visitor) -> None:
    tree = parsed(visitor_of_both.get("/outlets/bbc_ur?ui=en"))
    health = words(tree.xpath("//section[@aria-labelledby='health']")[0])
    assert "refused by the site since" in health
    assert "http_403 The server forbids the page." in health
    assert "so that it can reach you" in health


def test_an_outlet_tells_why_it_is_unwell_in_the_language_of_the_interface(
    visitor_of_both: Visitor,
) -> None:
    tree = parsed(visitor_of_both.get("/outlets/bbc_ur?ui=ar"))
    health = words(tree.xpath("//section[@aria-labelledby='health']")[0])
    assert "http_403 يمنع الخادم هذه الصفحة." in health
    assert "اكتب إلى الموقع؛ واضبط KHABAR_CONTACT ليتمكن من الوصول إليك." in health


def test_an_outlet_has_json_and_a_feed(visitor_of_both: Visitor) -> None:
    told = visitor_of_both.get("/outlets/copy_ar.json").json()
    assert (told["state"], told["declaration"], told["health"]["state"]) == (
        "undeclared",
        None,
        "never",
    )
    (day,) = told["days"]
    assert (day["day"], list(day["outlets"])) == ("2026-03-01", ["copy_ar"])
    assert told["carriers"][0]["median_minutes"] == 186
    assert [each["headline"] for each in told["stories"]] == [FIRST.headline]
    feed = feedparser.parse(visitor_of_both.get("/outlets/youm7.atom").text)
    assert [entry.title for entry in feed.entries] == [FIRST.headline]


def test_an_outlet_of_crawls_alone_has_a_page(visitor: Visitor) -> None:
    page = visitor.get("/outlets/gone_ar?ui=en")
    assert page.status_code == 200
    assert "No stories." in page.text
    assert "No story of these days has been counted." in page.text


@pytest.mark.parametrize("name", ["nobody", "BBC%20Urdu", "%2e%2e"])
def test_an_outlet_that_nothing_knows_is_not_found(visitor: Visitor, name: str) -> None:
    assert visitor.get(f"/outlets/{name}").status_code == 404


def test_crawls_go_on_behind_the_cursor(visitor_of_both: Visitor) -> None:
    expected = sorted(CRAWLS, key=lambda run: (run.started, run.id), reverse=True)
    first = visitor_of_both.get("/runs.json").json()
    rest = visitor_of_both.get(f"/runs.json?after={first['next']}").json()
    assert len(first["runs"]) == 50
    assert [each["id"] for each in first["runs"] + rest["runs"]] == [run.id for run in expected]
    assert rest["next"] is None


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("outlet=bbc_ur", 4),
        ("outlet=BBC News Urdu", 4),
        ("outlet=gone_ar", 1),
        (f"outlet=youm7&since={(CRAWLED_AT - 2 * HOUR).isoformat().replace('+00:00', 'Z')}", 3),
    ],
)
def test_crawls_are_filtered(visitor: Visitor, query: str, number: int) -> None:
    told = visitor.get(f"/runs.json?{query}").json()
    assert (len(told["runs"]), told["next"]) == (number, None)


def test_a_crawl_is_told_in_words(visitor_of_both: Visitor) -> None:
    tree = parsed(visitor_of_both.get("/runs?ui=en&outlet=bbc_ur"))
    newest, _, older, _ = (words(each) for each in tree.xpath("//tbody/tr"))
    assert "BBC News Urdu refused by the site 1 minute 6 0 0 0 0 0" in newest
    assert "without date: 3" in newest
    assert "6 × http_403 The server forbids the page. 1 × of_tomorrow" in newest
    assert "done" in older


def test_health_shows_first_what_needs_a_look(visitor_of_both: Visitor) -> None:
    page = visitor_of_both.get("/health?ui=en")
    tree = parsed(page)
    (row,) = tree.xpath("//table[@class='cards']/tbody/tr")
    assert words(row).startswith("BBC News Urdu refused by the site")
    (since,) = row.xpath("./td[@data-name='Since']//time/@datetime")
    assert since == (CRAWLED_AT - HOUR).isoformat(timespec="minutes")
    assert "http_403 The server forbids the page." in words(row)
    totals = [words(each) for each in tree.xpath("//ul[@class='states']/li")]
    assert totals == ["1 refused by the site", "1 healthy"]
    failures = [words(each) for each in tree.xpath("//figure//tbody/tr")]
    assert failures == ["http_403 12", "of_tomorrow 2"]
    told = visitor_of_both.get("/health.json").json()
    assert [each["outlet"] for each in told["outlets"]] == ["bbc_ur", "youm7"]
    assert told["failures"] == {"http_403": 12, "of_tomorrow": 2}


def test_an_outlets_delays_are_drawn_by_day(tallied_visitor_of_both: Visitor) -> None:
    carriers = tallied_visitor_of_both.get("/index.json?limit=100").json()["stories"]
    late = next(
        each["outlet"]
        for story in carriers
        for each in story["carried"]
        if each["minutes_after_first"]
    )
    page = parsed(tallied_visitor_of_both.get(f"/outlets/{late}?ui=en"))
    (figure,) = page.xpath("//figure[.//svg[@class='lines']]")
    assert figure.xpath(".//circle")
    assert (
        figure.xpath("./figcaption")[0].text_content()
        == "Median delay after the first copy, in minutes"
    )
    cells = [each.text_content() for each in figure.xpath(".//td") if each.text_content()]
    assert cells
    assert all(float(each) > 0 for each in cells)


def test_health_names_the_outlets_that_are_not_crawled(visitor: Visitor) -> None:
    visitor.off = {"bbc_ur": "needs_browser"}
    page = parsed(visitor.get("/health?ui=en"))
    (section,) = page.xpath("//section[@aria-labelledby='off']")
    assert " ".join(section.text_content().split()) == "Not crawled BBC News Urdu needs a browser"
    assert visitor.get("/health.json").json()["off"] == {"bbc_ur": "needs_browser"}
