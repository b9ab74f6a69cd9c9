"""The contract of finding copies, on both stores."""

import asyncio
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.dedup import compare, content_hash, paragraph_key
from crawler.items import Article
from crawler.storage import Saved, Store
from crawler.stories import candidates, links
from tests.storage.invented import copy_of, paragraphs
from tests.storage.samples import HOUR, NOON, SyncStore, article

DAY = timedelta(days=1)
NOTICE = "جميع ما ينشر هنا يعبر عن رأي أصحابه ولا تتحمل الصحيفة أي مسؤولية عن مضمونه أمام القراء"


def crowd() -> list[Article]:
    """Three outlets' copies of four stories: whole, cut, and with a paragraph more."""
    return [
        one
        for story in range(4)
        for one in (
            copy_of("whole", story, published=NOON - story * HOUR),
            copy_of("cut", story, last=5, published=NOON + HOUR),
            copy_of(
                "more",
                story,
                tail=f"وأضافت مراسلتنا أن اليوم رقم {story} كان طويلا.",
                published=None,
            ),
        )
    ]


def test_a_cut_and_an_extended_text_are_copies(store: SyncStore) -> None:
    saved = store.save(copy_of("a", 0), copy_of("b", 0, last=5, published=NOON), copy_of("c", 1))
    assert [one.outcome for one in saved] == ["new_story", "new_copy", "new_story"]
    assert saved[0].story_id == saved[1].story_id == saved[0].article_id
    assert store.outcomes(copy_of("b", 0, last=5, published=NOON)) == ["unchanged"]


def other_cut(**fields: Any) -> Article:
    """A cut of story 0 that has only its opening in common with the first four paragraphs."""
    first, *_, sixth, seventh, last = paragraphs(0)
    return copy_of("other", 0, body=f"{first}\n\n{sixth}\n\n{seventh}\n\n{last}", **fields)


@pytest.mark.parametrize("seed", range(3))
def test_stories_do_not_depend_on_order_or_company(store: SyncStore, seed: int) -> None:
    articles = random.Random(seed).sample(crowd(), 12)

    async def at_once(opened: Store) -> None:
        await opened.save_many(articles[:4])
        await asyncio.gather(*(opened.save(one) for one in articles[4:]))

    store.run(at_once)
    assert store.partition() == {
        frozenset(one.url for one in crowd()[n : n + 3]) for n in range(0, 12, 3)
    }


def test_a_later_article_joins_two_stories_and_the_other_id_answers_on(store: SyncStore) -> None:
    first, second = store.save(copy_of("head", 0, last=4), other_cut(published=NOON + HOUR))
    assert first.story_id != second.story_id
    (joining,) = store.save(copy_of("whole", 0, published=NOON + 2 * HOUR))
    assert joining.outcome == "new_copy"
    (story,) = store.stories()
    assert story.id == first.article_id
    assert store.run(lambda s: s.resolve_story(second.story_id)) == first.article_id


def test_a_revision_that_breaks_the_bridge_parts_the_story(store: SyncStore) -> None:
    whole = copy_of("whole", 0, published=NOON + 2 * HOUR)
    store.save(copy_of("head", 0, last=4), other_cut(), whole)
    assert store.counts()["stories"] == 1
    store.save(copy_of("whole", 0, fetched_at=NOON + HOUR, body="\n\n".join(paragraphs(3))))
    assert store.counts()["stories"] == 3


def test_what_a_changed_article_showed_another_copy_shows(store: SyncStore) -> None:
    whole, same, cut = copy_of("a", 0), copy_of("b", 0), copy_of("c", 0, last=5)
    store.save(whole, cut, same)
    store.save(replace(whole, body="\n\n".join(paragraphs(2)), fetched_at=NOON + HOUR))
    assert store.partition() == {frozenset({whole.url}), frozenset({same.url, cut.url})}


def test_copies_come_within_days_and_equal_texts_whenever(store: SyncStore) -> None:
    late = NOON + 10 * DAY
    store.save(
        copy_of("a", 0, published=NOON),
        copy_of("b", 0, last=6, published=late, fetched_at=late),
        copy_of("c", 0, published=late, fetched_at=late),
    )
    texts = store.partition()
    assert frozenset({copy_of("a", 0).url, copy_of("c", 0).url}) <= next(
        s for s in texts if len(s) > 1
    )
    assert len(texts) == 1, "the late equal text shows that the late cut belongs to it"


