"""From an exception or a response to the cause that tables, run summaries and monitors name."""

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
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.causes import Cause
from crawler.fetching.challenge import is_challenge

_BY_TYPE: tuple[tuple[type[BaseException], Cause], ...] = (
    (CannotResolveHostError, Cause.DNS),
    (DownloadTimeoutError, Cause.TIMEOUT),
    (DownloadConnectionRefusedError, Cause.CONNECTION_REFUSED),
    (ResponseDataLossError, Cause.TRUNCATED),
    # Scrapy raises it for a body over DOWNLOAD_MAXSIZE, and for nothing else.
    (DownloadCancelledError, Cause.TOO_LARGE),
    (DownloadFailedError, Cause.CONNECTION_LOST),
    (UnsupportedURLSchemeError, Cause.SCHEME),
    # Scrapy raises it for a scheme whose handler is switched off.
    (NotSupported, Cause.SCHEME),
)
# Scrapy and Twisted tell these apart by the beginning of the message alone.
_BY_MESSAGE: tuple[tuple[type[BaseException], str, Cause], ...] = (
    (IgnoreRequest, "Forbidden by robots.txt", Cause.ROBOTS),
    (IgnoreRequest, "max redirections reached", Cause.REDIRECTS),
    (IgnoreRequest, "Ignored response", Cause.TOO_LARGE),  # over DOWNLOAD_MAXSIZE when unpacked
    (IgnoreRequest, "", Cause.IGNORED),
    # Scrapy raises it for `javascript:`, `mailto:` and the like.
    (ValueError, "Missing scheme in request url", Cause.SCHEME),
    (ValueError, "invalid hostname", Cause.BAD_ADDRESS),
    # Python raises these for a redirect to an address that it cannot take apart.
    (ValueError, "Invalid IPv6 URL", Cause.BAD_ADDRESS),
    (ValueError, "An IPv4 address cannot be in brackets", Cause.BAD_ADDRESS),
    (ValueError, "IPvFuture address is invalid", Cause.BAD_ADDRESS),
    (ValueError, "Port ", Cause.BAD_ADDRESS),
    (ValueError, "netloc ", Cause.BAD_ADDRESS),
)
# Python's message for a host in brackets, which it begins with.
_NO_IP_ADDRESS = "does not appear to be an IPv4 or IPv6 address"
# By name, because three of the libraries are Scrapy's, and which, depends on the Python.
_UNPACKING_ERRORS = frozenset(
    {
        "zlib.error",
        "gzip.BadGzipFile",
        "brotli.error",
        "backports.zstd.ZstdError",
        "compression.zstd.ZstdError",
    }
)


def cause_of(error: BaseException) -> Cause:
    """Return the cause of a failed request.

    Our own exceptions carry theirs as `cause`. An exception that has no cause yet is
    `Cause.ERROR`: a fault of ours until somebody gives it one.
    """
    if isinstance(own := getattr(error, "cause", None), Cause):
        return own
    if isinstance(error, HttpError):
        return _cause_of_answer(error.response)
    for error_type, cause in _BY_TYPE:
        if isinstance(error, error_type):
            return cause
    if f"{type(error).__module__}.{type(error).__name__}" in _UNPACKING_ERRORS:
        return Cause.DAMAGED
    for error_type, beginning, cause in _BY_MESSAGE:
        if isinstance(error, error_type) and str(error).startswith(beginning):
            return cause
    if isinstance(error, ValueError) and str(error).endswith(_NO_IP_ADDRESS):
        return Cause.BAD_ADDRESS
    return Cause.ERROR


def _cause_of_answer(response: Response) -> Cause:
    if is_challenge(response):
        return Cause.CHALLENGE
    return Cause.http(response.status)
