"""The stories do not depend on the order in which articles arrive, nor on how many are saved at
once."""

import asyncio
import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.dedup import folded_headline
from crawler.items import Article
from crawler.storage import Store
from crawler.storage.history import Reading, Standing, Text, change, needs_kept, read, revisions
from tests.storage.samples import HOUR, NOON, SyncStore, article

TEXTS = ["النص الأول", "النص الثاني", None]
HEADLINES = ["عنوان", "عنوان آخر", None]


def crowd(seed: int) -> list[Article]:
    """Readings of 12 addresses, by time: copies, texts revised once, undated and empty ones."""
    chance = random.Random(seed)
    dates = [chance.choice([None, NOON - chance.randrange(5) * HOUR]) for _ in range(12)]
    texts = [
        [chance.choice(TEXTS)] * 2 if n < 4 else chance.choices(TEXTS[:2], k=2) for n in range(12)
    ]
    revised_at = [chance.randrange(40) for _ in range(12)]
    return [
        article(
            f"o{n}",
            texts[n][minute >= revised_at[n]],
            published=dates[n],
            fetched_at=NOON + timedelta(minutes=minute),
        )
        for minute in range(60)
        for n in [chance.randrange(12)]
    ]


def summary(store: SyncStore) -> object:
    texts = [(one.id, one.article.body, one.article.fetched_at) for one in store.articles()]
    return store.stories(), texts, store.counts()


@pytest.mark.parametrize("seed", range(4))
def test_order_of_arrival_and_company_do_not_matter(
    store: SyncStore, tmp_path: object, seed: int
) -> None:
    readings = crowd(seed)
    reference = SyncStore(f"sqlite:///{tmp_path}/in-order.db")
    reference.save(*readings)
    shuffled = random.Random(seed).sample(readings, len(readings))

    async def at_once(opened: Store) -> None:
        await opened.save_many(shuffled[:15])
        await asyncio.gather(*(opened.save(one) for one in shuffled[15:]))

    store.run(at_once)
    assert store.partition() == reference.partition()
    assert summary(store) == summary(reference)


def stored(readings: list[Reading]) -> tuple[Standing, list[tuple[object, ...]]]:
    """What the rules make of readings of one address, in that order."""
    standing = readings[0].as_first
    kept: list[Text] = []
    for reading in readings[1:]:
        done = change(standing, reading, kept if needs_kept(standing, reading) else ())
        standing = done.standing
        if done.kept is not None:
            kept.append(done.kept)
    older = revisions(readings[0].id, standing, kept)
    assert standing.revisions == len(older)
    assert len({text.key for text in kept}) == len(kept)
    return standing, [
        (r.article.body, r.article.headline, r.first_seen, r.replaced_at) for r in older
    ]


@settings(deadline=None)  # a busy machine is slow, not wrong
@given(st.permutations(list(enumerate(["أ", "ب", "ج", "د", "ه"]))))
def test_distinct_texts_of_one_address_end_in_one_history(order: list[tuple[int, str]]) -> None:
    readings = [read(article("a", text, fetched_at=NOON + n * HOUR)) for n, text in order]
    assert stored(readings) == stored(sorted(readings, key=lambda reading: reading.seen))


@settings(deadline=None)  # a busy machine is slow, not wrong
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(TEXTS), st.sampled_from(HEADLINES)), min_size=1
    )
)
def test_a_second_run_of_the_same_readings_changes_nothing(
    parts: list[tuple[int, str, str]],
) -> None:
    parts = sorted(parts, key=lambda part: part[0])
    readings = [
        read(article("a", text, headline=headline, fetched_at=NOON + hour * HOUR))
        for hour, text, headline in parts
    ]
    assert stored(readings + readings) == stored(readings)


@settings(deadline=None)  # a busy machine is slow, not wrong
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.sampled_from(TEXTS), st.sampled_from(HEADLINES)), min_size=1
    )
)
def test_no_text_is_ever_lost(parts: list[tuple[int, str, str]]) -> None:
    readings = [
        read(article("a", text, headline=headline, fetched_at=NOON + hour * HOUR))
        for hour, text, headline in parts
    ]
    standing, older = stored(readings)
    bodies = {standing.article.body, *(text[0] for text in older)}
    headlines = {
        folded_headline(one)
        for one in (standing.article.headline, *(str(text[1] or "") for text in older))
    }
    assert {text for _, text, _ in parts if text} <= bodies
    assert {folded_headline(headline) for _, _, headline in parts if headline} <= headlines
