"""The state of an outlet, and why, by the history of its runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from spidermon import MonitorRunner

from crawler.health.history import History
from crawler.health.monitors import State, suite
from crawler.storage import Run, Store

# Two weeks of a run every 20 minutes; of a slower schedule the window of four weeks (see History)
# holds fewer.
RUNS = 1000
GRAVITY: tuple[State, ...] = get_args(State)
ALARMING = frozenset({"degraded", "failed", "refused"})


@dataclass(frozen=True, slots=True)
class Reason:
    """`cause`: a short name for programs, e.g. "gap_date", "http_403". `detail`: one line for
    people."""

    cause: str
    detail: str


@dataclass(frozen=True, slots=True)
class Health:
    """What `scrapy health --json` shows of an outlet.

    state: "healthy"; "quiet": nothing new for longer than usual, not yet alarming; "degraded": part
    of it cannot be read, or what is read has changed; "failed": nothing could be read, twice in a
    row or ever; "refused" by the site; "never" run to an end.
    """

    outlet: str
    state: State
    reasons: tuple[Reason, ...] = ()

    @property
    def alarming(self) -> bool:
        """Whether somebody has to look."""
        return self.state in ALARMING


def judge(outlet: str, runs: Sequence[Run], *, now: datetime | None = None) -> Health:
    """The health of `outlet` by its runs, newest first.

    Pure: without `now` (aware) nothing is said of runs that should have come since. Raises
    RuntimeError when a monitor breaks.
    """
    history = History.of(runs, now=now)
    result = MonitorRunner().run(suite(history), history=history)
    if result.errors:
        raise RuntimeError(result.errors[0][1])
    reasons: dict[str, Reason] = {}
    states: set[State] = {"healthy" if history.looks else "never"}
    for failed in result.monitors_failed_results:
        cause = failed.item.monitor_name
        reasons.setdefault(cause, Reason(cause, failed.reason))
        states.add(failed.item.state)
    return Health(outlet, max(states, key=GRAVITY.index), tuple(reasons.values()))


async def recent_runs(store: Store, outlet: str) -> list[Run]:
    """As many runs of `outlet`, newest first, as its health is judged by."""
    return [run async for run in store.runs(outlet=outlet, limit=RUNS)]


async def last_success(store: Store, outlet: str) -> datetime | None:
    """When the newest run ended that could read the outlet; None when none ever could."""
    async for run in store.runs(outlet=outlet):
        if run.status in ("done", "degraded"):
            return run.finished
    return None
