"""The parts of a declaration about addresses that nothing recorded needs. Knows no Scrapy."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

from crawler.outlet import Outlet
from crawler.replay.recording import Hop

_LINK = re.compile(
    rb"""(?:href|content|src)\s*=\s*["']([^"'<>]+)|<(?:link|loc|guid)[^>]*>\s*([^<\s]+)"""
    rb"""|"((?:https?:|/)[^"\s<>]+)\""""
)
"""An address in HTML, in a feed or a sitemap, or in JSON."""


def unused_parts(outlet: Outlet, hops: Sequence[Hop]) -> Iterator[tuple[str, str]]:
    """Yield part and problem of each item of `identity`, `rewrites` and `exclude` that fits no
    address of the outlet in recordings; a section, if none prints its name.

    What is the platform's own is left out: it is declared for its other outlets too.
    """
    addresses = list(_own_addresses(outlet, hops))
    paths = {part.path for part in addresses}
    paths |= {unquote(path) for path in paths}
    parameters = {
        name.lower()
        for part in addresses
        for name, _ in parse_qsl(part.query, keep_blank_values=True)
    }
    for name in outlet.identity:
        if name.lower() not in parameters:
            yield "identity", f"{name!r} is in no recorded address"
    for pattern, _ in outlet.rewrites:
        if not _any(re.compile(pattern).search, paths):
            yield "rewrites", f"{pattern!r} is in no recorded address"
    for item in outlet.exclude:
        if outlet.platform is not None and item in _items(outlet.platform.exclude):
            continue
        if not item.startswith("/"):
            if not any(item.encode() in hop.body for hop in hops):
                yield "exclude", f"{item!r} is printed in no recording"
        elif not _any(re.compile(item).match, paths):
            yield "exclude", f"{item!r} is of no recorded address"


def _own_addresses(outlet: Outlet, hops: Iterable[Hop]) -> Iterator[SplitResult]:
    """Yield the addresses on the hosts of the outlet that were recorded, or are printed there."""
    for hop in hops:
        printed = [b"".join(groups) for groups in _LINK.findall(hop.body)]
        for link in (hop.url, *(unescape(each.decode("utf-8", "replace")) for each in printed)):
            try:
                parts = urlsplit(urljoin(hop.url, link.strip()))
            except ValueError:
                continue
            if outlet.has_host(parts.hostname or ""):
                yield parts


def _any(matches: Callable[[str], object], texts: Iterable[str]) -> bool:
    return any(matches(text) is not None for text in texts)


def _items(exclude: object) -> tuple[str, ...]:
    """Return the excluded items of a platform, none where it declares none."""
    return exclude if isinstance(exclude, tuple) else ()
