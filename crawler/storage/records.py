"""The values that stores hold, as records (`crawler.storage.record`), and back."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from crawler.storage.codec import (
    article_from_document,
    article_to_document,
    dumps,
    to_milliseconds,
    tombstone_to_document,
)
from crawler.storage.record import Record
from crawler.stories.grouping import StorySlot
from crawler.stories.links import TextLink
from crawler.stories.signature import Signature
from crawler.stories.tombstones import Retention, Tombstone
from crawler.stories.versions import Current, OldVersion


@dataclass(frozen=True, slots=True)
class CopiedArticle:
    """An article with its older texts, oldest first, its signature and its slot."""

    id: str
    current: Current
    signature: Signature
    slot: StorySlot
    older: Sequence[OldVersion]

    def to_record(self) -> Record:
        """Return the article as a record. Articles are ordered by time: the postings of one day
        stand side by side, and are written at once."""
        current = self.current
        older = sorted(self.older, key=lambda old: (old.order, old.first_seen))
        return Record(
            self.id,
            {
                "article": article_to_document(current.article),
                "first_seen": current.first_seen,
                "first_fetched": current.first_fetched,
                "revisions": current.revisions,
                "signature": asdict(self.signature),
                "slot": asdict(self.slot),
                "older": [
                    {
                        "article": article_to_document(old.article),
                        "first_seen": old.first_seen,
                        "order": old.order,
                    }
                    for old in older
                ],
            },
            position=[to_milliseconds(current.time), self.id],
        )

    @classmethod
    def from_record(cls, record: Record) -> "CopiedArticle":
        """Return the article in `record`."""
        values = record.values
        signature = values["signature"]
        return cls(
            record.key,
            Current(
                article_from_document(values["article"]),
                values["first_seen"],
                values["first_fetched"],
                values["revisions"],
            ),
            Signature(**{**signature, "keys": tuple(signature["keys"])}),
            StorySlot(**values["slot"]),
            [
                OldVersion(article_from_document(old["article"]), old["first_seen"], old["order"])
                for old in values["older"]
            ],
        )


def link_to_record(link: TextLink) -> Record:
    """Return `link` as a record."""
    key = ":".join(map(str, (*link.articles, *link.inputs_hashes)))
    return Record(key, asdict(link))


def link_from_record(record: Record) -> TextLink:
    """Return the link in `record`."""
    return TextLink(**{name: tuple(pair) for name, pair in record.values.items()})


def tombstone_to_record(tombstone: Tombstone, lifted: datetime | None) -> Record:
    """Return `tombstone` as a record. lifted: when it was lifted, None if it was not."""
    values = {"tombstone": tombstone_to_document(tombstone), "lifted": lifted}
    return Record(tombstone.id, values)


def retention_to_record(retention: Retention) -> Record:
    """Return `retention` as a record."""
    return Record(retention.outlet, asdict(retention))


def digest(record: Record) -> bytes:
    """Return a hash of a record that does not depend on the store it was read from."""
    return hashlib.sha256(dumps({"key": record.key, **_sorted(record.values)}).encode()).digest()


def _sorted(value: Any) -> Any:
    """Return `value` with the keys of all documents in order."""
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    if isinstance(value, list | tuple):
        return [_sorted(item) for item in value]
    return value
