"""Writing articles: each by one atomic write of its own document, groups settled after."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from pymongo import InsertOne, UpdateOne
from pymongo.errors import BulkWriteError

from crawler.storage.codec import Document, article_to_document, to_milliseconds
from crawler.storage.filters import place_key, searched_words
from crawler.storage.grouping import group_of, source_keys
from crawler.storage.history import Reading, Standing, Text, change, needs_kept
from crawler.storage.mongo.client import Database
from crawler.storage.mongo.reading import kept_texts, standing_from
from crawler.storage.mongo.settling import mark, settle
from crawler.storage.protocol import Outcome, Saved, StoreUnavailable

_DUPLICATE_KEY = 11000
_MOST_LOST_RACES = 50


@dataclass(slots=True)
class _Written:
    """What was written before groups are settled; articles that lost a race stand nowhere in it."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    new: list[Reading] = field(default_factory=list)
    settled: dict[str, str] = field(default_factory=dict)  # article -> story, where nothing was to be done
    groups: set[str] = field(default_factory=set)


async def save_all(database: Database, readings: Sequence[Reading]) -> list[Saved]:
    """Store readings in order: new articles in one bulk, changed ones each by compare-and-set.

    Whoever loses a race to another writer reads again and goes into the next round; so does a second reading
    of an address.
    """
    saved: dict[int, Saved] = {}
    lost = 0
    while len(saved) < len(readings):
        turn: dict[str, int] = {}
        for position, reading in enumerate(readings):
            if position not in saved:
                turn.setdefault(reading.id, position)
        done = await _save_distinct(database, [readings[position] for position in turn.values()])
        saved |= {turn[one.article_id]: one for one in done}
        lost = 0 if done else lost + 1
        if lost == _MOST_LOST_RACES:
            raise StoreUnavailable(f"{readings[min(turn.values())].article.url}: too many writers at one article")
    return [saved[position] for position in range(len(readings))]


async def _save_distinct(database: Database, readings: Sequence[Reading]) -> list[Saved]:
    token = uuid.uuid4().hex
    written = await _write(database, readings, token)
    firsts = await _claim(database, written.new)
    unsettled = [article_id for article_id in written.outcomes if article_id not in written.settled]
    stories, groups = written.settled, {}
    if unsettled:
        settled = await settle(database, unsettled, written.groups, token)
        stories, groups = stories | settled.stories, settled.groups
    for reading in written.new:
        written.outcomes[reading.id] = _outcome_of_new(reading, firsts, groups)
    return [Saved(outcome, stories[article_id], article_id) for article_id, outcome in written.outcomes.items()]


async def _write(database: Database, readings: Sequence[Reading], token: str) -> _Written:
    articles = database["articles"]
    written = _Written()
    found = await articles.find({"_id": {"$in": [reading.id for reading in readings]}}).to_list()
    stored = {document["_id"]: document for document in found}
    new = [reading for reading in readings if reading.id not in stored]
    for reading in await _insert(database, new, token):
        written.new.append(reading)
        written.outcomes[reading.id] = "new_story"
        written.groups |= _groups(reading.as_first)
    for reading in readings:
        if reading.id in stored:
            await _rewrite(database, stored[reading.id], reading, token, written)
    return written


async def _insert(database: Database, readings: Sequence[Reading], token: str) -> list[Reading]:
    """Write new articles, each its own story until its group is settled. Those that nobody else wrote first."""
    if not readings:
        return []
    inserts = []
    for reading in readings:
        standing = reading.as_first
        document = {"_id": reading.id, "version": 1, "older": []} | _fields(standing)
        document |= {"story_id": reading.id, "story_time": standing.time}
        document["pending"] = {"token": token, "groups": sorted(_groups(standing))}
        inserts.append(InsertOne(document))
    lost = await _bulk_but_duplicates(database, "articles", inserts)
    return [reading for position, reading in enumerate(readings) if position not in lost]


async def _rewrite(
    database: Database, document: Document, reading: Reading, token: str, written: _Written
) -> None:
    """Write what `reading` changes of a stored article, if it still stands as it was read."""
    standing = standing_from(document)
    older = document["older"]
    kept = await kept_texts(database, older) if needs_kept(standing, reading) else ()
    done = change(standing, reading, kept)
    if done.standing != standing:
        if done.kept is not None:
            older = [*older, await _keep(database, reading.id, done.kept)]
        groups = _groups(standing) | _groups(done.standing)
        update = mark(token, groups)
        update["$set"] |= _fields(done.standing) | {"older": older, "version": document["version"] + 1}
        if group_of(done.standing.article) is None:
            update["$set"] |= {"story_id": reading.id, "story_time": done.standing.time}
        result = await database["articles"].update_one({"_id": reading.id, "version": document["version"]}, update)
        if not result.matched_count:
            return
        written.groups |= groups
    elif "pending" in document:
        written.groups |= set(document["pending"]["groups"])
    else:
        written.settled[reading.id] = document["story_id"]
    written.outcomes[reading.id] = done.outcome


async def _keep(database: Database, article_id: str, text: Text) -> str:
    """Write down an older text; its id. It counts once the article's document names it."""
    first_seen, digest = text.key
    key = f"{article_id}:{to_milliseconds(first_seen)}:{digest}"
    document = article_to_document(text.article)
    document |= {"article_id": article_id, "first_seen": first_seen, "order": text.order}
    await database["revisions"].replace_one({"_id": key}, document, upsert=True)
    return key


async def _claim(database: Database, readings: Sequence[Reading]) -> dict[str, str]:
    """The article that was the first of each group; `readings`, just written, claim what nobody has yet.

    So of copies saved at once exactly one is the new story.
    """
    claims = [(key, reading.id) for reading in readings if (key := group_of(reading.article)) is not None]
    if not claims:
        return {}
    upserts = [
        UpdateOne({"_id": key}, {"$setOnInsert": {"first": article_id}}, upsert=True) for key, article_id in claims
    ]
    await _bulk_but_duplicates(database, "groups", upserts)
    found = await database["groups"].find({"_id": {"$in": [key for key, _ in claims]}}).to_list()
    return {document["_id"]: document["first"] for document in found}


def _outcome_of_new(reading: Reading, firsts: dict[str, str], groups: dict[str, frozenset[str]]) -> Outcome:
    """A claim counts, and so does standing alone: the first of a group may have left it for another text."""
    key = group_of(reading.article)
    if key is None or firsts[key] == reading.id or groups.get(key, frozenset()) <= {reading.id}:
        return "new_story"
    return "new_copy"


async def _bulk_but_duplicates(
    database: Database, collection: str, operations: "Sequence[InsertOne[Document] | UpdateOne]"
) -> frozenset[int]:
    """Write all operations; the positions of those that met a document of the same key."""
    try:
        await database[collection].bulk_write(operations, ordered=False)
    except BulkWriteError as error:
        failures = error.details["writeErrors"]
        if error.details["writeConcernErrors"] or any(one["code"] != _DUPLICATE_KEY for one in failures):
            raise
        return frozenset(one["index"] for one in failures)
    return frozenset()


def _groups(standing: Standing) -> set[str]:
    key = group_of(standing.article)
    return set() if key is None else {key}


def _fields(standing: Standing) -> Document:
    """All of an article's document that follows from its standing."""
    article = standing.article
    return article_to_document(article) | {
        "time": standing.time,
        "first_seen": standing.first_seen,
        "first_fetched": standing.first_fetched,
        "revisions": standing.revisions,
        "words": sorted(set(searched_words(article).split())),
        "place_key": place_key(article),
        "source_keys": list(source_keys(article)),
    }
