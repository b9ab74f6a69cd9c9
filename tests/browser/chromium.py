"""Debian's Chromium without a window, a site in a process of its own, and what a page asks for."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

ROOT = Path(__file__).parents[2]

_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_ENDS_WITHIN = 30  # seconds; five are promised on a quiet machine


class NoBrowser(Exception):
    """There is no Chromium here; the message says what helps."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser. Raises NoBrowser.

    While it runs no event loop can be started in this thread: Playwright has one there.
    """
    binary = shutil.which("chromium")
    if binary is None:
        raise NoBrowser("no chromium; apt-get install -y --no-install-recommends chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=list(_ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def served(store: str, *arguments: str) -> Iterator[str]:
    """Serve the site over the store at `store`, in a process that must end well; its origin."""
    command = [sys.executable, "-W", "error", "-m", "scrapy.cmdline", "serve", "--port", "0"]
    own = {name: value for name, value in os.environ.items() if not name.startswith("KHABAR_")}
    with subprocess.Popen(
        [*command, *arguments],
        cwd=ROOT,
        env=own | {"KHABAR_STORE_URI": store},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            told = re.search("http://[^/]+", line)
            assert told, f"the site did not start: {line!r}"
            yield told[0]
        finally:
            process.send_signal(signal.SIGTERM)
            ended = process.wait(_ENDS_WITHIN)
        assert ended == 0


class Watched:
    """A page of the browser, and what went wrong in it since it was last asked to open one."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.origin = origin
        self._wrong: list[str] = []
        self._address = ""
        page.on("request", self._on_request)
        page.on("response", self._on_response)
        page.on("requestfailed", self._on_failed)
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self._wrong.append(f"error: {error}"))

    def open(self, address: str) -> int:
        """Open a page of the site, with its fonts; the status of the answer."""
        self._wrong.clear()
        self._address = self.origin + address
        response = self.page.goto(self._address)
        assert response is not None
        self.page.evaluate("async () => { await document.fonts.ready }")
        return response.status

    def wrong(self) -> list[str]:
        """Return what the page should not have done, one line each."""
        return list(self._wrong)

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith(self.origin + "/"):
            self._wrong.append(f"asked elsewhere: {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and response.url != self._address:
            self._wrong.append(f"{response.status}: {response.url}")

    def _on_failed(self, request: Request) -> None:
        self._wrong.append(f"{request.failure}: {request.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        is_own_status = message.location["url"] == self._address  # of a page that is an error
        if message.type in ("error", "warning") and not is_own_status:
            self._wrong.append(f"console: {message.text}")
