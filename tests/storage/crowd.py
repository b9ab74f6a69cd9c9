"""A process that saves its share of the copies of one story, all at once: `python -m
tests.storage.crowd URI SHARE`."""

import asyncio
import sys

from crawler.items import Article
from crawler.storage import open_store
from tests.storage.invented import copy_of
from tests.storage.samples import HOUR, NOON

COPIES = 200
SHARES = 8


def copies(share: int) -> list[Article]:
    """Every eighth of the copies: whole, cut or with a tail of the outlet's own; dated within a
    day, or not."""
    return [
        copy_of(
            f"o{n}",
            0,
            last=8 - n % 3,
            tail=f"خاص {n}" if n % 5 == 0 else "",
            published=None if n % 7 == 0 else NOON - (n % 20) * HOUR,
        )
        for n in range(share, COPIES, SHARES)
    ]


async def main(uri: str, share: str) -> None:
    async with open_store(uri) as store:
        await asyncio.gather(*(store.save(one) for one in copies(int(share))))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
