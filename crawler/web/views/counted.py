"""What the pages of counted numbers have in common: those of some days, and the series of charts
that they make."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from crawler.storage.tallies import tally_to_json
from crawler.stories.tallies import DayTally, OutletTally, StaleDay, Tally, merge
from crawler.web.charts import bars, lines
from crawler.web.errors import BadRequest
from crawler.web.marks import Bars, Category, Lines, Series
from crawler.web.parameters import read_days
from crawler.web.site import PageWriter, Visit
from crawler.web.spans import Span, place_of, spans_of
from crawler.web.words import gap_names

SPAN = 30
"""Days that are shown where the address does not say."""

MAX_DAYS = 20 * 366
"""Days on one page."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers of the days in UTC from `since` on and before `until`; of days without stories,
    and of those that were never counted, there are none. stale: the days that have changed since,
    newest first."""

    since: date
    until: date
    days: tuple[DayTally, ...]
    stale: tuple[StaleDay, ...]

    @property
    def counted_at(self) -> datetime | None:
        """When the last of the days was counted."""
        return max((each.counted_at for each in self.days), default=None)

    @property
    def last(self) -> date:
        """The last of the days."""
        return self.until - _ONE_DAY

    @property
    def earlier(self) -> dict[str, str]:
        """The parameters of as many days before these."""
        days = self.until - self.since
        return {"since": (self.since - days).isoformat(), "until": self.since.isoformat()}

    @property
    def later(self) -> dict[str, str]:
        """The parameters of as many days after these."""
        days = self.until - self.since
        return {"since": self.until.isoformat(), "until": (self.until + days).isoformat()}

    def together(self) -> Tally:
        """Return the numbers of all the days together."""
        return merge(self.days)

    def json(self) -> dict[str, Any]:
        """Return for programs which days were counted, and when."""
        return {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "counted_at": self.counted_at,
            "stale": [each.day.isoformat() for each in self.stale],
        }


async def read_counted(visit: Visit, outlet: str | None = None) -> Counted:
    """Return the numbers of the days that the request's parameters name; by themselves the last
    SPAN days up to the newest story. outlet: nothing but the numbers of this one. Raises BadRequest
    and StoreError."""
    since, until = read_days(visit.parameters)
    if until is None:
        newest = await _newest_day(visit, outlet)
        until = max(newest, since or newest) + _ONE_DAY
    if since is None:
        since = until - timedelta(days=SPAN)
    if (until - since).days > MAX_DAYS:
        raise BadRequest(f"since: more than {MAX_DAYS:,} days before until")
    return await counted_days(visit, since, until, outlet)


async def counted_days(
    visit: PageWriter, since: date, until: date, outlet: str | None = None
) -> Counted:
    """Return the numbers of the days from `since` on and before `until`, of all outlets or one."""
    reader = visit.site.reader
    return Counted(
        since=since,
        until=until,
        days=tuple(
            [each async for each in reader.tallies(since=since, until=until, outlet=outlet)]
        ),
        stale=tuple(each for each in await reader.stale_days() if since <= each.day < until),
    )


async def _newest_day(visit: Visit, outlet: str | None) -> date:
    """Return the day of the newest story, of all outlets or one; today if there is none. What
    claims to be from the future is left out."""
    now = datetime.now(UTC)
    filters: dict[str, object] = {"until": now + _ONE_DAY}
    if outlet is not None:
        filters["outlet"] = frozenset((outlet,))
    newest = await visit.site.reader.story_times(1, **filters)
    return (newest[0] if newest else now).astimezone(UTC).date()


class Timeline:
    """The numbers of some days by the spans that a chart has room for."""

    def __init__(self, visit: PageWriter, counted: Counted) -> None:
        self._visit = visit
        self.spans = spans_of(counted.since, counted.until)
        self._days = [(place_of(each.day, self.spans), each.numbers) for each in counted.days]

    @property
    def unit(self) -> str:
        """What a bar stands for: "day", "week", "month" or "year"."""
        return self.spans[0].unit

    def bars(self, series: list[Series]) -> Bars:
        """Return the chart of some series."""
        return bars(
            [category_of(self._visit, span) for span in self.spans],
            series,
            self._visit.formats.number,
            is_mirrored=self._visit.interface.is_mirrored,
        )

    def delays(self, name: str, outlet: str) -> Lines:
        """Return the chart of the median minutes after the first copy of the later copies of
        `outlet`; a span without any leaves a gap. name: of the numbers."""
        together = [OutletTally() for _ in self.spans]
        for place, numbers in self._days:
            if outlet in numbers.outlets:
                together[place].add(numbers.outlets[outlet])
        medians = Series(name, tuple(each.median_minutes for each in together))
        return lines(
            [category_of(self._visit, span) for span in self.spans],
            [medians],
            self._visit.formats.number,  # a duration in words is wider than the scale
            is_mirrored=self._visit.interface.is_mirrored,
        )

    def series(self, name: str, value: Callable[[Tally], int]) -> Series:
        """Return a series of one number of the days, added up in each span."""
        sums = [0] * len(self.spans)
        for place, numbers in self._days:
            sums[place] += value(numbers)
        return Series(name, tuple(sums))

    def names(self, of: Callable[[Tally], Iterable[str]]) -> list[str]:
        """Return the names that any of the days has, sorted."""
        return sorted({name for _, numbers in self._days for name in of(numbers)})

    def by_language(self) -> list[Series]:
        """Return the numbers of stories by language; those of which it is not known come last."""
        gettext = self._visit.texts.gettext
        names = {"ar": gettext("Arabic"), "ur": gettext("Urdu")}
        languages = self.names(lambda numbers: numbers.languages)
        series = [
            self.series(names.get(each, each), lambda numbers, each=each: numbers.languages[each])  # type: ignore[misc]
            for each in languages
        ]
        unknown = self.series(gettext("Unknown language"), _stories_without_language)
        return [*series, unknown] if any(unknown.values) else series

    def by_gap(self) -> list[Series]:
        """Return the numbers of articles by what they lack."""
        names = gap_names(self._visit.texts)
        return [
            self.series(names.get(gap, gap), lambda numbers, gap=gap: gaps_of(numbers)[gap])  # type: ignore[misc]
            for gap in self.names(gaps_of)
        ]

    def by_outlet(self, value: Callable[[Tally, str], int]) -> list[Series]:
        """Return a number of each outlet that has it."""
        names = self.names(lambda numbers: numbers.outlets)
        series = [
            self.series(
                self._visit.names.outlet(name),
                lambda numbers, name=name: value(numbers, name),  # type: ignore[misc]
            )
            for name in names
        ]
        return [each for each in series if any(each.values)]


def stories_of(numbers: Tally, outlet: str) -> int:
    """Return the number of stories of which an outlet has a copy."""
    return numbers.outlets[outlet].stories if outlet in numbers.outlets else 0


def gaps_of(numbers: Tally) -> Counter[str]:
    """Return the articles of all outlets by what they lack."""
    gaps: Counter[str] = Counter()
    for outlet in numbers.outlets.values():
        if outlet.gaps:
            gaps.update(outlet.gaps)
    return gaps


def numbers_json(numbers: Tally) -> Mapping[str, Any]:
    """Return numbers for programs, as stores keep them."""
    values: Mapping[str, Any] = json.loads(tally_to_json(numbers))
    return values


def day_json(counted: DayTally) -> dict[str, Any]:
    """Return the numbers of a day for programs."""
    return {
        "day": counted.day.isoformat(),
        "counted_at": counted.counted_at,
        **numbers_json(counted.numbers),
    }


def _stories_without_language(numbers: Tally) -> int:
    return numbers.stories - numbers.languages.total()


def category_of(visit: PageWriter, span: Span) -> Category:
    """Return what stands below the bar of a span."""
    formats = visit.formats
    match span.unit:
        case "day":
            return Category(formats.day(span.first), formats.short_day(span.first))
        case "week":
            name = visit.texts.gettext("%(first)s to %(last)s")
            days = {"first": formats.day(span.first), "last": formats.day(span.last)}
            return Category(name % days, formats.short_day(span.first))
        case "month":
            return Category(formats.month(span.first), formats.short_month(span.first))
        case "year":
            return Category(formats.year(span.first), formats.year(span.first))
