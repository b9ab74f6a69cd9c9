"""The lease of an outlet: one run at a time crawls it, on whatever machine."""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress

from crawler.storage import Lease, LeaseHeld, LeaseStore, StoreError
from crawler.storage.owner import is_dead, this_process

logger = logging.getLogger(__name__)

# Linux's monotonic clock stands still while the machine sleeps; the lease does not.
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)

STOP_SECONDS = 3.0
"""How long `RunLease.stop` waits for a renewal that is under way; the next run does not need it."""

BEATS = 4
"""Renewals in the time for which a lease is held: three may be lost."""


class RunLease:
    """The lease `name` of one run, held for `seconds` and renewed by a heartbeat.

    `on_lease_lost` is called once when another run has taken the lease.
    """

    def __init__(
        self, store: LeaseStore, name: str, seconds: float, on_lease_lost: Callable[[], None]
    ) -> None:
        self._store = store
        self._name = name
        self._seconds = seconds
        self._on_lease_lost = on_lease_lost
        self._lease: Lease | None = None
        self._sure_until = 0.0  # by _clock(): until then nobody else can hold the lease
        self._heartbeat: asyncio.Task[None] | None = None
        self._stopping = False

    async def take(self) -> None:
        """Take the lease, also from a process of this machine that ended without giving it back.

        Raises LeaseHeld while another run has the lease, StoreError.
        """
        began = _clock()
        try:
            self._lease = await self._store.take_lease(self._name, this_process(), self._seconds)
        except LeaseHeld as held:
            if not is_dead(held.lease.owner):
                raise
            logger.warning("%s: taking over from a run that ended without a word", self._name)
            self._lease = await self._store.take_lease(
                self._name, this_process(), self._seconds, over=held.lease.token
            )
        self._sure_until = began + self._seconds
        self._heartbeat = asyncio.create_task(self._beat())

    async def is_held(self) -> bool:
        """Return True while this run may write. Asks the store if the last renewal is too long ago,
        and then raises StoreError."""
        if self._lease is not None and _clock() >= self._sure_until:
            await self._renew()
        return self._lease is not None

    async def stop(self) -> None:
        """End the heartbeat. Returns within STOP_SECONDS, whatever the store does."""
        self._stopping = True
        if self._heartbeat is not None:
            self._heartbeat.cancel()
            await asyncio.wait([self._heartbeat], timeout=STOP_SECONDS)

    async def release(self) -> None:
        """Give the lease back, so that the next run need not wait."""
        if self._lease is not None:
            with suppress(StoreError):  # the lease runs out by itself
                await self._store.release_lease(self._lease)

    async def _beat(self) -> None:
        # Python 3.11's asyncio.wait_for, which the MongoDB driver sends with, swallows a
        # cancellation that arrives when its inner call has just ended. So the loop looks at a flag
        # of its own.
        while self._lease is not None and not self._stopping:
            await asyncio.sleep(self._seconds / BEATS)
            # While the store is away; it is asked again before anything is written.
            with suppress(StoreError):
                await self._renew()

    async def _renew(self) -> None:
        if self._lease is None:
            return
        began = _clock()
        try:
            self._lease = await self._store.renew_lease(self._lease, self._seconds)
            self._sure_until = began + self._seconds
        except LeaseHeld:
            if self._lease is not None:  # nobody else found it out meanwhile
                self._lease = None
                self._on_lease_lost()


def _clock() -> float:
    return time.clock_gettime(_CLOCK)
