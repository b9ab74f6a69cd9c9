"""`scrapy health` on the store that a replayed crawl of every outlet filled, and on one with a
failing outlet."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.causes import Cause
from crawler.storage import Run, open_store
from tests.commands.conftest import Replayed
from tests.conftest import REPLAYED_OUTLETS, Scrapy

NOW = datetime.now(UTC)


@pytest.fixture
def failing(tmp_path: Path) -> str:
    """A store in which youm7 failed twice after one good run."""
    uri = f"sqlite:///{tmp_path}/khabar.db"

    async def fill() -> None:
        async with open_store(uri) as store:
            for hour, (status, found) in enumerate([("done", 20), ("failed", 0), ("failed", 0)]):
                began = NOW - timedelta(hours=3 - hour)
                ended = began + timedelta(minutes=1)
                failures = {} if found else {"dns": 1}
                run = Run(
                    f"r{hour}",
                    "youm7",
                    began,
                    ended,
                    status,
                    found=found,
                    discovered=found,
                    new_stories=found,
                    failures=failures,
                )
                await store.record_run(run)

    asyncio.run(fill())
    return uri


def test_each_outlet_is_one_object_with_the_fields_of_the_contract(
    scrapy: Scrapy, replayed_crawl: Replayed
) -> None:
    process = scrapy("health", "--json", KHABAR_STORE_URI=replayed_crawl[0])
    assert process.returncode == 0, process.stderr
    shown = [json.loads(line) for line in process.stdout.splitlines()]
    assert [list(one) for one in shown] == [["outlet", "state", "reasons"]] * len(shown)
    states = {one["outlet"]: one["state"] for one in shown}
    assert {states.pop(outlet) for outlet in REPLAYED_OUTLETS} == {"healthy"}
    assert set(states.values()) == {"never"}


def test_a_failing_outlet_is_told_with_its_reason_and_a_status(
    scrapy: Scrapy, failing: str
) -> None:
    process = scrapy("health", "--json", "youm7", KHABAR_STORE_URI=failing)
    assert process.returncode == 10, process.stderr
    assert json.loads(process.stdout) == {
        "outlet": "youm7",
        "state": "failed",
        "reasons": [
            {"cause": "dns", "detail": "no article was announced in the last 2 runs: dns 1"}
        ],
    }


def test_the_table_shows_state_last_success_and_reasons(scrapy: Scrapy, failing: str) -> None:
    process = scrapy("health", "--country", "EG", "youm7", KHABAR_STORE_URI=failing)
    assert process.returncode == 10
    head, row, _, meaning = process.stdout.splitlines()
    assert head.split() == ["outlet", "state", "last", "success", "why"]
    success = f"{NOW - timedelta(hours=3) + timedelta(minutes=1):%Y-%m-%d %H:%MZ}"
    assert row.split(maxsplit=4)[:4] == ["youm7", "failed", *success.split()]
    assert row.rstrip().endswith("dns: no article was announced in the last 2 runs: dns 1")
    assert meaning == f"dns  {Cause.DNS.meaning} {Cause.DNS.action}"


def test_an_outlet_that_never_ran_is_no_alarm(scrapy: Scrapy, failing: str) -> None:
    process = scrapy("health", "bbc_ur", KHABAR_STORE_URI=failing)
    assert (process.returncode, process.stdout.splitlines()[1].split()) == (
        0,
        ["bbc_ur", "never", "-"],
    )


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("nope",), 2, "unknown outlet 'nope'"),
        (("youm7", "--language", "ur"), 2, "no outlet matches"),
        (("-s", "STORE_URI=nowhere"), 2, "scrapy health: store URI"),
    ],
)
def test_what_cannot_be_shown_is_said(
    scrapy: Scrapy, arguments: tuple[str, ...], status: int, said: str
) -> None:
    process = scrapy("health", *arguments)
    assert process.returncode == status
    assert said in process.stdout + process.stderr
    assert "Traceback" not in process.stderr
