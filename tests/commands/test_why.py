"""`scrapy why A B`."""

import subprocess

import pytest

from crawler.dedup import article_id, canonical_url
from crawler.stories.signature import RULES_VERSION
from tests.conftest import Scrapy
from tests.storage.samples import NOON, SyncStore
from tests.storage.stories import paragraphs, print_of

ONE = print_of("a", 0, tail="وبلغت الكلفة 340 ألفا.")
CUT = print_of("b", 0, last=6, published=NOON, tail="وبلغت الكلفة 340 دينارا.")
OTHER = print_of("c", 1)


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
        ((ONE.url,), "name two stored articles"),
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
