"""What the pages that list stories have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from crawler.known_names import UnknownName, resolve_names
from crawler.search import Node, QueryError
from crawler.storage import Hit
from crawler.stories.model import Story
from crawler.web.errors import BadQuery, BadRequest, UnknownNameAsked
from crawler.web.filter_form import filter_form
from crawler.web.page import Page
from crawler.web.parameters import read_filters
from crawler.web.site import Visit

PAGE_SIZE = 30
"""Stories on a page, where the address does not say."""


@dataclass(frozen=True, slots=True)
class StoryList:
    """Some stories of a list. filters: of `Reader.search`, by which they were found. query: whose
    words are marked. next: the cursor behind them; None at the end of the list."""

    stories: tuple[Story, ...]
    filters: Mapping[str, object]
    query: Node | None
    next: str | None

    def json(self) -> dict[str, Any]:
        """Return the list for programs: `after=NEXT` goes on behind it."""
        return {"stories": [asdict(story) for story in self.stories], "next": self.next}


async def read_list(visit: Visit, parameters: dict[str, str] | None = None) -> StoryList:
    """Return the stories that a request's parameters ask for. parameters: instead of its own.
    Raises BadRequest and StoreError."""
    given = dict(visit.parameters) if parameters is None else parameters
    filters = read_filters(given, zone=visit.site.zone, limit=PAGE_SIZE)
    await resolve(visit, filters)
    hits = await _read(visit, filters)
    limit = filters["limit"]
    assert isinstance(limit, int)
    shown = hits[:limit]
    await visit.read_precisions(hit.item for hit in shown)
    query = filters["query"]
    return StoryList(
        stories=tuple(hit.item for hit in shown),
        filters=filters,
        query=query if isinstance(query, Node) else None,
        next=shown[-1].cursor if len(hits) > limit else None,
    )


async def resolve(visit: Visit, filters: dict[str, object]) -> None:
    """Put what articles are stored with for the names in `filters`. Raises BadRequest for a name
    that nothing has."""
    try:
        await resolve_names(visit.site.reader, filters, tuple(visit.site.outlets.values()))
    except UnknownName as error:
        raise UnknownNameAsked(str(error)) from None
    except QueryError as error:
        raise BadQuery(str(error)) from None


async def _read(visit: Visit, filters: dict[str, object]) -> Sequence[Hit[Story]]:
    """Return one story more than asked for, by which the end of the list is known."""
    limit = filters["limit"]
    assert isinstance(limit, int)
    try:
        return [hit async for hit in visit.site.reader.search(**{**filters, "limit": limit + 1})]
    except ValueError as error:  # an unknown cursor
        raise BadRequest(str(error)) from None


def refused(visit: Visit, error: BadRequest) -> Page:
    """Return the page that says what is wrong with the parameters of a list, above the form with
    what was typed. Raises `error` again for programs."""
    if visit.format != "html":
        raise error
    values = {"kind": error.kind, "message": str(error), "form": filter_form(visit)}
    return Page("refused.html", values, values, status=error.status)
