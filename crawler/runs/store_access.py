"""A store that may be away, and the spool in which articles wait meanwhile."""

import asyncio
import hashlib
import logging
import re
import time
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from crawler.outlet import Outlet
from crawler.runs.timeouts import StoreTimeout, run_with_timeout
from crawler.storage import Store, StoreUnavailable, open_store
from crawler.storage.spool import Spool, Unspooled

logger = logging.getLogger(__name__)

_Result = TypeVar("_Result")

RETRY_PAUSES = (0.5, 2.0, 5.0)
"""Seconds before each further try. Each try waits for a server itself, so that with the first they
outlast the election of a new primary (MongoDB's manual: 12 seconds in the median)."""

TRY_SECONDS = 10.0
"""How long one call of the store may take. A store that gives no answer at all is not tried again
at once."""

RETRY_SECONDS = 10.0
"""How long a call goes on trying: with the first try, in which a server that is down costs four
seconds, less than a process has after a signal (SIGNAL_SECONDS)."""

PROBE_SECONDS = 30.0
"""How long a store that is known to be away is left alone before one call tries it again."""


class SharedStore:
    """The store at `uri`, which all crawls of an event loop share: opened with the first need of
    it, closed when the last of its users has left it."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._users = 0
        self._resources = AsyncExitStack()
        self._open_lock = asyncio.Lock()
        self._first_open_lock = asyncio.Lock()
        self._store: Store | None = None
        self._is_retrying = False
        self._next_probe_at = (
            0.0  # by time.monotonic(); 0: the store has not been found unavailable
        )

    @classmethod
    def join(cls, uri: str) -> "SharedStore":
        """Return the store at `uri` that the running event loop shares, with one user more, who has
        to `leave` it."""
        stores = _shared_stores.setdefault(asyncio.get_running_loop(), {})
        shared = stores.setdefault(uri, cls(uri))
        shared._users += 1
        return shared

    async def leave(self) -> None:
        """Close the store if nobody else uses it."""
        self._users -= 1
        if self._users:
            return
        # Whoever comes while it closes opens another.
        del _shared_stores[asyncio.get_running_loop()][self._uri]
        self._store = None
        await self._resources.aclose()

    @property
    def opened(self) -> Store | None:
        """The store, or None if nothing has needed it yet."""
        return self._store

    @property
    def is_unavailable(self) -> bool:
        """True while the store is known to be unavailable."""
        return time.monotonic() < self._next_probe_at

    async def open(self) -> Store:
        """Return the open store. Raises StoreError; of crawls that begin together, one waits for a
        store that is down, and the others are told at once."""
        async with self._first_open_lock:
            if self.is_unavailable:
                raise StoreUnavailable("the store is away, as another crawl has just found")
            try:
                return await self._open()
            except StoreUnavailable:
                self._next_probe_at = time.monotonic() + PROBE_SECONDS
                raise

    async def call(
        self, function: Callable[[Store], Coroutine[Any, Any, _Result]]
    ) -> _Result | None:
        """Return the result of `function`, called with the open store; None when the store is away.

        The first call that finds the store away tries again for a while; meanwhile other calls
        return None at once. Raises StoreError, but not StoreUnavailable.
        """
        if self._is_retrying or self.is_unavailable:
            return None
        try:
            return await self._try(function)
        except StoreTimeout:
            self._note_unavailable()
            return None
        except StoreUnavailable as error:
            if self._is_retrying:
                return None
            if self._next_probe_at:  # this was the probe of a store that was away before
                self._next_probe_at = time.monotonic() + PROBE_SECONDS
                return None
            logger.warning("%s; trying again", error)
        return await self._retry(function)

    async def _open(self) -> Store:
        async with self._open_lock:
            if self._store is None:
                self._store = await self._resources.enter_async_context(open_store(self._uri))
            return self._store

    async def _retry(
        self, function: Callable[[Store], Coroutine[Any, Any, _Result]]
    ) -> _Result | None:
        self._is_retrying = True
        try:
            with suppress(StoreUnavailable):
                return await run_with_timeout(RETRY_SECONDS, self._try_again(function))
        finally:
            self._is_retrying = False
        self._note_unavailable()
        return None

    async def _try_again(
        self, function: Callable[[Store], Coroutine[Any, Any, _Result]]
    ) -> _Result:
        for pause in RETRY_PAUSES[:-1]:
            await asyncio.sleep(pause)
            with suppress(StoreUnavailable):
                return await self._try(function)
        await asyncio.sleep(RETRY_PAUSES[-1])
        return await self._try(function)

    async def _try(self, function: Callable[[Store], Coroutine[Any, Any, _Result]]) -> _Result:
        result = await function(await self._open())
        self._next_probe_at = 0.0
        return result

    def _note_unavailable(self) -> None:
        if not self.is_unavailable:
            logger.error("the store is away; articles wait in the spool")
        self._next_probe_at = time.monotonic() + PROBE_SECONDS


_shared_stores: "WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, SharedStore]]"
_shared_stores = WeakKeyDictionary()  # by event loop and URI


class StoreAccess:
    """One crawl's access to the store at `uri`, which it shares with the others of its process.

    The articles that wait in `spool` are stored before anything else of the crawl, at the addresses
    that their outlets declare today; `on_unspooled` is called with their number. declared: the
    outlet of a name.
    """

    def __init__(
        self,
        uri: str,
        spool: Spool,
        on_unspooled: Callable[[Unspooled], None],
        declared: Callable[[str], Outlet | None],
    ) -> None:
        self.spool = spool
        self._declared = declared
        self._uri = uri
        self._on_unspooled = on_unspooled
        self._shared: SharedStore | None = None
        self._unspool_lock = asyncio.Lock()
        self._is_unspooled = False

    @property
    def opened(self) -> Store | None:
        """The store, or None if this crawl has not needed it yet."""
        return self._shared.opened if self._shared else None

    @property
    def is_unavailable(self) -> bool:
        """True while the store is known to be unavailable."""
        return self._shared is not None and self._shared.is_unavailable

    async def open(self) -> Store:
        """Return the open store. Raises StoreError."""
        store = await self._join().open()
        await self._store_spool(store)
        return store

    async def call(
        self, function: Callable[[Store], Coroutine[Any, Any, _Result]]
    ) -> _Result | None:
        """Return the result of `function`, called with the open store; None when the store is away
        (see `SharedStore.call`). Raises StoreError, but not StoreUnavailable."""

        async def call_after_spool(store: Store) -> _Result:
            await self._store_spool(store)
            return await run_with_timeout(TRY_SECONDS, function(store))

        return await self._join().call(call_after_spool)

    async def close(self) -> None:
        """Leave the store, which closes with the last crawl that uses it."""
        shared, self._shared = self._shared, None
        if shared is not None:
            await shared.leave()

    def _join(self) -> SharedStore:
        if self._shared is None:
            self._shared = SharedStore.join(self._uri)
        return self._shared

    async def _store_spool(self, store: Store) -> None:
        async with self._unspool_lock:
            if not self._is_unspooled:
                unspooled = await self.spool.store_into(store, self._declared)
                self._is_unspooled = True
                self._on_unspooled(unspooled)


def spool_path(path: str, store_uri: str) -> Path:
    """Return the path of the spool of one store: `path` with a hash of `store_uri` without its
    password. A crawl into another store (a replay, a trial) does not take what waits for it."""
    store = re.sub(r"//[^/@]*@", "//", store_uri)
    uri_hash = hashlib.sha256(store.encode()).hexdigest()[:8]
    return Path(path).with_name(f"{Path(path).stem}-{uri_hash}{Path(path).suffix}")
