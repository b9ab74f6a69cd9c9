"""Fixtures: a small fixtures folder, a crawl that replays it, and a site to record."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

Crawl = Callable[..., dict[str, Any]]

# Crawls the given addresses in its own process, since Scrapy runs once in a process, with settings
# that would cost time or go past the recordings, and prints the answers and failures as JSON.
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
    "ADDONS": {"crawler.replay.addon.ReplayAddon": 100}, "ROBOTSTXT_OBEY": True,
    "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False,
    "AUTOTHROTTLE_ENABLED": True, **settings,
})
crawler = process.create_crawler(Reader)
process.crawl(crawler)
process.start()
seen["retries"] = crawler.stats.get_value("retry/count", 0)
print(json.dumps(seen))
"""


@pytest.fixture
def run_crawl() -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Return a function that runs the program above under REPLAY; it returns the process."""

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
    """Return a function that crawls under REPLAY; it returns the answers and failures."""

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
        """Write `<outlet>/<case>/` and return the path of its exchange.

        `bodies` are given by file name ("page_html" is page.html).
        """
        folder = self.path / case
        folder.mkdir(parents=True)
        for name, body in bodies.items():
            (folder / name.replace("_", ".")).write_bytes(body)
        exchange = folder / "exchange.json"
        exchange.write_text(json.dumps(hops), encoding="utf-8")
        return exchange


def hop(url: str, **fields: Any) -> dict[str, Any]:
    """Return a complete hop; `fields` replace its fields or add to them."""
    return {
        "url": url,
        "status": 200,
        "headers": {},
        "fetched_at": "2024-03-01T08:00:00+00:00",
        **fields,
    }


@pytest.fixture
def fixtures(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "fixtures")


@pytest.fixture
def make_hop() -> Callable[..., dict[str, Any]]:
    return hop


class Site:
    """A web site on this machine that answers with `pages`, by path, of a POST by path, blank and
    body."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[str] = []

    def serve(self, path: str, body: str | bytes = b"", status: int = 200, **headers: str) -> str:
        """Add a page with headers by name (`Content_Type`); return its address."""
        content = body.encode() if isinstance(body, str) else body
        by_name = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, by_name, content)
        return self.url + path


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(self.path)

        def do_POST(self) -> None:
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.answer(f"{self.path} {form}")

        def answer(self, asked: str) -> None:
            served.asked.append(asked)
            status, headers, body = served.pages.get(asked, (404, {}, b""))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        served = Site(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield served
        server.shutdown()
        thread.join()
