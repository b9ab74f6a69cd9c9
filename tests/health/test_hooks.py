"""The hooks on a change of state: what they are told, and that nothing they do harms the crawl."""

import asyncio
import json
import logging
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from scrapy.settings import Settings

from crawler.health.hooks import notify_change
from crawler.storage import open_store
from tests.health.life import Outlet, of_all, of_nothing

Answer = Callable[[web.Request], Awaitable[web.Response]]

TOLD = {
    "outlet": "sahifa",
    "state": "failed",
    "reasons": [
        {
            "cause": "nothing_found",
            "detail": "no article was announced in the last 2 runs: nothing failed",
        }
    ],
    "before": "degraded",
    "after": "failed",
}


@asynccontextmanager
async def server(answer: Answer) -> AsyncIterator[str]:
    """A webhook of ours that answers with `answer`; its address, which holds a secret."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook?token=hush"
    await runner.cleanup()


async def tell(folder: Path, hooks: dict[str, str], *, changed: bool = True) -> None:
    """Notify `hooks` of the newest run of an outlet: the second that failed, which changes its
    state, or the third, which does not."""
    outlet = Outlet()
    for look in (of_all(), of_nothing(), of_nothing(), *([] if changed else [of_nothing()])):
        outlet.crawl(look)
    async with open_store(f"sqlite:///{folder}/khabar.db") as store:
        for run in outlet.runs:
            await store.record_run(run)
        await notify_change(
            store, "sahifa", Settings({"HEALTH_WEBHOOK": "", "HEALTH_COMMAND": ""} | hooks)
        )


def test_a_webhook_gets_the_state_before_and_after_when_it_has_changed(tmp_path: Path) -> None:
    got = []

    async def answer(request: web.Request) -> web.Response:
        got.append((request.method, request.headers["Content-Type"], await request.json()))
        return web.Response(status=204)

    async def scenario() -> None:
        async with server(answer) as url:
            await tell(tmp_path, {"HEALTH_WEBHOOK": url})
            await tell(tmp_path, {"HEALTH_WEBHOOK": url}, changed=False)

    asyncio.run(scenario())
    assert got == [("POST", "application/json", TOLD)]


def test_a_command_gets_it_on_its_standard_input_and_no_shell_reads_its_arguments(
    tmp_path: Path,
) -> None:
    written = tmp_path / "told; echo"
    script = 'import sys; open(sys.argv[1], "w").write(sys.stdin.read())'
    command = f"{sys.executable} -c '{script}' '{written}'"
    asyncio.run(tell(tmp_path, {"HEALTH_COMMAND": command}))
    assert written.read_text(encoding="utf-8") == json.dumps(TOLD) + "\n"


async def slow(request: web.Request) -> web.Response:
    await asyncio.sleep(60)
    return web.Response()


async def broken(request: web.Request) -> web.Response:
    return web.Response(status=500)


async def moved(request: web.Request) -> web.Response:
    raise web.HTTPFound("/elsewhere")


@pytest.mark.parametrize(
    ("answer", "said"),
    [(slow, "no answer within 0.5 seconds"), (broken, "answered 500"), (moved, "answered 302")],
)
def test_a_webhook_that_fails_is_one_warning_without_its_secret(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    answer: Answer,
    said: str,
) -> None:
    monkeypatch.setattr("crawler.health.hooks.HOOK_SECONDS", 0.5)

    async def scenario() -> None:
        async with server(answer) as url:
            await tell(tmp_path, {"HEALTH_WEBHOOK": url})

    asyncio.run(scenario())
    assert [record.getMessage() for record in caplog.records] == [f"HEALTH_WEBHOOK: {said}"]


async def drip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            writer.write(b"H")
            await asyncio.sleep(0.1)
    finally:
        writer.close()


def test_a_webhook_that_drips_holds_neither_the_run_nor_the_end_of_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("crawler.health.hooks.HOOK_SECONDS", 0.5)
    before = set(threading.enumerate())

    async def scenario() -> None:
        async with await asyncio.start_server(drip, "127.0.0.1", 0) as dripping:
            port = dripping.sockets[0].getsockname()[1]
            async with asyncio.timeout(5):
                await tell(tmp_path, {"HEALTH_WEBHOOK": f"http://127.0.0.1:{port}/"})
            left = set(threading.enumerate()) - before
            assert all(thread.daemon for thread in left), "the interpreter waits for its threads"

    asyncio.run(scenario())
    assert "HEALTH_WEBHOOK: no answer within 0.5 seconds" in caplog.text


@pytest.mark.parametrize(
    ("hooks", "said"),
    [
        ({"HEALTH_WEBHOOK": "file:///etc/hush"}, "HEALTH_WEBHOOK: it is not an http(s) address"),
        ({"HEALTH_WEBHOOK": "http://127.0.0.1:1/hush"}, "HEALTH_WEBHOOK: URLError"),
        ({"HEALTH_COMMAND": "/nowhere/hush --token=hush"}, "HEALTH_COMMAND: FileNotFoundError"),
        ({"HEALTH_COMMAND": "'unclosed"}, "HEALTH_COMMAND: ValueError"),
        ({"HEALTH_COMMAND": "false hush"}, "HEALTH_COMMAND: ended with status 1"),
        ({"HEALTH_COMMAND": "sleep 60"}, "HEALTH_COMMAND: no answer within 0.5 seconds"),
    ],
)
def test_a_hook_that_cannot_be_called_is_one_warning(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    hooks: dict[str, str],
    said: str,
) -> None:
    monkeypatch.setattr("crawler.health.hooks.HOOK_SECONDS", 0.5)
    began = time.monotonic()
    asyncio.run(tell(tmp_path, hooks))
    assert time.monotonic() - began < 10
    assert [
        record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING
    ] == [said]
