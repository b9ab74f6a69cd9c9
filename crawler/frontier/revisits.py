"""When an address is looked at again.

- A read article is looked at once more after `Pace.revisit`, and then each time when it is three
  times as old as at the last look, until it is two weeks old: corrections come early. One that was
  old when it was found, as in an archive, is not.
- One that could not be read is tried again after `Pace.retry`, and then after four times as long
  each time; one that is gone or is no article three times in all, any other for two weeks and three
  times at least. One that was given up is tried once more when an announcement says that it
  changed.
- An announcement that an article changed since it was read makes it due at once, unless the last
  one like it misled: some sitemaps give every page the time of their own making.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler.causes import Cause
from crawler.discovery.announced import Link
from crawler.frontier.tracked_url import TrackedUrl

GIVE_UP_AFTER = timedelta(days=14)

GONE = frozenset(
    {
        Cause.HTTP_404,
        Cause.HTTP_410,
        Cause.NOT_ARTICLE,
        Cause.EMPTY,
        Cause.SCHEME,
        Cause.OFFSITE,
    }
)
"""Causes that hardly ever pass, without what stands behind a slash."""

LEAST_TRIES = 3

_WIDER = 2  # times its age until an article is looked at again: at 1, 3, 9, 27, 81, 243 hours
_LONGER = 4


@dataclass(frozen=True, slots=True)
class Pace:
    """revisit: how long after its publication an article is looked at again at the earliest; 0: in
    every run, for two weeks. retry: how long after a first failure; 0: in every run."""

    revisit: timedelta
    retry: timedelta


def announced(tracked: TrackedUrl, link: Link, changed: datetime | None) -> TrackedUrl:
    """`tracked` after another announcement of it. `changed`: when that says it changed, where it can
    be read."""
    new = replace(
        tracked,
        published_raw=link.published_raw or tracked.published_raw,
        changed=link.changed or tracked.changed,
        headline=link.headline or tracked.headline,
    )
    if changed is None or new.changed == tracked.changed or tracked.hints_unreliable:
        return new
    # Tries that go on keep their pace.
    given_up = tracked.due is None and tracked.tries > 0
    read = tracked.checked_at is not None and tracked.checked_at < changed and not tracked.tries
    return (
        replace(new, due=tracked.checked_at or tracked.found, change_announced=True)
        if read or given_up
        else new
    )


def checked(
    tracked: TrackedUrl,
    now: datetime,
    pace: Pace,
    *,
    changed: bool,
    published: datetime | None = None,
) -> TrackedUrl:
    """`tracked` after an answer that could be read, or that was the one before (`changed` False).

    published: of the article; without it, or when it lies in the future, its age counts from when
    it was found.
    """
    age = now - min(published or tracked.found, tracked.found)
    wait = max(pace.revisit, _WIDER * age) if pace.revisit else pace.revisit
    return replace(
        tracked,
        checked_at=now,
        tries=0,
        due=now + wait if tracked.kind == "article" and age + wait <= GIVE_UP_AFTER else None,
        change_announced=False,
        hints_unreliable=not changed and (tracked.change_announced or tracked.hints_unreliable),
    )


def failed(tracked: TrackedUrl, now: datetime, pace: Pace, cause: Cause) -> TrackedUrl:
    """`tracked` after a look that brought nothing, for `cause`."""
    tries = tracked.tries + 1
    old = now - tracked.found > GIVE_UP_AFTER
    given_up = tries >= LEAST_TRIES and (old or cause.partition("/")[0] in GONE)
    wait = min(pace.retry * _LONGER ** (tries - 1), GIVE_UP_AFTER)
    hints_unreliable = tracked.change_announced or tracked.hints_unreliable
    return replace(
        tracked,
        tries=tries,
        due=None if given_up else now + wait,
        change_announced=False,
        hints_unreliable=hints_unreliable,
    )


def set_aside(tracked: TrackedUrl) -> TrackedUrl:
    """`tracked` that was read and is not wanted now, such as one outside a span of days: as if never
    looked at."""
    return replace(tracked, due=None, checked_at=None, tries=0)
