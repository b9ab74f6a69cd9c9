"""What tests of several rooms share."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from types import FrameType

import pytest

from tests.mongod import mongod_uri

__all__ = ["mongod_uri"]

ROOT = Path(__file__).parents[1]


@pytest.hookimpl(wrapper=True)
def pytest_timeout_set_timer() -> Generator[None, object, object]:
    """When a test takes too long, let the tasks that wait in its event loop be printed, before
    pytest-timeout ends it."""
    result = yield
    end_test = signal.getsignal(signal.SIGALRM)
    if callable(end_test):

        def on_alarm(number: int, frame: FrameType | None) -> None:
            print_waiting_tasks()
            end_test(number, frame)

        signal.signal(signal.SIGALRM, on_alarm)
    return result


def print_waiting_tasks() -> None:
    """Print where each task of the running event loop waits."""
    try:
        tasks = asyncio.all_tasks()
    except RuntimeError:  # no event loop runs
        return
    for task in tasks:
        task.print_stack(file=sys.stderr)


SLOW_FIXTURES = frozenset(
    {"crawl", "mongod_uri", "reading_room", "replayed_crawl", "scrapy", "site"}
)
"""Fixtures that start a process or a server."""

SLOW_MODULES = frozenset(
    {
        "tests/commands/test_crawlall.py",
        "tests/commands/test_why.py",
        "tests/dedup/test_match.py",
        "tests/discovery/test_limits.py",
        "tests/extraction/test_limits.py",
        "tests/faults/test_machines.py",
        "tests/faults/test_sites.py",
        "tests/fetching/test_early_stop.py",
        "tests/health/test_outlet_state.py",
        "tests/health/test_replayed_histories.py",
        "tests/replay/test_addoutlet.py",
        "tests/replay/test_record.py",
        "tests/runs/test_budget.py",
        "tests/runs/test_watchdog.py",
        "tests/spiders/test_dates_of_crawls.py",
        "tests/spiders/test_incremental.py",
        "tests/spiders/test_live.py",
        "tests/spiders/test_outcomes.py",
        "tests/spiders/test_restless_pages.py",
        "tests/storage/test_addresses.py",
        "tests/storage/test_corpus_copies.py",
        "tests/storage/test_crash.py",
        "tests/storage/test_crowds.py",
        "tests/storage/test_kills.py",
        "tests/storage/test_opening.py",
        "tests/storage/test_owner.py",
        "tests/storage/test_queries.py",
        "tests/storage/test_read_pool.py",
        "tests/storage/test_readers.py",
        "tests/storage/test_regrouping.py",
        "tests/storage/test_saving.py",
        "tests/storage/test_story_index.py",
        "tests/test_deploy.py",
        "tests/test_documents.py",
        "tests/test_fixtures.py",
        "tests/test_hazards.py",
        "tests/test_own_spiders.py",
        "tests/test_secrets.py",
        "tests/test_soak.py",
        "tests/text/test_markup.py",
        "tests/web/test_hostile.py",
        "tests/web/test_serve.py",
    }
)
"""Modules whose tests start processes of their own, or compute for seconds."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what takes seconds as slow: `pytest -m "not slow"` answers within a minute. Every look
    of every page is left out, unless the marker `matrix` is asked for."""
    if "matrix" not in config.option.markexpr:
        left_out = [item for item in items if item.get_closest_marker("matrix")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    for item in items:
        module = item.path.relative_to(ROOT).as_posix()
        fixtures = set(getattr(item, "fixturenames", ()))
        if module in SLOW_MODULES or fixtures & SLOW_FIXTURES:
            item.add_marker(pytest.mark.slow)


Scrapy = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def scrapy() -> Scrapy:
    """Run `scrapy ARGUMENTS` in the project as a user would, warnings being errors; the finished
    process."""

    def run(
        *arguments: str, timeout: float = 120, warnings: str = "error", **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-W", warnings, "-m", "scrapy.cmdline", *arguments],
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
    """One crawl of a few outlets from their recordings: the store's URI and the finished process.
    All outlets are crawled in tests/test_fixtures.py."""
    uri = f"sqlite:///{tmp_path_factory.mktemp('replayed')}/khabar.db"
    only = ("--only", ",".join(REPLAYED_OUTLETS))
    return uri, scrapy("crawlall", *only, "-s", "REPLAY=fixtures", KHABAR_STORE_URI=uri)


REPLAYED_OUTLETS = ("bbc_ar", "bbc_ur", "sputnik_ar", "urdupoint_ar", "urdupoint_ur", "youm7")

Record = Callable[..., None]


@pytest.fixture(scope="session")
def recorder() -> Callable[[Path], Record]:
    """`recorder(folder)` gives `record(outlet, url, body, ...)`, which writes one-hop exchanges
    into it."""

    def into(folder: Path) -> Record:
        def record(
            outlet: str,
            url: str,
            body: bytes,
            *,
            status: int = 200,
            content_type: str = "text/html",
            fetched_at: str = "2023-11-22T12:00:00+00:00",
        ) -> None:
            case = folder / outlet / f"case-{len(list(folder.rglob('exchange.json')))}"
            case.mkdir(parents=True)
            (case / "body").write_bytes(body)
            hop = {
                "url": url,
                "status": status,
                "headers": {"Content-Type": content_type},
                "fetched_at": fetched_at,
                "body": "body",
            }
            (case / "exchange.json").write_text(json.dumps([hop]), encoding="utf-8")

        return record

    return into


@pytest.fixture
def free_port() -> int:
    """A port of 127.0.0.1 on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real pages and texts, which is not part of the project; without it the test is
    skipped."""
    folder = ROOT.parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip("measures on ../shared/corpus, which is not here")
    return folder
