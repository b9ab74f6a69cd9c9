"""The health of the outlets as the pages show it, judged beside the requests.

To judge an outlet, up to a thousand of its runs are read (`crawler.health.outlet_state`), some 30
ms: seconds for a fleet. So judgements are kept. They are looked at when they are asked for, at most
once a minute, and made anew when a run of the outlet has begun or ended, or after ten minutes:
some trouble, as that no run came, is a matter of time alone.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crawler.health.outlet_state import (
    MAX_RUNS,
    Health,
    could_read,
    judge,
    last_success,
    recent_runs,
)
from crawler.storage import Reader, Run, StoreError

FAILURES_SPAN = timedelta(days=7)
"""How long the failures of runs are shown."""

_FRESH = timedelta(minutes=1)  # until the next look
_USABLE = timedelta(minutes=10)  # since the last look: shown while the next is under way
_VALID = timedelta(minutes=10)  # of a judgement, if no run begins or ends
_PATIENCE = 1.0  # seconds that a request waits for judgements
_MAX_STEPS = 30  # runs back, to find since when an outlet is as it is


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is known of one outlet. at: when it was judged.

    since: when the first of the runs began since which it is in its state; None for one that is
    healthy or was never run. lasts_longer: True if it has been in its state before that too.
    failures: of the last FAILURES_SPAN, by cause.
    """

    health: Health
    at: datetime
    since: datetime | None
    lasts_longer: bool
    last_success: datetime | None
    newest: Run | None
    failures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements of several outlets, in the order in which they were asked for. at: when the
    first of them was looked at; None without any. waiting: the outlets that are not judged yet."""

    judgements: Sequence[Judgement]
    at: datetime | None
    waiting: Sequence[str]

    @property
    def failures(self) -> Counter[str]:
        """The failures of all outlets, by cause."""
        together: Counter[str] = Counter()
        for each in self.judgements:
            together.update(each.failures)
        return together


class Judgements:
    """Judges outlets by the runs that `reader` tells, and keeps the judgements. All methods raise
    StoreError."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._kept: dict[str, Judgement] = {}
        self._looked_at: dict[str, datetime] = {}
        self._due: dict[str, None] = {}  # outlets to look at, in this order
        self._work: asyncio.Task[None] | None = None

    async def of(self, outlets: Iterable[str]) -> Judged:
        """Return the judgements of `outlets`, by their names, as far as they can be had in about a
        second; of those that are there already, the ones of the last ten minutes are returned at
        once."""
        names = list(outlets)
        now = datetime.now(UTC)
        self._due.update((name, None) for name in names if self._is_older(name, now, _FRESH))
        if self._due:
            work = self._start()
            if any(self._is_older(name, now, _USABLE) for name in names):
                await asyncio.wait({work}, timeout=_PATIENCE)
                if work.done():
                    work.result()
        known = [name for name in names if name in self._kept]
        return Judged(
            [self._kept[name] for name in known],
            min((self._looked_at[name] for name in known), default=None),
            [name for name in names if name not in self._kept],
        )

    async def of_one(self, outlet: str) -> Judgement:
        """Return the judgement of one outlet, by its name."""
        if self._is_older(outlet, datetime.now(UTC), _FRESH):
            await self._look(outlet)
        return self._kept[outlet]

    def _is_older(self, outlet: str, now: datetime, age: timedelta) -> bool:
        """Return True for an outlet that was not looked at for `age` or longer."""
        return outlet not in self._looked_at or now - self._looked_at[outlet] >= age

    def _start(self) -> "asyncio.Task[None]":
        """Return the work on all that is due, which goes on when nobody waits for it."""
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._look_at_all())
            self._work.add_done_callback(_told)
        return self._work

    async def _look_at_all(self) -> None:
        while self._due:
            outlet = next(iter(self._due))
            try:
                await self._look(outlet)
            except StoreError:
                self._due.clear()  # the next request tries again
                raise
            del self._due[outlet]

    async def _look(self, outlet: str) -> None:
        now = datetime.now(UTC)
        kept = self._kept.get(outlet)
        newest = None
        async for run in self._reader.runs(outlet=outlet, limit=1):
            newest = run
        if kept is None or now - kept.at >= _VALID or not _is_same(kept.newest, newest):
            self._kept[outlet] = await self._judge(outlet, kept, newest)
        self._looked_at[outlet] = now

    async def _judge(self, outlet: str, earlier: Judgement | None, newest: Run | None) -> Judgement:
        runs = await recent_runs(self._reader, outlet)
        now = datetime.now(UTC)
        health, since, lasts_longer = await asyncio.to_thread(_judge, outlet, runs, earlier, now)
        success = next((run.finished for run in runs if could_read(run)), None)
        if success is None and len(runs) == MAX_RUNS:
            success = await last_success(self._reader, outlet)
        failures: Counter[str] = Counter()
        for run in runs:
            if run.started > now - FAILURES_SPAN:
                failures.update(run.failures)
        return Judgement(health, now, since, lasts_longer, success, newest, failures)


def _told(work: "asyncio.Task[None]") -> None:
    """Take the error of work that nobody waits for: the next request meets it itself."""
    if not work.cancelled():
        work.exception()


def _is_same(kept: Run | None, newest: Run | None) -> bool:
    """Return True if no run has begun or ended between two looks."""
    if kept is None or newest is None:
        return kept is newest
    return (kept.id, kept.status, kept.finished) == (newest.id, newest.status, newest.finished)


def _judge(
    outlet: str, runs: Sequence[Run], earlier: Judgement | None, now: datetime
) -> tuple[Health, datetime | None, bool]:
    """Return the health of an outlet by its runs, newest first, since when it has been so, and if
    it has been so for even longer."""
    health = judge(outlet, runs, now=now)
    everyday = [run for run in runs if run.scope == "all"]
    if health.state in ("healthy", "never") or not everyday:
        return health, None, False
    if earlier is not None and earlier.health.state == health.state and earlier.since:
        return health, earlier.since, earlier.lasts_longer
    if judge(outlet, everyday).state != health.state:  # what came since is the clock's
        return health, everyday[0].started, False
    for start in range(1, min(len(everyday), _MAX_STEPS)):
        if judge(outlet, everyday[start:]).state != health.state:
            return health, everyday[start - 1].started, False
    reached = min(len(everyday), _MAX_STEPS) - 1
    return health, everyday[reached].started, len(everyday) > _MAX_STEPS
