"""The name of what went wrong with a request: one small vocabulary for tables, run summaries and
monitors."""

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

_BY_TYPE: tuple[tuple[type[BaseException], str], ...] = (
    (CannotResolveHostError, "dns"),
    (DownloadTimeoutError, "timeout"),
    (DownloadConnectionRefusedError, "refused"),
    (ResponseDataLossError, "truncated"),
    (
        DownloadCancelledError,
        "too_large",
    ),  # what Scrapy raises for a body over DOWNLOAD_MAXSIZE, and nothing else
    (DownloadFailedError, "connection_lost"),
    (UnsupportedURLSchemeError, "scheme"),
    (NotSupported, "scheme"),  # what Scrapy raises for a scheme whose handler is switched off
)
# How the messages begin by which alone Scrapy and Twisted tell these apart.
_BY_MESSAGE: tuple[tuple[type[BaseException], str, str], ...] = (
    (IgnoreRequest, "Forbidden by robots.txt", "robots"),
    (IgnoreRequest, "max redirections reached", "redirects"),
    (IgnoreRequest, "Ignored response", "too_large"),  # unpacked, it is over DOWNLOAD_MAXSIZE
    (IgnoreRequest, "", "ignored"),
    (ValueError, "invalid hostname", "bad_address"),
)
# By name, because three of the libraries are Scrapy's, and which, depends on the Python.
_NOT_PACKED_SO = frozenset(
    {
        "zlib.error",
        "gzip.BadGzipFile",
        "brotli.error",
        "backports.zstd.ZstdError",
        "compression.zstd.ZstdError",
    }
)
# How the page begins that Cloudflare and its like send in an article's place (dossier of
# urdupoint.com: 403 or 503 with "Just a moment" to plain clients).
_CHALLENGE = (
    b"Just a moment",
    b"cf-challenge",
    b"/cdn-cgi/challenge-platform/",
    b"_Incapsula_Resource",
)


def is_challenge(response: Response) -> bool:
    """Whether a refusing response asks the client to prove that it is a browser."""
    return bool(response.headers.get("cf-mitigated")) or any(
        mark in response.body for mark in _CHALLENGE
    )


def cause_of(error: BaseException) -> str:
    """The name of `error`, e.g. "dns", "timeout", "http_403", "challenge", "robots",
    "not_recorded".

    Our own exceptions carry theirs as `cause`. "error" is an exception that nobody named: a fault
    of ours until somebody does.
    """
    if isinstance(named := getattr(error, "cause", None), str):
        return named
    if isinstance(error, HttpError):
        refusing = error.response.status in (403, 429, 503)
        return (
            "challenge"
            if refusing and is_challenge(error.response)
            else f"http_{error.response.status}"
        )
    for kind, name in _BY_TYPE:
        if isinstance(error, kind):
            return name
    if f"{type(error).__module__}.{type(error).__name__}" in _NOT_PACKED_SO:
        return "damaged"
    for kind, beginning, name in _BY_MESSAGE:
        if isinstance(error, kind) and str(error).startswith(beginning):
            return name
    return "error"
