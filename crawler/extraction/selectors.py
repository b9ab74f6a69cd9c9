"""An outlet's declared selectors, applied to the tree."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from cssselect import SelectorError
from lxml import etree
from parsel.csstranslator import HTMLTranslator

from crawler.extraction.claims import Claims, address, distinct, plain
from crawler.extraction.document import Document, Element, text_of
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


def select(document: Document, selectors: Sequence[str]) -> list[Element | str]:
    """What the first selector that finds anything finds: elements, or strings of ::text, ::attr()
    and @attribute.

    Raises ValueError for a selector that is neither CSS nor XPath, naming it.
    """
    for selector in selectors:
        try:
            found = _compiled(selector)(document.root)
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


def elements(document: Document, selectors: Sequence[str]) -> list[Element]:
    """The elements that every one of the selectors finds."""
    return [
        e for selector in selectors for e in select(document, (selector,)) if isinstance(e, Element)
    ]


def layout_for(
    document: Document, outlet: Outlet | None, published: Callable[[], date | None]
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
    return holding[-1] if holding else max(layouts, key=lambda layout: _matches(document, layout))


def read_selectors(document: Document, layout: Layout) -> Claims:
    """Claims of the layout's selectors."""
    return Claims(
        headline=next(iter(_texts(document, layout.headline)), None),
        published=_dates(document, layout.published),
        modified=_dates(document, layout.modified),
        authors=_texts(document, layout.authors),
        section=next(reversed(_texts(document, layout.section)), None),
        tags=_texts(document, layout.tags),
        image=next(
            (url for each in select(document, layout.image) if (url := _image(each, document.url))),
            None,
        ),
    )


def _matches(document: Document, layout: Layout) -> int:
    return sum(bool(select(document, getattr(layout, name))) for name in _FIELDS)


def _texts(document: Document, selectors: Sequence[str]) -> tuple[str, ...]:
    return distinct([plain(_text(each)) for each in select(document, selectors)])


def _text(found: Element | str) -> str:
    if isinstance(found, str):
        return found
    return found.get("content") or text_of(found)


def _dates(document: Document, selectors: Sequence[str]) -> tuple[str, ...]:
    """Printed text first; an element's machine-readable attribute is a second reading."""
    values: list[str | None] = []
    for found in select(document, selectors):
        values.append(plain(_text(found)))
        if not isinstance(found, str):
            values.extend(
                plain(found.get(name)) for name in ("datetime", "data-unixtime", "data-timestamp")
            )
    return distinct(values)


def _image(found: Element | str, base: str) -> str | None:
    if isinstance(found, str):
        return address(found, base)
    names = ("content", "data-src", "data-original", "src", "href")
    return next((url for name in names if (url := address(found.get(name), base))), None)
