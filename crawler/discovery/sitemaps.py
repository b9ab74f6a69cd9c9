"""Read sitemaps, sitemap indexes and Google News sitemaps leniently (sitemaps.org protocol 0.9)."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.entities import html5
from urllib.parse import unquote

from lxml import etree

from crawler.discovery.announcement import Announcement, DiscoveryError, Link, merge_links
from crawler.discovery.decoding import beginning
from crawler.discovery.kinds import Sitemap
from crawler.discovery.urls import absolute_url

_ENTRY_OF_ROOT = {"urlset": "url", "sitemapindex": "sitemap"}
_ROOT_END = re.compile(r"</(?:\w+:)?(?:urlset|sitemapindex)\s*>\Z")
_ENTRY_START = re.compile(r"<(?:\w+:)?(?:url|sitemap)[\s>]")
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:url|sitemap)\s*>")
# A section without an end goes to the end of the text; a search for its end from each beginning
# took hours.
_CDATA_OR_REFERENCE = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))|&(#?\w+;)?", re.DOTALL)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_YEAR = re.compile(r"\d{4}")
_YEAR_AND_MONTH = re.compile(r"\d{4}-\d\d")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def read_sitemap(kind: Sitemap, text: str, url: str) -> Announcement:
    """Return the page addresses of a sitemap, or of an index the addresses of children to read.

    Raises DiscoveryError when the text is neither.
    """
    root, cut_off = _parse(text)
    entry_name = _ENTRY_OF_ROOT.get(_local_name(root))
    if entry_name is None:
        raise DiscoveryError(f"not a sitemap: its root is <{_local_name(root)}>")
    entries = [entry for entry in root.iter() if _local_name(entry) == entry_name]
    links = [link for link in (_link(entry, url) for entry in entries) if link]
    broken = cut_off + len(entries) - len(links)
    if entry_name == "sitemap":
        return Announcement(further_urls=_children(kind, merge_links(links)), broken_entries=broken)
    return Announcement(merge_links(links), broken_entries=broken)


def _children(kind: Sitemap, children: tuple[Link, ...]) -> tuple[str, ...]:
    """Return the addresses of the children to read, the last changed first.

    Children without a date of change come last, in the index's order.
    """
    follow = re.compile(kind.follow)
    wanted = [c for c in children if follow.search(c.url) or follow.search(unquote(c.url))]
    wanted.sort(key=lambda child: _sort_key(child.changed), reverse=True)
    return tuple(child.url for child in wanted[: kind.children])


def _sort_key(changed: str | None) -> datetime:
    """Return the instant of a W3C datetime: of a year or a month its beginning, by default in UTC.

    A date that is missing or cannot be read counts as long ago.
    """
    printed = changed or ""
    if _YEAR.fullmatch(printed):
        printed += "-01-01"
    elif _YEAR_AND_MONTH.fullmatch(printed):
        printed += "-01"
    try:
        instant = datetime.fromisoformat(printed)
    except ValueError:
        return _LONG_AGO
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _link(entry: etree._Element, url: str) -> Link | None:
    fields: dict[str, str] = {}
    for name, text in _fields(entry):
        fields.setdefault(name, text)
    address = absolute_url(fields.get("loc"), url)
    if address is None:
        return None
    return Link(
        address,
        published_raw=fields.get("news:publication_date"),
        headline=fields.get("news:title"),
        changed=fields.get("lastmod"),
    )


def _fields(entry: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield name and text of the entry's own fields and of those of its news ("news:NAME").

    Only direct children count: an image or video inside the entry has a `loc` and a `title` too. A
    field with something inside it (an entity that nobody declared) is not what was meant: it is
    left out.
    """
    for child in entry:
        name = _local_name(child)
        text = " ".join((child.text or "").split())
        if name == "news":
            for news_name, news_text in _fields(child):
                yield f"news:{news_name}", news_text
        elif len(child) == 0 and text:
            yield name, text


def _local_name(element: etree._Element) -> str:
    """Return the tag without namespace or prefix: both are often wrong or not declared."""
    if not isinstance(element.tag, str):  # a comment, an entity
        return ""
    return re.split("[}:]", element.tag)[-1].lower()


def _parse(text: str) -> tuple[etree._Element, int]:
    """Return the root, and the number of entries that were cut off.

    External and internal entities are never expanded.
    """
    try:
        return etree.fromstring(text.encode(), _parser(recover=False)), 0
    except (etree.XMLSyntaxError, UnicodeEncodeError):
        text, cut_off = _mended(text)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), _parser(recover=True))
    except etree.XMLSyntaxError as error:
        raise DiscoveryError(f"not a sitemap: {error.msg}") from None
    if root is None:
        raise DiscoveryError(f"not a sitemap: begins with {beginning(text)!r}")
    return root, cut_off


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, recover=recover
    )


def _mended(text: str) -> tuple[str, int]:
    """Return the text in a form in which libxml2's recovery does not change addresses.

    With it the number of entries that the end of the text cut off, 0 or 1. After the first error
    recovery drops every named reference, "&amp;" too, and what follows a bare "&"; and it closes an
    address that the end of the document cut. Numeric references survive.
    """
    text = _CDATA_OR_REFERENCE.sub(_numeric_reference, _NOT_XML.sub("", text))
    if _ROOT_END.search(text):
        return text, 0
    end_of_last_entry = 0
    for entry_end in _ENTRY_END.finditer(text):
        end_of_last_entry = entry_end.end()
    cut_entry = _ENTRY_START.search(text, end_of_last_entry)
    if cut_entry is None:
        return text, 0
    return text[: cut_entry.start()], 1


def _numeric_reference(match: re.Match[str]) -> str:
    """Return a named reference by number, a CDATA section or a numeric reference unchanged.

    A name that neither XML nor HTML has becomes U+FFFD, which breaks an address.
    """
    cdata, name = match.groups()
    if cdata or (name and name.startswith("#")):
        return match[0]
    characters = html5.get(name, "\N{REPLACEMENT CHARACTER}") if name else "&"
    return "".join(f"&#{ord(character)};" for character in characters)
