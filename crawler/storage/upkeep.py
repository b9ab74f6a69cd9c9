"""The protocol of looking after a store: grouping and moving what is stored, copying, checking.

A part of `crawler.storage.protocol`, and promised as that is.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from crawler.outlet import Outlet
from crawler.storage.record import Record, RecordKind
from crawler.stories.model import Boilerplate, Move


class GroupingReader(Protocol):
    """The knowledge by which articles are grouped into stories."""

    async def boilerplate(self, outlet: str) -> Boilerplate:
        """Return the paragraphs that `outlet` prints under many stories, as far as learned."""
        ...


class GroupingStore(GroupingReader, Protocol):
    """The knowledge by which articles are grouped into stories, and grouping them anew.

    Articles saved after a change of that knowledge are grouped by it; those stored before need
    `regroup`.
    """

    async def set_boilerplate(
        self, outlet: str, keys: frozenset[str], restless: frozenset[str] | None = None
    ) -> Boilerplate:
        """Replace the boilerplate of `outlet`; its version grows if that changes anything.

        restless: keys of the lines that never rest; None keeps those that are known.
        """
        ...

    async def stop_keys(self) -> frozenset[int]:
        """Return the keys and text hashes that find no copies (`crawler.stories.candidates`)."""
        ...

    async def set_stop_keys(self, keys: frozenset[int]) -> None:
        """Replace the stop keys."""
        ...

    async def regroup(self, article_ids: Sequence[str]) -> list[Move]:
        """Group stored articles by today's rules, boilerplate and stop keys.

        Returns the moves of all articles of the stories that changed. No stop keys are detected
        meanwhile, so that whoever regroups all articles finds the same stories in whatever order.
        """
        ...

    async def checkpoint(self, job: str) -> str | None:
        """Return the text from which the long job `job` is to resume, None if it has left no
        checkpoint."""
        ...

    async def set_checkpoint(self, job: str, value: str | None) -> None:
        """Leave a checkpoint of the job `job`; None removes it."""
        ...


class ReaddressingStore(Protocol):
    """Moving what is stored of an outlet to the addresses that its declaration gives
    (`crawler.storage.readdressing`)."""

    async def extend_tombstones(self, outlet: Outlet) -> None:
        """Refuse the removed articles of `outlet` at the addresses too that its declaration gives,
        where nothing stands yet."""
        ...

    async def misplaced_articles(self, outlet: Outlet) -> dict[str, str]:
        """Return the addresses that the declaration gives for articles of `outlet` which stand at
        others, by article id."""
        ...

    async def move_articles(self, outlet: Outlet, article_ids: Sequence[str]) -> int:
        """Move articles of `outlet` to the addresses that its declaration gives, together with
        those that stand there already; return how many have moved.

        Their former ids stay as aliases. An article stays where it is if it may not be stored
        there. What an interrupted call has left is done first.
        """
        ...

    async def move_tracked_urls(self, outlet: Outlet) -> None:
        """Move what the frontier knows of articles of `outlet` in the same way."""
        ...


class TransferStore(Protocol):
    """Reading and writing all that a store holds (`crawler.storage.copying`)."""

    async def read_records(self, kind: RecordKind, after: Any, size: int) -> list[Record]:
        """Return the next records of a kind, at most `size`; none at the end. after: the `after` of
        the last record before them, None for the first."""
        ...

    async def write_records(self, kind: RecordKind, records: Sequence[Record]) -> None:
        """Write each record over what was stored under its key; durable when this returns."""
        ...

    async def expect_many_records(self) -> None:
        """Make the store ready for many records: until `index_records` nothing need be found in
        it. Whoever opens the store after a crash makes up for what was not indexed."""
        ...

    async def index_records(self) -> None:
        """Index what was written since `expect_many_records`."""
        ...

    async def remove_records(self, kind: RecordKind, keys: Sequence[str]) -> None:
        """Remove the links or aliases with these keys. Other kinds are removed by other means."""
        ...


UNREADABLE = (AttributeError, LookupError, TypeError, ValueError)
"""What is raised for a stored document that no version of ours has written."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Something derived from an article that does not follow from it, or a fault of the store's
    own files.

    article_id: "" for the latter. is_lasting: True if writing the article anew does not mend it.
    """

    article_id: str
    problem: str
    is_lasting: bool = False


class MaintenanceStore(Protocol):
    """Looking after a store."""

    def damage(self) -> AsyncIterator[Damage]:
        """Yield what is wrong with the store's files, and with what is derived from articles."""
        ...

    async def backup(self, path: Path) -> None:
        """Write all that the store holds into a new file, while others go on writing to the store;
        the file stands under its name only when it is whole.

        Raises StoreError if it cannot be written, or where the store's server has tools of its own,
        which the error names.
        """
        ...
