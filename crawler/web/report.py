"""The report for a chief editor: one page of some days that needs no site and no network."""

from collections import Counter
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from markupsafe import Markup

from crawler.carriers import AgencyTotal, Carrier, agencies_of, carriers_of
from crawler.digest.gather import Digest, gather
from crawler.health.outlet_state import GRAVITY, Health
from crawler.storage import Reader, Run
from crawler.stories.model import Copy, Story
from crawler.stories.tallies import DayTally, OutletTally, Tally
from crawler.web.charts import Write, largest_first, rows
from crawler.web.interface import Interface, UiLanguage
from crawler.web.links import Links
from crawler.web.marks import Rows, Series
from crawler.web.selfcontained import style_of
from crawler.web.site import PageWriter, Site
from crawler.web.views.agencies import shares
from crawler.web.views.counted import Counted, Timeline, counted_days, stories_of
from crawler.web.words import explain

_MAX_ROWS = 15  # of a chart; the tables have them all
_MAX_AGENCIES = 10  # whose carriers are listed
_MAX_CARRIERS = 8  # of an agency
_MAX_COLUMNS = 10  # days of the table of outlets
_MAX_PRINTS = 8  # outlets of one of the largest stories


@dataclass(frozen=True, slots=True)
class Print:
    """A story as one outlet printed it. minutes: after the earliest copy; None for the earliest
    itself, and where either is not known to the minute."""

    copy: Copy
    minutes: int | None


@dataclass(frozen=True, slots=True)
class LargeStory:
    """One of the largest stories. prints: the earliest copies of its outlets. more: number of
    outlets that are not among them."""

    story: Story
    prints: tuple[Print, ...]
    more: int


@dataclass(frozen=True, slots=True)
class AgencyCarriers:
    """Who carries an agency: those with the most copies. more: number of outlets that are not among
    them."""

    total: AgencyTotal
    carriers: tuple[Carrier, ...]
    more: int


@dataclass(frozen=True, slots=True)
class OutletRow:
    """The numbers of one outlet. by_span: its stories in each bar of the charts; empty where there
    are too many for a table. median_minutes: after the first copy of their stories, of those of
    its articles that are later ones; None without any."""

    name: str
    numbers: OutletTally
    by_span: tuple[float | None, ...]
    median_minutes: float | None


def writer_alone(site: Site, language: UiLanguage, base: str | None) -> PageWriter:
    """Return the means for a page in a file. base: the address of a running site, to which its
    links lead; None for none."""
    chosen = {"ui": language}
    interface = Interface(language, type="nastaliq", has_hijri=False, chosen=chosen)
    return PageWriter(site, interface, Links("/", {}, chosen, base))


async def written_report(
    writer: PageWriter, since: date, until: date, health: Sequence[Health], *, largest: int
) -> tuple[str, int]:
    """Return the page of the days in UTC from `since` on and before `until`, and the number of
    their stories.

    health: of all outlets that are crawled. largest: number of stories that are shown. Days that
    have changed since they were counted are counted again, without keeping their numbers. Raises
    StoreError.
    """
    reader = writer.site.reader
    first, behind = (datetime.combine(day, time(), UTC) for day in (since, until))
    counted = await _counted_afresh(reader, await counted_days(writer, since, until))
    stories = reader.stories(since=first, until=behind)
    digest = await gather(stories, health, since=first, until=behind, largest=largest)
    failures = (await _failures(reader.runs(), first, behind)).most_common(_MAX_ROWS)
    numbers = counted.together()
    timeline = Timeline(writer, counted)
    totals = agencies_of(numbers)
    outlets = _outlets(numbers, timeline)
    gettext = writer.texts.gettext
    body = writer.render(
        "report_body.html",
        {
            "counted": counted,
            "written": datetime.now(UTC),
            "numbers": numbers,
            "unit": timeline.unit,
            "by_language": timeline.bars(timeline.by_language()),
            "by_outlet": timeline.bars(
                largest_first(timeline.by_outlet(stories_of), gettext("All others"))
            ),
            "gaps": timeline.bars(timeline.by_gap()),
            "largest": _largest(digest),
            "shares": shares(writer, totals),
            "agencies": _carriers(numbers, totals),
            "outlets": outlets,
            "spans": timeline.spans,
            "speed": _speed(writer, outlets),
            "lacking": _lacking(writer, outlets),
            "silent": _silent(health, numbers, writer.site.outlets),
            "alarming": sorted(digest.health, key=lambda each: -GRAVITY.index(each.state)),
            "failures": failures,
            "by_cause": _by_cause(writer, failures),
            "causes": explain(writer.texts, [*dict(failures), *_causes_of(digest.health)]),
        },
    )
    page = writer.render(
        "report.html",
        {
            "counted": counted,
            "body": Markup(body),  # noqa: S704 (rendered with escapes)
            "style": Markup(style_of(body, writer.interface)),  # noqa: S704 (our own sheets)
        },
    )
    return page, numbers.stories


