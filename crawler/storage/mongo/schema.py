"""The collections, their indexes, and what an article's document holds besides the article.

`crawler.storage.mongo.documents` maps the names of fields to the words of the code.

articles     `_id` is the article's id; the article's own fields; and beside them
             story_id, story_time    its slot among stories
             time                    its place in lists: published, or first_fetched
             first_seen, first_fetched, revisions
                                     see crawler.stories.versions.Current
             older                   ids of its older texts in `revisions`, in order of arrival
             version                 grows with each change: a writer replaces only the version that
                                     it has read
             pending                 {token, texts, days}: the mark of a writer; see
                                     crawler.storage.mongo.assignment
             text, keys, size, day, face, rules
                                     its signature; see crawler.stories.signature
             place_key, source_keys  filters look at these
             words, folding          hashes of its words, and the version of their folding; see
                                     crawler.storage.mongo.word_index
revisions    older texts; `_id` is article id, first_seen and digest of the text, so writing one
             twice writes it once. A revision that its article's `older` does not name was left by a
             lost race, and does not count
entries      the postings: one document for each key and version of an article, with its bucket of
             days; never changed, only added and removed. A posting under a key that its article
             does not have was left by a writer that died or lost a race, and does not count.
             Besides, for each text, the article that was the first to print it
links        two texts that tell one story; a link whose `faces` are not those of its `articles` is
             broken
stopped      `_id` is a stop key: a key, or the hash of a text, that finds no copies
boilerplate  `_id` is an outlet's name; the keys of its boilerplate, their version, and the lines
             of its template that never rest
notes        `_id` is a name; a value from which a long work resumes
runs         `_id` is the run's id
pages        the frontier (crawler.frontier.TrackedUrl); `_id` is the outlet's name, a space, and
             the address
leases       `_id` is the name of the lease; owner, token, until
aliases      `_id` is a former id of an article; its present id, `article_id`
tombstones   `_id` is the id of an article that was removed for good
             (crawler.stories.tombstones.Tombstone); {articles, texts} in `pending` until all of it
             is removed; a `lifted` one has no keys
retentions   `_id` is an outlet's name; before, reason, forgotten, and `pending` as above
vocabulary   `_id` is a word of some article
told         what a watch told of (crawler.watches); `_id` is the watch's name, a space, and an
             article's id; watch, article, event, revisions, is_told
day_tallies  `_id` is a day in UTC, an ISO date; counted_at, and the `numbers` of its stories as
             JSON (crawler.storage.tallies), once it was counted; `stale` if it has changed since,
             and `counting`, the token of who counts it and has seen no change yet
meta         {_id: "schema", version}
"""

from contextlib import suppress

import pymongo
from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.errors import DuplicateKeyError, OperationFailure

from crawler.storage.mongo.client import Database
from crawler.storage.mongo.documents import LINKED_TEXTS, POSTINGS, TEXT_HASH
from crawler.storage.mongo.upgrade import index_words_anew, mark_all_days, read_addresses_anew
from crawler.storage.protocol import StoreError
from crawler.storage.schemas import no_store, older_schema, other_schema

SCHEMA_VERSION = 6
# Each added collections and fields; for 4 some articles move to other ids; for 5 the words of
# articles become hashes; for 6 the days of articles are marked.
_READABLE = (2, 3, 4, 5, 6)

