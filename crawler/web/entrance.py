"""The page where a visitor shows the token."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from crawler.web.errors import Forbidden
from crawler.web.page import Page, respond
from crawler.web.security import Access, is_own_form, let_in, read_token
from crawler.web.site import Visit

# With "no-referrer" a browser sends the form with `Origin: null`.
_HEADERS = {"Referrer-Policy": "same-origin"}


async def enter(request: Request) -> Response:
    """Answer with the form, or let a visitor in who sends the right token. Raises Forbidden and
    TooManyAttempts."""
    access: Access = request.app.state.access
    if not access.token:
        return RedirectResponse("/", 303)
    is_refused = False
    if request.method == "POST":
        if not is_own_form(request):
            raise Forbidden("this form was sent by another site")
        if await access.is_token(await read_token(request), request):
            return let_in(access, request)
        is_refused = True
    values = {"is_refused": is_refused}
    status = 401 if is_refused else 200
    page = Page("enter.html", values, values, status=status, headers=_HEADERS)
    return respond(Visit(request), page)
