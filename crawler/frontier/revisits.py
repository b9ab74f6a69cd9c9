"""When an address is checked again.

- An article that was read is checked once more after `Pace.revisit`, and then each time it is three
  times as old as at the last check, until it is two weeks old: corrections come early. An article
  that was old when it was found, as in an archive, is not checked again.
- An address that could not be read is tried again after `Pace.retry`, and then after four times as
  long each time: three times in all if it is gone or holds no article, else for two weeks and three
  times at least. One that was given up is tried once more when an announcement says that it
  changed.
- An address that brought no news of the outlet (`NO_NEWS`: the page says itself that it is no
  article, or its section is excluded) is not asked for again for 90 days, whatever change is
  announced, unless another version of the reader meets it, or the first date of publication is
  announced for a page that says that it is no article.
- An address that redirects to an article asked for in the same run becomes its alias. Behind a
  permanent redirect it is not checked again, behind another one as often as an article.
- An instant more than an hour ahead of the machine's clock is not believed (`crawler.clock`): what
  was checked then is checked again. A check that was made before the last one, as in a recording,
  changes nothing.
- An announcement that an article changed since it was read makes it due at once, unless the last
  such announcement was wrong: some sitemaps give every page the time of their own making.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler.causes import Cause
from crawler.clock import MAX_AHEAD, discount_future, is_ahead
from crawler.discovery.announcement import Link
from crawler.frontier.tracked_url import TrackedUrl

MAX_AGE = timedelta(days=14)
"""Age of an article or an address from which on it is not checked again."""

GONE = frozenset(
    {
        Cause.HTTP_404,
        Cause.HTTP_410,
        Cause.NOT_ARTICLE,
        Cause.EMPTY,
        Cause.SCHEME,
        Cause.OFFSITE,
        Cause.URL_TOO_LONG,
    }
)
"""Causes that hardly ever pass, without their detail behind a slash."""

NO_NEWS = frozenset({Cause.NOT_ARTICLE_SITE_PAGE, Cause.EXCLUDED})
"""Causes that only another reader, or another declaration, takes back."""

NO_NEWS_PAUSE = timedelta(days=90)
"""How long an address that brought no news is not checked again."""

MIN_TRIES = 3

_CHECK_FACTOR = 2  # times its age until the next check: at 1, 3, 9, 27, 81 and 243 hours
_RETRY_FACTOR = 4


@dataclass(frozen=True, slots=True)
class Pace:
    """How soon addresses are checked again.

    revisit: from the publication of an article to its second check, at least; 0: in every run, for
    two weeks. retry: from a first failure to the next try; 0: in every run. widening: how many
    times longer than usual an article waits for its next check; more than 1 while the outlet's
    pages change at every look. Then what announces a change waits `widening` times `revisit`, too.
    """

    revisit: timedelta
    retry: timedelta
    widening: int = 1


def has_credible_due(tracked: TrackedUrl, clock: datetime) -> bool:
    """Return True if `tracked.due` may have been set by a clock that was right.

    clock: the present time of this machine. An article is due at once when it is announced, and at
    most `MAX_AGE` after it was last checked or tried; `NO_NEWS_PAUSE` after it brought no news.
    """
    if tracked.due is None or not is_ahead(tracked.due, clock):
        return True
    longest_wait = NO_NEWS_PAUSE if tracked.last_cause in NO_NEWS else MAX_AGE
    if is_ahead(tracked.due, clock + longest_wait) or is_ahead(tracked.found, clock):
        return False
    if tracked.checked_at is not None:
        return not is_ahead(tracked.checked_at, clock)
    return tracked.tries > 0


def with_credible_instants(tracked: TrackedUrl, clock: datetime) -> TrackedUrl:
    """Return `tracked` as if it had been looked at an hour ago, and due since, where its instants
    cannot be believed. clock: the present time of this machine.

    After a check by a clock that was ahead it is read anew though it is unchanged: links that it
    led to were checked by the same clock, and may wait for an announcement to be due again.
    """
    checked_ahead = tracked.checked_at is not None and is_ahead(tracked.checked_at, clock)
    due = tracked.due
    if checked_ahead or not has_credible_due(tracked, clock):
        due = clock - MAX_AHEAD
    validators_at = tracked.validators_at
    if validators_at is not None and is_ahead(validators_at, clock):
        validators_at = None
    return replace(
        tracked,
        found=discount_future(tracked.found, clock),
        due=due,
        checked_at=tracked.checked_at and discount_future(tracked.checked_at, clock),
        validators_at=validators_at,
        digest=None if checked_ahead else tracked.digest,
    )


def merged(tracked: TrackedUrl, known: TrackedUrl | None, address: str) -> TrackedUrl:
    """Return `tracked` at another address, with what is known of that address already."""
    if known is None:
        return replace(tracked, address=address)
    due = min((each.due for each in (tracked, known) if each.due is not None), default=None)
    return replace(known, found=min(tracked.found, known.found), due=due)


def is_outdated(tracked: TrackedUrl, now: datetime) -> bool:
    """Return True if `now`, the instant of a recording, lies before the last check of `tracked`."""
    return tracked.checked_at is not None and is_ahead(tracked.checked_at, now)


def announced(
    tracked: TrackedUrl,
    link: Link,
    changed: datetime | None,
    announcer: str | None = None,
    *,
    pace: Pace | None = None,
) -> TrackedUrl:
    """Return `tracked` after `link` has announced it again.

    changed: when it changed, as the announcement says, if that can be read. announcer: the URL of
    the document with the link. pace: of the outlet; without it, an article whose change is
    announced is due at once.
    """
    updated = replace(
        tracked,
        announcer=tracked.announcer or announcer,
        published_raw=link.published_raw or tracked.published_raw,
        wall_clock=link.wall_clock if link.published_raw else tracked.wall_clock,
        changed=link.changed or tracked.changed,
        headline=link.headline or tracked.headline,
    )
    is_dated_now = updated.published_raw is not None and tracked.published_raw is None
    if tracked.last_cause == Cause.NOT_ARTICLE_SITE_PAGE and is_dated_now:
        return replace(updated, due=tracked.found)  # articles only are announced with their dates
    if changed is None or updated.changed == tracked.changed or tracked.hints_unreliable:
        return updated
    if tracked.tries:
        needs_check = tracked.due is None  # given up; tries that go on keep their pace
    else:
        needs_check = tracked.checked_at is not None and tracked.checked_at < changed
    if not needs_check:
        return updated
    due = tracked.checked_at or tracked.found
    if pace is not None and pace.widening > 1 and tracked.checked_at is not None:
        due += pace.widening * pace.revisit
        if tracked.due is not None:
            due = min(due, tracked.due)
    return replace(updated, due=due, change_announced=True)


def checked(
    tracked: TrackedUrl,
    now: datetime,
    pace: Pace,
    *,
    changed: bool,
    published: datetime | None = None,
) -> TrackedUrl:
    """Return `tracked` after a check that brought an answer which could be read.

    changed: False if the answer was the one before. published: when the article was published;
    without it, or if it lies in the future, the age counts from when the address was found.
    """
    if is_outdated(tracked, now):
        return tracked
    hinted_in_vain = tracked.change_announced or tracked.hints_unreliable
    return replace(
        tracked,
        checked_at=now,
        tries=0,
        last_cause=None,
        due=_next_check(tracked, now, pace, published),
        change_announced=False,
        hints_unreliable=not changed and hinted_in_vain,
        alias_of=None,
    )


def aliased(
    tracked: TrackedUrl, address: str, now: datetime, pace: Pace, *, permanent: bool
) -> TrackedUrl:
    """Return `tracked` after a check that led by a redirect to the article at `address`.

    permanent: True if the redirect is permanent; the alias is not checked again then, unless an
    announcement says that it changed.
    """
    if is_outdated(tracked, now):
        return tracked
    alias = checked(tracked, now, pace, changed=False)
    return replace(alias, alias_of=address, due=None if permanent else alias.due)


def failed(tracked: TrackedUrl, now: datetime, pace: Pace, cause: Cause) -> TrackedUrl:
    """Return `tracked` after a check that brought nothing, because of `cause`."""
    if is_outdated(tracked, now):
        return tracked
    tries = tracked.tries + 1
    is_old = now - tracked.found > MAX_AGE
    is_gone = cause.partition("/")[0] in GONE
    given_up = tries >= MIN_TRIES and (is_old or is_gone)
    wait = min(pace.retry * _RETRY_FACTOR ** (tries - 1), MAX_AGE)
    return replace(
        tracked,
        tries=tries,
        last_cause=cause,
        due=None if given_up else now + wait,
        change_announced=False,
        hints_unreliable=tracked.change_announced or tracked.hints_unreliable,
        alias_of=None,
    )


def without_news(
    tracked: TrackedUrl, now: datetime, cause: Cause, reader_version: str
) -> TrackedUrl:
    """Return `tracked` after a check that brought no news of the outlet, because of `cause`, one of
    `NO_NEWS`. reader_version: of the reader that says so."""
    if is_outdated(tracked, now):
        return tracked
    return replace(
        tracked,
        tries=tracked.tries + 1,
        last_cause=cause,
        due=now + NO_NEWS_PAUSE,
        change_announced=False,
        alias_of=None,
        etag=None,
        last_modified=None,
        validators_at=None,
        digest=None,
        reader_version=reader_version,
    )


def is_for_another_reader(tracked: TrackedUrl, reader_version: str) -> bool:
    """Return True if the address brought no news, but by the word of another reader."""
    return tracked.last_cause in NO_NEWS and tracked.reader_version != reader_version


def set_aside(tracked: TrackedUrl) -> TrackedUrl:
    """Return `tracked` as if it had never been checked: its article was read and is not wanted now,
    because it lies outside the span of days that the crawl was asked for."""
    return replace(tracked, due=None, checked_at=None, tries=0, last_cause=Cause.OUTSIDE_SPAN)


def _next_check(
    tracked: TrackedUrl, now: datetime, pace: Pace, published: datetime | None
) -> datetime | None:
    if tracked.kind != "article":
        return None
    age = now - min(published or tracked.found, tracked.found)
    wait = max(pace.revisit, _CHECK_FACTOR * age) if pace.revisit else timedelta(0)
    if age + wait > MAX_AGE:
        return None
    return now + min(pace.widening * wait, MAX_AGE - age)
