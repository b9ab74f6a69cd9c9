"""The newest crawls: what each found, fetched and stored, and what failed."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from crawler.display.jsonl import run_values
from crawler.known_names import UnknownName, outlets_in
from crawler.spiders.arguments import ArgumentError
from crawler.storage import Run
from crawler.time_options import read_time
from crawler.web.errors import BadRequest
from crawler.web.page import Page
from crawler.web.parameters import check_names
from crawler.web.site import Visit
from crawler.web.words import Explained, explain

PAGE_SIZE = 50
"""Crawls on a page."""

_PARAMETERS = frozenset(("outlet", "since", "after"))
_Position = tuple[datetime, str]
"""When a crawl began, and its id."""


async def runs(visit: Visit) -> Page:
    """Return the page of the crawls that the parameters let through: `outlet` by any of its names,
    `since` an instant, `after` the cursor of another page."""
    check_names(visit.parameters, _PARAMETERS)
    given = {name: value for name, value in visit.parameters.items() if value.strip()}
    since = _since(visit, given.get("since"))
    before = _position(given["after"]) if "after" in given else None
    found = await _read(visit, await _named(visit, given.get("outlet")), since, before)
    shown = found[:PAGE_SIZE]
    following = cursor_of(shown[-1]) if len(found) > PAGE_SIZE else None
    return Page(
        template="runs.html",
        values={
            "runs": shown,
            "next": following,
            "outlet": given.get("outlet", ""),
            "since": given.get("since", ""),
            "causes": explain_failures(visit, shown),
            "outlets": sorted(visit.site.outlets.values(), key=lambda each: each.name),
        },
        json={"runs": [run_values(run) for run in shown], "next": following},
    )


def explain_failures(visit: Visit, shown: Iterable[Run]) -> dict[str, Explained]:
    """Return what the failures of some crawls mean, by the names of the causes."""
    return explain(visit.texts, sorted({name for run in shown for name in run.failures}))


def cursor_of(run: Run) -> str:
    """Return the cursor with which a list goes on behind `run`."""
    started = run.started.astimezone(UTC).replace(tzinfo=None)
    return f"{started.isoformat(timespec='milliseconds')}~{run.id}"


def _position(cursor: str) -> _Position:
    """Return where the list goes on. Raises BadRequest for what is no cursor."""
    started, separator, name = cursor.partition("~")
    problem = f"after: {cursor[:80]!r} is no place in this list"
    try:
        instant = datetime.fromisoformat(started)
    except ValueError:
        raise BadRequest(problem) from None
    if not separator or not name or instant.tzinfo is not None:
        raise BadRequest(problem)
    return instant.replace(tzinfo=UTC), name


def _since(visit: Visit, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return read_time("since", text, zone=visit.site.zone, now=datetime.now(UTC))
    except ArgumentError as error:
        raise BadRequest(str(error)) from None


async def _named(visit: Visit, outlet: str | None) -> Sequence[str | None]:
    """Return the names of the outlets that a name may mean; None alone for all. Raises
    BadRequest."""
    if outlet is None:
        return (None,)
    try:
        declared = tuple(visit.site.outlets.values())
        return sorted(await outlets_in(visit.site.reader, outlet, declared))
    except UnknownName as error:
        async for _ in visit.site.reader.runs(outlet=outlet, limit=1):
            return (outlet,)  # no longer declared, and nothing of it is stored
        raise BadRequest(str(error)) from None


async def _read(
    visit: Visit,
    outlets: Sequence[str | None],
    since: datetime | None,
    before: _Position | None,
) -> list[Run]:
    """Return one crawl more than a page has, by which the end of the list is known."""
    found: list[Run] = []
    for outlet in outlets:
        listed = visit.site.reader.runs(outlet=outlet, before=before, limit=PAGE_SIZE + 1)
        async for run in listed:
            if since and run.started < since:
                break
            found.append(run)
    found.sort(key=lambda run: (run.started, run.id), reverse=True)
    return found[: PAGE_SIZE + 1]
