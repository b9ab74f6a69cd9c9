"""Saving articles: each by one atomic write of its own document; stories are assigned after."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from crawler.storage.codec import Document
from crawler.storage.mongo import story_index, word_index
from crawler.storage.mongo.assignment import PendingWork, index_and_assign
from crawler.storage.mongo.client import Database
from crawler.storage.mongo.documents import (
    POSTINGS,
    current_from,
    current_to_fields,
    day_of,
    mark_from,
    mark_update,
    new_article_to_document,
    old_version_to_document,
    signature_from,
    signature_to_fields,
)
from crawler.storage.mongo.queries import old_versions, story_of
from crawler.storage.mongo.removal import removal_of, remove, written_of
from crawler.storage.mongo.story_index import BoilerplateKeys
from crawler.storage.mongo.tallies import mark_stale
from crawler.storage.mongo.tombstones import Refusals, read_refusals
from crawler.storage.protocol import StoreUnavailable
from crawler.stories import addresses
from crawler.stories.grouping import moves_of_changed_stories, new_copies
from crawler.stories.links import IndexedArticle
from crawler.stories.model import Move, Saved, SaveOutcome
from crawler.stories.signature import Signature, text_hashes
from crawler.stories.tombstones import claims_forgotten
from crawler.stories.versions import Current, Incoming, OldVersion, needs_old_versions

_MAX_LOST_ROUNDS = 50


@dataclass(slots=True)
class _Answers:
    """The outcomes of articles by id, before stories are assigned; those that lost a race to
    another writer are missing.

    refused_claims: by the id of the owner that refuses them, where there are any. new: ids of the
    new articles, in order. repeats: those among them that stand where claimants stood. stories: of
    the articles that need no assignment.
    """

    outcomes: dict[str, SaveOutcome] = field(default_factory=dict)
    refused_claims: dict[str, int] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    repeats: set[str] = field(default_factory=set)
    stories: dict[str, str] = field(default_factory=dict)


async def save_all(database: Database, articles: Sequence[Incoming]) -> list[Saved]:
    """Store articles in order: new ones in one bulk, changed ones each by compare-and-set.

    Where an article that claims another page's address belongs is decided in each round. One that
    loses a race to another writer is read again in the next round, and so is the second one of an
    address.
    """
    saved: dict[int, Saved] = {}
    written: set[str] = set()  # ids of what this call may have written something of
    lost_rounds = 0
    while len(saved) < len(articles):
        turn: dict[str, int] = {}
        incoming_by_id: dict[str, Incoming] = {}
        refused_claims = {}
        waiting = {p: article for p, article in enumerate(articles) if p not in saved}
        refusals = await read_refusals(database, waiting.values())
        for position, article in waiting.items():
            if article.id in turn:
                continue
            if await _is_refused(database, article, refusals):
                saved[position] = await _forgotten(database, article, written)
                continue
            incoming, refused = await _settle_claim(database, article, refusals)
            if turn.setdefault(incoming.id, position) == position:
                incoming_by_id[incoming.id] = incoming
                refused_claims[incoming.id] = refused
        written.update(incoming_by_id)
        results = await _save_distinct(database, list(incoming_by_id.values()))
        for result in results:
            refused = result.refused_claims + refused_claims[result.article_id]
            saved[turn[result.article_id]] = replace(result, refused_claims=refused)
        if any(result.outcome != "unchanged" for result in results):
            # Whoever removes an article writes its tombstone first: one of both sees the other.
            refusals = await read_refusals(database, incoming_by_id.values())
            for article_id, incoming in incoming_by_id.items():
                if refusals.of(incoming, is_stored=True):
                    saved[turn[article_id]] = await _forgotten(database, incoming, written)
        lost_rounds = 0 if results or not turn else lost_rounds + 1
        if lost_rounds == _MAX_LOST_ROUNDS:
            url = articles[min(turn.values())].article.url
            raise StoreUnavailable(f"{url}: too many writers at one article")
    return [saved[position] for position in range(len(articles))]


async def regroup(database: Database, article_ids: Sequence[str]) -> list[Move]:
    """Sign, link and assign stored articles anew; return the moves of all changed stories.

    An article that others change meanwhile is left to them: they write by today's rules too. An
    article whose signature stays is not marked: the next regrouping looks at it again if this one
    dies.
    """
    work = PendingWork(uuid.uuid4().hex, detect_stop_keys=False)
    documents = await database["articles"].find({"_id": {"$in": list(article_ids)}}).to_list()
    articles = {document["_id"]: current_from(document) for document in documents}
    signatures = await _sign(database, articles, detect_stop_keys=False)
    for document in documents:
        article_id, version = document["_id"], document["version"]
        old, signature = signature_from(document), signatures[article_id]
        indexed = IndexedArticle(article_id, signature, articles[article_id].article)
        if old == signature and mark_from(document) is None:
            work.add_to_relink(indexed, version)
            continue
        affected = _affected_texts(document, old, signature)
        update = mark_update(work.token, affected)
        update["$set"] |= signature_to_fields(signature)
        if await _replace(database, document, update):
            work.add_changed(indexed, version + 1, old, affected)
    if not work.articles:
        return []
    return moves_of_changed_stories((await index_and_assign(database, work)).moves)


async def move(database: Database, document: Document, versions: Sequence[Incoming]) -> bool:
    """Store the texts of an article at another address; its id stays as an alias of the article
    that the newest text stands at. document: of the article as it stands.

    Return False, and leave the article where it is, if one of its texts may not be stored there, or
    if another writer changes it meanwhile. Whoever is interrupted begins anew, and lets
    `finish_moves` end what was begun: nothing is removed before it stands at the new address.
    """
    old_id = document["_id"]
    refusals = await read_refusals(database, versions)
    for incoming in versions:
        if await _is_refused(database, incoming, refusals):
            return False
    ids = []
    for incoming in versions:
        (saved,) = await save_all(database, [incoming])
        ids.append(saved.article_id)
    if old_id in ids:  # the claim to the other address is refused
        return False
    new_id = ids[-1]
    aliases = database["aliases"]
    await aliases.update_many({"article_id": old_id}, {"$set": {"article_id": new_id}})
    await aliases.replace_one({"_id": old_id}, {"article_id": new_id}, upsert=True)
    await aliases.delete_one({"_id": new_id})  # it has moved back
    as_read = {"_id": old_id, "version": document["version"]}
    days = [day_of(document["story_time"])]
    await mark_stale(database, days)  # twice, for a crash and for who counts them meanwhile
    if (await database["articles"].delete_one(as_read)).deleted_count == 0:
        return False
    await mark_stale(database, days)
    await _finish_move(database, old_id, new_id)
    return True


async def finish_moves(database: Database) -> None:
    """End the moves of articles that were broken off: regroup the copies of those that moved, and
    remove what is left at their former addresses."""
    async for alias in database["aliases"].find():
        if await database["articles"].find_one({"_id": alias["_id"]}, {"_id": 1}) is None:
            await _finish_move(database, alias["_id"], alias["article_id"])


async def _finish_move(database: Database, old_id: str, new_id: str) -> None:
    """Do what is left when the article `old_id` stands as `new_id`."""
    await database["revisions"].delete_many(written_of(old_id))
    await database[POSTINGS].delete_many(written_of(old_id))
    copies = await database["articles"].find({"story_id": old_id}, {"_id": 1}).to_list()
    await regroup(database, [new_id, *(copy["_id"] for copy in copies)])


async def _is_refused(database: Database, incoming: Incoming, refusals: Refusals) -> bool:
    """Return True if an article is refused, because it was removed."""
    if not refusals:
        return False
    stored = await database["articles"].find_one({"_id": incoming.id}, {"_id": 1})
    return refusals.of(incoming, is_stored=stored is not None)


async def _forgotten(database: Database, incoming: Incoming, written: Collection[str]) -> Saved:
    """Return the result for an article that is refused. written: ids of those of which something
    may have been written meanwhile, which is removed."""
    if incoming.id in written:
        await remove(database, await removal_of(database, [incoming.id]))
    story = await story_of(database, incoming.id)
    return Saved("forgotten", story or incoming.id, incoming.id)


async def _save_distinct(database: Database, articles: Sequence[Incoming]) -> list[Saved]:
    work = PendingWork(uuid.uuid4().hex)
    answers = await _write(database, articles, work)
    stories = answers.stories
    if work.articles:
        assigned = await index_and_assign(database, work)
        stories |= {move.article_id: move.after for move in assigned.moves}
        repeats = assigned.repeats | answers.repeats
        for article_id in new_copies(answers.new, repeats, assigned.links, assigned.moves):
            answers.outcomes[article_id] = "new_copy"
    return [
        Saved(outcome, stories[article_id], article_id, answers.refused_claims.get(article_id, 0))
        for article_id, outcome in answers.outcomes.items()
    ]


async def _write(database: Database, articles: Sequence[Incoming], work: PendingWork) -> _Answers:
    """Write the documents of articles, no two of one address."""
    cursor = await database["articles"].aggregate(
        [
            {"$match": {"_id": {"$in": [incoming.id for incoming in articles]}}},
            story_index.boilerplate_stage(incoming.article.outlet for incoming in articles),
        ]
    )
    results = await cursor.to_list()
    documents, boilerplate = story_index.split_boilerplate(results)
    restless = story_index.restless_among(results)
    stored = {document["_id"]: document for document in documents}
    answers = _Answers()
    new = [incoming for incoming in articles if incoming.id not in stored]
    if new:
        await _write_new(database, new, boilerplate, work, answers)
    for incoming in articles:
        if incoming.id in stored:
            lines = restless.get(incoming.article.outlet, frozenset())
            await _write_change(database, stored[incoming.id], incoming, lines, work, answers)
    return answers


async def _write_new(
    database: Database,
    articles: Sequence[Incoming],
    boilerplate: BoilerplateKeys,
    work: PendingWork,
    answers: _Answers,
) -> None:
    """Write new articles; those that another writer has written meanwhile are passed over."""
    currents = {incoming.id: incoming.as_first for incoming in articles}
    signatures = await story_index.sign(database, currents, boilerplate)
    documents = [
        new_article_to_document(incoming, signatures[incoming.id], work.token)
        for incoming in articles
    ]
    await word_index.add_to_vocabulary(database, (incoming.article for incoming in articles))
    refused = await story_index.insert_new(database["articles"], documents)
    for position, incoming in enumerate(articles):
        if position not in refused:
            signature = signatures[incoming.id]
            work.add_new(IndexedArticle(incoming.id, signature, incoming.article))
            answers.new.append(incoming.id)
            answers.outcomes[incoming.id] = "new_story"


async def _write_change(
    database: Database,
    document: Document,
    incoming: Incoming,
    restless: frozenset[str],
    work: PendingWork,
    answers: _Answers,
) -> None:
    """Write what `incoming` changes of a stored article, unless another writer has changed it.

    restless: keys of the lines of the outlet that never rest.
    """
    current = current_from(document)
    if addresses.is_takeover(incoming, current):
        await _take_over(database, document, current, incoming, work, answers)
        return
    older: Sequence[OldVersion] = ()
    if needs_old_versions(current, incoming, restless) or not addresses.is_owner(incoming.article):
        older = await old_versions(database, document["older"])
    if addresses.is_claim_refused(incoming, current, older, restless):
        return  # another page has come since the claim was settled
    change = addresses.apply(current, incoming, older, restless)
    if change.current != current:
        older_ids = list(document["older"])
        if change.old_version is not None:
            # It counts once the article's document names it.
            older_ids.append(await _write_old(database, incoming.id, change.old_version))
        if not await _write_current(database, document, change.current, older_ids, work):
            return
    elif mark := mark_from(document):
        work.adopt_orphan(document, mark)
    else:
        answers.stories[incoming.id] = document["story_id"]
    answers.outcomes[incoming.id] = change.outcome


async def _settle_claim(
    database: Database, incoming: Incoming, refusals: Refusals
) -> tuple[Incoming, int]:
    """Return an article where it is to be stored, and the number of claims that are refused."""
    if claims_forgotten(incoming, refusals.buried):
        return addresses.at_own_address(incoming), 1
    if addresses.is_owner(incoming.article):
        return incoming, 0
    at_own_address = addresses.at_own_address(incoming)
    document = await database["articles"].find_one({"_id": incoming.id})
    if document is not None:
        older = await old_versions(database, document["older"])
        restless = await story_index.read_restless(database, incoming.article.outlet)
        if addresses.is_claim_refused(incoming, current_from(document), older, restless):
            return at_own_address, 1
    own = await database["articles"].find_one({"_id": at_own_address.id}, {"_id": 1})
    return (incoming if own is None else at_own_address), 0


async def _take_over(
    database: Database,
    document: Document,
    current: Current,
    incoming: Incoming,
    work: PendingWork,
    answers: _Answers,
) -> None:
    """Write the article of an owner over those of claimants, unless another writer has changed it.

    The claimants' texts are written to their own addresses first: a crash between leaves them at
    both, until the owner comes again.
    """
    restless = await story_index.read_restless(database, incoming.article.outlet)
    older = await old_versions(database, document["older"])
    takeover = addresses.take_over(current, older, incoming, restless)
    for moved in takeover.moved:
        if (await read_refusals(database, [moved])).of(moved, is_stored=False):
            continue
        while not await _save_distinct(database, [moved]):
            pass  # it lost a race to another writer
    older_ids = [await _write_old(database, incoming.id, old) for old in takeover.old_versions]
    if not await _write_current(database, document, takeover.current, older_ids, work):
        return
    if takeover.outcome is None:
        answers.new.append(incoming.id)
        answers.repeats.add(incoming.id)
    answers.outcomes[incoming.id] = takeover.outcome or "new_story"
    answers.refused_claims[incoming.id] = takeover.refused_claims


async def _write_current(
    database: Database,
    document: Document,
    current: Current,
    old_version_ids: Sequence[str],
    work: PendingWork,
) -> bool:
    """Write a changed article; return False if another writer has changed it.

    old_version_ids: of the older texts that are kept of it.
    """
    article_id = document["_id"]
    old = signature_from(document)
    signature = (await _sign(database, {article_id: current}))[article_id]
    affected = _affected_texts(document, old, signature)
    await word_index.add_to_vocabulary(database, [current.article])
    update = mark_update(work.token, affected, document["story_time"])
    update["$set"] |= current_to_fields(current, signature)
    update["$set"]["older"] = list(old_version_ids)
    if not await _replace(database, document, update):
        return False
    indexed = IndexedArticle(article_id, signature, current.article)
    work.add_changed(indexed, document["version"] + 1, old, affected)
    return True


async def _replace(database: Database, document: Document, update: Document) -> bool:
    """Update an article's document if it still stands as it was read; return False otherwise."""
    update["$set"]["version"] = document["version"] + 1
    query = {"_id": document["_id"], "version": document["version"]}
    result = await database["articles"].update_one(query, update)
    return result.matched_count == 1


async def _sign(
    database: Database, articles: Mapping[str, Current], *, detect_stop_keys: bool = True
) -> dict[str, Signature]:
    """Return the signatures of articles, by id, by today's boilerplate and stop keys."""
    outlets = {current.article.outlet for current in articles.values()}
    boilerplate = await story_index.read_boilerplate(database, outlets)
    return await story_index.sign(
        database, articles, boilerplate, detect_stop_keys=detect_stop_keys
    )


async def _write_old(database: Database, article_id: str, old_version: OldVersion) -> str:
    """Write an older text of an article, idempotently; return its id."""
    document = old_version_to_document(article_id, old_version)
    old_version_id: str = document["_id"]
    await database["revisions"].replace_one({"_id": old_version_id}, document, upsert=True)
    return old_version_id


def _affected_texts(document: Document, old: Signature, new: Signature) -> set[int]:
    """Return the hashes of the texts that an article prints, has printed, or is marked with."""
    mark = mark_from(document)
    return text_hashes(old, new).union(mark.text_hashes if mark else ())
