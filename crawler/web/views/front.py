"""The front: the newest stories, or those that filters and a query let through."""

import asyncio
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from crawler.stories.model import Story
from crawler.web.errors import BadRequest
from crawler.web.filter_form import filter_form
from crawler.web.page import Page
from crawler.web.parameters import LIST_PARAMETERS
from crawler.web.site import Visit
from crawler.web.views.stories import StoryList, read_list, refused

_LEADS = 3
"""Stories of the first page that are shown with their first paragraph."""

_FILTERS = LIST_PARAMETERS - {"after", "limit", "zone", "order"}


async def front(visit: Visit) -> Page:
    """Return the page of the newest stories that the parameters let through."""
    try:
        listed = await read_list(visit)
    except BadRequest as error:
        return refused(visit, error)
    filtered = sorted(name for name in _FILTERS if visit.parameters.get(name))
    is_first = not filtered and "after" not in visit.parameters
    leads = await _leads(visit, listed.stories[:_LEADS]) if is_first else {}
    return Page(
        template="front.html",
        values={
            "listed": listed,
            "days": _by_day(visit, listed),
            "leads": leads,
            "form": filter_form(visit, listed.stories),
        },
        json=listed.json,
        stories=listed.stories,
        title="خبر",
    )


def _by_day(visit: Visit, listed: StoryList) -> list[tuple[date | None, list[Story]]]:
    """Return the stories with the days on which they were published, by the site's clock."""
    zone = visit.site.zone

    def day_of(story: Story) -> date | None:
        return story.published.astimezone(zone).date() if story.published else None

    return [(day, list(stories)) for day, stories in groupby(listed.stories, day_of)]


async def _leads(visit: Visit, stories: Sequence[Story]) -> dict[str, str]:
    """Return the first paragraphs of some stories, by their ids."""
    articles = await asyncio.gather(*(visit.site.reader.article(each.id) for each in stories))
    return {
        stored.id: stored.article.body.split("\n", 1)[0]
        for stored in articles
        if stored is not None and stored.article.body
    }
