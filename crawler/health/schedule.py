"""When an outlet is due: what `scrapy crawlall --due` goes by, whoever calls it and however often.
Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.storage import Run

RUNS = 12
"""How many of an outlet's runs have to be known: doubled so often, any pause has reached its
longest."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """every: from the start of a run that found news to the next. most: the longest pause, reached
    by doubling it with each run that found none. refused: how long a site that refused is left
    alone."""

    every: timedelta
    most: timedelta
    refused: timedelta


def due_at(runs: Sequence[Run], rhythm: Rhythm) -> datetime | None:
    """When an outlet is due whose last runs, newest first, were `runs`; None: at once.

    So are an outlet that was never crawled and one whose last run was interrupted or missed its
    store. One that is being crawled has a lease that keeps others away.
    """
    everyday = [run for run in runs if run.scope == "all"]
    if not everyday or everyday[0].status in ("running", "interrupted", "store_down"):
        return None
    last = everyday[0]
    if last.status == "refused":
        return (last.finished or last.started) + rhythm.refused
    pause = rhythm.every
    for run in everyday:
        if run.new_stories + run.copies + run.revisions or pause >= rhythm.most:
            break
        pause *= 2
    return last.started + min(pause, rhythm.most)
