"""Operators and machines that go wrong: signals, a full disk, a clock that was ahead, a spool of
junk, closed pipes."""

import os
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.health.outlet_state import judge
from crawler.runs.store_access import spool_path
from tests.conftest import ROOT
from tests.faults.several import Command, several
from tests.faults.town import (
    Answer,
    Desk,
    Scene,
    Town,
    finish,
    page,
    paragraphs,
    sentence,
    small_files,
    stories,
)
from tests.fetching.site import serving

AHEAD = """
import datetime
import time

AHEAD = datetime.timedelta(days=DAYS)
real, real_time = datetime.datetime, time.time


class Ahead(real):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(real_time(), tz) + AHEAD

    @classmethod
    def utcnow(cls):
        return real.utcnow() + AHEAD


datetime.datetime = Ahead
time.time = lambda: real_time() + AHEAD.total_seconds()
"""

SPOOLED = (
    b"{}",
    b"[]",
    b"null",
    b'"x"',
    b"5",
    b'{"url": 5}',
    b'{"url": null, "fetched_at": "2026-01-01T00:00:00+00:00"}',
    b'{"url": "http://plain.test/story/9", "fetched_at": "9999-12-31T23:59:59-14:00"}',
    b'{"url": "http://plain.test/story/9", "fetched_at": "0001-01-01T00:00:00+14:00"}',
    b'{"url": "http://plain.test/story/9", "sources": 5}',
    b'{"url": "http://plain.test/story/9", "sources": [5]}',
    b'{"url": "http://plain.test/story/9", "tags": {"a": 1}}',
    b'{"url": "http://plain.test/story/9", "body": ["a"]}',
    b'{"url": "javascript:alert(1)"}',
    b'{"url": ' + b"1" * 5000 + b"}",
    b'{"url": NaN}',
    b'{"url": 1e999}',
    b"[" * 200_000,
    b'{"a":' * 200_000,
    b"\xff\xfe\x00",
    b"\0" * 100,
    b"",
    b'{"url": "http://plain.test/story/9"',
)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[tuple[Town, Desk]]:
    """A town of a few outlets, and a desk of its own."""
    with serving(Town()) as town:
        corrected = page("ahead", lines=[*paragraphs("ahead"), "وأضافت الوزارة أن العدد بلغ 15."])
        town.add(
            Scene("plain", stories(3)),
            Scene("large", stories(20)),
            Scene("gone", stories(3), dict.fromkeys(stories(3), Answer(status=404))),
            Scene(
                "ahead",
                ["/story/1"],
                {"/story/1": (Answer(page("ahead")), Answer(corrected))},
            ),
            Scene("hook", answers={"/hook": Answer(b"x" * 999, drip=0.5)}),
            Scene(
                "stall",
                stories(3),
                {"/story/2": (Answer(page("s"), stall=25), Answer(page("s")))},
            ),
        )
        town.declare(tmp_path)
        yield town, Desk(tmp_path, f"sqlite:///{tmp_path}/khabar.db", {"DOWNLOAD_TIMEOUT": 30})


def test_a_stop_signal_ends_a_stalled_download_which_the_next_run_makes_up_for(
    small: tuple[Town, Desk],
) -> None:
    town, desk = small
    process = desk.start("crawl", "stall")
    while "/story/2" not in town.asked("stall", 1):
        assert process.poll() is None
        time.sleep(0.05)
    time.sleep(0.3)
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    ended = finish(process, begun)
    assert (ended.status, ended.seconds < 5) == (10, True), ended
    assert "Traceback" not in ended.stderr, ended.stderr
    assert desk.runs()["stall"][-1].status == "interrupted"
    town.round = 2
    ended = desk.run("crawl", "stall")
    assert ended.status == 0, ended.stderr
    assert len(desk.articles()["stall"]) == 3


@pytest.mark.parametrize("days", [2, 400])
def test_a_clock_once_ahead_hides_no_correction(small: tuple[Town, Desk], days: int) -> None:
    town, desk = small
    (desk.folder / "ahead").mkdir()
    (desk.folder / "ahead" / "sitecustomize.py").write_text(AHEAD.replace("DAYS", str(days)))
    path = f"{ROOT}:{desk.folder}/ahead:{desk.folder}"
    ended = desk.run("crawl", "ahead", environment={"PYTHONPATH": path})
    assert ended.status == 0, ended.stderr
    (stored,) = desk.articles()["ahead"]
    assert stored.article.fetched_at is not None
    assert stored.article.fetched_at - datetime.now(UTC) > timedelta(days=days - 1)
    town.round = 2
    ended = desk.run("crawl", "ahead")
    assert ended.status == 0, ended.stderr
    (stored,) = desk.articles()["ahead"]
    assert "15" in str(stored.article.body)
    assert stored.revisions == 1
    run = desk.runs()["ahead"]
    assert {each.status for each in run} == {"done"}


