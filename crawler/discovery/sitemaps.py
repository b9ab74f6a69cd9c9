"""Sitemaps, sitemap indexes and Google News sitemaps (sitemaps.org protocol 0.9), read
leniently."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.entities import html5
from urllib.parse import unquote

from lxml import etree

from crawler.discovery.addresses import absolute
from crawler.discovery.announcement import Announcement, DiscoveryError, Link, merge_links
from crawler.discovery.kinds import Sitemap

_ROOTS = {"urlset": "url", "sitemapindex": "sitemap"}
_ENDS_WHOLE = re.compile(r"</(?:\w+:)?(?:urlset|sitemapindex)\s*>\Z")
_ENTRY_START = re.compile(r"<(?:\w+:)?(?:url|sitemap)[\s>]")
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:url|sitemap)\s*>")
# A section without an end goes to the end of the text; looked for from each beginning, that took
# hours.
_CDATA_OR_REFERENCE = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))|&(#?\w+;)?", re.DOTALL)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BEFORE_ANY = datetime.min.replace(tzinfo=UTC)


def read_sitemap(kind: Sitemap, text: str, url: str) -> Announcement:
    """The page addresses of a sitemap, or of an index the children to read.

    Raises DiscoveryError when the text is neither.
    """
    root, lost = _parse(text)
    entry_name = _ROOTS.get(_local(root))
    if entry_name is None:
        raise DiscoveryError(f"not a sitemap: its root is <{_local(root)}>")
    entries = [entry for entry in root.iter() if _local(entry) == entry_name]
    links = [link for entry in entries if (link := _link(entry, url))]
    broken = lost + len(entries) - len(links)
    if entry_name == "sitemap":
        return Announcement(further_urls=_children(kind, merge_links(links)), broken_entries=broken)
    return Announcement(merge_links(links), broken_entries=broken)


def _children(kind: Sitemap, children: tuple[Link, ...]) -> tuple[str, ...]:
    """The children to read, changed last first; those that do not say when stand last, in the
    index's order."""
    followed = re.compile(kind.follow)
    wanted = [
        child
        for child in children
        if followed.search(child.url) or followed.search(unquote(child.url))
    ]
    wanted.sort(key=lambda child: _instant(child.changed), reverse=True)
    return tuple(child.url for child in wanted[: kind.children])


def _instant(w3c_datetime: str | None) -> datetime:
    """When a lastmod is, for sorting only: a year or month is its beginning, a missing offset is
    UTC."""
    padded = re.sub(
        r"\A(\d{4})(-\d\d)?\Z", lambda m: f"{m[1]}{m[2] or '-01'}-01", w3c_datetime or ""
    )
    try:
        read = datetime.fromisoformat(padded)
    except ValueError:
        return _BEFORE_ANY
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _link(entry: etree._Element, url: str) -> Link | None:
    fields: dict[str, str] = {}
    for name, value in _fields(entry):
        fields.setdefault(name, value)
    address = absolute(fields.get("loc"), url)
    if address is None:
        return None
    return Link(
        address,
        published_raw=fields.get("news:publication_date"),
        headline=fields.get("news:title"),
        changed=fields.get("lastmod"),
    )


def _fields(entry: etree._Element) -> Iterator[tuple[str, str]]:
    """The entry's own fields and those of its news, as text without needless white space.

    Only direct children count: an image or video inside the entry has a `loc` and a `title` too. A
    field with something inside it (an entity that nobody declared) is not what was meant: it is
    left out.
    """
    for child in entry:
        if _local(child) == "news":
            yield from ((f"news:{name}", value) for name, value in _fields(child))
        elif len(child) == 0 and child.text and child.text.strip():
            yield _local(child), " ".join(child.text.split())


def _local(element: etree._Element) -> str:
    """The tag without namespace or prefix: both are often wrong or not declared."""
    if not isinstance(element.tag, str):  # a comment, an entity
        return ""
    return re.split("[}:]", element.tag)[-1].lower()


def _parse(text: str) -> tuple[etree._Element, int]:
    """The root, and how many entries were cut off; external and internal entities are never
    expanded."""
    try:
        return etree.fromstring(text.encode(), _parser(recover=False)), 0
    except (etree.XMLSyntaxError, UnicodeEncodeError):
        text, lost = _mended(text)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), _parser(recover=True))
    except etree.XMLSyntaxError as error:
        raise DiscoveryError(f"not a sitemap: {error.msg}") from None
    if root is None:
        raise DiscoveryError(f"not a sitemap: begins with {' '.join(text.split())[:40]!r}")
    return root, lost


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, recover=recover
    )


def _mended(text: str) -> tuple[str, int]:
    """The text, so that libxml2's recovery does not change addresses, and how many entries that cut
    off.

    After the first error recovery drops every named reference, "&amp;" too, and what follows a bare
    "&"; and it closes an address that the end of the document cut. Numeric references survive.
    """
    text = _CDATA_OR_REFERENCE.sub(_numeric, _NOT_XML.sub("", text))
    if _ENDS_WHOLE.search(text):
        return text, 0
    whole_ends = [match.end() for match in _ENTRY_END.finditer(text)]
    cut = _ENTRY_START.search(text, whole_ends[-1] if whole_ends else 0)
    return (text[: cut.start()], 1) if cut else (text, 0)


def _numeric(match: re.Match[str]) -> str:
    """The reference by number; a name that neither XML nor HTML has becomes U+FFFD, which breaks an
    address."""
    cdata, name = match[1], match[2]
    if cdata or (name and name.startswith("#")):
        return match[0]
    meant = "&" if name is None else html5.get(name, "\N{REPLACEMENT CHARACTER}")
    return "".join(f"&#{ord(character)};" for character in meant)
