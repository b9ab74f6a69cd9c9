"""Read sitemaps, sitemap indexes and Google News sitemaps leniently (sitemaps.org protocol 0.9)."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.entities import html5
from urllib.parse import unquote

from lxml import etree

from crawler.discovery.announcement import (
    MAX_LINKS,
    Announcement,
    DiscoveryError,
    Link,
    LinkCollector,
    NoLinks,
    OnlyImages,
    TooLarge,
    TooManyAttributes,
)
from crawler.discovery.decoding import beginning
from crawler.discovery.kinds import NEWEST_LAST, Sitemap
from crawler.discovery.urls import absolute_url
from crawler.text.markup import MAX_ATTRIBUTES

MAX_MENDED_BYTES = 12_000_000
"""Bytes of a sitemap that is no well-formed XML and is mended, which takes memory of twelve times
as much. One of 50,000 entries has some 10 MB."""

MAX_ENTRIES = 2 * MAX_LINKS
"""Entries that are read: of many a sitemap prints the address twice, for two languages."""

_EXTENSIONS = frozenset(("image", "video"))
_LONG_STRETCH = re.compile(rb"<[^<]{100000}")
"""A tag, with the text behind it, in which the parser's memory for attributes may reach 1 GB."""
_BEGINNING_BYTES = 1000
_ENTRY_START_BYTES = re.compile(rb"<(?:\w+:)?(?:url|sitemap)[\s>]")
_ENTRY_OF_ROOT = {"urlset": "url", "sitemapindex": "sitemap"}
_ROOT_END = re.compile(r"</(?:\w+:)?(?:urlset|sitemapindex)\s*>\Z")
_ENTRY_START = re.compile(r"<(?:\w+:)?(?:url|sitemap)[\s>]")
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:url|sitemap)\s*>")
# A section without an end goes to the end of the text; a search for its end from each beginning
# took hours.
_CDATA_OR_REFERENCE = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))|&(#?\w+;)?", re.DOTALL)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_IMAGE_ADDRESS = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)(?:\?|$)", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{0,18}")
_YEAR = re.compile(r"\d{4}")
_YEAR_AND_MONTH = re.compile(r"\d{4}-\d\d")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def read_sitemap(kind: Sitemap, xml: bytes, url: str) -> Announcement:
    """Return the page addresses of a sitemap, or of an index the addresses of children to read.

    `xml`: the document in UTF-8. Its entries are read one after the other, up to `MAX_LINKS`
    addresses or `MAX_ENTRIES` entries. Raises DiscoveryError when it is neither, OnlyImages when no
    entry has an address but those of images, TooLarge when it is broken and too large to be mended.
    """
    if not xml:
        raise DiscoveryError("empty document")
    stretch = _LONG_STRETCH.search(xml)
    if stretch and stretch[0].count(b"=") > MAX_ATTRIBUTES:
        raise TooManyAttributes(f"a tag of it has more than {MAX_ATTRIBUTES:,} attributes")
    try:
        entries, cut_off = _read_entries(xml, url, recover=False), 0
    except etree.XMLSyntaxError:
        entries, cut_off = _read_broken_entries(xml, url)
    links = entries.in_order()
    broken = entries.broken + cut_off
    if entries.are_children:
        children = tuple(child for child in _children(kind, links) if child != url)
        if not children:
            raise NoLinks("an index with no other sitemap that `follow` and `newest` match")
        return Announcement(further_urls=children, broken_entries=broken)
    has_pages = any(not _IMAGE_ADDRESS.search(link.url) for link in links)
    if not has_pages and (links or entries.with_image):
        raise OnlyImages("a sitemap of images alone: no entry has the address of a page")
    return Announcement(links, broken_entries=broken, links_left_out=entries.left_out)


@dataclass(slots=True)
class _Entries:
    """The entries of a sitemap, or of an index (`are_children`).

    `links`: by the entry's number in printed order. `broken`: the number of entries without a
    usable address, of which `with_image` have an image. `left_out`: the number of entries behind
    the last that was read.
    """

    are_children: bool
    links: dict[int, Link] = field(default_factory=dict)
    broken: int = 0
    with_image: int = 0
    left_out: int = 0

    def in_order(self) -> tuple[Link, ...]:
        """Return the links in printed order, each address once."""
        collected = LinkCollector()
        for number in sorted(self.links):
            collected.add(self.links[number])
        return collected.links


def _read_broken_entries(xml: bytes, url: str) -> tuple[_Entries, int]:
    """Return the entries of XML that is not well-formed, and the number of entries that were cut
    off, 0 or 1."""
    if len(xml) > MAX_MENDED_BYTES:
        raise TooLarge(f"broken XML of more than {MAX_MENDED_BYTES:,} bytes")
    mended, cut_off = _mended(xml.decode("utf-8", "replace"))
    try:
        return _read_entries(mended.encode("utf-8", "replace"), url, recover=True), cut_off
    except etree.XMLSyntaxError as error:
        raise DiscoveryError(f"not a sitemap: {error.msg}") from None


def _read_entries(xml: bytes, url: str, *, recover: bool) -> _Entries:
    """Return the entries of a sitemap up to `MAX_LINKS` addresses. Each is forgotten once it is
    read, so that the tree stays small. External and internal entities are never expanded.

    Raises DiscoveryError when the document is no sitemap, etree.XMLSyntaxError.
    """
    entries: _Entries | None = None
    entry_name = ""
    begun: dict[etree._Element, int] = {}  # the number of each entry whose end has not been read
    count = 0
    addresses: set[str] = set()
    events = etree.iterparse(
        io.BytesIO(xml),
        events=("start", "end"),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        recover=recover,
    )
    for event, element in events:
        name = _local_name(element)
        if entries is None:
            entry_name = _entry_of_root(name)
            entries = _Entries(are_children=entry_name == "sitemap")
        elif name in _EXTENSIONS and event == "end":
            entries.with_image += _stands_below_root(element)
            element.clear()  # an entry may have any number of images
        elif name == entry_name and event == "start":
            begun[element] = count
            count += 1
        elif name == entry_name:
            link = _link(element, url)
            number = begun.pop(element)
            if link is not None:
                entries.links[number] = link
                addresses.add(link.url)
            else:
                entries.broken += 1
                entries.with_image += any(_local_name(child) == "image" for child in element)
            element.clear()
            if element.getparent() not in begun:  # else its own fields stand before this entry
                _forget_before(element)
            if len(addresses) == MAX_LINKS or count == MAX_ENTRIES:
                entries.left_out = max(0, len(_ENTRY_START_BYTES.findall(xml)) - count)
                break
    if entries is None:
        text = xml[:_BEGINNING_BYTES].decode("utf-8", "replace")
        raise DiscoveryError(f"not a sitemap: begins with {beginning(text)!r}")
    return entries


def _entry_of_root(name: str) -> str:
    """Return the name of the entries of a root element. Raises DiscoveryError."""
    if name not in _ENTRY_OF_ROOT:
        raise DiscoveryError(f"not a sitemap: its root is <{name}>")
    return _ENTRY_OF_ROOT[name]


def _stands_below_root(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.getparent() is None


def _forget_before(element: etree._Element) -> None:
    """Free the memory of all that stands before `element` in its parent."""
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _children(kind: Sitemap, children: tuple[Link, ...]) -> tuple[str, ...]:
    """Return the addresses of the children to read, the newest first.

    That is the order of `newest`, else that of their dates of change: children without a date come
    last, in the index's order.
    """
    follow = re.compile(kind.follow)
    wanted = [c for c in children if follow.search(c.url) or follow.search(unquote(c.url))]
    if kind.newest == NEWEST_LAST:
        wanted.reverse()
    elif kind.newest:
        wanted = _by_number(re.compile(kind.newest), wanted)
    else:
        wanted.sort(key=lambda child: _sort_key(child.changed), reverse=True)
    return tuple(child.url for child in wanted[: kind.children])


def _by_number(pattern: re.Pattern[str], children: Sequence[Link]) -> list[Link]:
    """Return the children in whose address the groups of the pattern match numbers, the highest
    first. Of two groups, as of a year and a month, the first decides. No number counts as 0: the
    first of many children often has none."""
    numbers: dict[Link, tuple[int, ...]] = {}
    for child in children:
        match = pattern.search(child.url) or pattern.search(unquote(child.url))
        groups = match.groups(default="") if match else ("none",)
        if all(_NUMBER.fullmatch(group) for group in groups):
            numbers[child] = tuple(int(group or 0) for group in groups)
    return sorted(numbers, key=lambda child: numbers[child], reverse=True)


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
