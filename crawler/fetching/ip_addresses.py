"""Which IP addresses a crawl may connect to."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def is_public(address: Address) -> bool:
    """Return True for an address on the open internet, by IANA's registries (`ipaddress`).

    Not public are loopback, private, link-local, carrier-grade NAT (100.64.0.0/10), multicast,
    unspecified and reserved addresses, and with them every cloud's metadata service
    (169.254.169.254, 100.100.100.200, fd00:ec2::254). An IPv6 address that leads to an IPv4
    address (mapped, 6to4) is judged by that address; NAT64, Teredo and IPv4-compatible addresses
    are never public.
    """
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def is_within(address: Address, networks: Sequence[Network]) -> bool:
    """Return True if a network holds `address`, or the IPv4 address that `address` maps."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return any((mapped or address) in network for network in networks)


def parse_address(host: str) -> Address | None:
    """Return the address that `host` spells, without its zone ("fe80::1%eth0"); None for a name."""
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        return None


def parse_networks(names: Sequence[str]) -> tuple[Network, ...]:
    """Return the networks called so, e.g. "127.0.0.0/8" or "::1".

    Raises ValueError, which quotes the first name that is not a network's.
    """
    return tuple(ip_network(name.strip()) for name in names)
