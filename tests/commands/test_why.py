"""`scrapy why A B`, and `scrapy why ADDRESS` after real crawls of a paper of ours."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.causes import Cause
from crawler.dedup import article_id, canonical_url
from crawler.display.terminal import isolated_url
from crawler.stories.signature import RULES_VERSION
from tests.conftest import ROOT, Scrapy
from tests.fetching.site import serving
from tests.mongod import with_database
from tests.spiders.newsroom import Newsroom
from tests.spiders.paper import Paper
from tests.storage.invented import copy_of, paragraphs
from tests.storage.samples import NOON, SyncStore

ONE = copy_of("a", 0, tail="وبلغت الكلفة 340 ألفا.")
CUT = copy_of("b", 0, last=6, published=NOON, tail="وبلغت الكلفة 340 دينارا.")
OTHER = copy_of("c", 1)


@pytest.fixture
def uri(tmp_path: object) -> str:
    """A store with two copies and a stranger."""
    uri = f"sqlite:///{tmp_path}/khabar.db"
    SyncStore(uri).save(ONE, CUT, OTHER)
    return uri


def id_of(url: str) -> str:
    return article_id(canonical_url(url))


def why(scrapy: Scrapy, uri: str, *names: str) -> "subprocess.CompletedProcess[str]":
    return scrapy("why", *names, KHABAR_STORE_URI=uri)


def test_copies_are_told_with_what_they_share_and_where_they_part(scrapy: Scrapy, uri: str) -> None:
    done = why(scrapy, uri, ONE.url, id_of(CUT.url))
    assert done.returncode == 0, done.stderr
    assert "copies of one text: one story (copy, score" in done.stdout
    assert "of the shorter text is in the longer one" in done.stdout
    assert f"stored as one story: {id_of(ONE.url)}" in done.stdout
    assert f"{id_of(CUT.url)}, grouped by rules {RULES_VERSION}" in done.stdout
    assert "numbers in both:" in done.stdout
    assert "340" in done.stdout
    assert "دينارا" in done.stdout
    assert " ".join(paragraphs(0)[0].split()[:5]) in done.stdout, "the longest run is shown"


def test_strangers_are_told_as_two_stories(scrapy: Scrapy, uri: str) -> None:
    done = why(scrapy, uri, f"{ONE.url}?utm_source=x", OTHER.url)
    assert done.returncode == 0, done.stderr
    assert "two stories (none, score" in done.stdout
    assert "stored as two stories:" in done.stdout


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((ONE.url, "https://nobody.example/1"), "https://nobody.example/1 is not stored"),
        ((ONE.url, "0" * 32), "is not stored"),
        ((), "name an address, or two stored articles"),
        ((ONE.url, CUT.url, OTHER.url), "name an address, or two stored articles"),
        ((ONE.url, CUT.url, "--json"), "name an address, or two stored articles"),
        (("what?",), "'what?' is not the address of a web page, nor an article's id"),
        (("0" * 32,), "is not stored"),
        (("https://nobody.example/1",), "nothing is known of it, and no outlet has its host"),
        (
            ("https://www.youm7.com/",),
            "nothing is known of it, and it is no article's address by the pattern of youm7",
        ),
        ((ONE.url, "what?"), "'what?' is not the address of a web page, nor an article's id"),
    ],
)
def test_what_cannot_be_compared_is_said(
    scrapy: Scrapy, uri: str, names: tuple[str, ...], said: str
) -> None:
    done = why(scrapy, uri, *names)
    assert done.returncode == 2
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_an_article_that_no_crawl_announced_is_told_as_stored(scrapy: Scrapy, uri: str) -> None:
    done = why(scrapy, uri, ONE.url)
    assert done.returncode == 0, done.stderr
    assert lines(done) == {
        "outlet": ONE.outlet,
        "stored": f"{ONE.fetched_at:%Y-%m-%d %H:%M}Z as article {id_of(ONE.url)}",
        "story": id_of(ONE.url),
        "headline": ONE.headline,
        "published": f"{ONE.published:%Y-%m-%d %H:%M}Z",
    }


class Newsdesk(Newsroom):
    """A newsroom in which somebody asks why."""

    def why(self, *arguments: str, status: int = 0) -> "subprocess.CompletedProcess[str]":
        options = ("-s", "SPIDER_MODULES=waha", "-s", f"STORE_URI={self.store}")
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "scrapy.cmdline", "why", *arguments, *options],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(self.folder)},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == status, done.stderr
        assert "Traceback" not in done.stderr
        return done

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.paper.port}/{name}"

    def told(self, name: str) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.why(name, "--json").stdout)
        return told


@pytest.fixture(params=["sqlite", "mongodb"])
def newsdesk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Newsdesk]:
    store = f"sqlite:///{tmp_path}/khabar.db"
    if request.param == "mongodb":
        store = with_database(request.getfixturevalue("mongod_uri"), f"khabar_{tmp_path.name}")
    with serving(Paper(["amman", "irbid", "zarqa"])) as paper:
        assert isinstance(paper, Paper)
        yield Newsdesk(tmp_path, paper, store)


def test_what_became_of_each_address_is_told_after_two_crawls(newsdesk: Newsdesk) -> None:
    feed = newsdesk.url("feed.xml")
    newsdesk.paper.broken = {"irbid": 404, "zarqa": 500}
    began = datetime.now(UTC)
    newsdesk.crawl(status=10, RETRY_ENABLED=False, RETRY_AFTER=0, REVISIT_AFTER=0)
    newsdesk.paper.broken = {"irbid": 404}
    newsdesk.paper.corrected = {"amman"}
    newsdesk.crawl(RETRY_AFTER=0, REVISIT_AFTER=0)
    ended = datetime.now(UTC)

    amman = newsdesk.told(newsdesk.url("story/amman?utm_source=x"))
    assert (amman["url"], amman["outlet"]) == (newsdesk.url("story/amman"), "waha")
    assert (amman["kind"], amman["announcer"]) == ("article", feed)
    assert (amman["cause"], amman["meaning"], amman["tries"]) == (None, None, 0)
    (revised,) = amman["article"]["revised"]
    times = [began.isoformat(), amman["found"], amman["article"]["stored"], revised]
    assert sorted([*times, amman["checked"], ended.isoformat()]) == [
        *times,
        amman["checked"],
        ended.isoformat(),
    ]
    assert amman == newsdesk.told(amman["article"]["id"])
    assert amman["article"]["id"] == amman["article"]["story_id"]
    shown = lines(newsdesk.why(newsdesk.url("story/amman")))
    assert shown["stored"].endswith(f"as article {amman['article']['id']}")
    assert shown["announced"].endswith(f"by {isolated_url(feed, terminal=False)}")
    assert shown["revised"].startswith("1 time: ")
    assert "failed" not in shown

    irbid = newsdesk.told(newsdesk.url("story/irbid"))
    assert (irbid["announcer"], irbid["checked"], irbid["article"]) == (feed, None, None)
    assert (irbid["tries"], irbid["cause"]) == (2, "http_404")
    assert irbid["meaning"] == Cause.HTTP_404.meaning
    shown = lines(newsdesk.why(newsdesk.url("story/irbid")))
    assert shown["read"] == "never"
    assert shown["failed"].startswith(f"2 times, the last for http_404: {Cause.HTTP_404.meaning}")
    assert shown["next check"] == "in the next run"

    zarqa = newsdesk.told(newsdesk.url("story/zarqa"))
    assert (zarqa["tries"], zarqa["cause"]) == (0, None), "it was read in the end"
    assert zarqa["article"]["revised"] == []

    shown = lines(newsdesk.why(feed))
    assert shown["next check"] == "in every run"
    assert shown["announced"].endswith("by the outlet's declaration")

    for name, said in {
        "story/aqaba": "no document of waha has announced it",
        "about": "no article's address by the pattern of waha",
    }.items():
        done = newsdesk.why(newsdesk.url(name), status=2)
        assert (done.stdout, said in done.stderr) == ("", True)


def lines(done: "subprocess.CompletedProcess[str]") -> dict[str, str]:
    """The lines under the address, by label."""
    return {line[2:12].rstrip(): line[13:] for line in done.stdout.splitlines()[1:]}
