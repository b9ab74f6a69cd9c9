"""An outlet's declared selectors, applied to the tree."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from cssselect import SelectorError
from lxml import etree
from parsel.csstranslator import HTMLTranslator

from crawler.extraction.claims import Claims
from crawler.extraction.tree import Element, PageTree, text_of
from crawler.extraction.values import absolute_url, distinct, plain_line
from crawler.outlet import Layout, Outlet

_FIELDS = (
    "headline",
    "lead",
    "body",
    "published",
    "modified",
    "authors",
    "section",
    "tags",
    "image",
)


@lru_cache(maxsize=2048)
def _compiled(selector: str) -> etree.XPath:
    xpath = (
        selector
        if selector.startswith(("/", "(", "./"))
        else HTMLTranslator().css_to_xpath(selector)
    )
    return etree.XPath(xpath)


def select(tree: PageTree, selectors: Sequence[str]) -> list[Element | str]:
    """What the first selector that finds anything finds: elements, or strings of ::text, ::attr()
    and @attribute.

    Raises ValueError for a selector that is neither CSS nor XPath, naming it.
    """
    for selector in selectors:
        try:
            found = _compiled(selector)(tree.root)
        except (etree.XPathError, SelectorError) as error:
            raise ValueError(f"selector {selector!r}: {error}") from error
        values = [found] if isinstance(found, str) else found if isinstance(found, list) else []
        if usable := [
            value
            for value in values
            if isinstance(value, Element) or (isinstance(value, str) and value.strip())
        ]:
            return usable
    return []


def elements(tree: PageTree, selectors: Sequence[str]) -> list[Element]:
    """The elements that every one of the selectors finds."""
    return [
        e for selector in selectors for e in select(tree, (selector,)) if isinstance(e, Element)
    ]


def layout_for(
    tree: PageTree, outlet: Outlet | None, published: Callable[[], date | None]
) -> Layout | None:
    """The outlet's layout for a page: by day of publication, or the one of which most fields match
    the page."""
    layouts = outlet.layouts if outlet is not None else ()
    if len(layouts) < 2:
        return layouts[0] if layouts else None
    day = published()
    holding = [
        layout
        for layout in layouts
        if day is not None and (layout.until is None or day <= layout.until)
    ]
    return holding[-1] if holding else max(layouts, key=lambda layout: _matches(tree, layout))


def read_selectors(tree: PageTree, layout: Layout) -> Claims:
    """Claims of the layout's selectors."""
    return Claims(
        headline=next(iter(_texts(tree, layout.headline)), None),
        published=_dates(tree, layout.published),
        modified=_dates(tree, layout.modified),
        authors=_texts(tree, layout.authors),
        section=next(reversed(_texts(tree, layout.section)), None),
        tags=_texts(tree, layout.tags),
        image=next(
            (url for each in select(tree, layout.image) if (url := _image(each, tree.url))),
            None,
        ),
    )


def _matches(tree: PageTree, layout: Layout) -> int:
    return sum(bool(select(tree, getattr(layout, name))) for name in _FIELDS)


def _texts(tree: PageTree, selectors: Sequence[str]) -> tuple[str, ...]:
    return distinct([plain_line(_text(each)) for each in select(tree, selectors)])


def _text(found: Element | str) -> str:
    if isinstance(found, str):
        return found
    return found.get("content") or text_of(found)


def _dates(tree: PageTree, selectors: Sequence[str]) -> tuple[str, ...]:
    """Printed text first; an element's machine-readable attribute is a second reading."""
    values: list[str | None] = []
    for found in select(tree, selectors):
        values.append(plain_line(_text(found)))
        if not isinstance(found, str):
            values.extend(
                plain_line(found.get(name))
                for name in ("datetime", "data-unixtime", "data-timestamp")
            )
    return distinct(values)


def _image(found: Element | str, base: str) -> str | None:
    if isinstance(found, str):
        return absolute_url(found, base)
    names = ("content", "data-src", "data-original", "src", "href")
    return next((url for name in names if (url := absolute_url(found.get(name), base))), None)
