"""Who may ask for a page, and what a page may do in a browser."""

import asyncio
import hmac
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crawler.web.errors import TooManyAttempts
from crawler.web.hosts import address_as_host, read_host

COOKIE = "khabar"

MIN_TOKEN_LENGTH = 16

_PUBLIC = ("/healthz", "/robots.txt", "/enter")
_MAX_FORM = 4096  # bytes
_COOKIE_SECONDS = 30 * 24 * 3600
_WRONG_AT_ONCE = 4  # from one address


@dataclass(frozen=True, slots=True)
class Access:
    """Who is let in.

    hosts: names in the Host header that are ours, as `crawler.web.hosts.allowed_host` spells them.
    token: that a visitor must show; "" lets all in. trusted_proxies: addresses whose
    X-Forwarded-Proto is believed. user_header: in which they name a user whom they have let in; ""
    if they let in nobody. wrong_token_seconds: that the answer to a wrong token takes.
    """

    hosts: frozenset[str]
    token: str = ""
    trusted_proxies: Collection[str] = ()
    user_header: str = ""
    wrong_token_seconds: float = 1.0
    _wrong: Counter[str] = field(default_factory=Counter)  # being answered now, by address

    @property
    def cookie(self) -> str:
        """The value of the cookie of a visitor who has shown the token; it does not tell it."""
        return hmac.new(self.token.encode(), b"khabar cookie", "sha256").hexdigest()

    def is_trusted_proxy(self, request: Request) -> bool:
        """Return True if a trusted proxy sent the request."""
        return _client(request) in self.trusted_proxies

    async def is_token(self, given: str, request: Request) -> bool:
        """Return True if `given` is the token. A wrong one takes its time, so that guessing does
        too; raises TooManyAttempts for more of them at once, which are not looked at."""
        client = _client(request)
        if self._wrong[client] >= _WRONG_AT_ONCE:
            raise TooManyAttempts("too many wrong tokens; try again in some seconds")
        if _is_same(given, self.token):
            return True
        self._wrong[client] += 1
        try:
            await asyncio.sleep(self.wrong_token_seconds)
        finally:
            self._wrong[client] -= 1
            if not self._wrong[client]:
                del self._wrong[client]
        return False


class SecurityHeaders:
    """Adds to each response what it may do in a browser, where it does not say so itself."""

    def __init__(self, app: ASGIApp, *, has_images: bool = False) -> None:
        self._app = app
        self._headers = _security_headers(has_images)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class Guard:
    """Refuses requests under another name of the host, and those without the token."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        if self._access.is_trusted_proxy(request):
            scheme = request.headers.get("x-forwarded-proto", "").rpartition(",")[2].strip().lower()
            if scheme in ("http", "https"):
                scope = {**scope, "scheme": scheme}
        refusal = await self._refusal(request)
        answer = self._app if refusal is None else refusal
        await answer(scope, receive, send)

    async def _refusal(self, request: Request) -> Response | None:
        if not self._is_our_name(request):
            return PlainTextResponse(
                "This host name is not allowed; see scrapy serve --allow-host\n", 421
            )
        try:
            if not self._access.token or await self._may_enter(request):
                return None
        except TooManyAttempts as error:
            return PlainTextResponse(f"{error}\n", error.status, {"Retry-After": "5"})
        if request.method in ("GET", "HEAD") and "text/html" in request.headers.get("accept", ""):
            return RedirectResponse("/enter", 303)
        return PlainTextResponse(
            "A token is needed: Authorization: Bearer TOKEN\n",
            401,
            {"WWW-Authenticate": 'Bearer realm="khabar"'},
        )

    def _is_our_name(self, request: Request) -> bool:
        """Return True if the Host header names us. One that is the very address which was asked
        does so too: a page of somebody else can lead a name of its own to us, but no address."""
        try:
            name, port = read_host(request.headers.get("host", ""))
            if {name, f"{name}:{port}"} & self._access.hosts:
                return True
            asked, _ = request.scope.get("server") or ("", None)
            return name == address_as_host(asked)
        except ValueError:
            return False

    async def _may_enter(self, request: Request) -> bool:
        access = self._access
        path = request.scope["path"]
        if path in _PUBLIC or path.startswith("/assets/"):
            return True
        if _is_same(request.cookies.get(COOKIE, ""), access.cookie):
            return True
        user = request.headers.get(access.user_header, "") if access.user_header else ""
        if user.strip() and access.is_trusted_proxy(request):
            return True
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and await access.is_token(given.strip(), request)


def is_own_form(request: Request) -> bool:
    """Return False for a form that a page of another site has sent. Programs, which send neither of
    these headers, are no danger: they have no cookies of a visitor's."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    host = request.headers.get("host", "").lower()
    return origin in (None, f"http://{host}", f"https://{host}")


async def read_token(request: Request) -> str:
    """Return the token in the form of the page `/enter`; "" where it has none."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MAX_FORM:
            return ""
    try:
        fields = dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=8))
    except ValueError:  # more fields
        return ""
    return fields.get("token", "").strip()


def let_in(access: Access, request: Request) -> Response:
    """Return the answer that lets in a visitor who has shown the token."""
    response = RedirectResponse("/", 303)
    response.set_cookie(
        COOKIE,
        access.cookie,
        max_age=_COOKIE_SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


def _is_same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), expected.encode())


def _security_headers(has_images: bool) -> dict[str, str]:
    images = "'self' https:" if has_images else "'self'"
    policy = (
        "default-src 'none'; style-src 'self'; font-src 'self'; script-src 'self';"
        f" img-src {images}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Robots-Tag": "noindex, nofollow",
    }
