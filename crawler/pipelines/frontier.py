"""The frontier of one crawl: what to fetch of what is announced and remembered, and what became of
it."""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from scrapy import Request
from scrapy.http import Response

from crawler import __version__
from crawler.causes import Cause
from crawler.dedup import canonical_url
from crawler.discovery import Link
from crawler.frontier import Pace, TrackedUrl, UrlKind, announced, checked, failed, set_aside
from crawler.outlet import Outlet
from crawler.storage import Store, StoreError

logger = logging.getLogger(__name__)

DOCUMENTS_KEPT = timedelta(days=60)
"""How long a feed, sitemap or listing that is looked at no more, such as that of a past day, is
remembered."""


class Frontier:
    """Reads what the store knows of an outlet's addresses, and writes what this crawl learns of
    them.

    Without a store nothing is known and nothing kept: every announced address is to be fetched.
    While the store is away nothing can be kept either, and the next crawl looks again at what this
    one has seen. `may_write`: whether no other run has taken over.
    """

    def __init__(
        self,
        store: Store | None,
        outlet: Outlet,
        pace: Pace,
        may_write: Callable[[], Awaitable[bool]] | None = None,
    ) -> None:
        self._store = store
        self._may_write = may_write
        self._outlet = outlet
        self._pace = pace
        self._reader_version = hashlib.sha256(f"{__version__} {outlet!r}".encode()).hexdigest()[:16]
        self._missed = False  # whether addresses were found that could not be written down
        self._waiting: dict[str, TrackedUrl] = {}
        self._writing: asyncio.Task[None] | None = None

    # What to fetch

    async def announce(
        self, links: Sequence[tuple[Link, datetime | None]], now: datetime
    ) -> list[TrackedUrl]:
        """The pages that `links` lead to; each link with its instant of change, where that can be
        read.

        When it returns they are in the store: no crash loses an address that was found. If that
        fails, no document counts as read any more, so that the next crawl finds them again.
        """
        found: dict[str, tuple[Link, datetime | None]] = {}
        for link, changed in links:
            found.setdefault(canonical_url(link.url, outlet=self._outlet), (link, changed))
        known = await self._known(list(found))
        tracked_urls = []
        for address, (link, changed) in found.items():
            tracked = known.get(address) or self._new("article", address, link.url, now)
            tracked = announced(tracked, link, changed)
            tracked_urls.append(
                replace(tracked, due=now)
                if tracked.due is None and tracked.is_due(now)
                else tracked
            )
        # What could not be read must not be written over.
        if self._missed or not await self._write(
            [tracked for tracked in tracked_urls if known.get(tracked.address) != tracked]
        ):
            self._missed = True
        return tracked_urls

    async def article(self, url: str, now: datetime) -> TrackedUrl:
        """What is known of one article's address."""
        address = canonical_url(url, outlet=self._outlet)
        return (await self._known([address])).get(address) or self._new(
            "article", address, url, now
        )

    async def document(self, url: str, now: datetime) -> TrackedUrl:
        """What is known of a feed, sitemap or listing."""
        return (await self._known([url])).get(url) or self._new("document", url, url, now)

    async def due(self, now: datetime) -> AsyncIterator[TrackedUrl]:
        """The articles that are to be looked at by `now`: found and never read, failed, or to be
        read again."""
        if self._store is None:
            return
        try:
            async for tracked in self._store.due_urls(self._outlet.name, now):
                yield tracked
        except StoreError as error:
            logger.warning("the frontier could not be read to its end: %s", error)

    def conditions(self, tracked: TrackedUrl, now: datetime) -> dict[str, str]:
        """The request headers that ask for the page only if it has changed since it was last
        read."""
        return dict(tracked.conditions(self._reader_version, now))

    def is_as_before(self, tracked: TrackedUrl, response: Response) -> bool:
        """Whether the response is the one that was read last, by its status or its bytes."""
        return response.status == 304 or (
            tracked.digest == _digest(response) and tracked.reader_version == self._reader_version
        )

    # What became of it

    def unchanged(
        self, tracked: TrackedUrl, now: datetime, published: datetime | None = None
    ) -> None:
        """The page is as it was when it was last read."""
        self._put(checked(tracked, now, self._pace, changed=False, published=published))

    def read(
        self,
        tracked: TrackedUrl,
        response: Response,
        now: datetime,
        *,
        changed: bool = True,
        published: datetime | None = None,
        links: int = 0,
        further_urls: tuple[str, ...] = (),
    ) -> None:
        """The response was read. `changed`: whether it told anything new."""
        if tracked.kind == "document" and self._missed:
            return
        tracked = checked(tracked, now, self._pace, changed=changed, published=published)
        self._put(
            replace(
                tracked,
                etag=_header(response, "ETag"),
                last_modified=_header(response, "Last-Modified"),
                validators_at=now,
                digest=_digest(response),
                reader_version=self._reader_version,
                links=links,
                further_urls=further_urls,
            )
        )

    def failed(self, tracked: TrackedUrl, now: datetime, cause: Cause) -> None:
        """The look at a page brought nothing."""
        self._put(failed(tracked, now, self._pace, cause))

    def set_aside(self, tracked: TrackedUrl) -> None:
        """The page was read and is not wanted in this crawl."""
        self._put(set_aside(tracked))

    async def close(self, now: datetime) -> None:
        """Write what waits, and forget the documents of days long past."""
        if self._writing is not None:
            await self._writing
        if self._store is not None:
            await self._store.forget_documents(self._outlet.name, now - DOCUMENTS_KEPT)

    def _new(self, kind: UrlKind, address: str, url: str, now: datetime) -> TrackedUrl:
        return TrackedUrl(
            outlet=self._outlet.name, kind=kind, address=address, url=url, found=now, due=now
        )

    async def _known(self, addresses: Sequence[str]) -> dict[str, TrackedUrl]:
        if self._store is None:
            return {}
        try:
            known = await self._store.tracked_urls(self._outlet.name, addresses)
        except StoreError as error:
            logger.warning("the frontier could not be read: %s", error)
            self._missed = True
            return {}
        return known | {
            address: self._waiting[address] for address in addresses if address in self._waiting
        }

    def _put(self, tracked: TrackedUrl) -> None:
        """Have `tracked` written soon: what waits together is written together."""
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
        """Whether the pages are in the store."""
        if self._store is None or not tracked_urls:
            return True
        try:
            if self._may_write is not None and not await self._may_write():
                return False
            await self._store.put_tracked_urls(tracked_urls)
        except StoreError as error:
            logger.warning("the frontier could not be written: %s", error)
            return False
        return True


def tracked_url_of(request: Request | None) -> TrackedUrl | None:
    """The article's page that a request looks at."""
    tracked = request.cb_kwargs.get("tracked") if request else None
    return tracked if isinstance(tracked, TrackedUrl) else None


def _digest(response: Response) -> str:
    return hashlib.sha256(response.body).hexdigest()[:32]


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
