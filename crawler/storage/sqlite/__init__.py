"""The default store: one SQLite file, safe for several processes on one machine.

Needs SQLite 3.40 (Debian 12): FTS5, row values, no JSONB.
"""

from crawler.storage.sqlite.store import SqliteStore, open_sqlite

__all__ = ["SqliteStore", "open_sqlite"]
