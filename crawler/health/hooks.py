"""The hooks called when a run has changed an outlet's state: a webhook and a command.

A hook gets the object of `scrapy health --json`, with the state "before" and "after" the run. The
state before is not stored: it is judged by the runs before the newest one.
"""

import asyncio
import json
import logging
import shlex
from asyncio.subprocess import DEVNULL, PIPE
from concurrent.futures import Future
from dataclasses import asdict
from threading import Thread
from typing import Literal
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from scrapy.settings import BaseSettings

from crawler.health.outlet_state import Health, judge, recent_runs
from crawler.storage import Store

logger = logging.getLogger(__name__)

HookKind = Literal["webhook", "command"]

_HOOKS: dict[str, HookKind] = {"HEALTH_WEBHOOK": "webhook", "HEALTH_COMMAND": "command"}
"""The kind of hook that each setting names."""

HOOK_SECONDS = 10.0
"""How long a webhook may take to answer, or a command to end: the end of the crawl waits for it."""


class HookError(Exception):
    """A hook that failed; the message quotes neither its address nor its arguments."""


async def notify_change(store: Store, outlet: str, settings: BaseSettings) -> None:
    """Call HEALTH_WEBHOOK and HEALTH_COMMAND, where set, if the newest run changed the state of
    `outlet`.

    A hook that fails costs one warning. Raises StoreError.
    """
    hooks = {name: settings[name] for name in _HOOKS if settings[name]}
    if not hooks:
        return
    runs = await recent_runs(store, outlet)
    before, after = judge(outlet, runs[1:]), judge(outlet, runs)
    if before.state == after.state:
        return
    message = _message(before, after)
    await asyncio.gather(*(_call(name, hook, message) for name, hook in hooks.items()))


def _message(before: Health, after: Health) -> bytes:
    """Return one line of JSON: the health after the run, and both states."""
    health = {**asdict(after), "before": before.state, "after": after.state}
    return json.dumps(health, ensure_ascii=False).encode() + b"\n"


async def _call(name: str, hook: str, message: bytes) -> None:
    """Send `message` to `hook`, the value of the setting `name`; log one warning if that fails."""
    try:
        await call_hook(_HOOKS[name], hook, message)
    except HookError as error:
        logger.warning("%s: %s", name, error)


async def call_hook(kind: HookKind, hook: str, message: bytes) -> None:
    """POST `message` to the webhook, or run the command with it on its standard input. Raises
    HookError, after HOOK_SECONDS at the latest."""
    deliver = _post if kind == "webhook" else _run
    try:
        await asyncio.wait_for(deliver(hook, message), HOOK_SECONDS)
    except TimeoutError:
        raise HookError(f"no answer within {HOOK_SECONDS:g} seconds") from None
    except HookError:
        raise
    except Exception as error:
        # Its message may quote the address or the arguments, which may hold a secret.
        raise HookError(type(error).__name__) from None


async def _post(url: str, message: bytes) -> None:
    """POST `message` to `url`. Raises HookError for any answer but a 2xx.

    In a thread and not through the crawl's own client, whose guard would refuse an address in the
    operator's own network. The timeout of a socket begins anew with each byte of an answer that
    drips: who has waited long enough leaves the thread, which keeps no process from its end.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise HookError("it is not an http(s) address")
    request = Request(url, message, {"Content-Type": "application/json"})  # noqa: S310 (its scheme is checked)
    answer: Future[None] = Future()
    Thread(target=_post_now, args=(request, answer), daemon=True).start()
    await asyncio.wrap_future(answer)


def _post_now(request: Request, answer: "Future[None]") -> None:
    """Send `request`; `answer` gets the result."""
    if not answer.set_running_or_notify_cancel():
        return
    try:
        _send(request)
    except Exception as error:
        answer.set_exception(error)
    else:
        answer.set_result(None)


def _send(request: Request) -> None:
    try:
        with build_opener(_NoRedirect).open(request, timeout=HOOK_SECONDS):
            pass
    except HTTPError as error:
        error.close()
        raise HookError(f"answered {error.code}") from None


class _NoRedirect(HTTPRedirectHandler):
    """Refuses redirects: urllib would follow them with a GET, without the message."""

    def redirect_request(self, *_: object) -> None:
        return None


async def _run(command: str, message: bytes) -> None:
    """Run `command` with `message` on its standard input. Raises HookError if its status is not 0.

    The command is split into arguments as a shell would do, but no shell runs it.
    """
    process = await asyncio.create_subprocess_exec(
        *shlex.split(command), stdin=PIPE, stdout=DEVNULL
    )
    try:
        await process.communicate(message)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise HookError(f"ended with status {process.returncode}")
