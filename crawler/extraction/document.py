"""A page, decoded and parsed once; every other step reads this tree.

Parser: lxml (libxml2), chosen by measurement on the saved pages (median 0.8 ms a page, 1.8 ms for
one of 600 KB) and because a layout's XPath selectors need it.
"""

import re
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from crawler.extraction.charset import decode

MAX_CHARS = 5_000_000
"""Characters of a page that are parsed; the largest news page met has 0.8 million. The rest is cut
off."""

Element = etree._Element

_MARKUP = re.compile(
    r"<\s*(?:!doctype|html|head|body|meta|title|div|p|h1|article|section|span|table|br)\b", re.I
)
_NOT_HTML = re.compile(
    r"\s*(?:[{\[]|%PDF-|<\?xml[^>]*>\s*<(?!!doctype|html)|<(?:rss|feed|urlset|sitemapindex|svg)\b)",
    re.I,
)
_CONTROLS = bytes(code for code in range(32) if chr(code) not in "\t\n\r")
"""Bytes that no page prints and the parser stops at."""


@dataclass(frozen=True, slots=True)
class Document:
    """`root` is the <html> element; `url` the address the page was fetched from."""

    root: Element
    url: str


def parse(html: bytes | str, url: str, encoding: str | None = None) -> Document | None:
    """The page as a tree, or None when it is not HTML. Bytes are decoded, see `charset.decode`."""
    text = decode(html[: MAX_CHARS * 2], encoding) if isinstance(html, bytes) else html
    text = text[:MAX_CHARS]
    if _NOT_HTML.match(text) or not _MARKUP.search(text):
        return None
    # huge_tree lifts libxml2's limit on depth from 256 to 2,048 (unclosed tags nest); what is
    # deeper is cut off.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(text.encode("utf-8", "replace").translate(None, _CONTROLS), parser)
    return None if root is None else Document(root, url)


def matching(expression: etree.XPath, root: Element) -> list[Element]:
    """The elements an XPath finds under `root`."""
    found = expression(root)
    return (
        [each for each in found if isinstance(each, etree._Element)]
        if isinstance(found, list)
        else []
    )


def text_of(element: Element, parts: int | None = None) -> str:
    """All text in `element` as it stands in the source; of at most so many pieces between tags."""
    return "".join(map(str, islice(element.itertext(), parts)))
