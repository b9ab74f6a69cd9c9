"""The monitors: each looks for one kind of trouble in the history of an outlet's runs.

To add a monitor, write a function that takes the history and yields a finding where something is
wrong, and list it below in RUN_MONITORS, or in SCHEDULE_MONITORS if it needs no completed run.
The statistics that tell the unusual from the usual stand in `crawler.health.anomalies`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from crawler.causes import REFUSALS, Cause
from crawler.health.anomalies import (
    BASELINE_RUNS,
    detect_outbreak,
    hit_streak,
    measure_silence,
    overdue_after,
    usual_maximum,
)
from crawler.health.formatting import format_count, format_counts, format_duration
from crawler.health.history import (
    MIN_PAGES_TRIED,
    History,
    barren_streak,
    interrupted_streak,
    unread_runs,
)
from crawler.storage import Run

State = Literal["healthy", "never", "quiet", "degraded", "failed", "refused"]
"""The states of an outlet, the least grave first."""

# Fraction of the way from its usual value to 100 % that a share must have risen to be reported.
# What hardly ever happens (a gap, a failure) is reported early; what has weekdays of its own
# (agency copy, stories without a source) when most of it has changed.
RARE_RISE, COMMON_RISE = 0.2, 0.5
# No outlet prints a story without one of these fields: reported when all articles lack it,
# whatever was usual.
ESSENTIAL_FIELDS = ("headline", "body", "date")
ESSENTIAL_GAP_STREAK = 10  # articles in a row
# A flood is more addresses than this many times the usual maximum, and more than this many.
FLOOD_FACTOR = 3
FLOOD_ADDRESSES = 50
# The same of revised articles.
RESTLESS_FACTOR = 3
RESTLESS_REVISIONS = 10
# Announced addresses an outlet usually needs to have for a fall in their number to be reported.
OFF_PATTERN_ADDRESSES = 10
# Failed pages the last run must have: one broken page is tried again and again.
FAILED_PAGES = 2
# Runs in a row that asked for new articles and read none, to be reported.
UNREAD_RUNS = 3
# Runs over which a backlog has to grow to be reported.
BACKLOG_RUNS = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One trouble of an outlet.

    cause: a short name for programs, e.g. "gap_date", "http_403". detail: one sentence for people,
    with figures. state: the state that the outlet is in by this finding alone.
    """

    cause: str
    detail: str
    state: State = "degraded"


Monitor = Callable[[History], Iterator[Finding]]
"""Looks for one kind of trouble; yields nothing where all is well."""


def find_trouble(history: History) -> Iterator[Finding]:
    """Yield the findings of all monitors; of two with one cause, the first says it better."""
    for monitor in SCHEDULE_MONITORS:
        yield from monitor(history)
    if history.completed:
        for monitor in RUN_MONITORS:
            yield from monitor(history)


# The schedule


def interrupted(history: History) -> Iterator[Finding]:
    """Find runs that a signal or a crash ended; one alone may be a restart of the machine."""
    streak = interrupted_streak(history)
    crashed = sum(run.finished is None for run in streak)
    newest_crashed = crashed > 0 and streak[0] is history.attempts[0]
    if len(streak) > 1 or newest_crashed:
        runs = format_count(len(streak), "run")
        yield Finding(
            Cause.INTERRUPTED, f"the last {runs} came to no end of their own; {crashed} crashed"
        )


def overdue(history: History) -> Iterator[Finding]:
    """Find that no run came for longer than is usual: the schedule has stopped."""
    wait = overdue_after(history)
    if wait is None or history.now is None:
        return
    since = history.now - history.attempts[0].started
    if since > wait:
        yield Finding(
            Cause.OVERDUE,
            f"no run for {format_duration(since)}; one was due within {format_duration(wait)}",
        )


# The last completed run as a whole


def refused(history: History) -> Iterator[Finding]:
    """Find that the site said, in one of the ways open to it, that it does not want to be read."""
    last = history.last
    if last.status == "refused":
        refusals = {cause: count for cause, count in last.failures.items() if cause in REFUSALS}
        yield Finding(
            _leading_cause(refusals, otherwise=Cause.SITE_REFUSED),
            f"the site refused the last run: {format_counts(last.failures)}",
            "refused",
        )


