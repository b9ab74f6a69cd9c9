"""`scrapy crawl` as a person at a terminal sees it, and as Scrapy's own tools use its spiders."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CAFE = "https://www.bbc.com/arabic/articles/cd1w6x3n9p2o"


def test_in_a_terminal_a_live_line_tells_how_far_it_is(tmp_path: Path) -> None:
    reader, terminal = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "scrapy.cmdline",
        "crawl",
        "sputnik_ar",
        "-s",
        "REPLAY=fixtures",
    ]
    environment = os.environ | {
        "KHABAR_STORE_URI": f"sqlite:///{tmp_path}/khabar.db",
        "TERM": "xterm-256color",
        "COLUMNS": "120",
    }
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=terminal, stderr=terminal)
    os.close(terminal)
    seen = b""
    while True:
        try:
            if not (chunk := os.read(reader, 65536)):
                break
        except OSError:  # Linux's way to say that the other end is closed
            break
        seen += chunk
    os.close(reader)
    assert process.wait() == 0
    text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen.decode())
    assert re.search(
        r"sputnik_ar  pages \d+  new stories \d+  copies \d+  revisions \d+  failures \d+", text
    )
    assert re.search(r"sputnik_ar +done +3 +3 +3 +0 +0 +0 +- +-", text)


def test_out_of_a_terminal_only_the_table_is_written(scrapy: Any, tmp_path: Path) -> None:
    process = scrapy(
        "crawl", "bbc_ur", "-s", "REPLAY=fixtures", KHABAR_STORE_URI=f"sqlite:///{tmp_path}/k.db"
    )
    assert process.stdout == ""
    assert len(process.stderr.splitlines()) == 2, process.stderr


def test_items_go_to_stdout_as_any_scrapy_items(scrapy: Any, tmp_path: Path) -> None:
    uri = f"sqlite:///{tmp_path}/khabar.db"
    arguments = ("-a", f"url={CAFE}", "-s", "REPLAY=fixtures", "-O", "-:jsonl")
    process = scrapy("crawl", "bbc_ar", *arguments, KHABAR_STORE_URI=uri)
    (item,) = [json.loads(line) for line in process.stdout.splitlines()]
    assert item["headline"] == "مقهى في عمّان يدعو زبائنه إلى ترك هواتفهم عند الباب"
    assert item["published"].startswith("2023-11-21")
    assert item["sources"][0]["source"]["id"] == "bbc-arabic"
    assert item["sources"][0]["role"] == "publisher"


def test_scrapys_own_tools_find_the_spider_and_open_no_store(scrapy: Any, tmp_path: Path) -> None:
    uri = f"sqlite:///{tmp_path}/khabar.db"
    shell = scrapy(
        "shell",
        CAFE,
        "-s",
        "REPLAY=fixtures",
        "-c",
        "spider.name, response.status",
        KHABAR_STORE_URI=uri,
    )
    assert "('bbc_ar', 200)" in shell.stdout, shell.stderr
    assert not list(tmp_path.iterdir())


def test_parse_stores_an_article_when_it_is_asked_to(scrapy: Any, tmp_path: Path) -> None:
    uri = f"sqlite:///{tmp_path}/khabar.db"
    parse = scrapy(
        *("parse", "--pipelines", CAFE, "-s", "REPLAY=fixtures"),
        KHABAR_STORE_URI=uri,
        KHABAR_SPOOL=f"{tmp_path}/spool.jsonl",
    )
    assert (parse.returncode, parse.stderr) == (0, "")
    (story,) = scrapy("stories", "--json", KHABAR_STORE_URI=uri).stdout.splitlines()
    assert json.loads(story)["copies"][0]["url"] == CAFE
    (run,) = scrapy("runs", "--json", KHABAR_STORE_URI=uri).stdout.splitlines()
    assert (json.loads(run)["status"], json.loads(run)["new_stories"]) == ("done", 1)


def test_an_article_outside_the_span_is_not_stored(scrapy: Any, tmp_path: Path) -> None:
    uri = f"sqlite:///{tmp_path}/khabar.db"
    span = ("-a", "since=2023-11-22", "-a", "until=2023-11-23")
    crawl = scrapy("crawl", "bbc_ar", *span, "-s", "REPLAY=fixtures", KHABAR_STORE_URI=uri)
    assert crawl.returncode == 0, crawl.stderr
    stories = scrapy("stories", "--json", KHABAR_STORE_URI=uri).stdout.splitlines()
    assert [json.loads(line)["published"][:10] for line in stories] == ["2023-11-22"]
