"""parse_dateline: the opening of a story cut off and read."""

import re
from collections.abc import Iterable

from crawler.outlet import Outlet
from crawler.sources import dateline_forms
from crawler.sources.elements import Element
from crawler.sources.model import Dateline, Source
from crawler.sources.outlet_profile import profile_of
from crawler.sources.prefix import Opening

# Most stories open with a sentence: without one of these marks early on there is no dateline to
# read. The last alternative is a mark right behind leading white space. `*+` keeps a text of white
# space alone from being tried from each of its blanks.
_SIGNS = r"-–—―‐‑−_ـ:/\\|(\[«\"“.۔…؍،\n"
_MARKED = re.compile(rf"\s*+(?:[^{_SIGNS}]{{1,70}}[{_SIGNS}]|[(\[«\"“])|\s*?[^\S\n][{_SIGNS}]")


def parse_dateline(text: str, *, outlet: Outlet | str | None = None) -> Dateline:
    """The dateline that a story opens with, and the story behind it; `text` is "" when there is
    none.

    `outlet`: who printed it, as declared or by gazetteer id, name or host. Its habits decide how
    much evidence a dateline takes; without it only forms are cut that hardly any sentence has.
    Never raises on a string.
    """
    if not _MARKED.match(text):
        return Dateline(text="", story=text)
    profile = profile_of(outlet)
    opening = Opening(text, profile)
    needed, best = dateline_forms.MIN_STRENGTH[profile.datelines], None
    for prefix in opening.prefixes():
        settled = dateline_forms.resolve_ambiguous(prefix)
        if dateline_forms.strength(settled, text) >= needed and (
            best is None or dateline_forms.extends(best, settled)
        ):
            best = settled
    if best is None:
        return Dateline(text="", story=text)
    return Dateline(
        text=text[: best.end],
        story=text[best.end :],
        place=printed_place(best.elements, text),
        sources=named_sources(best.elements),
        reporter=printed_reporter(best.elements, text),
        date=next((opening.days.day(e.start) for e in best.elements if e.kind == "date"), None),
    )


def printed_place(elements: Iterable[Element], text: str) -> str | None:
    """The first place, or row of places, as printed."""
    start = end = None
    for element in elements:
        if element.kind == "place":
            start, end = (element.start if start is None else start), element.end
        elif start is not None:
            break
    if start is None or end is None:
        return None
    place = text[start:end]
    return place + ")" if place.count("(") > place.count(")") else place


def named_sources(elements: Iterable[Element]) -> tuple[Source, ...]:
    """The sources and desks in printed order, each once."""
    return tuple(
        dict.fromkeys(e.source for e in elements if e.source and e.kind in ("source", "desk"))
    )


def printed_reporter(elements: Iterable[Element], text: str) -> str | None:
    """The persons named, as printed."""
    names = [text[element.start : element.end] for element in elements if element.kind == "person"]
    return "، ".join(names) or None
