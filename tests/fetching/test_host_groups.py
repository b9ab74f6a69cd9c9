from collections.abc import Iterable

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from crawler.discovery.kinds import Feed
from crawler.fetching.host_groups import chains, host_groups_of
from crawler.outlet import Outlet
from crawler.text.hosts import registrable_domain


@pytest.mark.parametrize(
    ("host", "group"),
    [
        ("www.bbc.co.uk", "bbc.co.uk"),
        ("rss.dw.com", "dw.com"),
        ("M.DW.com.", "dw.com"),
        ("alghad.com.jo", "alghad.com.jo"),
        ("co.uk", "co.uk"),
        ("127.0.0.1", "127.0.0.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("localhost", "localhost"),
        ("www.sahifa.example", "www.sahifa.example"),  # a name that no registry gives out
        ("", ""),
    ],
)
def test_the_group_of_a_host_is_its_registrable_domain(host: str, group: str) -> None:
    assert registrable_domain(host) == group


def outlet(name: str, *hosts: str, feed: str = "") -> Outlet:
    return Outlet(
        name=name,
        title=name,
        native=name,
        language="ar",
        country="JO",
        zone="Asia/Amman",
        hosts=hosts,
        articles=r"/.+",
        discovery=(Feed(url=f"https://{feed or hosts[0]}/feed"),),
        also=(feed,) if feed else (),
        publisher="petra",
        as_of=2026,
        confidence="low",
    )


def names(groups: Iterable[tuple[Outlet, ...]]) -> list[list[str]]:
    return [[each.name for each in group] for group in groups]


def test_an_outlet_is_of_the_groups_of_its_hosts_and_of_its_feeds() -> None:
    assert host_groups_of(outlet("a", "www.bbc.com", "m.bbc.com", feed="feeds.bbci.co.uk")) == {
        "bbc.com",
        "bbci.co.uk",
    }


def test_outlets_that_share_a_host_group_follow_one_another() -> None:
    together = [
        outlet("a", "ar.bbc.com"),
        outlet("b", "www.dw.com"),
        outlet("c", "ur.bbc.com"),
        outlet("d", "www.dawn.com"),
    ]
    assert names(chains(together)) == [["a", "c"], ["b"], ["d"]]


def test_outlets_are_joined_by_a_third_that_shares_with_both() -> None:
    together = [
        outlet("a", "www.bbc.com", feed="rss.aaj.tv"),
        outlet("b", "www.dw.com"),
        outlet("c", "www.dawn.com", feed="rss.dw.com"),
        outlet("d", "www.bbc.com", feed="rss.dawn.com"),
        outlet("e", "www.geo.tv"),
        outlet("f", "www.aaj.tv"),
    ]
    assert names(chains(together)) == [["a", "b", "c", "d", "f"], ["e"]]


def test_the_outlets_of_the_project_that_share_a_site_are_found() -> None:
    loader = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["crawler.spiders"]}))
    found = names(chains(loader.load(name).outlet for name in sorted(loader.list())))  # type: ignore[attr-defined]
    assert ["bbc_ar", "bbc_ur"] in found
    assert ["urdupoint_ar", "urdupoint_ur"] in found
