"""Writing articles: each by one atomic write of its own document, stories settled after."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crawler.storage.codec import Document, article_to_document, to_milliseconds
from crawler.storage.filters import place_key, searched_words
from crawler.storage.grouping import of_changed_stories, source_keys
from crawler.storage.history import Reading, Standing, Text, change, needs_kept
from crawler.storage.likeness import RULES, Likeness, Print
from crawler.storage.mongo import copies
from crawler.storage.mongo.client import Database
from crawler.storage.mongo.copies import Repeated
from crawler.storage.mongo.queries import kept_texts, standing_from
from crawler.storage.mongo.settling import Settled, Written, mark, place
from crawler.storage.protocol import Move, Outcome, Saved, StoreUnavailable

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


async def save_all(database: Database, readings: Sequence[Reading]) -> list[Saved]:
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
    written = Written(uuid.uuid4().hex, stopping=False)
    documents = await database["articles"].find({"_id": {"$in": list(ids)}}).to_list()
    standings = {document["_id"]: standing_from(document) for document in documents}
    likenesses = await _likenesses(database, standings, stopping=False)
    for document in documents:
        id_, before, likeness = (
            document["_id"],
            copies.likeness_from(document),
            likenesses[document["_id"]],
        )
        now = Print(id_, likeness, standings[id_].article)
        if before == likeness and document["rules"] == RULES and "pending" not in document:
            written.keep(now, document["version"])
            continue
        texts = _texts(before, likeness) | _marked(document)
        update = mark(written.token, texts)
        update["$set"] |= copies.fields_of(likeness)
        if await _replace(database, document, update):
            written.replace(now, document["version"] + 1, before, texts)
    return of_changed_stories((await place(database, written)).moved) if written.prints else []


async def _save_distinct(database: Database, readings: Sequence[Reading]) -> list[Saved]:
    written = Written(uuid.uuid4().hex)
    answers = await _write(database, readings, written)
    stories = answers.settled
    if written.prints:
        settled = await place(database, written)
        stories = stories | {move.article_id: move.after for move in settled.moved}
        for article_id in _copies(answers.new, settled):
            answers.outcomes[article_id] = "new_copy"
    return [
        Saved(outcome, stories[article_id], article_id)
        for article_id, outcome in answers.outcomes.items()
    ]


async def _write(database: Database, readings: Sequence[Reading], written: Written) -> _Answers:
    found = await database["articles"].aggregate(
        [
            {"$match": {"_id": {"$in": [reading.id for reading in readings]}}},
            copies.read_repeated(reading.article.outlet for reading in readings),
        ]
    )
    documents = await found.to_list()
    known = copies.repeated_from(documents)
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
    readings: Sequence[Reading],
    known: Repeated,
    written: Written,
    answers: _Answers,
) -> None:
    """Write new articles, each its own story until it is settled; those that nobody else wrote
    first."""
    if not readings:
        return
    standings = {reading.id: reading.as_first for reading in readings}
    likenesses = await copies.likenesses(database, standings, known)
    documents = []
    for id_, standing in standings.items():
        document = {"_id": id_, "version": 1, "older": []} | _fields(standing, likenesses[id_])
        document |= {"story_id": id_, "story_time": standing.time}
        document["pending"] = {"token": written.token, "texts": sorted(_texts(likenesses[id_]))}
        documents.append(document)
    lost = await copies.insert(database["articles"], documents)
    for position, (id_, standing) in enumerate(standings.items()):
        if position not in lost:
            written.add_new(Print(id_, likenesses[id_], standing.article))
            answers.new.append(id_)
            answers.outcomes[id_] = "new_story"


async def _rewrite(
    database: Database, document: Document, reading: Reading, written: Written, answers: _Answers
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
        likeness = (await _likenesses(database, {reading.id: done.standing}))[reading.id]
        texts = _texts(before, likeness) | _marked(document)
        update = mark(written.token, texts)
        update["$set"] |= _fields(done.standing, likeness) | {"older": older}
        if not await _replace(database, document, update):
            return
        now = Print(reading.id, likeness, done.standing.article)
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
    database: Database, standings: Mapping[str, Standing], *, stopping: bool = True
) -> dict[str, Likeness]:
    """The likeness of what stands at each address, by today's boilerplate and stopped keys."""
    outlets = {standing.article.outlet for standing in standings.values()}
    known = await copies.repeated(database, outlets)
    return await copies.likenesses(database, standings, known, stopping=stopping)


async def _keep(database: Database, article_id: str, text: Text) -> str:
    """Write down an older text; its id. It counts once the article's document names it."""
    first_seen, digest = text.key
    key = f"{article_id}:{to_milliseconds(first_seen)}:{digest}"
    document = article_to_document(text.article)
    document |= {"article_id": article_id, "first_seen": first_seen, "order": text.order}
    await database["revisions"].replace_one({"_id": key}, document, upsert=True)
    return key


def _copies(new: Sequence[str], settled: Settled) -> set[str]:
    """Those of `new` that a story was there for: others were first with their text, or their link
    was.

    Of two that are linked, the one is the copy whose writer wrote the link; of two in one batch,
    the later one. (Of three near-copies that three processes save within one instant, each may have
    written a link, and then all three count as copies. The story they make is the same.)
    """
    order = {article_id: position for position, article_id in enumerate(new)}
    late = set(settled.late)
    for link in settled.links:
        if ours := [article_id for article_id in link.articles if article_id in order]:
            late.add(max(ours, key=order.__getitem__))
    stories = {move.article_id: move.after for move in settled.moved}
    sizes = Counter(stories.values())
    return {article_id for article_id in late if sizes[stories[article_id]] > 1}


def _texts(*likenesses: Likeness) -> set[int]:
    return {one.text for one in likenesses if one.text is not None}


def _marked(document: Document) -> set[int]:
    """The texts that a writer who may be dead has marked."""
    return set(document["pending"]["texts"]) if "pending" in document else set()


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
