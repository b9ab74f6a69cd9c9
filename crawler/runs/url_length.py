"""Addresses that are too long to be asked for."""

from scrapy import Request
from scrapy.http import Response
from scrapy.spidermiddlewares.urllength import UrlLengthMiddleware

from crawler.causes import Cause
from crawler.runs.session import session_of


class UrlLength(UrlLengthMiddleware):
    """Scrapy's middleware, which drops a request for an address over URLLENGTH_LIMIT; here the
    address is told and recorded too."""

    def get_processed_request(self, request: Request, response: Response | None) -> Request | None:
        processed = super().get_processed_request(request, response)
        if processed is None:
            outcomes = session_of(self.crawler).url_outcomes
            outcomes.fail(Cause.URL_TOO_LONG, request.url, request)
        return processed
