"""The numbers of days, kept by both stores and counted afresh when something has changed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.carriers import carriers_of
from crawler.dedup import article_id
from crawler.storage import Store, open_store
from crawler.storage.copying import copy_store
from crawler.storage.mongo import assignment as mongo_assignment
from crawler.storage.mongo import tallies as mongo_tallies
from crawler.storage.sqlite import tallies as sqlite_tallies
from crawler.storage.tallies import recount_stale, tally_from_json, tally_to_json
from crawler.stories.tallies import DayTally, StaleDay, Tally, merge
from tests.storage.older import Interrupted, make_older
from tests.storage.samples import HOUR, NOON, REUTERS, SyncStore, article
from tests.storage.test_addresses import HARBOUR, RAIN
from tests.storage.test_carriers import carriers, filled
from tests.storage.test_readdressing import BEFORE, WITH_ID, move, page

DAY = timedelta(days=1)
TODAY, YESTERDAY, TOMORROW = ((NOON + DAY * days).date() for days in (0, -1, 1))
STORM = "ضربت عاصفة قوية ساحل المدينة"
LATER = article("b/late", HARBOUR, published=NOON + DAY)


def stale(store: SyncStore) -> list[date]:
    return [each.day for each in store.run(lambda opened: opened.stale_days())]


def recount(store: SyncStore, **options: Any) -> int:
    return store.run(lambda opened: recount_stale(opened, **options))


def kept_days(store: SyncStore, **span: Any) -> list[DayTally]:
    async def listed(opened: Store) -> list[DayTally]:
        return [each async for each in opened.tallies(**span)]

    return store.run(listed)


def tallies(store: SyncStore, **span: Any) -> dict[date, Tally]:
    return {each.day: each.numbers for each in kept_days(store, **span)}


def counted_afresh(store: SyncStore, *days: date) -> dict[date, Tally]:
    async def count(opened: Store) -> dict[date, Tally]:
        return {day: (await opened.count_day(day)).numbers for day in days}

    return store.run(count)


def is_exact(store: SyncStore) -> bool:
    """Whether what is kept is what is there, once the stale days are counted."""
    recount(store)
    kept = tallies(store)
    days = {(stored.article.published or NOON).date() for stored in store.articles()}
    there = counted_afresh(store, *sorted({*days, *kept}))
    return stale(store) == [] and kept == {day: each for day, each in there.items() if each.stories}


def test_a_saved_day_is_stale_until_it_is_counted(store: SyncStore) -> None:
    assert (stale(store), tallies(store)) == ([], {})
    store.save(article("a/1", HARBOUR), article("b/1", STORM, published=NOON - DAY))
    assert store.run(lambda opened: opened.stale_days()) == [
        StaleDay(TODAY, None),
        StaleDay(YESTERDAY, None),
    ]
    assert tallies(store) == {}
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    assert recount(store) == 2
    assert stale(store) == []
    first, second = kept_days(store)
    assert (first.day, second.day) == (YESTERDAY, TODAY)
    assert before <= first.counted_at <= datetime.now(UTC)
    assert (first.numbers.stories, first.numbers.outlets["b"].articles) == (1, 1)
    assert list(second.numbers.outlets) == ["a"]
    store.save(article("a/1", HARBOUR))  # nothing is new
    assert stale(store) == []
    store.save(article("a/1", RAIN, fetched_at=NOON + HOUR))
    assert store.run(lambda opened: opened.stale_days()) == [StaleDay(TODAY, second.counted_at)]
    assert tallies(store)[TODAY] == second.numbers


@pytest.mark.parametrize("outlet", ["a", "q\".$'x"])
def test_the_numbers_of_one_outlet(store: SyncStore, outlet: str) -> None:
    copies = [article("b/1"), article("a/1"), article("a/2", STORM, published=NOON + DAY)]
    store.save(*(replace(each, outlet=outlet if each.outlet == "a" else "b") for each in copies))
    store.save(article("b/3", "خبر أول عن سوق السمك", published=NOON + 2 * DAY))
    recount(store)
    whole = tallies(store)
    alone = tallies(store, outlet=outlet)
    assert list(alone) == [TODAY, TOMORROW, TODAY + 2 * DAY]
    assert [each.outlets for each in alone.values()] == [
        {outlet: whole[TODAY].outlets[outlet]},
        {outlet: whole[TOMORROW].outlets[outlet]},
        {},
    ]
    assert list(tallies(store, outlet=outlet, since=TOMORROW, until=TODAY + 2 * DAY)) == [TOMORROW]


def test_spans_of_days(store: SyncStore) -> None:
    texts = (HARBOUR, STORM, "خبر أول عن سوق السمك")
    store.save(*(article(f"a/{n}", text, published=NOON + n * DAY) for n, text in enumerate(texts)))
    recount(store)
    last = TODAY + 2 * DAY
    assert list(tallies(store)) == [TODAY, TOMORROW, last]
    assert list(tallies(store, since=TOMORROW)) == [TOMORROW, last]
    assert list(tallies(store, since=TODAY, until=last)) == [TODAY, TOMORROW]


def test_a_story_counts_on_the_day_of_its_earliest_copy(store: SyncStore) -> None:
    store.save(LATER, article("c/undated", STORM, published=None, fetched_at=NOON - DAY))
    recount(store)
    store.save(
        article("a/early", HARBOUR, published=datetime(2026, 3, 1, 23, 59, 59, 999_000, UTC))
    )
    assert stale(store) == [TOMORROW, TODAY]
    recount(store)
    kept = tallies(store)
    assert list(kept) == [YESTERDAY, TODAY]  # of tomorrow nothing is left
    assert (kept[TODAY].stories, kept[TODAY].copies) == (1, 2)
    assert is_exact(store)


def test_carriers_are_those_that_are_counted_from_stories(store: SyncStore) -> None:
    filled(store)
    store.save(article("b/2", STORM, published=NOON + DAY, sources=(REUTERS,)))
    recount(store)
    kept = kept_days(store)
    assert carriers(store)
    for agencies in (None, {"reuters"}):
        assert carriers_of(merge(kept), agencies) == carriers(store, agencies)


def test_every_number_of_a_day_is_kept(store: SyncStore) -> None:
    published = {"published_precision": "minute", "zone": "Africa/Cairo"}
    store.save(
        article("a/1", HARBOUR, language="ur", **published),
        article("b/1", HARBOUR, published=NOON, sources=(REUTERS,), **published),
        article("b/2", None, headline="بلا نص", **published),
    )
    recount(store)
    numbers = tallies(store)[TODAY]
    expected = Tally()
    for story in store.stories():
        of_story = [each for each in store.articles() if each.story_id == story.id]
        expected.add_story(story.id, of_story)
    assert numbers == expected
    b = numbers.outlets["b"]
    assert (b.gaps, b.minutes, b.agencies["reuters"].minutes) == ({"body": 1}, {60: 1}, {60: 1})
    assert b.hours == {6 * 24 + 14: 1, 6 * 24 + 13: 1}
    assert tally_from_json(tally_to_json(numbers)) == numbers


def test_what_changes_a_day_makes_it_stale(store: SyncStore) -> None:
    given = article("a/1", HARBOUR), LATER
    store.save(*given)
    ids = [article_id(each.url) for each in given]
    assert is_exact(store)

    async def removed(opened: Store) -> None:
        await opened.forget(ids[0], "request")

    store.run(removed)
    assert stale(store) == [TOMORROW, TODAY]  # the story goes on with its next copy
    assert is_exact(store)
    assert list(tallies(store)) == [TOMORROW]

    async def aged(opened: Store) -> None:
        assert await opened.forget_before("b", NOON + 2 * DAY, "age") == 1

    store.run(aged)
    assert stale(store) == [TOMORROW]
    assert is_exact(store)
    assert tallies(store) == {}

    async def undone(opened: Store) -> None:
        await opened.lift_tombstone(ids[0])

    store.run(undone)
    assert stale(store) == []
    store.save(given[0])
    assert stale(store) == [TODAY]


def test_regrouping_makes_days_stale(store: SyncStore) -> None:
    notice = "للاشتراك في خدمة الأخبار العاجلة يرجى إرسال رسالة إلى الرقم المبين"
    store.save(article("a/1", notice), article("a/2", notice, published=NOON + DAY))
    assert is_exact(store)
    assert tallies(store)[TODAY].copies == 2

    async def regrouped(opened: Store) -> None:
        # A text that finds no copies makes a story of each article.
        await opened.set_stop_keys(frozenset(await _text_hashes(opened)))
        await opened.regroup([each.id async for each in opened.articles()])

    async def _text_hashes(opened: Store) -> list[int]:
        records = await opened.read_records("articles", None, 10)
        return [record.values["signature"]["text_hash"] for record in records]

    store.run(regrouped)
    assert len(store.stories()) == 2
    assert stale(store) == [TOMORROW, TODAY]
    assert is_exact(store)
    assert tallies(store)[TODAY].copies == 1


def test_moving_to_another_address_makes_days_stale(store: SyncStore) -> None:
    copy = article("b/1", RAIN, published=NOON + DAY)
    store.save(page(BEFORE, "7-harbour", HARBOUR), page(BEFORE, "7-rain", RAIN), copy)
    assert is_exact(store)
    assert tallies(store)[TODAY].copies == 3
    assert move(store, WITH_ID).moved == 2
    assert stale(store) == [TOMORROW, TODAY]
    assert is_exact(store)
    assert (tallies(store)[TODAY].copies, tallies(store)[TOMORROW].copies) == (1, 1)


def test_a_day_that_changes_while_it_is_counted_stays_stale(
    store: SyncStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = article("a/1", HARBOUR), article("b/1", STORM)
    store.save(first)
    other = SyncStore(store.uri)
    count = Tally.add_story

    is_saved = False

    def save_meanwhile(tally: Tally, *args: Any) -> None:
        nonlocal is_saved
        count(tally, *args)
        if not is_saved:
            is_saved = True
            in_another_thread(lambda: other.save(second))

    monkeypatch.setattr(Tally, "add_story", save_meanwhile)
    store.run(lambda opened: opened.recount(TODAY))
    assert stale(store) == [TODAY]
    assert "a" in tallies(store)[TODAY].outlets
    assert is_exact(store)
    assert sorted(tallies(store)[TODAY].outlets) == ["a", "b"]


def test_who_began_to_count_later_is_not_overwritten(
    store: SyncStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(article("a/1", HARBOUR))
    other = SyncStore(store.uri)
    count = Tally.add_story
    is_first = True

    def overtaken(tally: Tally, *args: Any) -> None:
        nonlocal is_first
        count(tally, *args)
        if is_first:
            is_first = False
            in_another_thread(lambda: (other.save(article("b/1", STORM)), recount(other)))

    monkeypatch.setattr(Tally, "add_story", overtaken)
    store.run(lambda opened: opened.recount(TODAY))
    assert stale(store) == []
    assert sorted(tallies(store)[TODAY].outlets) == ["a", "b"]


def test_a_crash_between_save_and_count_leaves_the_day_stale(
    store: SyncStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(article("a/1", HARBOUR))
    recount(store)

    async def killed(*_: object) -> None:
        raise Interrupted

    if store.uri.startswith("mongodb"):
        with monkeypatch.context() as patched, suppress(Interrupted):
            patched.setattr(mongo_assignment, "mark_stale", killed)
            store.save(article("b/1", HARBOUR, published=NOON - 2 * HOUR))
    else:
        store.save(article("b/1", HARBOUR, published=NOON - 2 * HOUR))
    assert stale(store) == [TODAY]
    with monkeypatch.context() as patched, suppress(Interrupted):
        patched.setattr(mongo_tallies, "tally_to_json", refuse)
        patched.setattr(sqlite_tallies, "tally_to_json", refuse)
        recount(store)
    assert stale(store) == [TODAY]
    assert is_exact(store)
    assert tallies(store)[TODAY].copies == 2


def test_counting_stops_in_time_and_leaves_what_was_just_counted(store: SyncStore) -> None:
    old = article("a/1", HARBOUR, published=NOON - DAY)
    store.save(old, article("a/2", STORM))
    assert recount(store, seconds=0) == 0
    assert recount(store, after=timedelta(minutes=10)) == 2
    store.save(replace(old, body=RAIN, fetched_at=NOON + HOUR))
    assert recount(store, after=timedelta(minutes=10)) == 0
    assert stale(store) == [YESTERDAY]
    assert recount(store, after=timedelta(milliseconds=0)) == 1


def test_a_copied_store_has_stale_days(store: SyncStore, tmp_path: Path) -> None:
    store.save(article("a/1", HARBOUR), LATER, article("c/1", STORM, published=NOON - DAY))
    recount(store)
    target = SyncStore(f"sqlite:///{tmp_path}/copy.db")

    async def copied(opened: Store) -> None:
        async with open_store(target.uri) as other:
            await copy_store(opened, other, "test", lambda *_: None)

    store.run(copied)
    assert stale(target) == [TODAY, YESTERDAY]
    recount(target)
    assert tallies(target) == tallies(store)


def test_written_records_make_their_days_stale(store: SyncStore) -> None:
    store.save(article("a/1", HARBOUR))
    recount(store)

    async def rewritten(opened: Store) -> None:
        await opened.write_records("articles", await opened.read_records("articles", None, 10))

    store.run(rewritten)
    assert stale(store) == [TODAY]


def test_a_store_of_schema_5_has_all_its_days_counted(store: SyncStore) -> None:
    store.save(article("a/1", HARBOUR), LATER, article("c/1", STORM, published=NOON - DAY))
    recount(store)
    before = tallies(store)
    make_older(store, 5)
    assert (stale(store), tallies(store)) == ([TODAY, YESTERDAY], {})
    store.save(article("a/3", "خبر أول عن سوق السمك", published=NOON + DAY))
    assert stale(store) == [TOMORROW, TODAY, YESTERDAY]
    recount(store)
    assert {day: tallies(store)[day] for day in before} == before


def refuse(*_: object) -> str:
    raise Interrupted


def in_another_thread(work: Callable[[], object]) -> None:
    """Do what another process would do meanwhile."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()
