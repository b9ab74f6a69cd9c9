"""The history that an outlet is judged by: its everyday runs of the last four weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from crawler.storage import Run

# Four of each weekday: an outlet that rests on Fridays has rested before.
WINDOW = timedelta(days=28)
# Pages of which not one could be read: fewer may be one broken page that is tried again and again.
MIN_PAGES_TRIED = 5
# A run without an end that began so long ago is no longer running.
STUCK_AFTER = timedelta(days=1)

# Runs that ended by themselves, whatever came of them; a signal or a crash says nothing of the
# outlet.
_COMPLETED = frozenset({"done", "degraded", "failed", "refused", "error", "store_down"})


@dataclass(frozen=True, slots=True)
class History:
    """The everyday runs of one outlet, newest first, without date ranges and single addresses.

    attempts: all runs of the four weeks up to the newest one. completed: the attempts that ended
    by themselves. now: the instant of the judgement, aware; None right after a run, when nothing
    can be said of runs that did not come.
    """

    attempts: tuple[Run, ...]
    completed: tuple[Run, ...]
    now: datetime | None = None

    @classmethod
    def of(cls, runs: Sequence[Run], *, now: datetime | None = None) -> "History":
        """Return the history in `runs`, which stand newest first."""
        everyday = [run for run in runs if run.scope == "all"]
        attempts = tuple(run for run in everyday if run.started > everyday[0].started - WINDOW)
        completed = tuple(run for run in attempts if run.finished and run.status in _COMPLETED)
        return cls(attempts, completed, now)

    @property
    def last(self) -> Run:
        """The newest completed run. Raises IndexError when no run was completed."""
        return self.completed[0]

    @property
    def earlier(self) -> tuple[Run, ...]:
        """The completed runs before the last one."""
        return self.completed[1:]


def is_barren(run: Run) -> bool:
    """Return True if `run` read nothing: no feed, sitemap or listing, none of five or more pages,
    or nothing of an outlet of which no announced page has been read before either."""
    # Runs from before `discovered` was kept have only `found`.
    if not run.discovered and not run.found:
        return True
    if run.stored or run.unmodified:
        return False
    if not run.has_read:
        return bool(run.put_off or run.failures)
    tried = max(run.found - run.known - run.left, run.fetched)
    return tried >= MIN_PAGES_TRIED and bool(run.failures)


def barren_streak(history: History) -> int:
    """Return how many completed runs in a row, up to the last one, read nothing."""
    return len(list(takewhile(is_barren, history.completed)))


def unread_runs(history: History) -> tuple[Run, ...]:
    """Return the newest completed runs in a row, newest first, that met new articles and could read
    none. A run that met nothing new proves nothing, and one page may fail again and again."""
    runs = [run for run in history.completed if run.first_visits]
    return tuple(takewhile(lambda run: run.first_failures >= run.first_visits, runs))


def interrupted_streak(history: History) -> tuple[Run, ...]:
    """Return the attempts in a row, from the newest on, that a signal or a crash ended.

    The newest attempt is left out while it may still be running.
    """
    ended = history.attempts
    if ended and ended[0].status == "running" and not _is_stuck(ended[0], history.now):
        ended = ended[1:]
    return tuple(takewhile(_is_interrupted, ended))


def _is_stuck(run: Run, now: datetime | None) -> bool:
    return now is not None and now - run.started > STUCK_AFTER


def _is_interrupted(run: Run) -> bool:
    return run.finished is None or run.status == "interrupted"
