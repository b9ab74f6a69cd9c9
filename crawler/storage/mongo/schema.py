"""The collections, their indexes, and what an article's document holds besides the article.

articles    `_id` is the article's id; the article's own fields; and beside them
            story_id, story_time    where it stands among stories
            time                    where it stands among articles: published, or first_fetched
            first_seen, first_fetched, revisions    see crawler.stories.versions.Current
            older                   ids of its older texts in `revisions`, in order of arrival
            version                 grows with each change: a writer replaces only what it has read
            pending                 {token, texts} that may be unsettled; see
            crawler.storage.mongo.assignment
            text, keys, size, day, face    what the index of copies holds of it; see
            crawler.stories.signature
            rules                   the version of that when it was written
            words, place_key, source_keys    what filters look at
revisions   older texts; `_id` is article id, first_seen and digest of the text, so writing one
            twice is writing
            it once; one that its article's `older` does not name is left of a lost race, and is
            nothing
entries     the index of copies, one document per key and version of an article with its bucket of
            days; never
            changed, only added and removed. One that its article does not have is left of a writer
            that died or
            lost a race, and is nothing. Besides, for each text, the article that was the first to
            print it
links       two texts that tell one story; one whose `faces` are not those of its `articles` holds
            no more
stopped     `_id` is a key, or a text's number, that is a formula and no story
boilerplate `_id` is an outlet's name; the paragraphs it prints under many stories, and the version
            of that
notes       `_id` is a name; a value that a long work keeps to go on from
runs        `_id` is the run's id
pages       the frontier (crawler.frontier.TrackedUrl); `_id` is the outlet's name, a space, and the
            address
leases      `_id` is what is leased; owner, token, until
meta        {_id: "schema", version}
"""

from contextlib import suppress

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.errors import DuplicateKeyError

from crawler.storage.mongo.client import Database
from crawler.storage.protocol import StoreError

SCHEMA_VERSION = 3
_READABLE = (2, 3)  # what 3 added to 2 are collections of their own

_INDEXES = {
    "articles": [
        IndexModel([("canonical_url", ASCENDING)], unique=True),
        IndexModel([("time", DESCENDING), ("_id", DESCENDING)]),
        IndexModel([("story_time", DESCENDING), ("story_id", DESCENDING)]),
        IndexModel([("story_id", ASCENDING)]),
        IndexModel([("text", ASCENDING)]),
        IndexModel([("outlet", ASCENDING), ("time", DESCENDING), ("_id", DESCENDING)]),
        IndexModel([("outlet", ASCENDING), ("story_id", ASCENDING)]),
        IndexModel([("source_keys", ASCENDING)]),
        IndexModel([("words", ASCENDING)]),
        IndexModel([("pending.token", ASCENDING)], sparse=True),
        IndexModel([("revisions", ASCENDING)], partialFilterExpression={"revisions": {"$gt": 0}}),
    ],
    "entries": [IndexModel([("bucket", ASCENDING), ("key", ASCENDING)])],
    "links": [IndexModel([("texts", ASCENDING)])],
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
    "runs": [
        IndexModel([("started", DESCENDING), ("_id", DESCENDING)]),
        IndexModel([("outlet", ASCENDING), ("started", DESCENDING), ("_id", DESCENDING)]),
    ],
}


async def prepare(database: Database, display_uri: str) -> None:
    """Make the indexes where they are missing, before the first write. Raises StoreError for
    another schema."""
    stored = await database["meta"].find_one({"_id": "schema"})
    if stored is not None and stored["version"] not in _READABLE:
        raise StoreError(
            f"{display_uri}: schema {stored['version']}; this version reads schema {SCHEMA_VERSION}"
        )
    if stored is None:
        with suppress(DuplicateKeyError):  # somebody else opens it for the first time too
            await database["meta"].insert_one({"_id": "schema", "version": SCHEMA_VERSION})
    for name, indexes in _INDEXES.items():
        await database[name].create_indexes(indexes)
    if stored is not None and stored["version"] != SCHEMA_VERSION:
        await database["meta"].update_one({"_id": "schema"}, {"$set": {"version": SCHEMA_VERSION}})
