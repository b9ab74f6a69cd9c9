"""`scrapy runs` on the store that a replayed crawl of every outlet filled."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.commands.conftest import Replayed, Show
from tests.conftest import Scrapy

FIELDS = [
    "id", "outlet", "started", "finished", "status", "found", "fetched",
    "new_stories", "copies", "revisions", "unchanged", "gaps", "failures",
]  # fmt: skip


@pytest.fixture
def runs(listing: Callable[[str], Show]) -> Show:
    return listing("runs")


def test_runs_come_newest_first_with_the_fields_of_the_contract(runs: Show) -> None:
    shown = runs()
    assert len(shown) == 6
    assert all(list(run)[: len(FIELDS)] == FIELDS for run in shown)
    started = [run["started"] for run in shown]
    assert started == sorted(started, reverse=True)
    (youm7,) = runs("--outlet", "youm7")
    assert youm7 == next(run for run in shown if run["outlet"] == "youm7")
    assert (youm7["status"], youm7["found"], youm7["new_stories"], youm7["gaps"]) == (
        "done",
        2,
        2,
        {},
    )
    assert (youm7["scope"], youm7["discovered"]) == ("all", 2)


def test_limit_and_since_cut_the_list(runs: Show) -> None:
    assert runs("--limit", "2") == runs()[:2]
    third = runs()[2]["started"]
    # Some begin in the same millisecond.
    assert runs("--since", third) == [run for run in runs() if run["started"] >= third]
    assert runs("--since", (datetime.now(UTC) + timedelta(days=1)).isoformat()) == []


def test_the_table_has_a_row_for_each_run(scrapy: Scrapy, replayed_crawl: Replayed) -> None:
    process = scrapy("runs", "--outlet", "youm7", KHABAR_STORE_URI=replayed_crawl[0])
    head, row = process.stdout.splitlines()
    assert head.split()[:3] == ["started", "outlet", "status"]
    assert row.split()[2:] == ["youm7", "done", "2", "2", "2", "0", "0", "0", "-", "-"]


def test_what_no_run_matches_is_said(scrapy: Scrapy, replayed_crawl: Replayed) -> None:
    process = scrapy("runs", "--outlet", "jang", KHABAR_STORE_URI=replayed_crawl[0])
    assert (process.returncode, process.stdout) == (0, "")
    assert process.stderr == "No stored run matches.\n"


def test_an_outlet_is_named_as_people_do_and_must_be_one(
    runs: Show, scrapy: Scrapy, replayed_crawl: Replayed
) -> None:
    assert {run["outlet"] for run in runs("--outlet", "BBC Urdu")} == {"bbc_ur"}
    both = runs("--outlet", "UrduPoint")
    assert both == [run for run in runs() if run["outlet"].startswith("urdupoint")]
    assert len(both) == 2
    assert runs("--outlet", "UrduPoint", "--limit", "1") == both[:1]
    for command in ("runs", "regroup"):
        process = scrapy(command, "--outlet", "yuom7", KHABAR_STORE_URI=replayed_crawl[0])
        assert (process.returncode, process.stdout) == (2, "")
        assert "unknown outlet 'yuom7'; did you mean youm7?" in process.stderr
    process = scrapy("runs", "--since", "lately", KHABAR_STORE_URI=replayed_crawl[0])
    assert process.returncode == 2
    assert "--since: 'lately' is not a date" in process.stdout + process.stderr
