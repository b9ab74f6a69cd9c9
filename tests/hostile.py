"""A hostile web of ours: an outlet whose pages, feeds and redirects attack whoever crawls it.

The outlet answers on 127.0.0.1, which the crawl is allowed to reach; on 127.0.0.2 stands what it
must not, with the same port, and notes who asks.
"""

import asyncio
import datetime
import gzip
import ssl
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

import brotli
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.fetching.site import PAGE, TEXT

LIMIT = 300_000  # bytes: the crawl's DOWNLOAD_MAXSIZE
BOMB = (PAGE + " " * 2_000_000).encode()
ENCODED = {
    "gzip": gzip.compress(BOMB),
    "twice": gzip.compress(gzip.compress(BOMB)),
    "deflate": zlib.compress(BOMB),
    "br": brotli.compress(BOMB),
    "garbage-gzip": b"no gzip at all",
    "garbage-br": b"no brotli at all",
    "garbage-deflate": b"no deflate at all",
}
# Ways to spell 127.0.0.2. What Python and Twisted take for no host at all is told as a bad address.
SPELT = ("127.0.0.2", "127.2", "0x7f.2", "2130706434", "0177.0.0.2")
OTHERS = ("file:///etc/hostname", "ftp://127.0.0.1/listing", "s3://bucket/key", "data:text/plain,x")
SPIDER = """
import os
import socket
from itertools import chain, repeat
from pathlib import Path

from scrapy import Request

from crawler.discovery.kinds import Feed, Sitemap
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider

# A DNS of the attacker's: "rebind" leads to the outlet's own address when it is first asked for,
# then inside.
NAMES = {"www": repeat("127.0.0.1"), "robots": repeat("127.0.0.1"), "inside": repeat("127.0.0.2"),
         "rebind": chain(["127.0.0.1"], repeat("127.0.0.2"))}
by_the_system = socket.gethostbyname
socket.gethostbyname = lambda name: (
    next(NAMES[name.partition(".")[0]]) if name.endswith(".example") else by_the_system(name)
)


class WahaSpider(OutletSpider):
    outlet = Outlet(
        name="waha", title="Waha", native="الواحة", language="ar", country="JO", zone="Asia/Amman",
        hosts=HOSTS, articles=r"https?://[^/]+/story/.+", delay=0,
        discovery=(
            Feed(url="http://www.waha.example:PORT/feed.xml"),
            Feed(url="http://inside.waha.example:PORT/start"),
            Sitemap(url="http://www.waha.example:PORT/index.xml"),
        ),
        publisher="petra", as_of=2026, confidence="low",
    )

    async def start(self):
        async for request in super().start():
            yield request
        for url in OTHERS:
            meta = {"allow_offsite": True, "dont_obey_robotstxt": True}
            yield Request(url, errback=self.request_failed, meta=meta)

    def closed(self, reason):
        forged = "\\x1b]0;owned\\x07\\n2026-01-01 [waha] ERROR: forged \\u202e"
        self.logger.warning("a page says: %s", forged)
        sockets = {os.readlink(f"/proc/self/fd/{name}") for name in os.listdir("/proc/self/fd")
                   if os.path.lexists(f"/proc/self/fd/{name}")}
        lines = [line.split() for name in ("tcp", "tcp6")
                 for line in Path("/proc/net", name).read_text().splitlines()]
        own = [line for line in lines if f"socket:[{line[9]}]" in sockets]
        listening = [line[1] for line in own if line[3] == "0A"]
        Path(__file__).with_name("listening").write_text("\\n".join(listening))
"""
HOSTS = (
    *(f"{name}.waha.example" for name in ("www", "robots", "inside", "rebind")),
    *SPELT,
    "127.0.0.1",
)


