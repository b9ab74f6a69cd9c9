"""parse_credit: a line above or below a body that says who wrote it or where it came from."""

from collections.abc import Sequence
from dataclasses import replace

from crawler.outlet import Outlet
from crawler.sources import lexicon
from crawler.sources.dateline import named_sources, printed_place, printed_reporter
from crawler.sources.elements import Element, folded_run
from crawler.sources.model import Credit, Source
from crawler.sources.outlet_profile import profile_of
from crawler.sources.prefix import LineParser
from crawler.sources.tokens import tokenise

_DECORATION = ("mark", "open", "close", "dash", "slash", "comma")
_BETWEEN_PLACES = ("", "،", ",", "/")
_MAX_INITIALS = 2  # letters


def parse_credit(text: str, *, outlet: Outlet | str | None = None) -> Credit:
    """Return the sources, place and reporter that a credit line names; all empty for other lines.

    A line is a credit when all of it is read ("لندن - رويترز"), or when it begins with a label of
    origin ("المصدر: وكالات"), behind which an unknown name is a source. A place alone, or a name
    that is also a word, says nothing. `outlet`: as in `parse_dateline`. Never raises on a string.
    """
    label_end = _end_of_origin_label(text)
    if label_end is not None:
        return _origin(text, label_end, outlet)
    elements = LineParser(text, profile_of(outlet)).whole_line()
    if elements is None:
        return Credit(text=text)
    elements = _resolve_unknown(elements, text)
    if any(element.kind == "unknown" for element in elements):
        return Credit(text=text)
    decorated = not text.strip()[:1].isalnum()
    if not _names_somebody(elements, decorated=decorated):
        return Credit(text=text)
    return Credit(
        text=text,
        sources=named_sources(elements),
        place=printed_place(elements, text),
        reporter=printed_reporter(elements, text),
    )


def _end_of_origin_label(text: str) -> int | None:
    """Return the offset behind the label of origin that a line begins with, None without one."""
    words = [token for token in tokenise(text) if token.kind not in _DECORATION]
    for length in (2, 1):
        label = words[:length]
        if len(words) <= length or any(token.kind != "word" for token in label):
            continue
        if folded_run(label) in lexicon.ORIGINS:
            return label[-1].end
    return None


def _origin(text: str, label_end: int, outlet: Outlet | str | None) -> Credit:
    """Return the sources and place behind a label of origin; an unknown name is a source."""
    line = text[label_end:]
    elements = LineParser(line, profile_of(outlet)).whole_line()
    if elements is None:
        return Credit(text=text)
    named = [_as_source(element, line) for element in elements if element.kind != "date"]
    return Credit(text=text, sources=named_sources(named), place=printed_place(named, line))


def _as_source(element: Element, line: str) -> Element:
    if element.kind not in ("unknown", "person"):
        return element
    source = Source(id="", name=line[element.start : element.end], kind="unknown")
    return replace(element, kind="source", source=source)


def _resolve_unknown(elements: Sequence[Element], text: str) -> list[Element]:
    """Return the elements with unknown names read from their neighbours, where these say enough.

    Before a place with a comma or slash between, a name is a place; beside a known place or source
    it is a person, and so are initials.
    """
    resolved = list(elements)
    accompanied = any(
        element.kind in ("source", "place") and element.weight != "weak" for element in elements
    )
    # Backwards: in a row of places the last may be the only known one.
    for index in reversed(range(len(resolved))):
        element = resolved[index]
        if element.kind != "unknown":
            continue
        if _precedes_place(resolved, index, text):
            resolved[index] = replace(element, kind="place", weight="weak")
        elif accompanied or _are_initials(text[element.start : element.end]):
            resolved[index] = replace(element, kind="person", weight="weak")
    return resolved


def _precedes_place(elements: Sequence[Element], index: int, text: str) -> bool:
    """Return whether the element behind `index` is a place of the same row."""
    if index + 1 == len(elements):
        return False
    following = elements[index + 1]
    between = text[elements[index].end : following.start]
    return following.kind == "place" and between.strip() in _BETWEEN_PLACES


def _names_somebody(elements: Sequence[Element], *, decorated: bool) -> bool:
    """Return whether a source, desk or person is named so that the line can be nothing else.

    A source's name that is also a word takes another element beside it, or a mark before it:
    `decorated` lines are "-وات-" and "(معا)".
    """
    for element in elements:
        if element.kind == "person":
            return True
        firm = element.weight != "weak" or decorated or len(elements) > 1
        if element.names_source and firm:
            return True
    return False


def _are_initials(name: str) -> bool:
    """Return whether an editor signs with `name`: م.ن or محمد.ك."""
    parts = [part.strip() for part in name.split(".")]
    if len(parts) == 1 or not all(parts):
        return False
    return any(len(part) <= _MAX_INITIALS for part in parts)
