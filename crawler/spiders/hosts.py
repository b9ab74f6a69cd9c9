"""The hosts of an outlet's crawl: which it may ask, and whether they are declared right."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from crawler.discovery.kinds import Discovery
from crawler.outlet import Outlet, OutletError
from crawler.text.hosts import registrable_domain

_PORTS = ("", ":80", ":443")
"""A port, or none, behind a host: a pattern may demand one, or that of a discovery document."""


def crawled_hosts(outlet: Outlet) -> list[str]:
    """Return the hosts that a crawl of the outlet may ask: its own, each with and without "www.",
    and those of its discovery documents."""
    own = dict.fromkeys(form for host in outlet.hosts for form in (host, _other_form(host)))
    return [*own, *sorted(_discovery_hosts(outlet) - own.keys())]


def check_hosts(outlet: Outlet) -> None:
    """Raise OutletError where the hosts in pattern and discovery are not those of the outlet: one
    of them has a typing error, or is to be named in `also`."""
    for problem in _host_problems(outlet):
        raise OutletError(f"{outlet.name}: {problem}")


def _host_problems(outlet: Outlet) -> Iterator[str]:
    domains = {registrable_domain(host) for host in outlet.hosts}
    for declared in outlet.discovery:
        host = urlsplit(declared.url).hostname or ""
        if host in outlet.also or outlet.has_host(host) or registrable_domain(host) in domains:
            continue
        yield (
            f"discovery: {host!r} is of none of the domains {', '.join(sorted(domains))}; "
            "name it in `also` if that is right"
        )
    discovery_hosts = _discovery_hosts(outlet)
    for host in outlet.also:
        if host not in discovery_hosts:
            yield f"also: no discovery document is on {host!r}"
    if outlet.matches_whole_addresses:
        yield from _host_pattern_problems(outlet)


def _host_pattern_problems(outlet: Outlet) -> Iterator[str]:
    """Yield a problem if `articles`, a pattern of whole addresses, names a host that is no own."""
    host_pattern = outlet.articles.partition("://")[2].partition("/")[0]
    try:
        pattern = re.compile(host_pattern)
    except re.error:
        return  # it has a "/" inside a group, so that its host cannot be told
    ports = {*_PORTS, *(f":{port}" for port in map(_port_of, outlet.discovery) if port)}
    if not any(pattern.fullmatch(f"{host}{port}") for host in outlet.hosts for port in ports):
        yield f"articles: {host_pattern!r} matches none of the hosts {', '.join(outlet.hosts)}"


def _port_of(declared: Discovery) -> int | None:
    """Return the port in the address of a discovery document, None where it names no valid one."""
    try:
        return urlsplit(declared.url).port
    except ValueError:
        return None


def _discovery_hosts(outlet: Outlet) -> set[str]:
    return {urlsplit(declared.url).hostname or "" for declared in outlet.discovery}


def _other_form(host: str) -> str:
    """Return `host` without its "www.", or with it where it has none."""
    return host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
