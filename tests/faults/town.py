"""A town of hostile outlets, all played by one server on 127.0.0.1, and crawls of all of them."""

import asyncio
import hashlib
import os
import random
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiohttp import web

from crawler.storage import Run, StoredArticle, open_store
from tests.conftest import ROOT

WORDS = [
    "المدينة",
    "الوزارة",
    "البرلمان",
    "المحافظة",
    "الجامعة",
    "المستشفى",
    "الشركة",
    "البلدية",
    "الحكومة",
    "النادي",
    "السوق",
    "المطار",
    "المرفأ",
    "الحديقة",
    "المكتبة",
    "المصنع",
    "الطريق",
    "الجسر",
    "المدرسة",
    "المتحف",
    "افتتحت",
    "أعلنت",
    "وقعت",
    "قررت",
    "بدأت",
    "أنهت",
    "شيدت",
    "وسعت",
    "جددت",
    "نظمت",
    "دعمت",
    "أطلقت",
    "مشروعا",
    "برنامجا",
    "اتفاقا",
    "معرضا",
    "مؤتمرا",
    "خطة",
    "دراسة",
    "حملة",
    "مباراة",
    "دورة",
    "جديدا",
    "كبيرا",
    "مهما",
    "واسعا",
    "سنويا",
    "مشتركا",
    "وطنيا",
    "محليا",
    "خلال",
    "بعد",
    "قبل",
    "منذ",
    "أمام",
    "وسط",
    "قرب",
    "نحو",
    "مع",
    "بين",
    "السكان",
    "الطلاب",
    "العمال",
    "الزوار",
    "التجار",
    "الأطباء",
    "المهندسين",
    "الصحفيين",
    "المزارعين",
    "السائقين",
    "اللاعبين",
]
PUBLISHED = datetime.now(UTC) - timedelta(hours=3)
SPIDERS = """
import socket

from crawler.discovery.kinds import Feed, Listing, NewsSitemap, Sitemap
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider

socket.gethostbyname = lambda name: "127.0.0.1"


def outlet(name, home, discovery):
    return Outlet(
        name=name, title=name, native="الواحة", language="ar", country="JO", zone="Asia/Amman",
        hosts=(f"{name}.test",), articles=r"https?://[^/]+/story/.+", delay=0,
        discovery=discovery, publisher="petra", as_of=2026, confidence="low",
    )
"""
SPIDER = """

class Spider{number}(OutletSpider):
    outlet = outlet("{name}", "{home}", ({discovery},))
    custom_settings = {settings}
"""


