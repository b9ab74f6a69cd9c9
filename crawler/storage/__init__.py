"""Where stories are kept: one protocol, MongoDB and an embedded default behind it."""

from crawler.storage.opening import open_store
from crawler.storage.protocol import (
    Boilerplate,
    Copy,
    Lease,
    LeaseHeld,
    Move,
    Outcome,
    Revision,
    Run,
    Saved,
    Store,
    StoredArticle,
    StoreError,
    StoreUnavailable,
    Story,
)

__all__ = [
    "Boilerplate",
    "Copy",
    "Lease",
    "LeaseHeld",
    "Move",
    "Outcome",
    "Revision",
    "Run",
    "Saved",
    "Store",
    "StoreError",
    "StoreUnavailable",
    "StoredArticle",
    "Story",
    "open_store",
]
