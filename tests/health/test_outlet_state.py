"""An outlet's state by made-up histories: each planted fault is named and nothing else is; no
rhythm alarms."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.causes import Cause
from crawler.health.outlet_state import Health, judge, revisit_widening
from crawler.storage import Run
from tests.health.life import DAY, Outlet, changed, of_all, of_nothing

HOUR = timedelta(hours=1)
Change = Callable[[Run], Run]


def health(outlet: Outlet, **values: object) -> Health:
    return judge("sahifa", outlet.runs, **values)  # type: ignore[arg-type]


def causes(judged: Health) -> set[str]:
    return {reason.cause for reason in judged.reasons}


@pytest.fixture
def outlet() -> Outlet:
    """Three weeks of an everyday outlet."""
    return Outlet().live(21)


# No alarm


lives = st.builds(
    Outlet,
    every=st.sampled_from([timedelta(minutes=20), HOUR, 6 * HOUR, DAY]),
    rate=st.floats(0.2, 15),
    night=st.integers(0, 9),
    rest=st.frozensets(st.integers(0, 6), max_size=2),
    announced=st.integers(10, 200),
    documents=st.integers(1, 6),
    unmodified=st.floats(0, 1),
    undated=st.floats(0, 0.4),
    unsigned=st.floats(0, 1),
    copied=st.floats(0, 0.9),
    drifting=st.floats(0, 0.4),
    gone=st.floats(0, 0.1),
    feed_fails=st.just(0.0),
    seed=st.integers(0, 2**32),
)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(lives, st.data())
def test_a_stable_outlet_never_alarms_whatever_its_rhythm(
    outlet: Outlet, data: st.DataObject
) -> None:
    outlet.live(28)
    for _ in range(20):
        cut = data.draw(st.integers(0, len(outlet.runs) - 1))
        judged = judge(
            "sahifa", outlet.runs[cut:], now=outlet.runs[cut].started + timedelta(minutes=5)
        )
        assert not judged.alarming, judged
        assert causes(judged) <= {"nothing_new"}


def test_a_friday_off_is_quiet_at_most() -> None:
    outlet = Outlet(rest=frozenset({4}), feed_fails=0).live(18)  # its third Friday is over
    states = set()
    while outlet.now.weekday() != 6:
        outlet.crawl()
        states.add(health(outlet).state)
    assert states <= {"healthy", "quiet"}


def test_a_holiday_is_quiet_before_it_alarms() -> None:
    outlet = Outlet(rest=frozenset({4}), feed_fails=0).live(21)
    outlet.rate = 0
    states = {}
    while not (judged := health(outlet)).alarming:
        states[judged.state] = outlet.now
        outlet.crawl()
    assert set(states) == {"healthy", "quiet"}
    assert causes(judged) == {"nothing_new"}
    assert (
        timedelta(days=2)
        < outlet.now - outlet.runs[-1].started - timedelta(days=21)
        < timedelta(days=4)
    )


# Each fault, and nothing else


@pytest.mark.parametrize(
    ("fault", "runs", "cause", "state"),
    [
        (of_all(gaps={"date": 6}), 1, "gap_date", "degraded"),
        (of_all(gaps={"body": 6}), 1, "gap_body", "degraded"),
        (of_all(gaps={"headline": 6}), 1, "gap_headline", "degraded"),
        (of_all(gaps={"body": 3}), 3, "gap_body", "degraded"),
        (of_all(warnings={"drift/body": 6}), 2, "drift/body", "degraded"),
        (of_all(credited=0), 3, "no_credit", "degraded"),
        (of_all(new_stories=0, copies=6), 3, "copies", "degraded"),
        (of_all(failures={"timeout": 12}, found=40), 1, "timeout", "degraded"),
        (
            of_all(failures={"http_403": 5}, fetched=5, new_stories=0, credited=0),
            1,
            "http_403",
            "degraded",
        ),
        (of_all(failures={"challenge": 6}, new_stories=0, credited=0), 1, "challenge", "degraded"),
        (of_all(failures={"challenge": 6}, new_stories=0, credited=0), 2, "challenge", "failed"),
        (
            of_all(failures={"not_article/empty": 9}, new_stories=0, credited=0),
            2,
            "not_article/empty",
            "failed",
        ),
        (
            of_all(discovered=2, discovery_failed=1, failures={"http_404": 1}),
            2,
            "discovery_failed",
            "degraded",
        ),
        (of_all(found=400, known=400), 1, "flood", "degraded"),
        (of_all(found=400, known=400), 50, "flood", "degraded"),
        (of_all(revisions=40, credited=46), 1, "restless", "degraded"),
        (of_all(found=5, known=5, off_pattern=35), 1, "off_pattern", "degraded"),
        (
            of_all(discovered=2, discovery_failed=1, failures={"no_article_address": 1}),
            1,
            "off_pattern",
            "degraded",
        ),
        (of_nothing(), 1, "nothing_found", "degraded"),
        (of_nothing(), 2, "nothing_found", "failed"),
        (
            of_nothing(discovery_failed=3, failures={"dns": 3}, status="failed"),
            2,
            "dns",
            "failed",
        ),
        (
            of_nothing(discovery_failed=3, failures={"robots": 3}, status="refused"),
            1,
            "robots",
            "refused",
        ),
        (of_all(failures={"http_429": 2}, status="refused"), 1, "http_429", "refused"),
        (of_all(status="error"), 1, "error", "degraded"),
        (of_all(status="store_down"), 1, "store_down", "degraded"),
        (of_all(status="interrupted"), 2, "interrupted", "degraded"),
    ],
)
def test_a_planted_fault_is_named_and_nothing_else(
    outlet: Outlet, fault: Change, runs: int, cause: str, state: str
) -> None:
    outlet.crawl(of_all())
    assert health(outlet) == Health("sahifa", "healthy")
    for _ in range(runs):
        outlet.crawl(fault)
    judged = health(outlet)
    assert (causes(judged), judged.state) == ({cause}, state)
    outlet.crawl(of_all())
    assert health(outlet) == Health("sahifa", "healthy"), "what recovers is healthy at once"


@pytest.mark.parametrize(
    "harmless",
    [
        of_all(gaps={"date": 1}),
        of_all(credited=0),
        of_all(new_stories=0, copies=6),
        of_all(2, failures={"http_404": 2}, new_stories=0, credited=0),
        of_all(discovered=2, discovery_failed=1, failures={"timeout": 1}),
        of_nothing(discovered=3),
        of_all(found=80, known=74),
        of_all(status="interrupted"),
        of_all(scope="span", found=5000, gaps={"date": 6}),
        of_all(scope="url", found=1, known=0, fetched=1, new_stories=0, failures={"http_404": 1}),
        of_all(status="already_running", discovered=0, found=0),
    ],
)
def test_one_of_these_among_good_runs_is_nothing(outlet: Outlet, harmless: Change) -> None:
    outlet.crawl(of_all())
    outlet.crawl(harmless)
    assert health(outlet) == Health("sahifa", "healthy")


def test_one_broken_page_that_is_tried_again_and_again_is_no_fault() -> None:
    small = Outlet(announced=3, feed_fails=0, gone=0).live(7)
    for _ in range(40):
        small.crawl(of_all(0, found=3, known=2, fetched=1, failures={"http_404": 1}))
    assert not health(small).alarming


def test_new_articles_that_all_fail_are_told_within_three_runs_that_had_some() -> None:
    small = Outlet(announced=30, feed_fails=0, gone=0).live(7)
    fault = of_all(
        1,
        fetched=4,  # older articles, looked at once more
        unmodified=4,
        new_stories=0,
        credited=0,
        first_visits=1,
        first_failures=1,
        failures={"http_404": 1},
    )
    states = []
    for _ in range(5):
        small.crawl(fault)
        small.crawl(of_nothing(discovered=3, found=30, known=30))  # nothing new, which is no proof
        states.append(health(small).state)
    assert states == ["healthy", "healthy", "degraded", "degraded", "failed"]
    assert causes(health(small)) == {"http_404"}
    small.crawl(of_all(1, first_visits=1))
    assert health(small) == Health("sahifa", "healthy")


def test_an_outlet_of_which_no_page_was_ever_read_has_failed_at_once() -> None:
    outlet = Outlet()
    gone = {"fetched": 0, "new_stories": 0, "credited": 0}
    outlet.crawl(of_all(3, **gone, found=3, known=0, failures={"http_404": 3}, status="failed"))
    assert (health(outlet).state, causes(health(outlet))) == ("failed", {"http_404"})
    outlet.crawl(of_all(0, **gone, found=3, known=3, put_off=3, status="failed"))
    (reason,) = health(outlet).reasons
    assert (health(outlet).state, reason.cause) == ("failed", "http_404")
    assert reason.detail == "no page could be read in the last 2 runs: http_404 3"


def test_a_fault_that_lasts_does_not_become_usual_within_a_week() -> None:
    for change in (of_all(gaps={"date": 6}), of_all(gaps={"body": 3}), of_all(credited=0)):
        broken = Outlet(feed_fails=0).live(14)
        end = broken.now + 7 * DAY
        while broken.now < end:
            broken.crawl(change)
        assert health(broken).state == "degraded"


def test_the_detail_tells_the_figures_and_what_is_usual(outlet: Outlet) -> None:
    outlet.crawl(of_all())
    outlet.crawl(of_all(gaps={"date": 6}))
    (reason,) = health(outlet).reasons
    assert reason.detail == "6 of the last 6 articles have no date; usually 2%"


# Little history


def test_without_a_run_the_state_is_never() -> None:
    assert judge("sahifa", []) == Health("sahifa", "never")
    run = Outlet().crawl(changed(status="interrupted"))
    assert judge("sahifa", [run]) == Health("sahifa", "never")


@pytest.mark.parametrize(
    ("first", "state", "named"),
    [
        (of_all(), "healthy", set()),
        (of_all(credited=0), "healthy", set()),
        (of_all(20, gaps={"body": 20}), "degraded", {"gap_body"}),
        (of_nothing(), "failed", {"nothing_found"}),
        (
            of_all(discovered=1, discovery_failed=2, failures={"http_404": 2}),
            "degraded",
            {"discovery_failed"},
        ),
    ],
)
def test_a_first_run_is_judged_by_what_is_wrong_anywhere(
    first: Change, state: str, named: set[str]
) -> None:
    outlet = Outlet()
    outlet.crawl(first)
    judged = health(outlet)
    assert (judged.state, causes(judged)) == (state, named)


def test_runs_from_before_a_figure_was_kept_are_no_fault(outlet: Outlet) -> None:
    old = Outlet()
    for _ in range(30):
        old.crawl(of_all(discovered=0, credited=0))
    assert health(old) == Health("sahifa", "healthy")


# Runs that did not come


def test_a_schedule_that_has_stopped_is_told_by_the_clock_alone(outlet: Outlet) -> None:
    outlet.crawl(of_all())
    assert health(outlet, now=outlet.now + 30 * timedelta(minutes=1)).state == "healthy"
    judged = health(outlet, now=outlet.now + 3 * HOUR)
    assert (judged.state, causes(judged)) == ("degraded", {"overdue"})


def test_a_site_that_refused_is_left_alone_for_a_day_and_not_missed(outlet: Outlet) -> None:
    outlet.crawl(of_all(failures={"http_403": 9}, status="refused"))
    assert causes(health(outlet, now=outlet.now + 20 * HOUR)) == {"http_403"}
    assert causes(health(outlet, now=outlet.now + 27 * HOUR)) == {"http_403", "overdue"}


def test_a_run_without_an_end_is_a_crash_once_another_has_begun(outlet: Outlet) -> None:
    begun = changed(finished=None, status="running")
    outlet.crawl(of_all())
    outlet.crawl(begun)
    assert health(outlet).state == "healthy", "it may still run"
    assert causes(health(outlet, now=outlet.now + 2 * DAY)) == {"overdue", "interrupted"}
    outlet.crawl(begun)
    assert health(outlet).state == "healthy", "one crash"
    outlet.crawl(begun)
    assert causes(health(outlet)) == {"interrupted"}


def test_an_outage_of_ours_is_no_silence_of_the_outlet(outlet: Outlet) -> None:
    outlet.now += 6 * DAY
    outlet.crawl(of_all(0))
    assert health(outlet) == Health("sahifa", "healthy")


def test_a_run_that_the_next_one_found_dead_is_a_crash_at_once(outlet: Outlet) -> None:
    outlet.crawl(of_all())
    outlet.crawl(changed(finished=None, status="interrupted"))
    judged = health(outlet)
    assert (judged.state, causes(judged)) == ("degraded", {"interrupted"})


# A backlog


@pytest.mark.parametrize(
    ("left", "is_backlog"),
    [
        ((10, 20, 30), True),
        ((10, 20, 20), False),
        ((10, 30, 20), False),
        ((0, 0, 30), False),
        ((30, 20, 10), False),
        ((0, 10, 20, 30), True),
        ((10, 20, 30, 0), False),
    ],
)
def test_a_backlog_that_grows_over_three_runs_is_told(
    outlet: Outlet, left: tuple[int, ...], is_backlog: bool
) -> None:
    for number in left:
        outlet.crawl(changed(left=number))
    judged = health(outlet)
    assert (Cause.BACKLOG in causes(judged)) == is_backlog
    assert (judged.state == "degraded") == is_backlog


def test_articles_wait_twice_as_long_for_each_of_the_last_four_runs_that_was_restless(
    outlet: Outlet,
) -> None:
    assert revisit_widening([]) == revisit_widening(outlet.runs) == 1
    for _ in range(2):
        outlet.crawl(of_all(revisions=40))
    outlet.crawl(of_all())
    assert revisit_widening(outlet.runs) == 4
    for _ in range(4):
        outlet.crawl(of_all())
    assert revisit_widening(outlet.runs) == 1
