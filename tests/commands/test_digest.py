"""`scrapy digest` on the store that a replayed crawl filled."""

import json
import os
from pathlib import Path

from tests.commands.conftest import Replayed
from tests.conftest import Scrapy


def test_a_digest_of_a_query(scrapy: Scrapy, replayed_crawl: Replayed, tmp_path: Path) -> None:
    uri = replayed_crawl[0]
    process = scrapy("digest", "--since", "2020-01-01", "--format", "json", KHABAR_STORE_URI=uri)
    assert (process.returncode, process.stderr) == (0, "")
    digest = json.loads(process.stdout)
    listed = scrapy("stories", "--json", "--since", "2020-01-01", "--limit", "1000",
                    KHABAR_STORE_URI=uri).stdout  # fmt: skip
    stories = [json.loads(line) for line in listed.splitlines()]
    assert digest["stories"] == len(stories)
    assert digest["copies"] == sum(len(story["copies"]) for story in stories)
    assert digest["largest"][0] == max(stories, key=lambda story: len(story["copies"]))
    path = tmp_path / "digest.html"
    process = scrapy("digest", "--ui", "ur", "-o", str(path), KHABAR_STORE_URI=uri)
    assert (process.returncode, process.stdout, process.stderr) == (0, "", "")
    assert path.read_text(encoding="utf-8").startswith(
        '<!DOCTYPE html>\n<html lang="ur" dir="rtl">'
    )
    assert os.listdir(tmp_path) == ["digest.html"]


def test_the_last_day_is_told_where_no_time_is_given(
    scrapy: Scrapy, replayed_crawl: Replayed
) -> None:
    uri = replayed_crawl[0]
    process = scrapy("digest", "--format", "text", KHABAR_STORE_URI=uri)
    assert process.stdout.splitlines()[2] == "Stories: 0 · Copies: 0"  # all were printed in 2023
    process = scrapy("digest", "-o", "/missing/x", KHABAR_STORE_URI=uri)
    assert process.returncode == 2
    assert process.stderr == "scrapy digest: /missing/x: there is no folder /missing\n"
