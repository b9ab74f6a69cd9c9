"""`scrapy export` on the store that a replayed crawl filled."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet
import pytest

from crawler.storage.locks import file_lock
from tests.commands.conftest import Replayed, Show
from tests.conftest import ROOT, Scrapy


@pytest.fixture
def export(scrapy: Scrapy, replayed_crawl: Replayed) -> Scrapy:
    def run(*arguments: str, **_: object) -> "subprocess.CompletedProcess[str]":
        return scrapy("export", *arguments, KHABAR_STORE_URI=replayed_crawl[0])

    return run


def test_the_query_is_that_of_scrapy_stories(
    export: Scrapy, listing: Callable[[str], Show]
) -> None:
    stories = listing("stories")
    query = ("--language", "ar", "--source", "sputnik", "--until", "2030-01-01")
    process = export("--format", "jsonl", *query)
    assert (process.returncode, process.stderr) == (0, "")
    rows = [json.loads(line) for line in process.stdout.splitlines()]
    shown = stories("--limit", "1000", *query)
    assert shown
    assert [{name: row[name] for name in shown[0]} for row in rows] == shown
    (first,) = export("--format", "jsonl", *query, "--limit", "1").stdout.splitlines()
    assert json.loads(first) == rows[0]


def test_a_file_is_written_with_all_stories(export: Scrapy, tmp_path: Path) -> None:
    for format_name in ("csv", "parquet"):
        process = export("--format", format_name, "-o", f"{tmp_path}/stories.{format_name}")
        assert (process.returncode, process.stdout, process.stderr) == (0, "", "")
    assert sorted(os.listdir(tmp_path)) == ["stories.csv", "stories.parquet"]
    text = (tmp_path / "stories.csv").read_text(encoding="utf-8-sig")
    ids = [row["id"] for row in csv.DictReader(io.StringIO(text))]
    assert len(ids) > 5
    assert pyarrow.parquet.read_table(tmp_path / "stories.parquet")["id"].to_pylist() == ids


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("--format", "csv", "-o", "/missing/x"), 2, "/missing/x: there is no folder /missing"),
        (("--format", "csv", "-o", "/dev/full"), 1, "no space left on device"),
        (("--format", "xlsx", "-o", "/dev/full"), 1, "no space left on device"),
        (("--format", "csv", "(word"), 2, "a bracket is not closed"),
        (("--format", "csv", "--text", "!"), 2, "holds no word to look for"),
        (("--format", "odt"), 2, "invalid choice: 'odt'"),
        (("--format", "csv", "--limit", "0"), 2, "at least 1"),
        (
            ("--format", "csv", "--since", "2024-01-02", "--until", "2024-01-02"),
            2,
            "--since 2024-01-02 is not before --until 2024-01-02",
        ),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(
    export: Scrapy, arguments: tuple[str, ...], status: int, message: str
) -> None:
    process = export(*arguments)
    assert process.returncode == status
    assert message in process.stderr
    assert "Traceback" not in process.stderr


def test_a_store_that_is_not_there_leaves_no_file(scrapy: Scrapy, tmp_path: Path) -> None:
    path = tmp_path / "stories.csv"
    uri = f"sqlite:///{tmp_path}/none.db"
    process = scrapy("export", "--format", "csv", "-o", str(path), KHABAR_STORE_URI=uri)
    assert process.returncode == 2
    assert "there is no store yet" in process.stderr
    assert os.listdir(tmp_path) == []


def test_a_reader_that_has_seen_enough_is_no_error(replayed_crawl: Replayed) -> None:
    command = [sys.executable, "-m", "scrapy.cmdline", "export", "--format", "text"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "KHABAR_STORE_URI": replayed_crawl[0]},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    with process.stderr as stderr:
        assert stderr.read() == b""
    assert process.wait(60) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_leaves_nothing_beside_the_file(
    number: signal.Signals, replayed_crawl: Replayed, tmp_path: Path
) -> None:
    path = tmp_path / "stories.csv"
    path.write_bytes(b"old")
    store = Path(replayed_crawl[0].removeprefix("sqlite:///"))
    with file_lock(store.with_name(f"{store.name}-lock"), timeout=5):  # the export waits for it
        process = subprocess.Popen(
            [sys.executable, "-m", "scrapy.cmdline", "export", "--format", "csv", "-o", str(path)],
            cwd=ROOT,
            env=os.environ | {"KHABAR_STORE_URI": replayed_crawl[0]},
            stderr=subprocess.PIPE,
            text=True,
        )
        deadline = time.monotonic() + 60
        while len(os.listdir(tmp_path)) < 2 and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(number)
        time.sleep(0.1)
    _, stderr = process.communicate(timeout=60)
    assert (process.returncode, stderr) == (10, "scrapy export: broken off\n")
    assert os.listdir(tmp_path) == ["stories.csv"]
    assert path.read_bytes() == b"old"
