"""The pages of agencies and other sources."""

from typing import Any
from urllib.parse import quote

import feedparser  # type: ignore[import-untyped]
import pytest

from crawler.carriers import carriers_of
from crawler.stories.tallies import merge
from tests.storage.samples import SyncStore
from tests.web.newsroom import FIRST, Visitor, parsed
from tests.web.tallied import BRIDGE, UNKNOWN

PRINTED = f"/agencies/{quote(UNKNOWN.source.name, safe='')}"


def _cells(rows: Any) -> list[list[str]]:
    return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]


def test_agencies_are_shown_with_their_numbers(tallied_visitor_of_both: Visitor) -> None:
    page = tallied_visitor_of_both.get("/agencies?ui=en")
    assert page.status_code == 200
    tree = parsed(page)
    assert _cells(tree.xpath("//section[@aria-labelledby='list']//tbody/tr")) == [
        ["Reuters", "3", "2", "60%", "3 hours 6 minutes"],
        [UNKNOWN.source.name, "1", "1", "20%", ""],
    ]
    assert tree.xpath("//svg[@role='img']")


def test_the_numbers_are_those_of_carriers(tallied_newsroom: str) -> None:
    async def numbers(store: Any) -> Any:
        return merge([each async for each in store.tallies()])

    carriers = carriers_of(SyncStore(tallied_newsroom).run(numbers))
    visitor = Visitor(tallied_newsroom)
    totals = {each["agency"]: each for each in visitor.get("/agencies.json").json()["agencies"]}
    assert set(totals) == {each.agency for each in carriers}
    for agency, total in totals.items():
        of_agency = [each for each in carriers if each.agency == agency]
        assert total["copies"] == sum(each.copies for each in of_agency)
        assert total["outlets"] == len(of_agency)
    shown = visitor.get("/agencies/reuters.json").json()["carriers"]
    assert [(each["outlet"], each["copies"], each["share"]) for each in shown] == [
        (each.outlet, each.copies, each.share) for each in carriers if each.agency == "reuters"
    ]


def test_an_agency_shows_who_carries_it_and_how_soon(tallied_visitor_of_both: Visitor) -> None:
    page = tallied_visitor_of_both.get("/agencies/reuters?ui=en")
    assert page.status_code == 200
    tree = parsed(page)
    assert _cells(tree.xpath("//section[@aria-labelledby='carriers']//tbody/tr")) == [
        ["Youm7", "2", "66.7%", ""],
        ["copy_ar", "1", "100%", "3 hours 6 minutes"],
    ]
    captions = [each.text_content() for each in tree.xpath("//caption")]
    assert captions == [
        "Copies a day by outlet",
        "From the first copy to that of the outlet, in the median",
    ]
    days = _cells(tree.xpath("//table[caption][1]")[0].xpath("tbody/tr"))
    assert days[-1] == ["1 March 2026", "1", "1", "2"]
    headlines = [each.text_content().strip() for each in tree.xpath("//article//h3")]
    assert headlines == [FIRST.headline, BRIDGE.headline]


def test_an_agency_without_an_id_has_its_printed_name(tallied_visitor: Visitor) -> None:
    page = tallied_visitor.get(f"{PRINTED}?ui=en")
    assert page.status_code == 200
    assert UNKNOWN.source.name in parsed(page).xpath("//h1")[0].text_content()
    given = tallied_visitor.get(f"{PRINTED}.json").json()
    assert [each["outlet"] for each in given["carriers"]] == ["youm7"]
    assert [each["headline"] for each in given["stories"]] == [BRIDGE.headline]


def test_a_publisher_shows_its_stories(tallied_visitor: Visitor) -> None:
    page = tallied_visitor.get("/agencies/youm7?ui=en")
    assert page.status_code == 200
    assert "credits it as an agency" in page.text
    assert str(BRIDGE.headline) in page.text


def test_an_agency_has_a_feed_and_a_cursor(tallied_visitor: Visitor) -> None:
    feed = feedparser.parse(tallied_visitor.get("/agencies/reuters.atom").text)
    assert [entry.title for entry in feed.entries] == [FIRST.headline, BRIDGE.headline]
    first = tallied_visitor.get("/agencies/reuters.json?limit=1").json()
    rest = tallied_visitor.get(f"/agencies/reuters.json?limit=1&after={first['next']}").json()
    assert [each["headline"] for each in rest["stories"]] == [BRIDGE.headline]


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/agencies/nobody", 404, "unknown source"),
        ("/agencies/afp", 404, "nothing is stored"),
        ("/agencies/reuters?since=x", 400, "is not a date"),
        ("/agencies/reuters?q=x", 400, "unknown parameter"),
        ("/agencies?limit=3", 400, "unknown parameter"),
        ("/agencies/reuters?after=nothing", 400, "after"),
    ],
)
def test_what_is_wrong_is_refused(
    tallied_visitor: Visitor, address: str, status: int, told: str
) -> None:
    page = tallied_visitor.get(address)
    assert page.status_code == status, page.text
    assert told in page.text
