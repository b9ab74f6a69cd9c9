"""The stories do not depend on the order in which articles arrive, nor on how many are saved at
once."""

import asyncio
import random
from datetime import timedelta

import pytest

from crawler.items import Article
from crawler.storage import Store
from tests.storage.samples import HOUR, NOON, SyncStore, article

TEXTS = ["النص الأول", "النص الثاني", None]


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
