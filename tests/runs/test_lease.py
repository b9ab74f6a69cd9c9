"""The heartbeat of a lease ends, whatever its store does with a cancellation."""

import asyncio
import time
from datetime import UTC, datetime

import pytest

from crawler.runs import lease
from crawler.runs.lease import RunLease
from crawler.storage import Lease


class SwallowingStore:
    """Renews as the MongoDB driver does on Python 3.11: the first cancellation is lost on the
    way."""

    def __init__(self, *, stays: bool) -> None:
        self.stays = stays
        self.renewing = asyncio.Event()

    async def take_lease(
        self, name: str, owner: str, seconds: float, *, over: int | None = None
    ) -> Lease:
        return Lease(name, owner, 1, datetime(2100, 1, 1, tzinfo=UTC))

    async def held_lease(self, name: str) -> Lease | None:
        raise NotImplementedError

    async def release_lease(self, held: Lease) -> None:
        raise NotImplementedError

    async def renew_lease(self, held: Lease, seconds: float) -> Lease:
        self.renewing.set()
        while True:
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                if not self.stays:
                    return held


@pytest.mark.parametrize("stays", [False, True])
def test_a_lease_stops_though_its_store_swallows_the_cancellation(
    stays: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "STOP_SECONDS", 0.3)

    async def hold_and_stop() -> float:
        store = SwallowingStore(stays=stays)
        held = RunLease(store, "youm7", 0.04, lambda: None)
        await held.take()
        await store.renewing.wait()
        began = time.monotonic()
        await asyncio.wait_for(held.stop(), timeout=20)
        return time.monotonic() - began

    loop = asyncio.new_event_loop()
    try:
        took = loop.run_until_complete(hold_and_stop())
        # A store that never lets go is waited for only so long; one that answers is not.
        assert took < 10
        left = asyncio.all_tasks(loop)
        assert bool(left) == stays
    finally:
        for task in asyncio.all_tasks(loop):
            task._log_destroy_pending = False  # type: ignore[attr-defined]
        loop.close()