_INDEXES = {
    "articles": [
        IndexModel([("canonical_url", ASCENDING)], unique=True),
        IndexModel([("time", DESCENDING), ("_id", DESCENDING)]),
        IndexModel([("story_time", DESCENDING), ("story_id", DESCENDING)]),
        IndexModel([("story_id", ASCENDING)]),
        IndexModel([(TEXT_HASH, ASCENDING)]),
        IndexModel([("outlet", ASCENDING), ("time", DESCENDING), ("_id", DESCENDING)]),
        IndexModel([("outlet", ASCENDING), ("story_id", ASCENDING)]),
        IndexModel([("source_keys", ASCENDING)]),
        IndexModel([("pending.token", ASCENDING)], sparse=True),
        IndexModel([("revisions", ASCENDING)], partialFilterExpression={"revisions": {"$gt": 0}}),
    ],
    POSTINGS: [IndexModel([("bucket", ASCENDING), ("key", ASCENDING)])],
    "links": [IndexModel([(LINKED_TEXTS, ASCENDING)])],
    "pages": [
        IndexModel(
            [
                ("outlet", ASCENDING),
                ("kind", ASCENDING),
                ("due", ASCENDING),
                ("address", ASCENDING),
            ],
            partialFilterExpression={"due": {"$type": "date"}},
        ),
        IndexModel(
            [("outlet", ASCENDING), ("looked", ASCENDING)],
            partialFilterExpression={"kind": "document"},
        ),
    ],
    "tombstones": [
        IndexModel([("keys", ASCENDING)]),
        IndexModel([("forgotten", DESCENDING), ("_id", DESCENDING)]),
        IndexModel([("pending.articles", ASCENDING)], sparse=True),
    ],
    "day_tallies": [IndexModel([("stale", ASCENDING), ("_id", DESCENDING)], sparse=True)],
    "runs": [
        IndexModel([("started", DESCENDING), ("_id", DESCENDING)]),
        IndexModel([("outlet", ASCENDING), ("started", DESCENDING), ("_id", DESCENDING)]),
    ],
}

_INDEX_NOT_FOUND = 27
_INDEX_TIMEOUT = 6 * 3600.0  # seconds

# The words that stand in queries, and the order in which stories are listed.
_WORDS = IndexModel([("words", ASCENDING), ("story_time", DESCENDING)])


async def prepare(database: Database, display_uri: str) -> None:
    """Make the indexes where they are missing, before the first write.

    Raises StoreError if the database has another schema.
    """
    stored = await database["meta"].find_one({"_id": "schema"})
    if stored is not None and stored["version"] not in _READABLE:
        raise other_schema(display_uri, stored["version"], SCHEMA_VERSION)
    if stored is None:
        with suppress(DuplicateKeyError):  # somebody else opens it for the first time too
            await database["meta"].insert_one({"_id": "schema", "version": SCHEMA_VERSION})
    with pymongo.timeout(_INDEX_TIMEOUT):
        for name, indexes in _INDEXES.items():
            await database[name].create_indexes(indexes)
    if stored is not None and stored["version"] != SCHEMA_VERSION:
        await read_addresses_anew(database)
        await index_words_anew(database)
        await mark_all_days(database)
    await make_words_index(database)
    if stored is not None and stored["version"] != SCHEMA_VERSION:
        await database["meta"].update_one({"_id": "schema"}, {"$set": {"version": SCHEMA_VERSION}})


async def make_words_index(database: Database) -> None:
    """Make the index of words where it is missing. That of many articles takes minutes, in which
    the server says nothing."""
    with pymongo.timeout(_INDEX_TIMEOUT):
        await database["articles"].create_indexes([_WORDS])


async def drop_words_index(database: Database) -> None:
    """Drop the index of words, which takes a third of the room, and far less work, when it is made
    of all articles at once."""
    try:
        await database["articles"].drop_index(_WORDS.document["name"])
    except OperationFailure as error:
        if error.code != _INDEX_NOT_FOUND:
            raise


async def require_schema(database: Database, display_uri: str) -> None:
    """Raise StoreError for a database that holds no store of ours, or one of another schema."""
    stored = await database["meta"].find_one({"_id": "schema"})
    if stored is None:
        if await has_collections(database):
            raise StoreError(f"{display_uri}: a database, but not a store of stories")
        raise no_store(display_uri)
    version = stored["version"]
    if version != SCHEMA_VERSION:
        describe = older_schema if version in _READABLE else other_schema
        raise describe(display_uri, version, SCHEMA_VERSION)


async def has_collections(database: Database) -> bool:
    """Return True if the database holds anything."""
    return bool(await database.list_collection_names())


async def missing_indexes(database: Database) -> list[str]:
    """Return the names of the indexes that are not there."""
    missing = []
    for name, indexes in _INDEXES.items():
        there = await database[name].index_information()
        wanted = {str(index.document["name"]) for index in indexes}
        missing += [f"{name}.{index}" for index in sorted(wanted - there.keys())]
    return missing
