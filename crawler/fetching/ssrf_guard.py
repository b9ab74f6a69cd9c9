"""The SSRF guard: no page, feed or redirect sends a crawl to an address that is not on the open
internet (server-side request forgery).

Every name, and every address in whatever spelling (127.1, 0x7f.1, 2130706433), is resolved by the
one resolver that the connection itself asks, and that answers with checked addresses only: between
the check and the connection there is nothing that a DNS server could change. A proxy would resolve
names by itself, so none is used unless somebody sets HTTPPROXY_ENABLED.
"""

import asyncio
import sys
from collections.abc import Sequence
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadFailedError
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from scrapy.settings import BaseSettings
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred, succeed
from twisted.internet.error import DNSLookupError
from twisted.web.client import ResponseFailed

from crawler.causes import Cause
from crawler.fetching.early_stop import RequestCancelled, downloads_cancelled
from crawler.fetching.ip_addresses import (
    Network,
    is_public,
    is_within,
    parse_address,
    parse_networks,
)

# The exceptions of OpenSSL for a certificate that cannot be trusted, and of service_identity for
# another host's.
_TLS_ERRORS = ("OpenSSL.SSL.Error", "service_identity.exceptions.VerificationError")
_USAGE_STATUS = 2


class PrivateAddress(DNSLookupError):
    """A host that leads to an address which is not public, nor in GUARD_ALLOW."""

    cause = Cause.PRIVATE_ADDRESS


class TLSFailure(Exception):
    """A server whose certificate is not its own, has expired, or was signed by nobody known."""

    cause = Cause.TLS


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver (IPv4; one address a name), which answers only with addresses that a crawl
    may connect to."""

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.allowed: tuple[Network, ...] = ()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        resolver = super().from_crawler(crawler, reactor)
        resolver.allowed = allowed_networks(crawler.settings)
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 (Twisted's name)
        """Return the address of `name`. Fails with PrivateAddress, or with DNSLookupError where
        there is no address."""
        # An IPv6 address would be no name to the operating system's IPv4 look-up.
        is_address = parse_address(name) is not None
        resolved = succeed(name) if is_address else super().getHostByName(name, timeout)
        return resolved.addCallback(self.checked)

    def checked(self, spelt: str) -> str:
        """Return `spelt`, an address, if a crawl may connect to it. Raises PrivateAddress."""
        address = parse_address(spelt)
        if address and (is_public(address) or is_within(address, self.allowed)):
            return spelt
        raise PrivateAddress(f"{spelt} is not a public address")


class GuardedHandler(HTTP11DownloadHandler):
    """Scrapy's handler of http and https, which names the connections refused for safety's sake.

    Raises PrivateAddress and TLSFailure besides its own exceptions; neither is tried again. At the
    signal `downloads_cancelled` it gives up what it is downloading and raises RequestCancelled.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # Twisted would send a request anew, at once, when its connection is reset: Retry does, and
        # keeps the pace.
        self._pool.retryAutomatically = False
        self._downloads: set[asyncio.Task[Response]] = set()
        crawler.signals.connect(self._cancel_downloads, signal=downloads_cancelled)

    async def download_request(self, request: Request) -> Response:
        download = asyncio.create_task(self._download(request))
        self._downloads.add(download)
        try:
            return await download
        except asyncio.CancelledError:
            raise RequestCancelled("the crawl ends") from None
        finally:
            self._downloads.discard(download)

    def _cancel_downloads(self) -> None:
        for download in self._downloads:
            download.cancel()

    async def _download(self, request: Request) -> Response:
        try:
            return await super().download_request(request)
        except CannotResolveHostError:
            await raise_if_private(urlsplit(request.url).hostname or "")
            raise
        except DownloadFailedError as error:
            reasons = error.__cause__.reasons if isinstance(error.__cause__, ResponseFailed) else ()
            if any(reason.check(*_TLS_ERRORS) for reason in reasons):
                raise TLSFailure(f"{request.url}: its certificate cannot be trusted") from error
            raise


async def raise_if_private(host: str) -> None:
    """Raise PrivateAddress if that is why `host` has no address: Scrapy's exception has lost it."""
    from twisted.internet import reactor

    try:
        await maybe_deferred_to_future(reactor.resolver.getHostByName(host))
    except PrivateAddress:
        raise
    except DNSLookupError:
        return


def allowed_networks(settings: BaseSettings) -> tuple[Network, ...]:
    """Return the networks of GUARD_ALLOW. Raises ValueError."""
    return parse_networks(settings.getlist("GUARD_ALLOW"))


class GuardAllowCheck:
    """An add-on that ends the process in one line, before anything starts, when GUARD_ALLOW cannot
    be read."""

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        try:
            allowed_networks(settings)
        except ValueError as error:
            print(f"GUARD_ALLOW: {error}", file=sys.stderr)
            sys.exit(_USAGE_STATUS)
