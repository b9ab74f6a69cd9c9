"""Links in a line that lead to other sites: sources that a story names, and the outlet's own pages
on social networks."""

import re
from itertools import islice

from crawler.extraction.tree import Element
from crawler.extraction.values import site_of, split_names

_NETWORKS = frozenset(
    split_names("""
    facebook.com fb.com twitter.com x.com instagram.com youtube.com youtu.be t.me telegram.me
    telegram.org whatsapp.com wa.me tiktok.com linkedin.com snapchat.com threads.net threads.com
    pinterest.com nabd.com google.com apple.com flipboard.com soundcloud.com
    """)
)
"""Sites where outlets ask to be followed, Google News and the shops of apps among them."""
_POST = re.compile(r"/(?:status|statuses|posts?|p|reel|videos?|watch|story\.php|\d+)\b")
"""In the address of a single post on a network."""
_MIN_NETWORKS = 2
"""Fewest of these in one line that asks to follow."""
_MAX_LINKS = 20


def leads_away(element: Element, page_url: str) -> bool:
    """Return whether all links in an element lead to other sites than the page's own, and none to a
    social network."""
    sites = _sites(element, page_url)
    return bool(sites) and site_of(page_url) not in sites and not sites & _NETWORKS


def asks_to_follow(element: Element, page_url: str) -> bool:
    """Return whether an element links to somebody's own page on several social networks, not to
    single posts."""
    if _POST.search(
        "".join(link.get("href") or "" for link in islice(element.iter("a"), _MAX_LINKS))
    ):
        return False
    return len(_sites(element, page_url) & _NETWORKS) >= _MIN_NETWORKS


def _sites(element: Element, page_url: str) -> set[str]:
    """Return the sites of the links in an element; a link to a place on the page itself or that is
    no whole address leads to the page's own."""
    sites = set()
    for link in islice(element.iter("a"), _MAX_LINKS):
        address = (link.get("href") or "").strip()
        if address.startswith("//"):
            address = f"https:{address}"
        if address:
            is_whole = address.startswith(("https://", "http://"))
            sites.add(site_of(address if is_whole else page_url))
    return sites
