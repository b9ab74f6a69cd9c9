"""Made-up lives of outlets: the runs of a crawl on a schedule, as the store would hold them."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from crawler.storage import Run

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)


@dataclass
class Outlet:
    """How an outlet prints and how often it is crawled. Shares are of one; `rate` is new articles
    an hour."""

    every: timedelta = timedelta(minutes=20)
    rate: float = 4.0
    night: int = 6  # hours from midnight without news
    rest: frozenset[int] = frozenset()  # weekdays without news, Monday 0
    announced: int = 30  # addresses in its feeds
    documents: int = 3
    unmodified: float = 0.3  # share of runs whose feeds have not changed
    undated: float = 0.02
    unsigned: float = 0.3
    copied: float = 0.2
    drifting: float = 0.05
    gone: float = 0.03  # share of pages that answer 404
    feed_fails: float = 0.01
    seed: int = 0
    runs: list[Run] = field(default_factory=list)  # newest first

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.now = BEGIN

    def live(self, days: float) -> "Outlet":
        """Crawl it on schedule for so many days."""
        end = self.now + days * DAY
        while self.now < end:
            self.crawl()
        return self

    def crawl(self, change: Callable[[Run], Run] = lambda run: run) -> Run:
        """One more run, when it is due, with what `change` makes of it."""
        since = self.runs[0].started if self.runs else self.now - DAY
        run = change(self.look(self.fresh(since)))
        self.runs.insert(0, run)
        self.now += self.every * self.chance.uniform(0.9, 1.1)
        return run

    def fresh(self, since: datetime) -> int:
        """How many articles have come since then."""
        hours = (self.now - since) / timedelta(hours=1)
        awake = sum(
            (at := since + step * (self.now - since) / 24).hour >= self.night
            and at.weekday() not in self.rest
            for step in range(24)
        )
        expected = self.rate * hours * awake / 24
        count, left = 0, self.chance.expovariate(1)
        while left < expected:
            count, left = count + 1, left + self.chance.expovariate(1)
        return min(count, self.announced)

    def share(self, share: float, of: int) -> int:
        return sum(self.chance.random() < share for _ in range(of))

    def look(self, fresh: int) -> Run:
        """The run that meets so many fresh articles."""
        gone = self.share(self.gone, fresh)
        read = fresh - gone
        copies = self.share(self.copied, read)
        dead = self.chance.random() < self.feed_fails
        unchanged = not fresh and self.chance.random() < self.unmodified
        failures = {"http_404": gone} if gone else {}
        return Run(
            id=f"run-{len(self.runs)}",
            outlet="sahifa",
            started=self.now,
            finished=self.now + timedelta(minutes=1),
            status="degraded" if dead else "done",
            found=self.announced,
            known=self.announced - fresh,
            fetched=read,
            new_stories=read - copies,
            copies=copies,
            credited=read - self.share(self.unsigned, read),
            gaps={"date": undated} if (undated := self.share(self.undated, read)) else {},
            warnings={"drift/body": drift} if (drift := self.share(self.drifting, read)) else {},
            failures=failures | ({"timeout": 1} if dead else {}),
            discovered=self.documents - dead,
            discovery_failed=int(dead),
            off_pattern=0 if unchanged else 10,
        )


def changed(**values: object) -> Callable[[Run], Run]:
    """A change of a run's fields."""
    return lambda run: replace(run, **values)  # type: ignore[arg-type]


def of_all(read: int = 6, **values: object) -> Callable[[Run], Run]:
    """A run that reads `read` new articles, credited and whole, but for `values`."""
    whole = {
        "found": 30,
        "known": 30 - read,
        "fetched": read,
        "new_stories": read,
        "copies": 0,
        "credited": read,
    }
    clean = {
        "gaps": {},
        "warnings": {},
        "failures": {},
        "discovered": 3,
        "discovery_failed": 0,
        "status": "done",
    }
    return changed(**(whole | clean | {"off_pattern": 10} | values))


def of_nothing(**values: object) -> Callable[[Run], Run]:
    """A run to which nothing was announced, but for `values`."""
    return of_all(0, **({"found": 0, "known": 0, "discovered": 0, "off_pattern": 0} | values))
