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
from crawler.dedup import canonical_url
from crawler.discovery import Link
from crawler.frontier import Pace, Page, PageKind, announced, failed, looked, set_aside
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
        self._read_as = hashlib.sha256(f"{__version__} {outlet!r}".encode()).hexdigest()[:16]
        self._missed = False  # whether addresses were found that could not be written down
        self._waiting: dict[str, Page] = {}
        self._writing: asyncio.Task[None] | None = None

    # What to fetch

    async def announce(
        self, links: Sequence[tuple[Link, datetime | None]], now: datetime
    ) -> list[Page]:
        """The pages that `links` lead to; each link with its instant of change, where that can be
        read.

        When it returns they are in the store: no crash loses an address that was found. If that
        fails, no document counts as read any more, so that the next crawl finds them again.
        """
        found: dict[str, tuple[Link, datetime | None]] = {}
        for link, changed in links:
            found.setdefault(canonical_url(link.url, outlet=self._outlet), (link, changed))
        known = await self._known(list(found))
        pages = []
        for address, (link, changed) in found.items():
            page = known.get(address) or self._page("article", address, link.url, now)
            page = announced(page, link, changed)
            pages.append(replace(page, due=now) if page.due is None and page.is_due(now) else page)
        # What could not be read must not be written over.
        if self._missed or not await self._write(
            [page for page in pages if known.get(page.address) != page]
        ):
            self._missed = True
        return pages

    async def page(self, url: str, now: datetime) -> Page:
        """What is known of one article's address."""
        address = canonical_url(url, outlet=self._outlet)
        return (await self._known([address])).get(address) or self._page(
            "article", address, url, now
        )

    async def document(self, url: str, now: datetime) -> Page:
        """What is known of a feed, sitemap or listing."""
        return (await self._known([url])).get(url) or self._page("document", url, url, now)

    async def due(self, now: datetime) -> AsyncIterator[Page]:
        """The articles that are to be looked at by `now`: found and never read, failed, or to be
        read again."""
        if self._store is None:
            return
        try:
            async for page in self._store.due_pages(self._outlet.name, now):
                yield page
        except StoreError as error:
            logger.warning("the frontier could not be read to its end: %s", error)

    def conditions(self, page: Page, now: datetime) -> dict[str, str]:
        """The request headers that ask for the page only if it has changed since it was last
        read."""
        return dict(page.conditions(self._read_as, now))

    def is_as_before(self, page: Page, response: Response) -> bool:
        """Whether the response is the one that was read last, by its status or its bytes."""
        return response.status == 304 or (
            page.digest == _digest(response) and page.read_as == self._read_as
        )

    # What became of it

    def unchanged(self, page: Page, now: datetime, published: datetime | None = None) -> None:
        """The page is as it was when it was last read."""
        self._put(looked(page, now, self._pace, changed=False, published=published))

    def read(
        self,
        page: Page,
        response: Response,
        now: datetime,
        *,
        changed: bool = True,
        published: datetime | None = None,
        links: int = 0,
        following: tuple[str, ...] = (),
    ) -> None:
        """The response was read. `changed`: whether it told anything new."""
        if page.kind == "document" and self._missed:
            return
        page = looked(page, now, self._pace, changed=changed, published=published)
        self._put(
            replace(
                page,
                etag=_header(response, "ETag"),
                last_modified=_header(response, "Last-Modified"),
                answered=now,
                digest=_digest(response),
                read_as=self._read_as,
                links=links,
                following=following,
            )
        )

    def failed(self, page: Page, now: datetime, cause: str) -> None:
        """The look at a page brought nothing."""
        self._put(failed(page, now, self._pace, cause))

    def set_aside(self, page: Page) -> None:
        """The page was read and is not wanted in this crawl."""
        self._put(set_aside(page))

    async def close(self, now: datetime) -> None:
        """Write what waits, and forget the documents of days long past."""
        if self._writing is not None:
            await self._writing
        if self._store is not None:
            await self._store.forget_documents(self._outlet.name, now - DOCUMENTS_KEPT)

    def _page(self, kind: PageKind, address: str, url: str, now: datetime) -> Page:
        return Page(
            outlet=self._outlet.name, kind=kind, address=address, url=url, found=now, due=now
        )

    async def _known(self, addresses: Sequence[str]) -> dict[str, Page]:
        if self._store is None:
            return {}
        try:
            known = await self._store.pages(self._outlet.name, addresses)
        except StoreError as error:
            logger.warning("the frontier could not be read: %s", error)
            self._missed = True
            return {}
        return known | {
            address: self._waiting[address] for address in addresses if address in self._waiting
        }

    def _put(self, page: Page) -> None:
        """Have `page` written soon: what waits together is written together."""
        if self._store is None:
            return
        self._waiting[page.address] = page
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_waiting())

    async def _write_waiting(self) -> None:
        while self._waiting:
            pages = list(self._waiting.values())
            await self._write(pages)
            for page in pages:
                if self._waiting.get(page.address) is page:
                    del self._waiting[page.address]

    async def _write(self, pages: Sequence[Page]) -> bool:
        """Whether the pages are in the store."""
        if self._store is None or not pages:
            return True
        try:
            if self._may_write is not None and not await self._may_write():
                return False
            await self._store.put_pages(pages)
        except StoreError as error:
            logger.warning("the frontier could not be written: %s", error)
            return False
        return True


def page_of(request: Request | None) -> Page | None:
    """The article's page that a request looks at."""
    page = request.cb_kwargs.get("page") if request else None
    return page if isinstance(page, Page) else None


def _digest(response: Response) -> str:
    return hashlib.sha256(response.body).hexdigest()[:32]


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
