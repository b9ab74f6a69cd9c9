"""A timeout for calls of the store."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from crawler.storage import StoreUnavailable

_Result = TypeVar("_Result")


class StoreTimeout(StoreUnavailable):
    """The store gave no answer in time."""


async def run_with_timeout(seconds: float, work: Coroutine[Any, Any, _Result]) -> _Result:
    """Return the result of `work`. Raises StoreTimeout when it takes longer than `seconds`.

    `asyncio.timeout` and `asyncio.wait_for` cancel the work and then wait for it, for ever where
    the cancellation is lost: on Python 3.11 the MongoDB driver can swallow one. Here the work is
    cancelled and left to itself.
    """
    task = asyncio.create_task(work)
    try:
        await asyncio.wait([task], timeout=seconds)
        if not task.done():
            raise StoreTimeout(f"the store gave no answer within {seconds:g} seconds")
        return task.result()
    finally:
        if not task.done():
            task.add_done_callback(_take_exception)
            task.cancel()


def _take_exception(task: "asyncio.Task[Any]") -> None:
    """Take the exception of a task that nobody waits for, or asyncio would log it."""
    if not task.cancelled():
        task.exception()
