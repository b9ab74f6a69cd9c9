"""`scrapy outlets` on the store that a replayed crawl of every outlet filled, and on an empty
one."""

import asyncio
import json
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.commands.conftest import Replayed, make_store
from tests.conftest import Scrapy


def shown(process: "subprocess.CompletedProcess[str]") -> list[dict[str, Any]]:
    assert process.returncode == 0, process.stderr
    return [json.loads(line) for line in process.stdout.splitlines()]


def test_an_outlet_is_shown_as_declared_and_as_stored(
    scrapy: Scrapy, replayed_crawl: Replayed
) -> None:
    outlets = shown(scrapy("outlets", "--json", KHABAR_STORE_URI=replayed_crawl[0]))
    bbc = next(outlet for outlet in outlets if outlet["name"] == "bbc_ur")
    success = bbc.pop("last_success")
    assert datetime.fromisoformat(success).tzinfo
    assert list(bbc.items()) == [
        ("name", "bbc_ur"),
        ("title", "BBC News Urdu"),
        ("native", "بی بی سی اردو"),
        ("language", "ur"),
        ("country", "GB"),
        ("hosts", ["www.bbc.com", "www.bbc.co.uk"]),
        ("discovery", ["feed", "news_sitemap"]),
        ("platform", None),
        ("state", "healthy"),
        ("declared", "working"),
        ("evidence", bbc["evidence"]),
        ("as_of", 2026),
        ("confidence", "high"),
        ("stories", 2),
    ]
    assert "2026" in bbc["evidence"]
    assert {outlet["name"]: outlet["stories"] for outlet in outlets}["sputnik_ar"] == 3


def test_options_choose_and_what_never_ran_is_shown_too(scrapy: Scrapy, tmp_path: Path) -> None:
    uri = f"sqlite:///{tmp_path}/khabar.db"
    asyncio.run(make_store(uri))
    outlets = shown(
        scrapy(
            "outlets", "--json", "--language", "ur", "--country", "پاکستان", KHABAR_STORE_URI=uri
        )
    )
    assert ("urdupoint_ur", "never", None, 0) in [
        (o["name"], o["state"], o["last_success"], o["stories"]) for o in outlets
    ]
    assert {(o["language"], o["country"]) for o in outlets} == {("ur", "PK")}
    assert scrapy("outlets", "--country", "XX", KHABAR_STORE_URI=uri).returncode == 2


def test_the_table_has_a_row_for_each_outlet(scrapy: Scrapy, replayed_crawl: Replayed) -> None:
    process = scrapy("outlets", "--language", "ur", KHABAR_STORE_URI=replayed_crawl[0])
    head, *rows = process.stdout.splitlines()
    assert head.split() == [
        "name", "native", "discovery", "state", "last", "success", "stories",
    ]  # fmt: skip
    cells = {row.split()[0]: row.split() for row in rows}
    assert cells["bbc_ur"][1:7] == ["بی", "بی", "سی", "اردو", "ur", "GB"]
    assert cells["urdupoint_ur"][-1] == "2"
    assert "youm7" not in cells


def test_an_outlet_that_is_switched_off_is_shown_and_not_crawled(
    scrapy: Scrapy, tmp_path: Path
) -> None:
    settings = {
        "KHABAR_STORE_URI": f"sqlite:///{tmp_path}/khabar.db",
        "KHABAR_OUTLETS_OFF": "bbc_ar, youm7",
    }
    crawl = scrapy(
        "crawlall", "--only", "bbc_ar,urdupoint_ar,youm7", "-s", "REPLAY=fixtures", **settings
    )
    assert crawl.returncode == 0, crawl.stderr
    assert "bbc_ar is left out, switched off by OUTLETS_OFF" in crawl.stderr
    rows = [line.split()[:2] for line in crawl.stderr.splitlines()]
    assert ["urdupoint_ar", "done"] in rows
    assert not [row for row in rows if row[:1] == ["youm7"] and row[1:] != ["is"]]
    states = {
        outlet["name"]: outlet["state"] for outlet in shown(scrapy("outlets", "--json", **settings))
    }
    assert (states["bbc_ar"], states["youm7"], states["urdupoint_ar"]) == ("off", "off", "healthy")
    assert "bbc_ar" not in scrapy("health", **settings).stdout
    one = scrapy("crawl", "bbc_ar", "-s", "REPLAY=fixtures", **settings)
    assert one.returncode == 2
    assert "bbc_ar is switched off by OUTLETS_OFF" in one.stderr
    misspelt = scrapy("outlets", **{**settings, "KHABAR_OUTLETS_OFF": "bbc_arr"})
    assert misspelt.returncode == 2
    assert "OUTLETS_OFF: unknown outlet 'bbc_arr'; did you mean bbc_ar" in misspelt.stderr
