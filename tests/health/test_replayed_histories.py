"""Health over a history that replayed crawls made: six outlets, each with a fault or a quiet day of
its own."""

import asyncio
import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.storage import open_store
from tests.conftest import Record, Scrapy

Crawl = Callable[..., None]
States = dict[str, tuple[str, set[str]]]

SPIDERS = """
from crawler.discovery.kinds import Feed
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider

for name in ("redesigned", "emptied", "dead_feed", "challenged", "quiet", "flooded"):
    host = name.replace("_", "-") + ".example"
    outlet = Outlet(
        name=name, title=name, native="صحيفة", language="ar", country="JO", zone="Asia/Amman",
        hosts=(host,), articles=rf"https://{host}/story/\\d+", publisher="petra",
        as_of=2026, confidence="low",
        discovery=(Feed(url=f"https://{host}/news.xml"), Feed(url=f"https://{host}/sport.xml")),
        layouts=(Layout(headline=("h1",), body=("div.text",)),),
    )
    globals()[name] = type(name, (OutletSpider,), {"outlet": outlet, "__module__": __name__})
"""
OUTLETS = ("redesigned", "emptied", "dead_feed", "challenged", "quiet", "flooded")
USUAL, FLOOD = 6, 60  # articles in the first of the two feeds; the second has as many of the usual
WORDS = """
أعلنت البلدية افتتاح السوق الجديد قرب المحطة وقال التجار إن الحركة عادت إلى الشارع بعد أشهر من
العمل وزار المدير المدرسة والمكتبة والحديقة وتفقد الجسر والطريق والملعب ثم وعد السكان بإنارة
الحي وترميم المسرح والنافورة
"""


def page(outlet: str, number: int, fault: str) -> tuple[bytes, int]:
    """One article as it is served, with its status."""
    if fault == "challenged":
        return b"<title>Just a moment...</title>", 403
    chance = random.Random(f"{outlet} {number}")
    headline, *paragraphs = (" ".join(chance.sample(WORDS.split(), 12)) for _ in range(5))
    text = "".join(f"<p>{paragraph}.</p>" for paragraph in paragraphs)
    # A new layout: what the declared selector names holds other things now, or the page holds no
    # text at all.
    body = {
        "redesigned": '<div class="text"><a href="/">المزيد</a></div>'
        f'<article class="content">{text}</article>',
        "emptied": '<div id="app"></div>',
    }.get(fault, f'<div class="text">{text}</div>')
    data = {
        "@type": "NewsArticle",
        "headline": headline,
        "datePublished": "2023-11-22T09:00:00+03:00",
    }
    head = f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
    return f"<html><head>{head}</head><body><h1>{headline}</h1>{body}</body></html>".encode(), 200


def feed(outlet: str, numbers: range) -> bytes:
    items = "".join(
        f"<item><link>https://{host(outlet)}/story/{number}</link></item>" for number in numbers
    )
    return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()


def host(outlet: str) -> str:
    return outlet.replace("_", "-") + ".example"


def record_day(record: Record, outlet: str, fault: str = "") -> None:
    """What the site of `outlet` answers on one day."""
    news, sport = range(FLOOD if fault == "flooded" else USUAL), range(1000, 1000 + USUAL)
    record(outlet, f"https://{host(outlet)}/news.xml", feed(outlet, news), content_type="text/xml")
    dead = fault == "dead_feed"
    sport_feed = b"" if dead else feed(outlet, sport)
    status = 404 if dead else 200
    record(
        outlet,
        f"https://{host(outlet)}/sport.xml",
        sport_feed,
        content_type="text/xml",
        status=status,
    )
    for number in (*news, *sport):
        body, status = page(outlet, number, fault)
        record(outlet, f"https://{host(outlet)}/story/{number}", body, status=status)


@pytest.fixture(scope="module")
def uri(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('history')}/khabar.db"


