"""When an outlet is due, by its last runs."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.health.schedule import Pauses, due_at
from crawler.storage import Run

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PAUSES = Pauses(after_news=20 * MINUTE, longest=240 * MINUTE, after_refusal=24 * 60 * MINUTE)


def run(minutes: float, status: str = "done", *, new: int = 0, scope: str = "all") -> Run:
    """A run that began so many minutes before noon and took one."""
    started = NOON - minutes * MINUTE
    return Run("id", "waha", started, started + MINUTE, status, new_stories=new, scope=scope)


@pytest.mark.parametrize(
    ("runs", "minutes"),
    [
        ([run(0, new=3)], 20),
        ([run(0), run(20, new=3)], 40),
        ([run(0), run(40), run(60, new=1)], 80),
        ([run(0)] * 12, 240),
        ([run(0, "failed"), run(20, "failed"), run(40, new=1)], 80),
        ([run(0, "refused"), run(20, new=3)], 24 * 60 + 1),
        ([run(0, new=9, scope="span"), run(10, new=1)], 10),
    ],
)
def test_an_outlet_is_due_the_later_the_less_its_last_runs_brought(
    runs: list[Run], minutes: float
) -> None:
    assert due_at(runs, PAUSES) == NOON + minutes * MINUTE


@pytest.mark.parametrize(
    "runs",
    [[], [run(0, "interrupted", new=3)], [run(0, "store_down")], [run(0, new=9, scope="url")]],
)
def test_one_never_crawled_and_one_whose_work_was_cut_short_are_due_at_once(
    runs: list[Run],
) -> None:
    assert due_at(runs, PAUSES) is None
