"""Listings: pages of links, such as a front page, a section or a topic."""

import lxml.html
from lxml.etree import ParserError

from crawler.discovery.addresses import absolute
from crawler.discovery.announcement import Announcement, DiscoveryError, Link, merge_links
from crawler.discovery.kinds import Listing


def read_listing(kind: Listing, text: str, url: str, *, encoding: str = "utf-8") -> Announcement:
    """The links that the declared selector finds, and the link of the next page.

    Raises DiscoveryError when there is not one link: a layout that changed looks so. Of a dated
    listing it may also be a day on which nothing has appeared yet.
    """
    try:
        # Without `huge_tree` libxml2 leaves out, in silence, what stands more than 255 elements
        # deep.
        parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
        page = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except ParserError:
        raise DiscoveryError("not a page: nothing in it is HTML") from None
    base = _base(page, url)
    anchors = [anchor for anchor in page.cssselect(kind.links) if anchor.get("href")]
    links = [
        Link(address, headline=_headline(anchor))
        for anchor in anchors
        if (address := absolute(anchor.get("href"), base, encoding=encoding))
    ]
    if not links and not kind.dated:
        raise DiscoveryError(f"no link matches {kind.links!r}")
    return Announcement(
        merge_links(links), further_urls=_next_page(kind, page, base, url, encoding)
    )


def _base(page: lxml.html.HtmlElement, url: str) -> str:
    """What links are relative to: the first <base href>, itself relative to the page's own
    address."""
    declared = page.find(".//base[@href]")
    return url if declared is None else absolute(declared.get("href"), url) or url


def _headline(anchor: lxml.html.HtmlElement) -> str | None:
    return (
        " ".join((anchor.text_content() or "").split())
        or " ".join(anchor.get("title", "").split())
        or None
    )


def _next_page(
    kind: Listing, page: lxml.html.HtmlElement, base: str, url: str, encoding: str
) -> tuple[str, ...]:
    """The first next link that leads to another page: the last page's may lead to itself."""
    if not kind.next:
        return ()
    for anchor in page.cssselect(kind.next):
        address = absolute(anchor.get("href"), base, encoding=encoding)
        if address and address != absolute(url, url):
            return (address,)
    return ()
