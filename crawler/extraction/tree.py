"""A page as a tree: decoded, checked, and parsed once. Every later step reads this tree.

Parser: lxml (libxml2), chosen by measurement on the saved pages (median 0.8 ms a page, 1.8 ms for
one of 600 KB) and because a layout's XPath selectors need it.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Literal

from lxml import etree

from crawler.text.encoding import decode_and_name
from crawler.text.markup import has_too_many_attributes

MAX_CHARS = 2_000_000
"""Characters of a page that are parsed; the largest news page met has 0.8 million. The rest is cut
off. The worst page of this length, of one open <p> after the other, takes 8 s."""

Element = etree._Element
UnreadableReason = Literal["empty", "not_html", "too_many_attributes"]

_MARKUP = re.compile(
    r"<\s*(?:!doctype|html|head|body|meta|title|div|p|h1|article|section|span|table|br)\b", re.I
)
_NOT_HTML = re.compile(
    r"\s*(?:[{\[]|%PDF-|<\?xml[^>]*>\s*<(?!!doctype|html)|<(?:rss|feed|urlset|sitemapindex|svg)\b)",
    re.I,
)
_CONTROLS = bytes(code for code in range(32) if chr(code) not in "\t\n\r")
"""Bytes that no page prints and the parser stops at."""
_LISTED_TAGS = ("title", "meta", "link", "base", "script", "h1", "time", "a")
"""Tags that are looked for all over a page: their elements are gathered in one walk over it."""


@dataclass(frozen=True, slots=True)
class DecodedPage:
    """A page as it was fetched, and `text`: its first MAX_CHARS characters. `utf8`: the text in
    UTF-8 where the page came so, as most do, and need not be encoded again."""

    html: bytes | str
    text: str
    utf8: bytes | None = None


@dataclass(frozen=True)
class PageTree:
    """A parsed page: `root` is its <html> element, `url` the address it was fetched from."""

    root: Element
    url: str

    @cached_property
    def listed(self) -> Mapping[str, Sequence[Element]]:
        """The elements of each tag of _LISTED_TAGS, in the page's order."""
        by_tag: dict[str, list[Element]] = {tag: [] for tag in _LISTED_TAGS}
        for element in self.root.iter(*_LISTED_TAGS):
            by_tag[element.tag].append(element)
        return by_tag


class PageUnreadable(ValueError):
    """Raised for a page that cannot be read; `verdict` says why."""

    def __init__(self, verdict: UnreadableReason) -> None:
        super().__init__(verdict)
        self.verdict = verdict


def parse_page(page: DecodedPage, url: str) -> PageTree:
    """Return a page as a tree.

    Raise PageUnreadable for what is not HTML, see `unreadable_reason`.
    """
    reason = unreadable_reason(page)
    if reason is not None:
        raise PageUnreadable(reason)
    root = parse_html(page.text if page.utf8 is None else page.utf8)
    if root is None:
        raise PageUnreadable("not_html")
    return PageTree(root, url)


def parse_html(text: str | bytes) -> Element | None:
    """Return the <html> element of a text (bytes: in UTF-8) that the parser may see; None for one
    without anything."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    # huge_tree lifts libxml2's limit on depth from 256 to 2,048 (unclosed tags nest); what is
    # deeper is cut off.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data.translate(None, _CONTROLS), parser)


def unreadable_reason(page: DecodedPage) -> UnreadableReason | None:
    """Return why a page may not be parsed; None if it may.

    Every limit that must hold before the parser sees a page is checked here.
    """
    if _MARKUP.search(page.text) and not _NOT_HTML.match(page.text):
        return "too_many_attributes" if has_too_many_attributes(page.text) else None
    whole_text = page.html if isinstance(page.html, str) else page.html.decode("latin-1")
    return "not_html" if whole_text.strip() else "empty"


def decode_page(html: bytes | str, encoding: str | None) -> DecodedPage:
    """Return a page with its text. `encoding` is the label in the HTTP header, for bytes."""
    if isinstance(html, str):
        return DecodedPage(html, html[:MAX_CHARS])
    text, codec = decode_and_name(html[: MAX_CHARS * 2], encoding)
    is_same = (
        codec == "utf-8"
        and len(html) <= MAX_CHARS
        and not html.startswith(BOM_UTF8)
        and "\ufffd" not in text  # stands for bytes that are none of UTF-8
    )
    return DecodedPage(html, text[:MAX_CHARS], html if is_same else None)


def elements_at(xpath: etree.XPath, root: Element) -> list[Element]:
    """Return the elements that `xpath` selects under `root`."""
    selected = xpath(root)
    if not isinstance(selected, list):
        return []
    return [each for each in selected if isinstance(each, etree._Element)]


def text_of(element: Element, max_parts: int | None = None) -> str:
    """Return the text in `element` as it stands in the source, at most `max_parts` pieces of text
    between tags."""
    return "".join(map(str, islice(element.itertext(), max_parts)))
