"""Read listings: pages of links, for example a front page, a section or a topic."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, islice
from urllib.parse import parse_qsl, urlsplit

import lxml.html
from lxml.etree import ParserError

from crawler.discovery import selectors
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
from crawler.discovery.templates import fill_address
from crawler.discovery.urls import absolute_url
from crawler.text.hosts import registrable_domain
from crawler.text.markup import MAX_ATTRIBUTES, has_too_many_attributes

MAX_CHARACTERS = 7_000_000
"""Characters of a listing: the largest at hand has 0.8 million; 200,000 links take 6."""

MAX_ANCHORS = 2 * MAX_LINKS
"""Links of a listing that are looked at: it links a story from its picture and from its
headline."""

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CARD_ELEMENTS = 60
"""Elements of a card in which its headline is looked for: cards that stand inside each other would
otherwise be walked through again for each."""
_TEASER_LEVELS = 4
"""Elements around a <time> in which the link of its story is looked for."""
_WEB_ADDRESS = re.compile(r"https?://\S+")
_DAY = re.compile(r"\s*\d{4}-\d\d-\d\d")


def read_listing(kind: Listing, text: str, url: str, *, encoding: str = "utf-8") -> Announcement:
    """Return the links that the declared selector finds, and the address of the next page.

    Anchors are read until `MAX_LINKS` addresses are found; a button to share a story is a link to
    it. A link is dated by the <time datetime> of its teaser. Raises NoLinks when there is no link:
    the layout has probably changed. A dated listing may have no links, on a day on which nothing
    has appeared yet. Raises TooLarge and TooManyAttributes for a page that would take the parser
    too long.
    """
    page = _parse(text)
    base = _base(page, url)
    links, left_out = _links(kind, page, base, encoding)
    if not links and not kind.dated:
        raise NoLinks(f"no link matches {kind.links!r}")
    next_pages = _next_pages(kind, page)
    return Announcement(
        links,
        further_urls=further_urls(kind, next_pages, base, url, encoding),
        cursor=first_cursor(kind, next_pages),
        links_left_out=left_out,
    )


def read_links(kind: Listing, html: str, url: str) -> tuple[Link, ...]:
    """Return the links that the declared selector finds in a piece of HTML from the document at
    `url`. Raises DiscoveryError as `read_listing` does, but for NoLinks."""
    links, _ = _links(kind, _parse(html), url, "utf-8")
    return links


def _links(
    kind: Listing, page: lxml.html.HtmlElement, base: str, encoding: str
) -> tuple[tuple[Link, ...], int]:
    """Return the links of a page, and the number of links that are left out. base: the address that
    links are relative to."""
    collected = LinkCollector()
    anchors: list[tuple[lxml.html.HtmlElement, str]] = []
    left_out = selectors.count(page, kind.links)
    for selected in selectors.select(page, kind.links, MAX_ANCHORS):
        if collected.is_full:
            break
        left_out -= 1
        printed = _printed_address(kind, selected.address)
        address = absolute_url(printed, base, encoding=encoding)
        if address and (shared := _shared_address(address, base)):
            collected.add(Link(shared))
            anchors.append((selected.element, shared))
        elif address:
            collected.add(Link(address, headline=_headline(selected.element)))
            anchors.append((selected.element, address))
    dates = _dates(page, anchors)
    if not dates:
        return collected.links, left_out
    dated = (replace(link, published_raw=dates.get(link.url)) for link in collected.links)
    return tuple(dated), left_out


def _shared_address(address: str, base: str) -> str | None:
    """Return the address of the page's own site that a link to another site hands over, as buttons
    to share a story do; None for any other link."""
    parts = urlsplit(address)
    if "http" not in parts.query or _is_of_site(address, base):
        return None
    named = (_WEB_ADDRESS.search(value) for _, value in parse_qsl(parts.query))
    urls = (absolute_url(match[0], base) for match in named if match)
    return next((url for url in urls if url and _is_of_site(url, base)), None)


def _is_of_site(address: str, base: str) -> bool:
    hosts = (urlsplit(url).hostname or "" for url in (address, base))
    return len(set(map(registrable_domain, hosts))) == 1


def _printed_address(kind: Listing, selected: str | None) -> str | None:
    """Return the address that a link prints, or the one that `address` makes of it."""
    if not kind.address or selected is None:
        return selected
    value = selected.strip()
    return fill_address(kind.address, lambda _: value or None)


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


def _base(page: lxml.html.HtmlElement, url: str) -> str:
    """Return the address that links are relative to: the first <base href>, else the page's own.

    A <base href> is itself relative to the page's address.
    """
    declared = page.find(".//base[@href]")
    if declared is None:
        return url
    return absolute_url(declared.get("href"), url) or url


def _headline(element: lxml.html.HtmlElement) -> str | None:
    """Return the text of a link, or else its title; None without both. Of another element than a
    link, such as a card with the link's address, the text of its first heading."""
    named = element if element.tag == "a" else _heading(element)
    content = "" if named is None else named.text_content() or ""
    for text in (content, element.get("title", "")):
        words = text.split()
        if words:
            return " ".join(words)
    return None


def _heading(card: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    elements = islice(card.iter(), _CARD_ELEMENTS)
    return next((element for element in elements if element.tag in _HEADINGS), None)


def _dates(
    page: lxml.html.HtmlElement, anchors: Sequence[tuple[lxml.html.HtmlElement, str]]
) -> dict[str, str]:
    """Return the dates that <time> elements give for machines, by address.

    A date belongs to the only address in the innermost element around it that has links: the
    story's teaser. anchors: the links, with their addresses.
    """
    selected_times = selectors.select(page, "time[datetime]", MAX_ANCHORS)
    times = [selected.element for selected in selected_times if _is_dated(selected.element)]
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


def _next_pages(kind: Listing, page: lxml.html.HtmlElement) -> list[str]:
    """Return what the next links of a page print: addresses, or cursors."""
    if not kind.next:
        return []
    selected = selectors.select(page, kind.next, MAX_ANCHORS)
    return [link.address for link in selected if link.address]


def further_urls(
    kind: Listing, printed: Iterable[str], base: str, url: str, encoding: str = "utf-8"
) -> tuple[str, ...]:
    """Return the first of the printed next addresses that leads to another page than `url`, or an
    empty tuple.

    The next link of the last page may lead to itself.
    """
    if kind.takes_cursor:
        return ()
    own_address = absolute_url(url, url)
    for text in printed:
        address = absolute_url(text, base, encoding=encoding)
        if address and address != own_address:
            return (address,)
    return ()


def first_cursor(kind: Listing, printed: Iterable[str]) -> str | None:
    """Return the cursor of the next page; None without one, or where `next` gives addresses."""
    return next(iter(printed), None) if kind.takes_cursor else None
