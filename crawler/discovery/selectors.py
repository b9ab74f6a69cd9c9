"""The selectors of a listing: CSS, with ::attr(name) and ::text, or XPath."""

from functools import lru_cache

from cssselect import SelectorError
from lxml import etree
from parsel.csstranslator import HTMLTranslator

_XPATH_BEGINNINGS = ("/", "(", "./")


@lru_cache(maxsize=1024)
def to_xpath(selector: str) -> str:
    """Return a selector as XPath: CSS is translated, XPath begins with "/", "(" or "./".

    Raises ValueError for a selector that is neither.
    """
    try:
        is_xpath = selector.startswith(_XPATH_BEGINNINGS)
        path = selector if is_xpath else HTMLTranslator().css_to_xpath(selector)
        etree.XPath(path)
    except (SelectorError, etree.XPathError) as error:
        kind = "an XPath" if selector.startswith(_XPATH_BEGINNINGS) else "a CSS selector"
        raise ValueError(f"{selector!r} is not {kind}: {error}") from None
    return path
