"""The search: stories that meet a query, with the words that it means, and their number by day."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from crawler.search import Node
from crawler.stories.model import StoredArticle
from crawler.web.charts import bars
from crawler.web.errors import BadRequest
from crawler.web.filter_form import FILTERS, filter_form
from crawler.web.marks import Bars, Series
from crawler.web.page import Page
from crawler.web.parameters import read_filters
from crawler.web.passages import Passage, passage
from crawler.web.site import Visit
from crawler.web.spans import place_of, spans_of
from crawler.web.views.counted import category_of
from crawler.web.views.stories import PAGE_SIZE, StoryList, read_list, refused

MAX_COUNTED = 2000
"""Stories, the newest ones, that are counted by day."""

_HEIGHT = 60  # of the bars, in pixels


async def search(visit: Visit) -> Page:
    """Return the page of the stories that meet the query and the filters in the address; without
    any, how to search."""
    if not any(visit.parameters.get(name, "").strip() for name in ("q", *FILTERS)):
        return _help(visit)
    try:
        listed = await read_list(visit)
    except BadRequest as error:
        return refused(visit, error)
    is_first = not visit.parameters.get("after")
    passages = await _passages(visit, listed)
    days = await _days(visit, listed) if is_first else {}
    return Page(
        template="search.html",
        values={
            "listed": listed,
            "form": filter_form(visit, listed.stories),
            "passages": passages,
            "chart": _chart(visit, days),
            "counted": sum(days.values()),
            "is_limited": sum(days.values()) == MAX_COUNTED,
        },
        json={
            **listed.json(),
            "days": {day.isoformat(): days[day] for day in sorted(days)} if is_first else None,
        },
        stories=listed.stories,
        title=visit.parameters.get("q", "").strip() or "خبر",
    )


def _help(visit: Visit) -> Page:
    try:
        read_filters(visit.parameters, zone=visit.site.zone, limit=PAGE_SIZE)
    except BadRequest as error:
        return refused(visit, error)
    nothing: dict[str, object] = {"stories": [], "next": None, "days": {}}
    return Page("search_help.html", {"form": filter_form(visit)}, nothing, stories=(), title="خبر")


async def _passages(visit: Visit, listed: StoryList) -> dict[str, Passage]:
    """Return a passage of the earliest copy of each story, by the id of the story, which is that of
    this copy."""
    articles = await asyncio.gather(
        *(visit.site.reader.article(each.id) for each in listed.stories)
    )
    found = [stored for stored in articles if stored is not None]
    return await asyncio.to_thread(_passages_of, found, listed.query)


def _passages_of(articles: Sequence[StoredArticle], query: Node | None) -> dict[str, Passage]:
    passages = {
        stored.id: passage(stored.article.body or "", query, stored.article.language)
        for stored in articles
    }
    return {story_id: found for story_id, found in passages.items() if found is not None}


async def _days(visit: Visit, listed: StoryList) -> Counter[date]:
    """Return the number of stories by day, of the newest ones, by the site's clock."""
    filters = {name: value for name, value in listed.filters.items() if name != "limit"}
    times = await visit.site.reader.story_times(limit=MAX_COUNTED, **filters)
    return Counter(time.astimezone(visit.site.zone).date() for time in times)


def _chart(visit: Visit, days: Mapping[date, int]) -> Bars | None:
    """Return the chart of the stories from the first of `days` to the last; None where that is one
    day."""
    if len(days) < 2:
        return None
    spans = spans_of(min(days), max(days) + timedelta(days=1))
    numbers = [0] * len(spans)
    for day, stories in days.items():
        numbers[place_of(day, spans)] += stories
    return bars(
        [category_of(visit, span) for span in spans],
        [Series(visit.texts.gettext("Stories"), tuple(numbers))],
        visit.formats.number,
        is_mirrored=visit.interface.is_mirrored,
        height=_HEIGHT,
    )
