"""When an outlet is due: the rule of `scrapy crawlall --due`, whoever calls it and however often.
Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.storage import Run

RUNS_READ = 12
"""How many runs of an outlet the rule reads at most: doubled so often, any pause is the longest."""

# Runs that did not do their work: the outlet is due at once. Of a running one, its lease keeps
# others away.
_CUT_SHORT = frozenset({"running", "interrupted", "store_down"})


@dataclass(frozen=True, slots=True)
class Pauses:
    """How long an outlet is left alone.

    after_news: from the start of a run that found news to the next run; doubled for each run in a
    row without news. longest: where the doubling ends. after_refusal: from the end of a run that
    the site refused.
    """

    after_news: timedelta
    longest: timedelta
    after_refusal: timedelta


def due_at(runs: Sequence[Run], pauses: Pauses) -> datetime | None:
    """Return when an outlet is due by its `runs`, newest first; None: at once, as one that was
    never crawled, or whose last run was cut short."""
    everyday = [run for run in runs if run.scope == "all"]
    if not everyday or everyday[0].status in _CUT_SHORT:
        return None
    last = everyday[0]
    if last.status == "refused":
        return (last.finished or last.started) + pauses.after_refusal
    pause = pauses.after_news
    for run in everyday:
        if run.new_stories + run.copies + run.revisions or pause >= pauses.longest:
            break
        pause *= 2
    return last.started + min(pause, pauses.longest)
