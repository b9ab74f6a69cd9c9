"""A process that saves copies of the same 20 stories, 8 at a time: `python writer.py URI OUTLET
COPIES SEED`.

Each acknowledged save is one line on stdout: outcome, article id, story id. A store that is away is
tried again, as a crawl does. A module of its own so that tests can kill it.
"""

import asyncio
import random
import sys
from dataclasses import replace

from crawler.items import Article
from crawler.storage import Saved, Store, StoreUnavailable, open_store
from tests.storage.samples import HOUR, NOON, article

STORIES = 20
WRITERS = 8


def copies(outlet: str, number: int) -> list[Article]:
    """`number` copies of each story by outlets of that name; undated, dated earlier, dated
    later."""
    return [
        article(
            f"{outlet}{copy}/{story}",
            f"نص الخبر رقم {story}",
            published=None if copy % 3 == 0 else NOON - ((story + copy * 7) % 11) * HOUR,
        )
        for story in range(STORIES)
        for copy in range(number)
    ]


async def save_until_taken(store: Store, copy: Article) -> Saved:
    """Save, and again while the store is away."""
    while True:
        try:
            return await store.save(copy)
        except StoreUnavailable:
            await asyncio.sleep(0.2)


async def main(uri: str, outlet: str, number: str, seed: str) -> None:
    """Save all copies, then some again with a gap, which changes nothing."""
    chance = random.Random(seed)
    waiting = copies(outlet, int(number))
    waiting += [replace(copy, published=None) for copy in chance.sample(waiting, 10)]
    chance.shuffle(waiting)

    async def write(store: Store) -> None:
        while waiting:
            saved = await save_until_taken(store, waiting.pop())
            print(saved.outcome, saved.article_id, saved.story_id, flush=True)

    async with open_store(uri) as store:
        await asyncio.gather(*(write(store) for _ in range(WRITERS)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
