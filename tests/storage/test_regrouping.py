"""Grouping anew, on both stores."""

import random
from pathlib import Path

import pytest

from crawler.items import Article
from crawler.storage import Store, StoreUnavailable, regrouping
from crawler.storage.regrouping import regroup, rehearse
from crawler.stories import candidates, signature
from crawler.stories.boilerplate import MIN_HEADLINES
from crawler.stories.regrouping import Regrouped
from crawler.stories.signature import RULES_VERSION
from tests.storage.invented import copy_of, paragraphs
from tests.storage.samples import NOON, SyncStore, article

WIDGET = " ".join(paragraphs(90)[:4])


def widgeted() -> list[Article]:
    """Strangers of one outlet that a long notice makes alike."""
    return [
        article(f"a/{n}", f"{WIDGET}\n\n{paragraphs(n)[0]}", headline=f"خبر {n}")
        for n in range(MIN_HEADLINES)
    ]


def apart() -> set[frozenset[str]]:
    return {frozenset({one.url}) for one in widgeted()}


def test_what_was_learned_later_parts_strangers_and_a_second_run_changes_nothing(
    store: SyncStore,
) -> None:
    store.save(*widgeted())
    before = store.partition()
    assert len(before) < MIN_HEADLINES, "the notice has made a story of them"
    rehearsed = store.run(lambda s: rehearse(s))
    assert store.partition() == before
    done = store.run(lambda s: regroup(s))
    assert store.partition() == apart()
    assert done.article_count == MIN_HEADLINES
    assert done.parted
    assert not done.joined
    assert {len(found.parted) for found in (done, rehearsed)} == {len(before)}
    assert (
        store.run(lambda s: regroup(s))
        == store.run(lambda s: rehearse(s))
        == Regrouped(MIN_HEADLINES, {}, {})
    )


def test_rules_that_join_more_are_applied_to_what_is_stored(
    store: SyncStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as strict:
        strict.setattr(candidates, "MIN_SHARED", 2)
        store.save(copy_of("a", 0), copy_of("b", 0, last=6, published=NOON), copy_of("c", 1))
    assert store.counts()["stories"] == 3
    monkeypatch.setattr(signature, "RULES_VERSION", RULES_VERSION + 1)
    done = store.run(lambda s: regroup(s))
    assert store.partition() == {
        frozenset({copy_of("a", 0).url, copy_of("b", 0).url}),
        frozenset({copy_of("c", 1).url}),
    }
    assert [len(stories) for stories in done.joined.values()] == [2]
    assert not done.parted


def test_a_story_tells_the_oldest_rules_that_a_copy_was_grouped_by(
    store: SyncStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(copy_of("a", 0), copy_of("c", 1))
    monkeypatch.setattr(signature, "RULES_VERSION", RULES_VERSION + 1)
    store.save(copy_of("b", 0, last=6, published=NOON), copy_of("d", 2))
    assert sorted(one.rules for one in store.articles()) == [
        RULES_VERSION,
        RULES_VERSION,
        RULES_VERSION + 1,
        RULES_VERSION + 1,
    ]
    assert sorted(story.rules for story in store.stories()) == [
        RULES_VERSION,
        RULES_VERSION,
        RULES_VERSION + 1,
    ]
    store.run(lambda s: regroup(s))
    assert (
        {one.rules for one in store.articles()}
        == {story.rules for story in store.stories()}
        == {RULES_VERSION + 1}
    )


def above_the_caps() -> list[Article]:
    """Strangers that share a form, the form alone, which is like each of them, and one notice many
    times."""
    form = paragraphs(0)[:3]
    strangers = [
        article(f"s{n}/1", "\n\n".join([*form, *paragraphs(n)[:4]]), headline=f"خبر {n}")
        for n in (1, 2)
    ]
    notices = [
        article(f"n{n}/1", "تعتذر الصحيفة عن الصدور غدا بسبب عطلة العيد", headline="تنويه")
        for n in range(8)
    ]
    return [
        article("form/1", "\n\n".join(form)),
        *strangers,
        *notices,
        copy_of("a", 4),
        copy_of("b", 4, last=5),
    ]


@pytest.fixture
def low_caps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "MAX_STORIES_PER_KEY", 2)
    monkeypatch.setattr(candidates, "MAX_ARTICLES_PER_TEXT", 5)


@pytest.mark.usefixtures("low_caps")
def test_above_the_caps_the_order_of_arrival_matters_until_all_are_grouped_anew(
    store: SyncStore, tmp_path: Path
) -> None:
    articles = above_the_caps()
    orders = [
        articles,
        articles[::-1],
        *(random.Random(seed).sample(articles, len(articles)) for seed in range(3)),
    ]
    stores = [SyncStore(f"sqlite:///{tmp_path}/{number}.db") for number in range(1, len(orders))]
    for order, one in zip(orders, [store, *stores], strict=True):
        one.save(*order)
    assert len({frozenset(one.partition()) for one in stores}) > 1
    rehearsed = store.run(lambda s: rehearse(s))
    done = [one.run(lambda s: regroup(s)) for one in (store, *stores)]
    assert rehearsed == done[0]
    expected = stores[0].partition()
    assert {frozenset({copy_of("a", 4).url, copy_of("b", 4).url})} < expected
    assert [one.partition() for one in (store, *stores)] == [expected] * len(orders)
    again = store.run(lambda s: regroup(s))
    assert (again.joined, again.parted) == ({}, {})
    assert store.partition() == expected


def test_one_broken_off_is_gone_on_with(store: SyncStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save(*widgeted())
    monkeypatch.setattr(regrouping, "_BATCH", 2)
    seen: list[int] = []

    def stop(count: int) -> None:
        seen.append(count)
        if len(seen) == 3 + 2:  # three batches on trial, then two
            raise StoreUnavailable("away")

    with pytest.raises(StoreUnavailable):
        store.run(lambda s: regroup(s, progress=stop))
    assert store.run(lambda s: regroup(s)).article_count == MIN_HEADLINES - 4
    assert store.partition() == apart()
    assert store.run(lambda s: regroup(s)).article_count == MIN_HEADLINES, "a whole one begins anew"


def test_only_what_is_asked_for_is_looked_at(store: SyncStore) -> None:
    store.save(*widgeted(), copy_of("b", 7, published=NOON))

    async def some(opened: Store) -> list[int]:
        return [
            (await regroup(opened, outlet="b")).article_count,
            (await regroup(opened, since=NOON)).article_count,
            (await rehearse(opened, outlet="a")).article_count,
        ]

    assert store.run(some) == [1, 1, MIN_HEADLINES]
