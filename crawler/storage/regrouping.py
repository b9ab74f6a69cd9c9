"""Grouping anew what is stored, after the rules or what is known of the outlets have changed."""

import json
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from crawler.storage.learning import learn, learned
from crawler.storage.likeness import RULES
from crawler.storage.opening import open_store
from crawler.storage.protocol import Move, Store, StoredArticle

_BATCH = 100
_NOTE = "regroup"

Progress = Callable[[int], None]
"""Called with the number of articles that were done just now. All of them are done twice: first on
trial."""


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What came of it. joined: today's story and the former ones in it; parted: a former story and
    today's."""

    seen: int
    joined: dict[str, list[str]]
    parted: dict[str, list[str]]


async def regroup(
    store: Store,
    *,
    outlet: str | None = None,
    since: datetime | None = None,
    progress: Progress = lambda _: None,
) -> Regrouped:
    """Group stored articles by today's rules, newest first, in batches.

    What is a formula and no story is found anew too when all articles are asked for, so that these
    end in the same stories in whatever order they came. A work that was broken off is gone on with
    when it is asked for again, in the same words; what it had changed before is not told again. A
    second whole one changes nothing.
    """
    asked = json.dumps({"rules": RULES, "outlet": outlet, "since": since and since.isoformat()})
    after = await _left_off(store, asked)
    if after is None:
        for name in await store.outlets() if outlet is None else [outlet]:
            await learn(store, name)
        if outlet is None and since is None:
            async with _scratch(store, None, None, progress) as (scratch, _):
                await store.set_stopped(await scratch.stopped())
    seen, moved = 0, _Moves()
    batch: list[str] = []

    async def done() -> None:
        nonlocal seen
        moved.add(await store.regroup(batch))
        await store.set_note(_NOTE, json.dumps({"asked": asked, "after": batch[-1]}))
        seen += len(batch)
        progress(len(batch))
        batch.clear()

    async for stored in store.articles(outlet=outlet, since=since, after=after):
        batch.append(stored.id)
        if len(batch) == _BATCH:
            await done()
    if batch:
        await done()
    await store.set_note(_NOTE, None)
    return moved.report(seen)


async def rehearse(
    store: Store,
    *,
    outlet: str | None = None,
    since: datetime | None = None,
    progress: Progress = lambda _: None,
) -> Regrouped:
    """What `regroup` would do, among the articles that are asked for; nothing is changed.

    They are grouped in a store of their own.
    """
    async with _scratch(store, outlet, since, progress) as (scratch, before):
        ids = list(before)
        for start in range(0, len(ids), _BATCH):
            batch = ids[start : start + _BATCH]
            await scratch.regroup(batch)
            progress(len(batch))
        moved = _Moves()
        async for stored in scratch.articles():
            moved.add([Move(stored.id, before[stored.id], stored.story_id)])
    return moved.report(len(before))


@asynccontextmanager
async def _scratch(
    store: Store, outlet: str | None, since: datetime | None, progress: Progress
) -> AsyncIterator[tuple[Store, dict[str, str]]]:
    """A store, thrown away afterwards, of the articles that are asked for, and the stories that
    they are in now.

    They are saved newest first, as if nothing had been known of them: what turns out to be a
    formula there does not depend on the order in which they once came.
    """
    with tempfile.TemporaryDirectory(prefix="khabar-regroup-") as folder:
        async with open_store(f"sqlite:///{folder}/scratch.db") as scratch:
            for name in await store.outlets() if outlet is None else [outlet]:
                await scratch.set_boilerplate(name, await learned(store, name))
            before: dict[str, str] = {}
            batch: list[StoredArticle] = []

            async def done() -> None:
                await scratch.save_many(stored.article for stored in batch)
                progress(len(batch))
                batch.clear()

            async for stored in store.articles(outlet=outlet, since=since):
                before[stored.id] = stored.story_id
                batch.append(stored)
                if len(batch) == _BATCH:
                    await done()
            if batch:
                await done()
            yield scratch, before


class _Moves:
    """Where articles were at first and are at last."""

    def __init__(self) -> None:
        self._before: dict[str, str] = {}
        self._after: dict[str, str] = {}

    def add(self, moves: Iterable[Move]) -> None:
        for move in moves:
            self._before.setdefault(move.article_id, move.before)
            self._after[move.article_id] = move.after

    def report(self, seen: int) -> Regrouped:
        pairs = [(self._before[article], after) for article, after in self._after.items()]
        return Regrouped(
            seen, _several((after, before) for before, after in pairs), _several(pairs)
        )


def _several(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The firsts that stand with more than one second, and these."""
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
    return {one: sorted(others) for one, others in sorted(found.items()) if len(others) > 1}


async def _left_off(store: Store, asked: str) -> str | None:
    """The article that the same work was broken off after."""
    note = json.loads(await store.note(_NOTE) or "{}")
    return note["after"] if note.get("asked") == asked else None
