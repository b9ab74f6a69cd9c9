"""The tables, and the opening of a connection to them."""

import sqlite3
from pathlib import Path

from crawler.storage.protocol import StoreError
from crawler.storage.schemas import no_store, older_schema, other_schema, unfinished_schema
from crawler.storage.sqlite import upgrade
from crawler.storage.sqlite.views import VIEWS

SCHEMA_VERSION = 6
APPLICATION_ID = 0x4B484252  # "KHBR": tells our files from other SQLite files

# Times are whole milliseconds since 1970, UTC. `document` is the article as crawler.storage.codec
# writes it; the columns beside it are looked up. crawler.storage.sqlite.rows maps the names of
# columns to the words of the code: text, keys, size, day, face and rules are the signature,
# `entries` holds the postings, `stopped` the stop keys. Rowid tables with UNIQUE keys: measured
# faster than WITHOUT ROWID, but for `entries`, whose rows are their keys. Buckets of days stand
# first there: most that is written and looked up is recent, so a save touches the same few pages
# however much is stored. The words are already folded and split by one space, which the ascii
# tokenizer leaves as they are.
_SCHEMA = """
CREATE TABLE articles (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    canonical_url TEXT NOT NULL UNIQUE,
    story_id TEXT NOT NULL,
    story_time INTEGER NOT NULL,
    time INTEGER NOT NULL,
    published INTEGER,
    first_seen INTEGER NOT NULL,
    first_fetched INTEGER NOT NULL,
    revisions INTEGER NOT NULL,
    outlet TEXT,
    language TEXT,
    place TEXT,
    text INTEGER,
    keys BLOB NOT NULL,
    size INTEGER NOT NULL,
    day INTEGER NOT NULL,
    face INTEGER NOT NULL,
    rules INTEGER NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX articles_by_time ON articles (time, id);
CREATE INDEX articles_by_story ON articles (story_time, story_id);
CREATE INDEX articles_of_story ON articles (story_id);
CREATE INDEX articles_by_text ON articles (text) WHERE text IS NOT NULL;
CREATE INDEX articles_of_outlet ON articles (outlet, time, id);
CREATE TABLE sources (
    source TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (number),
    UNIQUE (source, article)
);
CREATE INDEX sources_of_article ON sources (article);
CREATE VIRTUAL TABLE words USING fts5 (folded, detail = none, tokenize = 'ascii');
CREATE TABLE revisions (
    number INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (number),
    first_seen INTEGER NOT NULL,
    digest TEXT NOT NULL,
    position INTEGER NOT NULL,
    document TEXT NOT NULL,
    UNIQUE (article, first_seen, digest)
);
CREATE TABLE entries (
    bucket INTEGER NOT NULL,
    key INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (bucket, key, article)
) WITHOUT ROWID;
CREATE TABLE stopped (key INTEGER PRIMARY KEY);
CREATE TABLE links (
    number INTEGER PRIMARY KEY,
    article_a TEXT NOT NULL,
    article_b TEXT NOT NULL,
    face_a INTEGER NOT NULL,
    face_b INTEGER NOT NULL,
    text_a INTEGER NOT NULL,
    text_b INTEGER NOT NULL,
    UNIQUE (article_a, article_b, face_a, face_b)
);
CREATE INDEX links_of_text_a ON links (text_a);
CREATE INDEX links_of_text_b ON links (text_b);
CREATE TABLE boilerplate (outlet TEXT PRIMARY KEY, version INTEGER NOT NULL, keys TEXT NOT NULL);
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE runs (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    outlet TEXT NOT NULL,
    started INTEGER NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX runs_by_start ON runs (started, id);
"""

# What crawls go on from, and the look-ups by which an outlet's health and stories are told.
# `document` is a crawler.frontier.TrackedUrl; `due` stands beside it only where it is not null.
_STATE = """
CREATE TABLE pages (
    number INTEGER PRIMARY KEY,
    outlet TEXT NOT NULL,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    due INTEGER,
    looked INTEGER,
    document TEXT NOT NULL,
    UNIQUE (outlet, address)
);
CREATE INDEX pages_due ON pages (outlet, kind, due, address) WHERE due IS NOT NULL;
CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    token INTEGER NOT NULL,
    until INTEGER NOT NULL
);
CREATE INDEX runs_of_outlet ON runs (outlet, started, id);
CREATE INDEX stories_of_outlet ON articles (outlet, story_id);
"""

# Former ids of articles, and the lines of outlets' templates that never rest.
_ALIASES = """
CREATE TABLE aliases (id TEXT PRIMARY KEY, article_id TEXT NOT NULL);
ALTER TABLE boilerplate ADD COLUMN restless TEXT NOT NULL DEFAULT '[]';
INSERT INTO notes (name, value) VALUES ('upgrade', 'addresses');
"""

