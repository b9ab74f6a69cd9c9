"""The format of a page: HTML; JSON or Atom by `.json` or `.atom` at its address, or by Accept."""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

FORMATS = ("html", "json", "atom")

_EXTENSIONS = {f".{name}": name for name in FORMATS[1:]}
_MEDIA_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/json": "json",
    "application/atom+xml": "atom",
}


class FormatByExtension:
    """Takes `.json` and `.atom` off the address, so that a page has one route for all formats; the
    page `/index` is the front."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on under the address of its page."""
        if scope["type"] == "http" and not scope["path"].startswith("/assets/"):
            for extension, name in _EXTENSIONS.items():
                if scope["path"].endswith(extension):
                    path = scope["path"].removesuffix(extension)
                    scope = {**scope, "path": "/" if path == "/index" else path}
                    scope["state"] = {**scope.get("state", {}), "format": name}
                    break
        await self._app(scope, receive, send)


def path_of(request: Request) -> str:
    """Return the path of the page that is asked for, without the extension of a format."""
    return str(request.scope["path"])


def format_of(request: Request) -> str:
    """Return the format that a request asks for; HTML where it does not mind."""
    by_extension = request.scope.get("state", {}).get("format")
    if by_extension is not None:
        return str(by_extension)
    for part in request.headers.get("accept", "").split(","):
        media_type = part.partition(";")[0].strip().lower()
        if media_type in _MEDIA_TYPES:
            return _MEDIA_TYPES[media_type]
    return "html"
