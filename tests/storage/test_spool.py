"""The spool: nothing waits in vain, nothing is stored by two runs, whatever dies in between."""

import asyncio
import errno
import json
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from crawler.dedup import article_id
from crawler.items import Article
from crawler.storage import Saved, Store, StoreError, StoreUnavailable, open_store
from crawler.storage.spool import Spool, Unspooled
from crawler.storage.unspooling import remove_from_spool
from tests.storage.samples import NOON, SyncStore, article, gap_free
from tests.storage.test_addresses import HARBOUR, MARKET, RAIN
from tests.storage.test_readdressing import BEFORE, WITH_ID, outlet, page


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    """An empty spool."""
    return Spool(tmp_path / "waiting.jsonl")


@pytest.fixture
def store(sqlite_uri: str) -> SyncStore:
    """A fresh store."""
    return SyncStore(sqlite_uri)


class Away:
    """A store that goes away after so many articles."""

    def __init__(self, takes: int = 0) -> None:
        self.takes = takes
        self.taken: list[Article] = []

    async def save_many(self, articles: Any) -> list[Any]:
        for sent in articles:
            if len(self.taken) == self.takes:
                raise StoreUnavailable("gone")
            self.taken.append(sent)
        return []


def stored(spool: Spool, store: SyncStore) -> Unspooled:
    return store.run(spool.store_into)


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("waiting*") if not path.name.endswith(".lock"))


def test_what_waits_is_stored_once_as_it_was(
    spool: Spool, store: SyncStore, tmp_path: Path
) -> None:
    spool.append(gap_free("full"))
    spool.append(article("a"))
    assert stored(spool, store) == Unspooled(stored=2)
    assert store.counts()["articles"] == 2
    assert store.articles(outlet="full")[0].article == gap_free("full")
    assert stored(spool, store) == Unspooled()
    assert left(tmp_path) == []


def with_values(**values: object) -> str:
    """A line of the spool with `values` in place of those of an article."""
    document = {"url": "https://waha.example/x", "fetched_at": NOON.isoformat()}
    return json.dumps(document | values)


@pytest.mark.parametrize(
    "line",
    [
        "[" * 200_000 + "]" * 200_000,
        '{"url": ' + "[" * 200_000 + "]" * 200_000 + "}",
        "[]",
        "7",
        with_values(url=5),
        with_values(headline=["a"]),
        with_values(body={"a": 1}),
        with_values(authors="Salma"),
        with_values(tags=[1]),
        with_values(sources="petra"),
        with_values(sources=[{"id": 1, "name": "x", "kind": "agency", "role": "agency"}]),
        with_values(sources=[["id"]]),
        with_values(published="9999-12-31T23:59:59-14:00"),
        with_values(published="0001-01-01T00:00:00+14:00"),
        with_values(published="2024-05-06T12:00:00"),
        with_values(fetched_at=5),
    ],
    ids=lambda line: line[:60],
)
def test_a_line_that_is_no_article_is_set_aside_with_its_bytes_and_stops_no_other(
    spool: Spool, store: SyncStore, tmp_path: Path, line: str
) -> None:
    (tmp_path / "waiting.jsonl").write_text(f"{line}\n")
    spool.append(article("a"))
    assert stored(spool, store) == Unspooled(stored=1, broken=1)
    assert spool.broken_path.read_text() == f"{line}\n"
    assert store.counts()["articles"] == 1


def test_a_line_over_which_the_store_fails_is_set_aside(spool: Spool) -> None:
    class Failing:
        async def save_many(self, articles: Iterable[Article]) -> list[Saved]:
            if any(given.outlet == "b" for given in articles):
                raise OverflowError("nobody foresaw it")
            return []

    for name in "abc":
        spool.append(article(name))
    unspooled = asyncio.run(spool.store_into(Failing()))  # type: ignore[arg-type]
    assert unspooled == Unspooled(stored=2, broken=1)


