"""Which article or document of a crawl has asked for each page first."""

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.discovery.kinds import Discovery

Asker = str | type[Discovery]
"""The address of an article, or the kind of a document."""


class FirstRequests:
    """Keeps who has asked for each page first, directly or by a redirect: Scrapy drops every
    further request for the page, as it has one fingerprint."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._askers: dict[bytes, Asker] = {}  # by the fingerprint of the request
        self._newest: Request | None = None  # the last request that was the first for its page

    def add(self, request: Request, asker: Asker) -> None:
        """Note that `asker` makes `request`."""
        page = self._fingerprint(request)
        if page not in self._askers:
            self._askers[page] = asker
            self._newest = request

    def asker_of(self, request: Request) -> Asker | None:
        """Return who has asked first for the page of `request`, which Scrapy drops; None if an
        earlier process of the JOBDIR has."""
        page = self._fingerprint(request)
        if request is self._newest:
            del self._askers[page]
            self._newest = None
        return self._askers.get(page)

    def _fingerprint(self, request: Request) -> bytes:
        assert self._crawler.request_fingerprinter is not None
        return self._crawler.request_fingerprinter.fingerprint(request)
