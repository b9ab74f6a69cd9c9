"""The frontier as one crawl uses it: which of the announced and remembered addresses to fetch, and
what became of them."""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from scrapy import Request
from scrapy.http import Response

from crawler.causes import Cause
from crawler.dedup import canonical_url
from crawler.discovery import Link
from crawler.discovery.request import DocumentRequest
from crawler.frontier import (
    NO_NEWS,
    Pace,
    TrackedUrl,
    UrlKind,
    aliased,
    announced,
    checked,
    failed,
    is_for_another_reader,
    is_outdated,
    set_aside,
    without_news,
)
from crawler.outlet import Outlet
from crawler.runs.reader_version import reader_version
from crawler.runs.store_access import TRY_SECONDS
from crawler.runs.timeouts import run_with_timeout
from crawler.storage import FrontierStore, StoreError

logger = logging.getLogger(__name__)

NOT_MODIFIED = 304  # HTTP status

DOCUMENTS_KEPT = timedelta(days=60)
"""How long a discovery document that is no longer visited, e.g. a past day's, is remembered."""


class FrontierSession:
    """Reads what `store` knows of an outlet's addresses, and writes what this crawl learns of them.

    Without a store nothing is known and nothing kept: every announced address is to be fetched.
    While the store is away nothing is kept either, and the next crawl visits again what this one
    has visited. `may_write` returns False when another run has taken over; nothing is written then.
    """

    def __init__(
        self,
        store: FrontierStore | None,
        outlet: Outlet,
        pace: Pace,
        may_write: Callable[[], Awaitable[bool]] | None = None,
    ) -> None:
        self._store = store
        self._may_write = may_write
        self._outlet = outlet
        self._pace = pace
        self._reader_version = reader_version(outlet)
        self._missed = False  # an announced address could not be written
        self._new_addresses: set[str] = set()  # of articles that no run before had announced
        self._waiting: dict[str, TrackedUrl] = {}  # to be written, by address
        self._writing: asyncio.Task[None] | None = None

    # What to fetch

    async def announce(
        self,
        links: Sequence[tuple[Link, datetime | None]],
        now: datetime,
        announcer: str | None = None,
    ) -> list[TrackedUrl]:
        """Return the tracked articles that `links` lead to, after writing what the links say of
        them. Each link comes with its instant of change, where that can be read. announcer: the
        address of the document with the links.

        No crash loses an address that this has returned. If the writing fails, no document of this
        crawl counts as read any more, so that the next crawl finds the addresses again.
        """
        by_address: dict[str, tuple[Link, datetime | None]] = {}
        for link, changed in links:
            by_address.setdefault(canonical_url(link.url, outlet=self._outlet), (link, changed))
        known = await self._known(list(by_address))
        tracked_urls = []
        self._new_addresses.update(address for address in by_address if address not in known)
        for address, (link, changed) in by_address.items():
            tracked = known.get(address) or self._new("article", address, link.url, now)
            if not is_outdated(tracked, now):
                tracked = announced(tracked, link, changed, announcer, pace=self._pace)
            if tracked.due is None and tracked.is_due(now):
                tracked = replace(tracked, due=now)
            if is_for_another_reader(tracked, self._reader_version):
                tracked = replace(tracked, due=now)
            tracked_urls.append(tracked)
        to_write = [tracked for tracked in tracked_urls if known.get(tracked.address) != tracked]
        # What could not be read must not be written over.
        if self._missed or not await self._write(to_write):
            self._missed = True
        return tracked_urls

    def is_new(self, address: str) -> bool:
        """Return True if this crawl was the first to announce the article at `address`."""
        return address in self._new_addresses

    async def article(self, url: str, now: datetime) -> TrackedUrl:
        """Return the tracked article at `url`, new if it is not known."""
        address = canonical_url(url, outlet=self._outlet)
        known = await self._known([address])
        return known.get(address) or self._new("article", address, url, now)

    async def document(
        self, asked: DocumentRequest, now: datetime, announcer: str | None = None
    ) -> TrackedUrl:
        """Return the tracked feed, sitemap or listing that `asked` asks for, new if it is not
        known.

        announcer: the address of the document that names it; None for a declared document.
        """
        known = await self._known([asked.key])
        document = known.get(asked.key) or self._new("document", asked.key, asked.url, now)
        return replace(document, announcer=document.announcer or announcer)

    async def due(self, now: datetime) -> AsyncIterator[TrackedUrl]:
        """Yield the articles that are to be visited by `now`: found and never read, failed, or due
        for another visit."""
        if self._store is None:
            return
        try:
            async for tracked in self._store.due_urls(self._outlet.name, now):
                yield tracked
        except StoreError as error:
            logger.warning("the frontier could not be read to its end: %s", error)

    def conditions(self, tracked: TrackedUrl, now: datetime) -> dict[str, str]:
        """Return the request headers that ask for a page only if it has changed since it was last
        read."""
        return dict(tracked.conditions(self._reader_version, now))

    def is_unchanged(self, tracked: TrackedUrl, response: Response) -> bool:
        """Return True if `response` says, or is byte for byte, what was read last."""
        if response.status == NOT_MODIFIED:
            return True
        same_reader = tracked.reader_version == self._reader_version
        return same_reader and tracked.digest == _digest(response)

    # What became of it

    def record_unchanged(
        self, tracked: TrackedUrl, now: datetime, published: datetime | None = None
    ) -> None:
        """Write that the page is as it was when it was last read. published: of the article."""
        self._put(checked(tracked, now, self._pace, changed=False, published=published))

    def record_read(
        self,
        tracked: TrackedUrl,
        response: Response,
        now: datetime,
        *,
        changed: bool = True,
        published: datetime | None = None,
    ) -> None:
        """Write that the article in `response` was read, with the validators.

        changed: False if it told nothing new. published: when the article was published.
        """
        if is_outdated(tracked, now):
            return
        tracked = checked(tracked, now, self._pace, changed=changed, published=published)
        self._put(self._with_validators(tracked, response, now))

    def document_read(
        self,
        document: TrackedUrl,
        response: Response,
        now: datetime,
        *,
        links: int,
        further_urls: tuple[str, ...] = (),
    ) -> TrackedUrl:
        """Return `document` as it is when `response` has been read, for `keep_document`.

        links: the number of articles that it announced. further_urls: the documents that it named.
        """
        if is_outdated(document, now):
            return document
        document = checked(document, now, self._pace, changed=True)
        document = replace(document, links=links, further_urls=further_urls)
        return self._with_validators(document, response, now)

    def keep_document(self, document: TrackedUrl) -> None:
        """Write that a document was read, unless an address that it announced could not be
        written."""
        if not self._missed:
            self._put(document)

    def record_alias(
        self, tracked: TrackedUrl, address: str, now: datetime, *, permanent: bool
    ) -> None:
        """Write that the page redirects, permanently or not, to the article at `address`."""
        self._put(aliased(tracked, address, now, self._pace, permanent=permanent))

    def record_read_through_alias(self, tracked: TrackedUrl, now: datetime) -> None:
        """Write that the page was read, but under another address, which redirects to it."""
        self._put(checked(tracked, now, self._pace, changed=True))

    def record_failure(self, tracked: TrackedUrl, now: datetime, cause: Cause) -> None:
        """Write that the visit brought nothing, for `cause` (`crawler.causes`)."""
        if cause in NO_NEWS:
            self._put(without_news(tracked, now, cause, self._reader_version))
        else:
            self._put(failed(tracked, now, self._pace, cause))

    def record_set_aside(self, tracked: TrackedUrl) -> None:
        """Reset the entry to never checked, due only when it is announced again: its article was
        read and lies outside the span of this crawl."""
        self._put(set_aside(tracked))

    async def close(self, now: datetime) -> None:
        """Write what still waits, and forget documents not visited for DOCUMENTS_KEPT. Raises
        StoreError."""
        if self._writing is not None:
            await self._writing
        if self._store is not None:
            await self._store.forget_documents(self._outlet.name, now - DOCUMENTS_KEPT)

    def _with_validators(
        self, tracked: TrackedUrl, response: Response, now: datetime
    ) -> TrackedUrl:
        return replace(
            tracked,
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
            validators_at=now,
            digest=_digest(response),
            reader_version=self._reader_version,
        )

    def _new(self, kind: UrlKind, address: str, url: str, now: datetime) -> TrackedUrl:
        return TrackedUrl(
            outlet=self._outlet.name, kind=kind, address=address, url=url, found=now, due=now
        )

    async def _known(self, addresses: Sequence[str]) -> dict[str, TrackedUrl]:
        if self._store is None:
            return {}
        try:
            known = await run_with_timeout(
                TRY_SECONDS, self._store.tracked_urls(self._outlet.name, addresses)
            )
        except StoreError as error:
            logger.warning("the frontier could not be read: %s", error)
            self._missed = True
            return {}
        return known | {
            address: self._waiting[address] for address in addresses if address in self._waiting
        }

    def _put(self, tracked: TrackedUrl) -> None:
        """Have `tracked` written soon, together with others that wait."""
        if self._store is None:
            return
        self._waiting[tracked.address] = tracked
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_waiting())

    async def _write_waiting(self) -> None:
        while self._waiting:
            tracked_urls = list(self._waiting.values())
            await self._write(tracked_urls)
            for tracked in tracked_urls:
                if self._waiting.get(tracked.address) is tracked:
                    del self._waiting[tracked.address]

    async def _write(self, tracked_urls: Sequence[TrackedUrl]) -> bool:
        """Return True when the addresses are in the store."""
        if self._store is None or not tracked_urls:
            return True
        try:
            if self._may_write is not None and not await self._may_write():
                return False
            await run_with_timeout(TRY_SECONDS, self._store.put_tracked_urls(tracked_urls))
        except StoreError as error:
            logger.warning("the frontier could not be written: %s", error)
            return False
        return True


def tracked_url_of(request: Request | None) -> TrackedUrl | None:
    """Return the tracked article that `request` asks for; None for any other request."""
    tracked = request.cb_kwargs.get("tracked") if request else None
    return tracked if isinstance(tracked, TrackedUrl) else None


def _digest(response: Response) -> str:
    return hashlib.sha256(response.body).hexdigest()[:32]


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
