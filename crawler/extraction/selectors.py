"""An outlet's declared selectors, applied to the tree."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from cssselect import SelectorError
from lxml import etree
from parsel.csstranslator import HTMLTranslator

from crawler.extraction.claims import Claims
from crawler.extraction.tree import Element, PageTree, text_of
from crawler.extraction.values import absolute_url, distinct, first, plain_line, split_names
from crawler.outlet import Layout

VALUE_FIELDS = split_names(
    "headline lead body published modified authors credit section tags image"
)
"""The fields of a layout that give an article its values."""
_DATE_ATTRIBUTES = ("datetime", "data-unixtime", "data-timestamp")
_IMAGE_ATTRIBUTES = ("content", "data-src", "data-original", "src", "href")

Selected = Element | str
"""An element, or the string of ::text, ::attr() or @attribute."""


def elements(tree: PageTree, selectors: Sequence[str]) -> list[Element]:
    """Return the elements that the selectors select, those of an earlier selector first."""
    return [
        selected
        for selector in selectors
        for selected in select(tree, selector)
        if isinstance(selected, Element)
    ]


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


def select(tree: PageTree, selector: str) -> list[Selected]:
    """Return what `selector` selects, but blank strings. Raise ValueError for no selector."""
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
        selected = select(tree, selector)
        if selected:
            return selected
    return []


def selected_fields(tree: PageTree, layout: Layout) -> Iterator[str]:
    """Yield the names of the layout's fields whose selectors select anything."""
    for name in VALUE_FIELDS:
        if _select_first(tree, getattr(layout, name)):
            yield name


def _texts(tree: PageTree, selectors: Sequence[str]) -> tuple[str, ...]:
    return distinct(plain_line(text_of_selected(each)) for each in _select_first(tree, selectors))


def text_of_selected(selected: Selected) -> str:
    """Return a string itself, and the text or content attribute of an element."""
    if isinstance(selected, str):
        return selected
    return selected.get("content") or text_of(selected)


def _dates(tree: PageTree, selectors: Sequence[str]) -> tuple[str, ...]:
    """Return the printed texts, each before the machine-readable attributes of its element."""
    values: list[str | None] = []
    for selected in _select_first(tree, selectors):
        values.append(plain_line(text_of_selected(selected)))
        if not isinstance(selected, str):
            values.extend(plain_line(selected.get(name)) for name in _DATE_ATTRIBUTES)
    return distinct(values)


def _image(selected: Selected, base: str) -> str | None:
    if isinstance(selected, str):
        return absolute_url(selected, base)
    return first(absolute_url(selected.get(name), base) for name in _IMAGE_ATTRIBUTES)
