"""The numbers of stories and copies that charts show."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from crawler.carriers import carriers_of
from crawler.gazetteer import Source
from crawler.items import Article, Attribution
from crawler.stories.model import StoredArticle
from crawler.stories.tallies import DayTally, Tally, merge, merge_agencies

SUNDAY_NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
REUTERS = Attribution(Source("reuters", "Reuters", "agency", "GB"), "agency")
PORT = Attribution(Source("", "وكالة الميناء", "unknown"), "agency")


def stored(
    name: str, minutes: int | None = 0, *agencies: Attribution, **fields: Any
) -> StoredArticle:
    """An article of an outlet, printed that many minutes after noon of a Sunday."""
    published = None if minutes is None else SUNDAY_NOON + timedelta(minutes=minutes)
    given = Article(
        f"https://{name}.example/1",
        outlet=name,
        language="ar",
        headline="عنوان",
        body="نص",
        published=published,
        published_precision="minute",
        zone="Asia/Karachi",
        sources=agencies,
    )
    return StoredArticle(f"{name}{minutes}", "s", replace(given, **fields), 2, 0)


def counted(*stories: list[StoredArticle]) -> Tally:
    tally = Tally()
    for copies in stories:
        tally.add_story("s", copies)
    return tally


def test_a_story_counts_once_and_each_copy_for_its_outlet() -> None:
    tally = counted(
        [stored("b", 30, REUTERS), stored("a", 0, language="ur"), stored("b", 45)],
        [stored("b", 7)],
    )
    assert (tally.stories, tally.copies) == (2, 4)
    assert tally.languages == {"ur": 1, "ar": 1}
    assert tally.agencies == {"reuters": 1}
    a, b = tally.outlets["a"], tally.outlets["b"]
    assert (a.articles, a.stories, a.first, a.languages) == (1, 1, 1, {"ur": 1})
    assert (b.articles, b.stories, b.first, b.languages) == (3, 2, 1, {"ar": 3})


def test_minutes_are_those_of_later_copies_of_other_outlets() -> None:
    tally = counted(
        [
            stored("a", 0, REUTERS),
            stored("a", 5, REUTERS),
            stored("b", 10, REUTERS, PORT),
            stored("c", 10),
            stored("d", 10, REUTERS, published_precision="day"),
            stored("e", None, REUTERS),
        ]
    )
    minutes = {name: dict(outlet.minutes) for name, outlet in tally.outlets.items()}
    assert minutes == {"a": {}, "b": {10: 1}, "c": {10: 1}, "d": {}, "e": {}}
    of_reuters = {
        name: (outlet.agencies["reuters"].copies, dict(outlet.agencies["reuters"].minutes))
        for name, outlet in tally.outlets.items()
        if outlet.agencies
    }
    assert of_reuters == {"a": (2, {}), "b": (1, {10: 1}), "d": (1, {}), "e": (1, {})}
    assert tally.outlets["b"].agencies["وكالة الميناء"].copies == 1


def test_hours_are_those_of_the_printed_clock() -> None:
    tally = counted(
        [stored("a")],  # 17:00 in Karachi
        [stored("a", zone="+12:00")],  # Monday 00:00
        [stored("a", zone="-00:30", published_precision=None)],  # 11:30
        [stored("a", zone=None)],
        [stored("a", zone="nowhere")],
        [stored("a", published_precision="hour")],
        [stored("a", None)],
    )
    assert tally.outlets["a"].hours == {6 * 24 + 17: 1, 0: 1, 6 * 24 + 11: 1}


def test_gaps_are_named_as_in_a_run() -> None:
    tally = counted([stored("a", None, headline=None)], [stored("a", body="")], [stored("a")])
    assert tally.outlets["a"].gaps == {"date": 1, "headline": 1, "body": 1}


def test_an_article_without_an_outlet_counts_in_the_totals_alone() -> None:
    tally = counted([stored("a", outlet=None), stored("b", 3, REUTERS, language=None)])
    assert (tally.stories, tally.copies, list(tally.outlets)) == (1, 2, ["b"])
    assert (tally.outlets["b"].first, tally.outlets["b"].languages) == (0, {})
    assert tally.outlets["b"].minutes == {3: 1}


def test_days_are_merged_by_addition() -> None:
    first = [[stored("a"), stored("b", 9, REUTERS)], [stored("a", None)]]
    second = [[stored("a"), stored("b", 9, REUTERS), stored("c", 1, PORT)]]
    days = [
        DayTally(date(2026, 3, day), SUNDAY_NOON, counted(*stories))
        for day, stories in enumerate((first, second), start=1)
    ]
    assert merge(days) == counted(*first, *second)
    assert days[0].numbers == counted(*first)  # nothing was added to it
    assert merge([]) == Tally()
    assert carriers_of(merge_agencies(days)) == carriers_of(merge(days)) != []


def test_carriers_of_some_agencies() -> None:
    tally = counted([stored("a"), stored("b", 9, REUTERS, PORT), stored("c", 20, PORT)])
    (carrier,) = carriers_of(tally, {"reuters"})
    assert (carrier.agency, carrier.outlet, carrier.copies) == ("reuters", "b", 1)
    assert (carrier.share, carrier.median_minutes) == (1.0, 9)
