"""Who may ask for a page, and what a page may do in a browser."""

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "khabar"

MIN_TOKEN_LENGTH = 16

_PUBLIC = ("/healthz", "/robots.txt", "/enter")
_MAX_FORM = 4096  # bytes
_COOKIE_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Access:
    """Who is let in.

    hosts: names in the Host header that are ours. token: that a visitor must show; "" lets all in.
    trusted_proxies: addresses of proxies that know their users and name them in `user_header`.
    """

    hosts: frozenset[str]
    token: str = ""
    trusted_proxies: Collection[str] = ()
    user_header: str = "remote-user"

    @property
    def cookie(self) -> str:
        """The value of the cookie of a visitor who has shown the token; it does not tell it."""
        return hmac.new(self.token.encode(), b"khabar cookie", "sha256").hexdigest()


class Guard:
    """Refuses requests under another name of the host, and those without the token; adds the
    headers of security to each response."""

    def __init__(self, app: ASGIApp, access: Access, *, has_images: bool = False) -> None:
        self._app = app
        self._access = access
        self._headers = _security_headers(has_images)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        request = Request(scope, receive)
        refusal = self._refusal(request)
        answer = self._app if refusal is None else refusal
        await answer(scope, receive, send_with_headers)

    def _refusal(self, request: Request) -> Response | None:
        if _host_name(request.headers) not in self._access.hosts:
            return PlainTextResponse(
                "This host name is not allowed; see scrapy serve --allow-host\n", 421
            )
        if not self._access.token or self._may_enter(request):
            return None
        if "text/html" in request.headers.get("accept", ""):
            return RedirectResponse("/enter", 303)
        return PlainTextResponse(
            "A token is needed: Authorization: Bearer TOKEN\n",
            401,
            {"WWW-Authenticate": 'Bearer realm="khabar"'},
        )

    def _may_enter(self, request: Request) -> bool:
        path = request.scope["path"]
        if path in _PUBLIC or path.startswith("/assets/"):
            return True
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and _is_same(given.strip(), self._access.token):
            return True
        if _is_same(request.cookies.get(COOKIE, ""), self._access.cookie):
            return True
        peer = request.client.host if request.client else ""
        is_proxy = peer in self._access.trusted_proxies
        return is_proxy and bool(request.headers.get(self._access.user_header))


async def read_token(request: Request) -> str:
    """Return the token in the form of the page `/enter`; "" where it has none."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MAX_FORM:
            return ""
    fields = dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=8))
    return fields.get("token", "").strip()


def let_in(access: Access, token: str) -> Response | None:
    """Return the answer that lets in a visitor with the right token; None if it is wrong."""
    if not _is_same(token, access.token):
        return None
    response = RedirectResponse("/", 303)
    response.set_cookie(
        COOKIE, access.cookie, max_age=_COOKIE_SECONDS, httponly=True, samesite="strict"
    )
    return response


def _is_same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())


def _host_name(headers: Headers) -> str:
    """Return the host of the Host header in small letters, without its port; "" for none that can
    be read."""
    try:
        return urlsplit(f"//{headers.get('host', '')}").hostname or ""
    except ValueError:
        return ""


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
