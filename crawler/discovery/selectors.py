"""The selectors of a listing: CSS, with ::attr(name) and ::text, or XPath."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import lxml.html
from cssselect import SelectorError
from lxml import etree
from parsel.csstranslator import HTMLTranslator

from crawler.discovery.announcement import DiscoveryError

_NAMESPACES = {"re": "http://exslt.org/regular-expressions"}  # re:test(), as parsel has it
_XPATH_BEGINNINGS = ("/", "(", "./")


@dataclass(frozen=True, slots=True)
class Selected:
    """An element that a selector finds, and its printed address: the `href`, or the attribute or
    text that the selector names."""

    element: lxml.html.HtmlElement
    address: str | None


@lru_cache(maxsize=1024)
def to_xpath(selector: str) -> str:
    """Return a selector as XPath: CSS is translated, XPath begins with "/", "(" or "./".

    Raises ValueError for a selector that is neither.
    """
    try:
        is_xpath = selector.startswith(_XPATH_BEGINNINGS)
        path = selector if is_xpath else HTMLTranslator().css_to_xpath(selector)
        lxml.html.Element("html").xpath(f"({path})[1]", namespaces=_NAMESPACES)
    except (SelectorError, etree.XPathError) as error:
        kind = "an XPath" if selector.startswith(_XPATH_BEGINNINGS) else "a CSS selector"
        raise ValueError(f"{selector!r} is not {kind}: {error}") from None
    return path


def select(page: lxml.html.HtmlElement, selector: str, most: int) -> list[Selected]:
    """Return what a selector finds in a page, the first `most`. The others cost nothing: lxml makes
    an object for each node that it gives.

    Raises DiscoveryError for an XPath that calls a function that there is not: where nothing stands
    to call it for, as in an empty page, lxml does not tell.
    """
    nodes = _evaluate(page, selector, f"({to_xpath(selector)})[position() <= {most}]")
    return [_selected(node) for node in nodes]


def count(page: lxml.html.HtmlElement, selector: str) -> int:
    """Return how many elements, or attributes, a selector finds in a page. Raises as `select`."""
    return int(_evaluate(page, selector, f"count({to_xpath(selector)})"))


def _evaluate(page: lxml.html.HtmlElement, selector: str, path: str) -> Any:
    try:
        return page.xpath(path, namespaces=_NAMESPACES)
    except etree.XPathError as error:
        raise DiscoveryError(f"{selector!r} is not an XPath: {error}") from None


def _selected(node: Any) -> Selected:
    if isinstance(node, str):  # lxml's, which knows its element
        return Selected(node.getparent(), str(node))  # type: ignore[attr-defined]
    return Selected(node, node.get("href"))
