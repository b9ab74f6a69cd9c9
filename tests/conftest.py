"""What tests of several rooms share."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

Scrapy = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def scrapy() -> Scrapy:
    """Run `scrapy ARGUMENTS` in the project as a user would, warnings being errors; the finished process."""

    def run(*arguments: str, timeout: float = 120, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "scrapy.cmdline", *arguments],
            cwd=ROOT,
            env={k: v for k, v in os.environ.items() if not k.startswith("KHABAR_")} | environment,
            capture_output=True,
            text=True,
            timeout=timeout,
        )

    return run


@pytest.fixture(scope="session")
def replayed_crawl(
    scrapy: Scrapy, tmp_path_factory: pytest.TempPathFactory
) -> "tuple[str, subprocess.CompletedProcess[str]]":
    """One crawl of every outlet from its recordings: the store's URI and the finished process."""
    uri = f"sqlite:///{tmp_path_factory.mktemp('replayed')}/khabar.db"
    return uri, scrapy("crawlall", "-s", "REPLAY=fixtures", KHABAR_STORE_URI=uri)
