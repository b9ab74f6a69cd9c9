"""Host families: the hosts of one registrable domain, which one operator has to answer for."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from tldextract import TLDExtract

from crawler.outlet import Outlet

# The Public Suffix List that the package brings, so that nothing is downloaded.
_read_suffix = TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=4096)
def family_of(host: str) -> str:
    """The registrable domain of `host` ("www.bbc.co.uk": "bbc.co.uk"), or the host itself where it
    has none, such as an IP address."""
    host = host.rstrip(".").lower()
    return _read_suffix.extract_str(host).top_domain_under_public_suffix or host


def families_of(outlet: Outlet) -> frozenset[str]:
    """The families of the hosts that a crawl of `outlet` may visit: its own and those of its
    discovery."""
    announcing = (urlsplit(kind.url).hostname or "" for kind in outlet.discovery)
    return frozenset(family_of(host) for host in (*outlet.hosts, *announcing))


def chains(outlets: Iterable[Outlet]) -> list[tuple[Outlet, ...]]:
    """The outlets in groups, of which no two share a family, directly or through a third outlet.

    Groups can be crawled at once; inside a group one outlet must follow another. Both keep the
    order given.
    """
    grouped: list[tuple[frozenset[str], tuple[Outlet, ...]]] = []
    for outlet in outlets:
        families = families_of(outlet)
        joined = [group for group in grouped if group[0] & families]
        members = tuple(member for _, others in joined for member in others)
        group = (families.union(*(names for names, _ in joined)), (*members, outlet))
        position = grouped.index(joined[0]) if joined else len(grouped)
        grouped = [each for each in grouped if each not in joined]
        grouped.insert(position, group)
    return [members for _, members in grouped]
