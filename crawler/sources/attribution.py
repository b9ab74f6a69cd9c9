"""Who an article is from, from everything that says so: its dateline, its credit lines, its byline,
its outlet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crawler.outlet import Outlet
from crawler.sources.credit import parse_credit
from crawler.sources.dateline import parse_dateline
from crawler.sources.model import Role, Source
from crawler.sources.outlet_profile import resolve

CREDIT_LENGTH = 90  # characters; a longer paragraph is story, whatever names stand in it


@dataclass(frozen=True, slots=True)
class Attributed:
    """A body read for its origin. As printed, the body was `dateline` + `body`."""

    dateline: str
    body: str
    place: str | None
    reporter: str | None
    date: date | None
    sources: tuple[tuple[Source, Role], ...]


def attribute(
    body: str, *, authors: Iterable[str] = (), outlet: Outlet | None = None
) -> Attributed:
    """Cut the dateline off `body` and name the sources, each once, with its role.

    The first that names a place or a reporter wins, in the order dateline, first line, last line.
    An agency may stand where a byline would. A sole named author is the reporter unless the story
    is an agency's: then it is the desk editor who posted it. The outlet that ran the story is its
    publisher, unless it is printed under another of its brands. Credit lines stay in the body: they
    are printed, and only read here.
    """
    dateline = parse_dateline(body, outlet=outlet)
    place, reporter = dateline.place, dateline.reporter
    printed = list(dateline.sources)

    paragraphs = dateline.story.split("\n\n")
    edges = [paragraphs[-1]] if dateline.text else [paragraphs[0], paragraphs[-1]]
    for line in edges if len(paragraphs) > 1 else ():
        if len(line) <= CREDIT_LENGTH:
            credit = parse_credit(line, outlet=outlet)
            printed += credit.sources
            place, reporter = place or credit.place, reporter or credit.reporter

    persons = []
    for author in authors:
        source = resolve(author, outlet=outlet)
        if source is None:
            persons.append(author)
        elif source.kind in ("agency", "desk"):
            printed.append(source)

    sources = {source: role_of(source, outlet) for source in printed}
    roles = set(sources.values())
    if reporter is None and len(persons) == 1 and "agency" not in roles:
        reporter = persons[0]
    if outlet and "publisher" not in roles:
        publisher = resolve(outlet.publisher) or Source(id="", name=outlet.title, kind="unknown")
        sources = {publisher: "publisher", **sources}
    return Attributed(
        dateline=dateline.text.strip(),
        body=dateline.story.strip(),
        place=place,
        reporter=reporter,
        date=dateline.date,
        sources=tuple(sources.items()),
    )


def role_of(source: Source, outlet: Outlet | None) -> Role:
    """The part `source` plays in a story that `outlet` ran: whoever is neither the house nor a desk
    is who it came from."""
    if outlet and source.id and source.id in (outlet.publisher, *outlet.style.brands):
        return "publisher"
    return "desk" if source.kind == "desk" else "agency"
