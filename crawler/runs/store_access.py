"""A store that may be away, and the spool in which articles wait meanwhile."""

import asyncio
import hashlib
import logging
import re
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import TypeVar

from crawler.storage import Store, StoreUnavailable, open_store
from crawler.storage.spool import Spool, Unspooled

logger = logging.getLogger(__name__)

_Result = TypeVar("_Result")

RETRY_PAUSES = (0.5, 2.0, 5.0)
"""Seconds before each further try. Each try waits for a server itself, so together they outlast the
election of a new primary (MongoDB's manual: 12 seconds in the median)."""

PROBE_SECONDS = 30.0
"""How long a store that is known to be away is left alone before one call tries it again."""


class StoreAccess:
    """Opens the store at `uri` with the first need of it, and knows whether it is away.

    The articles that wait in `spool` are stored before anything else; `on_unspooled` is called with
    their number.
    """

    def __init__(self, uri: str, spool: Spool, on_unspooled: Callable[[Unspooled], None]) -> None:
        self.spool = spool
        self._uri = uri
        self._on_unspooled = on_unspooled
        self._resources = AsyncExitStack()
        self._opening = asyncio.Lock()
        self._store: Store | None = None
        self._is_unspooled = False
        self._is_retrying = False
        self._away_until = 0.0  # by time.monotonic(); 0: the store has not been found away

    @property
    def opened(self) -> Store | None:
        """The store, or None if nothing has needed it yet."""
        return self._store

    @property
    def is_away(self) -> bool:
        """True while the store is known to be away."""
        return time.monotonic() < self._away_until

    async def open(self) -> Store:
        """Return the open store. Raises StoreError."""
        async with self._opening:
            if self._store is None:
                self._store = await self._resources.enter_async_context(open_store(self._uri))
            if not self._is_unspooled:
                unspooled = await self.spool.store_into(self._store)
                self._is_unspooled = True
                self._on_unspooled(unspooled)
            return self._store

    async def call(self, function: Callable[[Store], Awaitable[_Result]]) -> _Result | None:
        """Return the result of `function`, called with the open store; None when the store is away.

        The first call that finds the store away tries again for a while; meanwhile other calls
        return None at once. Raises StoreError, but not StoreUnavailable.
        """
        if self._is_retrying or self.is_away:
            return None
        try:
            return await self._try(function)
        except StoreUnavailable as error:
            if self._is_retrying:
                return None
            if self._away_until:  # this was the probe of a store that was away before
                self._away_until = time.monotonic() + PROBE_SECONDS
                return None
            logger.warning("%s; trying again", error)
        return await self._retry(function)

    async def _retry(self, function: Callable[[Store], Awaitable[_Result]]) -> _Result | None:
        self._is_retrying = True
        try:
            for pause in RETRY_PAUSES:
                await asyncio.sleep(pause)
                with suppress(StoreUnavailable):
                    return await self._try(function)
        finally:
            self._is_retrying = False
        logger.error("the store is away; articles wait in the spool")
        self._away_until = time.monotonic() + PROBE_SECONDS
        return None

    async def _try(self, function: Callable[[Store], Awaitable[_Result]]) -> _Result:
        result = await function(await self.open())
        self._away_until = 0.0
        return result

    async def close(self) -> None:
        """Close the store if it was opened."""
        self._store = None
        await self._resources.aclose()


def spool_path(path: str, store_uri: str) -> Path:
    """Return the path of the spool of one store: `path` with a mark of `store_uri`, but for its
    password. A crawl into another store (a replay, a trial) does not take what waits for it."""
    store = re.sub(r"//[^/@]*@", "//", store_uri)
    mark = hashlib.sha256(store.encode()).hexdigest()[:8]
    return Path(path).with_name(f"{Path(path).stem}-{mark}{Path(path).suffix}")