@dataclass(frozen=True)
class Answer:
    """What the server sends. stall: seconds before it. drip: seconds between two bytes of it.
    raw: `body` is all that goes over the wire, status line and headers included."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "text/html; charset=utf-8"
    stall: float = 0.0
    drip: float = 0.0
    raw: bool = False


Play = Answer | tuple[Answer, ...]
"""An answer, or those of the rounds, the last of them again and again."""


@dataclass
class Scene:
    """An outlet NAME.test.

    feed: the paths that its /feed.xml announces. answers: by path; without one a path below /story/
    is a good story, and any other is missing. discovery: as declared, HOME being the outlet's
    address. settings: of its crawls.
    """

    name: str
    feed: Sequence[str] = ()
    answers: Mapping[str, Play] = field(default_factory=dict)
    discovery: str = "Feed(url='HOME/feed.xml')"
    settings: dict[str, object] = field(default_factory=dict)


def sentence(seed: str, count: int = 22) -> str:
    """A sentence of so many words, the same for the same seed."""
    chance = random.Random(hashlib.sha256(seed.encode()).digest())
    return " ".join(chance.choice(WORDS) for _ in range(count)) + "."


def paragraphs(seed: str, count: int = 6) -> list[str]:
    return [sentence(f"{seed} {number}") for number in range(count)]


def page(seed: str, *, head: str = "", lines: Sequence[str] | None = None) -> bytes:
    """The page of a good story. lines: its paragraphs."""
    title = sentence(f"{seed} title", 7).rstrip(".")
    text = "".join(f"<p>{line}</p>" for line in (paragraphs(seed) if lines is None else lines))
    return (
        f"<!doctype html><html lang=ar><head><meta charset=utf-8><title>{title}</title>"
        f"<meta property='article:published_time' content='{PUBLISHED.isoformat()}'>{head}</head>"
        f"<body><article><h1>{title}</h1>{text}</article></body></html>"
    ).encode()


def rss(home: str, paths: Sequence[str]) -> bytes:
    items = "".join(f"<item><link>{home}{path}</link></item>" for path in paths)
    return f"<?xml version='1.0'?><rss version='2.0'><channel>{items}</channel></rss>".encode()


def sitemap(home: str, paths: Sequence[str], *, lastmod: str = "") -> bytes:
    change = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    urls = "".join(f"<url><loc>{home}{path}</loc>{change}</url>" for path in paths)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f"<?xml version='1.0'?><urlset xmlns='{space}'>{urls}</urlset>".encode()


def feeds(home: str, *by_round: Sequence[str]) -> dict[str, Play]:
    """The /feed.xml that announces other paths in each round."""
    return {"/feed.xml": tuple(xml(rss(home, paths)) for paths in by_round)}


def xml(body: bytes, **rest: object) -> Answer:
    return Answer(body, content_type="text/xml", **rest)  # type: ignore[arg-type]


def moved(to: str, status: int = 302, **headers: str) -> Answer:
    return Answer(status=status, headers={"Location": to} | headers)


def stories(count: int, first: int = 1) -> list[str]:
    return [f"/story/{number}" for number in range(first, first + count)]


class Town:
    """The outlets of `scenes` behind one port. round: number of the crawl that goes on, by which
    their answers change. arrivals: round, outlet and path of each request."""

    def __init__(self) -> None:
        self.scenes: dict[str, Scene] = {}
        self.round = 1
        self.port = 0
        self.arrivals: list[tuple[int, str, str]] = []
        self.closing = asyncio.Event()

    def home(self, name: str) -> str:
        """The address of an outlet, without a final slash."""
        return f"http://{name}.test:{self.port}"

    def add(self, *scenes: Scene) -> None:
        for scene in scenes:
            assert scene.name not in self.scenes
            self.scenes[scene.name] = scene

    def asked(self, name: str, number: int) -> list[str]:
        """The paths that outlet was asked for in round `number`."""
        return [path for at, host, path in self.arrivals if (at, host) == (number, name)]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        name, path = request.host.partition(".")[0], request.path_qs
        self.arrivals.append((self.round, name, path))
        play = self.play(name, path)
        if play.stall:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.closing.wait(), play.stall)
        if play.raw:
            transport = request.transport
            assert isinstance(transport, asyncio.Transport)
            transport.write(play.body)
            await asyncio.sleep(0.05)
            transport.close()
            return web.Response()
        headers = {"Content-Type": play.content_type, **play.headers}
        if not play.drip:
            return web.Response(status=play.status, headers=headers, body=play.body)
        response = web.StreamResponse(status=play.status, headers=headers)
        await response.prepare(request)
        with suppress(ConnectionError):
            for byte in play.body:
                if self.closing.is_set():
                    break
                await response.write(bytes([byte]))
                await asyncio.sleep(play.drip)
        return response

    def play(self, name: str, path: str) -> Answer:
        scene = self.scenes.get(name)
        if scene is None:
            return Answer(status=404)
        play = scene.answers.get(path)
        if isinstance(play, tuple):
            return play[min(self.round, len(play)) - 1]
        if play is not None:
            return play
        if path == "/feed.xml":
            return xml(rss(self.home(name), scene.feed))
        if path.startswith("/story/"):
            return Answer(page(f"{name} {path.partition('?')[0]}"))
        return Answer(b"<html><title>404</title></html>", status=404)

    def declare(self, folder: Path) -> None:
        """Write a package `town` with the outlets' declarations."""
        package = folder / "town"
        package.mkdir()
        text = SPIDERS
        for number, scene in enumerate(self.scenes.values()):
            home = self.home(scene.name)
            discovery = scene.discovery.replace("HOME", home)
            text += SPIDER.format(
                number=number,
                name=scene.name,
                home=home,
                discovery=discovery,
                settings=scene.settings,
            )
        (package / "__init__.py").write_text("")
        (package / "outlets.py").write_text(text)


