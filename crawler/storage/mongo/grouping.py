"""The knowledge that articles are grouped by, in MongoDB: the collections `boilerplate`, `stopped`
and `notes`."""

from collections.abc import Sequence

from crawler.storage.mongo import saving, story_index
from crawler.storage.mongo.client import Database, StorePart
from crawler.storage.upkeep import GroupingReader, GroupingStore
from crawler.stories.boilerplate import with_keys
from crawler.stories.model import Boilerplate, Move

_BATCH = 100  # articles that are regrouped at once


class MongoGroupingReader(StorePart, GroupingReader):
    async def boilerplate(self, outlet: str) -> Boilerplate:
        return await self._client.call(_find_boilerplate, outlet)


class MongoGrouping(MongoGroupingReader, GroupingStore):
    async def set_boilerplate(
        self, outlet: str, keys: frozenset[str], restless: frozenset[str] | None = None
    ) -> Boilerplate:
        return await self._client.call(_replace_boilerplate, outlet, keys, restless)

    async def stop_keys(self) -> frozenset[int]:
        return await self._client.call(story_index.stop_keys)

    async def set_stop_keys(self, keys: frozenset[int]) -> None:
        await self._client.call(story_index.set_stop_keys, keys)

    async def regroup(self, article_ids: Sequence[str]) -> list[Move]:
        moves: list[Move] = []
        for start in range(0, len(article_ids), _BATCH):
            batch = article_ids[start : start + _BATCH]
            moves += await self._client.call(saving.regroup, batch)
        return moves

    async def checkpoint(self, job: str) -> str | None:
        return await self._client.call(_find_checkpoint, job)

    async def set_checkpoint(self, job: str, value: str | None) -> None:
        await self._client.call(_replace_checkpoint, job, value)


async def _find_boilerplate(database: Database, outlet: str) -> Boilerplate:
    document = await database["boilerplate"].find_one({"_id": outlet})
    if document is None:
        return Boilerplate()
    keys, restless = document["keys"], document.get("restless", ())
    return Boilerplate(document["version"], frozenset(keys), frozenset(restless))


async def _replace_boilerplate(
    database: Database, outlet: str, keys: frozenset[str], restless: frozenset[str] | None
) -> Boilerplate:
    known = await _find_boilerplate(database, outlet)
    boilerplate = with_keys(known, keys, restless)
    if boilerplate != known:
        document = {
            "version": boilerplate.version,
            "keys": sorted(boilerplate.keys),
            "restless": sorted(boilerplate.restless),
        }
        await database["boilerplate"].replace_one({"_id": outlet}, document, upsert=True)
    return boilerplate


async def _find_checkpoint(database: Database, job: str) -> str | None:
    document = await database["notes"].find_one({"_id": job})
    return document["value"] if document else None


async def _replace_checkpoint(database: Database, job: str, value: str | None) -> None:
    if value is None:
        await database["notes"].delete_one({"_id": job})
    else:
        await database["notes"].replace_one({"_id": job}, {"value": value}, upsert=True)