class Web:
    """`port`: of the outlet and of the inside, `tls_port`: of the outlet's https. `asked`: the
    outlet's paths, `inside`: the paths that were asked for where nobody may."""

    def __init__(self) -> None:
        self.port = self.tls_port = 0
        self.asked: list[str] = []
        self.inside: list[str] = []

    async def keep(self, request: web.Request) -> web.Response:
        """What stands inside."""
        self.inside.append(request.path)
        return web.Response(text=PAGE.replace("TEXT", TEXT), content_type="text/html")

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        host = request.host.partition(":")[0]
        page = PAGE.replace("TEXT", TEXT.replace("سنة", request.path)).encode()
        headers = {"Content-Type": "text/html; charset=utf-8"}
        match request.path.removeprefix("/story/"):
            case "/feed.xml":
                items = "".join(
                    f"<item><link>{address}</link></item>" for address in self.stories()
                )
                return web.Response(text=f"<rss version='2.0'><channel>{items}</channel></rss>")
            case "/index.xml":
                child = (
                    f"<sitemap><loc>http://inside.waha.example:{self.port}/child</loc></sitemap>"
                )
                return web.Response(text=f"<sitemapindex>{child}</sitemapindex>")
            case "/robots.txt":
                if host.startswith("robots"):
                    raise web.HTTPFound(f"http://inside.waha.example:{self.port}/rules")
                response = web.Response(status=404)
                response.force_close()  # so that "rebind" is looked up again
                return response
            case "redirect":
                raise web.HTTPFound(f"http://inside.waha.example:{self.port}/redirected")
            case path if path.startswith("loop"):
                raise web.HTTPFound(f"/story/loop{len(self.asked)}")
            case "declared":
                return web.Response(body=page.ljust(LIMIT + 1), headers=headers)
            case "endless":
                stream = web.StreamResponse(headers=headers)
                await stream.prepare(request)
                for _ in range(100):
                    await stream.write(bytes(LIMIT // 10))
                return stream
            case name if name in ENCODED:
                encoding = {"twice": "gzip, gzip"}.get(name, name.removeprefix("garbage-"))
                return web.Response(
                    body=ENCODED[name], headers=headers | {"Content-Encoding": encoding}
                )
        return web.Response(body=page, headers=headers)

    def stories(self) -> list[str]:
        here = f"http://www.waha.example:{self.port}/story"
        names = ["good", "redirect", "loop", "declared", "endless", *ENCODED]
        return [
            *(f"{here}/{name}" for name in names),
            *(f"http://{host}:{self.port}/story/{host}" for host in (*HOSTS[1:4], *SPELT)),
            f"http://reader:secret@www.waha.example:{self.port}/story/credentials",
            f"https://127.0.0.1:{self.tls_port}/story/tls",
        ]

    def spider(self, folder: Path) -> Path:
        """A file with the outlet's spider."""
        path = folder / "waha.py"
        text = (
            SPIDER.replace("HOSTS", repr(HOSTS))
            .replace("PORT", str(self.port))
            .replace("OTHERS", repr(OTHERS))
        )
        path.write_text(text, encoding="utf-8")
        return path


@contextmanager
def serving(folder: Path) -> Iterator[Web]:
    """The hostile web in a thread of its own; its certificate, signed by itself, is written to
    `folder`."""
    served = Web()
    outlet, inside = web.Application(), web.Application()
    outlet.router.add_get("/{path:.*}", served.answer)
    inside.router.add_get("/{path:.*}", served.keep)
    runners = [web.AppRunner(app, shutdown_timeout=0) for app in (outlet, inside)]
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def start() -> None:
        for runner in runners:
            await runner.setup()
        await web.TCPSite(runners[0], "127.0.0.1", 0).start()
        await web.TCPSite(runners[0], "127.0.0.1", 0, ssl_context=self_signed(folder)).start()
        served.port, served.tls_port = (address[1] for address in runners[0].addresses)
        await web.TCPSite(runners[1], "127.0.0.2", served.port).start()

    async def stop() -> None:
        for runner in runners:
            await runner.cleanup()

    try:
        asyncio.run_coroutine_threadsafe(start(), loop).result(10)
        yield served
    finally:
        asyncio.run_coroutine_threadsafe(stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def self_signed(folder: Path) -> ssl.SSLContext:
    """A certificate for 127.0.0.1 that nobody but its owner vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "certificate.pem"
    path.write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