@pytest.fixture(scope="module")
def folder(recorder: Callable[[Path], Record], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outlets, and recordings of each as it was on a "good" day and on a "bad" one."""
    folder = tmp_path_factory.mktemp("days")
    (folder / "papers.py").write_text(SPIDERS, encoding="utf-8")
    for outlet in OUTLETS:
        record_day(recorder(folder / "good"), outlet)
        record_day(recorder(folder / "bad"), outlet, fault=outlet)
    return folder


@pytest.fixture
def crawl(uri: str, folder: Path, scrapy: Scrapy) -> Crawl:
    """`crawl(DAY, STATUS)`: crawl all outlets as they were on that day."""

    def replay(day: str, status: int = 0) -> None:
        options = ("-s", "SPIDER_MODULES=papers", "-s", f"REPLAY={folder / day}")
        hooks = {
            "KHABAR_HEALTH_COMMAND": f"tee -a {folder / 'changes.jsonl'}",
            "KHABAR_HEALTH_WEBHOOK": "http://127.0.0.1:1/secret",  # nobody answers there
        }
        process = scrapy(
            "crawlall", *options, KHABAR_STORE_URI=uri, PYTHONPATH=str(folder), **hooks
        )
        assert process.returncode == status, process.stderr
        assert "Traceback" not in process.stderr
        assert "secret" not in process.stderr

    return replay


@pytest.fixture
def health(uri: str, folder: Path, scrapy: Scrapy) -> Callable[[], States]:
    """`health()`: the state and the causes that `scrapy health` shows of each outlet."""

    def show() -> States:
        options = ("--json", "-s", "SPIDER_MODULES=papers")
        process = scrapy("health", *options, KHABAR_STORE_URI=uri, PYTHONPATH=str(folder))
        outlets = [json.loads(line) for line in process.stdout.splitlines()]
        alarming = any(o["state"] in ("degraded", "failed", "refused") for o in outlets)
        assert process.returncode == (10 if alarming else 0), process.stderr
        return {
            outlet["outlet"]: (outlet["state"], {reason["cause"] for reason in outlet["reasons"]})
            for outlet in outlets
        }

    return show


async def repeat(uri: str, times: int) -> None:
    """Write the newest run of each outlet again, 20 minutes earlier each time: a past made of true
    runs."""
    async with open_store(uri) as store:
        for outlet in OUTLETS:
            (run,) = [run async for run in store.runs(outlet=outlet, limit=1)]
            assert run.finished
            for number in range(1, times):
                back = number * timedelta(minutes=20)
                earlier = replace(run, id=f"{run.id}-{number}", started=run.started - back)
                await store.record_run(replace(earlier, finished=run.finished - back))


def changes(folder: Path) -> list[tuple[str, str, str]]:
    """The outlet, and the states before and after, of each change that the hook was told."""
    lines = (folder / "changes.jsonl").read_text(encoding="utf-8").splitlines()
    messages = [json.loads(line) for line in lines]
    return [(message["outlet"], message["before"], message["after"]) for message in messages]


def test_each_fault_is_told_by_its_name_and_a_quiet_day_is_none(
    uri: str, folder: Path, crawl: Crawl, health: Callable[[], States]
) -> None:
    crawl("good")
    asyncio.run(repeat(uri, 30))
    crawl("good")
    well = {outlet: ("healthy", set[str]()) for outlet in OUTLETS}
    assert health() == well
    assert sorted(changes(folder)) == [(outlet, "never", "healthy") for outlet in sorted(OUTLETS)]
    crawl("bad", 12)
    crawl("bad", 12)
    assert health() == {
        "redesigned": ("degraded", {"drift/body"}),
        "emptied": ("degraded", {"gap_body"}),
        "dead_feed": ("degraded", {"discovery_failed"}),
        "challenged": ("refused", {"challenge"}),
        "quiet": ("healthy", set()),
        "flooded": ("degraded", {"flood"}),
    }
    crawl("good")
    assert health() == well
    told = changes(folder)
    assert [(before, after) for outlet, before, after in told if outlet == "quiet"] == [
        ("never", "healthy")
    ]
    for outlet in set(OUTLETS) - {"quiet"}:
        worst = "refused" if outlet == "challenged" else "degraded"
        assert [(before, after) for name, before, after in told if name == outlet] == [
            ("never", "healthy"),
            ("healthy", worst),
            (worst, "healthy"),
        ]
