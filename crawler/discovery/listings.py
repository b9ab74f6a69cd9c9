"""Read listings: pages of links, for example a front page, a section or a topic."""

import lxml.html
from lxml.etree import ParserError

from crawler.discovery.announcement import Announcement, DiscoveryError, Link, merge_links
from crawler.discovery.kinds import Listing
from crawler.discovery.urls import absolute_url


def read_listing(kind: Listing, text: str, url: str, *, encoding: str = "utf-8") -> Announcement:
    """Return the links that the declared selector finds, and the address of the next page.

    Raises DiscoveryError when there is no link: the layout has probably changed. A dated listing
    may have no links, on a day on which nothing has appeared yet.
    """
    try:
        # Without `huge_tree` libxml2 leaves out, in silence, elements more than 255 levels deep.
        parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
        page = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except ParserError:
        raise DiscoveryError("not a page: nothing in it is HTML") from None
    base = _base(page, url)
    links = []
    for anchor in page.cssselect(kind.links):
        address = absolute_url(anchor.get("href"), base, encoding=encoding)
        if address:
            links.append(Link(address, headline=_headline(anchor)))
    if not links and not kind.dated:
        raise DiscoveryError(f"no link matches {kind.links!r}")
    next_page = _next_page(kind, page, base, url, encoding)
    return Announcement(merge_links(links), further_urls=next_page)


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
