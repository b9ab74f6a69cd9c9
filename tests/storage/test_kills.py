"""`kill -9` in the middle of `forget`, `forget --before` and `copy-store`: the same command again
finishes the work, nothing else is lost, and the store keeps its promises."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from crawler.dedup import article_id
from crawler.storage import Store
from crawler.storage.checking import check_store
from tests.conftest import ROOT
from tests.storage.invented import copy_of
from tests.storage.samples import HOUR, NOON, SyncStore, article
from tests.storage.test_copying import WAYS, contents, fill
from tests.storage.test_removal import DAY, HARBOUR, RAIN, SECRET, everything_in

Run = Callable[..., dict[str, Any]]
Twins = tuple[SyncStore, SyncStore]
KILLED = -9


@pytest.fixture(scope="module")
def server() -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.storage.kill_at"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture
def run(server: "subprocess.Popen[str]", tmp_path: Any) -> Run:
    """`run(URI, ARGUMENT..., at=STEP)`: what became of a command that is killed at that step."""

    def ordered(uri: str, *arguments: str, at: int = 0) -> dict[str, Any]:
        settings = ("-s", f"STORE_URI={uri}", "-s", f"SPOOL={tmp_path}/spool.jsonl")
        order = {"arguments": (*arguments, *settings), "at": at}
        assert server.stdin is not None
        assert server.stdout is not None
        print(json.dumps(order), file=server.stdin, flush=True)
        told: dict[str, Any] = json.loads(server.stdout.readline())
        assert told["status"] != 99, told["printed"]
        return told

    return ordered


@pytest.fixture
def twins(store: SyncStore) -> Twins:
    """Two stores of one kind, one to be killed, one not."""
    head, khabar, tail = store.uri.rpartition("khabar")
    return store, SyncStore(f"{head}{khabar}_twin{tail}")


def others(store: SyncStore) -> list[Any]:
    """All that a store tells but the times at which something was removed."""
    told = contents(store)
    tombstones, retentions = told[4], told[5]
    told[4] = sorted((each.id, each.address, each.successor) for each in tombstones)
    told[5] = [(each.outlet, each.before) for each in retentions]
    return told


def faults(store: SyncStore) -> list[str]:
    async def found(opened: Store) -> list[str]:
        findings = await check_store(opened, lambda *_: None)
        return [f"{fault.subject} {fault.problem}" for fault in findings.faults]

    return store.run(found)


def spread(steps: int, number: int) -> list[int]:
    """So many steps of all, from the first to the last."""
    return [1 + (steps - 1) * each // (number - 1) for each in range(number)]


def test_of_one_article(twins: Twins, run: Run) -> None:
    """Its story goes on in its copies."""
    removed = copy_of("a", 0, published=NOON - 10 * DAY, headline=SECRET)
    kept = [copy_of("b", 0, last=5), copy_of("c", 0), article("d", RAIN)]
    later = article("d", f"{RAIN} غدا", fetched_at=NOON + HOUR)
    forget = ("forget", removed.url, "--reason", "a court's order")
    killed, twin = twins
    twin.save(removed, *kept, later)
    whole = run(twin.uri, *forget)
    assert whole["status"] == 0, whole["printed"]
    kills = 0
    for at in spread(whole["steps"], 4):
        killed.run(lambda opened: opened.lift_tombstone(article_id(removed.url)))
        killed.save(removed, *kept, later)
        kills += run_killed(run, killed, forget, at)
        assert run(killed.uri, *forget)["status"] == 0
        assert faults(killed) == []
        assert killed.partition() == twin.partition()
        assert [each.article.url for each in killed.articles()] == [
            each.article.url for each in twin.articles()
        ]
        assert len(killed.revisions(article_id(later.url))) == 1
        assert killed.outcomes(removed) == ["forgotten"]
        assert SECRET.encode() not in everything_in(killed)
    assert kills >= 3, "the twin made the steps of a new store too"


def test_of_all_that_is_too_old(twins: Twins, run: Run) -> None:
    for store in twins:
        store.run(
            lambda opened: opened.save_many(
                article(f"a/{n}", f"{HARBOUR} {n}", headline=f"عنوان {n}", published=NOON - n * DAY)
                for n in range(1, 181)
            )
        )
        store.save(copy_of("b", 0), copy_of("a", 0, last=5, published=NOON - 90 * DAY))
    before = f"{NOON - 40 * DAY:%Y-%m-%d}"
    forget = ("forget", "--before", before, "--outlet", "a", "--reason", "age")
    killed, twin = twins
    whole = run(twin.uri, *forget)
    assert whole["status"] == 0, whole["printed"]
    kills = [at for at in spread(whole["steps"], 4) if run_killed(run, killed, forget, at)]
    assert len(kills) >= 2, "what is done needs fewer steps the next time"
    assert run(killed.uri, *forget)["status"] == 0
    assert faults(killed) == []
    assert others(killed) == others(twin)
    assert killed.counts()["articles"] == 41


def run_killed(run: Run, store: SyncStore, arguments: tuple[str, ...], at: int) -> bool:
    """Run a command that is killed at a step; False if it came to its end before."""
    status = run(store.uri, *arguments, at=at)["status"]
    assert status in (0, KILLED)
    return bool(status == KILLED)


@pytest.mark.parametrize("way", WAYS[:2], ids=lambda way: f"{way[0]} to {way[1]}")
def test_of_a_copy(way: tuple[str, str], run: Run, request: pytest.FixtureRequest) -> None:
    origin, target = (SyncStore(request.getfixturevalue(f"{kind}_uri")) for kind in way)
    fill(origin)
    copy = ("copy-store", origin.uri, target.uri)
    kills = 0
    at = 8
    while True:
        told = run(origin.uri, *copy, at=at)
        if told["status"] != KILLED:
            break
        kills += 1
        at *= 2
    assert told["status"] == 0, told["printed"]
    assert kills >= 4
    assert "DIFFERENT" not in told["printed"]
    assert contents(target) == contents(origin)
    assert faults(target) == []
