"""When an address is looked at again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.causes import Cause
from crawler.discovery import Link
from crawler.frontier import (
    Pace,
    TrackedUrl,
    UrlKind,
    announced,
    checked,
    failed,
    has_credible_due,
    is_for_another_reader,
    set_aside,
    with_credible_instants,
    without_news,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
PACE = Pace(revisit=HOUR, retry=HOUR / 2)
URL = "https://waha.example/1"
NEW = TrackedUrl(outlet="waha", kind="article", address=URL, url=URL, found=NOON, due=NOON)


def looks_at(tracked: TrackedUrl, published: datetime | None = None) -> list[float]:
    """The hours after noon at which `tracked` is checked, if each check finds it and it never
    changes."""
    hours = []
    while tracked.due is not None:
        now = tracked.due
        hours.append((now - NOON) / HOUR)
        tracked = checked(tracked, now, PACE, changed=False, published=published)
    return hours


def test_an_article_is_looked_at_ever_more_rarely_for_two_weeks() -> None:
    assert looks_at(NEW) == [0, 1, 3, 9, 27, 81, 243]


def test_without_a_pause_an_article_is_due_in_every_run_of_its_first_two_weeks() -> None:
    pace = replace(PACE, revisit=timedelta(0))
    assert checked(NEW, NOON + HOUR, pace, changed=False).due == NOON + HOUR
    assert checked(NEW, NOON + timedelta(days=15), pace, changed=False).due is None


def test_one_that_was_old_when_it_was_found_is_read_once() -> None:
    assert looks_at(NEW, published=NOON - timedelta(days=400)) == [0]


def test_a_date_in_the_future_is_not_waited_for() -> None:
    assert looks_at(NEW, published=NOON + timedelta(days=400)) == looks_at(NEW)


def test_a_document_has_no_time_of_its_own() -> None:
    assert checked(replace(NEW, kind="document"), NOON, PACE, changed=True).due is None


@pytest.mark.parametrize(
    ("cause", "hours"),
    [
        (Cause.HTTP_404, [0, 0.5, 2.5]),
        (Cause.ROBOTS_UNREACHABLE, [0, 0.5, 2.5, 10.5, 42.5, 170.5, 506.5]),
        (Cause.NOT_ARTICLE_LISTING, [0, 0.5, 2.5]),
        (Cause.TIMEOUT, [0, 0.5, 2.5, 10.5, 42.5, 170.5, 506.5]),
    ],
)
def test_what_could_not_be_read_is_tried_ever_more_rarely_and_given_up(
    cause: Cause, hours: list[float]
) -> None:
    tracked, tried = NEW, []
    while tracked.due is not None:
        now = tracked.due
        tried.append((now - NOON) / HOUR)
        tracked = failed(tracked, now, PACE, cause)
    assert tried == hours
    assert not tracked.is_due(NOON + timedelta(days=999))


def test_a_look_that_succeeds_forgets_the_failures_before() -> None:
    tracked = checked(failed(NEW, NOON, PACE, Cause.HTTP_404), NOON + HOUR, PACE, changed=True)
    assert (tracked.tries, tracked.due) == (0, NOON + 3 * HOUR)


def test_an_announced_change_makes_an_article_due_at_once() -> None:
    read = checked(NEW, NOON, PACE, changed=True)
    link = Link(URL, changed="2026-03-01T12:10:00Z", headline="توسيع الميناء")
    tracked = announced(read, link, NOON + timedelta(minutes=10))
    assert tracked.is_due(NOON + timedelta(minutes=15))
    assert (tracked.changed, tracked.headline) == (link.changed, link.headline)


@pytest.mark.parametrize("changed", [None, NOON - HOUR])
def test_one_that_cannot_be_read_or_lies_before_the_last_look_does_not(
    changed: datetime | None,
) -> None:
    tracked = announced(checked(NEW, NOON, PACE, changed=True), Link(URL, changed="x"), changed)
    assert not tracked.is_due(NOON + timedelta(minutes=15))


def test_an_announcement_that_misled_is_not_believed_until_a_change_is_found() -> None:
    tracked = checked(NEW, NOON, PACE, changed=True)
    tracked = announced(tracked, Link(URL, changed="first"), NOON + timedelta(minutes=10))
    tracked = checked(tracked, NOON + timedelta(minutes=15), PACE, changed=False)
    tracked = announced(tracked, Link(URL, changed="second"), NOON + timedelta(minutes=20))
    assert not tracked.is_due(NOON + timedelta(minutes=25))


def test_the_same_announcement_again_changes_nothing() -> None:
    tracked = announced(NEW, Link(URL, changed="first"), None)
    assert announced(tracked, Link(URL, changed="first"), NOON + HOUR) == tracked


def test_the_first_announcer_stays() -> None:
    tracked = announced(NEW, Link(URL), None, "https://waha.example/feed.xml")
    tracked = announced(tracked, Link(URL), None, "https://waha.example/sitemap.xml")
    assert tracked.announcer == "https://waha.example/feed.xml"


def test_the_last_cause_stands_until_the_page_is_read() -> None:
    tracked = failed(failed(NEW, NOON, PACE, Cause.TIMEOUT), NOON, PACE, Cause.HTTP_404)
    assert tracked.last_cause == Cause.HTTP_404
    assert checked(tracked, NOON, PACE, changed=False).last_cause is None
    assert set_aside(NEW).last_cause == Cause.OUTSIDE_SPAN


def test_one_timeout_gives_up_no_old_address() -> None:
    tracked = failed(NEW, NOON + timedelta(days=15), PACE, Cause.TIMEOUT)
    assert tracked.due == NOON + timedelta(days=15, minutes=30)


def test_what_was_given_up_is_tried_once_more_when_it_is_said_to_have_changed() -> None:
    tracked = NEW
    while tracked.due is not None:
        tracked = failed(tracked, tracked.due, PACE, Cause.HTTP_404)
    tracked = announced(tracked, Link(URL, changed="first"), NOON + HOUR)
    assert tracked.is_due(NOON + HOUR)
    tracked = failed(tracked, NOON + HOUR, PACE, Cause.HTTP_404)
    assert not announced(tracked, Link(URL, changed="second"), NOON + 2 * HOUR).is_due(
        NOON + 2 * HOUR
    )


def test_tries_keep_their_pace_whatever_is_announced_meanwhile() -> None:
    tracked = failed(checked(NEW, NOON, PACE, changed=True), NOON + HOUR, PACE, Cause.TIMEOUT)
    tracked = announced(tracked, Link(URL, changed="first"), NOON + HOUR)
    assert not tracked.is_due(NOON + timedelta(minutes=65))


def test_an_announcement_that_says_less_takes_nothing_away() -> None:
    full = announced(
        NEW, Link(URL, published_raw="today", headline="توسيع الميناء", changed="first"), None
    )
    assert announced(full, Link(URL), None) == full


def test_the_worth_of_a_zone_is_that_of_the_last_announced_date() -> None:
    false = announced(NEW, Link(URL, published_raw="2026-03-01T12:00Z", wall_clock=True), None)
    assert false.wall_clock
    assert announced(false, Link(URL), None).wall_clock
    assert not announced(false, Link(URL, published_raw="2026-03-01T12:00Z"), None).wall_clock


def test_a_change_found_by_ourselves_lets_announcements_be_believed_again() -> None:
    tracked = announced(
        checked(NEW, NOON, PACE, changed=True), Link(URL, changed="first"), NOON + HOUR
    )
    tracked = checked(tracked, NOON + HOUR, PACE, changed=False)
    tracked = checked(tracked, NOON + 2 * HOUR, PACE, changed=True)
    assert announced(tracked, Link(URL, changed="second"), NOON + 3 * HOUR).is_due(NOON + 2 * HOUR)


def test_what_was_set_aside_is_due_whenever_it_is_announced_and_not_in_between() -> None:
    tracked = set_aside(NEW)
    assert tracked.due is None
    assert tracked.is_due(NOON)


def test_conditions_are_the_validators_as_sent_for_the_same_reading_and_of_a_feed_for_a_day() -> (
    None
):
    sent = {"If-None-Match": 'W/"1"', "If-Modified-Since": "Sun, 01 Mar 2026 12:00:00 GMT"}
    etag, modified = sent.values()
    tracked = replace(
        NEW, etag=etag, last_modified=modified, reader_version="a", validators_at=NOON
    )
    assert tracked.conditions("a", NOON + 24 * HOUR) == sent
    assert tracked.conditions("a", NOON + 25 * HOUR) == sent
    assert replace(tracked, kind="document").conditions("a", NOON + 24 * HOUR) == sent
    assert replace(tracked, kind="document").conditions("a", NOON + 25 * HOUR) == {}
    assert tracked.conditions("b", NOON) == {}
    assert NEW.conditions("a", NOON) == {}


def test_a_check_of_an_old_recording_changes_nothing() -> None:
    read = checked(NEW, NOON + 300 * HOUR, PACE, changed=True)
    assert checked(read, NOON, PACE, changed=True) == read
    assert failed(read, NOON, PACE, Cause.DNS) == read
    assert checked(read, NOON + 299.5 * HOUR, PACE, changed=True) != read  # clocks differ a little


@pytest.mark.parametrize("kind", ["article", "document"])
def test_a_check_by_a_clock_that_was_ahead_is_made_again(kind: UrlKind) -> None:
    ahead = NOON + 24 * 365 * HOUR
    read = replace(
        NEW, kind=kind, due=None, checked_at=ahead, validators_at=ahead, digest="as it was"
    )
    mended = with_credible_instants(read, NOON)
    assert mended.is_due(NOON)
    assert mended.checked_at == NOON - HOUR
    assert (mended.validators_at, mended.digest) == (None, None)
    assert with_credible_instants(mended, NOON) == mended


def test_a_restless_outlet_s_articles_wait_longer_and_are_not_lost() -> None:
    wide = replace(PACE, widening=4)
    read = checked(NEW, NOON, wide, changed=True)
    assert read.due == NOON + 4 * HOUR
    late = checked(NEW, NOON + 100 * HOUR, wide, changed=True)
    assert late.due == NOON + 336 * HOUR, "two weeks old"
    link = Link(URL, changed="2026-03-01T13:00:00Z")
    changed = NOON + HOUR
    old = replace(read, due=None)
    assert announced(old, link, changed).due == NOON
    assert announced(old, link, changed, pace=PACE).due == NOON
    assert announced(old, link, changed, pace=wide).due == NOON + 4 * HOUR
    assert announced(replace(read, due=NOON + HOUR), link, changed, pace=wide).due == NOON + HOUR


@pytest.mark.parametrize("cause", [Cause.NOT_ARTICLE_SITE_PAGE, Cause.EXCLUDED])
def test_what_is_no_news_is_checked_again_after_ninety_days(cause: Cause) -> None:
    read = replace(NEW, etag='"1"', digest="a", validators_at=NOON, reader_version="old")
    tracked = without_news(read, NOON, cause, "new")
    assert tracked.due == NOON + timedelta(days=90)
    assert (tracked.last_cause, tracked.tries, tracked.reader_version) == (cause, 1, "new")
    assert tracked.conditions("new", NOON) == {}
    # Neither an announcement nor the check of clocks wakes it.
    later = NOON + timedelta(days=20)
    assert announced(tracked, Link(URL), later, URL).due == tracked.due
    assert has_credible_due(tracked, NOON)
    assert not has_credible_due(replace(tracked, due=NOON + timedelta(days=91)), NOON)
    assert not has_credible_due(replace(tracked, last_cause=Cause.TIMEOUT), NOON)
    # The first date of publication does where the page says that it is no article.
    dated = announced(tracked, Link(URL, published_raw="2026-03-21"), None, URL)
    assert dated.is_due(later) is (cause is Cause.NOT_ARTICLE_SITE_PAGE)
    again = without_news(dated, later, cause, "new")
    assert not announced(again, Link(URL, published_raw="2026-03-22"), None, URL).is_due(later)
    # So does another reader.
    assert not is_for_another_reader(tracked, "new")
    assert is_for_another_reader(tracked, "newer")
    assert not is_for_another_reader(read, "newer")
    # A recording from before the last check changes nothing.
    checked_at_noon = checked(NEW, NOON, PACE, changed=True)
    assert without_news(checked_at_noon, NOON - 2 * HOUR, cause, "new") == checked_at_noon
