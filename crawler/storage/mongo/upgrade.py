"""Bringing the articles and addresses of an older database up to date, when it is opened.

The version of the schema is written last, so that whoever is interrupted leaves the rest to the
next one. Each step may be done twice, by two processes at once too.
"""

import re
from contextlib import suppress
from datetime import UTC, datetime

from pymongo import ASCENDING, UpdateOne
from pymongo.errors import OperationFailure

from crawler.dedup import single_escaped
from crawler.frontier import merged
from crawler.search import FOLDING
from crawler.storage.codec import article_from_document, tracked_url_from_document
from crawler.storage.mongo import saving, word_index
from crawler.storage.mongo.client import Database
from crawler.storage.mongo.documents import current_from
from crawler.storage.mongo.frontier import find, upsert
from crawler.storage.mongo.queries import old_versions
from crawler.storage.mongo.tallies import mark_stale
from crawler.stories.addresses import readdressed

_DOUBLED = re.compile("%25")
_OLD_INDEX_OF_WORDS = "words_1"
_BATCH = 100  # articles


async def read_addresses_anew(database: Database) -> None:
    """Store under their single-escaped addresses the articles whose addresses were escaped twice,
    and what is known of such addresses."""
    async for document in database["articles"].find({"canonical_url": _DOUBLED}):
        current = current_from(document)
        address = single_escaped(document["canonical_url"])
        if address != document["canonical_url"]:
            old = await old_versions(database, document["older"])
            versions = readdressed(address, current, old, datetime.now(UTC))
            await saving.move(database, document, versions)
    await saving.finish_moves(database)
    await _move_tracked_urls(database)


async def index_words_anew(database: Database) -> None:
    """Index the words of all articles whose words are not indexed by today's folding.

    An article that another writer changes meanwhile is left to that one.
    """
    articles = database["articles"]
    with suppress(OperationFailure):  # there is none
        await articles.drop_index(_OLD_INDEX_OF_WORDS)
    last = ""
    while True:
        query = {"_id": {"$gt": last}, "folding": {"$ne": FOLDING}}
        batch = await articles.find(query, sort=[("_id", ASCENDING)], limit=_BATCH).to_list()
        if not batch:
            return
        last = batch[-1]["_id"]
        given = {document["_id"]: article_from_document(document) for document in batch}
        await word_index.add_to_vocabulary(database, given.values())
        updates = [
            UpdateOne(
                {"_id": document["_id"], "version": document["version"]},
                {"$set": word_index.words_to_fields(given[document["_id"]])},
            )
            for document in batch
        ]
        await articles.bulk_write(updates, ordered=False)


async def mark_all_days(database: Database) -> None:
    """Mark the days of all stories stale."""
    day = {"$dateToString": {"format": "%Y-%m-%d", "date": "$story_time"}}
    groups = await database["articles"].aggregate([{"$group": {"_id": day}}])
    await mark_stale(database, [group["_id"] async for group in groups])


async def _move_tracked_urls(database: Database) -> None:
    doubled = {"kind": "article", "address": _DOUBLED}
    async for document in database["pages"].find(doubled):
        address = single_escaped(document["address"])
        if address == document["address"]:
            continue
        tracked = tracked_url_from_document(document)
        known = (await find(database, tracked.outlet, [address])).get(address)
        await upsert(database, [merged(tracked, known, address)])
        await database["pages"].delete_one({"_id": document["_id"]})
