"""A server of ours that does as it is told and notes when each request arrives, and crawls of
it."""

import asyncio
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Protocol, TypeVar

from aiohttp import web

TEXT = "".join(
    f"<p>افتتحت المكتبة قاعتها رقم {n} أمام القراء بعد أعمال استمرت سنة كاملة في المبنى.</p>"
    for n in range(6)
)
TITLE = "المكتبة تفتتح القاعة NAME"
PAGE = f"<html><title>{TITLE}</title><h1>{TITLE}</h1><article>TEXT</article></html>"
# Every name leads to this machine, as lines in /etc/hosts would make it.
SPIDER = """
import socket

from crawler.discovery.kinds import Feed
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider

socket.gethostbyname = lambda name: "127.0.0.1"


class WahaSpider(OutletSpider):
    outlet = Outlet(
        name="NAME", title="Waha", native="الواحة", language="ar", country="JO", zone="Asia/Amman",
        hosts=HOSTS, articles=r"http://[^/]+/story/.+", delay=DELAY,
        discovery=(Feed(url="FEED"),), also=("FEED_HOST",), publisher="petra", as_of=2026,
        confidence="low",
    )
"""


@dataclass(frozen=True)
class Reply:
    """An answer; `status` 0: the connection is reset instead. stall: seconds until it is sent."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    stall: float = 0.0


@dataclass(frozen=True)
class Arrival:
    """A request: when it arrived (seconds, monotonic), for which host and path."""

    at: float
    host: str
    path: str


class Site:
    """Answers by path, or host and path: by `replies` in turn, the last of them again and again;
    else by a story.

    /robots.txt is missing, and /feed.xml announces `stories` (HOST/PATH), unless `replies` has
    them. `in_turn` are the replies to stories in the order in which they are asked for, which is
    Scrapy's choice.
    """

    def __init__(self) -> None:
        self.replies: dict[str, Sequence[Reply]] = {}
        self.in_turn: Sequence[Reply] = ()
        self.stories: Sequence[str] = ()
        self.arrivals: list[Arrival] = []
        self.port = 0
        self.closing = asyncio.Event()  # ends what stalls

    def announce(self, count: int) -> None:
        """Let the feed announce so many stories of www.example.com."""
        self.stories = [f"www.example.com/story/{number}" for number in range(count)]

    async def answer(self, request: web.Request) -> web.Response:
        host, path = request.host.partition(":")[0], request.path
        replies = self.replies.get(host + path) or self.replies.get(path)
        earlier = sum((each.host, each.path) == (host, path) for each in self.arrivals)
        if self.in_turn and path.startswith("/story/"):
            replies = self.in_turn
            earlier = sum(each.path.startswith("/story/") for each in self.arrivals)
        self.arrivals.append(Arrival(time.monotonic(), host, path))
        if replies:
            reply = replies[min(earlier, len(replies) - 1)]
            if reply.stall:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.closing.wait(), reply.stall)
            if reply.status == 0:
                assert request.transport is not None
                request.transport.abort()
            if reply.status != 200 or reply.text:
                return web.Response(
                    status=reply.status or 500,
                    headers=reply.headers,
                    text=reply.text,
                    content_type="text/html",
                )
        if path == "/robots.txt":
            raise web.HTTPNotFound
        if path == "/feed.xml":
            items = "".join(
                f"<item><link>{self.url(story)}</link></item>" for story in self.stories
            )
            return web.Response(
                body=f"<rss version='2.0'><channel>{items}</channel></rss>", content_type="text/xml"
            )
        return web.Response(text=self.page(path), content_type="text/html")

    def page(self, path: str) -> str:
        """The story at `path`."""
        text = TEXT.replace("سنة", f"سنة {path}")
        return PAGE.replace("TEXT", text).replace("NAME", path.rpartition("/")[2])

    def url(self, address: str) -> str:
        """The whole address of HOST/PATH."""
        host, _, path = address.partition("/")
        return f"http://{host}:{self.port}/{path}"

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [arrival.path for arrival in self.arrivals]

    def gaps(self, host: str = "") -> list[float]:
        """Seconds between one arrival and the next, at `host` or at any."""
        times = [arrival.at for arrival in self.arrivals if host in ("", arrival.host)]
        return [later - earlier for earlier, later in pairwise(times)]

    def spider(
        self,
        folder: Path,
        *,
        hosts: Sequence[str],
        feed: str,
        delay: float = 0.0,
        name: str = "waha",
    ) -> Path:
        """A file with the spider of an outlet that this server plays."""
        path = folder / f"{name}.py"
        values = {
            "HOSTS": repr(tuple(hosts)),
            "DELAY": str(delay),
            "FEED_HOST": feed.partition("/")[0],
            "FEED": self.url(feed),
            "NAME": name,
        }
        text = SPIDER
        for word, value in values.items():
            text = text.replace(word, value)
        path.write_text(text, encoding="utf-8")
        return path


class Served(Protocol):
    """Something that answers requests, and learns on which port it is served."""

    port: int
    closing: asyncio.Event

    async def answer(self, request: web.Request) -> web.StreamResponse: ...


_Served = TypeVar("_Served", bound=Served)


@contextmanager
def serving(site: _Served) -> Iterator[_Served]:
    """Serve `site` on a port of 127.0.0.1 that the system picks, in a thread of its own."""
    app = web.Application()
    app.router.add_get("/{path:.*}", site.answer)
    runner = web.AppRunner(app, shutdown_timeout=0, access_log=None)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def start() -> None:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        site.port = runner.addresses[0][1]

    asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    try:
        yield site
    finally:
        loop.call_soon_threadsafe(site.closing.set)
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
