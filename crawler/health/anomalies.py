"""Statistics that tell the unusual from the usual: plain values in and out, no clock, no store.

Nothing here knows what is good or bad in general: the last runs are held against the same
outlet's own past.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise, takewhile
from math import log
from statistics import quantiles

from crawler.health.history import History, is_barren

DAY, HOUR = timedelta(days=1), timedelta(hours=1)

# Runs that make a past. With fewer, only what is wrong at any outlet is told.
BASELINE_RUNS = 20
# Silences that make a rhythm, and the time that must have been watched for it: one weekend at
# least.
RHYTHM_SILENCES = 50
RHYTHM_TIME = timedelta(days=8)
# How long an outlet without a known rhythm may be silent.
SILENCE_WITHOUT_RHYTHM = timedelta(days=7)
# A gap between runs counts for the outlet's silence at most this many times the usual gap: nobody
# watched meanwhile.
WATCHED_GAPS = 3
# The next run is overdue after this many times the usual wait.
OVERDUE_WAITS = 3
# Nats; odds of one in nine million: ten figures of 72 runs a day raise one alarm in 34 years by
# luck alone.
SURPRISE_NATS = 16.0


@dataclass(frozen=True, slots=True)
class Silence:
    """How long an outlet has brought nothing new.

    current: the time since the last new article. longest: the longest silence that is usual.
    limit: the silence that alarms.
    """

    current: timedelta
    longest: timedelta
    limit: timedelta


def measure_silence(history: History) -> Silence:
    """Return the time since the last new article, beside the outlet's own silences (nights,
    weekends).

    Only time counts in which a run looked and could read. The limit is twice the longest silence
    before; an outlet with too few silences to know its rhythm has a week.
    """
    runs = history.completed[::-1]
    gaps = [later.started - earlier.started for earlier, later in pairwise(runs)]
    longest_watched = WATCHED_GAPS * sorted(gaps)[len(gaps) // 2] if gaps else timedelta()
    current, silences = timedelta(), []
    for gap, run in zip(gaps, runs[1:], strict=True):
        if not is_barren(run):
            current += min(gap, longest_watched)
        if run.new_stories or run.copies:
            silences.append(current)
            current = timedelta()
    longest = max(silences, default=timedelta())
    if len(silences) >= RHYTHM_SILENCES and sum(silences, timedelta()) >= RHYTHM_TIME:
        return Silence(current, longest, 2 * longest)
    return Silence(current, max(longest, DAY), max(2 * longest, SILENCE_WITHOUT_RHYTHM))


def overdue_after(history: History) -> timedelta | None:
    """Return how long after the start of the newest attempt the next run is overdue; None when
    there are too few runs to say.

    Three times the wait that 19 of 20 do not exceed, and an hour at least. A site that refused the
    newest run gets a day more, as the crawl itself leaves it alone for one.
    """
    if len(history.attempts) <= BASELINE_RUNS:
        return None
    waits = [
        (later.started - earlier.started).total_seconds()
        for later, earlier in pairwise(history.attempts)
    ]
    usual = timedelta(seconds=quantiles(waits, n=20, method="inclusive")[-1])
    wait = max(OVERDUE_WAITS * usual, HOUR)
    return wait + DAY if history.attempts[0].status == "refused" else wait


def usual_maximum(values: Sequence[int]) -> float | None:
    """Return what nine of ten `values` do not exceed; None when there are too few to say."""
    if len(values) < BASELINE_RUNS:
        return None
    return quantiles(values, n=10, method="inclusive")[-1]


def hit_streak(counts: Iterable[tuple[int, int]]) -> int:
    """Return how many articles in a row, up to the last run, were hits.

    counts: (hits, total) of each run, newest first.
    """
    return sum(total for _, total in takewhile(lambda count: count[0] >= count[1], counts))


@dataclass(frozen=True, slots=True)
class Outbreak:
    """`hits` of the last `total` articles were of some kind, where `usual` (a share of one) is the
    outlet's own way."""

    hits: int
    total: int
    usual: float


def detect_outbreak(
    counts: Iterable[tuple[int, int]], *, rise: float, min_hits: int = 1
) -> Outbreak | None:
    """Return where a share became unusual: the newest runs, as many as make the clearest case
    against all before them (a scan statistic); None where no share did.

    counts: (hits, total) of each run, newest first. There is an outbreak when the last run has
    `min_hits`, when it and the newest runs together have the share up by `rise` of the way from
    the usual to all, and when two shares so far apart surprise by more than SURPRISE_NATS (the
    log-likelihood ratio of two binomials). So a few articles are enough where it never happens,
    many are needed where it is common, and one good run ends it.
    """
    runs = [(min(hits, total), total) for hits, total in counts if total]
    if not runs or runs[0][0] < min_hits:
        return None
    all_hits, all_total = (sum(column) for column in zip(*runs, strict=True))
    overall = all_hits / all_total
    last = runs[0][0] / runs[0][1]
    clearest, surprise_of_clearest = None, SURPRISE_NATS
    hits = total = 0
    for run_hits, run_total in runs[:-BASELINE_RUNS]:
        hits, total = hits + run_hits, total + run_total
        total_before = all_total - total
        share, usual = hits / total, (all_hits - hits) / total_before
        if min(last, share) <= usual + rise * (1 - usual):
            continue
        surprise = total * _divergence(share, overall)
        surprise += total_before * _divergence(usual, overall)
        if surprise > surprise_of_clearest:
            clearest, surprise_of_clearest = Outbreak(hits, total, usual), surprise
    return clearest


def _divergence(share: float, other: float) -> float:
    """Return the Kullback-Leibler divergence of two coins, in nats; `other` is neither 0 nor 1."""
    parts = ((share, other), (1 - share, 1 - other))
    return sum(part * log(part / whole) for part, whole in parts if part)
