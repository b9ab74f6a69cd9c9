"""attribute: who an article is from, as its dateline, credit lines, byline and outlet say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.outlet import Outlet
from crawler.sources.credit import parse_credit
from crawler.sources.dateline import parse_dateline
from crawler.sources.model import Credit, Dateline, Role, Source
from crawler.sources.outlet_profile import resolve

MAX_CREDIT_LENGTH = 90  # characters; a longer paragraph is story, whatever names stand in it


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
    """Cut the dateline off `body` and return the sources, each once, with its role.

    The first place and the first reporter named win, in the order dateline, first line, last line.
    Credit lines stay in the body. `authors`: the names of the byline; a desk or an agency among
    them is a source. A sole person is the reporter, but not of an agency's story: there it is the
    desk editor who posted it. The outlet that ran the story is its publisher, unless another of its
    brands is named.
    """
    dateline = parse_dateline(body, outlet=outlet)
    credit_lines = [parse_credit(line, outlet=outlet) for line in _possible_credits(dateline)]
    persons, author_sources = _read_authors(authors, outlet)

    lines: list[Dateline | Credit] = [dateline, *credit_lines]
    printed = [source for line in lines for source in line.sources]
    sources = {source: role_of(source, outlet) for source in (*printed, *author_sources)}
    roles = set(sources.values())
    if outlet and "publisher" not in roles:
        sources = {_publisher_of(outlet): "publisher", **sources}

    reporter = next((line.reporter for line in lines if line.reporter), None)
    if reporter is None and len(persons) == 1 and "agency" not in roles:
        reporter = persons[0]
    return Attributed(
        dateline=dateline.text.strip(),
        body=dateline.story.strip(),
        place=next((line.place for line in lines if line.place), None),
        reporter=reporter,
        date=dateline.date,
        sources=tuple(sources.items()),
    )


def _possible_credits(dateline: Dateline) -> list[str]:
    """Return the first and the last paragraph if short; a dateline replaces the first."""
    paragraphs = dateline.story.split("\n\n")
    if len(paragraphs) == 1:
        return []
    lines = [paragraphs[-1]] if dateline.text else [paragraphs[0], paragraphs[-1]]
    return [line for line in lines if len(line) <= MAX_CREDIT_LENGTH]


def _read_authors(
    authors: Iterable[str], outlet: Outlet | None
) -> tuple[Sequence[str], Sequence[Source]]:
    """Return the persons among the authors, and the agencies and desks."""
    persons: list[str] = []
    sources: list[Source] = []
    for author in authors:
        source = resolve(author, outlet=outlet)
        if source is None:
            persons.append(author)
        elif source.kind in ("agency", "desk"):
            sources.append(source)
    return persons, sources


def _publisher_of(outlet: Outlet) -> Source:
    return resolve(outlet.publisher) or Source(id="", name=outlet.title, kind="unknown")


def role_of(source: Source, outlet: Outlet | None) -> Role:
    """Return the part `source` plays in a story that `outlet` ran.

    Every source that is neither the outlet, one of its brands nor a desk is an agency: the story
    came from there.
    """
    if outlet and source.id and source.id in (outlet.publisher, *outlet.style.brands):
        return "publisher"
    return "desk" if source.kind == "desk" else "agency"
