"""parse_credit: a line above or below a body that says who wrote it or where it came from."""

from dataclasses import replace

from crawler.outlet import Outlet
from crawler.sources import lexicon
from crawler.sources.dateline import named_sources, printed_place, printed_reporter
from crawler.sources.elements import Element, folded_run
from crawler.sources.model import Credit, Source
from crawler.sources.outlet_profile import profile_of
from crawler.sources.prefix import Opening
from crawler.sources.tokens import tokenise


def parse_credit(text: str, *, outlet: Outlet | str | None = None) -> Credit:
    """The sources, place and reporter that a credit line names; all empty for a line that is none.

    A line counts as a credit when all of it is read ("لندن - رويترز"), or behind a label of origin
    ("المصدر: وكالات"), where a name that nobody knows is a source too. A name of a word or a place
    alone says nothing. `outlet` as in `parse_dateline`. Never raises on a string.
    """
    behind = _behind_label(text)
    if behind is not None:
        return _origin(text, behind, outlet)
    elements = Opening(text, profile_of(outlet)).line()
    if elements is None:
        return Credit(text=text)
    elements = _settled(elements, text)
    kinds = {element.kind for element in elements}
    if not _credits(elements, decorated=not text.strip()[:1].isalnum()) or "unknown" in kinds:
        return Credit(text=text)
    return Credit(
        text=text,
        sources=named_sources(elements),
        place=printed_place(elements, text),
        reporter=printed_reporter(elements, text),
    )


def _behind_label(text: str) -> int | None:
    """The offset behind a label of origin that the line begins with, or None."""
    words = [
        token
        for token in tokenise(text)
        if token.kind not in ("mark", "open", "close", "dash", "slash", "comma")
    ]
    for length in (2, 1):
        label = words[:length]
        if (
            len(words) > length
            and folded_run(label) in lexicon.ORIGINS
            and all(w.kind == "word" for w in label)
        ):
            return label[-1].end
    return None


def _origin(text: str, behind: int, outlet: Outlet | str | None) -> Credit:
    line = text[behind:]
    elements = Opening(line, profile_of(outlet)).line()
    if elements is None:
        return Credit(text=text)
    named = [_as_source(element, line) for element in elements if element.kind != "date"]
    return Credit(text=text, sources=named_sources(named), place=printed_place(named, line))


def _as_source(element: Element, line: str) -> Element:
    if element.kind not in ("unknown", "person"):
        return element
    return replace(
        element, kind="source", source=Source("", line[element.start : element.end], "unknown")
    )


def _settled(elements: list[Element], text: str) -> list[Element]:
    """The elements with unknown words read from their neighbours: before a place with a comma
    between they are places, beside a place or a source a person."""
    settled = list(elements)
    accompanied = any(
        element.kind in ("source", "place") and element.weight != "weak" for element in elements
    )
    for at in reversed(range(len(settled))):
        element = settled[at]
        if element.kind != "unknown":
            continue
        following = settled[at + 1] if at + 1 < len(settled) else None
        if (
            following
            and following.kind == "place"
            and text[element.end : following.start].strip() in "،,/"
        ):
            settled[at] = replace(element, kind="place", weight="weak")
        elif accompanied or _initials(text[element.start : element.end]):
            settled[at] = replace(element, kind="person", weight="weak")
    return settled


def _credits(elements: list[Element], *, decorated: bool) -> bool:
    """Whether anybody is named so that the line can be nothing else: a name that is also a word
    takes another beside it, or a mark before it (`decorated`: "-وات-", "(معا)")."""
    for element in elements:
        firm = element.weight != "weak" or decorated or len(elements) > 1
        if element.kind in ("source", "desk", "person") and (firm or element.kind == "person"):
            return True
    return False


def _initials(name: str) -> bool:
    """م.ن or محمد.ك: what an editor signs with."""
    parts = [part.strip() for part in name.split(".")]
    return len(parts) > 1 and all(parts) and any(len(part) <= 2 for part in parts)