def nothing_read(history: History) -> Iterator[Finding]:
    """Find runs in which no feed, sitemap or listing could be read, or not one page. A single such
    run among good ones is a bad run only."""
    last = history.last
    streak = barren_streak(history)
    if not streak or last.status == "refused":
        return
    problem = "no page could be read" if last.discovered else "no article was announced"
    runs = format_count(streak, "run")
    failed = _newest_failures(history.completed[:streak])
    failures = format_counts(failed) or "nothing failed"
    lasting = streak > 1 or streak == len(history.completed)
    yield Finding(
        _leading_cause(failed, otherwise=Cause.NOTHING_FOUND),
        f"{problem} in the last {runs}: {failures}",
        "failed" if lasting else "degraded",
    )


def nothing_new_read(history: History) -> Iterator[Finding]:
    """Find that no new article could be read in several runs that asked for some, however few."""
    runs = unread_runs(history)
    if len(runs) < UNREAD_RUNS or barren_streak(history) or history.last.status == "refused":
        return
    articles = sum(run.first_visits for run in runs)
    failed = _newest_failures(runs)
    yield Finding(
        _leading_cause(failed, otherwise=Cause.NOTHING_FOUND),
        f"none of {articles} new articles in {len(runs)} runs could be read:"
        f" {format_counts(failed)}",
        "failed" if articles >= MIN_PAGES_TRIED else "degraded",
    )


def error(history: History) -> Iterator[Finding]:
    """Find an exception in our own code."""
    if history.last.status == "error":
        yield Finding(Cause.ERROR, "an error of ours broke the last run; its log has the traceback")


def store_down(history: History) -> Iterator[Finding]:
    """Find that articles wait in the spool."""
    if history.last.status == "store_down":
        yield Finding(
            Cause.STORE_DOWN,
            "the store went away during the last run; what was fetched waits in the spool",
        )


def _newest_failures(runs: Sequence[Run]) -> Mapping[str, int]:
    """Return the failures of the newest of `runs` that has any. A run without may have waited for
    the next try of all that had failed."""
    return next((run.failures for run in runs if run.failures), {})


def _leading_cause(failures: Mapping[str, int], *, otherwise: str) -> str:
    """Return the most frequent cause, or `otherwise` where nothing failed."""
    cause = max(failures, key=failures.__getitem__, default=otherwise)
    # The cause of one run's documents; of an outlet's runs it is the alarm.
    return Cause.OFF_PATTERN if cause == Cause.NO_ARTICLE_ADDRESS else cause


def backlog(history: History) -> Iterator[Finding]:
    """Find that more and more articles are left for the next run."""
    left = [run.left for run in history.completed[:BACKLOG_RUNS]]
    grows = all(later > earlier > 0 for later, earlier in pairwise(left))
    if len(left) == BACKLOG_RUNS and grows:
        yield Finding(
            Cause.BACKLOG,
            f"the last run left {left[0]} articles for the next; before, {left[1]} and {left[2]}",
        )


# What is announced


def nothing_new(history: History) -> Iterator[Finding]:
    """Find a silence that is longer than the outlet's own nights, weekends and quiet days."""
    silence = measure_silence(history)
    if silence.current > silence.longest:
        current, longest = format_duration(silence.current), format_duration(silence.longest)
        yield Finding(
            Cause.NOTHING_NEW,
            f"nothing new for {current}; at most {longest} is usual",
            "degraded" if silence.current > silence.limit else "quiet",
        )


def discovery_failed(history: History) -> Iterator[Finding]:
    """Find a feed, sitemap or listing that is dead while others live: twice in a row, or in the
    only run."""
    last = history.last
    dead = [
        run.discovery_failed - run.failures.get(Cause.NO_ARTICLE_ADDRESS, 0)
        for run in history.completed[:2]
    ]
    if last.discovered and min(dead) > 0:
        documents = last.discovered + last.discovery_failed
        failures = format_counts(last.failures)
        yield Finding(
            Cause.DISCOVERY_FAILED,
            f"{dead[0]} of {documents} feeds, sitemaps and listings could not be read: {failures}",
        )


def no_article_address(history: History) -> Iterator[Finding]:
    """Find a feed, sitemap or listing without one article's address by the outlet's pattern."""
    if documents := history.last.failures.get(Cause.NO_ARTICLE_ADDRESS):
        yield Finding(
            Cause.OFF_PATTERN,
            f"{documents} of the feeds, sitemaps and listings announced no article's address",
        )


