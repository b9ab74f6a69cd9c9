"""A crawl over HTTP, of a server of ours on 127.0.0.1 that does what servers do."""

import asyncio
import gzip
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from crawler.storage import Run, open_store

TEXT = "".join(
    f"<p>افتتحت المكتبة قاعتها رقم {n} أمام القراء بعد أعمال استمرت سنة كاملة في المبنى.</p>"
    for n in range(6)
)
TITLE = "المكتبة تفتتح قاعات جديدة"
PAGE = f"<html><title>{TITLE}</title><h1>{TITLE}</h1><article>{TEXT}</article></html>"
NAMES = (
    "good",
    "cut",
    "missing",
    "challenge",
    "broken",
    "reset",
    "slow",
    "private",
    "away",
    "local",
    "moved",
    "front",
)
SPIDER = """
from crawler.discovery.kinds import Feed
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider


class WahaSpider(OutletSpider):
    outlet = Outlet(
        name="waha", title="Waha", native="الواحة", language="ar", country="JO", zone="Asia/Amman",
        hosts=("127.0.0.1",), articles=r"http://127\\.0\\.0\\.1:\\d+/story/\\w+", delay=0,
        discovery=(Feed(url="BASE/feed.xml"),), publisher="petra", as_of=2026, confidence="low",
    )
"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The base address of the server."""

    async def robots(request: web.Request) -> web.Response:
        return web.Response(text="User-agent: *\nDisallow: /story/private\n")

    async def feed(request: web.Request) -> web.Response:
        items = "".join(
            f"<item><link>http://{request.host}/story/{name}</link></item>" for name in NAMES
        )
        return web.Response(
            body=f"<rss version='2.0'><channel>{items}</channel></rss>", content_type="text/xml"
        )

    async def story(request: web.Request) -> web.StreamResponse:
        match request.match_info["name"]:
            case "cut":
                cut = gzip.compress(PAGE.encode())[:-20]
                return web.Response(
                    body=cut, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"}
                )
            case "missing":
                raise web.HTTPNotFound
            case "challenge":
                return web.Response(
                    status=403, text="<title>Just a moment...</title>", content_type="text/html"
                )
            case "broken":
                raise web.HTTPInternalServerError
            case "reset":
                assert request.transport is not None
                request.transport.abort()
            case "slow":
                await asyncio.sleep(5)
            case "away":
                raise web.HTTPFound("http://elsewhere.invalid/")
            case "local":
                raise web.HTTPFound("file:///etc/passwd")
            case "front":
                raise web.HTTPFound("/front")
            case "moved":
                raise web.HTTPMovedPermanently("/story/here")
        return web.Response(
            text=PAGE.replace("سنة", request.match_info["name"]), content_type="text/html"
        )

    app = web.Application()
    app.add_routes(
        [
            web.get("/robots.txt", robots),
            web.get("/feed.xml", feed),
            web.get(r"/story/{name:\w+}", story),
            web.get("/front", robots),
        ]
    )
    runner = web.AppRunner(app, shutdown_timeout=0)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def start() -> str:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    yield asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def test_each_thing_that_goes_wrong_on_the_web_is_told_by_its_name(
    site: str, scrapy: Any, tmp_path: Path
) -> None:
    (tmp_path / "waha.py").write_text(SPIDER.replace("BASE", site), encoding="utf-8")
    settings = {
        "DOWNLOAD_TIMEOUT": 1,
        "RETRY_ENABLED": False,
        "AUTOTHROTTLE_ENABLED": False,
        "GUARD_ALLOW": "127.0.0.0/8",
        "SPOOL": tmp_path / "s",
    }
    arguments = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    uri = f"sqlite:///{tmp_path}/khabar.db"
    process = scrapy("runspider", str(tmp_path / "waha.py"), *arguments, KHABAR_STORE_URI=uri)
    assert "Traceback" not in process.stderr
    offsite = [line for line in process.stderr.splitlines() if "offsite: " in line]
    assert [line.rpartition(" ")[2] for line in offsite] == ["http://elsewhere.invalid/"]

    async def load() -> tuple[Run, set[str]]:
        async with open_store(uri) as store:
            (run,) = [run async for run in store.runs()]
            return run, {stored.article.url.rpartition("/")[2] async for stored in store.articles()}

    run, stored = asyncio.run(load())
    assert stored == {"good", "here"}
    assert dict(run.failures) == {
        "challenge": 1,
        "connection_lost": 1,
        "http_302": 1,
        "http_404": 1,
        "http_500": 1,
        "offsite": 1,
        "redirected": 1,
        "robots": 1,
        "timeout": 1,
        "truncated": 1,
    }
    assert (run.found, run.fetched, run.status) == (len(NAMES), 3, "degraded")