# Articles that were removed for good. `document` is a crawler.stories.tombstones.Tombstone; of a
# lifted one it still tells which story goes on, but it has no keys.
_REMOVALS = """
CREATE TABLE IF NOT EXISTS tombstones (
    id TEXT PRIMARY KEY,
    time INTEGER NOT NULL,
    successor TEXT,
    forgotten INTEGER NOT NULL,
    lifted INTEGER,
    document TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS tombstones_by_forgotten ON tombstones (forgotten, id);
CREATE TABLE IF NOT EXISTS tombstone_keys (
    key TEXT NOT NULL,
    tombstone TEXT NOT NULL REFERENCES tombstones (id),
    PRIMARY KEY (key, tombstone)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS keys_of_tombstone ON tombstone_keys (tombstone);
CREATE TABLE IF NOT EXISTS retentions (
    outlet TEXT PRIMARY KEY,
    before INTEGER NOT NULL,
    reason TEXT NOT NULL,
    forgotten INTEGER NOT NULL
);
"""

# The words of articles, in order, without the texts; they are already folded and split by one
# space, which the ascii tokenizer leaves as they are. See crawler.storage.sqlite.word_index.
_WORDS = """
DROP TABLE words;
CREATE VIRTUAL TABLE words USING fts5 (
    headline, body, content = '', detail = full, tokenize = "ascii tokenchars '.'"
);
CREATE VIRTUAL TABLE indexed_words USING fts5vocab (words, instance);
CREATE TABLE foldings (article INTEGER PRIMARY KEY, version INTEGER NOT NULL);
CREATE TABLE vocabulary (word TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO notes (name, value) VALUES ('upgrade_words', '');
"""

# What watches told of: crawler.watches.
_WATCHES = """
CREATE TABLE IF NOT EXISTS told (
    watch TEXT NOT NULL,
    article TEXT NOT NULL,
    event TEXT NOT NULL,
    revisions INTEGER NOT NULL,
    is_told INTEGER NOT NULL,
    PRIMARY KEY (watch, article)
) WITHOUT ROWID;
"""

_DAY = "date({time} / 1000.0, 'unixepoch')"


def _marking(*rows: str) -> str:
    """Return statements of a trigger that mark the days of `rows` (NEW, OLD) stale, and take away
    the token of whoever counts them (`crawler.storage.sqlite.tallies`)."""
    return "".join(
        f"INSERT INTO stale_days (day) VALUES ({_DAY.format(time=f'{row}.story_time')})"  # noqa: S608
        " ON CONFLICT (day) DO UPDATE SET counting = NULL WHERE counting IS NOT NULL;"
        for row in rows
    )


# The numbers of days. `document` is a crawler.stories.tallies.Tally.
_TALLIES = f"""
CREATE TABLE day_tallies (
    day TEXT PRIMARY KEY, counted_at INTEGER NOT NULL, document TEXT NOT NULL
);
CREATE TABLE stale_days (day TEXT PRIMARY KEY, counting TEXT) WITHOUT ROWID;
CREATE TRIGGER stale_by_insert AFTER INSERT ON articles BEGIN {_marking("NEW")} END;
CREATE TRIGGER stale_by_delete AFTER DELETE ON articles BEGIN {_marking("OLD")} END;
CREATE TRIGGER stale_by_update AFTER UPDATE OF story_id, story_time, document ON articles
BEGIN {_marking("OLD", "NEW")} END;
INSERT INTO stale_days (day) SELECT DISTINCT {_DAY.format(time="story_time")} FROM articles;
"""  # noqa: S608
_ADDED = {2: _STATE, 3: _ALIASES, 4: _REMOVALS + _WATCHES + VIEWS + _WORDS, 5: _TALLIES}
"""The statements that make of each older schema the one after it."""


def connect(path: Path, busy_timeout: float) -> sqlite3.Connection:
    """Return a connection to the store at `path`, which is made where it is missing.

    The caller holds the store's lock. Raises StoreError for a file that is not a store of ours,
    sqlite3.Error for a file that cannot be opened.
    """
    connection = sqlite3.connect(path, timeout=busy_timeout, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        _prepare(connection, path)
        upgrade.read_addresses_anew(connection)
        upgrade.index_words_anew(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def require_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StoreError for a file that is not a store of ours, or has another schema than this;
    StoreUnavailable for a store that is being made or upgraded."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not tables:
        raise no_store(path)
    _require_ours(path, application)
    if version in _ADDED:
        raise older_schema(path, version, SCHEMA_VERSION)
    if version != SCHEMA_VERSION:
        raise other_schema(path, version, SCHEMA_VERSION)
    unfinished = "SELECT 1 FROM notes WHERE name IN ('upgrade', 'upgrade_words')"
    if connection.execute(unfinished).fetchone():
        raise unfinished_schema(path)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if (application, version) == (APPLICATION_ID, SCHEMA_VERSION):
        return
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    statements = "".join((_SCHEMA, *_ADDED.values()))
    if tables:
        _require_ours(path, application)
        if version not in _ADDED:
            raise other_schema(path, version, SCHEMA_VERSION)
        statements = "".join(_ADDED[older] for older in range(version, SCHEMA_VERSION))
    connection.executescript(
        f"BEGIN IMMEDIATE; {statements} PRAGMA application_id = {APPLICATION_ID};"
        f" PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
    )


def _require_ours(path: Path, application: int) -> None:
    if application != APPLICATION_ID:
        raise StoreError(f"{path}: an SQLite file, but not a store of stories")
