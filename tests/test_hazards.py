"""What a hostile outlet tries on whoever crawls it, each thing told by its name and none of it
done."""

import asyncio
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from crawler.storage import Run, open_store
from tests.hostile import ENCODED, LIMIT, OTHERS, SPELT, Web, serving

SETTINGS = {
    "GUARD_ALLOW": "127.0.0.1",
    "DOWNLOAD_MAXSIZE": str(LIMIT),
    "DNSCACHE_ENABLED": "False",  # so that each connection asks the attacker's DNS
    "AUTOTHROTTLE_START_DELAY": "0",
    "STORE_AT_START": "True",
    "LOG_LEVEL": "INFO",
}


@dataclass
class Crawled:
    """One crawl of the hostile web: the process, its run's summary, what it stored, what listened
    in it, and the causes that the log names, by the last part of the address."""

    web: Web
    process: "subprocess.CompletedProcess[str]"
    run: Run
    stored: set[str]
    listening: str
    causes: dict[str, list[str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def crawled(scrapy: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("hostile")
    uri = f"sqlite:///{folder}/khabar.db"
    settings = SETTINGS | {"SPOOL": str(folder / "spool"), "STORE_URI": uri}
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]

    async def load() -> tuple[Run, set[str]]:
        async with open_store(uri) as store:
            (run,) = [run async for run in store.runs()]
            return run, {stored.article.url.rpartition("/")[2] async for stored in store.articles()}

    with serving(folder) as web:
        # Nothing listens there: a crawl that used the proxy would read nothing.
        proxies = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
        process = scrapy("runspider", str(web.spider(folder)), *options, **proxies)
        run, stored = asyncio.run(load())
        result = Crawled(web, process, run, stored, (folder / "listening").read_text())
        for cause, url in re.findall(r"\[waha\] WARNING: (\w+): (\S+)", process.stderr):
            result.causes.setdefault(url.rpartition("/")[2], []).append(cause)
        yield result


def test_the_crawl_goes_on_and_stores_what_is_good(crawled: Crawled) -> None:
    assert crawled.stored == {"good"}
    assert crawled.run.status == "degraded"
    assert "Traceback" not in crawled.process.stderr


def test_nothing_inside_was_asked_for(crawled: Crawled) -> None:
    assert crawled.web.inside == []


@pytest.mark.parametrize("name", ["start", "child", "redirected", "robots.waha.example", *SPELT])
def test_no_hop_leads_to_a_private_address(crawled: Crawled, name: str) -> None:
    """A start request, a sitemap's child, a redirect, a redirect of robots.txt, and addresses in
    odd spellings."""
    assert not {f"/{name}", f"/story/{name}"} & {*crawled.web.inside}
    assert crawled.causes[name] == ["private_address"]


def test_a_name_that_leads_inside_only_when_it_is_asked_again_is_checked_again(
    crawled: Crawled,
) -> None:
    assert crawled.causes["rebind.waha.example"] == ["private_address"]
    assert "/story/rebind.waha.example" not in [*crawled.web.inside, *crawled.web.asked]


@pytest.mark.parametrize("name", ["declared", "endless", "gzip", "twice", "deflate", "br"])
def test_a_body_over_the_limit_is_refused_as_it_comes_and_as_it_unpacks(
    crawled: Crawled, name: str
) -> None:
    assert crawled.causes[name] == ["too_large"]
    assert crawled.web.asked.count(f"/story/{name}") == 1


@pytest.mark.parametrize("name", [name for name in ENCODED if name.startswith("garbage")])
def test_a_body_that_is_not_packed_as_it_says_is_one_failure(crawled: Crawled, name: str) -> None:
    assert crawled.causes[name] == ["damaged"]


def test_redirects_without_end_end(crawled: Crawled) -> None:
    asked = [path for path in crawled.web.asked if path.startswith("/story/loop")]
    assert crawled.causes[asked[-1].rpartition("/")[2]] == ["redirects"]
    assert len(asked) == 21


def test_a_certificate_that_nobody_vouches_for_is_refused(crawled: Crawled) -> None:
    assert crawled.causes["tls"] == ["tls"]
    assert "/story/tls" not in crawled.web.asked


def test_what_a_page_says_is_logged_on_one_line_with_its_controls_escaped(crawled: Crawled) -> None:
    said = r"a page says: \x1b]0;owned\x07\n2026-01-01 [waha] ERROR: forged \u202e"
    assert said in crawled.process.stderr


def test_no_password_in_an_address_is_logged(crawled: Crawled) -> None:
    assert "credentials" in crawled.causes
    assert "secret" not in crawled.process.stderr


@pytest.mark.parametrize("url", OTHERS)
def test_nothing_but_the_web_is_read(crawled: Crawled, url: str) -> None:
    assert "scheme" in crawled.causes[url.rpartition("/")[2]]


def test_nothing_listens(crawled: Crawled) -> None:
    assert crawled.listening == ""
