"""What is watched at each outlet: one Spidermon monitor for each cause, run over the outlet's
history.

A monitor that fails gives a reason: its name is the cause, its message the detail, and its `state`
what the outlet is in by it. The statistics, and how much history they need, stand in
`crawler.health.history`.
"""

from collections.abc import Callable, Mapping
from statistics import median
from typing import Literal

from spidermon import Monitor, MonitorSuite

from crawler.health.formatting import format_count, format_counts, format_duration
from crawler.health.history import (
    ENOUGH,
    History,
    Silence,
    all_of_the_last,
    barren_streak,
    broken_streak,
    high_water,
    outbreak,
    overdue_after,
    silence,
    stored,
)
from crawler.health.status import REFUSALS
from crawler.storage import Run

State = Literal["healthy", "never", "quiet", "degraded", "failed", "refused"]
"""Of an outlet, the least grave first."""

# How far a share must have gone from its usual value towards "all". What hardly ever happens (a
# gap, a failure) is told early; what has weekdays of its own (agency copy, stories without a
# source) when most of it has changed.
RARE, COMMON = 0.2, 0.5
# No outlet prints a story without one of these: told when all lack it, whatever was usual.
ESSENTIAL = ("headline", "body", "date")
ENOUGH_WITHOUT = 10  # articles in a row
FLOOD = 3  # times what nine of ten runs do not exceed
FLOOD_LEAST = 50  # addresses: fewer are no burden
ENOUGH_ADDRESSES = 10


def suite(history: History) -> MonitorSuite:
    """The monitors for a history; where two tell one cause, the first tells it better."""
    chosen: list[tuple[str, type[OutletMonitor]]] = [
        ("interrupted", BrokenOff),
        ("overdue", Overdue),
    ]
    if history.looks:
        last = history.last
        refusals = {cause: count for cause, count in last.failures.items() if cause in REFUSALS}
        chosen += [
            (_leading(refusals, "refused"), Refused),
            (_leading(last.failures, "nothing_found"), NothingRead),
            ("nothing_new", NothingNew),
            ("discovery_failed", DiscoveryFailed),
            ("off_pattern", OffPattern),
            ("flood", Flood),
            ("no_credit", NoCredit),
            ("copies", Copies),
            ("error", OurError),
            ("store_down", StoreDown),
            *((f"gap_{name}", Gaps) for name in last.gaps),
            *((name, Doubts) for name in last.doubts),
            *((name, Failures) for name in last.failures),
        ]
    return MonitorSuite(monitors=chosen)


def _leading(failures: Mapping[str, int], otherwise: str) -> str:
    cause = max(failures, key=failures.__getitem__, default=otherwise)
    return "off_pattern" if cause == "no_article_address" else cause


class OutletMonitor(Monitor):  # type: ignore[misc]  # Spidermon has no types
    """Looks at one thing in `history`; `monitor_name` is the cause it tells."""

    state: State = "degraded"

    @property
    def history(self) -> History:
        """The history under judgement."""
        history: History = self.data.history
        return history


# The last run as a whole


class Refused(OutletMonitor):
    """The site said, in a way open to it, that it does not want to be read."""

    state = "refused"

    def test(self) -> None:
        if self.history.last.status == "refused":
            self.fail(f"the site refused the last run: {format_counts(self.history.last.failures)}")


class NothingRead(OutletMonitor):
    """No feed, sitemap or listing could be read, or not one page. Once among good runs it is a bad
    run only."""

    @property
    def state(self) -> State:  # type: ignore[override]
        streak = barren_streak(self.history)
        return "failed" if streak > 1 or streak == len(self.history.looks) else "degraded"

    def test(self) -> None:
        streak, last = barren_streak(self.history), self.history.last
        if streak and last.status != "refused":
            what = "no page could be read" if last.discovered else "no article was announced"
            self.fail(
                f"{what} in the last {format_count(streak, 'run')}: {format_counts(last.failures) or 'nothing failed'}"
            )


class OurError(OutletMonitor):
    """An exception in our own code."""

    def test(self) -> None:
        if self.history.last.status == "error":
            self.fail("an error of ours broke the last run; its log has the traceback")


class StoreDown(OutletMonitor):
    """Articles wait in the spool."""

    def test(self) -> None:
        if self.history.last.status == "store_down":
            self.fail(
                "the store went away during the last run; what was fetched waits in the spool"
            )


class BrokenOff(OutletMonitor):
    """Runs that a signal or a crash ended; one alone may be a restart of the machine."""

    def test(self) -> None:
        broken = broken_streak(self.history)
        crashed = sum(not run.finished for run in broken)
        if len(broken) > 1 or (crashed and broken[0] is self.history.attempts[0]):
            self.fail(
                f"the last {format_count(len(broken), 'run')} came to no end of their own; {crashed} crashed"
            )