def test_lines_of_the_spool_that_are_no_article_stop_nothing(small: tuple[Town, Desk]) -> None:
    town, desk = small
    spool = spool_path(str(desk.folder / "spool.jsonl"), desk.uri)
    spool.write_bytes(b"\n".join(SPOOLED))
    hook = f"{town.home('hook')}/hook".replace("hook.test", "127.0.0.1")
    ended = desk.run(
        "crawlall",
        "--only",
        "plain,gone",
        environment={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"},
        HEALTH_WEBHOOK=hook,
    )
    assert "Traceback" not in ended.stderr, ended.stderr
    assert ended.seconds < 25
    assert len(desk.articles()["plain"]) == 3
    broken = b"".join(path.read_bytes() for path in desk.folder.glob("spool*broken*"))
    missing = [line[:60] for line in SPOOLED if line.strip() and line not in broken]
    assert not missing, missing
    assert not spool.exists() or not spool.read_bytes()


def test_a_full_disk_is_told_in_a_line_and_made_up_for(small: tuple[Town, Desk]) -> None:
    _, desk = small
    assert desk.run("crawl", "plain").status == 0
    for most in (1000, (desk.folder / "khabar.db").stat().st_size + 20_000):
        ended = desk.run("crawl", "large", before=small_files(most))
        assert ended.status == 13, ended.stderr
        assert "Traceback" not in ended.stderr
        runs = desk.runs().get("large", [])
        assert not [run for run in runs if run.status == "done"]
        assert not runs or judge("large", runs[::-1]).state != "healthy", runs
    ended = desk.run("crawl", "large")
    assert ended.status == 0, ended.stderr
    assert len(desk.articles()["large"]) == 20


def test_who_reads_a_store_that_does_not_exist_is_told_and_nothing_is_made(
    small: tuple[Town, Desk],
) -> None:
    _, desk = small
    before = {path.name for path in desk.folder.iterdir()}
    missing = f"{desk.folder}/missing.db"
    wrong: list[Command] = []
    commands = ("stories", "health", "runs", "outlets", "why|http://plain.test/story/1", "regroup")
    for command in several(desk, f"sqlite:///{missing}", *commands):
        if command.status == 0 or "missing.db" not in command.stderr:
            wrong.append(command)
        if "Traceback" in command.stderr or command.stderr.count("\n") > 2:
            wrong.append(command)
    made = {path.name for path in desk.folder.iterdir()} - before
    assert not wrong
    assert not [name for name in made if name.startswith("missing")]


def test_a_crawl_whose_stderr_is_closed_stores_all_the_same(small: tuple[Town, Desk]) -> None:
    _, desk = small
    ended = desk.run("crawl", "plain", before=lambda: os.close(2))
    assert ended.status == 0
    assert len(desk.articles()["plain"]) == 3


def test_the_children_of_a_killed_parent_end(small: tuple[Town, Desk]) -> None:
    town, desk = small
    process = desk.start("crawlall", "--jobs", "2", "--only", "stall,plain")
    while "/story/2" not in town.asked("stall", 1):
        assert process.poll() is None
        time.sleep(0.05)
    group = f"STORE_URI={desk.uri}".encode()

    def alive() -> list[str]:
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if group in path.read_bytes():
                    found.append(path.parent.name)
            except OSError:
                pass
        return found

    assert len(alive()) >= 2
    process.kill()
    begun = time.monotonic()
    finish(process, begun)
    while alive():
        assert time.monotonic() - begun < 12, alive()
        time.sleep(0.2)
    town.round = 2
    ended = desk.run("crawlall", "--only", "stall,plain")
    assert ended.status == 0, ended.stderr
    assert {name: len(stored) for name, stored in desk.articles().items()} == {
        "stall": 3,
        "plain": 3,
    }


def test_a_stop_signal_ends_a_run_that_reads_a_large_page(small: tuple[Town, Desk]) -> None:
    town, desk = small
    lines = [sentence(f"heavy {n}", 3) for n in range(150_000)]
    town.scenes["plain"].answers = {"/story/2": Answer(page("paragraphs", lines=lines))}
    process = desk.start("crawl", "plain")
    while "/story/2" not in town.asked("plain", 1):
        assert process.poll() is None
        time.sleep(0.05)
    time.sleep(0.7)
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    ended = finish(process, begun)
    assert ended.seconds < 17
    assert ended.status in (0, 10)
    assert "Traceback" not in ended.stderr
    run = desk.runs()["plain"][-1]
    assert run.status in ("interrupted", "running")
    town.scenes["plain"].answers = {}
    ended = desk.run("crawl", "plain")
    assert ended.status == 0, ended.stderr
    assert len(desk.articles()["plain"]) == 3
