"""A run that stands as running although its process has ended."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.health.outlet_state import Health, judge, recent_runs
from crawler.storage import Run, open_store
from crawler.storage.owner import this_process

NOW = datetime.now(UTC)


def run_of(hour: int, status: str) -> Run:
    started = NOW - timedelta(hours=hour)
    finished = None if status == "running" else started + timedelta(minutes=1)
    return Run(f"r{hour}", "waha", started, finished, status, found=9, discovered=1, new_stories=9)


async def health(folder: Path, owner: str | None) -> Health:
    """The health of an outlet with a run that stands as running. owner: who holds its lease."""
    async with open_store(f"sqlite:///{folder}/khabar.db") as store:
        for run in (run_of(2, "done"), run_of(1, "running")):
            await store.record_run(run)
        if owner is not None:
            await store.take_lease("waha", owner, 60)
        return judge("waha", await recent_runs(store, "waha"), now=NOW)


def ended_process() -> str:
    host, pid, _, where = this_process().split(":")
    return f"{host}:{pid}:0:{where}"


@pytest.mark.parametrize("owner", [None, ended_process()], ids=["ran out", "held by the dead"])
def test_an_outlet_with_a_dead_run_is_not_healthy(tmp_path: Path, owner: str | None) -> None:
    judged = asyncio.run(health(tmp_path, owner))
    assert (judged.state, [reason.cause for reason in judged.reasons]) == (
        "degraded",
        ["interrupted"],
    )


@pytest.mark.parametrize("owner", [this_process(), "elsewhere:1:2:3"], ids=["here", "elsewhere"])
def test_an_outlet_that_is_being_crawled_is_healthy(tmp_path: Path, owner: str) -> None:
    assert asyncio.run(health(tmp_path, owner)).state == "healthy"
