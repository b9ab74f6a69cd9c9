"""The numbers of days as stores keep them, and counting afresh those that have changed.

A store marks a day stale with whatever changes a story of it, and keeps the older numbers until the
day is counted again.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from crawler.storage.protocol import TallyStore
from crawler.stories.tallies import AgencyTally, OutletTally, Tally

RECOUNT_AFTER = timedelta(minutes=10)
"""A day that changes all the time is not counted more often by the ends of crawls."""

_REMEMBERED = 64
"""Days whose numbers are not read again from their text: a chart shows a month, which takes 75 ms
to read in a large store. Each takes some hundred kilobytes."""


def tally_to_json(tally: Tally) -> str:
    """Return `tally` as one line of JSON; equal numbers give equal lines. (In MongoDB it is text
    too: data chose its keys.)"""
    return json.dumps(
        tally, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_values
    )


@lru_cache(maxsize=_REMEMBERED)
def tally_from_json(line: str) -> Tally:
    """Return the numbers in a line of `tally_to_json`. Others get the same object for the same
    line, so it must not be changed."""
    values = json.loads(line)
    return Tally(
        values["stories"],
        values["copies"],
        Counter(values["languages"]),
        Counter(values["agencies"]),
        {name: _outlet(outlet) for name, outlet in values["outlets"].items()},
    )


def outlet_from_json(outlet: str, line: str | None) -> Tally:
    """Return numbers of `outlet` alone, from the part of a line of `tally_to_json` that tells of
    it; no numbers, if there is none."""
    return Tally() if line is None else Tally(outlets={outlet: _outlet(json.loads(line))})


def only_outlet(outlet: str, line: str) -> Tally:
    """Return the numbers of `outlet` alone in a line of `tally_to_json`."""
    values = json.loads(line)["outlets"].get(outlet)
    return Tally() if values is None else Tally(outlets={outlet: _outlet(values)})


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Return the first instant of a day in UTC, and the last whole millisecond."""
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return start, start + timedelta(days=1, milliseconds=-1)


async def recount_stale(
    store: TallyStore,
    *,
    seconds: float | None = None,
    after: timedelta = timedelta(),
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Count stale days afresh, the newest first; return how many.

    seconds: begin none after that time. after: leave those that were counted less than that ago.
    progress: called with the number of days that were just counted.
    """
    started = time.monotonic()
    now = datetime.now(UTC)
    counted = 0
    for stale in await store.stale_days():
        if seconds is not None and time.monotonic() - started >= seconds:
            break
        # An instant that lies ahead was told by another clock.
        if stale.counted_at is not None and timedelta() <= now - stale.counted_at < after:
            continue
        await store.recount(stale.day)
        counted += 1
        progress(1)
    return counted


def _values(tally: Tally | OutletTally | AgencyTally) -> dict[str, Any]:
    return {field.name: getattr(tally, field.name) for field in fields(tally)}


def _outlet(values: Mapping[str, Any]) -> OutletTally:
    agencies = {
        name: AgencyTally(agency["copies"], _by_number(agency["minutes"]))
        for name, agency in values["agencies"].items()
    }
    return OutletTally(
        values["articles"],
        values["stories"],
        values["first"],
        Counter(values["languages"]),
        agencies,
        _by_number(values["minutes"]),
        Counter(values["gaps"]),
        _by_number(values["hours"]),
    )


def _by_number(counts: Mapping[str, int]) -> Counter[int]:
    return Counter({int(number): count for number, count in counts.items()})
