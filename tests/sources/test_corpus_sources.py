"""Measured on real datelines and credit lines, which are not part of the project."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawler.gazetteer.tables import key
from crawler.sources import Source, parse_credit, parse_dateline, resolve

UNSEEN = dict.fromkeys(map(ord, "\u200b\u202a\u202b\u202c\u202e"))


def rows(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def share(rows: list[Any], right: Callable[[Any], bool]) -> float:
    return sum(map(right, rows)) / len(rows)


def bare(text: str) -> str:
    return text.translate(UNSEEN).strip()


def named(sources: tuple[Source, ...], truth: Any) -> bool:
    """Return whether the sources that are no desk are those a reader named.

    CNN Arabic prints the name of its publisher, CNN.
    """
    names = {source.name for source in sources if source.kind != "desk"}
    agencies, publisher = set(truth["agencies"]), {truth["publisher"]} - {None}
    if not agencies <= names <= agencies | publisher:
        return False
    return publisher <= names or "CNN" in names


@pytest.mark.parametrize(
    ("with_outlet", "cuts", "sources"), [(True, 0.97, 0.97), (False, 0.95, 0.90)]
)
def test_real_datelines_are_cut_and_read(
    corpus: Path, with_outlet: bool, cuts: float, sources: float
) -> None:
    """Without the outlet, names that only it can tell apart stay unresolved."""
    pairs = []
    for truth in rows(corpus / "datelines.jsonl"):
        outlet = truth["outlet"] if with_outlet else None
        pairs.append((truth, parse_dateline(truth["text"], outlet=outlet)))
    assert share(pairs, lambda p: bare(p[1].text) == bare(p[0]["dateline"])) >= cuts
    assert share(pairs, lambda p: named(p[1].sources, p[0])) >= sources
    assert share(pairs, lambda p: bare(p[1].place or "") == bare(p[0]["place"] or "")) >= 0.97
    assert share(pairs, lambda p: str(p[1].date or None) == str(p[0]["date"])) == 1


def test_real_credits_are_read(corpus: Path) -> None:
    truths = rows(corpus / "credits.jsonl")

    def right(truth: Any) -> bool:
        credit = parse_credit(truth["credit"], outlet=truth["outlet"])
        agencies = {s.name for s in credit.sources if s.name in truth["agencies"]}
        parts = (credit.place, credit.reporter) == (truth["place"], truth["desk_or_reporter"])
        return parts and agencies == set(truth["agencies"])

    assert share(truths, right) >= 0.95


def test_real_bodies_lose_no_sentence(corpus: Path) -> None:
    """Cuts are short, and spare the bodies of outlets that were measured to print no datelines."""
    bodies = rows(corpus / "dedup" / "real_articles.jsonl")
    cut = [body for body in bodies if parse_dateline(body["body"]).text]
    assert all(len(parse_dateline(body["body"]).text) < 80 for body in cut)
    never = {
        "alriyadh",
        "okaz",
        "alyaum",
        "alwatan",
        "aawsat",
        "aleqtisadiya",
        "jang.com.pk",
        "urdu.samaa.tv",
    }
    assert [body["id"] for body in cut if body["outlet"] in never] == []


def test_the_model_story(corpus: Path) -> None:
    body = (corpus / "model_story.txt").read_text(encoding="utf-8").split("\n", 2)[2]
    dateline = parse_dateline(body)
    assert [source.id for source in dateline.sources] == ["pakistan-point-news", "sputnik"]
    assert (dateline.place, str(dateline.date)) == (None, "2021-08-25")


def test_real_spellings_resolve_to_their_source(corpus: Path) -> None:
    owners: dict[str, set[str]] = {}
    lines = (corpus / "sources.csv").read_text(encoding="utf-8").splitlines()[1:]
    for name, _, _, _, _, aliases, _, _ in csv.reader(lines):
        for alias in aliases.split("|"):
            owners.setdefault(key(alias), set()).add(name)
    single = {alias: names for alias, names in owners.items() if len(names) == 1}
    resolved = {alias: source.name for alias in single if (source := resolve(alias))}
    assert len(resolved) / len(single) >= 0.95
    assert sum({name} == single[alias] for alias, name in resolved.items()) / len(resolved) >= 0.99
