"""The contract of reading, on both stores."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from crawler.gazetteer import Source
from crawler.items import Attribution
from crawler.storage import Run, Store, StoredArticle, Story
from crawler.storage.filters import place_values
from crawler.stories.model import Carried
from tests.storage.samples import HOUR, NOON, REUTERS, SyncStore, article

TICK = timedelta(milliseconds=1)
UNKNOWN = Attribution(Source("", "وكالة الميناء", "unknown"), "agency")


@pytest.fixture
def filled(store: SyncStore) -> SyncStore:
    """Three stories: "a" and "b" print the first, "u" (Urdu) the second, "a" the third, undated."""
    shared = {"sources": (REUTERS,), "place": "القاهرة"}
    store.save(
        article("a/1", "أعلنت شركة الميناء توسيع الرصيف", published=NOON - 5 * HOUR, **shared),
        article(
            "b/1", "أعلنت شركة الميناء توسيع الرصيف", published=NOON - 4 * HOUR, sources=(UNKNOWN,)
        ),
        article(
            "u/1",
            "بندرگاہ کی توسیع کا اعلان",
            published=NOON - 2 * HOUR,
            language="ur",
            headline="بندرگاہ",
            genre="opinion",
        ),
        article("a/2", "خبر بلا تاريخ عن الرصيف", published=None, fetched_at=NOON - 3 * HOUR),
    )
    return store


def pages(listed: Sequence[Story | StoredArticle]) -> list[str]:
    """Return the addresses of articles, or of the earliest copies of stories: only the parts that
    differ."""
    urls = [item.copies[0].url if isinstance(item, Story) else item.article.url for item in listed]
    return [url.removeprefix("https://").replace(".example", "") for url in urls]


def test_newest_first_the_undated_by_their_fetch(filled: SyncStore) -> None:
    assert pages(filled.stories()) == ["u/1", "a/2", "a/1"]
    assert pages(filled.articles()) == ["u/1", "a/2", "b/1", "a/1"]


def test_a_story_is_its_earliest_copys_with_the_sources_of_all(filled: SyncStore) -> None:
    story = filled.stories()[-1]
    assert (story.headline, story.language, story.published) == (
        "توسيع الميناء",
        "ar",
        NOON - 5 * HOUR,
    )
    assert (story.place, story.sources) == ("القاهرة", ("reuters", "وكالة الميناء"))
    assert [(copy.outlet, copy.published) for copy in story.copies] == [
        ("a", NOON - 5 * HOUR),
        ("b", NOON - 4 * HOUR),
    ]


@pytest.mark.parametrize(
    ("filters", "stories", "articles"),
    [
        ({"outlet": "b"}, ["a/1"], ["b/1"]),
        ({"outlet": ["b", "u"]}, ["u/1", "a/1"], ["u/1", "b/1"]),
        ({"outlet": []}, [], []),
        ({"language": "ur"}, ["u/1"], ["u/1"]),
        ({"source": "reuters"}, ["a/1"], ["a/1"]),
        ({"source": "وكالة الميناء"}, ["a/1"], ["b/1"]),
        ({"source": "Reuters"}, [], []),
        ({"source": ["reuters", "وكالة الميناء"]}, ["a/1"], ["b/1", "a/1"]),
        ({"source": []}, [], []),
        ({"place": "القاهره"}, ["a/1"], ["a/1"]),
        ({"place": place_values("قاہرہ")}, ["a/1"], ["a/1"]),
        ({"place": ["باريس", "لندن"]}, [], []),
        ({"genre": "opinion"}, ["u/1"], ["u/1"]),
        ({"genre": "news"}, [], []),
        ({"outlet": "b", "source": "reuters"}, [], []),
        ({"since": NOON - 3 * HOUR}, ["u/1", "a/2"], ["u/1", "a/2"]),
        ({"since": NOON - 3 * HOUR + TICK}, ["u/1"], ["u/1"]),
        ({"since": NOON - 3 * HOUR + TICK / 2}, ["u/1"], ["u/1"]),
        ({"until": NOON - 3 * HOUR}, ["a/1"], ["b/1", "a/1"]),
        ({"until": NOON - 3 * HOUR + TICK / 2}, ["a/2", "a/1"], ["a/2", "b/1", "a/1"]),
        ({"since": NOON - 4 * HOUR, "until": NOON - 3 * HOUR}, [], ["b/1"]),
        ({"text": "الرصيف"}, ["a/2", "a/1"], ["a/2", "b/1", "a/1"]),
        ({"text": "الرصيف الشركه"}, [], []),
        ({"text": "شركه «الرصيف»"}, ["a/1"], ["b/1", "a/1"]),
        ({"text": "رصيف"}, [], []),
        ({"text": "بندرگاه"}, ["u/1"], ["u/1"]),
        ({"text": "الرصيف OR توسيع"}, [], []),
        ({"outlet": '" OR 1 --'}, [], []),
        ({"limit": 0}, [], []),
        ({"limit": 2}, ["u/1", "a/2"], ["u/1", "a/2"]),
        ({"outlet": None, "limit": None}, ["u/1", "a/2", "a/1"], ["u/1", "a/2", "b/1", "a/1"]),
    ],
)
def test_filters(
    filled: SyncStore, filters: dict[str, Any], stories: list[str], articles: list[str]
) -> None:
    assert pages(filled.stories(**filters)) == stories
    assert pages(filled.articles(**filters)) == articles


@pytest.mark.parametrize(
    ("filters", "error", "said"),
    [
        ({"colour": "red"}, TypeError, "colour"),
        ({"since": NOON.replace(tzinfo=None)}, ValueError, "since"),
        ({"until": "2026"}, ValueError, "until"),
        ({"limit": -1}, ValueError, "limit"),
        ({"text": "«»"}, ValueError, "text"),
        ({"outlet": [{"$ne": None}]}, ValueError, "outlet"),
        ({"language": {"$gt": ""}}, ValueError, "language"),
        ({"place": "\udcff"}, ValueError, "place"),
        ({"source": [{"$ne": None}]}, ValueError, "source"),
        ({"country": "EG"}, ValueError, "country"),
        ({"genre": "column"}, ValueError, "genre"),
        ({"after": "0" * 32}, ValueError, "after"),
    ],
)
def test_what_cannot_be_meant_is_an_error(
    store: SyncStore, filters: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        store.stories(**filters)


def test_country_is_that_of_the_outlet(filled: SyncStore) -> None:
    countries = {"a": "EG", "b": "EG", "u": "PK"}
    with_countries = SyncStore(filled.uri, countries)
    assert pages(with_countries.stories(country="PK")) == ["u/1"]
    assert pages(with_countries.articles(country="EG", outlet="b")) == ["b/1"]
    assert with_countries.stories(country="SA") == []


def test_a_list_goes_on_after_the_last_one_seen(store: SyncStore) -> None:
    same_time = [article(f"o{n}", f"النص {n}", published=NOON) for n in range(7)]
    store.save(*same_time, article("late", "النص الأخير", published=NOON + HOUR))
    whole = [story.id for story in store.stories()]
    read: list[str] = []
    while page := store.stories(limit=3, after=read[-1] if read else None):
        read += [story.id for story in page]
    assert read == whole
    assert whole[1:] == sorted(whole[1:], reverse=True)
    assert [stored.id for stored in store.articles(after=whole[2])] == whole[3:]


def test_a_cursor_holds_when_its_story_gets_an_earlier_copy(store: SyncStore) -> None:
    store.save(*(article(f"o{n}", f"النص {n}", published=NOON - n * HOUR) for n in range(4)))
    first, second = store.stories(limit=2)
    store.save(article("earlier", "النص 1", published=NOON - 9 * HOUR))
    rest = store.stories(after=second.id)
    assert first.id not in [story.id for story in rest]
    assert pages(rest) == ["o2/news", "o3/news", "earlier/news"]


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"outlet": "a"},
        {"source": "reuters"},
        {"place": "القاهره"},
        {"language": "ur"},
        {"genre": "opinion"},
        {"since": NOON - 3 * HOUR},
        {"until": NOON - 3 * HOUR},
        {"query": "الرصيف"},
        {"query": "الرصيف -تاريخ"},
        {"query": "outlet:b"},
        {"text": "الرصيف الشركه"},
    ],
)
def test_the_times_of_stories_are_those_of_the_list(
    filled: SyncStore, filters: dict[str, Any]
) -> None:
    times = [story.published or NOON - 3 * HOUR for story in filled.stories(**filters)]
    assert filled.run(lambda store: store.story_times(10, **filters)) == times
    assert filled.run(lambda store: store.story_times(1, **filters)) == times[:1]
    assert filled.run(lambda store: store.story_times(0, **filters)) == []


def test_the_times_of_stories_are_of_all_pages_and_tiers(filled: SyncStore) -> None:
    asked = {"query": "توسيع", "order": "relevance"}

    async def after_the_first(store: Store) -> list[datetime]:
        (first,) = [hit async for hit in store.search(limit=1, **asked)]
        return await store.story_times(10, after=first.cursor, **asked)

    newest_first = [NOON - 2 * HOUR, NOON - 3 * HOUR, NOON - 5 * HOUR]  # the first in its text
    assert filled.run(lambda store: store.story_times(10, **asked)) == newest_first
    assert filled.run(after_the_first) == newest_first


def test_times_are_asked_for_like_a_list(store: SyncStore) -> None:
    with pytest.raises(ValueError, match="limit"):
        store.run(lambda opened: opened.story_times(-1))
    with pytest.raises(TypeError, match="colour"):
        store.run(lambda opened: opened.story_times(1, colour="red"))


def test_lists_longer_than_a_page(store: SyncStore) -> None:
    many = [article(f"o{n}", f"النص {n // 2}", published=NOON - n * HOUR) for n in range(410)]
    store.run(lambda s: s.save_many(many))
    published = [stored.article.published for stored in store.articles()]
    assert published == [given.published for given in many]
    stories = store.stories()
    assert len(stories) == 205
    assert len({story.id for story in stories}) == 205
    assert store.counts()["stories"] == 205


def test_a_revised_text_is_searched_by_its_new_words_only(store: SyncStore) -> None:
    store.save(article("a", "كلمة قديمة"), article("a", "كلمة حديثة", fetched_at=NOON + HOUR))
    assert store.stories(text="قديمة") == []
    assert len(store.stories(text="حديثة")) == 1


def test_each_copy_of_a_story_has_the_roles_that_it_prints_itself(filled: SyncStore) -> None:
    (story,) = [story for story in filled.stories() if len(story.copies) > 1]
    assert [(copy.outlet, copy.agencies) for copy in story.copies] == [
        ("a", ("reuters",)),
        ("b", ("وكالة الميناء",)),
    ]
    assert story.carried == (Carried("a", ("reuters",), 0), Carried("b", ("وكالة الميناء",), 60))


def test_an_article_answers_at_the_address_that_it_was_read_at(store: SyncStore) -> None:
    read_at, claimed = "https://a.example/amp/1", "https://a.example/1"
    own = "https://a.example/amp/own"
    (saved,) = store.save(article("a/1", url=read_at, canonical_url=claimed, own_url=own))
    for address in (read_at, own):
        stored = store.run(lambda opened, at=address: opened.article_read_at(["x", at]))  # type: ignore[misc]
        assert stored is not None
        assert stored.id == saved.article_id
    assert store.run(lambda opened: opened.article_read_at(["https://a.example/2"])) is None


def test_an_outlet_counts_a_story_once_however_often_it_prints_it(filled: SyncStore) -> None:
    filled.save(article("a/3", "أعلنت شركة الميناء توسيع الرصيف", published=NOON))
    assert filled.story_counts() == {"a": 2, "b": 1, "u": 1}


def test_runs_are_kept_replaced_and_listed_newest_first(store: SyncStore) -> None:
    first = Run(
        "a-1",
        "a",
        NOON,
        NOON + HOUR,
        "done",
        found=3,
        gaps={"gap_date": 2},
        failures={"$x.y": 1},
        scope="span",
    )
    second = Run("b-1", "b", NOON + HOUR, None, "running")
    third = Run("a-2", "a", NOON + 2 * HOUR, None, "running")

    async def record(opened: Any) -> None:
        for run in (first, third, second, replace(second, status="failed")):
            await opened.record_run(run)

    store.run(record)
    assert store.runs() == [third, replace(second, status="failed"), first]
    assert store.runs(outlet="a", limit=1) == [third]
    assert store.runs(limit=0) == []
    assert store.counts()["runs"] == 3


def test_a_list_of_runs_goes_on_behind_one_while_others_are_added(store: SyncStore) -> None:
    """Also between two that began at one instant."""
    runs = [Run(name, name[0], NOON, None, "running") for name in ("a-1", "a-2", "b-3")]

    async def record(opened: Any) -> None:
        for run in runs:
            await opened.record_run(run)

    store.run(record)
    runs = [Run("c-0", "c", NOON + HOUR, None, "running")]
    store.run(record)
    assert [run.id for run in store.runs(before=(NOON, "b-3"))] == ["a-2", "a-1"]
    assert [run.id for run in store.runs(before=(NOON, "b-3"), limit=1)] == ["a-2"]
    assert [run.id for run in store.runs(outlet="a", before=(NOON, "a-2"))] == ["a-1"]
    assert store.runs(before=(NOON, "a-1")) == []
