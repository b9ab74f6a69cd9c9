"""parse_dateline: the dateline that a story opens with, cut off and read."""

import re
from collections.abc import Iterable

from crawler.dates import names
from crawler.gazetteer import Source
from crawler.outlet import Outlet
from crawler.sources.ambiguity import resolve_ambiguous
from crawler.sources.candidate import Candidate
from crawler.sources.dateline_forms import MIN_STRENGTH, Form, Strength, recognise
from crawler.sources.elements import Element
from crawler.sources.model import Dateline
from crawler.sources.namesakes import resolve_by_place
from crawler.sources.outlet_profile import profile_of
from crawler.sources.prefix import LineParser, Prefix

# Most stories open with a sentence: without one of these marks early on there is no dateline to
# read; a day of the month may stand for one ("پٹنہ 7 مارچ یو این آئی"). The last alternative is a
# mark right behind leading white space. `*+` keeps a text of white space alone from being tried
# from each of its blanks.
_MARKS = r"-–—―‐‑−_ـ:/\\|(\[«\"“.۔…؍،\n"
_MONTH = "(?:" + "|".join(name for row in names.GREGORIAN_MONTHS for name in row) + ")"
_MARKED_EARLY = re.compile(
    rf"\s*+\.?(?:[^{_MARKS}]{{1,70}}[{_MARKS}]|[(\[«\"“]|(?:[^\W\d]+ ){{1,3}}\d{{1,2}} {_MONTH})"
    rf"|\s*?[^\S\n][{_MARKS}]"
)

# Behind these the story may have begun.
_MAY_OPEN_STORY = frozenset({"colon", "newline", "ellipsis"})

# These part the elements of a dateline, and end none.
_END_NOTHING = frozenset({"comma", "mark"})


def parse_dateline(text: str, *, outlet: Outlet | str | None = None) -> Dateline:
    """Return the dateline that a story opens with, and the story behind it.

    `outlet`: the outlet that printed the story, as declared or by gazetteer id, name or host. Its
    habit decides how strong a dateline's form must be; of an unknown outlet only forms are cut that
    hardly any sentence has. `Dateline.text` is "" when there is no dateline. Never raises on a
    string.
    """
    if not _MARKED_EARLY.match(text):
        return Dateline(text="", story=text)
    profile = profile_of(outlet)
    parser = LineParser(text, profile)
    longest = _longest_dateline(parser, text, MIN_STRENGTH[profile.datelines])
    if longest is None:
        return Dateline(text="", story=text)
    prefix, form = longest
    elements = resolve_by_place(prefix.elements, text)
    days = [parser.days.day(element.start) for element in elements if element.kind == "date"]
    return Dateline(
        text=text[: prefix.end],
        story=text[prefix.end :],
        place=printed_place(elements, text),
        sources=named_sources(elements),
        reporter=printed_reporter(elements, text),
        date=next(filter(None, days), None),
        form=form.name,
    )


def _longest_dateline(
    parser: LineParser, text: str, min_strength: Strength
) -> tuple[Prefix, Form] | None:
    """Return the longest prefix that is a dateline, and its form; None when there is no dateline.

    Each dateline must extend the shorter one before it.
    """
    longest: tuple[Prefix, Form] | None = None
    for prefix in parser.prefixes():
        candidate = Candidate(resolve_ambiguous(prefix), text)
        form = recognise(candidate)
        if form is None or form.strength < min_strength:
            continue
        if longest is None or _extends(longest[0], candidate):
            longest = candidate.prefix, form
    return longest


def _extends(shorter: Prefix, candidate: Candidate) -> bool:
    """Return whether the elements that `candidate` adds to a dateline belong to it too.

    A comma or a stray mark ends nothing: the words before it are the story's. Behind a source in
    parentheses and its separator a person before a colon is a speaker, and one before an aside the
    story's subject. Where the story may have begun already, firm elements and sources alone extend
    the dateline.
    """
    longer = candidate.prefix
    added = longer.elements[len(shorter.elements) :]
    ends = longer.separators[-1]
    if ends and ends <= _END_NOTHING:
        return False
    last = shorter.elements[-1]
    if last.names_source and last.enclosed == "(" and shorter.separators[-1]:
        names_person = any(element.kind == "person" for element in added)
        is_speaker = "colon" in ends and "newline" not in ends
        if names_person and (is_speaker or candidate.has_aside):
            return False
    if not shorter.separators[-1] & _MAY_OPEN_STORY:
        return True
    return all(element.weight != "weak" or element.kind == "source" for element in added)


def printed_place(elements: Iterable[Element], text: str) -> str | None:
    """Return the first place, or row of places, as printed; None when no place is named."""
    row: list[Element] = []
    for element in elements:
        if element.kind == "place":
            row.append(element)
        elif row:
            break
    if not row:
        return None
    place = text[row[0].start : row[-1].end]
    cut_parenthesis = place.count("(") > place.count(")")
    return place + ")" if cut_parenthesis else place


def named_sources(elements: Iterable[Element]) -> tuple[Source, ...]:
    """Return the sources and desks in printed order, each once."""
    sources = (element.source for element in elements if element.names_source)
    return tuple(dict.fromkeys(source for source in sources if source))


def printed_reporter(elements: Iterable[Element], text: str) -> str | None:
    """Return the persons as printed, with "، " between several; None when nobody is named."""
    names = [text[element.start : element.end] for element in elements if element.kind == "person"]
    return "، ".join(names) or None
