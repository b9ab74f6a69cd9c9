"""Which IP addresses a crawl may connect to."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def is_public(address: Address) -> bool:
    """Whether `address` is one of the open internet's, by IANA's registries as `ipaddress` has
    them.

    Loopback, private, link-local, carrier-grade NAT (100.64.0.0/10), multicast, unspecified and
    reserved ones are not, and with them no cloud's metadata service (169.254.169.254,
    100.100.100.200, fd00:ec2::254). An IPv6 address that leads to an IPv4 one (mapped, 6to4) is
    judged by that; the other such forms (NAT64, Teredo, IPv4-compatible) are none of them public.
    """
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def is_within(address: Address, networks: Sequence[Network]) -> bool:
    """Whether one of `networks` holds `address`, or the IPv4 address that it maps."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return any((mapped or address) in network for network in networks)


def read_address(host: str) -> Address | None:
    """The address that `host` spells, without its zone ("fe80::1%eth0"); None for a name."""
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        return None


def read_networks(names: Sequence[str]) -> tuple[Network, ...]:
    """The networks named, such as "127.0.0.0/8" or "::1". Raises ValueError naming the first that
    is none."""
    return tuple(ip_network(name.strip()) for name in names)
