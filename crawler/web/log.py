"""The log of the site: its own faults and, if wanted, each request, on stderr.

What visitors keep to themselves stands in neither: no token, no cookie, no words of a search.
"""

import logging
import sys
import time
from collections.abc import Iterator
from traceback import TracebackException
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger("crawler.web")

_HIDDEN = "…"
_MAX_PATH = 300  # letters
_MAX_NAME = 16
_REPEAT_SECONDS = 60.0


def log_to_stderr() -> None:
    """Write to stderr what the site and its event loop have to tell, and nothing that the server
    tells: it would print the faults of the site once more, with all that visitors sent."""
    logging.getLogger("uvicorn.error").addFilter(lambda _: False)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    for name, level in (("crawler.web", logging.INFO), ("asyncio", logging.ERROR)):
        each = logging.getLogger(name)
        each.setLevel(level)
        each.addHandler(handler)
        each.propagate = False


class Log:
    """Answers a fault of the site's own with 500 and logs it; logs each request if
    `has_requests`."""

    def __init__(self, app: ASGIApp, *, has_requests: bool) -> None:
        self._app = app
        self._has_requests = has_requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.monotonic()
        status: int | None = None

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        request = Request(scope)
        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            logger.error("%s failed\n%s", _named(request), _traceback(error, request))
            if status is not None:
                raise  # the server breaks off what was begun
            answer = PlainTextResponse("The site has failed; its log says why.\n", 500)
            await answer(scope, receive, watched)
        finally:
            if self._has_requests:
                client = request.client.host if request.client else "-"
                took = round((time.monotonic() - began) * 1000)
                logger.info("%s %s %s %d ms", client, _named(request), status or "-", took)


class StoreTrouble:
    """Logs that the store cannot be read: the same once a minute, however many ask."""

    def __init__(self) -> None:
        self._told: dict[str, float] = {}

    def tell(self, error: Exception, request: Request) -> None:
        """Log `error` in one line, unless that was just done."""
        message = _without_secrets(str(error), request)
        now = time.monotonic()
        self._told = {
            text: when for text, when in self._told.items() if now < when + _REPEAT_SECONDS
        }
        if message not in self._told:
            self._told[message] = now
            logger.error("the store cannot be read: %s", message)


def _named(request: Request) -> str:
    """Return the method and the address of a request, with the names of its parameters alone."""
    raw: bytes = request.scope.get("raw_path") or b""
    path = raw.partition(b"?")[0].decode("ascii", "replace")[:_MAX_PATH]
    pairs = request.scope["query_string"].decode("ascii", "replace").split("&")
    names = "&".join(_parameter_name(pair) for pair in pairs if pair)
    return f"{request.method} {path}{'?' if names else ''}{names[:_MAX_PATH]}"


def _parameter_name(pair: str) -> str:
    name, equals, _ = pair.partition("=")
    is_name = equals and name.isalpha() and len(name) <= _MAX_NAME
    return f"{name}={_HIDDEN}" if is_name else _HIDDEN


def _traceback(error: Exception, request: Request) -> str:
    """Return the traceback of an error and of those that led to it, the first one first. The lines
    of the program are as they are; the messages may hold what the visitor sent."""
    parts: list[str] = []
    for each in reversed(list(_chain(TracebackException.from_exception(error)))):
        message = "".join(each.format_exception_only())
        parts.append("Traceback (most recent call last):\n")
        parts += [*each.stack.format(), _without_secrets(message, request)]
    return "".join(parts).rstrip()


def _chain(error: TracebackException | None) -> Iterator[TracebackException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _without_secrets(text: str, request: Request) -> str:
    """Return `text` without the values of the request's query and of the headers that let in."""
    query = request.scope["query_string"].decode("ascii", "replace")
    secrets = {query, *(value for _, value in parse_qsl(query)), *request.cookies.values()}
    for name in ("authorization", "cookie"):
        secrets |= {request.headers.get(name, ""), *request.headers.get(name, "").split(" ")}
    for secret in sorted(secrets, key=len, reverse=True):
        for form in (secret, repr(secret)[1:-1]):
            if len(form) > 1:
                text = text.replace(form, _HIDDEN)
    return text
