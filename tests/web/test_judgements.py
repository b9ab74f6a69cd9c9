"""Judging outlets for the pages: how often, and since when they are as they are."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.storage import Run, StoreError, open_reader
from crawler.web import judgements
from crawler.web.judgements import Judged, Judgements
from tests.storage.samples import SyncStore

NOW = datetime.now(UTC).replace(microsecond=0)
HOUR = timedelta(hours=1)


def read(number: int) -> Run:
    """A crawl that read its outlet, that many hours ago."""
    started = NOW - number * HOUR
    return Run(
        id=f"run-{number:02}",
        outlet="waha",
        started=started,
        finished=started + timedelta(minutes=1),
        status="done",
        found=9,
        fetched=9,
        new_stories=9,
        credited=9,
        discovered=1,
        first_visits=9,
    )


def refused(number: int) -> Run:
    """A crawl that the site refused, that many hours ago."""
    return replace(
        read(number),
        status="refused",
        fetched=0,
        new_stories=0,
        credited=0,
        failures={"http_403": 9},
        first_failures=9,
    )


def record(uri: str, *runs: Run) -> None:
    """Store some crawls."""

    async def into(opened: Any) -> None:
        for run in runs:
            await opened.record_run(run)

    SyncStore(uri).run(into)


class Counting:
    """A reader that counts how many crawls were asked for."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self.limits: list[int] = []

    def runs(self, **options: Any) -> AsyncIterator[Run]:
        """The crawls, as the reader tells them."""
        self.limits.append(options["limit"])
        found: AsyncIterator[Run] = self._reader.runs(**options)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)


@pytest.fixture
def uri(tmp_path: Path) -> str:
    """The URI of a store of two crawls that went well."""
    uri = f"sqlite:///{tmp_path}/khabar.db"
    record(uri, read(2), read(1))
    return uri


def judge_thrice(uri: str, later: Run | None = None) -> tuple[list[Judged], list[int]]:
    """The judgements of one outlet at three times, before the last of which a crawl is stored, and
    how many crawls were asked for each time that some were."""

    async def judged() -> tuple[list[Judged], list[int]]:
        async with open_reader(uri) as reader:
            counting: Any = Counting(reader)
            judgements = Judgements(counting)
            first = [await judgements.of(["waha"]) for _ in range(2)]
            if later:
                await asyncio.to_thread(record, uri, later)
            return [*first, await judgements.of(["waha"])], counting.limits

    return asyncio.run(judged())


def test_an_outlet_is_looked_at_once_a_minute(uri: str) -> None:
    judged, limits = judge_thrice(uri, refused(0))
    assert [each.judgements[0].health.state for each in judged] == ["healthy"] * 3
    assert limits == [1, 1000]
    assert len({each.at for each in judged}) == 1


def test_it_is_judged_anew_when_it_was_crawled(uri: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for age in ("_FRESH", "_USABLE"):
        monkeypatch.setattr(judgements, age, timedelta())
    judged, limits = judge_thrice(uri, refused(0))
    assert [each.judgements[0].health.state for each in judged] == ["healthy", "healthy", "refused"]
    assert limits == [1, 1000, 1, 1, 1000]
    assert judged[-1].failures == {"http_403": 9}


def test_it_is_judged_anew_when_its_crawl_has_ended(
    uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(uri, replace(read(0), finished=None, status="running"))
    for age in ("_FRESH", "_USABLE"):
        monkeypatch.setattr(judgements, age, timedelta())
    _, limits = judge_thrice(uri, read(0))
    assert limits == [1, 1000, 1, 1, 1000]


def test_nobody_waits_long_for_many_outlets(uri: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judgements, "_PATIENCE", 0)

    async def judged() -> tuple[Judged, Judged]:
        async with open_reader(uri) as reader:
            kept = Judgements(reader)
            first = await kept.of(["waha", "other"])
            await kept.of_one("waha")
            await kept.of_one("other")
            return first, await kept.of(["waha", "other"])

    first, last = asyncio.run(judged())
    assert (first.waiting, first.judgements, first.at) == (["waha", "other"], [], None)
    assert [each.health.state for each in last.judgements] == ["healthy", "never"]


def test_a_store_that_cannot_be_read_is_told(uri: str) -> None:
    async def judged() -> Judged:
        async with open_reader(uri) as reader:
            kept = Judgements(reader)
        return await kept.of(["waha"])

    with pytest.raises(StoreError, match="closed"):
        asyncio.run(judged())


@pytest.mark.parametrize(
    ("runs", "since", "lasts_longer"),
    [
        ([read(0)], None, False),
        ([refused(0)], 0, False),
        ([refused(0), refused(1), read(2), refused(3)], 1, False),
        ([refused(number) for number in range(40)], 29, True),
        ([refused(number) for number in range(20)], 19, False),
    ],
)
def test_since_when_it_is_as_it_is(
    tmp_path: Path, runs: list[Run], since: int | None, lasts_longer: bool
) -> None:
    uri = f"sqlite:///{tmp_path}/khabar.db"
    record(uri, *runs)
    judgement = judge_thrice(uri)[0][0].judgements[0]
    assert judgement.since == (None if since is None else NOW - since * HOUR)
    assert judgement.lasts_longer == lasts_longer


def test_the_last_success_is_that_of_the_newest_crawl_that_could_read(tmp_path: Path) -> None:
    uri = f"sqlite:///{tmp_path}/khabar.db"
    record(uri, refused(0), read(1), read(2))
    judgement = judge_thrice(uri)[0][0].judgements[0]
    assert judgement.last_success == read(1).finished
