"""Measures the reading room: how soon its pages come, and whether its memory grows.

    python benchmarks/site.py --store URI [--requests 10000] [--clients 16]

Serves the store at URI, a copy, in a process of its own, and has clients ask for all kinds of
pages, HTML, JSON and Atom, over connections that they keep, while another process saves stories
into the store, one every tenth of a second. Prints the median and the 99th percentile of each page
in milliseconds, how many answers were none of the page, and the site's memory at the start, in the
middle and at the end. With so many clients on one core the times are those of a queue: first each
page is asked for alone, 20 times, which is what one visitor waits.
"""

import argparse
import asyncio
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.items import Article  # noqa: E402
from crawler.storage import open_store  # noqa: E402

_ALONE = 20
_BETWEEN_SAVES = 0.1  # seconds
_SYLLABLES = ("با", "تو", "جي", "دار", "رس", "سم", "عل", "قا", "كن", "لم", "مي", "نو", "هر", "ول")

_WORDS = ("الرئيس", "غزة", "کراچی", "وزیر", "الاقتصاد")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--store", required=True)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--write", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.write:
        asyncio.run(_write(given.store))
        return
    environment = os.environ | {"KHABAR_STORE_URI": given.store, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "scrapy.cmdline", "serve", "--port", "0"]
    site = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    writer = None
    try:
        assert site.stdout is not None
        opened = re.search(r"http://[^/]+", site.stdout.readline())
        assert opened
        pages, alone = asyncio.run(_one_visitor(opened[0]))
        writing = [sys.executable, __file__, "--write", "--store", given.store]
        writer = subprocess.Popen(writing, cwd=ROOT, env=environment)
        asyncio.run(_crowd(opened[0], site.pid, pages, alone, given.requests, given.clients))
    finally:
        if writer is not None:
            writer.terminate()
            writer.wait()
        site.terminate()
        print(f"the site ended with status {site.wait()}")


async def _one_visitor(url: str) -> tuple[dict[str, list[str]], dict[str, list[float]]]:
    """Return the addresses of each kind of page, and the seconds that they took."""
    async with httpx.AsyncClient(base_url=url, timeout=60) as client:
        pages = await _pages(client)
        return pages, {kind: await _alone(client, each) for kind, each in pages.items()}


async def _pages(client: httpx.AsyncClient) -> dict[str, list[str]]:
    """Return addresses of each kind of page that the site has; some are asked for by many, some by
    few."""
    listed = (await client.get("/index.json?limit=100")).json()["stories"]
    days = sorted({story["published"][:10] for story in listed if story["published"]})
    outlets = sorted({copy["outlet"] for story in listed for copy in story["copies"]})
    sources = sorted({source for story in listed for source in story["sources"]})
    kinds = {
        "front": ["/", "/?ui=ar", "/?ui=ur"],
        "story": [f"/stories/{story['id']}" for story in listed],
        "search": [f"/search?q={word}" for word in _WORDS],
        "filter": [f"/?outlet={outlet}" for outlet in outlets[:20]] + ["/?language=ur"],
        "days": ["/days"],
        "day": [f"/days/{day}" for day in days[-7:]],
        "agencies": ["/agencies"],
        "agency": [f"/agencies/{source}" for source in sources[:10]],
        "outlets": ["/outlets"],
        "outlet": [f"/outlets/{outlet}" for outlet in outlets[:20]],
        "health": ["/health"],
        "runs": ["/runs"],
        "json": ["/index.json", "/index.json?language=ar"],
        "atom": ["/index.atom"],
    }
    return {
        kind: addresses
        for kind, addresses in kinds.items()
        if addresses and (await client.get(addresses[0])).status_code != 404
    }


async def _alone(client: httpx.AsyncClient, addresses: Sequence[str]) -> list[float]:
    """Return the seconds that pages took which were asked for one after another."""
    seconds = []
    for number in range(_ALONE):
        began = time.perf_counter()
        await client.get(addresses[number % len(addresses)])
        seconds.append(time.perf_counter() - began)
    return seconds


async def _crowd(
    url: str,
    process: int,
    pages: dict[str, list[str]],
    alone: dict[str, list[float]],
    requests: int,
    clients: int,
) -> None:
    """Ask for `requests` pages by `clients` at once, and print what they took."""
    choose = random.Random(11)
    asked = [choose.choice(list(pages)) for _ in range(requests)]
    seconds: dict[str, list[float]] = defaultdict(list)
    statuses: dict[str, Counter[int]] = defaultdict(Counter)
    memory = [_resident(process)]
    began = time.perf_counter()

    async def visit() -> None:
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:
            while asked:
                kind = asked.pop()
                if len(asked) == requests // 2:
                    memory.append(_resident(process))
                sent = time.perf_counter()
                answer = await client.get(choose.choice(pages[kind]))
                seconds[kind].append(time.perf_counter() - sent)
                statuses[kind][answer.status_code] += 1

    await asyncio.gather(*(visit() for _ in range(clients)))
    took = time.perf_counter() - began
    memory.append(_resident(process))
    print("page      alone: median   99th | crowd: median   99th | not 200")
    for kind in pages:
        refused = {str(status): n for status, n in statuses[kind].items() if status != 200}
        print(
            f"{kind:10} {_percentiles(alone[kind])} | {_percentiles(seconds[kind])} |"
            f" {refused or ''}"
        )
    print(
        f"{requests} requests by {clients} clients in {took:.0f} s: {requests / took:.0f} a second"
    )
    print("memory in MiB, start, middle, end:", " ".join(f"{each:.0f}" for each in memory))


def _percentiles(seconds: Sequence[float]) -> str:
    if not seconds:
        return f"{'-':>13} {'-':>6}"
    ordered = sorted(seconds)
    last = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"{statistics.median(ordered) * 1000:13.0f} {last * 1000:6.0f}"


def _resident(process: int) -> float:
    """Return the memory of a process in MiB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1024


async def _write(uri: str) -> None:
    """Save stories of no language until the process is ended."""
    choose = random.Random()
    async with open_store(uri, create=False) as store:
        for number in range(1_000_000):
            words = ["".join(choose.choices(_SYLLABLES, k=3)) for _ in range(200)]
            now = datetime.now(UTC)
            article = Article(
                url=f"https://bench.example/{now.timestamp()}/{number}",
                outlet="bench",
                language="ar",
                headline=" ".join(words[:9]),
                body=" ".join(words),
                published=now,
                published_precision="minute",
                fetched_at=now,
            )
            await store.save(article)
            await asyncio.sleep(_BETWEEN_SAVES)


if __name__ == "__main__":
    main()
