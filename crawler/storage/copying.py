"""Copying all that one store holds into another one, of either kind."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from crawler.storage.protocol import Store, StoreError
from crawler.storage.record import COPY_NOTE, RECORD_KINDS, RecordKind
from crawler.storage.records import digest

_BATCH = 500  # records
_ALL_HASHES = 2**256

Progress = Callable[[str, int], None]
"""Called with what is being done, and the number of records that were just looked at."""


@dataclass(frozen=True, slots=True)
class Verified:
    """The comparison of one kind of records in both stores.

    copied, original: numbers of records. same: True if both stores hold the same records.
    """

    kind: RecordKind
    original: int
    copied: int
    same: bool


async def copy_store(origin: Store, target: Store, name: str, progress: Progress) -> None:
    """Copy all records of `origin` into `target`, which must be empty, or hold what an interrupted
    copy of the store `name` has left: the copy goes on from there.

    Raises StoreError for a target that holds something else.
    """
    position = await _resume(target, name)
    # Before the first record: a copy that dies behind that one has to know its own work.
    await target.set_checkpoint(COPY_NOTE, position.note(name))
    await target.expect_many_records()
    for kind in RECORD_KINDS[position.done :]:
        after = position.after
        while records := await origin.read_records(kind, after, _BATCH):
            await target.write_records(kind, records)
            after = records[-1].after
            position = _Position(position.done, after)
            await target.set_checkpoint(COPY_NOTE, position.note(name))
            progress(f"copying {kind}", len(records))
        position = _Position(position.done + 1)
        await target.set_checkpoint(COPY_NOTE, position.note(name))
    await target.index_records()


async def verify_copy(origin: Store, target: Store, progress: Progress) -> list[Verified]:
    """Compare all records of both stores, kind by kind."""
    results = []
    for kind in RECORD_KINDS:
        original, first = await _sum(origin, kind, progress)
        copied, second = await _sum(target, kind, progress)
        same = (original, first) == (copied, second)
        results.append(Verified(kind, original, copied, same))
    return results


async def end_copy(target: Store, name: str, *, is_verified: bool) -> None:
    """Have a copy of the store `name` that is not verified begin anew when it is asked for again;
    refuse one into `target` otherwise."""
    await target.set_checkpoint(COPY_NOTE, None if is_verified else _Position(0).note(name))


@dataclass(frozen=True, slots=True)
class _Position:
    """How far a copy has come. done: number of kinds. after: the last key of the next kind."""

    done: int = 0
    after: object = None

    def note(self, name: str) -> str:
        return json.dumps({"from": name, "done": self.done, "after": self.after})


async def _resume(target: Store, name: str) -> _Position:
    note = await target.checkpoint(COPY_NOTE)
    if note is not None:
        values = json.loads(note)
        if values["from"] == name:
            return _Position(values["done"], values["after"])
        raise StoreError(f"the target holds a part of a copy of {values['from']}")
    for kind in RECORD_KINDS:
        if await target.read_records(kind, None, 1):
            raise StoreError(f"the target is not empty: it holds {kind}")
    return _Position()


async def _sum(store: Store, kind: RecordKind, progress: Progress) -> tuple[int, int]:
    """Return the number of records of a kind and the sum of their hashes, whatever their order."""
    count = total = 0
    after = None
    while records := await store.read_records(kind, after, _BATCH):
        after = records[-1].after
        count += len(records)
        hashes = (int.from_bytes(digest(record), "big") for record in records)
        total = (total + sum(hashes)) % _ALL_HASHES
        progress(f"comparing {kind}", len(records))
    return count, total
