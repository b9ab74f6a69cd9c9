"""Refreshes: redirects that a page names in itself (`<meta http-equiv="refresh">`)."""

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.http import Response
from w3lib.url import canonicalize_url


class MetaRefresh(MetaRefreshMiddleware):
    """Scrapy's middleware, which follows a refresh; here a page that refreshes itself is read.

    Many listings and live pages do so every minute, and a challenge does. To follow it is to ask
    for the same page again, a request that Scrapy drops without a word.
    """

    def process_response(  # type: ignore[override]  # Scrapy passes no spider any more
        self, request: Request, response: Response
    ) -> Request | Response:
        answer: Request | Response = super().process_response(request, response)
        if isinstance(answer, Response):
            return answer
        is_same_page = canonicalize_url(answer.url) == canonicalize_url(request.url)
        return response if is_same_page else answer
