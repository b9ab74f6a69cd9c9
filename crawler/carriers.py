"""Who carries whom: how often and how fast outlets print the texts of agencies."""

from collections import Counter
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass

from crawler.gazetteer import gazetteer
from crawler.stories.model import Story
from crawler.stories.tallies import AgencyTally, Tally

_Tallies = Mapping[tuple[str, str], AgencyTally]
"""By agency and outlet."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """How an outlet carries an agency: fields of `scrapy carriers --json`.

    agency: a gazetteer id, or the printed name of an agency without an id. name: canonical English,
    or as printed. copies: articles of the outlet that credit the agency. share: of all articles of
    the outlet, between 0 and 1. median_minutes: after the earliest copy of the story, over the
    articles that are later copies and known to the minute; None without any.
    """

    agency: str
    name: str
    outlet: str
    copies: int
    share: float
    median_minutes: float | None


@dataclass(frozen=True, slots=True)
class AgencyTotal:
    """How all outlets together carry an agency.

    agency, name, copies and median_minutes: as those of a Carrier. outlets: that credit it. share:
    of all articles of all outlets.
    """

    agency: str
    name: str
    copies: int
    outlets: int
    share: float
    median_minutes: float | None


async def count_carriers(
    stories: AsyncIterator[Story], agencies: Collection[str] | None = None
) -> list[Carrier]:
    """Return how outlets carry agencies: the agencies with the most copies first, of each the
    outlets with the most.

    agencies: those that are shown; None shows all. Shares are of the copies in `stories`.
    """
    articles: Counter[str] = Counter()
    tallies: dict[tuple[str, str], AgencyTally] = {}
    async for story in stories:
        articles.update(copy.outlet for copy in story.copies if copy.outlet)
        earliest = story.copies[0].outlet
        for carried in story.carried:
            for agency in carried.agencies:
                if not carried.outlet or (agencies is not None and agency not in agencies):
                    continue
                tally = tallies.setdefault((agency, carried.outlet), AgencyTally())
                tally.copies += 1
                if carried.minutes_after_first is not None and carried.outlet != earliest:
                    tally.minutes[carried.minutes_after_first] += 1
    return _in_order(tallies, articles)


def carriers_of(numbers: Tally, agencies: Collection[str] | None = None) -> list[Carrier]:
    """Return what `count_carriers` returns of the stories that `numbers` counts."""
    tallies = {
        (agency, outlet): tally
        for outlet, of_outlet in numbers.outlets.items()
        for agency, tally in of_outlet.agencies.items()
        if agencies is None or agency in agencies
    }
    return _in_order(tallies, {name: each.articles for name, each in numbers.outlets.items()})


def agencies_of(numbers: Tally) -> list[AgencyTotal]:
    """Return the agencies that the articles credit which `numbers` counts, those with the most
    copies first."""
    articles = sum(outlet.articles for outlet in numbers.outlets.values())
    together: dict[str, AgencyTally] = {}
    outlets: Counter[str] = Counter()
    for outlet in numbers.outlets.values():
        for agency, tally in outlet.agencies.items():
            together.setdefault(agency, AgencyTally()).add(tally)
            outlets[agency] += 1
    totals = [
        AgencyTotal(
            agency=agency,
            name=_name(agency),
            copies=tally.copies,
            outlets=outlets[agency],
            share=round(tally.copies / articles, 4),
            median_minutes=tally.median_minutes,
        )
        for agency, tally in together.items()
    ]
    return sorted(totals, key=lambda each: (-each.copies, each.agency))


def _in_order(tallies: _Tallies, articles: Mapping[str, int]) -> list[Carrier]:
    totals: Counter[str] = Counter()
    for (agency, _), tally in tallies.items():
        totals[agency] += tally.copies
    carriers = [_carrier(*key, tally, articles[key[1]]) for key, tally in tallies.items()]
    return sorted(
        carriers,
        key=lambda each: (-totals[each.agency], each.agency, -each.copies, each.outlet),
    )


def _carrier(agency: str, outlet: str, tally: AgencyTally, articles: int) -> Carrier:
    return Carrier(
        agency=agency,
        name=_name(agency),
        outlet=outlet,
        copies=tally.copies,
        share=round(tally.copies / articles, 4),
        median_minutes=tally.median_minutes,
    )


def _name(agency: str) -> str:
    entry = gazetteer().by_id.get(agency)
    return entry.source.name if entry else agency
