"""A small fixtures folder to replay, and a crawl of our own to replay it with."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Crawl = Callable[..., dict[str, Any]]

# Crawls the addresses given as a program of its own (Scrapy runs once in a process), with settings that would cost
# time or go past the recordings, and prints what the spider saw.
PROGRAM = """
import json, sys
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from crawler.replay import fetched_at, replay_clock

settings, addresses = json.loads(sys.argv[1]), sys.argv[2:]
seen = {"responses": [], "failures": []}

class Reader(Spider):
    name = "reader"
    handle_httpstatus_list = [404, 503]
    custom_settings = {"DOWNLOAD_DELAY": 30}

    async def start(self):
        seen["clock"] = str(replay_clock(self.settings, "gazette"))
        for address in addresses:
            yield Request(address, callback=self.parse, errback=self.failed)

    def parse(self, response):
        seen["responses"].append({
            "url": response.url, "status": response.status, "kind": type(response).__name__,
            "text": getattr(response, "text", None), "length": len(response.body),
            "cookies": [cookie.decode() for cookie in response.headers.getlist("Set-Cookie")],
            "fetched_at": str(fetched_at(response)),
        })

    def failed(self, failure):
        error = failure.value
        seen["failures"].append({"error": type(error).__name__, "url": getattr(error, "url", None)})

process = AsyncCrawlerProcess({
    "ADDONS": {"crawler.replay.addon.ReplayAddon": 100}, "ROBOTSTXT_OBEY": True, "LOG_LEVEL": "ERROR",
    "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False, "AUTOTHROTTLE_ENABLED": True, **settings,
})
crawler = process.create_crawler(Reader)
process.crawl(crawler)
process.start()
seen["retries"] = crawler.stats.get_value("retry/count", 0)
print(json.dumps(seen))
"""


@pytest.fixture
def run_crawl() -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run the program above under REPLAY; the finished process."""

    def run(replay: Path, *addresses: str, **settings: Any) -> "subprocess.CompletedProcess[str]":
        arguments = [json.dumps({"REPLAY": str(replay), **settings}), *addresses]
        return subprocess.run(
            [sys.executable, "-W", "error", "-c", PROGRAM, *arguments],
            capture_output=True,
            text=True,
            timeout=20,  # less than the spider's delay, which must not count
        )

    return run


@pytest.fixture
def crawl(run_crawl: Callable[..., "subprocess.CompletedProcess[str]"]) -> Crawl:
    """What the spider saw in a crawl under REPLAY."""

    def crawl(replay: Path, *addresses: str, **settings: Any) -> dict[str, Any]:
        finished = run_crawl(replay, *addresses, **settings)
        assert finished.returncode == 0, finished.stderr
        assert finished.stderr == ""
        return json.loads(finished.stdout)  # type: ignore[no-any-return]

    return crawl


class Folder:
    """A fixtures folder being written."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def record(self, case: str, *hops: dict[str, Any], **bodies: bytes) -> Path:
        """Write `<outlet>/<case>/` with bodies by file name ("page_html" is page.html); the exchange's path."""
        folder = self.path / case
        folder.mkdir(parents=True)
        for name, body in bodies.items():
            (folder / name.replace("_", ".")).write_bytes(body)
        exchange = folder / "exchange.json"
        exchange.write_text(json.dumps(hops), encoding="utf-8")
        return exchange


def hop(url: str, **fields: Any) -> dict[str, Any]:
    """One hop with everything it needs; `fields` replace or add."""
    return {"url": url, "status": 200, "headers": {}, "fetched_at": "2024-03-01T08:00:00+00:00", **fields}


@pytest.fixture
def fixtures(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "fixtures")


@pytest.fixture
def make_hop() -> Callable[..., dict[str, Any]]:
    return hop