@dataclass
class Ended:
    """A process that has ended. seconds: of the clock. megabytes: its memory at the most."""

    status: int
    stdout: str
    stderr: str
    seconds: float
    cpu_seconds: float
    megabytes: float

    def row(self, name: str) -> list[str]:
        """The row of an outlet in the table at the end."""
        rows = [line.split() for line in self.stderr.splitlines()]
        return next((row for row in rows if row[:1] == [name]), [])


@dataclass
class Desk:
    """Commands on one store and one town, whose declarations stand in `folder`."""

    folder: Path
    uri: str
    settings: dict[str, object] = field(default_factory=dict)

    def start(
        self,
        *arguments: str,
        environment: dict[str, str] | None = None,
        before: Callable[[], None] | None = None,
        **more: object,
    ) -> "subprocess.Popen[str]":
        """Start `scrapy ARGUMENT...`. before: is called in the new process. more: settings."""
        given: dict[str, object] = {
            "SPIDER_MODULES": "town",
            "GUARD_ALLOW": "127.0.0.0/8",
            "AUTOTHROTTLE_ENABLED": False,
            "DOWNLOAD_TIMEOUT": 4,
            "SPOOL": self.folder / "spool.jsonl",
            "STORE_URI": self.uri,
            "BACKOFF_DELAY": 0.1,
            "RETRY_TIMES": 0,
        }
        given |= self.settings | more
        options = [part for name, value in given.items() for part in ("-s", f"{name}={value}")]
        command = [sys.executable, "-W", "error", "-m", "scrapy.cmdline", *arguments, *options]
        own = {name: value for name, value in os.environ.items() if not name.startswith("KHABAR_")}
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=own | {"PYTHONPATH": f"{ROOT}:{self.folder}"} | (environment or {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=before,
        )

    def run(
        self,
        *arguments: str,
        environment: dict[str, str] | None = None,
        before: Callable[[], None] | None = None,
        **more: object,
    ) -> Ended:
        """Run `scrapy ARGUMENT...` to its end; see `start`."""
        begun = time.monotonic()
        process = self.start(*arguments, environment=environment, before=before, **more)
        return finish(process, begun)

    def runs(self) -> dict[str, list[Run]]:
        """The runs of each outlet, oldest first."""

        async def load() -> list[Run]:
            async with open_store(self.uri) as store:
                return [run async for run in store.runs()]

        by_outlet: dict[str, list[Run]] = {}
        for run in reversed(asyncio.run(load())):
            by_outlet.setdefault(run.outlet, []).append(run)
        return by_outlet

    def articles(self) -> dict[str, list[StoredArticle]]:
        """The stored articles of each outlet."""

        async def load() -> list[StoredArticle]:
            async with open_store(self.uri) as store:
                return [stored async for stored in store.articles()]

        by_outlet: dict[str, list[StoredArticle]] = {}
        for stored in asyncio.run(load()):
            by_outlet.setdefault(str(stored.article.outlet), []).append(stored)
        return by_outlet


def finish(process: "subprocess.Popen[str]", begun: float) -> Ended:
    """Wait for the end of `process`, and read what it used."""
    said: dict[str, str] = {}

    def read(name: str) -> None:
        with getattr(process, name) as stream:
            said[name] = stream.read()

    threads = [threading.Thread(target=read, args=[name]) for name in ("stdout", "stderr")]
    for thread in threads:
        thread.start()
    killer = threading.Timer(150, process.kill)
    killer.start()
    _, status, usage = os.wait4(process.pid, 0)
    killer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - begun
    cpu_seconds = usage.ru_utime + usage.ru_stime
    return Ended(
        process.returncode,
        said["stdout"],
        said["stderr"],
        seconds,
        cpu_seconds,
        usage.ru_maxrss / 1024,
    )


def small_files(most: int) -> Callable[[], None]:
    """For `before`: no file grows beyond so many bytes, as on a full disk."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
