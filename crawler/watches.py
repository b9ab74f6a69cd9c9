"""Watches: each tells of the stories of a query once, and of their changes if asked.

The store notes under the watch's name which articles it has told of. A story of which one copy is
told of is told: another copy, though it be the earliest, makes no new story. A message that may not
have arrived is sent again with the same id. Notes are made before a message is sent and after it
has arrived, so that whenever the process dies, each message arrives at least once.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from crawler.health.hooks import HookError
from crawler.storage import Store, Told
from crawler.stories.model import Story

MAX_FAILURES = 3
"""Messages that may fail in a row: a hook that is down would cost its timeout for each story."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a watch tells.

    id: the same when the message is sent again. changed: ids of the copies that have a new text,
    none of a new story.
    """

    id: str
    watch: str
    event: Literal["new_story", "change"]
    changed: tuple[str, ...]
    story: Story


Send = Callable[[Message], Awaitable[None]]
"""Sends a message; raises HookError when it may not have arrived."""


@dataclass(slots=True)
class Outcome:
    """The number of stories and changes told of, of messages that failed, and the last failure.

    stopped: True if stories were left because the hook failed too often in a row.
    """

    stories: int = 0
    changes: int = 0
    failed: int = 0
    failure: str = ""
    stopped: bool = False


class Watch:
    """One watch over a store.

    changes: tell of new texts of stories that it has told of. send: None to note what is there
    without telling of it.
    """

    def __init__(self, store: Store, name: str, send: Send | None, *, changes: bool) -> None:
        self._store = store
        self._name = name
        self._send = send
        self._changes = changes
        self._outcome = Outcome()
        self._failures_in_a_row = 0

    async def tell(self, stories: AsyncIterator[Story]) -> Outcome:
        """Tell of those of `stories` that are new or have changed. Raises StoreError."""
        async for story in stories:
            await self._look_at(story)
            if self._failures_in_a_row >= MAX_FAILURES:
                self._outcome.stopped = True
                break
        return self._outcome

    async def _look_at(self, story: Story) -> None:
        revisions = await self._revisions(story)
        notes = await self._store.told(self._name, list(revisions))
        if not any(note.is_told for note in notes.values()):
            await self._tell_story(story, revisions, notes)
            return
        changed = tuple(
            article_id
            for article_id, note in notes.items()
            if note.is_told and revisions[article_id] > note.revisions
        )
        if self._changes and changed and not await self._sent(self._change(story, changed, notes)):
            return
        event = next(note.event for note in notes.values() if note.is_told)
        await self._note(event, revisions, notes, is_told=True)

    async def _tell_story(
        self, story: Story, revisions: dict[str, int], notes: dict[str, Told]
    ) -> None:
        event = min((note.event for note in notes.values()), default=None)
        if event is None:
            event = _digest(self._name, story.id)
        message = Message(event, self._name, "new_story", (), story)
        if self._send is not None:
            await self._note(event, revisions, notes, is_told=False)
        if await self._sent(message):
            await self._note(event, revisions, notes, is_told=True)

    def _change(self, story: Story, changed: tuple[str, ...], notes: dict[str, Told]) -> Message:
        texts = [f"{article_id}:{notes[article_id].revisions}" for article_id in sorted(changed)]
        return Message(_digest(self._name, *texts), self._name, "change", changed, story)

    async def _sent(self, message: Message) -> bool:
        """Send a message; return False if it may not have arrived."""
        if self._send is not None:
            try:
                await self._send(message)
            except HookError as error:
                self._failures_in_a_row += 1
                self._outcome.failed += 1
                self._outcome.failure = str(error)
                return False
            self._failures_in_a_row = 0
        if message.event == "new_story":
            self._outcome.stories += 1
        else:
            self._outcome.changes += 1
        return True

    async def _note(
        self, event: str, revisions: dict[str, int], notes: dict[str, Told], *, is_told: bool
    ) -> None:
        """Note all copies of a story, where the notes would be other ones."""
        new = [Told(article_id, event, number, is_told) for article_id, number in revisions.items()]
        changed = [
            note
            for note in new
            if note.article_id not in notes
            or not notes[note.article_id].is_told
            or notes[note.article_id].revisions != note.revisions
        ]
        if changed:
            await self._store.put_told(self._name, changed)

    async def _revisions(self, story: Story) -> dict[str, int]:
        """Return the number of older texts of each copy."""
        ids = [copy.id for copy in story.copies]
        if not story.revisions:
            return dict.fromkeys(ids, 0)
        articles = await asyncio.gather(*(self._store.article(article_id) for article_id in ids))
        return {
            article_id: stored.revisions if stored else 0
            for article_id, stored in zip(ids, articles, strict=True)
        }


def _digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:32]
