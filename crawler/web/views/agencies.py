"""Agencies: who carries them, how much and how soon."""

from collections.abc import Collection
from dataclasses import asdict

from crawler.carriers import AgencyTotal, Carrier, agencies_of, carriers_of
from crawler.gazetteer import gazetteer
from crawler.known_names import UnknownName, sources_in
from crawler.stories.tallies import Tally, merge_agencies
from crawler.web.charts import largest_first, rows
from crawler.web.errors import NotFound
from crawler.web.marks import Rows, Series
from crawler.web.page import Page
from crawler.web.parameters import check_names
from crawler.web.site import PageWriter, Visit
from crawler.web.views.counted import Timeline, read_counted
from crawler.web.views.stories import read_list

_MAX_ROWS = 12
"""Rows of a chart; the table below it has them all."""

_SPAN = ("since", "until")


async def agencies(visit: Visit) -> Page:
    """Return the page of all agencies that articles of some days credit."""
    check_names(visit.parameters, frozenset(_SPAN))
    counted = await read_counted(visit)
    totals = agencies_of(merge_agencies(counted.days))
    return Page(
        template="agencies.html",
        values={"counted": counted, "totals": totals, "shares": shares(visit, totals)},
        json=lambda: {**counted.json(), "agencies": [asdict(each) for each in totals]},
    )


async def agency(visit: Visit) -> Page:
    """Return the page of one agency, or of another source. Raises NotFound for one that nothing
    has."""
    check_names(visit.parameters, frozenset((*_SPAN, "after", "limit")))
    name = visit.request.path_params["agency"]
    try:
        sources = await sources_in(visit.site.reader, name)
    except UnknownName as error:
        raise NotFound(str(error)) from None
    paging = {key: visit.parameters[key] for key in ("after", "limit") if key in visit.parameters}
    listed = await read_list(visit, {**paging, "source": name})
    counted = await read_counted(visit)
    numbers = merge_agencies(counted.days)
    carriers = carriers_of(numbers, sources)
    totals = [each for each in agencies_of(numbers) if each.agency in sources]
    if not (listed.stories or carriers or "after" in paging):
        raise NotFound(f"nothing is stored from {name[:80]!r}")
    ids = sorted(each for each in sources if each in gazetteer().by_id)
    shown = ids[0] if len(ids) == 1 else name
    entry = gazetteer().by_id.get(shown)
    timeline = Timeline(visit, counted)
    copies = timeline.by_outlet(lambda numbers, outlet: _copies(numbers, outlet, sources))
    return Page(
        template="agency.html",
        values={
            "agency": shown,
            "listed": listed,
            "counted": counted,
            "carriers": carriers,
            "totals": totals,
            "unit": timeline.unit,
            "copies": timeline.bars(largest_first(copies, visit.texts.gettext("All others"))),
            "delays": _delays(visit, carriers),
        },
        json=lambda: {
            "agency": shown,
            "name": entry.source.name if entry else shown,
            **counted.json(),
            "totals": [asdict(each) for each in totals],
            "carriers": [asdict(each) for each in carriers],
            **listed.json(),
        },
        stories=listed.stories,
        title=visit.names.agency(shown),
    )


def _copies(numbers: Tally, outlet: str, sources: Collection[str]) -> int:
    """Return how many copies of an outlet credit one of `sources` as an agency."""
    if outlet not in numbers.outlets:
        return 0
    carried = numbers.outlets[outlet].agencies
    return sum(tally.copies for agency, tally in carried.items() if agency in sources)


def shares(visit: PageWriter, totals: list[AgencyTotal]) -> Rows:
    """Return the chart of the agencies with the largest shares."""
    shown = totals[:_MAX_ROWS]
    return rows(
        [visit.names.agency(each.agency) for each in shown],
        Series(visit.texts.gettext("Share"), tuple(each.share for each in shown)),
        visit.formats.share,
        is_mirrored=visit.interface.is_mirrored,
    )


def _delays(visit: Visit, carriers: list[Carrier]) -> Rows:
    """Return the chart of the outlets' median delays, the quickest first."""
    known = [
        (each.median_minutes, each.outlet) for each in carriers if each.median_minutes is not None
    ]
    shown = sorted(known)[:_MAX_ROWS]
    return rows(
        [visit.names.outlet(outlet) for _, outlet in shown],
        Series(visit.texts.gettext("Median delay"), tuple(minutes for minutes, _ in shown)),
        visit.formats.duration,
        is_mirrored=visit.interface.is_mirrored,
    )
