"""What an outlet's earlier runs say of its last one: statistics over plain values, without a clock
or a store.

Nothing here knows what is good or bad in general: each figure of the last run is held against the
same outlet's own past, of which four weeks count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise, takewhile
from math import log
from statistics import quantiles

from crawler.storage import Run

# Four of each weekday: an outlet that rests on Fridays has rested before.
WINDOW = timedelta(days=28)
# Runs that make a past. With fewer, only what is wrong at any outlet is told.
ENOUGH = 20
# Pages of which not one could be read: fewer may be one broken page that is tried again and again.
FEW_PAGES = 5
# Silences that make a rhythm, and the days that must have been watched for it: one weekend at
# least.
ENOUGH_SILENCES = 50
ENOUGH_DAYS = timedelta(days=8)
# How long an outlet without a known rhythm may be silent.
LONG_SILENCE = timedelta(days=7)
# Nats; odds of one in nine million: ten figures of 72 runs a day raise one alarm in 34 years by
# luck alone.
SURPRISE = 16.0
# A gap between runs counts for the outlet's silence at most this many times the usual: nobody
# watched meanwhile.
PATIENCE = 3
DAY, HOUR = timedelta(days=1), timedelta(hours=1)

# What ended by itself, whatever came of it; a signal or a crash says nothing of the outlet.
_ENDED = frozenset({"done", "degraded", "failed", "refused", "error", "store_down"})


@dataclass(frozen=True, slots=True)
class History:
    """The everyday runs of one outlet, newest first; archive spans and single addresses are left
    out.

    `attempts`: all of the last four weeks. `looks`: those that came to an end of their own. `now`:
    when it is looked at, aware; None right after a run, when nothing can be said of runs that did
    not come.
    """

    attempts: tuple[Run, ...]
    looks: tuple[Run, ...]
    now: datetime | None = None

    @classmethod
    def of(cls, runs: Sequence[Run], *, now: datetime | None = None) -> "History":
        """The history in `runs`, which stand newest first."""
        everyday = [run for run in runs if run.scope == "all"]
        recent = tuple(run for run in everyday if run.started > everyday[0].started - WINDOW)
        return cls(
            recent, tuple(run for run in recent if run.finished and run.status in _ENDED), now
        )

    @property
    def last(self) -> Run:
        """The newest look. Raises IndexError when there is none."""
        return self.looks[0]

    @property
    def past(self) -> tuple[Run, ...]:
        """The looks before it."""
        return self.looks[1:]


def is_barren(run: Run) -> bool:
    """Whether the run could read nothing: no feed, sitemap or listing, or none of five or more
    pages."""
    if (
        not run.discovered and not run.found
    ):  # runs from before `discovered` was kept have only the second
        return True
    tried = max(run.found - run.known, run.fetched)
    return tried >= FEW_PAGES and bool(run.failures) and not stored(run) and not run.unmodified


def barren_streak(history: History) -> int:
    """How many of the newest looks could read nothing."""
    return len(list(takewhile(is_barren, history.looks)))


def stored(run: Run) -> int:
    """Articles that the run left in the store, changed or not."""
    return run.new_stories + run.copies + run.revisions + run.unchanged


def broken_streak(history: History) -> tuple[Run, ...]:
    """The newest attempts, as far as each was broken off by a signal or a crash.

    The newest may still run, unless it began a day ago.
    """
    over = history.attempts
    if over and over[0].status == "running":
        stuck = history.now is not None and history.now - over[0].started > DAY
        over = over if stuck else over[1:]
    return tuple(takewhile(lambda run: not run.finished or run.status == "interrupted", over))


@dataclass(frozen=True, slots=True)
class Silence:
    """For how long an outlet has brought nothing new, and for how long at most that is its way."""

    current: timedelta
    longest: timedelta
    limit: timedelta


def silence(history: History) -> Silence:
    """The time since something new, and what the outlet's own silences (nights, weekends) let
    expect.

    Only time in which somebody looked and could read counts. The limit is twice the longest silence
    before; an outlet with too few to know its rhythm has a week.
    """
    chronological = history.looks[::-1]
    steps = [later.started - earlier.started for earlier, later in pairwise(chronological)]
    watched = PATIENCE * sorted(steps)[len(steps) // 2] if steps else timedelta()
    current, before = timedelta(), []
    for step, run in zip(steps, chronological[1:], strict=True):
        if not is_barren(run):
            current += min(step, watched)
        if run.new_stories or run.copies:
            before.append(current)
            current = timedelta()
    longest = max(before, default=timedelta())
    if len(before) >= ENOUGH_SILENCES and sum(before, timedelta()) >= ENOUGH_DAYS:
        return Silence(current, longest, 2 * longest)
    return Silence(current, max(longest, DAY), max(2 * longest, LONG_SILENCE))


@dataclass(frozen=True, slots=True)
class Outbreak:
    """`hits` of the last `total` were of some kind, where `usual` (a share of one) is the outlet's
    own way."""

    hits: int
    total: int
    usual: float


def outbreak(counts: Iterable[tuple[int, int]], *, rise: float, least: int = 1) -> Outbreak | None:
    """Where a share became unusual: the newest runs, as many as make the clearest case against all
    before them.

    `counts`: (hits, total) of each run, newest first. None unless the last run has `least` hits, it
    and the newest runs together have the share up by `rise` of the way from the usual to all, and
    two shares so far apart are more of a SURPRISE than one that has not changed would give (the
    log-likelihood ratio of two binomials). So a few articles are enough where it never happens,
    many are needed where it is common, and one good run ends it.
    """
    counted = [(min(hits, total), total) for hits, total in counts if total]
    if not counted or counted[0][0] < least:
        return None
    all_hits, all_total = (sum(column) for column in zip(*counted, strict=True))
    last = counted[0][0] / counted[0][1]
    found, clearest = None, SURPRISE
    hits = total = 0
    for run_hits, run_total in counted[:-ENOUGH]:
        hits, total = hits + run_hits, total + run_total
        before = all_total - total
        usual, one = (all_hits - hits) / before, all_hits / all_total
        if min(last, hits / total) > usual + rise * (1 - usual):
            surprise = total * _divergence(hits / total, one) + before * _divergence(usual, one)
            if surprise > clearest:
                found, clearest = Outbreak(hits, total, usual), surprise
    return found


def all_of_the_last(counts: Iterable[tuple[int, int]], enough: int) -> int | None:
    """How many in a row, up to the last one, were all of some kind; None when fewer than
    `enough`."""
    in_a_row = sum(total for _, total in takewhile(lambda count: count[0] >= count[1], counts))
    return in_a_row if in_a_row >= enough else None


def _divergence(share: float, other: float) -> float:
    """Kullback-Leibler's, of two coins, in nats; `other` is neither 0 nor 1."""
    parts = ((share, other), (1 - share, 1 - other))
    return sum(part * log(part / whole) for part, whole in parts if part)


def high_water(values: Sequence[int]) -> float | None:
    """What nine of ten values do not exceed; None of too few to say."""
    return quantiles(values, n=10, method="inclusive")[-1] if len(values) >= ENOUGH else None


def overdue_after(history: History) -> timedelta | None:
    """How long after the start of the newest attempt the next should have come; None of too few to
    say.

    Three times what 19 of 20 waits do not exceed, and an hour at least. A site that refused us is
    left alone for a day, as the crawl itself does.
    """
    if len(history.attempts) <= ENOUGH:
        return None
    waits = [
        (later.started - earlier.started).total_seconds()
        for later, earlier in pairwise(history.attempts)
    ]
    usual = timedelta(seconds=quantiles(waits, n=20, method="inclusive")[-1])
    refused = history.attempts[0].status == "refused"
    return max(PATIENCE * usual, HOUR) + (DAY if refused else timedelta())
