"""Elements of a prefix that can be two things, decided by the elements around them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.sources.elements import Element
from crawler.sources.prefix import Prefix, Separators

# Separators between several places: "لندن/ واشنطن", "باريس، لندن".
_BETWEEN_PLACES = frozenset({"slash", "comma"})
_ONE_WORD = re.compile(r"\w+")


def resolve_ambiguous(prefix: Prefix) -> Prefix:
    """Return `prefix` with every ambiguous element decided.

    A place's name that is an outlet's too (الرياض) is the outlet where another place is named. An
    unknown name inside parentheses that name a source is a source; before such parentheses it is a
    place; elsewhere it is a person, or a place if it is one word beside a source.
    """
    if not any(map(_is_ambiguous, prefix.elements)):
        return prefix
    elements = choose_outlets(prefix.elements)
    sources = [element for element in elements if element.names_source]
    source_in_parentheses = any(element.enclosed == "(" for element in sources)
    # Backwards, because the elements behind a name decide it.
    for index in reversed(range(len(elements))):
        element = elements[index]
        if element.kind not in ("unknown", "person"):
            continue
        if element.enclosed:
            labelled = index > 0 and elements[index - 1].kind == "label"
            elements[index] = _enclosed_name(element, labelled, source_in_parentheses)
        elif _precedes_source_in_parentheses(elements, prefix.separators, index):
            elements[index] = replace(element, kind="place", weight="weak")
        elif element.kind == "unknown":
            elements[index] = _unknown_name(element, beside_source=bool(sources))
    return replace(prefix, elements=tuple(elements))


def _is_ambiguous(element: Element) -> bool:
    return element.alternative is not None or element.kind in ("unknown", "person")


def choose_outlets(elements: Sequence[Element]) -> list[Element]:
    """Return the elements with the outlet in the stead of a place's name that is an outlet's too.

    The outlet needs another place in the dateline, and a place that is also a word or an outlet
    that is the printing one itself.
    """
    chosen = list(elements)
    for index, element in enumerate(elements):
        outlet = element.alternative
        if outlet is None or (element.weight != "weak" and outlet.weight != "own"):
            continue
        others = chosen[:index] + chosen[index + 1 :]
        if any(other.kind == "place" for other in others):
            chosen[index] = replace(outlet, enclosed=element.enclosed)
    return chosen


def _enclosed_name(element: Element, labelled: bool, source_in_parentheses: bool) -> Element:
    """Return a name in parentheses or quotation marks as a person behind a label, or a source."""
    if labelled:
        return replace(element, kind="person", weight="strong")
    if element.kind == "unknown" and source_in_parentheses:
        return replace(element, kind="source")
    return element


def _unknown_name(element: Element, *, beside_source: bool) -> Element:
    """Return an unknown name between separators as a person, or a one-word name as a place."""
    one_word = element.source is not None and _ONE_WORD.fullmatch(element.source.name)
    if one_word and beside_source:
        return replace(element, kind="place", weight="weak")
    return replace(element, kind="person", weight="weak")


def _precedes_source_in_parentheses(
    elements: Sequence[Element], separators: Sequence[Separators], index: int
) -> bool:
    """Return whether the name at `index` stands where a place does: "NAME (source)".

    More places and a date may stand between the name and the parentheses. The name opens the
    dateline or follows another place in a row of places.
    """
    if index > 0 and not _is_in_row_of_places(elements[index - 1], separators[index - 1]):
        return False
    for following in range(index + 1, len(elements)):
        element, separated_by = elements[following], separators[following - 1]
        if element.enclosed == "(" and element.names_source:
            return "newline" not in separated_by
        if element.kind == "date" or (element.kind == "place" and element.enclosed):
            continue
        if not _is_in_row_of_places(element, separated_by):
            return False
    return False


def _is_in_row_of_places(element: Element, separators: Separators) -> bool:
    """Return whether an element is a place that such separators join to its neighbour."""
    return element.kind == "place" and bool(separators & _BETWEEN_PLACES)
