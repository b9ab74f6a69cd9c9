"""Which cause a failed request has. `tests/spiders/test_live.py` has a crawl of what goes wrong."""

import zlib

import pytest
from scrapy import Request, Spider
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import HtmlResponse, Response
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.test import get_crawler

from crawler.causes import Cause
from crawler.fetching.early_stop import RequestCancelled
from crawler.fetching.failures import cause_of
from crawler.fetching.robots import CrawlDelayTooLong, RobotsUnreachable
from crawler.fetching.ssrf_guard import PrivateAddress, TLSFailure

URL = "https://www.example.com/"


def answer(status: int, body: bytes = b"") -> HttpError:
    return HttpError(HtmlResponse(URL, status=status, body=body))


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (CannotResolveHostError(), Cause.DNS),
        (DownloadTimeoutError(), Cause.TIMEOUT),
        (DownloadConnectionRefusedError(), Cause.CONNECTION_REFUSED),
        (DownloadFailedError(), Cause.CONNECTION_LOST),
        (ResponseDataLossError(), Cause.TRUNCATED),
        (DownloadCancelledError(), Cause.TOO_LARGE),
        (UnsupportedURLSchemeError(), Cause.SCHEME),
        (NotSupported(), Cause.SCHEME),
        (zlib.error(), Cause.DAMAGED),
        (IgnoreRequest("Forbidden by robots.txt"), Cause.ROBOTS),
        (IgnoreRequest("max redirections reached"), Cause.REDIRECTS),
        (IgnoreRequest("Ignored response because its size exceeds"), Cause.TOO_LARGE),
        (IgnoreRequest("whatever else"), Cause.IGNORED),
        (ValueError("invalid hostname: a..b"), Cause.BAD_ADDRESS),
        (ValueError("anything else"), Cause.ERROR),
        (answer(99999), Cause.HTTP_OTHER),
        (answer(405, b"<title>Just a moment...</title>"), Cause.CHALLENGE),
        (answer(404), Cause.HTTP_404),
        (answer(520), Cause.http(520)),
        (answer(403), Cause.HTTP_403),
        (answer(403, b"<title>Just a moment...</title>"), Cause.CHALLENGE),
        (answer(404, b"<title>Just a moment...</title>"), Cause.HTTP_404),
        (RequestCancelled(), Cause.STOPPED),
        (CrawlDelayTooLong(), Cause.CRAWL_DELAY),
        (RobotsUnreachable("no answer", DownloadTimeoutError()), Cause.ROBOTS_UNREACHABLE),
        (RobotsUnreachable("no answer", TLSFailure()), Cause.TLS),
        (PrivateAddress(), Cause.PRIVATE_ADDRESS),
    ],
)
def test_each_failure_has_its_cause(error: Exception, cause: Cause) -> None:
    assert cause_of(error) == cause


@pytest.mark.parametrize(
    ("target", "cause"),
    [
        ("javascript:alert(1)", Cause.SCHEME),
        ("mailto:desk@example.com", Cause.SCHEME),
        ("tel:+1", Cause.SCHEME),
        ("http://[::1/story", Cause.BAD_ADDRESS),
        ("http://[host]/", Cause.BAD_ADDRESS),
        ("http://[192.0.2.1]/", Cause.BAD_ADDRESS),
        ("http://host:99999/", Cause.BAD_ADDRESS),
        ("http://host:port/", Cause.BAD_ADDRESS),
        ("http://a\u2100b/", Cause.BAD_ADDRESS),
    ],
)
def test_a_redirect_to_no_address_of_the_web_has_a_cause(target: str, cause: Cause) -> None:
    crawler = get_crawler()
    crawler.spider = Spider("redirected")
    redirects = RedirectMiddleware.from_crawler(crawler)
    response = Response(URL, status=302, headers={"Location": target.encode()})
    with pytest.raises(ValueError) as raised:  # noqa: PT011  # the message is Scrapy's or Python's
        redirects.process_response(Request(URL), response)
    assert cause_of(raised.value) == cause
