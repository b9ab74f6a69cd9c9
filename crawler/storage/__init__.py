"""The store of stories: one protocol, implemented by MongoDB and by SQLite, the default."""

from crawler.storage.opening import open_store
from crawler.storage.protocol import (
    FrontierStore,
    GroupingStore,
    Hit,
    Lease,
    LeaseHeld,
    LeaseStore,
    RemovalStore,
    Run,
    RunStore,
    Store,
    StoreError,
    StoreUnavailable,
    StoryStore,
)
from crawler.stories.model import (
    Boilerplate,
    Copy,
    Move,
    Revision,
    Saved,
    SaveOutcome,
    StoredArticle,
    Story,
)
from crawler.stories.tombstones import Retention, Tombstone

__all__ = [
    "Boilerplate",
    "Copy",
    "FrontierStore",
    "GroupingStore",
    "Hit",
    "Lease",
    "LeaseHeld",
    "LeaseStore",
    "Move",
    "RemovalStore",
    "Retention",
    "Revision",
    "Run",
    "RunStore",
    "SaveOutcome",
    "Saved",
    "Store",
    "StoreError",
    "StoreUnavailable",
    "StoredArticle",
    "Story",
    "StoryStore",
    "Tombstone",
    "open_store",
]
