from typing import Any

import pytest
from scrapy.robotstxt import ProtegoRobotParser, PythonRobotParser

from crawler.fetching.robots import MAX_BYTES, readable_part, requested_delay
from tests.fetching.site import Reply, Site


@pytest.mark.parametrize(
    ("rules", "delay"),
    [
        ("Crawl-delay: 2.5", 2.5),
        ("Request-rate: 1/10", 10.0),
        ("Request-rate: 30/1m", 2.0),
        ("Crawl-delay: 1\nRequest-rate: 1/5", 5.0),
        ("Crawl-delay: 9\nRequest-rate: 1/5", 9.0),
        ("Crawl-delay: soon", 0.0),
        ("Crawl-delay: -3", 0.0),
        ("Crawl-delay: nan", 0.0),
        ("Crawl-delay: 1\n\nUser-agent: Khabar\nCrawl-delay: 7", 7.0),
        ("Crawl-delay: 1\n\nUser-agent: Other\nCrawl-delay: 7", 1.0),
        ("Disallow: /private", 0.0),
        ("Request-rate: 1/" + "9" * 400, 1e9),
    ],
)
def test_the_larger_of_crawl_delay_and_request_rate_is_what_a_site_asks_of_us(
    rules: str, delay: float
) -> None:
    robots = ProtegoRobotParser(f"User-agent: *\n{rules}\n".encode(), spider=None)
    assert requested_delay(robots, "Khabar") == delay


def test_a_parser_that_knows_no_request_rate_tells_the_crawl_delay() -> None:
    assert (
        requested_delay(
            PythonRobotParser(b"User-agent: *\nCrawl-delay: 3\n", spider=None), "Khabar"
        )
        == 3.0
    )


def test_a_site_is_crawled_only_if_its_robots_txt_is_there_or_known_to_be_missing(
    site: Site, crawl: Any
) -> None:
    site.replies = {
        "www.example.com/robots.txt": [Reply(403, text="User-agent: *\nDisallow: /")],
        "www.example.net/robots.txt": [Reply(500)],
        "www.example.org/robots.txt": [Reply(0)],
        "www.example.edu/robots.txt": [Reply(text="User-agent: Khabar\nCrawl-delay: 301\n")],
        "www.example.ch/robots.txt": [
            Reply(302, {"Location": "http://elsewhere.invalid/robots.txt"})
        ],
        "www.example.info/robots.txt": [Reply(text="User-agent: Khabar\nDisallow: /story/\n")],
    }
    hosts = tuple(f"www.example.{top}" for top in ("com", "net", "org", "edu", "ch", "info"))
    site.stories = [f"{host}/story/{number}" for number, host in enumerate(hosts)]

    run = crawl(hosts=hosts, feed="www.example.com/feed.xml")

    assert dict(run.failures) == {
        "robots_unreachable": 3,
        "crawl_delay": 1,
        "robots": 1,
        "offsite": 1,
    }
    assert run.new_stories == 1
    asked = [
        (arrival.host, arrival.path) for arrival in site.arrivals if arrival.path != "/robots.txt"
    ]
    assert asked == [("www.example.com", "/feed.xml"), ("www.example.com", "/story/0")]


def test_every_request_that_waits_for_a_robots_txt_obeys_it(site: Site, crawl: Any) -> None:
    site.replies = {
        "www.example.net/robots.txt": [Reply(text="User-agent: *\nDisallow: /story/private\n")]
    }
    site.stories = [f"www.example.net/story/private{number}" for number in range(5)] + [
        "www.example.net/story/1"
    ]

    run = crawl(hosts=("www.example.net",), feed="www.example.com/feed.xml")

    assert (dict(run.failures), run.new_stories) == ({"robots": 5}, 1)
    assert [arrival.path for arrival in site.arrivals if arrival.host == "www.example.net"] == [
        "/robots.txt",
        "/story/1",
    ]


def test_a_site_whose_robots_txt_cannot_be_read_has_not_refused(site: Site, crawl: Any) -> None:
    site.replies = {"/robots.txt": [Reply(503)]}

    run = crawl(hosts=("www.example.com",), feed="www.example.com/feed.xml", BACKOFF_DELAY=0.1)

    assert site.paths() == ["/robots.txt"] * 3
    assert dict(run.failures) == {"robots_unreachable": 1}
    assert run.status == "failed"


@pytest.mark.parametrize("ending", [b"\n", b"\r", b"\r\n"])
def test_of_a_huge_robots_txt_whole_lines_are_read_up_to_500_kib(ending: bytes) -> None:
    line = b"Disallow: /archive/2021" + ending
    body = line * (MAX_BYTES // len(line) + 5)
    part = readable_part(body)
    assert body.startswith(part)
    assert part.endswith(ending[-1:])
    assert MAX_BYTES - len(line) <= len(part) <= MAX_BYTES
    assert readable_part(part) == part
    assert readable_part(b"x" * (MAX_BYTES + 1)) == b""


def test_a_huge_robots_txt_is_obeyed_as_far_as_it_is_read_and_named(site: Site, crawl: Any) -> None:
    rules = "User-agent: *\nDisallow: /story/private\n"
    filling = "# a comment of no meaning\n" * 80_000  # 2 MB
    site.replies = {"/robots.txt": [Reply(text=f"{rules}{filling}Disallow: /story/late\n")]}
    site.stories = [f"www.example.com/story/{name}" for name in ("private", "late")]

    run = crawl(hosts=("www.example.com",), feed="www.example.com/feed.xml")

    assert dict(run.failures) == {"robots": 1}
    assert dict(run.warnings) == {"robots_cut": 1}
    assert run.new_stories == 1