def test_a_full_disk_is_told_and_leaves_no_part_of_a_line(
    spool: Spool, store: SyncStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    spool.append(article("a"))
    written = (tmp_path / "waiting.jsonl").read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("crawler.storage.spool.os.fsync", full)
        with pytest.raises(StoreUnavailable, match="cannot be written: No space left on device"):
            spool.append(article("b"))
        assert (tmp_path / "waiting.jsonl").read_bytes() == written
        with pytest.raises(StoreUnavailable, match="No space left on device"):
            stored(spool, store)
    assert stored(spool, store) == Unspooled(stored=1)


def test_an_empty_spool_leaves_no_file(spool: Spool, store: SyncStore, tmp_path: Path) -> None:
    assert stored(spool, store) == Unspooled()
    assert stored(Spool(tmp_path / "missing" / "s"), store) == Unspooled()
    assert list(tmp_path.glob("waiting*")) == []


def test_when_the_store_is_away_all_wait_on(spool: Spool, store: SyncStore) -> None:
    for n in range(5):
        spool.append(article(f"o{n}"))
    with pytest.raises(StoreUnavailable):
        asyncio.run(spool.store_into(Away(takes=3)))  # type: ignore[arg-type]
    spool.append(article("later"))
    assert stored(spool, store) == Unspooled(stored=6)
    assert store.counts()["articles"] == 6


def test_a_run_never_stores_what_another_is_storing(
    spool: Spool, store: SyncStore, tmp_path: Path
) -> None:
    spool.append(article("a"))
    other = Spool(tmp_path / "waiting.jsonl")

    class Slow(Away):
        async def save_many(self, articles: Any) -> list[Any]:
            self.taken += articles
            async with open_store(store.uri) as opened:
                assert await other.store_into(opened) == Unspooled()
            other.append(article("meanwhile"))
            return []

    slow = Slow()
    assert asyncio.run(spool.store_into(slow)) == Unspooled(stored=1)  # type: ignore[arg-type]
    assert [taken.outlet for taken in slow.taken] == ["a"]
    assert stored(spool, store) == Unspooled(stored=1)
    assert [stored.article.outlet for stored in store.articles()] == ["meanwhile"]


def test_a_line_cut_short_is_kept_and_reported(
    spool: Spool, store: SyncStore, tmp_path: Path
) -> None:
    spool.append(article("a"))
    path = tmp_path / "waiting.jsonl"
    whole = path.read_bytes()
    cut = whole[: len(whole) // 2 + 1]
    path.write_bytes(whole + cut)
    spool.append(article("b"))
    assert stored(spool, store) == Unspooled(stored=2, broken=1)
    assert spool.broken_path.read_bytes() == cut + b"\n"
    assert left(tmp_path) == ["waiting.broken.jsonl"]


def test_lines_that_are_no_articles_are_set_aside_with_their_bytes(
    spool: Spool, store: SyncStore, tmp_path: Path
) -> None:
    lines = [
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"url": 5}',
        b'{"url": "ftp://x/"}',
        b'{"url": "x", "sources": [{}]}',
    ]
    spool.append(article("a"))
    with (tmp_path / "waiting.jsonl").open("ab") as file:
        file.write(b"\n".join(lines))
    assert stored(spool, store) == Unspooled(stored=1, broken=len(lines))
    assert sorted(spool.broken_path.read_bytes().splitlines()) == sorted(lines)


def test_what_cannot_be_written_is_refused(spool: Spool, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be spooled"):
        spool.append(article("a", published=NOON.replace(tzinfo=None)))
    assert left(tmp_path) == []


def test_lines_are_text_that_people_can_read(spool: Spool, tmp_path: Path) -> None:
    spool.append(gap_free("full"))
    line = json.loads((tmp_path / "waiting.jsonl").read_text(encoding="utf-8"))
    assert (line["published"], line["zone"]) == ("2026-03-01T11:00:00.000+00:00", "Africa/Cairo")
    assert "القاهرة" in (tmp_path / "waiting.jsonl").read_text(encoding="utf-8")


APPENDER = """
import sys
from crawler.items import Article
from crawler.storage.spool import Spool
spool, n = Spool(sys.argv[1]), 0
while True:
    spool.append(Article(url=f"https://o{sys.argv[2]}.example/{n}", body=f"{n}"))
    print(n, flush=True)
    n += 1
"""

KILLED = """
import asyncio, os, signal, sys
from crawler.storage.spool import Spool
class Store:
    async def save_many(self, articles):
        os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(Spool(sys.argv[1]).store_into(Store()))
"""


def test_kill_9_of_those_who_append_and_those_who_store_loses_nothing(
    spool: Spool, store: SyncStore, tmp_path: Path
) -> None:
    path = tmp_path / "waiting.jsonl"
    appenders = [
        subprocess.Popen(
            [sys.executable, "-c", APPENDER, str(path), str(n)], stdout=subprocess.PIPE
        )
        for n in range(2)
    ]
    for appender in appenders:
        assert appender.stdout is not None
        for _ in range(15):
            appender.stdout.readline()
    dead = subprocess.run([sys.executable, "-c", KILLED, str(path)])
    assert dead.returncode == -signal.SIGKILL
    acknowledged = 0
    for appender in appenders:
        assert appender.stdout is not None
        appender.stdout.readline()
        appender.kill()
        acknowledged += 16 + len(appender.stdout.readlines())
        appender.wait()
        appender.stdout.close()
    result = stored(spool, store)
    assert result.broken <= 2
    assert acknowledged <= result.stored <= acknowledged + 2
    assert store.counts()["articles"] == result.stored
    assert [name for name in left(tmp_path) if "broken" not in name] == []


def test_a_removed_article_that_waits_is_refused_when_it_is_stored(
    tmp_path: Path, sqlite_uri: str
) -> None:
    store = SyncStore(sqlite_uri)
    (saved,) = store.save(article("a"))
    spool = Spool(tmp_path / "spool.jsonl")
    spool.append(article("a", "نص آخر"))
    spool.append(article("b"))

    async def work(opened: Store) -> Unspooled:
        await opened.forget(saved.article_id, "a court's order")
        return await spool.store_into(opened)

    assert store.run(work) == Unspooled(2, 0)
    assert [stored.article.outlet for stored in store.articles()] == ["b"]


def test_what_waits_is_stored_at_the_address_that_its_outlet_declares_today(
    spool: Spool, store: SyncStore, tmp_path: Path
) -> None:
    waits = page(BEFORE, "7-harbour", HARBOUR)
    spool.append(waits)
    spool.append(article("b", MARKET))
    declared = {"a": WITH_ID, "c": outlet(name="c", hosts=("c.example",))}
    result = store.run(lambda opened: spool.store_into(opened, declared.get))
    assert result == Unspooled(stored=2)
    again = page(WITH_ID, "7-another-slug", HARBOUR)
    assert store.outcomes(again) == ["unchanged"]
    (kept,) = store.articles(outlet="a")
    assert kept.article.canonical_url == "https://a.example/7"
    assert (kept.article.url, kept.article.own_url) == (waits.url, again.own_url)
    assert store.articles(outlet="b")[0].article.canonical_url == "https://b.example/news"


def test_what_was_removed_at_a_new_address_is_removed_at_its_old_one(
    spool: Spool, store: SyncStore, tmp_path: Path
) -> None:
    store.save(page(WITH_ID, "7-another-slug", HARBOUR))
    spool.append(page(BEFORE, "7-harbour", MARKET))
    spool.append(page(BEFORE, "8-rain", RAIN))
    tombstone = store.run(lambda opened: opened.forget(article_id("https://a.example/7"), "asked"))
    assert tombstone is not None
    assert remove_from_spool(spool, [tombstone], [], {"a": WITH_ID}.get).lines == 1
    assert stored(spool, store) == Unspooled(stored=1)
