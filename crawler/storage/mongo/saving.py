"""Writing articles: each by one atomic write of its own document, stories settled after."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crawler.storage.codec import Document, article_to_document, to_milliseconds
from crawler.storage.filters import place_key, searched_words
from crawler.storage.mongo import story_index
from crawler.storage.mongo.assignment import PendingWork, mark, place
from crawler.storage.mongo.client import Database
from crawler.storage.mongo.queries import current_from, old_versions
from crawler.storage.mongo.story_index import Repeated
from crawler.storage.protocol import Move, Outcome, Saved, StoreUnavailable
from crawler.stories.assembly import source_keys
from crawler.stories.grouping import moves_of_changed_stories, new_copies
from crawler.stories.links import IndexedArticle
from crawler.stories.signature import Signature, text_hashes
from crawler.stories.versions import Current, Incoming, OldVersion, apply, needs_old_versions

_MOST_LOST_RACES = 50


@dataclass(slots=True)
class _Answers:
    """What became of readings, before stories are settled; articles that lost a race stand nowhere
    in it."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)  # in order
    settled: dict[str, str] = field(
        default_factory=dict
    )  # article -> story, where nothing was to be done


async def save_all(database: Database, readings: Sequence[Incoming]) -> list[Saved]:
    """Store readings in order: new articles in one bulk, changed ones each by compare-and-set.

    Whoever loses a race to another writer reads again and goes into the next round; so does a
    second reading of an address.
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
            raise StoreUnavailable(
                f"{readings[min(turn.values())].article.url}: too many writers at one article"
            )
    return [saved[position] for position in range(len(readings))]


async def regroup(database: Database, ids: Sequence[str]) -> list[Move]:
    """Bring what the index holds of stored articles up to today's rules; what that moved, and all
    beside it.

    An article that others change meanwhile is left to them: they write by today's rules too. One
    that stands as it did is not marked: what a writer that died leaves of it, the next regrouping
    looks for again.
    """
    written = PendingWork(uuid.uuid4().hex, detect_stop_keys=False)
    documents = await database["articles"].find({"_id": {"$in": list(ids)}}).to_list()
    standings = {document["_id"]: current_from(document) for document in documents}
    likenesses = await _likenesses(database, standings, detect_stop_keys=False)
    for document in documents:
        id_, before, likeness = (
            document["_id"],
            story_index.signature_from(document),
            likenesses[document["_id"]],
        )
        now = IndexedArticle(id_, likeness, standings[id_].article)
        if before == likeness and "pending" not in document:
            written.keep(now, document["version"])
            continue
        texts = text_hashes(before, likeness) | _marked(document)
        update = mark(written.token, texts)
        update["$set"] |= story_index.fields_of(likeness)
        if await _replace(database, document, update):
            written.replace(now, document["version"] + 1, before, texts)
    return (
        moves_of_changed_stories((await place(database, written)).moved) if written.prints else []
    )


async def _save_distinct(database: Database, readings: Sequence[Incoming]) -> list[Saved]:
    written = PendingWork(uuid.uuid4().hex)
    answers = await _write(database, readings, written)
    stories = answers.settled
    if written.prints:
        settled = await place(database, written)
        stories = stories | {move.article_id: move.after for move in settled.moved}
        for article_id in new_copies(answers.new, settled.late, settled.links, settled.moved):
            answers.outcomes[article_id] = "new_copy"
    return [
        Saved(outcome, stories[article_id], article_id)
        for article_id, outcome in answers.outcomes.items()
    ]


async def _write(
    database: Database, readings: Sequence[Incoming], written: PendingWork
) -> _Answers:
    found = await database["articles"].aggregate(
        [
            {"$match": {"_id": {"$in": [reading.id for reading in readings]}}},
            story_index.read_repeated(reading.article.outlet for reading in readings),
        ]
    )
    documents = await found.to_list()
    known = story_index.repeated_from(documents)
    stored = {document["_id"]: document for document in documents if "repeated" not in document}
    answers = _Answers()
    await _insert(
        database, [one for one in readings if one.id not in stored], known, written, answers
    )
    for reading in readings:
        if reading.id in stored:
            await _rewrite(database, stored[reading.id], reading, written, answers)
    return answers


async def _insert(
    database: Database,
    readings: Sequence[Incoming],
    known: Repeated,
    written: PendingWork,
    answers: _Answers,
) -> None:
    """Write new articles, each its own story until it is settled; those that nobody else wrote
    first."""
    if not readings:
        return
    standings = {reading.id: reading.as_first for reading in readings}
    likenesses = await story_index.signatures(database, standings, known)
    documents = []
    for id_, standing in standings.items():
        document = {"_id": id_, "version": 1, "older": []} | _fields(standing, likenesses[id_])
        document |= {"story_id": id_, "story_time": standing.time}
        document["pending"] = {
            "token": written.token,
            "texts": sorted(text_hashes(likenesses[id_])),
        }
        documents.append(document)
    lost = await story_index.insert(database["articles"], documents)
    for position, (id_, standing) in enumerate(standings.items()):
        if position not in lost:
            written.add_new(IndexedArticle(id_, likenesses[id_], standing.article))
            answers.new.append(id_)
            answers.outcomes[id_] = "new_story"


async def _rewrite(
    database: Database,
    document: Document,
    reading: Incoming,
    written: PendingWork,
    answers: _Answers,
) -> None:
    """Write what `reading` changes of a stored article, if it still stands as it was read."""
    standing = current_from(document)
    older = document["older"]
    kept = await old_versions(database, older) if needs_old_versions(standing, reading) else ()
    done = apply(standing, reading, kept)
    if done.current != standing:
        if done.old_version is not None:
            older = [*older, await _keep(database, reading.id, done.old_version)]
        before = story_index.signature_from(document)
        likeness = (await _likenesses(database, {reading.id: done.current}))[reading.id]
        texts = text_hashes(before, likeness) | _marked(document)
        update = mark(written.token, texts)
        update["$set"] |= _fields(done.current, likeness) | {"older": older}
        if not await _replace(database, document, update):
            return
        now = IndexedArticle(reading.id, likeness, done.current.article)
        written.replace(now, document["version"] + 1, before, texts)
    elif "pending" in document:
        written.take_over(document)
    else:
        answers.settled[reading.id] = document["story_id"]
    answers.outcomes[reading.id] = done.outcome


async def _replace(database: Database, document: Document, update: Document) -> bool:
    """Update an article's document if it still stands as it was read."""
    update["$set"]["version"] = document["version"] + 1
    query = {"_id": document["_id"], "version": document["version"]}
    return bool((await database["articles"].update_one(query, update)).matched_count)


async def _likenesses(
    database: Database, standings: Mapping[str, Current], *, detect_stop_keys: bool = True
) -> dict[str, Signature]:
    """The likeness of what stands at each address, by today's boilerplate and stopped keys."""
    outlets = {standing.article.outlet for standing in standings.values()}
    known = await story_index.repeated(database, outlets)
    return await story_index.signatures(
        database, standings, known, detect_stop_keys=detect_stop_keys
    )


async def _keep(database: Database, article_id: str, text: OldVersion) -> str:
    """Write down an older text; its id. It counts once the article's document names it."""
    first_seen, digest = text.key
    key = f"{article_id}:{to_milliseconds(first_seen)}:{digest}"
    document = article_to_document(text.article)
    document |= {"article_id": article_id, "first_seen": first_seen, "order": text.order}
    await database["revisions"].replace_one({"_id": key}, document, upsert=True)
    return key


def _marked(document: Document) -> set[int]:
    """The texts that a writer who may be dead has marked."""
    return set(document["pending"]["texts"]) if "pending" in document else set()


def _fields(standing: Current, likeness: Signature) -> Document:
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
        **story_index.fields_of(likeness),
    }
