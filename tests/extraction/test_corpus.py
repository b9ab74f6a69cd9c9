"""Real saved pages, read with no outlet declared, against what a person read; they are not part of
the project."""

import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crawler.extraction import Extraction, examine

LOWEST, MEAN = 0.93, 0.985


@pytest.fixture(scope="module")
def pages(corpus: Path) -> list[tuple[dict[str, Any], Extraction]]:
    """Return every article and listing of the corpus with its extraction, in the zone that the
    truth was told in."""
    read = []
    for line in (corpus / "pages" / "index.jsonl").read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        if page["kind"] in ("article", "listing"):
            html = (corpus / "pages" / page["file"]).read_bytes()
            zone = (page["truth"] or {}).get("tz_inferred")
            read.append((page, examine(html, page["url"], zone=zone)))
    return read


def test_every_page_is_told_for_what_it_is(pages: list[tuple[dict[str, Any], Extraction]]) -> None:
    wrong = {
        page["file"]: extraction.verdict
        for page, extraction in pages
        if extraction.verdict != page["kind"]
    }
    assert wrong == {}


def test_headlines_are_exact(pages: list[tuple[dict[str, Any], Extraction]]) -> None:
    wrong = {
        page["file"]: (extraction.article.headline, page["truth"]["title"])
        for page, extraction in pages
        if page["kind"] == "article" and extraction.article.headline != page["truth"]["title"]
    }
    assert wrong == {}


def test_publication_is_right_to_the_minute(pages: list[tuple[dict[str, Any], Extraction]]) -> None:
    wrong = {}
    for page, extraction in pages:
        if page["kind"] == "article":
            want = instant(page["truth"])
            got = extraction.article.published
            if got is None or got.replace(second=0, microsecond=0) != want.replace(
                second=0, microsecond=0
            ):
                wrong[page["file"]] = (got, want)
    assert wrong == {}


def test_languages_and_authors(pages: list[tuple[dict[str, Any], Extraction]]) -> None:
    for page, extraction in pages:
        if page["kind"] == "article":
            assert extraction.article.language == page["lang"], page["file"]
            assert list(extraction.article.authors) == page["truth"]["authors"], page["file"]


def test_bodies_hold_the_same_runs_of_words(
    pages: list[tuple[dict[str, Any], Extraction]], corpus: Path
) -> None:
    scores = {}
    for page, extraction in pages:
        if page["kind"] == "article":
            truth = (corpus / "pages" / page["txt"]).read_text(encoding="utf-8")
            scores[page["file"]] = shingle_f1(extraction.article.body or "", truth)
    assert min(scores.values()) >= LOWEST, scores
    assert sum(scores.values()) / len(scores) >= MEAN, scores


REDESIGNS = {
    "no names": (r"""\s(?:class|id|data-[\w-]+|aria-[\w-]+)=("[^"]*"|'[^']*')""", ""),
    "no h1": (r"<(/?)h1\b", r"<\1div"),
    "no paragraphs": (r"<(/?)p\b", r"<\1div"),
    "no sections": (r"<(/?)(?:article|section|main|aside|nav|footer|header|time)\b", r"<\1div"),
    "no structured data": (
        r"(?s)<script[^>]*ld\+json.*?</script>|<meta[^>]*(?:og:|article:|itemprop|twitter)[^>]*>",
        "",
    ),
}


@pytest.mark.parametrize("redesign", REDESIGNS)
def test_a_redesign_costs_little(redesign: str, corpus: Path) -> None:
    scores = {}
    for line in (corpus / "pages" / "index.jsonl").read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        if page["kind"] == "article":
            html = re.sub(
                *REDESIGNS[redesign], (corpus / "pages" / page["file"]).read_text(encoding="utf-8")
            )
            article = examine(html, page["url"]).article
            truth = (corpus / "pages" / page["txt"]).read_text(encoding="utf-8")
            scores[page["file"]] = shingle_f1(article.body or "", truth)
            assert article.headline == page["truth"]["title"], page["file"]
    assert min(scores.values()) >= LOWEST, scores
    assert sum(scores.values()) / len(scores) >= MEAN, scores


def instant(truth: dict[str, Any]) -> datetime:
    printed = datetime.fromisoformat(truth["published"])
    zone = ZoneInfo(truth["tz_inferred"] or "UTC")
    return (printed if printed.tzinfo else printed.replace(tzinfo=zone)).astimezone(UTC)


def shingle_f1(text: str, other: str) -> float:
    """Return the F1 of the runs of four words of two texts, as multisets."""
    runs, other_runs = (
        Counter(zip(*(words[n:] for n in range(4)), strict=False))
        for words in (text.split(), other.split())
    )
    return 2 * (runs & other_runs).total() / max(1, runs.total() + other_runs.total())
