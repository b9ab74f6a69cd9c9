"""The site as an ASGI application: its pages and their addresses."""

from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from crawler.storage import StoreError, StoreTooSlow
from crawler.web.entrance import enter
from crawler.web.errors import BadRequest, NotFound, PageError
from crawler.web.log import Log, StoreTrouble
from crawler.web.negotiation import FormatByExtension
from crawler.web.page import Page, as_endpoint, respond
from crawler.web.security import Access, Guard, SecurityHeaders
from crawler.web.site import Site, Visit
from crawler.web.views.agencies import agencies, agency
from crawler.web.views.days import day, days
from crawler.web.views.front import front
from crawler.web.views.health import health
from crawler.web.views.outlet import outlet
from crawler.web.views.outlets import outlets
from crawler.web.views.runs import runs
from crawler.web.views.search import search
from crawler.web.views.story import story, story_at

_ROBOTS = "User-agent: *\nDisallow: /\n"


def make_app(site: Site, access: Access, *, log_requests: bool = False) -> Starlette:
    """Return the application that answers with the pages of `site` to those whom `access` lets
    in. log_requests: each request is a line of the log."""
    app = Starlette(
        routes=[
            Route("/", as_endpoint(front)),
            Route("/search", as_endpoint(search)),
            Route("/outlets", as_endpoint(outlets)),
            Route("/outlets/{outlet}", as_endpoint(outlet)),
            Route("/health", as_endpoint(health)),
            Route("/runs", as_endpoint(runs)),
            Route("/stories", as_endpoint(story_at)),
            Route("/stories/{story}", as_endpoint(story)),
            Route("/days", as_endpoint(days)),
            Route("/days/{day}", as_endpoint(day)),
            Route("/agencies", as_endpoint(agencies)),
            Route("/agencies/{agency:path}", as_endpoint(agency)),
            Route("/enter", enter, methods=["GET", "POST"]),
            Route("/healthz", _healthz),
            Route("/robots.txt", _robots),
            Mount("/assets", Assets(packages=[("crawler.web", "assets")])),
        ],
        middleware=[
            Middleware(SecurityHeaders, has_images=site.has_images),
            Middleware(Log, has_requests=log_requests),
            Middleware(Guard, access=access),
            Middleware(GZipMiddleware, minimum_size=1000),
            Middleware(FormatByExtension),
        ],
        exception_handlers={
            PageError: _page_error,
            StoreError: _store_error,
            HTTPException: _http_error,
        },
    )
    app.state.site = site
    app.state.access = access
    app.state.store_trouble = StoreTrouble()
    return app


class Assets(StaticFiles):
    """The site's own files, which a browser keeps for a day."""

    def file_response(self, *args: Any, **options: Any) -> Response:
        response = super().file_response(*args, **options)
        response.headers["Cache-Control"] = "public, max-age=86400"
        return response


async def _healthz(request: Request) -> Response:
    """Answer whether the store can be read."""
    site: Site = request.app.state.site
    await site.reader.outlets()
    return PlainTextResponse("ok\n")


async def _robots(_: Request) -> Response:
    return PlainTextResponse(_ROBOTS)


async def _page_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, PageError)
    return _error_page(request, error.status, error.kind, str(error))


async def _store_error(request: Request, error: Exception) -> Response:
    if isinstance(error, StoreTooSlow):
        message = "this takes the store too long; narrow it down by outlet, words or time"
        return _error_page(request, 503, "slow", message)
    trouble: StoreTrouble = request.app.state.store_trouble
    trouble.tell(error, request)
    return _error_page(request, 503, "store", "the store cannot be read now")


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == NotFound.status:
        return _error_page(request, 404, "absent", "there is no such page")
    return PlainTextResponse(f"{error.detail}\n", error.status_code, error.headers)


def _error_page(request: Request, status: int, kind: str, message: str) -> Response:
    values = {"status": status, "kind": kind, "message": message}
    page = Page("error.html", values, values, stories=(), title=message, status=status)
    try:
        return respond(Visit(request), page)
    except BadRequest as error:  # in the very choice of how the page looks
        return PlainTextResponse(f"{error}\n", error.status)
