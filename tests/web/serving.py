"""A running `scrapy serve`, with a few addresses of its own that make trouble."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import Signals

import httpx

from tests.conftest import ROOT

# /broken has a fault, /hang never ends, /slow asks the store for too much, /huge is more than a
# client's end of the connection takes in before the client reads. A slow client has one second for
# the head of its request, and three for the rest.
_TROUBLE = """
import asyncio
from contextlib import asynccontextmanager
from crawler.commands import serve
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from crawler.web import app, server
from tests.storage.test_readers import ask_for_long

server._HEAD_SECONDS = 1.0
server._ANSWER_SECONDS = 3.0

async def broken(request):
    try:
        raise KeyError(request.query_params["q"])
    except KeyError as error:
        raise RuntimeError(f"no {request.headers.get('authorization')}") from error

async def hang(request):
    print("hanging", flush=True)
    await asyncio.sleep(600)

async def slow(request):
    await ask_for_long(request.app.state.site.reader)

async def huge(request):
    return PlainTextResponse("x" * 30_000_000)

made = app.make_app

def with_trouble(*args, **options):
    application = made(*args, **options)
    for view in (broken, hang, slow, huge):
        application.router.routes.append(Route(f"/{view.__name__}", view))
    return application

open_reader = serve.open_reader

@asynccontextmanager
async def told(*args, **options):
    async with open_reader(*args, **options) as reader:
        yield reader
    print("store closed", flush=True)

app.make_app, serve.open_reader = with_trouble, told
from scrapy.cmdline import execute
execute()
"""


@dataclass
class Serving:
    """One running process."""

    process: "subprocess.Popen[str]"
    port: int
    errors: Path

    @property
    def url(self) -> str:
        """The address of the front page, without the slash."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, address: str, **headers: str) -> httpx.Response:
        """Return the answer to one request over a connection of its own."""
        return httpx.get(f"{self.url}{address}", headers=headers, timeout=20)

    def connect(self, sent: bytes = b"") -> socket.socket:
        """Return a connection on which `sent` was sent."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        connection.sendall(sent)
        return connection

    def said(self) -> str:
        """Return what stands on stderr until now."""
        return self.errors.read_text(encoding="utf-8")

    def await_line(self, pattern: str) -> str:
        """Return what stands on stderr once a line matches; a line may come after the answer."""
        deadline = time.monotonic() + 10
        while not re.search(pattern, self.said()):
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.02)
        return self.said()

    def end(self, number: Signals, times: int = 1) -> tuple[int, float]:
        """Send a signal, and return the exit status and the seconds until the end."""
        began = time.monotonic()
        for _ in range(times):
            self.process.send_signal(number)
            time.sleep(0.05)
        return self.process.wait(timeout=20), time.monotonic() - began


def ask(path: str) -> bytes:
    """Return a request for `path` as it is sent."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


@contextmanager
def serving(uri: str, errors: Path, *options: str, **environment: str) -> Iterator[Serving]:
    """Serve the store at `uri` until the end of the block, warnings being errors."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KHABAR_")}
    with errors.open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", _TROUBLE, "serve", "--port", "0", *options],
            cwd=ROOT,
            env=clean | {"KHABAR_STORE_URI": uri} | environment,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        opened = re.search(r"http://\S+:(\d+)/", line)
        assert opened, errors.read_text(encoding="utf-8")
        yield Serving(process, int(opened[1]), errors)
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
