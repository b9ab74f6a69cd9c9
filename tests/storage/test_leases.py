"""The contract of leases, on both stores."""

import asyncio

import pytest

from crawler.storage import Lease, LeaseHeld, Store
from tests.storage.samples import SyncStore


def test_a_lease_is_held_by_one_and_free_once_given_back(store: SyncStore) -> None:
    async def scenario(opened: Store) -> tuple[Lease, Lease]:
        first = await opened.take_lease("waha", "one", 60)
        with pytest.raises(LeaseHeld, match="waha: held by one until"):
            await opened.take_lease("waha", "two", 60)
        await opened.take_lease("nahr", "two", 60)
        await opened.release_lease(first)
        return first, await opened.take_lease("waha", "two", 60)

    first, second = store.run(scenario)
    assert (first.owner, second.owner) == ("one", "two")
    assert second.token > first.token


def test_who_holds_a_lease_can_be_asked(store: SyncStore) -> None:
    async def scenario(opened: Store) -> list[Lease | None]:
        unknown = await opened.held_lease("waha")
        lease = await opened.take_lease("waha", "one", 60)
        held = await opened.held_lease("waha")
        await opened.release_lease(lease)
        free = await opened.held_lease("waha")
        await opened.take_lease("waha", "two", 0.05)
        await asyncio.sleep(0.1)
        assert held == lease
        return [unknown, free, await opened.held_lease("waha")]

    assert store.run(scenario) == [None, None, None]


def test_a_lease_that_ran_out_is_taken_over_and_its_owner_is_told(store: SyncStore) -> None:
    async def scenario(opened: Store) -> None:
        first = await opened.take_lease("waha", "one", 0.3)
        first = await opened.renew_lease(first, 0.6)
        await asyncio.sleep(0.35)
        with pytest.raises(LeaseHeld):
            await opened.take_lease("waha", "two", 60)
        await asyncio.sleep(0.35)
        second = await opened.take_lease("waha", "two", 60)
        with pytest.raises(LeaseHeld, match="held by two"):
            await opened.renew_lease(first, 60)
        await opened.release_lease(first)  # which is no more his to give back
        with pytest.raises(LeaseHeld, match="held by two"):
            await opened.take_lease("waha", "three", 60)
        await opened.release_lease(second)

    store.run(scenario)


def test_a_dead_owners_lease_is_taken_at_once_but_only_that_one(store: SyncStore) -> None:
    async def scenario(opened: Store) -> Lease:
        dead = await opened.take_lease("waha", "dead", 60)
        second = await opened.take_lease("waha", "two", 60, over=dead.token)
        with pytest.raises(LeaseHeld, match="held by two"):
            await opened.take_lease("waha", "three", 60, over=dead.token)
        return second

    assert store.run(scenario).owner == "two"


def test_of_many_who_take_a_lease_at_once_one_gets_it(store: SyncStore) -> None:
    async def scenario(opened: Store) -> list[Lease | BaseException]:
        taking = [opened.take_lease("waha", str(number), 60) for number in range(20)]
        return list(await asyncio.gather(*taking, return_exceptions=True))

    answers = store.run(scenario)
    assert sum(isinstance(answer, Lease) for answer in answers) == 1
    assert sum(isinstance(answer, LeaseHeld) for answer in answers) == 19
