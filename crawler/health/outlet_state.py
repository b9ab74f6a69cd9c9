"""The state of an outlet, and the reasons for it, judged by the history of its runs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import get_args

from crawler.clock import is_ahead
from crawler.health.history import History
from crawler.health.monitors import State, find_trouble, restless
from crawler.storage import Reader, Run, RunReader
from crawler.storage.owner import is_dead

# Two weeks of a run every 20 minutes; of a slower schedule the window of four weeks (see History)
# holds fewer.
MAX_RUNS = 1000
_WIDENING_RUNS = 4  # the last runs, by which the pace of revisits is chosen
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
    """One outlet in `scrapy health --json`.

    state: "healthy"; "quiet": nothing new for longer than usual, not yet alarming; "degraded": part
    of it cannot be read, or what is read has changed; "failed": nothing could be read, twice in a
    row or ever; "refused" by the site; "never" run to an end.
    """

    outlet: str
    state: State
    reasons: tuple[Reason, ...] = ()

    @property
    def alarming(self) -> bool:
        """True if somebody has to look."""
        return self.state in ALARMING


def judge(outlet: str, runs: Sequence[Run], *, now: datetime | None = None) -> Health:
    """Return the health of `outlet` by its runs, newest first.

    Pure: without `now` (aware) nothing is said of runs that should have come since.
    """
    history = History.of(runs, now=now)
    reasons: dict[str, Reason] = {}
    states: set[State] = {"healthy" if history.completed else "never"}
    for finding in find_trouble(history):
        reasons.setdefault(finding.cause, Reason(finding.cause, finding.detail))
        states.add(finding.state)
    return Health(outlet, max(states, key=GRAVITY.index), tuple(reasons.values()))


def revisit_widening(runs: Sequence[Run]) -> int:
    """Return how many times longer than usual the articles of an outlet wait for their next check:
    twice as long for each of its last runs that was restless. runs: of the outlet, newest first."""
    history = History.of(runs)
    widening = 1
    for start in range(min(_WIDENING_RUNS, len(history.completed))):
        if any(restless(replace(history, completed=history.completed[start:]))):
            widening *= 2
    return widening


async def recent_runs(store: Reader, outlet: str) -> list[Run]:
    """Return the runs that the health of `outlet` is judged by, newest first. Raises StoreError.

    Runs that a clock once ahead has dated are left out: they would stand before all that came
    after. A run that stands as running, but whose process has ended, is interrupted.
    """
    clock = datetime.now(UTC)
    stored = [run async for run in store.runs(outlet=outlet, limit=MAX_RUNS)]
    runs = [run for run in stored if not is_ahead(run.started, clock)]
    if runs and runs[0].status == "running" and not await _is_at_work(store, outlet):
        runs[0] = replace(runs[0], status="interrupted")
    return runs


async def _is_at_work(store: Reader, outlet: str) -> bool:
    """Return True while a process that may be alive holds the lease of `outlet`."""
    lease = await store.held_lease(outlet)
    return lease is not None and not is_dead(lease.owner)


async def last_success(store: RunReader, outlet: str) -> datetime | None:
    """Return when the newest run ended that could read the outlet: an article, or documents of
    which articles had been read before and that announced nothing new. None when no run could.
    Raises StoreError."""
    clock = datetime.now(UTC)
    async for run in store.runs(outlet=outlet):
        if could_read(run) and not (run.finished and is_ahead(run.finished, clock)):
            return run.finished
    return None


def could_read(run: Run) -> bool:
    """Return True if a run has ended that could read its outlet (see `last_success`)."""
    if run.status not in ("done", "degraded"):
        return False
    return bool(run.stored or run.unmodified) or (run.has_read and not run.first_visits)
