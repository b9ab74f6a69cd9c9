"""The numbers of days in MongoDB: the collection `day_tallies`.

Whoever changes an article marks its days stale after all its writes, and before it clears its mark
on the article (`crawler.storage.mongo.assignment`): until then the article itself names them. Who
counts a day leaves a token in its document, which the next change takes away: only a day that
stayed as it was is not stale any more.
"""

import uuid
from collections.abc import AsyncIterator, Iterable
from datetime import date

from pymongo import ASCENDING, DESCENDING, UpdateOne, WriteConcern

from crawler.storage.codec import ARTICLE_FIELDS, Document
from crawler.storage.incoming import stored_now
from crawler.storage.mongo.client import Database, StorePart
from crawler.storage.mongo.documents import stored_article_from
from crawler.storage.paging import Slice, end_of, read_slices
from crawler.storage.protocol import TallyReader, TallyStore
from crawler.storage.tallies import day_bounds, only_outlet, tally_from_json, tally_to_json
from crawler.stories.model import StoredArticle
from crawler.stories.tallies import DayTally, StaleDay, Tally

_NOT_COUNTED = ("body", "description", "authors", "section", "tags", "image")
_FIELDS: Document = {
    **{name: 1 for name in ARTICLE_FIELDS if name not in _NOT_COUNTED},
    **dict.fromkeys(("story_id", "rules", "revisions"), 1),
    "body": {"$substrCP": [{"$ifNull": ["$body", ""]}, 0, 1]},  # whether there is any
}
_BATCH = 500  # articles that are read at once


class MongoTallyReader(StorePart, TallyReader):
    def tallies(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        outlet: str | None = None,
    ) -> AsyncIterator[DayTally]:
        return read_slices(
            lambda after, size: self._client.call(_find, since, until, outlet, after, size)
        )

    async def stale_days(self) -> list[StaleDay]:
        return await self._client.call(_find_stale)

    async def count_day(self, day: date) -> DayTally:
        return await self._client.call(_count, day)


class MongoTallies(MongoTallyReader, TallyStore):
    async def recount(self, day: date) -> DayTally:
        return await self._client.call(_recount, day)


async def mark_stale(
    database: Database, days: Iterable[str], write_concern: WriteConcern | None = None
) -> None:
    """Mark days (ISO dates) stale."""
    updates = [
        UpdateOne({"_id": day}, {"$set": {"stale": True}, "$unset": {"counting": ""}}, upsert=True)
        for day in sorted(days)
    ]
    if updates:
        tallies = database.get_collection("day_tallies", write_concern=write_concern)
        await tallies.bulk_write(updates, ordered=False)


async def _find(
    database: Database,
    since: date | None,
    until: date | None,
    outlet: str | None,
    after: str | None,
    size: int,
) -> Slice[DayTally, str]:
    span = {"$gte": since.isoformat() if since else "", "$gt": after or ""}
    if until is not None:
        span["$lt"] = until.isoformat()
    query = {"_id": span, "numbers": {"$exists": True}}
    documents = await (
        database["day_tallies"].find(query, sort=[("_id", ASCENDING)], limit=size).to_list()
    )
    return Slice(
        [
            DayTally(
                date.fromisoformat(document["_id"]),
                document["counted_at"],
                _numbers(document["numbers"], outlet),
            )
            for document in documents
        ],
        end_of([document["_id"] for document in documents], size),
    )


def _numbers(line: str, outlet: str | None) -> Tally:
    return tally_from_json(line) if outlet is None else only_outlet(outlet, line)


async def _find_stale(database: Database) -> list[StaleDay]:
    documents = database["day_tallies"].find(
        {"stale": True}, {"counted_at": 1}, sort=[("_id", DESCENDING)]
    )
    return [
        StaleDay(date.fromisoformat(document["_id"]), document.get("counted_at"))
        async for document in documents
    ]


async def _count(database: Database, day: date) -> DayTally:
    counted_at = stored_now()
    start, end = day_bounds(day)
    numbers = Tally()
    by_story = [("story_time", DESCENDING), ("story_id", DESCENDING)]
    query = {"story_time": {"$gte": start, "$lte": end}}
    documents = database["articles"].find(query, _FIELDS, sort=by_story, batch_size=_BATCH)
    copies: list[StoredArticle] = []
    async for document in documents:
        article = stored_article_from(document)
        if copies and copies[0].story_id != article.story_id:
            numbers.add_story(copies[0].story_id, copies)
            copies = []
        copies.append(article)
    if copies:
        numbers.add_story(copies[0].story_id, copies)
    return DayTally(day, counted_at, numbers)


async def _recount(database: Database, day: date) -> DayTally:
    tallies, token = database["day_tallies"], uuid.uuid4().hex
    id_ = {"_id": day.isoformat()}
    await tallies.update_one(id_, {"$set": {"stale": True, "counting": token}}, upsert=True)
    tally = await _count(database, day)
    unchanged = {**id_, "counting": token}
    if not tally.numbers.stories:
        if (await tallies.delete_one(unchanged)).deleted_count == 0:
            nothing = {"$unset": {"counted_at": "", "numbers": ""}}
            await tallies.update_one({**id_, "stale": True}, nothing)
        return tally
    counted = {"counted_at": tally.counted_at, "numbers": tally_to_json(tally.numbers)}
    fresh = {"$set": counted, "$unset": {"stale": "", "counting": ""}}
    if (await tallies.update_one(unchanged, fresh)).matched_count == 0:
        # Somebody who began later may have kept newer numbers: then the day is not stale.
        await tallies.update_one({**id_, "stale": True}, {"$set": counted})
    return tally
