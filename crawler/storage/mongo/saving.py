"""Writing articles: each by one atomic write of its own document, stories settled after."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pymongo import InsertOne, UpdateOne
from pymongo.errors import BulkWriteError

from crawler.storage.codec import Document, article_to_document, to_milliseconds
from crawler.storage.filters import place_key, searched_words
from crawler.storage.grouping import of_changed_stories, source_keys
from crawler.storage.history import Reading, Standing, Text, change, needs_kept
from crawler.storage.likeness import RULES, Likeness
from crawler.storage.mongo import copies
from crawler.storage.mongo.client import SOON, Collection, Database
from crawler.storage.mongo.reading import kept_texts, standing_from
from crawler.storage.mongo.settling import Settled, mark, place
from crawler.storage.protocol import Move, Outcome, Saved, StoreUnavailable

_DUPLICATE_KEY = 11000
_MOST_LOST_RACES = 50


@dataclass(slots=True)
class _Written:
    """What was written before stories are settled; articles that lost a race stand nowhere in it."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    new: dict[str, int | None] = field(default_factory=dict)  # article -> text, in order
    settled: dict[str, str] = field(default_factory=dict)  # article -> story, where nothing was to be done
    left: set[int] = field(default_factory=set)  # texts that changed articles print or have printed
    old: dict[str, Likeness] = field(default_factory=dict)


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


async def regroup(database: Database, ids: Sequence[str]) -> list[Move]:
    """Bring what the index holds of stored articles up to today's rules; what that moved, and all beside it.

    An article that others change meanwhile is left to them: they write by today's rules too.
    """
    token = uuid.uuid4().hex
    documents = await database["articles"].find({"_id": {"$in": list(ids)}}).to_list()
    standings = {document["_id"]: standing_from(document) for document in documents}
    likenesses = await copies.likenesses(database, standings)
    old: dict[str, Likeness] = {}
    left: set[int] = set()
    for document in documents:
        id_, before = document["_id"], copies.likeness_from(document)
        if before == likenesses[id_] and document["rules"] == RULES and "pending" not in document:
            continue
        both = _texts(before, likenesses[id_])
        update = mark(token, both)
        update["$set"] |= copies.fields_of(likenesses[id_]) | {"version": document["version"] + 1}
        result = await database["articles"].update_one({"_id": id_, "version": document["version"]}, update)
        if result.matched_count:
            old[id_] = before
            left |= both
    return of_changed_stories((await place(database, list(old), left, token, old)).moved) if old else []


async def _save_distinct(database: Database, readings: Sequence[Reading]) -> list[Saved]:
    token = uuid.uuid4().hex
    written = await _write(database, readings, token)
    firsts = await _claim(database, written.new)
    unsettled = [article_id for article_id in written.outcomes if article_id not in written.settled]
    stories = written.settled
    if unsettled:
        settled = await place(database, unsettled, written.left, token, written.old)
        stories = stories | settled.stories
        for article_id in _copies(written.new, firsts, settled):
            written.outcomes[article_id] = "new_copy"
    return [Saved(outcome, stories[article_id], article_id) for article_id, outcome in written.outcomes.items()]


async def _write(database: Database, readings: Sequence[Reading], token: str) -> _Written:
    found = await database["articles"].find({"_id": {"$in": [reading.id for reading in readings]}}).to_list()
    stored = {document["_id"]: document for document in found}
    written = _Written()
    await _insert(database, [reading for reading in readings if reading.id not in stored], token, written)
    for reading in readings:
        if reading.id in stored:
            await _rewrite(database, stored[reading.id], reading, token, written)
    return written


async def _insert(database: Database, readings: Sequence[Reading], token: str, written: _Written) -> None:
    """Write new articles, each its own story until it is settled; those that nobody else wrote first."""
    if not readings:
        return
    standings = {reading.id: reading.as_first for reading in readings}
    likenesses = await copies.likenesses(database, standings)
    inserts = []
    for id_, standing in standings.items():
        document = {"_id": id_, "version": 1, "older": []} | _fields(standing, likenesses[id_])
        document |= {"story_id": id_, "story_time": standing.time}
        document["pending"] = {"token": token, "texts": sorted(_texts(likenesses[id_]))}
        inserts.append(InsertOne(document))
    lost = await _bulk_but_duplicates(database["articles"], inserts)
    for position, id_ in enumerate(standings):
        if position not in lost:
            written.new[id_] = likenesses[id_].text
            written.outcomes[id_] = "new_story"


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
        before = copies.likeness_from(document)
        likeness = (await copies.likenesses(database, {reading.id: done.standing}))[reading.id]
        texts = _texts(before, likeness)
        update = mark(token, texts)
        update["$set"] |= _fields(done.standing, likeness) | {"older": older, "version": document["version"] + 1}
        result = await database["articles"].update_one({"_id": reading.id, "version": document["version"]}, update)
        if not result.matched_count:
            return
        written.left |= texts
        written.old[reading.id] = before
    elif "pending" in document:
        written.left |= set(document["pending"]["texts"])
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


async def _claim(database: Database, new: Mapping[str, int | None]) -> dict[int, str]:
    """The article that was the first to print each text; `new` ones claim what nobody has yet.

    So of equal texts saved at once exactly one is the new story.
    """
    claims = [(text, article_id) for article_id, text in new.items() if text is not None]
    if not claims:
        return {}
    upserts = [
        UpdateOne({"_id": text}, {"$setOnInsert": {"first": article_id}}, upsert=True)
        for text, article_id in claims
    ]
    collection = database.get_collection("firsts", write_concern=SOON)
    await _bulk_but_duplicates(collection, upserts)
    found = await collection.find({"_id": {"$in": [text for text, _ in claims]}}).to_list()
    return {document["_id"]: document["first"] for document in found}


def _copies(new: Mapping[str, int | None], firsts: Mapping[int, str], settled: Settled) -> set[str]:
    """Those of `new` that a story was there for: others were first with their text, or their link was.

    Of two that are linked, the one is the copy whose writer wrote the link; of two in one batch, the later one.
    """
    order = {article_id: position for position, article_id in enumerate(new)}
    late = {id_ for id_, text in new.items() if text is not None and firsts[text] != id_}
    for link in settled.links:
        if ours := [article_id for article_id in link.articles if article_id in order]:
            late.add(max(ours, key=order.__getitem__))
    sizes = Counter(settled.stories.values())
    return {article_id for article_id in late if sizes[settled.stories[article_id]] > 1}


async def _bulk_but_duplicates(
    collection: Collection, operations: "Sequence[InsertOne[Document] | UpdateOne]"
) -> frozenset[int]:
    """Write all operations; the positions of those that met a document of the same key."""
    try:
        await collection.bulk_write(operations, ordered=False)
    except BulkWriteError as error:
        failures = error.details["writeErrors"]
        if error.details["writeConcernErrors"] or any(one["code"] != _DUPLICATE_KEY for one in failures):
            raise
        return frozenset(one["index"] for one in failures)
    return frozenset()


def _texts(*likenesses: Likeness) -> set[int]:
    return {one.text for one in likenesses if one.text is not None}


def _fields(standing: Standing, likeness: Likeness) -> Document:
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
        **copies.fields_of(likeness),
    }
