"""Stories that a hostile page could have left: on no page do they run, lead away or break out."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from crawler.dedup import article_id, canonical_url
from crawler.gazetteer import Source
from crawler.items import Article, Attribution
from crawler.storage import open_reader
from crawler.web.app import make_app
from crawler.web.security import Access
from crawler.web.site import Site
from tests.storage.samples import SyncStore
from tests.web.newsroom import BASE, FIRST, NOON, OUTLETS, Visitor, parsed

MARKUP = "\"'></a></p></main><script>boom()</script><img src=x onerror=boom()><svg/onload=boom()>"
TEMPLATE = "{{ 7 * 191 }}{% raw %}${7*191}"
BIDI = "\u202eمقلوب\u2066\u2067\u200f"
NAUGHTY = f"{MARKUP}{TEMPLATE}{BIDI}&lt;b&gt; &#60;i> javascript:boom() \ue000<mark>\ue001"
NAMES = 'x"><script>boom()</script>/../?a=b&c=d#e'

_MAX_PAGES = 120


def hostile() -> Iterator[Article]:
    """Stories with all fields hostile, each with a copy and an earlier text."""
    for number, url in enumerate(
        (
            "javascript:alert(document.domain)//1",
            "data:text/html,<script>boom()</script>",
            'https://evil.example/"><script>boom()</script>',
            "https://evil.example/'onmouseover='boom()",
            "//evil.example/1",
            "https://www.youm7.com/story/2026/3/1/hostile/77",
        )
    ):
        outlet = (NAMES, "youm7", "copy\u202e_ar")[number % 3]
        first = replace(
            FIRST,
            url=url,
            canonical_url=f"https://evil.example/{number}",
            outlet=outlet,
            language=("ar", "ur", None, 'ar" onclick="boom()')[number % 4],
            headline=f"{NAUGHTY} {number}",
            body=f"{NAUGHTY}\n\n{MARKUP} {number} "
            + "نص الخبر الطويل عن الميناء والمدينة " * (5 + number),
            published=NOON + timedelta(days=number),
            published_raw=NAUGHTY,
            modified_raw=NAUGHTY,
            zone=NAMES,
            dateline=NAUGHTY,
            place=NAUGHTY,
            reporter=NAUGHTY,
            image=f'https://evil.example/a.png" onerror="boom() {number}',
            genre=cast(Any, NAUGHTY),
            sources=(
                Attribution(Source("", NAUGHTY, "agency", ""), "agency"),
                Attribution(Source(NAMES, NAUGHTY, "agency", "GB"), cast(Any, NAUGHTY)),
            ),
            fetched_at=NOON + timedelta(days=number),
        )
        yield first
        yield replace(
            first,
            body=(first.body or "") + MARKUP,
            headline=f"{BIDI}{number}",
            fetched_at=NOON + timedelta(days=number, hours=1),
        )
        yield replace(
            first,
            canonical_url=None,
            url=f"https://copy.example/{number}",
            outlet=f"c{number}<blink>",
        )


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, httpx.Response]:
    """The pages of a site over such stories that are reached from the front, with their feeds and
    JSON."""
    folder = tmp_path_factory.mktemp("hostile")
    uri = f"sqlite:///{folder}/khabar.db"
    SyncStore(uri).save(*hostile())
    return asyncio.run(_walk(uri))


async def _walk(uri: str) -> dict[str, httpx.Response]:
    async with open_reader(uri) as reader:
        app = make_app(Site(reader, OUTLETS, has_images=True), Access(frozenset({"127.0.0.1"})))
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            seen: dict[str, httpx.Response] = {}
            waiting = ["/?ui=en", "/search?q=boom&ui=en"]
            while waiting and len(seen) < _MAX_PAGES:
                address = waiting.pop(0)
                if address in seen:
                    continue
                seen[address] = page = await client.get(address)
                if page.headers.get("content-type", "").startswith("text/html"):
                    links = parsed(page).xpath("//a/@href")
                    own = (urljoin(f"{BASE}{address}", link) for link in links)
                    waiting += [
                        each.removeprefix(BASE).partition("#")[0]
                        for each in dict.fromkeys(own)
                        if each.startswith(f"{BASE}/")
                        and "ui=en" in each
                        and "type=naskh" not in each
                    ]
            return seen


def test_every_page_of_a_hostile_store_is_a_page(pages: dict[str, httpx.Response]) -> None:
    refused = {
        address: page.status_code for address, page in pages.items() if page.status_code >= 400
    }
    assert all(status in (400, 404) for status in refused.values()), refused
    assert all("boom" not in address or "stories/" not in address for address in pages)
    assert sum(page.status_code == 200 for page in pages.values()) > 20
    kinds = {urlsplit(address).path.split("/")[1] for address in pages}
    assert {"", "stories", "outlets", "agencies", "days", "search"} <= kinds, kinds


def test_every_answer_says_that_nothing_may_run(pages: dict[str, httpx.Response]) -> None:
    for address, page in pages.items():
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy, address
        assert "unsafe" not in policy, address
        assert page.headers["x-content-type-options"] == "nosniff", address


def test_no_element_or_attribute_comes_from_a_story(pages: dict[str, httpx.Response]) -> None:
    for address, page in pages.items():
        if not page.headers.get("content-type", "").startswith("text/html"):
            continue
        assert "<script>boom" not in page.text, address
        assert "onerror=boom()>" not in page.text.replace("onerror=boom()&gt;", ""), address
        assert "1337" not in page.text, address
        tree = parsed(page)
        moving = re.search("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]", tree.text_content())
        assert moving is None, (
            address,
            tree.text_content()[moving.start() - 80 : moving.end() + 20],
        )
        for element in tree.iter():
            if not isinstance(element.tag, str):
                continue
            assert element.tag not in ("script", "iframe", "object", "blink", "style"), address
            for name, value in element.attrib.items():
                assert not name.startswith("on"), (address, name)
                assert name != "style", address
                if name in ("href", "src", "action"):
                    scheme = urlsplit(value).scheme
                    assert scheme in ("", "http", "https"), (address, value)
                    assert scheme or not value.startswith("//"), (address, value)


def test_a_long_headline_makes_no_long_page(tmp_path: Path) -> None:
    uri = f"sqlite:///{tmp_path}/khabar.db"
    long = "خبر طويل جدا " * 80_000
    SyncStore(uri).save(replace(FIRST, headline=long, place=long, reporter=long))

    async def ask() -> list[httpx.Response]:
        async with open_reader(uri) as reader:
            app = make_app(Site(reader), Access(frozenset({"127.0.0.1"})))
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
                return [await client.get(each) for each in ("/", "/search?q=طويل")]

    for page in asyncio.run(ask()):
        assert page.status_code == 200
        assert len(page.text) < 100_000


def test_long_texts_are_not_compared_while_somebody_waits(tmp_path: Path) -> None:
    uri = f"sqlite:///{tmp_path}/khabar.db"
    older, newer = (
        " ".join(f"كلمة{(number * step) % 977}" for number in range(60_000)) for step in (1, 5)
    )
    later = FIRST.fetched_at + timedelta(hours=1) if FIRST.fetched_at else None
    SyncStore(uri).save(replace(FIRST, body=older), replace(FIRST, body=newer, fetched_at=later))
    page = Visitor(uri).get(f"/stories/{article_id(canonical_url(FIRST.url))}?ui=en")
    assert page.status_code == 200
    assert "Too long to be compared here." in page.text
    assert not parsed(page).xpath("//del | //ins")
