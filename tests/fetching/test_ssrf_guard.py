"""Which addresses are public, and what may be allowed besides. `tests/test_hazards.py` has the
crawl."""

from ipaddress import ip_address
from typing import Any

import pytest
from scrapy.settings import Settings
from twisted.internet.defer import Deferred

from crawler.fetching.failures import cause_of
from crawler.fetching.ip_addresses import is_public, is_within, parse_address, parse_networks
from crawler.fetching.ssrf_guard import GuardedResolver, PrivateAddress

PRIVATE = """
    0.0.0.0 10.1.2.3 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.255 169.254.169.254 172.16.0.1
    192.0.2.1 192.168.1.1 198.18.0.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
    :: ::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1 100::1 2001:db8::1 4000::1
    ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 2002:7f00:1:: 2002:a9fe:a9fe::
    64:ff9b::7f00:1 64:ff9b:1::a00:1 2001:0:4136:e378:8000:63bf:80ff:fffe
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_what_is_not_on_the_open_internet(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8"]
)
def test_what_is(address: str) -> None:
    assert is_public(ip_address(address))


def test_a_host_that_spells_an_address_is_one() -> None:
    assert parse_address("fe80::1%eth0") == ip_address("fe80::1")
    assert parse_address("127.0.0.1") == ip_address("127.0.0.1")
    assert parse_address("news.example") is None


def test_what_is_allowed_holds_mapped_addresses_too() -> None:
    networks = parse_networks(["127.0.0.0/8", " ::1"])
    assert all(
        is_within(ip_address(one), networks) for one in ("127.9.9.9", "::ffff:127.0.0.1", "::1")
    )
    assert not any(
        is_within(ip_address(one), networks) for one in ("128.0.0.1", "::2", "::ffff:10.0.0.1")
    )


@pytest.mark.parametrize(
    "host", ["::1", "::ffff:127.0.0.1", "fd00:ec2::254", "fe80::1%eth0", "10.0.0.1"]
)
def test_the_resolver_gives_no_private_address_that_is_spelt_out(host: str) -> None:
    assert isinstance(failure(resolver().getHostByName(host)), PrivateAddress)
    assert cause_of(PrivateAddress()) == "private_address"


def test_the_resolver_gives_what_is_public_or_allowed() -> None:
    assert resolver().getHostByName("2606:4700::1111").result == "2606:4700::1111"
    assert resolver(GUARD_ALLOW="10.0.0.0/8,::1/128").getHostByName("10.0.0.1").result == "10.0.0.1"
    assert resolver(GUARD_ALLOW="10.0.0.0/8,::1/128").getHostByName("::1").result == "::1"


@pytest.mark.parametrize(
    ("allowed", "said"),
    [
        ("10.0.0.1/8", "10.0.0.1/8 has host bits set"),
        ("localhost", "'localhost' does not appear to be an IPv4 or IPv6 network"),
        ("127.0.0.0/8,", "'' does not appear"),
    ],
)
def test_a_network_that_is_none_is_said_before_anything_starts(
    scrapy: Any, allowed: str, said: str
) -> None:
    process = scrapy("crawl", "youm7", "-s", "REPLAY=fixtures", KHABAR_GUARD_ALLOW=allowed)
    assert process.returncode == 2
    assert process.stderr.startswith(f"GUARD_ALLOW: {said}")
    assert len(process.stderr.splitlines()) == 1


def resolver(**settings: str) -> GuardedResolver:
    class Crawler:
        pass

    crawler: Any = Crawler()
    crawler.settings = Settings(settings)
    reactor: Any = None  # an address that is spelt out is not looked up
    return GuardedResolver.from_crawler(crawler, reactor)


def failure(result: Deferred[str]) -> object:
    caught: list[Any] = []
    result.addErrback(lambda failed: caught.append(failed.value))
    return caught[0]
