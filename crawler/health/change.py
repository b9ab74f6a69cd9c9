"""Tells a webhook and a command when a run has changed an outlet's state.

What is told: the object of `scrapy health --json`, with the state "before" and "after" the run. No
state is kept for that: the one before is what the runs before this one say.
"""

import asyncio
import json
import logging
import shlex
from asyncio.subprocess import DEVNULL, PIPE
from dataclasses import asdict
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from scrapy.settings import BaseSettings

from crawler.health.judging import Health, judge, recent_runs
from crawler.storage import Store

logger = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds for a webhook to answer or a command to end; the crawl's own end waits for them no
longer."""


class HookError(Exception):
    """A hook that did not work; the message holds nothing of its address or arguments."""


async def tell_change(store: Store, outlet: str, settings: BaseSettings) -> None:
    """Call HEALTH_WEBHOOK and HEALTH_COMMAND, where set, if the newest run changed the state of
    `outlet`.

    A hook that fails is one warning. Raises StoreError.
    """
    hooks = {name: settings[name] for name in _HOOKS if settings[name]}
    if not hooks:
        return
    runs = await recent_runs(store, outlet)
    before, after = judge(outlet, runs[1:]), judge(outlet, runs)
    if before.state != after.state:
        message = _message(before, after)
        await asyncio.gather(*(_call(name, value, message) for name, value in hooks.items()))


def _message(before: Health, after: Health) -> bytes:
    told = {**asdict(after), "before": before.state, "after": after.state}
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


async def _call(name: str, value: str, message: bytes) -> None:
    try:
        await asyncio.wait_for(_HOOKS[name](value, message), PATIENCE)
    except TimeoutError:
        logger.warning("%s: no answer within %g seconds", name, PATIENCE)
    except Exception as error:
        # The messages of others may quote the address or the arguments, which may hold a secret.
        logger.warning(
            "%s: %s", name, error if isinstance(error, HookError) else type(error).__name__
        )


async def _post(url: str, message: bytes) -> None:
    """POST `message` to `url`; any answer but a 2xx is a failure.

    In a thread and not through the crawl's own client, whose guard would keep it from a machine of
    the house.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise HookError("it is not an http(s) address")
    request = Request(url, message, {"Content-Type": "application/json"})  # noqa: S310 (its scheme is checked)
    await asyncio.to_thread(_post_now, request)


def _post_now(request: Request) -> None:
    try:
        with build_opener(_NoRedirect).open(request, timeout=PATIENCE):
            pass
    except HTTPError as error:
        error.close()
        raise HookError(f"answered {error.code}") from None


class _NoRedirect(HTTPRedirectHandler):
    """A redirect would be followed by a GET, which tells nobody anything."""

    def redirect_request(self, *_: object) -> None:
        return None


async def _run(command: str, message: bytes) -> None:
    """Run `command`, split as a shell would but without one, with `message` on its standard
    input."""
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


_HOOKS = {"HEALTH_WEBHOOK": _post, "HEALTH_COMMAND": _run}
