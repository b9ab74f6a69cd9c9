"""Refreshes: redirects that a page names in itself (`<meta http-equiv="refresh">`)."""

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.http import HtmlResponse, Response
from w3lib.url import canonicalize_url

from crawler.fetching.content_type import header_charset
from crawler.text.encoding import decode_and_name

_HEAD_BYTES = 8192
"""Bytes of a page searched for a refresh; Scrapy looks at 4,096 characters of them."""


class MetaRefresh(MetaRefreshMiddleware):
    """Scrapy's middleware, which follows a refresh; here a page that refreshes itself is read.

    Many listings and live pages do so every minute, and a challenge does. To follow it is to ask
    for the same page again, a request that Scrapy drops without a word. A page whose refresh leads
    to no address is read too.
    """

    def process_response(  # type: ignore[override]  # Scrapy passes no spider any more
        self, request: Request, response: Response
    ) -> Request | Response:
        if not isinstance(response, HtmlResponse):
            return response
        try:
            answer: Request | Response = super().process_response(request, _head(response))
        except ValueError:  # an address without scheme, or one that cannot be taken apart
            return response
        if isinstance(answer, Response):
            return response
        is_same_page = canonicalize_url(answer.url) == canonicalize_url(request.url)
        return response if is_same_page else answer


def _head(response: HtmlResponse) -> HtmlResponse:
    """Return the beginning of `response` in a known encoding. Scrapy believes the name that a page
    declares, and raises for that of a codec which is no charset ("rot13")."""
    head = response.body[:_HEAD_BYTES]
    _, encoding = decode_and_name(head, header_charset(response))
    return response.replace(body=head, encoding=encoding)