@pytest.mark.parametrize(
    "published",
    [None, datetime(1970, 1, 1, tzinfo=UTC), NOON + 365 * DAY],
    ids=["none", "1970", "next year"],
)
def test_a_date_that_cannot_be_meant_does_not_hide_a_copy(
    store: SyncStore, published: datetime | None
) -> None:
    store.save(copy_of("a", 0), copy_of("b", 0, last=6, published=published))
    assert store.counts()["stories"] == 1


def test_a_key_in_too_many_stories_is_a_stop_key_and_finds_no_more(
    store: SyncStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "MAX_STORIES_PER_KEY", 2)
    compared = []

    def counting(a: Article, b: Article, *, boilerplate: frozenset[str]) -> object:
        compared.append(a)
        return compare(a, b, boilerplate=boilerplate)

    monkeypatch.setattr(links, "compare", counting)
    form = " ".join(paragraphs(0)[:2])
    store.save(*(article(f"o{n}/1", f"{form}\n\n{' '.join(paragraphs(n))}") for n in range(1, 6)))
    before = len(compared)
    store.save(article("o7/1", form + " " + NOTICE))
    assert len(compared) == before


def test_a_text_printed_too_often_is_a_stop_key_and_no_story(
    store: SyncStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "MAX_ARTICLES_PER_TEXT", 5)
    store.save(*(article(f"o{n}/1", NOTICE) for n in range(8)))
    assert sorted(map(len, store.partition())) == [1, 1, 1, 5]


def test_the_same_few_words_are_one_story_only_under_one_headline(store: SyncStore) -> None:
    quake = article("a", "التفاصيل بعد قليل", headline="زلزال شرق المدينة")
    poet = article("b", quake.body, headline="وفاة شاعر")
    same = article("c", quake.body, headline="زلزال شرق المدينة!")
    assert content_hash(quake) == content_hash(poet) == content_hash(same)
    assert [compare(quake, other).kind for other in (poet, same)] == ["none", "same_text"]
    assert store.outcomes(quake, poet, same) == ["new_story", "new_story", "new_copy"]
    assert store.outcomes(replace(same, headline=poet.headline, fetched_at=NOON + HOUR)) == [
        "revision"
    ]
    assert store.partition() == {frozenset({quake.url}), frozenset({poet.url, same.url})}


def test_known_boilerplate_joins_no_strangers(store: SyncStore) -> None:
    brief = [article(f"a/{n}", f"{NOTICE}\n\n{' '.join(paragraphs(n)[:1])}") for n in range(3)]
    alone = [article(f"a/{n}", NOTICE) for n in range(3, 6)]
    store.run(lambda s: s.set_boilerplate("a", frozenset({paragraph_key(NOTICE)})))
    store.save(*brief, *alone)
    assert store.counts()["stories"] == 6


def test_copies_saved_at_once_from_many_tasks_are_one_story(store: SyncStore) -> None:
    copies = [copy_of(f"o{n}", 0, last=8 - n % 4, tail=f"خاص بالموقع رقم {n}") for n in range(24)]

    async def all_at_once(opened: Store) -> list[Saved]:
        return await asyncio.gather(*(opened.save(one) for one in copies))

    store.run(all_at_once)
    (story,) = store.stories()
    assert len(story.copies) == 24


@pytest.mark.parametrize(
    "body",
    [
        "",
        "كلمة",
        "ثلاث كلمات فقط",
        "Latin letters only, of a page in another language",
        "فقرة واحدة.\n\n" * 10_000,
    ],
    ids=["empty", "one word", "three words", "latin", "one paragraph often"],
)
def test_odd_bodies_are_stored_as_any_other(store: SyncStore, body: str) -> None:
    outcomes = store.outcomes(article("a", body), article("b", body), article("a", body))
    assert outcomes == ["new_story", "new_copy" if body else "new_story", "unchanged"]


def test_two_megabytes_are_stored_in_a_second_or_two(store: SyncStore) -> None:
    long = "\n\n".join(f"{text} {n}" for n in range(1_000) for text in paragraphs(n % 6))
    assert store.outcomes(article("a", long), article("b", long + " وأكثر")) == [
        "new_story",
        "new_copy",
    ]
