"""Grouping stored articles anew, after the rules or the boilerplate of outlets have changed.

The walk over the store; what it reports is put together in `crawler.stories.regrouping`.
"""

import json
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

from crawler.storage.learning import boilerplate_in, learn_boilerplate
from crawler.storage.opening import open_store
from crawler.storage.protocol import Store
from crawler.stories.model import Move, StoredArticle
from crawler.stories.regrouping import Moves, Regrouped
from crawler.stories.signature import RULES_VERSION

_BATCH = 100  # articles
_JOB = "regroup"  # the name under which the store keeps the checkpoint of a regrouping

Progress = Callable[[int], None]
"""Called with the number of articles that were just looked at. Each article is looked at twice:
first on trial."""


def _no_progress(_: int) -> None:
    pass


async def regroup(
    store: Store,
    *,
    outlet: str | None = None,
    since: datetime | None = None,
    progress: Progress = _no_progress,
) -> Regrouped:
    """Group the articles of `outlet` and since `since` by today's rules, newest first, in batches.

    With neither, all articles are grouped, stop keys are found anew too, and so the same articles
    end in the same stories in whatever order they came. An interrupted run resumes when called
    again with the same arguments; moves already reported are not repeated. A second whole run
    changes nothing.
    """
    scope = json.dumps(
        {"rules": RULES_VERSION, "outlet": outlet, "since": since and since.isoformat()}
    )
    after = await _resume_after(store, scope)
    if after is None:
        for name in await store.outlets() if outlet is None else [outlet]:
            await learn_boilerplate(store, name)
        if outlet is None and since is None:
            async with _scratch_store(store, None, None, progress) as (scratch, _):
                await store.set_stop_keys(await scratch.stop_keys())
    article_count, moves = 0, Moves()
    async for batch in _batches(store.articles(outlet=outlet, since=since, after=after)):
        moves.add(await store.regroup([stored.id for stored in batch]))
        await store.set_checkpoint(_JOB, json.dumps({"asked": scope, "after": batch[-1].id}))
        article_count += len(batch)
        progress(len(batch))
    await store.set_checkpoint(_JOB, None)
    return moves.report(article_count)


async def rehearse(
    store: Store,
    *,
    outlet: str | None = None,
    since: datetime | None = None,
    progress: Progress = _no_progress,
) -> Regrouped:
    """Return what `regroup` would do with the same articles, and change nothing.

    The articles are grouped in a store of their own.
    """
    async with _scratch_store(store, outlet, since, progress) as (scratch, before):
        ids = list(before)
        for start in range(0, len(ids), _BATCH):
            batch = ids[start : start + _BATCH]
            await scratch.regroup(batch)
            progress(len(batch))
        moves = Moves()
        async for stored in scratch.articles():
            moves.add([Move(stored.id, before[stored.id], stored.story_id)])
    return moves.report(len(before))


@asynccontextmanager
async def _scratch_store(
    store: Store, outlet: str | None, since: datetime | None, progress: Progress
) -> AsyncIterator[tuple[Store, dict[str, str]]]:
    """Give a temporary store of the articles, and the story of each in `store` by article id.

    They are saved newest first, as if nothing had been known of them: which keys turn out to be
    stop keys does not depend on the order in which the articles once came.
    """
    with tempfile.TemporaryDirectory(prefix="khabar-regroup-") as folder:
        async with open_store(f"sqlite:///{folder}/scratch.db") as scratch:
            for name in await store.outlets() if outlet is None else [outlet]:
                await scratch.set_boilerplate(name, await boilerplate_in(store, name))
            stories: dict[str, str] = {}
            async for batch in _batches(store.articles(outlet=outlet, since=since)):
                stories |= {stored.id: stored.story_id for stored in batch}
                # Who owns an address was decided when they were stored.
                await scratch.save_many(
                    replace(stored.article, own_url=stored.article.canonical_url)
                    for stored in batch
                )
                progress(len(batch))
            yield scratch, stories


async def _batches(articles: AsyncIterator[StoredArticle]) -> AsyncIterator[list[StoredArticle]]:
    batch: list[StoredArticle] = []
    async for stored in articles:
        batch.append(stored)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


async def _resume_after(store: Store, scope: str) -> str | None:
    """Return the id of the last article that an interrupted run with the same scope has grouped."""
    checkpoint = json.loads(await store.checkpoint(_JOB) or "{}")
    return checkpoint["after"] if checkpoint.get("asked") == scope else None
