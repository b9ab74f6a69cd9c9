"""`scrapy crawlall`: which outlets, when, and in how many processes."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.storage import Run, open_store
from tests.conftest import ROOT
from tests.fetching.site import Reply, Site, serving

# Every name leads to this machine, as lines in /etc/hosts would make it.
IMPORTS = """
import socket

from crawler.discovery.kinds import Feed
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider

socket.gethostbyname = lambda name: "127.0.0.1"
"""
SPIDER = """

class NAMESpider(OutletSpider):
    outlet = Outlet(
        name="NAME", title="NAME", native="الواحة", language="ar", country="JO",
        zone="Asia/Amman",
        hosts=("HOST",), articles=r"http://[^/]+/story/NAME.+", delay=0.3,
        discovery=(Feed(url="http://HOST:PORT/NAME.xml"),), publisher="petra",
        as_of=2026, confidence="low",
    )
"""
HOSTS = {"north": "north.example.com", "south": "south.example.com", "waha": "waha.example.net"}
STORIES = 8


@pytest.fixture
def press() -> Iterator[Site]:
    """Three papers with a feed each; two of them are of one host group."""
    with serving(Site()) as site:
        for name, host in HOSTS.items():
            links = (
                f"<link>{site.url(f'{host}/story/{name}{number}')}</link>"
                for number in range(STORIES)
            )
            items = "".join(f"<item>{link}</item>" for link in links)
            feed = f"<rss version='2.0'><channel>{items}</channel></rss>"
            site.replies[f"/{name}.xml"] = [Reply(text=feed)]
        yield site


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(press: Site, tmp_path: Path) -> Start:
    """`start(ARGUMENT...)`: a `scrapy crawlall` of the three papers that has begun."""
    spiders = [SPIDER.replace("NAME", name).replace("HOST", host) for name, host in HOSTS.items()]
    text = (IMPORTS + "".join(spiders)).replace("PORT", str(press.port))
    (tmp_path / "papers.py").write_text(text, encoding="utf-8")
    settings = {
        "SPIDER_MODULES": "papers",
        "GUARD_ALLOW": "127.0.0.0/8",
        "AUTOTHROTTLE_ENABLED": False,
        "SPOOL": tmp_path / "spool",
        "STORE_URI": f"sqlite:///{tmp_path}/khabar.db",
    }
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]

    def begin(*arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [
                sys.executable,
                "-W",
                "error",
                "-m",
                "scrapy.cmdline",
                "crawlall",
                *arguments,
                *options,
            ],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(tmp_path), "PYTHONWARNINGS": "error"},
            stderr=subprocess.PIPE,
            text=True,
            process_group=0,
        )

    return begin


Runs = Callable[[], dict[str, Run]]


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    """`runs()`: the one run of each outlet that was crawled."""

    async def load() -> dict[str, Run]:
        async with open_store(f"sqlite:///{tmp_path}/khabar.db") as store:
            found = [run async for run in store.runs()]
        assert len(found) == len({run.outlet for run in found})
        return {run.outlet: run for run in found}

    return lambda: asyncio.run(load())


def said(process: "subprocess.Popen[str]", status: int) -> str:
    _, text = process.communicate(timeout=120)
    assert process.returncode == status, text
    assert "Traceback" not in text
    return text


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_all_are_crawled_and_a_host_group_never_at_once(
    start: Start, runs: Runs, press: Site, jobs: str
) -> None:
    text = said(start("--jobs", jobs), 0)
    done = runs()
    assert {name: run.new_stories + run.copies for name, run in done.items()} == dict.fromkeys(
        HOSTS, STORIES
    )
    assert [line.split()[:2] for line in text.splitlines()] == [
        ["outlet", "status"],
        *([name, "done"] for name in sorted(HOSTS)),
    ]
    north, south, waha = (done[name] for name in ("north", "south", "waha"))
    assert north.finished is not None
    assert north.finished <= south.started + timedelta(seconds=1), (
        "one host group: one after the other"
    )
    assert waha.started < north.finished, "another group: meanwhile"
    times = [each.at for each in press.arrivals if each.host.endswith("example.com")]
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.29


def test_one_failing_outlet_stops_no_other(start: Start, runs: Runs, press: Site) -> None:
    press.replies["/north.xml"] = [Reply(status=404)]
    said(start(), 11)
    assert {name: run.status for name, run in runs().items()} == {
        "north": "failed",
        "south": "done",
        "waha": "done",
    }


def test_a_killed_process_costs_its_own_share(start: Start, runs: Runs, press: Site) -> None:
    process = start("--jobs", "2")
    while not any(each.path.startswith("/story/waha") for each in press.arrivals):
        assert process.poll() is None
        time.sleep(0.01)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    lines = {child: Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0") for child in children}
    (waha,) = [child for child, line in lines.items() if b"waha" in line]
    os.kill(int(waha), signal.SIGKILL)
    text = said(process, 1)
    assert "the process that crawled waha ended with -9" in text
    assert [re.split(r"  +", line)[:2] for line in text.splitlines()[-3:]] == [
        ["north", "done"],
        ["south", "done"],
        ["waha", "ended with -9"],
    ]
    assert {name: run.status for name, run in runs().items()} == {
        "north": "done",
        "south": "done",
        "waha": "running",
    }


def test_the_processes_of_a_killed_crawlall_end(start: Start, runs: Runs, press: Site) -> None:
    process = start("--jobs", "2")
    while len({each.host for each in press.arrivals if "/story" in each.path}) < 2:
        assert process.poll() is None
        time.sleep(0.01)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    process.kill()
    killed = time.monotonic()
    while any(Path(f"/proc/{child}/cmdline").exists() for child in children):
        assert time.monotonic() < killed + 10
        time.sleep(0.1)
    process.communicate()
    assert {name: run.status for name, run in runs().items()} == {
        "north": "interrupted",
        "waha": "interrupted",
    }


@pytest.mark.parametrize(
    "send", [os.kill, os.killpg], ids=["by a service manager", "by a terminal"]
)
def test_a_signal_reaches_every_process_once(
    start: Start, runs: Runs, press: Site, send: Callable[[int, int], None]
) -> None:
    process = start("--jobs", "2")
    while len({each.host for each in press.arrivals if "/story" in each.path}) < 2:
        assert process.poll() is None
        time.sleep(0.01)
    send(process.pid, signal.SIGTERM)
    rows = [line.split() for line in said(process, 10).splitlines()]
    assert [row[0] for row in rows] == ["outlet", *sorted(HOSTS)]
    assert rows[2][1:3] == ["not", "begun"], "south waited for north, of one host group"
    assert {name: run.status for name, run in runs().items()} == {
        "north": "interrupted",
        "waha": "interrupted",
    }


def test_only_what_is_due_is_crawled(start: Start, press: Site) -> None:
    said(start("--only", "waha"), 0)
    press.arrivals.clear()
    said(start("--due", "--jobs", "2"), 0)
    assert {each.host for each in press.arrivals} == {"north.example.com", "south.example.com"}
    press.arrivals.clear()
    assert said(start("--due"), 0) == "No outlet is due.\n"
    assert not press.arrivals
    said(start("--due", "--only", "waha", "-s", "CRAWL_EVERY=0"), 0)
    assert {each.host for each in press.arrivals} == {"waha.example.net"}


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(("due", "status"), [([], 14), (["--due"], 0)])
def test_an_outlet_that_is_being_crawled_is_none_that_is_due(
    start: Start, tmp_path: Path, jobs: str, due: list[str], status: int
) -> None:
    async def hold() -> None:
        async with open_store(f"sqlite:///{tmp_path}/khabar.db") as store:
            await store.take_lease("waha", "another", 600)

    asyncio.run(hold())
    assert "waha" in said(start(*due, "--only", "north,waha", "--jobs", jobs), status)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--only", "waha,shams"], "unknown outlet 'shams'; known: north, south, waha"),
        (["--language", "ur"], "no outlet matches"),
        (["--jobs", "0"], "at least 1"),
        (["-s", "JOBDIR=job"], "JOBDIR serves one outlet"),
    ],
)
def test_what_cannot_be_meant_is_said_before_anything_starts(
    start: Start, press: Site, arguments: list[str], message: str
) -> None:
    assert message in said(start(*arguments), 2)
    assert not press.arrivals
