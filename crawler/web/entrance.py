"""The page where a visitor shows the token."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from crawler.web.page import Page, respond
from crawler.web.security import Access, let_in, read_token
from crawler.web.site import Visit


async def enter(request: Request) -> Response:
    """Answer with the form, or let a visitor in who sends the right token."""
    access: Access = request.app.state.access
    if not access.token:
        return RedirectResponse("/", 303)
    is_refused = False
    if request.method == "POST":
        let = let_in(access, await read_token(request))
        if let is not None:
            return let
        is_refused = True
    values = {"is_refused": is_refused}
    page = Page("enter.html", values, values, status=401 if is_refused else 200)
    return respond(Visit(request), page)
