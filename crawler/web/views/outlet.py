"""One outlet: what it is, how it fares, what it carries, and its newest stories."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from babel.dates import get_day_names

from crawler.carriers import carriers_of
from crawler.display.jsonl import run_values
from crawler.outlet import Outlet
from crawler.stories.tallies import OutletTally
from crawler.web.charts import heat_map, rows
from crawler.web.errors import NotFound
from crawler.web.marks import HeatMap, Rows, Series
from crawler.web.page import Page
from crawler.web.parameters import check_names
from crawler.web.site import Visit
from crawler.web.views.counted import Timeline, day_json, read_counted, stories_of
from crawler.web.views.health import health_values
from crawler.web.views.outlets import country_name, state_of
from crawler.web.views.runs import explain_failures
from crawler.web.views.stories import StoryList, read_list
from crawler.web.words import explain, gap_names

_PAGING = ("after", "limit")
_PARAMETERS = frozenset(("since", "until", *_PAGING))
_RUNS = 10
_STORIES = 12  # where the address does not say


async def outlet(visit: Visit) -> Page:
    """Return the page of the outlet whose name stands in the address. Raises NotFound for one that
    is neither declared nor stored."""
    check_names(visit.parameters, _PARAMETERS)
    name = visit.request.path_params["outlet"]
    declared = visit.site.outlets.get(name)
    runs = [run async for run in visit.site.reader.runs(outlet=name, limit=_RUNS)]
    listed = await _newest_stories(visit, name)
    if listed is None and not runs:
        raise NotFound("no such outlet is declared or stored")
    listed = listed or StoryList((), {}, None, None)
    judgement = await visit.site.judgements.of_one(name)
    counted = await read_counted(visit, name)
    together = counted.together()
    numbers = together.outlet(name)
    carriers = carriers_of(together)
    timeline = Timeline(visit, counted)
    stories = timeline.series(visit.texts.gettext("Stories"), lambda of: stories_of(of, name))
    state = state_of(visit, name)
    causes = [reason.cause for reason in judgement.health.reasons]
    return Page(
        template="outlet.html",
        values={
            "name": name,
            "declared": declared,
            "state": state,
            "is_crawled": name in visit.site.crawled,
            "country": country_name(visit, declared.country) if declared else "",
            "judgement": judgement,
            "causes": {**explain(visit.texts, causes), **explain_failures(visit, runs)},
            "runs": runs,
            "counted": counted,
            "numbers": numbers,
            "carriers": carriers,
            "median_minutes": numbers.median_minutes,
            "unit": timeline.unit,
            "stories_chart": timeline.bars([stories]),
            "delays_chart": timeline.delays(visit.texts.gettext("Median delay"), name),
            "hours_chart": _hours(visit, numbers),
            "gaps_chart": _gaps(visit, numbers),
            "listed": listed,
        },
        json={
            "name": name,
            "state": state,
            "declaration": _declaration(declared) if declared else None,
            "health": health_values(judgement),
            "runs": [run_values(run) for run in runs],
            **counted.json(),
            "days": [day_json(each) for each in counted.days if each.numbers.outlets],
            "carriers": [asdict(each) for each in carriers],
            **listed.json(),
        },
        stories=listed.stories,
        title=visit.names.outlet(name),
    )


async def _newest_stories(visit: Visit, name: str) -> StoryList | None:
    """Return the newest stories of an outlet; None for one that is neither declared nor has any."""
    if name not in visit.site.outlets and name not in await visit.site.reader.outlets():
        return None
    paging = {key: visit.parameters[key] for key in _PAGING if key in visit.parameters}
    return await read_list(visit, {"limit": str(_STORIES), **paging, "outlet": name})


def _declaration(declared: Outlet) -> dict[str, Any]:
    """Return what is declared of an outlet, for programs."""
    names = ("title", "native", "language", "country", "zone", "hosts", "publisher")
    known = ("evidence", "as_of", "confidence")
    return {name: getattr(declared, name) for name in (*names, *known)}


def _hours(visit: Visit, numbers: OutletTally) -> HeatMap:
    """Return the chart of the weekdays and hours of its articles."""
    locale = visit.interface.locale
    # The long names of Arabic are short, those of English do not fit beside a row.
    is_english = visit.interface.language == "en"
    names = get_day_names("abbreviated" if is_english else "wide", locale=locale)
    return heat_map(
        numbers.hours,
        [names[number] for number in range(len(names))],
        visit.formats.number,
        is_mirrored=visit.interface.is_mirrored,
        first_weekday=locale.first_week_day,
    )


def _gaps(visit: Visit, numbers: OutletTally) -> Rows:
    """Return the chart of what its articles lack, beside all of them."""
    translated = gap_names(visit.texts)
    names: Sequence[str] = (*translated, *sorted(numbers.gaps.keys() - translated.keys()))
    return rows(
        [translated.get(name, name) for name in names],
        Series(visit.texts.gettext("Articles"), tuple(numbers.gaps[name] for name in names)),
        visit.formats.number,
        is_mirrored=visit.interface.is_mirrored,
        whole=numbers.articles,
    )
