"""Saves that wait together go as one batch: a round trip costs the same for one as for twenty.

While a batch is under way the next one gathers; so the busier a crawl is, the less a save costs.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from crawler.storage.protocol import StoreUnavailable
from crawler.stories.model import Saved
from crawler.stories.versions import Incoming

_MAX_BATCH = 100  # articles

_Waiting = tuple[Incoming, "asyncio.Future[Saved]"]


class Batches:
    """Passes single articles on to `save_all`, batch after batch, in order of arrival."""

    def __init__(self, save_all: Callable[[Sequence[Incoming]], Awaitable[list[Saved]]]) -> None:
        self._save_all = save_all
        self._waiting: list[_Waiting] = []
        self._saving: asyncio.Task[None] | None = None

    async def save(self, article: Incoming) -> Saved:
        """Save `article` with the next batch. Raises the error that `save_all` raises for it."""
        answer: asyncio.Future[Saved] = asyncio.get_running_loop().create_future()
        self._waiting.append((article, answer))
        if self._saving is None or self._saving.done():
            self._saving = asyncio.create_task(self._save_waiting())
        return await answer

    async def _save_waiting(self) -> None:
        while self._waiting:
            batch = self._waiting[:_MAX_BATCH]
            del self._waiting[:_MAX_BATCH]
            await self._save_batch(batch)

    async def _save_batch(self, batch: Sequence[_Waiting]) -> None:
        try:
            saved = await self._save_all([article for article, _ in batch])
        except Exception as error:
            if len(batch) > 1 and not isinstance(error, StoreUnavailable):
                for waiting in batch:  # what one article is rejected for is not the others' fault
                    await self._save_batch([waiting])
                return
            for _, answer in batch:
                if not answer.done():  # it is when its caller was cancelled
                    answer.set_exception(error)
            return
        for (_, answer), result in zip(batch, saved, strict=True):
            if not answer.done():
                answer.set_result(result)
