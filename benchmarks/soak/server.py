"""The servers of all outlets, in one thread and on one port, each at an address in 127.0.1.0/24.

They serve the articles, troubles and faults of the world, and record every request. On 127.0.0.1
listens a canary, which no crawler may call.
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

from benchmarks.soak import rendering
from benchmarks.soak.announcements import Announcements
from benchmarks.soak.sites import NEVER_GOOD, Site
from benchmarks.soak.world import Piece, World

Kind = Literal["robots", "document", "article", "other"]
_CONDITIONS = ("If-None-Match", "If-Modified-Since")

RETRY_AFTER_SECONDS = 1
"""That a throttled client is asked to wait."""
SLOW_SECONDS = 0.8
"""That a slow page takes."""
_SLOW_PARTS = 8
_ETAG_DIGITS = 16
_START_OR_STOP_SECONDS = 30


@dataclass(frozen=True)
class Hit:
    """One request and its answer.

    `at`: by `time.monotonic()`. `status`: 0 where the connection was broken off. `piece`: the
    requested article; `edition`: the number of its edition that was sent whole.
    """

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
    """Run as a context manager; `round`, the present round of the world, may be set at any time."""

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
        # (outlet, path) -> digest of the last body, and since when it is served, in epoch seconds
        self._served: dict[tuple[str, str], tuple[bytes, int]] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> "Servers":
        self._thread.start()
        self._run(self._start())
        self._announcements = {
            site.name: Announcements(self.world, site, self.base(site)) for site in self.world.sites
        }
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def base(self, site: Site) -> str:
        """Return the address of an outlet's front page, without the final slash."""
        return f"http://{site.host}:{self.port}"

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(_START_OR_STOP_SECONDS)

    async def _start(self) -> None:
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, shutdown_timeout=0, access_log=None)
        await self._runner.setup()
        # The first server takes any free port; on the others' addresses nobody else listens.
        self.port = 0
        for host in self._sites:
            await web.TCPSite(self._runner, host, self.port).start()
            self.port = self._runner.addresses[0][1]
        self._canary = await asyncio.start_server(self._count_canary_call, "127.0.0.1", 0)
        canary_port = self._canary.sockets[0].getsockname()[1]
        self._canary_url = f"http://127.0.0.1:{canary_port}/latest/meta-data/"

    async def _stop(self) -> None:
        self._canary.close()
        await self._runner.cleanup()

    async def _count_canary_call(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
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
            challenge = web.Response(status=403, body=rendering.CHALLENGE, content_type="text/html")
            return self._record(request, site, "other", challenge)
        if path == "/robots.txt":
            robots = web.Response(text="User-agent: *\nDisallow: /plus/\n")
            return self._record(request, site, "robots", robots)
        moved = self._moved.get((site.name, path))
        if moved:
            redirect = web.Response(status=301, headers={"Location": moved.path})
            return self._record(request, site, "other", redirect)
        if piece and piece.round <= self.round:
            return await self._article(request, piece)
        return self._document(request, site, path)

    def _document(self, request: web.Request, site: Site, path: str) -> web.Response:
        page = int(request.query.get("page", 1))
        document = self._announcements[site.name].get(path, page, self.round)
        if document is None:
            return self._record(request, site, "other", _not_found())
        if self.world.is_broken(site, self.round):
            self._tries[site.name, path] += 1
            if site.trouble == "feed_error":
                return self._record(request, site, "document", web.Response(status=500))
            if site.trouble == "feed_html":
                is_odd_try = self._tries[site.name, path] % 2
                moved = b"<html><title>Moved</title>We have moved.</html>"
                document = moved if is_odd_try else b"", "text/html"
        return self._record(request, site, "document", self._good(request, site, *document))

    async def _article(self, request: web.Request, piece: Piece) -> web.StreamResponse:
        site, round_ = piece.site, self.round
        if piece.fault and piece.fault.kind in NEVER_GOOD:
            return self._record(request, site, "article", self._never_good(piece), piece)
        self._tries[site.name, piece.path] += 1
        if piece.fault and self._tries[site.name, piece.path] <= piece.fault.tries:
            return await self._not_yet_good(request, piece)
        body = rendering.article_page(piece, round_, broken=self.world.is_broken(site, round_))
        response = self._good(request, site, body, "text/html")
        if piece.fault and piece.fault.kind == "slow" and response.status == 200:
            await _trickle(request, response, SLOW_SECONDS)
        return self._record(request, site, "article", response, piece, piece.edition(round_))

    def _never_good(self, piece: Piece) -> web.Response:
        assert piece.fault is not None
        match piece.fault.kind:
            case "private":
                return web.Response(status=302, headers={"Location": self._canary_url})
            case "file":
                return web.Response(status=302, headers={"Location": "file:///etc/passwd"})
            case "plus":  # robots.txt forbids it: the request itself is the failure
                return web.Response(text="for paying readers")
        return _not_found()

    async def _not_yet_good(self, request: web.Request, piece: Piece) -> web.StreamResponse:
        assert piece.fault is not None
        assert request.transport is not None
        transport = request.transport
        body = rendering.article_page(piece, self.round, broken=False)
        match piece.fault.kind:
            case "unavailable":
                unavailable = web.Response(status=503)
                return self._record(request, piece.site, "article", unavailable, piece)
            case "throttled":
                headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
                throttled = web.Response(status=429, headers=headers)
                return self._record(request, piece.site, "article", throttled, piece)
            case "truncated":
                headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
                packed = gzip.compress(body)
                cut = web.Response(body=packed[: len(packed) // 2], headers=headers)
                return self._record(request, piece.site, "article", cut, piece)
            case "timeout":  # half of them send nothing at all, half stop in the middle
                if piece.number % 2:
                    await _begin(request, web.Response(body=body), len(body) // 2)
                while not transport.is_closing():  # noqa: ASYNC110 (there is no event for it)
                    await asyncio.sleep(0.1)
        transport.abort()
        return self._record(request, piece.site, "article", web.Response(status=0), piece)

    def _good(self, request: web.Request, site: Site, body: bytes, kind: str) -> web.Response:
        """Return the body with its validators, or 304 where the client has it already."""
        key, digest = (site.name, request.path_qs), hashlib.sha256(body).digest()
        now = int(self.world.time(self.round).timestamp())
        last_digest, changed = self._served.get(key, (b"", now))
        if digest != last_digest:
            changed = now
        self._served[key] = digest, changed
        headers = {}
        if site.validators in ("etag", "both"):
            headers["ETag"] = f'"{digest.hex()[:_ETAG_DIGITS]}"'
        if site.validators in ("modified", "both"):
            headers["Last-Modified"] = email.utils.formatdate(changed, usegmt=True)
        if _is_unchanged(request, headers):
            return web.Response(status=304, headers=headers)
        headers["Content-Type"] = kind  # without the charset, as often: pages declare their own
        if kind != "application/gzip" and site.number % 2 == 0:
            headers["Content-Encoding"] = "gzip"
            body = gzip.compress(body, 1)
        return web.Response(body=body, headers=headers)

    def _record(
        self,
        request: web.Request,
        site: Site,
        kind: Kind,
        response: web.Response,
        piece: Piece | None = None,
        edition: int | None = None,
    ) -> web.Response:
        """Record the request and its answer as a hit; return the answer."""
        hit = Hit(
            at=time.monotonic(),
            round=self.round,
            site=site.name,
            kind=kind,
            target=request.path_qs,
            status=response.status,
            is_conditional=any(name in request.headers for name in _CONDITIONS),
            piece=piece,
            edition=edition,
        )
        self.hits.append(hit)
        return response


def _not_found() -> web.Response:
    return web.Response(status=404, text="nothing here")


def _is_unchanged(request: web.Request, validators: dict[str, str]) -> bool:
    """Return True if the client already has the answer with these validators.

    An ETag in the request decides alone (RFC 9110, 13.2.2).
    """
    if "If-None-Match" in request.headers:
        return request.headers["If-None-Match"] == validators.get("ETag")
    last_modified = validators.get("Last-Modified")
    return last_modified is not None and request.headers.get("If-Modified-Since") == last_modified


async def _begin(request: web.Request, response: web.Response, size: int) -> web.StreamResponse:
    """Send the headers and the first bytes of a response."""
    assert isinstance(response.body, bytes)
    stream = web.StreamResponse(status=response.status, headers=response.headers)
    stream.content_length = len(response.body)
    await stream.prepare(request)
    await stream.write(response.body[:size])
    return stream


async def _trickle(request: web.Request, response: web.Response, seconds: float) -> None:
    """Send a response in parts, over so many seconds."""
    assert isinstance(response.body, bytes)
    size = len(response.body) // _SLOW_PARTS + 1
    stream = await _begin(request, response, size)
    for start in range(size, len(response.body), size):
        await asyncio.sleep(seconds / _SLOW_PARTS)
        await stream.write(response.body[start : start + size])
    await stream.write_eof()
