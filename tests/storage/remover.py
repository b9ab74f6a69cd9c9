"""A process that removes what is old, and says so after each batch: `python remover.py URI OUTLET
BEFORE`. A module of its own so that tests can kill it."""

import asyncio
import sys
from datetime import datetime

from crawler.storage import open_store


async def main(uri: str, outlet: str, before: str) -> None:
    async with open_store(uri) as store:
        while count := await store.forget_before(
            outlet, datetime.fromisoformat(before), "two years are enough"
        ):
            print("removed", count, flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
