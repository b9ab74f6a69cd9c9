"""`scrapy forget`: what it says, and what it leaves in store and spool."""

import json
from pathlib import Path

import pytest

from crawler.dedup import article_id
from crawler.runs.store_access import spool_path
from crawler.storage.spool import Spool
from tests.conftest import Scrapy
from tests.storage.samples import NOON, SyncStore, article
from tests.storage.test_removal import DAY, HARBOUR, RAIN, SECRET

ADDRESS = "https://a.example/1"


@pytest.fixture
def store(tmp_path: Path) -> SyncStore:
    store = SyncStore(f"sqlite:///{tmp_path}/khabar.db")
    store.save(
        article("a/1", f"{HARBOUR} {SECRET}", published=NOON - DAY),
        article("b/1", f"{HARBOUR} {SECRET}"),
        article("youm7/1", RAIN, published=NOON - 9 * DAY),
    )
    return store


def test_an_article_is_removed_listed_and_taken_again(
    scrapy: Scrapy, store: SyncStore, tmp_path: Path
) -> None:
    environment = {"KHABAR_STORE_URI": store.uri, "KHABAR_SPOOL": f"{tmp_path}/spool.jsonl"}
    path = spool_path(f"{tmp_path}/spool.jsonl", store.uri)
    spool = Spool(path)
    for waiting in ("a/1", "c/1"):
        spool.append(article(waiting, f"{HARBOUR} {SECRET} في الانتظار"))
    with spool.broken_path.open("w") as file:
        file.write(f'{{"url":"{ADDRESS}","body":"{SECRET}\n')

    no_reason = scrapy("forget", ADDRESS, **environment)
    assert (no_reason.returncode, store.counts()["articles"]) == (2, 3)
    assert "--reason" in no_reason.stderr
    unknown = scrapy("forget", "https://a.example/none", "--reason", "x", **environment)
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "https://a.example/none is not stored" in unknown.stderr

    id_ = article_id(ADDRESS)
    done = scrapy("forget", ADDRESS, "--reason", "a court's\norder", **environment)
    assert done.returncode == 0, done.stderr
    first, second, *others = done.stdout.splitlines()
    assert first == f"removed  {id_}  {ADDRESS}"
    assert article_id("https://b.example/1") in second
    assert "2 more removed from the spool" in others
    assert "  backups, exports, recordings and WARC files" in others
    assert SECRET not in spool.broken_path.read_text() if spool.broken_path.exists() else True
    (line,) = path.read_text().splitlines()
    assert json.loads(line)["outlet"] == "c"

    again = scrapy("forget", id_, "--reason", "x", **environment)
    assert again.returncode == 0
    assert again.stdout.startswith(f"was removed  {id_}")
    listed = scrapy("forget", "--list", "--json", **environment)
    (entry,) = [json.loads(line) for line in listed.stdout.splitlines()]
    assert (entry["id"], entry["address"], entry["outlet"]) == (id_, ADDRESS, "a")
    assert entry["reason"] == "a court's order"
    assert ADDRESS in scrapy("forget", "--list", **environment).stdout

    told = scrapy("why", "--json", ADDRESS, **environment)
    assert json.loads(told.stdout)["removed"]["reason"] == "a court's order"
    assert "for good" in scrapy("why", id_, **environment).stdout
    assert store.outcomes(article("a/1", RAIN)) == ["forgotten"]
    undone = scrapy("forget", "--undo", ADDRESS, **environment)
    assert (undone.returncode, undone.stderr) == (0, "")
    assert scrapy("forget", "--undo", ADDRESS, **environment).returncode == 2
    assert store.outcomes(article("a/1", RAIN)) == ["new_copy"]


def test_old_articles_of_an_outlet_are_removed(scrapy: Scrapy, store: SyncStore) -> None:
    options = ("--before", "2026-02-25", "--outlet", "youm7", "--reason", "retention")
    for wrong in (options[:2] + options[4:], options[:4], ("--before", "2999-01-01", *options[2:])):
        assert scrapy("forget", *wrong, KHABAR_STORE_URI=store.uri).returncode == 2
    mistyped = scrapy("forget", *options[:3], "youm8", "--reason", "x", KHABAR_STORE_URI=store.uri)
    assert mistyped.returncode == 2
    assert "youm7" in mistyped.stderr, "the nearest name is told"
    assert store.counts()["articles"] == 3
    done = scrapy("forget", *options, "--compact", KHABAR_STORE_URI=store.uri)
    assert done.returncode == 0, done.stderr
    assert "youm7: 1 articles from before 2026-02-25 00:00 removed" in done.stdout
    assert "--compact" not in done.stdout
    assert store.counts()["articles"] == 2
    listed = scrapy("forget", "--list", "--json", KHABAR_STORE_URI=store.uri)
    (entry,) = [json.loads(line) for line in listed.stdout.splitlines()]
    assert (entry["outlet"], entry["before"]) == ("youm7", "2026-02-25T00:00:00.000+00:00")
    assert (
        scrapy("forget", "--undo", "--outlet", "youm7", KHABAR_STORE_URI=store.uri).returncode == 0
    )
