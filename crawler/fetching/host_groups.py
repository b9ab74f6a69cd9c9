"""Host groups: the hosts of one registrable domain, for which one operator answers."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from crawler.outlet import Outlet
from crawler.text.hosts import registrable_domain


def host_groups_of(outlet: Outlet) -> frozenset[str]:
    """Return the groups of all hosts that a crawl of `outlet` may visit: its own and those of its
    discovery documents."""
    discovery_hosts = (urlsplit(kind.url).hostname or "" for kind in outlet.discovery)
    return frozenset(registrable_domain(host) for host in (*outlet.hosts, *discovery_hosts))


def chains(outlets: Iterable[Outlet]) -> list[tuple[Outlet, ...]]:
    """Return the outlets in chains: no two chains share a host group, directly or through a third
    outlet.

    Chains may be crawled at once; inside a chain one outlet must follow another. Chains and their
    outlets keep the order given.
    """
    chained: list[tuple[frozenset[str], tuple[Outlet, ...]]] = []
    for outlet in outlets:
        groups = host_groups_of(outlet)
        joined = [chain for chain in chained if chain[0] & groups]
        members = tuple(member for _, others in joined for member in others)
        chain = (groups.union(*(names for names, _ in joined)), (*members, outlet))
        position = chained.index(joined[0]) if joined else len(chained)
        chained = [other for other in chained if other not in joined]
        chained.insert(position, chain)
    return [members for _, members in chained]
