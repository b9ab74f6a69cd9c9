"""A page of the site, and the response that carries it in the format that is wanted."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from crawler.display.jsonl import encode
from crawler.stories.model import Story
from crawler.web.errors import BadRequest
from crawler.web.feed import atom_feed
from crawler.web.site import Visit


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says, before it has a format.

    template: that writes it as HTML, from `values`. json: the same for programs, or a function that
    returns it, which is called for them alone. stories: of its Atom feed; None if it has no feed.
    title: of the feed. status: of the response.
    """

    template: str
    values: Mapping[str, Any]
    json: Any
    stories: Sequence[Story] | None = None
    title: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


View = Callable[[Visit], Awaitable[Page]]


def as_endpoint(view: View) -> Callable[[Request], Awaitable[Response]]:
    """Return the Starlette endpoint of a view."""

    async def endpoint(request: Request) -> Response:
        visit = Visit(request)
        return respond(visit, await view(visit))

    return endpoint


def respond(visit: Visit, page: Page) -> Response:
    """Return the response for `page`; without a body where the visitor has it already."""
    body, media_type = _written(visit, page)
    headers = {
        **page.headers,
        "Cache-Control": "private, no-cache",
        "Vary": "Accept, Accept-Language, Cookie",
        "ETag": f'W/"{sha256(body).hexdigest()[:32]}"',
    }
    if page.status == 200:
        etag = headers["ETag"]
        state = (str(visit.request.url), visit.format, visit.interface.language)
        modified = visit.site.page_states.modified(state, etag, datetime.now(UTC))
        headers["Last-Modified"] = format_datetime(modified, usegmt=True)
        if _has_already(visit.request, etag, modified):
            return Response(status_code=304, headers=headers)
    return Response(body, page.status, headers, media_type)


def _written(visit: Visit, page: Page) -> tuple[bytes, str]:
    """Return the body of the response and its media type."""
    match visit.format:
        case "json":
            values = page.json() if callable(page.json) else page.json
            text = json.dumps(values, ensure_ascii=False, default=encode)
            return text.encode(), "application/json"
        case "atom":
            if page.stories is None:
                raise BadRequest("this page has no feed")
            return atom_feed(visit, page.title, page.stories), "application/atom+xml"
        case _:
            feed_title = page.title if page.stories is not None and page.status == 200 else None
            values = {**page.values, "feed_title": feed_title}
            return visit.render(page.template, values).encode(), "text/html"


def _has_already(request: Request, etag: str, modified: datetime) -> bool:
    """Return True if the request names this state of the page (RFC 9110, 13.2.2: an ETag counts
    before a time)."""
    known = request.headers.get("if-none-match")
    if known is not None:
        given = (tag.strip().removeprefix("W/") for tag in known.split(","))
        return known.strip() == "*" or etag.removeprefix("W/") in given
    since = request.headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return modified <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False
