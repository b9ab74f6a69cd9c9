"""Runs in MongoDB: the collection `runs`."""

from collections.abc import AsyncIterator
from datetime import datetime

from pymongo import DESCENDING

from crawler.storage.codec import Document, run_from_document, run_to_document
from crawler.storage.mongo.client import Database, StorePart
from crawler.storage.mongo.queries import behind
from crawler.storage.paging import Slice, end_of, read_slices
from crawler.storage.protocol import Run, RunReader, RunStore

_Position = tuple[datetime, str]  # started, id


class MongoRunReader(StorePart, RunReader):
    def runs(
        self,
        *,
        outlet: str | None = None,
        before: _Position | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[Run]:
        return read_slices(
            lambda after, size: self._client.call(_find, outlet, after, size),
            after=before,
            limit=limit,
        )


class MongoRuns(MongoRunReader, RunStore):
    async def record_run(self, run: Run) -> None:
        await self._client.call(_upsert, run)


async def _upsert(database: Database, run: Run) -> None:
    await database["runs"].replace_one({"_id": run.id}, run_to_document(run), upsert=True)


async def _find(
    database: Database, outlet: str | None, after: _Position | None, size: int
) -> Slice[Run, _Position]:
    query: Document = {} if outlet is None else {"outlet": outlet}
    if after is not None:
        query |= behind("started", "_id", after)
    sort = [("started", DESCENDING), ("_id", DESCENDING)]
    documents = await database["runs"].find(query, sort=sort, limit=size).to_list()
    return Slice(
        [run_from_document(document) for document in documents],
        end_of([(document["started"], document["_id"]) for document in documents], size),
    )
