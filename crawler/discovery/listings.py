"""Read listings: pages of links, for example a front page, a section or a topic."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, islice

import lxml.html
from lxml.etree import ParserError
from parsel.csstranslator import HTMLTranslator

from crawler.discovery.announcement import (
    MAX_LINKS,
    Announcement,
    DiscoveryError,
    Link,
    LinkCollector,
    NoLinks,
    TooLarge,
    TooManyAttributes,
)
from crawler.discovery.kinds import Listing
from crawler.discovery.urls import absolute_url
from crawler.text.markup import MAX_ATTRIBUTES, has_too_many_attributes

MAX_CHARACTERS = 7_000_000
"""Characters of a listing: the largest at hand has 0.8 million; 200,000 links take 6."""

MAX_ANCHORS = 2 * MAX_LINKS
"""Links of a listing that are looked at: it links a story from its picture and from its
headline."""

_TEASER_LEVELS = 4
"""Elements around a <time> in which the link of its story is looked for."""
_DAY = re.compile(r"\s*\d{4}-\d\d-\d\d")


def read_listing(kind: Listing, text: str, url: str, *, encoding: str = "utf-8") -> Announcement:
    """Return the links that the declared selector finds, and the address of the next page.

    Anchors are read until `MAX_LINKS` addresses are found. A link is dated by the <time datetime>
    of its teaser. Raises NoLinks when there is no link: the layout has probably changed. A dated
    listing may have no links, on a day on which nothing has appeared yet. Raises TooLarge and
    TooManyAttributes for a page that would take the parser too long.
    """
    page = _parse(text)
    base = _base(page, url)
    collected = LinkCollector()
    anchors: list[tuple[lxml.html.HtmlElement, str]] = []
    left_out = _count(page, kind.links)
    for anchor in _select(page, kind.links, MAX_ANCHORS):
        if collected.is_full:
            break
        left_out -= 1
        if address := absolute_url(anchor.get("href"), base, encoding=encoding):
            collected.add(Link(address, headline=_headline(anchor)))
            anchors.append((anchor, address))
    if not collected.links and not kind.dated:
        raise NoLinks(f"no link matches {kind.links!r}")
    links = collected.links
    if dates := _dates(page, anchors):
        links = tuple(replace(link, published_raw=dates.get(link.url)) for link in links)
    return Announcement(
        links,
        further_urls=_next_page(kind, page, base, url, encoding),
        links_left_out=left_out,
    )


def _parse(text: str) -> lxml.html.HtmlElement:
    if len(text) > MAX_CHARACTERS:
        raise TooLarge(f"a listing of more than {MAX_CHARACTERS:,} characters")
    if has_too_many_attributes(text):
        raise TooManyAttributes(f"a tag of it has more than {MAX_ATTRIBUTES:,} attributes")
    try:
        # Without `huge_tree` libxml2 leaves out, in silence, elements more than 255 levels deep.
        parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except ParserError:
        raise DiscoveryError("not a page: nothing in it is HTML") from None


def _select(page: lxml.html.HtmlElement, selector: str, most: int) -> list[lxml.html.HtmlElement]:
    """Return the first `most` elements that a CSS selector finds. The others cost nothing: lxml
    makes an object for each element that it gives."""
    path = HTMLTranslator().css_to_xpath(selector)
    found: list[lxml.html.HtmlElement] = page.xpath(f"({path})[position() <= {most}]")
    return found


def _count(page: lxml.html.HtmlElement, selector: str) -> int:
    """Return how many elements a CSS selector finds."""
    return int(page.xpath(f"count({HTMLTranslator().css_to_xpath(selector)})"))


def _base(page: lxml.html.HtmlElement, url: str) -> str:
    """Return the address that links are relative to: the first <base href>, else the page's own.

    A <base href> is itself relative to the page's address.
    """
    declared = page.find(".//base[@href]")
    if declared is None:
        return url
    return absolute_url(declared.get("href"), url) or url


def _headline(anchor: lxml.html.HtmlElement) -> str | None:
    """Return the text of a link, or else its title; None without both."""
    for text in (anchor.text_content() or "", anchor.get("title", "")):
        words = text.split()
        if words:
            return " ".join(words)
    return None


def _dates(
    page: lxml.html.HtmlElement, anchors: Sequence[tuple[lxml.html.HtmlElement, str]]
) -> dict[str, str]:
    """Return the dates that <time> elements give for machines, by address.

    A date belongs to the only address in the innermost element around it that has links: the
    story's teaser. anchors: the links, with their addresses.
    """
    times = [time for time in _select(page, "time[datetime]", MAX_ANCHORS) if _is_dated(time)]
    if not times:
        return {}
    dates: dict[str, str] = {}
    addresses = _addresses_of_elements(anchors)
    for time in times:
        around = chain((time,), islice(time.iterancestors(), _TEASER_LEVELS))
        teaser = next((element for element in around if element in addresses), None)
        address = None if teaser is None else addresses[teaser]
        if address is not None:
            dates.setdefault(address, time.get("datetime").strip())
    return dates


def _is_dated(time: lxml.html.HtmlElement) -> bool:
    return _DAY.match(time.get("datetime")) is not None


def _addresses_of_elements(
    anchors: Sequence[tuple[lxml.html.HtmlElement, str]],
) -> dict[lxml.html.HtmlElement, str | None]:
    """Return, for each link and each element around links, the address to which all of these lead;
    None where they lead to several."""
    addresses: dict[lxml.html.HtmlElement, str | None] = {}
    for anchor, address in anchors:
        for element in chain((anchor,), anchor.iterancestors()):
            is_noted = element in addresses
            if is_noted and addresses[element] in (address, None):
                break  # every element further out is noted too
            addresses[element] = None if is_noted else address
    return addresses


def _next_page(
    kind: Listing, page: lxml.html.HtmlElement, base: str, url: str, encoding: str
) -> tuple[str, ...]:
    """Return the address of the first next link that leads to another page, or an empty tuple.

    The next link of the last page may lead to itself.
    """
    if not kind.next:
        return ()
    own_address = absolute_url(url, url)
    for anchor in page.cssselect(kind.next):
        address = absolute_url(anchor.get("href"), base, encoding=encoding)
        if address and address != own_address:
            return (address,)
    return ()
