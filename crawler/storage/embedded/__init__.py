"""The embedded default: one SQLite file, safe for several processes on one machine.

Needs SQLite 3.40 (Debian 12): FTS5, row values, no JSONB.
"""

from crawler.storage.embedded.store import EmbeddedStore, open_embedded

__all__ = ["EmbeddedStore", "open_embedded"]
