"""The spacing that a site sees."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.fetching.site import Reply, Site

DELAY = 0.3
HOSTS = ("www.example.com", "m.example.com", "rss.example.com")
BOTH = """
import sys

from scrapy.crawler import CrawlerProcess
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.project import get_project_settings

sys.path.insert(0, {folder!r})
settings = get_project_settings()
settings.update({settings!r}, priority="cmdline")
process = CrawlerProcess(settings)
first, second = (__import__(name).WahaSpider for name in ("waha", "wadi"))
process.crawl(first).addCallback(lambda _: process.crawl(second))
process.start()
"""


def test_the_delay_holds_across_the_hosts_of_a_group_redirects_retries_and_robots_txt(
    site: Site, crawl: Any
) -> None:
    site.replies = {
        "/story/moved": [Reply(301, {"Location": site.url("m.example.com/story/here")})],
        "/story/broken": [Reply(500), Reply()],
        "/story/reset": [Reply(0), Reply()],
    }
    site.stories = [
        f"{host}/story/{name}"
        for host, name in (
            ("www.example.com", "one"),
            ("m.example.com", "two"),
            ("www.example.com", "moved"),
            ("m.example.com", "broken"),
            ("www.example.com", "reset"),
            ("www.example.com", "three"),
        )
    ]

    run = crawl(hosts=HOSTS, feed="rss.example.com/feed.xml", delay=DELAY)

    assert run.new_stories + run.copies == 6
    assert min(site.gaps()) >= DELAY
    assert sorted(
        arrival.host for arrival in site.arrivals if arrival.path == "/robots.txt"
    ) == sorted(HOSTS)
    assert len(site.arrivals) == 3 + 1 + 6 + 1 + 2


def test_each_further_try_of_a_page_waits_longer(site: Site, crawl: Any) -> None:
    site.replies = {"/story/broken": [Reply(500)]}
    site.stories = ["www.example.com/story/broken"]

    run = crawl(hosts=HOSTS, feed="www.example.com/feed.xml", delay=DELAY)

    assert site.paths()[-3:] == ["/story/broken"] * 3
    second, third = site.gaps()[-2:]
    assert second >= 2 * DELAY
    assert third >= 4 * DELAY
    assert dict(run.failures) == {"http_500": 1}


def test_the_delay_that_robots_txt_asks_for_holds_for_the_group_whatever_autothrottle_says(
    site: Site, crawl: Any
) -> None:
    site.replies = {
        "rss.example.com/robots.txt": [Reply(text="User-agent: Khabar\nCrawl-delay: 0.6\n")]
    }
    site.stories = [f"www.example.com/story/{number}" for number in range(4)]

    run = crawl(
        hosts=HOSTS, feed="rss.example.com/feed.xml", delay=0.01, AUTOTHROTTLE_MAX_DELAY=0.1
    )

    assert run.new_stories + run.copies == 4
    assert len(site.arrivals) == 7
    assert min(site.gaps()) >= 0.6


def test_host_groups_do_not_wait_for_one_another(site: Site, crawl: Any) -> None:
    hosts = ("www.example.com", "www.example.net")
    site.stories = [f"{hosts[number % 2]}/story/{number}" for number in range(6)]

    crawl(hosts=hosts, feed="www.example.com/feed.xml", delay=1.0)

    assert min(site.gaps()) < 0.9
    for host in hosts:
        assert min(site.gaps(host)) >= 1.0


def test_the_delay_holds_between_two_crawls_of_a_group_in_one_process(
    site: Site, options: list[str], tmp_path: Path
) -> None:
    site.stories = ["www.example.com/story/1"]
    site.spider(tmp_path, hosts=HOSTS, feed="www.example.com/feed.xml", delay=1.0)
    site.spider(tmp_path, hosts=HOSTS, feed="www.example.com/feed.xml", delay=1.0, name="wadi")
    settings = dict(option.split("=", 1) for option in options[1::2])
    script = BOTH.format(folder=str(tmp_path), settings=settings)

    process = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60
    )

    assert process.returncode == 0, process.stderr
    assert site.paths() == ["/robots.txt", "/feed.xml", "/story/1"] * 2
    assert min(site.gaps()) >= 1.0