def off_pattern(history: History) -> Iterator[Finding]:
    """Find that announced addresses are no article's any more by the outlet's pattern."""
    last, earlier = history.last, history.earlier
    if len(earlier) < BASELINE_RUNS:
        return
    usual = median(run.found for run in earlier)
    missing = usual - last.found
    more_others = last.off_pattern - median(run.off_pattern for run in earlier)
    # Both must change, since an unchanged listing is not read again: its other links are only
    # counted when it changes.
    if usual >= OFF_PATTERN_ADDRESSES and missing > usual / 2 and more_others > missing / 2:
        yield Finding(
            Cause.OFF_PATTERN,
            f"{last.found} articles' addresses announced, usually {usual:.0f};"
            f" {more_others:.0f} more others",
        )


def flood(history: History) -> Iterator[Finding]:
    """Find that far more addresses are announced than ever."""
    found = history.last.found
    usual = usual_maximum([run.found for run in history.earlier if run.found])
    if usual and found > max(FLOOD_FACTOR * usual, FLOOD_ADDRESSES):
        yield Finding(Cause.FLOOD, f"{found} addresses announced; usually at most {usual:.0f}")


def restless(history: History) -> Iterator[Finding]:
    """Find that far more articles were revised than ever: something on their pages never rests."""
    revisions = history.last.revisions
    usual = usual_maximum([run.revisions for run in history.earlier if run.stored])
    if usual is not None and revisions > max(RESTLESS_FACTOR * usual, RESTLESS_REVISIONS):
        yield Finding(Cause.RESTLESS, f"{revisions} articles revised; usually at most {usual:.0f}")


# What is read: shares of the articles and addresses of each run


def no_credit(history: History) -> Iterator[Finding]:
    """Find unusually many articles without a dateline, a byline or an agency."""
    counts = [(max(0, run.stored - run.credited), run.stored) for run in history.completed]
    yield from _outbreak(
        Cause.NO_CREDIT, "articles name nobody as their source", counts, rise=COMMON_RISE
    )


def copies(history: History) -> Iterator[Finding]:
    """Find unusually many new articles whose story is known from elsewhere."""
    counts = [(run.copies, run.new_stories + run.copies) for run in history.completed]
    yield from _outbreak(Cause.COPIES, "new articles copy stored stories", counts, rise=COMMON_RISE)


def gaps(history: History) -> Iterator[Finding]:
    """Find fields that unusually many articles lack, or, if essential, all of the last ones."""
    for field in history.last.gaps:
        cause, description = f"gap_{field}", f"articles have no {field}"
        counts = [(run.gaps.get(field, 0), run.stored) for run in history.completed]
        streak = hit_streak(counts)
        if field in ESSENTIAL_FIELDS and streak >= ESSENTIAL_GAP_STREAK:
            yield Finding(cause, f"all of the last {streak} {description}")
        yield from _outbreak(cause, description, counts)


def warnings(history: History) -> Iterator[Finding]:
    """Find warnings that unusually many articles have: with "drift/body", say, selectors and
    generic extraction disagree."""
    for warning in history.last.warnings:
        counts = [(run.warnings.get(warning, 0), run.stored) for run in history.completed]
        yield from _outbreak(warning, f"articles are in doubt ({warning})", counts)


def failures(history: History) -> Iterator[Finding]:
    """Find causes for which unusually many announced pages could not be read. Feeds, sitemaps and
    listings are left to `discovery_failed`."""
    for cause in history.last.failures:
        counts = [
            (max(0, run.failures.get(cause, 0) - run.discovery_failed), max(run.found, run.fetched))
            for run in history.completed
        ]
        description = f"announced pages failed ({cause})"
        yield from _outbreak(cause, description, counts, min_hits=FAILED_PAGES)


def _outbreak(
    cause: str,
    description: str,
    counts: Sequence[tuple[int, int]],
    *,
    rise: float = RARE_RISE,
    min_hits: int = 1,
) -> Iterator[Finding]:
    """Yield a finding when a share has become unusual for the outlet.

    counts: (hits, total) of each completed run, newest first; `description` says what the hits are.
    """
    if outbreak := detect_outbreak(counts, rise=rise, min_hits=min_hits):
        yield Finding(
            cause,
            f"{outbreak.hits} of the last {outbreak.total} {description};"
            f" usually {outbreak.usual:.0%}",
        )


SCHEDULE_MONITORS: tuple[Monitor, ...] = (interrupted, overdue)
RUN_MONITORS: tuple[Monitor, ...] = (
    refused,
    nothing_read,
    nothing_new_read,
    nothing_new,
    discovery_failed,
    no_article_address,
    off_pattern,
    flood,
    restless,
    no_credit,
    copies,
    error,
    store_down,
    backlog,
    gaps,
    warnings,
    failures,
)
"""In the order in which their findings are reported."""