class Overdue(OutletMonitor):
    """The schedule has stopped."""

    def test(self) -> None:
        wait = overdue_after(self.history)
        if wait and self.history.now:
            since = self.history.now - self.history.attempts[0].started
            if since > wait:
                self.fail(
                    f"no run for {format_duration(since)}; one was due within {format_duration(wait)}"
                )


# What is announced


class NothingNew(OutletMonitor):
    """Nothing new for longer than the outlet's own nights, weekends and quiet days."""

    @property
    def silence(self) -> Silence:
        return silence(self.history)

    @property
    def state(self) -> State:  # type: ignore[override]
        return "degraded" if self.silence.current > self.silence.limit else "quiet"

    def test(self) -> None:
        found = self.silence
        if found.current > found.longest:
            self.fail(
                f"nothing new for {format_duration(found.current)}; at most {format_duration(found.longest)} is usual"
            )


class DiscoveryFailed(OutletMonitor):
    """A feed, sitemap or listing that is dead while others live: twice in a row, or in the only
    run."""

    def test(self) -> None:
        if not self.history.last.discovered:
            return
        dead = [
            run.discovery_failed - run.failures.get("no_article_address", 0)
            for run in self.history.looks[:2]
        ]
        if min(dead) > 0:
            documents = self.history.last.discovered + self.history.last.discovery_failed
            failures = format_counts(self.history.last.failures)
            self.fail(
                f"{dead[0]} of {documents} feeds, sitemaps and listings could not be read: {failures}"
            )


class OffPattern(OutletMonitor):
    """Announced addresses stop being an article's by the outlet's pattern."""

    def test(self) -> None:
        last = self.history.last
        if dumb := last.failures.get("no_article_address"):
            self.fail(f"{dumb} of the feeds, sitemaps and listings announced no article's address")
        past = self.history.past
        if len(past) < ENOUGH:
            return
        usual = median(run.found for run in past)
        others = last.off_pattern - median(run.off_pattern for run in past)
        # Both, since an unchanged listing is not read again: its other links are only counted when
        # it changes.
        if (
            usual >= ENOUGH_ADDRESSES
            and last.found < usual / 2
            and others > (usual - last.found) / 2
        ):
            self.fail(
                f"{last.found} articles' addresses announced, usually {usual:.0f}; {others:.0f} more others"
            )


class Flood(OutletMonitor):
    """Far more is announced than ever."""

    def test(self) -> None:
        found = self.history.last.found
        most = high_water([run.found for run in self.history.past if run.found])
        if most and found > max(FLOOD * most, FLOOD_LEAST):
            self.fail(f"{found} addresses announced; usually at most {most:.0f}")


# What is read: shares of the articles and addresses of each run


class ShareMonitor(OutletMonitor):
    """A share that has become unusual for this outlet."""

    rise = RARE

    def check(
        self, hits: Callable[[Run], int], total: Callable[[Run], int], text: str, least: int = 1
    ) -> None:
        """Fail when `hits` of `total` are more than usual; `text` says what they are."""
        counts = [(hits(run), total(run)) for run in self.history.looks]
        if found := outbreak(counts, rise=self.rise, least=least):
            self.fail(f"{found.hits} of the last {found.total} {text}; usually {found.usual:.0%}")


class Gaps(ShareMonitor):
    """Articles in which something could not be read."""

    def test(self) -> None:
        name = self.monitor_name.removeprefix("gap_")
        counts = [(run.gaps.get(name, 0), stored(run)) for run in self.history.looks]
        if name in ESSENTIAL and (every := all_of_the_last(counts, ENOUGH_WITHOUT)):
            self.fail(f"all of the last {every} articles have no {name}")
        self.check(lambda run: run.gaps.get(name, 0), stored, f"articles have no {name}")


class NoCredit(ShareMonitor):
    """Articles without a dateline, a byline or an agency."""

    rise = COMMON

    def test(self) -> None:
        self.check(
            lambda run: max(0, stored(run) - run.credited),
            stored,
            "articles name nobody as their source",
        )


class Copies(ShareMonitor):
    """New articles whose story is known from elsewhere."""

    rise = COMMON

    def test(self) -> None:
        self.check(
            lambda run: run.copies,
            lambda run: run.new_stories + run.copies,
            "new articles copy stored stories",
        )


class Doubts(ShareMonitor):
    """Articles of which something on the page disagrees: for "drift/body", selectors and generic
    extraction."""

    def test(self) -> None:
        name = self.monitor_name
        self.check(lambda run: run.doubts.get(name, 0), stored, f"articles are in doubt ({name})")


class Failures(ShareMonitor):
    """Announced pages that could not be read, by cause; those of feeds are `DiscoveryFailed`'s."""

    def test(self) -> None:
        name = self.monitor_name
        self.check(
            lambda run: max(0, run.failures.get(name, 0) - run.discovery_failed),
            lambda run: max(run.found, run.fetched),
            f"announced pages failed ({name})",
            least=2,  # one broken page is tried again and again
        )
