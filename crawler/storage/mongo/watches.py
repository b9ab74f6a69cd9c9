"""What watches told of, in MongoDB: the collection `told`."""

from collections.abc import Sequence

from pymongo import ReplaceOne

from crawler.storage.codec import Document
from crawler.storage.mongo.client import Database, StorePart
from crawler.storage.protocol import Told, WatchStore


class MongoWatches(StorePart, WatchStore):
    async def told(self, watch: str, article_ids: Sequence[str]) -> dict[str, Told]:
        return await self._client.call(_find, watch, article_ids)

    async def put_told(self, watch: str, notes: Sequence[Told]) -> None:
        if notes:
            await self._client.call(_upsert, watch, notes)


async def _find(database: Database, watch: str, article_ids: Sequence[str]) -> dict[str, Told]:
    ids = [_id(watch, article_id) for article_id in article_ids]
    documents = await database["told"].find({"_id": {"$in": ids}}).to_list()
    notes = [
        Told(each["article"], each["event"], each["revisions"], each["is_told"])
        for each in documents
    ]
    return {note.article_id: note for note in notes}


async def _upsert(database: Database, watch: str, notes: Sequence[Told]) -> None:
    writes = [
        ReplaceOne({"_id": _id(watch, note.article_id)}, _document(watch, note), upsert=True)
        for note in notes
    ]
    await database["told"].bulk_write(writes, ordered=False)


def _document(watch: str, note: Told) -> Document:
    return {
        "watch": watch,
        "article": note.article_id,
        "event": note.event,
        "revisions": note.revisions,
        "is_told": note.is_told,
    }


def _id(watch: str, article_id: str) -> str:
    return f"{watch} {article_id}"
