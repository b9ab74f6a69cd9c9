"""`scrapy backup`, `check-store` and `metrics`: what they say, and their exit status."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ROOT, Scrapy
from tests.storage.samples import SyncStore, article


def test_backup_check_and_metrics(scrapy: Scrapy, tmp_path: Path) -> None:
    store = SyncStore(f"sqlite:///{tmp_path}/khabar.db")
    (saved, _) = store.save(article("a"), article("b"))
    environment = {"KHABAR_STORE_URI": store.uri, "KHABAR_SPOOL": f"{tmp_path}/spool.jsonl"}

    done = scrapy("backup", str(tmp_path), **environment)
    assert done.returncode == 0, done.stderr
    (path,) = tmp_path.glob("khabar-2*.db")
    assert done.stdout.startswith(str(path))
    assert scrapy("backup", str(path), **environment).returncode == 2
    copied = scrapy("check-store", KHABAR_STORE_URI=f"sqlite:///{path}")
    assert (copied.returncode, copied.stdout) == (0, "The store keeps its promises.\n")

    with closing(sqlite3.connect(tmp_path / "khabar.db")) as connection:
        connection.execute("UPDATE articles SET story_time = 5")
        connection.commit()
    wrong = scrapy("check-store", "--json", **environment)
    assert wrong.returncode == 1
    faults = [json.loads(line) for line in wrong.stdout.splitlines()]
    assert {fault["subject"] for fault in faults} >= {saved.article_id}
    assert set(faults[0]) == {"subject", "problem", "is_lasting"}
    mended = scrapy("check-store", "--repair", **environment)
    assert (mended.returncode, mended.stdout) == (0, "The store keeps its promises.\n")
    assert scrapy("check-store", **environment).returncode == 0

    printed = scrapy("metrics", **environment)
    assert printed.returncode == 0, printed.stderr
    assert 'khabar_outlet_state{outlet="youm7",state="never"} 1' in printed.stdout.splitlines()
    assert "khabar_store_articles 2" in printed.stdout.splitlines()
    assert printed.stdout.endswith("# EOF\n")
    file = tmp_path / "khabar.prom"
    assert scrapy("metrics", "-o", str(file), **environment).stdout == ""
    assert file.read_text().endswith("# EOF\n")
    assert file.stat().st_mode & 0o777 == 0o644
    unwritable = scrapy("metrics", "-o", str(tmp_path / "none" / "x"), **environment)
    assert (unwritable.returncode, unwritable.stdout) == (2, "")
    assert len(unwritable.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["check-store", "metrics", "stories"])
def test_a_full_disk_under_stdout_is_told_in_a_line(command: str, tmp_path: Path) -> None:
    store = SyncStore(f"sqlite:///{tmp_path}/khabar.db")
    store.save(article("a"))
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "scrapy.cmdline", command],
            cwd=ROOT,
            env=os.environ | {"KHABAR_STORE_URI": store.uri},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
        )
    said = f"scrapy {command}: stdout: no space left on device\n"
    assert (done.returncode, done.stderr) == (1, said)
