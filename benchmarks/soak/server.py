"""The servers of all outlets in one thread, each on an address of its own in 127.0.1.0/24, on one
port.

They do what the world says, and note every request. On 127.0.0.1 listens a canary that nobody may
call.
"""

import asyncio
import email.utils
import gzip
import hashlib
import threading
import time
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Literal

from aiohttp import web

from benchmarks.soak import pages
from benchmarks.soak.documents import Documents
from benchmarks.soak.sites import NEVER_GOOD, Site
from benchmarks.soak.world import Piece, World

Kind = Literal["robots", "document", "article", "other"]

RETRY_AFTER = 1  # seconds that a throttled client is asked to wait
SLOW = 0.8  # seconds that a slow page takes


@dataclass(frozen=True)
class Hit:
    """One request. `at`: by `time.monotonic()`. `status`: 0 where the connection was broken off.
    `piece`: the article that was asked for; `edition`: the number of that which was sent whole."""

    at: float
    round: int
    site: str
    kind: Kind
    target: str
    status: int
    is_conditional: bool
    piece: Piece | None = None
    edition: int | None = None


class Servers:
    """Used as a context manager; `round` is what the world is at, and may be set at any time."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.round = 1
        self.hits: list[Hit] = []
        self.canary_calls = 0
        self._sites = {site.host: site for site in world.sites}
        self._pieces = {(piece.site.name, piece.path): piece for piece in world.pieces}
        self._moved = {
            (piece.site.name, piece.announced): piece for piece in world.pieces if piece.is_moved
        }
        self._tries: Counter[tuple[str, str]] = Counter()
        self._sent: dict[tuple[str, str], tuple[bytes, int]] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> "Servers":
        self._thread.start()
        self._run(self._start())
        self._documents = {
            site.name: Documents(self.world, site, self.base(site)) for site in self.world.sites
        }
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def base(self, site: Site) -> str:
        """The address of an outlet's front page, without the slash."""
        return f"http://{site.host}:{self.port}"

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _start(self) -> None:
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, shutdown_timeout=0, access_log=None)
        await self._runner.setup()
        self.port = (
            0  # the first takes any that is free; on the others' addresses nobody else listens
        )
        for host in self._sites:
            await web.TCPSite(self._runner, host, self.port).start()
            self.port = self._runner.addresses[0][1]
        self._canary = await asyncio.start_server(self._call, "127.0.0.1", 0)
        self.canary = (
            f"http://127.0.0.1:{self._canary.sockets[0].getsockname()[1]}/latest/meta-data/"
        )

    async def _stop(self) -> None:
        self._canary.close()
        await self._runner.cleanup()

    async def _call(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.canary_calls += 1
        writer.close()

    # One request

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        site = self._sites[request.transport.get_extra_info("sockname")[0]]
        path = request.rel_url.raw_path
        if "id" in request.query:
            path += f"?id={request.query['id']}"
        piece = self._pieces.get((site.name, path))
        if self.world.is_broken(site, self.round) and site.trouble == "challenge":
            challenge = web.Response(status=403, body=pages.CHALLENGE, content_type="text/html")
            return self._note(request, site, "other", challenge)
        if path == "/robots.txt":
            return self._note(
                request, site, "robots", web.Response(text="User-agent: *\nDisallow: /plus/\n")
            )
        if moved := self._moved.get((site.name, path)):
            there = web.Response(status=301, headers={"Location": moved.path})
            return self._note(request, site, "other", there)
        if piece and piece.round <= self.round:
            return await self._article(request, piece)
        return self._document(request, site, path)

    def _document(self, request: web.Request, site: Site, path: str) -> web.Response:
        found = self._documents[site.name].get(path, int(request.query.get("page", 1)), self.round)
        if found is None:
            return self._note(request, site, "other", web.Response(status=404, text="nothing here"))
        if self.world.is_broken(site, self.round):
            self._tries[site.name, path] += 1
            if site.trouble == "feed_error":
                return self._note(request, site, "document", web.Response(status=500))
            if site.trouble == "feed_html":
                moved = b"<html><title>Moved</title>We have moved.</html>"
                found = (moved if self._tries[site.name, path] % 2 else b""), "text/html"
        return self._note(request, site, "document", self._good(request, site, *found))

    async def _article(self, request: web.Request, piece: Piece) -> web.StreamResponse:
        site, round_ = piece.site, self.round
        if piece.fault and piece.fault.kind in NEVER_GOOD:
            return self._note(request, site, "article", self._never_good(piece), piece)
        self._tries[site.name, piece.path] += 1
        if piece.fault and self._tries[site.name, piece.path] <= piece.fault.tries:
            return await self._not_yet_good(request, piece)
        body = pages.article_page(piece, round_, broken=self.world.is_broken(site, round_))
        response = self._good(request, site, body, "text/html")
        if piece.fault and piece.fault.kind == "slow" and response.status == 200:
            await _trickle(request, response, SLOW)
        return self._note(request, site, "article", response, piece, piece.edition(round_))

    def _never_good(self, piece: Piece) -> web.Response:
        assert piece.fault is not None
        match piece.fault.kind:
            case "private":
                return web.Response(status=302, headers={"Location": self.canary})
            case "file":
                return web.Response(status=302, headers={"Location": "file:///etc/passwd"})
            case "plus":  # that it was fetched at all is the fault
                return web.Response(text="for paying readers")
        return web.Response(status=404, text="nothing here")

    async def _not_yet_good(self, request: web.Request, piece: Piece) -> web.StreamResponse:
        assert piece.fault is not None
        transport = request.transport
        assert transport is not None
        body = pages.article_page(piece, self.round, broken=False)
        match piece.fault.kind:
            case "unavailable":
                return self._note(request, piece.site, "article", web.Response(status=503), piece)
            case "throttled":
                later = web.Response(status=429, headers={"Retry-After": str(RETRY_AFTER)})
                return self._note(request, piece.site, "article", later, piece)
            case "truncated":
                headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
                packed = gzip.compress(body)
                cut = web.Response(body=packed[: len(packed) // 2], headers=headers)
                return self._note(request, piece.site, "article", cut, piece)
            case "timeout":  # half of them say nothing at all, half stop in the middle
                if piece.number % 2:
                    await _begin(request, web.Response(body=body), len(body) // 2)
                while not transport.is_closing():  # noqa: ASYNC110 (there is no event for it)
                    await asyncio.sleep(0.1)
        transport.abort()
        return self._note(request, piece.site, "article", web.Response(status=0), piece)

    def _good(self, request: web.Request, site: Site, body: bytes, kind: str) -> web.Response:
        """The body, or 304 where the client has it already."""
        key, digest = (site.name, request.path_qs), hashlib.sha256(body).digest()
        if key not in self._sent or self._sent[key][0] != digest:
            self._sent[key] = digest, int(self.world.time(self.round).timestamp())
        headers = {}
        if site.validators in ("etag", "both"):
            headers["ETag"] = f'"{digest.hex()[:16]}"'
        if site.validators in ("modified", "both"):
            headers["Last-Modified"] = email.utils.formatdate(self._sent[key][1], usegmt=True)
        if _has(request, headers):
            return web.Response(status=304, headers=headers)
        headers["Content-Type"] = kind  # without the charset, as often: pages declare their own
        if kind != "application/gzip" and site.number % 2 == 0:
            headers["Content-Encoding"] = "gzip"
            body = gzip.compress(body, 1)
        return web.Response(body=body, headers=headers)

    def _note(
        self,
        request: web.Request,
        site: Site,
        kind: Kind,
        response: web.Response,
        piece: Piece | None = None,
        edition: int | None = None,
    ) -> web.Response:
        conditional = any(
            name in request.headers for name in ("If-None-Match", "If-Modified-Since")
        )
        asked = (time.monotonic(), self.round, site.name, kind, request.path_qs)
        self.hits.append(Hit(*asked, response.status, conditional, piece, edition))
        return response


def _has(request: web.Request, headers: dict[str, str]) -> bool:
    """Whether the request says that the client has what the headers name; an ETag decides (RFC
    9110, 13.2.2)."""
    if "If-None-Match" in request.headers:
        return request.headers["If-None-Match"] == headers.get("ETag")
    return (
        "Last-Modified" in headers
        and request.headers.get("If-Modified-Since") == headers["Last-Modified"]
    )


async def _begin(request: web.Request, response: web.Response, size: int) -> web.StreamResponse:
    """Send the headers and the first bytes of a response."""
    assert isinstance(response.body, bytes)
    stream = web.StreamResponse(status=response.status, headers=response.headers)
    stream.content_length = len(response.body)
    await stream.prepare(request)
    await stream.write(response.body[:size])
    return stream


async def _trickle(request: web.Request, response: web.Response, seconds: float) -> None:
    """Send a response in eight parts."""
    assert isinstance(response.body, bytes)
    part = len(response.body) // 8 + 1
    stream = await _begin(request, response, part)
    for start in range(part, len(response.body), part):
        await asyncio.sleep(seconds / 8)
        await stream.write(response.body[start : start + part])
    await stream.write_eof()
