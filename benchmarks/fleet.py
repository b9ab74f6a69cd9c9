"""Crawl hundreds of outlets in one process into a fresh SQLite file, and count those that are lost.

    .venv/bin/python benchmarks/fleet.py [--outlets 500] [--tries 20] [--at-most 32] [--jobs 1]

Each outlet has a host of its own, a feed and one story, all served by one server of ours. An outlet
is lost when it has no row in the table at the end, no run in the store, or no story.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from crawler.storage import open_store  # noqa: E402
from tests.fetching.site import Reply, Site, serving  # noqa: E402

IMPORTS = """
import socket

from crawler.discovery.kinds import Feed
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider

socket.gethostbyname = lambda name: "127.0.0.1"
"""
SPIDER = """

class Paper{number}Spider(OutletSpider):
    outlet = Outlet(
        name="paper_{number}", title="Paper", native="صحيفة", language="ar", country="JO",
        zone="Asia/Amman", hosts=("paper{number}.example",), articles=r"http://[^/]+/story/.+",
        delay=0, discovery=(Feed(url="http://paper{number}.example:{port}/{number}.xml"),),
        publisher="petra", as_of=2026, confidence="low",
    )
"""
DONE = 0


def main() -> None:
    """Print what each try lost; exit with 1 if any lost something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outlets", type=int, default=500)
    parser.add_argument("--tries", type=int, default=20)
    parser.add_argument("--at-most", type=int, default=32)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    names = {f"paper_{number}" for number in range(options.outlets)}
    lost_in_all = 0
    with serving(Site()) as site, tempfile.TemporaryDirectory() as folder:
        declare(Path(folder), site, options.outlets)
        for number in range(1, options.tries + 1):
            uri = f"sqlite:///{folder}/khabar-{number}.db"
            began = time.monotonic()
            process = crawl(folder, uri, options)
            seconds = time.monotonic() - began
            rows = {line.split()[0] for line in process.stderr.splitlines() if " done " in line}
            runs, stories = asyncio.run(kept(uri))
            lost = len(names - rows) + len(names - runs) + len(names - stories)
            lost_in_all += lost + (process.returncode != DONE)
            print(
                f"try {number}: exit {process.returncode}, {len(names & rows)} rows,"
                f" {len(names & runs)} runs, {len(names & stories)} outlets with their story;"
                f" {seconds:.0f} s",
                flush=True,
            )
    sys.exit(lost_in_all > 0)


def declare(folder: Path, site: Site, outlets: int) -> None:
    """Write the declarations of so many outlets into `folder`, and let `site` serve their feeds."""
    spiders = [SPIDER.format(number=number, port=site.port) for number in range(outlets)]
    (folder / "papers.py").write_text(IMPORTS + "".join(spiders), encoding="utf-8")
    for number in range(outlets):
        link = site.url(f"paper{number}.example/story/{number}")
        feed = f"<rss version='2.0'><channel><item><link>{link}</link></item></channel></rss>"
        site.replies[f"/{number}.xml"] = [Reply(text=feed)]


def crawl(folder: str, uri: str, options: argparse.Namespace) -> "subprocess.CompletedProcess[str]":
    """Crawl all outlets into the store at `uri`; return the finished process."""
    settings = {
        "SPIDER_MODULES": "papers",
        "GUARD_ALLOW": "127.0.0.0/8",
        "AUTOTHROTTLE_ENABLED": False,
        "SPOOL": f"{folder}/spool.jsonl",
        "STORE_URI": uri,
    }
    arguments = ["--at-most", str(options.at_most), "--jobs", str(options.jobs)]
    for name, value in settings.items():
        arguments += ["-s", f"{name}={value}"]
    return subprocess.run(
        [sys.executable, "-m", "scrapy.cmdline", "crawlall", *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT}:{folder}"},
        capture_output=True,
        text=True,
        check=False,
    )


async def kept(uri: str) -> tuple[set[str], set[str]]:
    """Return the outlets with a run that is done, and those with an article, in the store."""
    async with open_store(uri) as store:
        runs = {run.outlet async for run in store.runs() if run.status == "done"}
        return runs, set(await store.outlets())


if __name__ == "__main__":
    main()
