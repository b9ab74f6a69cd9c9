"""attribute: who an article is from, as its dateline, credit lines, byline and outlet say."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.gazetteer import Source
from crawler.gazetteer.tables import key
from crawler.outlet import Outlet
from crawler.sources.credit import parse_credit
from crawler.sources.dateline import parse_dateline
from crawler.sources.model import Credit, Dateline, Role
from crawler.sources.outlet_profile import profile_of, resolve

MAX_CREDIT_LENGTH = 90  # characters; a longer paragraph is story, whatever names stand in it
_CLOSING_BRACKETS = re.compile(r"""[.!?؟۔…"»”]\s*\((?P<inside>[^()\n]{2,60})\)[\s.۔]*$""")


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

    The first place and the first reporter named win, in the order dateline, first line, last line,
    bylines. Credit lines stay in the body. `authors`: the bylines as printed, or an article's
    authors (`crawler.items.Authors`); each line is read for its place, its people and its sources.
    The outlet that ran the story is its publisher, unless another of its brands is named.
    """
    dateline = parse_dateline(body, outlet=outlet)
    credit_lines = [parse_credit(line, outlet=outlet) for line in _possible_credits(dateline)]
    printed = getattr(authors, "bylines", ()) or authors
    bylines = [parse_credit(line, outlet=outlet, is_byline=True) for line in printed]

    in_story: list[Dateline | Credit] = [dateline, *credit_lines]
    if closing := _closing_credit(dateline, outlet):
        in_story.append(closing)
    lines = [*in_story, *bylines]
    named = (_unless_own_name(source, outlet) for line in lines for source in line.sources)
    sources = {source: role_of(source, outlet) for source in named}
    if outlet and not any(_is_own(source, outlet) for source in sources):
        sources = {_publisher_of(outlet): "publisher", **sources}

    reporter = next((line.reporter for line in in_story if line.reporter), None)
    if reporter is None:
        reporter = _reporter_of(bylines, is_agency_copy="agency" in sources.values())
    return Attributed(
        dateline=dateline.text.strip(),
        body=dateline.story.strip(),
        place=next((line.place for line in lines if line.place), None),
        reporter=reporter,
        date=dateline.date,
        sources=tuple(sources.items()),
    )


def _reporter_of(bylines: Sequence[Credit], *, is_agency_copy: bool) -> str | None:
    """Return the people of the one byline that names any, None where several do.

    In an agency's copy a byline of people alone names the desk editor who posted it.
    """
    naming_people = [byline for byline in bylines if byline.reporter]
    if len({byline.reporter for byline in naming_people}) != 1:
        return None
    byline = naming_people[0]
    if is_agency_copy and not byline.sources:
        return None
    return byline.reporter


def _unless_own_name(source: Source, outlet: Outlet | None) -> Source:
    """Return the outlet for a source that the gazetteer lacks and that bears the outlet's name."""
    if outlet and not source.id and key(source.name) in (key(outlet.native), key(outlet.title)):
        return _publisher_of(outlet)
    return source


def _closing_credit(dateline: Dateline, outlet: Outlet | None) -> Credit | None:
    """Return the agencies in brackets behind the last sentence of a story: "... بالمئة. (رويترز)".

    Brackets inside a sentence explain a name, and say nothing of the story's origin.
    """
    match = _CLOSING_BRACKETS.search(dateline.story[-MAX_CREDIT_LENGTH:])
    if match is None:
        return None
    credit = parse_credit(match["inside"], outlet=outlet)
    are_agencies = credit.sources and all(source.kind == "agency" for source in credit.sources)
    return credit if are_agencies else None


def _possible_credits(dateline: Dateline) -> list[str]:
    """Return the first and the last paragraph if short; a dateline replaces the first."""
    paragraphs = dateline.story.split("\n\n")
    if len(paragraphs) == 1:
        return []
    lines = [paragraphs[-1]] if dateline.text else [paragraphs[0], paragraphs[-1]]
    return [line for line in lines if len(line) <= MAX_CREDIT_LENGTH]


def _publisher_of(outlet: Outlet) -> Source:
    """Return the outlet's row of the gazetteer, or the outlet as declared where it has none."""
    own = Source(id=outlet.source_id, name=outlet.title, kind="site", country=outlet.country)
    return resolve(outlet.publisher) or own


def _is_own(source: Source, outlet: Outlet) -> bool:
    """Return whether `source` is the outlet itself or one of the brands that it declares."""
    if not source.id:
        return source == _publisher_of(outlet)
    return source.id in (outlet.source_id, *outlet.style.brands)


def role_of(source: Source, outlet: Outlet | None) -> Role:
    """Return the part `source` plays in a story that `outlet` ran.

    Every source that is neither a house of the outlet's family nor a desk is an agency: the story
    came from there.
    """
    if source.kind == "desk":
        return "desk"
    if outlet and (_is_own(source, outlet) or source.id in profile_of(outlet).family):
        return "publisher"
    return "agency"
