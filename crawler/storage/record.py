"""Records: what a store holds, in a form that either kind of store reads and writes.

Not among them are the words, sources, postings and claims by which articles are found, since they
follow from the articles; and leases, which belong to one store.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

RecordKind = Literal[
    "boilerplate",
    "stop keys",
    "tombstones",
    "retentions",
    "articles",
    "links",
    "aliases",
    "tracked addresses",
    "runs",
    "told by watches",
    "notes",
]

RECORD_KINDS: Sequence[RecordKind] = get_args(RecordKind)
"""The kinds in the order in which they are copied: what refuses articles comes before them."""

COPY_NOTE = "copy-store"
"""The name of the note in which a copy keeps how far it has come."""

PRUNE_NOTE = "prune_vocabulary"
"""The name of the note that the vocabulary may hold words which no article has."""

OWN_NOTES = (COPY_NOTE, PRUNE_NOTE, "upgrade", "upgrade_words")
"""Names of the notes about a store itself, which are not copied."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a kind.

    key: a text, or the number of a stop key. position: by which records of the kind are ordered,
    where that is not the key.
    """

    key: Any
    values: dict[str, Any]
    position: Any = None

    @property
    def after(self) -> Any:
        """What the records behind this one are read by."""
        return self.key if self.position is None else self.position
