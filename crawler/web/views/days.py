"""Days: what was printed on each, and how much."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from crawler.attention import place_key
from crawler.stories.model import Story
from crawler.stories.tallies import Tally
from crawler.web.charts import largest_first, rows
from crawler.web.marks import Rows, Series
from crawler.web.page import Page
from crawler.web.parameters import check_names, day_span, read_day
from crawler.web.site import Visit
from crawler.web.views.counted import (
    Counted,
    Timeline,
    counted_days,
    day_json,
    gaps_of,
    read_counted,
    stories_of,
)
from crawler.web.views.stories import read_list

MAX_LISTED = 120
"""Days of the table, the newest ones; the charts show them all."""

MAX_PLACED = 500
"""Stories of a day, the newest ones, of which the places are shown."""

_MAX_ROWS = 12  # of a chart of a day


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """A place as the newest story prints it, in its language, and how many stories are from it."""

    place: str
    language: str | None
    stories: int


async def days(visit: Visit) -> Page:
    """Return the page of the numbers of some days."""
    check_names(visit.parameters, frozenset(("since", "until")))
    counted = await read_counted(visit)
    timeline = Timeline(visit, counted)
    rest = visit.texts.gettext("All others")
    return Page(
        template="days.html",
        values={
            "counted": counted,
            "totals": _totals(timeline, counted),
            "unit": timeline.unit,
            "by_language": timeline.bars(timeline.by_language()),
            "by_outlet": timeline.bars(largest_first(timeline.by_outlet(stories_of), rest)),
            "gaps": timeline.bars(timeline.by_gap()),
            "listed": counted.days[: -MAX_LISTED - 1 : -1],
            "gaps_of": gaps_of,
        },
        json=lambda: {**counted.json(), "days": [day_json(each) for each in counted.days]},
    )


async def day(visit: Visit) -> Page:
    """Return the page of one day: its numbers, and its stories by the site's clock."""
    check_names(visit.parameters, frozenset(("after", "limit")))
    shown = read_day(visit.request.path_params["day"])
    one_day = timedelta(days=1)
    listed = await read_list(visit, {**visit.parameters, "day": shown.isoformat()})
    counted = await counted_days(visit, shown, shown + one_day)
    places = await _places(visit, shown)
    numbers = counted.days[0].numbers if counted.days else None
    return Page(
        template="day.html",
        values={
            "day": shown,
            "before": shown - one_day,
            "behind": shown + one_day,
            "is_first": "after" not in visit.parameters,
            "listed": listed,
            "counted": counted,
            "numbers": numbers,
            "gaps": gaps_of(numbers) if numbers else Counter(),
            "outlets": _outlets(visit, numbers or Tally()),
            "places": places,
            "max_placed": MAX_PLACED,
        },
        json=lambda: {
            "day": shown.isoformat(),
            "is_stale": bool(counted.stale),
            "numbers": day_json(counted.days[0]) if counted.days else None,
            "places": [asdict(each) for each in places],
            **listed.json(),
        },
        stories=listed.stories,
        title=visit.formats.day(shown),
    )


def _totals(timeline: Timeline, counted: Counted) -> dict[str, int]:
    """Return the numbers of all the days together, without adding up what else they tell."""
    return {
        "stories": sum(each.numbers.stories for each in counted.days),
        "copies": sum(each.numbers.copies for each in counted.days),
        "outlets": len(timeline.names(lambda numbers: numbers.outlets)),
        "agencies": len(timeline.names(lambda numbers: numbers.agencies)),
    }


def _outlets(visit: Visit, numbers: Tally) -> Rows:
    """Return the chart of the outlets with the most stories."""
    ordered = sorted(numbers.outlets.items(), key=lambda each: (-each[1].stories, each[0]))
    shown = ordered[:_MAX_ROWS]
    return rows(
        [visit.names.outlet(name) for name, _ in shown],
        Series(visit.texts.gettext("Stories"), tuple(each.stories for _, each in shown)),
        visit.formats.number,
        is_mirrored=visit.interface.is_mirrored,
    )


async def _places(visit: Visit, shown: date) -> list[PlaceCount]:
    """Return the places of a day's stories, those with the most first."""
    since, until = day_span(shown, visit.site.zone)
    newest: dict[str, Story] = {}
    stories: Counter[str] = Counter()
    async for story in visit.site.reader.stories(since=since, until=until, limit=MAX_PLACED):
        if story.place:
            key = place_key(story.place)
            newest.setdefault(key, story)
            stories[key] += 1
    return [
        PlaceCount(newest[key].place or "", newest[key].language, number)
        for key, number in stories.most_common()
    ]
