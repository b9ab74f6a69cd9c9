"""An outlet's declared selectors, applied to the tree."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from cssselect import SelectorError
from lxml import etree
from parsel.csstranslator import HTMLTranslator

from crawler.extraction.claims import Claims
from crawler.extraction.tree import Element, PageTree, text_of
from crawler.extraction.values import absolute_url, distinct, first, plain_line, split_names
from crawler.outlet import Layout, Outlet

_FIELDS = split_names("headline lead body published modified authors credit section tags image")
_DATE_ATTRIBUTES = ("datetime", "data-unixtime", "data-timestamp")
_IMAGE_ATTRIBUTES = ("content", "data-src", "data-original", "src", "href")

Selected = Element | str
"""An element, or the string of ::text, ::attr() or @attribute."""


def elements(tree: PageTree, selectors: Sequence[str]) -> list[Element]:
    """Return the elements that the selectors select, those of an earlier selector first."""
    return [
        selected
        for selector in selectors
        for selected in _select(tree, selector)
        if isinstance(selected, Element)
    ]


def choose_layout(
    tree: PageTree, outlet: Outlet | None, published: Callable[[], date | None]
) -> Layout | None:
    """Return the outlet's layout for a page, None when it has none. Of several: the one that held
    on the day that `published` returns, else the one of which most fields match the page."""
    layouts = outlet.layouts if outlet is not None else ()
    if len(layouts) < 2:
        return layouts[0] if layouts else None
    day = published()
    if day is not None:
        for layout in reversed(layouts):
            if layout.until is None or day <= layout.until:
                return layout
    return max(layouts, key=lambda layout: _matching_fields(tree, layout))


def read_selectors(tree: PageTree, layout: Layout) -> Claims:
    """Return the claims of the layout's selectors. Raise ValueError, naming it, for a selector that
    is neither CSS nor XPath."""
    return Claims(
        headline=first(_texts(tree, layout.headline)),
        published=_dates(tree, layout.published),
        modified=_dates(tree, layout.modified),
        authors=_texts(tree, layout.authors),
        credits=_texts(tree, layout.credit),
        section=first(reversed(_texts(tree, layout.section))),
        tags=_texts(tree, layout.tags),
        image=first(_image(each, tree.url) for each in _select_first(tree, layout.image)),
    )


@lru_cache(maxsize=2048)
def _compiled(selector: str) -> etree.XPath:
    is_xpath = selector.startswith(("/", "(", "./"))
    return etree.XPath(selector if is_xpath else HTMLTranslator().css_to_xpath(selector))


def _select(tree: PageTree, selector: str) -> list[Selected]:
    """Return what `selector` selects, but blank strings."""
    try:
        selected = _compiled(selector)(tree.root)
    except (etree.XPathError, SelectorError) as error:
        raise ValueError(f"selector {selector!r}: {error}") from error
    values = selected if isinstance(selected, list) else [selected]
    return [
        value
        for value in values
        if isinstance(value, Element) or (isinstance(value, str) and value.strip())
    ]


def _select_first(tree: PageTree, selectors: Sequence[str]) -> list[Selected]:
    """Return what the first selector that selects anything selects."""
    for selector in selectors:
        selected = _select(tree, selector)
        if selected:
            return selected
    return []


def _matching_fields(tree: PageTree, layout: Layout) -> int:
    return sum(bool(_select_first(tree, getattr(layout, name))) for name in _FIELDS)


def _texts(tree: PageTree, selectors: Sequence[str]) -> tuple[str, ...]:
    return distinct(plain_line(_text(each)) for each in _select_first(tree, selectors))


def _text(selected: Selected) -> str:
    if isinstance(selected, str):
        return selected
    return selected.get("content") or text_of(selected)


def _dates(tree: PageTree, selectors: Sequence[str]) -> tuple[str, ...]:
    """Return the printed texts, each before the machine-readable attributes of its element."""
    values: list[str | None] = []
    for selected in _select_first(tree, selectors):
        values.append(plain_line(_text(selected)))
        if not isinstance(selected, str):
            values.extend(plain_line(selected.get(name)) for name in _DATE_ATTRIBUTES)
    return distinct(values)


def _image(selected: Selected, base: str) -> str | None:
    if isinstance(selected, str):
        return absolute_url(selected, base)
    return first(absolute_url(selected.get(name), base) for name in _IMAGE_ATTRIBUTES)