async def _counted_afresh(reader: Reader, counted: Counted) -> Counted:
    """Return the numbers of the days as they are now."""
    days: dict[date, DayTally] = {each.day: each for each in counted.days}
    for stale in counted.stale:
        days[stale.day] = await reader.count_day(stale.day)
    in_order = tuple(days[day] for day in sorted(days) if days[day].numbers.stories)
    return Counted(counted.since, counted.until, in_order, ())


async def _failures(runs: AsyncIterator[Run], first: datetime, behind: datetime) -> Counter[str]:
    """Return the failures of the runs that began from `first` on and before `behind`, by cause.
    runs: newest first."""
    failures: Counter[str] = Counter()
    async for run in runs:
        if run.started < first:
            break
        if run.started < behind:
            failures.update(run.failures)
    return failures


def _largest(digest: Digest) -> list[LargeStory]:
    """Return the largest stories of a digest; one copy is not worth telling."""
    return [_large(story) for story in digest.largest if len(story.copies) > 1]


def _large(story: Story) -> LargeStory:
    minutes: dict[str | None, int | None] = {}
    for carried in story.carried:
        minutes.setdefault(carried.outlet, carried.minutes_after_first)
    earliest = story.copies[0]
    copies: dict[str | None, Copy] = {}
    for copy in story.copies:
        copies.setdefault(copy.outlet, copy)
    prints = [
        Print(copy, None if copy is earliest else minutes.get(outlet))
        for outlet, copy in copies.items()
    ]
    more = max(len(prints) - _MAX_PRINTS, 0)
    return LargeStory(story, tuple(prints[:_MAX_PRINTS]), more)


def _carriers(numbers: Tally, totals: Sequence[AgencyTotal]) -> list[AgencyCarriers]:
    carriers: dict[str, list[Carrier]] = {}
    for each in carriers_of(numbers):
        carriers.setdefault(each.agency, []).append(each)
    return [
        AgencyCarriers(
            total,
            tuple(carriers[total.agency][:_MAX_CARRIERS]),
            max(len(carriers[total.agency]) - _MAX_CARRIERS, 0),
        )
        for total in totals[:_MAX_AGENCIES]
    ]


def _outlets(numbers: Tally, timeline: Timeline) -> list[OutletRow]:
    """Return the outlets, those with the most stories first."""

    def by_span(outlet: str) -> tuple[float | None, ...]:
        if len(timeline.spans) > _MAX_COLUMNS:
            return ()
        return timeline.series("", lambda numbers: stories_of(numbers, outlet)).values

    ordered = sorted(numbers.outlets.items(), key=lambda each: (-each[1].stories, each[0]))
    return [OutletRow(name, each, by_span(name), each.median_minutes) for name, each in ordered]


def _speed(writer: PageWriter, outlets: Sequence[OutletRow]) -> Rows:
    """Return the chart of the outlets' median delays, the quickest first."""
    known = sorted(
        (each.median_minutes, each.name) for each in outlets if each.median_minutes is not None
    )
    by_outlet = {name: minutes for minutes, name in known[:_MAX_ROWS]}
    names = {name: writer.names.outlet(name) for name in by_outlet}
    delay = writer.texts.gettext("Median delay")
    return _rows(writer, [*names.values()], delay, [*by_outlet.values()], writer.formats.duration)


def _lacking(writer: PageWriter, outlets: Sequence[OutletRow]) -> Rows:
    """Return the chart of the outlets most of whose articles lack something."""
    lacking = Counter({each.name: each.numbers.gaps.total() for each in outlets})
    most = [(name, number) for name, number in lacking.most_common(_MAX_ROWS) if number]
    names = [writer.names.outlet(name) for name, _ in most]
    gaps = writer.texts.gettext("Lacking something")
    return _rows(writer, names, gaps, [number for _, number in most], writer.formats.number)


def _by_cause(writer: PageWriter, failures: Sequence[tuple[str, int]]) -> Rows:
    names = [name for name, _ in failures]
    title = writer.texts.gettext("Failures")
    return _rows(writer, names, title, [number for _, number in failures], writer.formats.number)


def _causes_of(health: Sequence[Health]) -> set[str]:
    return {reason.cause for each in health for reason in each.reasons}


def _rows(
    writer: PageWriter, names: Sequence[str], title: str, values: Sequence[float], write: Write
) -> Rows:
    is_mirrored = writer.interface.is_mirrored
    return rows(names, Series(title, tuple(values)), write, is_mirrored=is_mirrored)


def _silent(health: Sequence[Health], numbers: Tally, declared: Collection[str]) -> list[str]:
    """Return the outlets that are crawled and of which no story is stored."""
    crawled = {each.outlet for each in health if each.outlet in declared}
    return sorted(crawled - numbers.outlets.keys())
