"""Sources of one name, told apart by the place that is printed beside the name."""

from collections.abc import Iterable
from dataclasses import replace

from crawler.gazetteer.names import owners_of
from crawler.gazetteer.tables import key
from crawler.sources.elements import Element
from crawler.sources.places import countries


def resolve_by_place(elements: Iterable[Element], text: str) -> list[Element]:
    """Return the elements of `text` with the namesakes resolved that the printed place decides
    between: بغداد - واع is the agency of Iraq."""
    elements = list(elements)
    if not any(_is_namesake(element, text) for element in elements):
        return elements
    country = _country(elements, text)
    if country is None:
        return elements
    return [_resolved(element, text, country) for element in elements]


def _is_namesake(element: Element, text: str) -> bool:
    if element.kind != "source" or element.source is None or element.source.id:
        return False
    return len(owners_of(key(text[element.start : element.end]))) > 1


def _country(elements: Iterable[Element], text: str) -> str | None:
    """Return the country of the first place; None without a place and for a place of several
    countries (عمان is Amman and Oman)."""
    for element in elements:
        if element.kind == "place":
            codes = countries().get(key(text[element.start : element.end]), frozenset())
            return next(iter(codes)) if len(codes) == 1 else None
    return None


def _resolved(element: Element, text: str, country: str) -> Element:
    """Return a namesake as the only one of the country, or the only one there whose own name it is
    and not another spelling."""
    if not _is_namesake(element, text):
        return element
    name = text[element.start : element.end]
    owners = [entry for entry in owners_of(key(name)) if entry.source.country == country]
    if len(owners) > 1:
        owners = [entry for entry in owners if entry.native == name]
    return replace(element, source=owners[0].source) if len(owners) == 1 else element
