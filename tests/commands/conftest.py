"""The printed output of commands on the store of a replayed crawl."""

import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from crawler.storage import open_store
from tests.conftest import Scrapy

Replayed = tuple[str, "subprocess.CompletedProcess[str]"]
"""The URI of the store that a replayed crawl of every outlet filled, and the finished crawl."""

Show = Callable[..., list[dict[str, Any]]]
"""`show(ARGUMENT...)`: the objects that a command with `--json` prints."""


@pytest.fixture
def listing(scrapy: Scrapy, replayed_crawl: Replayed) -> Callable[[str], Show]:
    """`listing(COMMAND)(ARGUMENT...)`: the objects that `scrapy COMMAND --json` prints of the store
    of a replayed crawl."""

    def of(command: str) -> Show:
        def show(*arguments: str) -> list[dict[str, Any]]:
            process = scrapy(command, "--json", *arguments, KHABAR_STORE_URI=replayed_crawl[0])
            assert process.returncode == 0, process.stderr
            return [json.loads(line) for line in process.stdout.splitlines()]

        return show

    return of


async def make_store(uri: str) -> None:
    async with open_store(uri):
        pass
