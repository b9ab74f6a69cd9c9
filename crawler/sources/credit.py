"""parse_credit: a line above or below a body that says who wrote it or where it came from."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from crawler.gazetteer import Source, gazetteer
from crawler.outlet import Outlet
from crawler.sources import lexicon
from crawler.sources.ambiguity import choose_outlets
from crawler.sources.byline_names import are_initials, name_people, precedes_place
from crawler.sources.byline_runs import BylineRunParser
from crawler.sources.dateline import named_sources, printed_place, printed_reporter
from crawler.sources.elements import Element, RunParser, folded_run
from crawler.sources.model import Credit
from crawler.sources.namesakes import resolve_by_place
from crawler.sources.outlet_profile import OutletProfile, profile_of
from crawler.sources.prefix import LineParser
from crawler.sources.tokens import Token

# An address, an account, a word for screen readers ("Author, Role,"), an English date.
_BESIDE_NAMES = re.compile(
    r"""\S+://\S* | www\.\S+ | \S*@\S* | \b(?:author|role|authors|by)\s*[,،:]
      | \b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d{1,2}(?:,\s\d{4})?\b""",
    re.IGNORECASE | re.VERBOSE,
)
_MAX_LABEL_WORDS = 2
"""Words of the longest label of origin."""
_MAX_SOURCE_WORDS = 4
"""Words of a source's name that begins with a word such as المصدر."""
_DECORATION = ("mark", "open", "close", "dash", "slash", "comma")


def parse_credit(
    text: str, *, outlet: Outlet | str | None = None, is_byline: bool = False
) -> Credit:
    """Return the sources, place and reporter that a credit line names; all empty for other lines.

    A line is a credit when all of it is read ("لندن - رويترز"), or when it begins with a label of
    origin ("المصدر: وكالات"), behind which an unknown name is a source. A place alone, or a name
    that is also a word, says nothing. `is_byline`: the page says that the line is a byline, so that
    a place or a name alone says something and every unknown name is somebody's. `outlet`: as in
    `parse_dateline`. Never raises on a string.
    """
    profile = profile_of(outlet)
    # Characters are replaced one by one, so that offsets stay those of the printed line.
    line = _BESIDE_NAMES.sub(_blank, text) if is_byline else text
    runs = BylineRunParser(line, profile) if is_byline else RunParser(line, profile)
    parser = LineParser(line, profile, runs)
    label_end = _end_of_origin_label(parser.tokens)
    if label_end is not None:
        return _origin(line, label_end, profile)
    elements = parser.whole_line()
    if elements is None:
        return Credit(text=text)
    elements = choose_outlets(elements)
    elements = name_people(elements, line) if is_byline else _resolve_unknown(elements, line)
    if any(element.kind == "unknown" for element in elements):
        return Credit(text=text)
    decorated = not text.strip()[:1].isalnum()
    if not is_byline and not _names_somebody(elements, decorated=decorated):
        return Credit(text=text)
    return _credit(text, elements)


def _blank(words: re.Match[str]) -> str:
    """Return a separator as long as the words."""
    return "|".center(len(words[0]))


def _credit(text: str, elements: Sequence[Element], offset: int = 0) -> Credit:
    """Return the credit that the elements of `text` from `offset` on make."""
    line = text[offset:]
    elements = resolve_by_place(elements, line)
    named = [element for element in elements if element.kind in ("person", "source", "desk")]
    return Credit(
        text=text,
        sources=named_sources(elements),
        place=printed_place(elements, line),
        reporter=printed_reporter(elements, line),
        names=tuple(dict.fromkeys(line[element.start : element.end] for element in named)),
    )


def _end_of_origin_label(tokens: Iterable[Token]) -> int | None:
    """Return the offset behind the label of origin that a line begins with, None without one.

    A source whose own name begins with such a word (المصدر أونلاين) is no label.
    """
    words = [token for token in tokens if token.kind not in _DECORATION]
    for length in range(_MAX_LABEL_WORDS, 0, -1):
        label = words[:length]
        if len(words) <= length or any(token.kind != "word" for token in label):
            continue
        if folded_run(label) in lexicon.ORIGINS:
            return None if _begins_with_source(words) else label[-1].end
    return None


def _begins_with_source(words: Sequence[Token]) -> bool:
    """Return whether the first word and those right behind it are a source's name."""
    for length in range(2, 1 + min(_MAX_SOURCE_WORDS, len(words))):
        if words[length - 1].kind != "word":
            return False
        if gazetteer().named(folded_run(words[:length])):
            return True
    return False


def _origin(text: str, label_end: int, profile: OutletProfile) -> Credit:
    """Return the sources and place behind a label of origin; an unknown name is a source."""
    line = text[label_end:]
    elements = LineParser(line, profile).whole_line()
    if elements is None:
        return Credit(text=text)
    elements = choose_outlets(elements)
    if len(elements) == 1 and elements[0].alternative is not None:
        elements = [elements[0].alternative]  # "المصدر: الرياض" is the newspaper, not the city
    named = [_as_source(element, line) for element in elements if element.kind != "date"]
    return _credit(text, named, label_end)


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
        if precedes_place(resolved, index, text):
            resolved[index] = replace(element, kind="place", weight="weak")
        elif accompanied or are_initials(text[element.start : element.end]):
            resolved[index] = replace(element, kind="person", weight="weak")
    return resolved


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
