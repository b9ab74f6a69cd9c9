"""The unknown names of a byline, decided by the names around them: a person, a place, nobody."""

from collections.abc import Sequence
from dataclasses import replace

from crawler.gazetteer.tables import key
from crawler.sources import lexicon
from crawler.sources.elements import Element
from crawler.sources.people import NAMES

_BETWEEN_PLACES = ("", "،", ",", "/")
_NOBODY = lexicon.SECTIONS | lexicon.BYLINE_LABEL_KEYS | lexicon.ORIGINS | lexicon.OUTLETS
_OFFICE_WORDS = lexicon.EDITORS | lexicon.DESK_WORDS
_MAX_INITIALS = 2  # letters
_MAX_TITLE = 2  # letters of a title before a name: د. خالد
_MAX_PLACE_WORDS = 3  # of a place that no table has


def name_people(elements: Sequence[Element], text: str) -> list[Element]:
    """Return the elements of a byline with every unknown name decided.

    A town that no table has stands in parentheses, or is one word beside a source or a full name;
    a section ("رياضة") is nobody. Every other name is a person's. A lone place that is the printing
    outlet's name too is the outlet; one that is a word too is nothing.
    """
    if len(elements) == 1 and elements[0].kind == "place":
        return [_lone_place(elements[0])]
    resolved = _with_titles(elements, text)
    placed = any(element.kind == "place" for element in resolved)
    # Backwards: in a row of places the last may be the only known one.
    for index in reversed(range(len(resolved))):
        element = resolved[index]
        if _labels_next_person(resolved, index, text):
            resolved[index] = replace(element, kind="label")
        if element.kind != "unknown":
            continue
        name = text[element.start : element.end]
        in_row = precedes_place(resolved, index, text)
        if in_row and not _precedes_city_as_person(name, resolved[index + 1]):
            resolved[index] = replace(element, kind="place", weight="weak")
            continue
        others = resolved[:index] + resolved[index + 1 :]
        if _names_nobody(name):
            resolved[index] = replace(element, kind="label")
        elif not placed and _is_town(element, name, others, text):
            resolved[index] = replace(element, kind="place", weight="weak")
            placed = True
        else:
            resolved[index] = replace(element, kind="person", weight="weak")
    return resolved


def precedes_place(elements: Sequence[Element], index: int, text: str) -> bool:
    """Return whether the element behind `index` is a place of the same row."""
    if index + 1 == len(elements):
        return False
    following = elements[index + 1]
    between = text[elements[index].end : following.start]
    return following.kind == "place" and between.strip() in _BETWEEN_PLACES


def _labels_next_person(elements: Sequence[Element], index: int, text: str) -> bool:
    """Return whether a place's name is a label between two people: "NAME (صور: NAME)"."""
    if not 0 < index < len(elements) - 1 or elements[index].kind != "place":
        return False
    before, place, behind = elements[index - 1 : index + 2]
    if key(text[place.start : place.end]) not in lexicon.LABELS_THAT_ARE_PLACES:
        return False
    people = ("person", "unknown")
    is_between_people = before.kind in people and behind.kind in people
    return is_between_people and text[place.end : behind.start].strip() == ":"


def _precedes_city_as_person(name: str, place: Element) -> bool:
    """Return whether an unknown name before a city is a person's ("Salma Dar, New York").

    A town stands before its country, or has one word or a town's first word.
    """
    words = name.split()
    is_city = place.weight != "country"
    return is_city and len(words) > 1 and key(words[0]) not in lexicon.PLACE_HEADS


def are_initials(name: str) -> bool:
    """Return whether an editor signs with `name`: م.ن or محمد.ك."""
    parts = [part.strip() for part in name.split(".")]
    if len(parts) == 1 or not all(parts):
        return False
    return any(len(part) <= _MAX_INITIALS for part in parts)


def _lone_place(place: Element) -> Element:
    outlet = place.alternative
    if outlet is not None and outlet.weight == "own" and place.weight != "strong":
        return outlet
    return replace(place, kind="label") if place.weight == "weak" else place


def _with_titles(elements: Sequence[Element], text: str) -> list[Element]:
    """Return the elements with a title such as "د." joined to the name behind it."""
    joined: list[Element] = []
    for element in elements:
        title = joined[-1] if joined else None
        if (
            title is not None
            and title.kind == "unknown"
            and element.kind in ("unknown", "person")
            and title.end - title.start <= _MAX_TITLE
            and text[title.end : element.start].strip() == "."
        ):
            joined[-1] = replace(element, start=title.start)
        else:
            joined.append(element)
    return joined


def _names_nobody(name: str) -> bool:
    """Return whether an unknown name is a section's, a label of its own ("الكاتبة: NAME"), an
    office or an account ("newsroom2")."""
    if key(name) in _NOBODY:
        return True
    words = [key(word) for word in name.split()]
    if words[0] in lexicon.OFFICES or _OFFICE_WORDS.issuperset(words):
        return True
    return any(letter.isdigit() for letter in name)


def _is_town(element: Element, name: str, others: Sequence[Element], text: str) -> bool:
    """Return whether an unknown name beside others is a town's."""
    words = name.split()
    if len(words) > _MAX_PLACE_WORDS or are_initials(name):
        return False
    beside_source = any(other.names_source for other in others)
    beside_full_name = any(
        other.kind in ("person", "unknown") and len(text[other.start : other.end].split()) > 1
        for other in others
    )
    if not beside_source and not beside_full_name:
        return False
    if element.enclosed == "(" or key(words[0]) in lexicon.PLACE_HEADS:
        return True
    if len(words) == 1:
        return True
    beside_known_person = any(
        other.kind == "person" and other.weight == "strong" for other in others
    )
    return beside_known_person and words[0].startswith("ال") and key(words[0]) not in NAMES
