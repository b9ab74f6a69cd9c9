"""The default store: one SQLite file, safe for several processes on one machine.

Needs SQLite 3.40 (Debian 12): FTS5, row values, no JSONB.
"""

from crawler.storage.sqlite.store import SqliteReader, SqliteStore, open_sqlite, open_sqlite_reader

__all__ = ["SqliteReader", "SqliteStore", "open_sqlite", "open_sqlite_reader"]
