import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

Show = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def listing(
    scrapy: Any, replayed_crawl: "tuple[str, subprocess.CompletedProcess[str]]"
) -> Callable[[str], Show]:
    """`listing(COMMAND)(ARGUMENT...)`: what `scrapy COMMAND --json` prints of the store of a
    replayed crawl."""

    def of(command: str) -> Show:
        def show(*arguments: str) -> list[dict[str, Any]]:
            process = scrapy(command, "--json", *arguments, KHABAR_STORE_URI=replayed_crawl[0])
            assert process.returncode == 0, process.stderr
            return [json.loads(line) for line in process.stdout.splitlines()]

        return show

    return of
