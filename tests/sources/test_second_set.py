"""The second labelled set: bylines and openings labelled before the code read any of them.

The names of people and the stories are invented. A row marked "left" is not read right; when one
comes right, the mark is taken away.
"""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from crawler.gazetteer import Source
from crawler.sources import parse_credit, parse_dateline

HERE = Path(__file__).parent


class Opening(NamedTuple):
    """A dateline and the story behind it, "" and all of it for a look-alike; the dateline's parts.

    `sources`: ids, "a|b" where either is right, "?" for a source that the gazetteer lacks.
    """

    outlet: str
    dateline: str
    story: str
    place: str
    sources: list[str]
    reporter: str
    date: date | None
    left: bool


def rows(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


def openings() -> list[Opening]:
    labelled = []
    for outlet, dateline, story, place, sources, reporter, day, left in rows("openings_second.tsv"):
        labelled.append(
            Opening(
                outlet,
                dateline.replace("\\n", "\n").replace("\\s", " "),
                story,
                place,
                sources.split(),
                reporter,
                date.fromisoformat(day) if day else None,
                left == "left",
            )
        )
    return labelled


def are_named(sources: tuple[Source, ...], labels: list[str]) -> bool:
    ids = [source.id or "?" for source in sources]
    if len(ids) != len(labels):
        return False
    return all(read in label.split("|") for read, label in zip(ids, labels, strict=True))


def test_bylines_are_read_as_labelled() -> None:
    labelled = rows("bylines_second.tsv")
    wrong = []
    for outlet, printed, place, reporter, sources, _ in labelled:
        credit = parse_credit(printed, outlet=outlet or None, is_byline=True)
        named = (credit.place or "", credit.reporter or "")
        if named != (place, reporter) or not are_named(credit.sources, sources.split()):
            wrong.append(credit.text)
    assert wrong == [printed for _, printed, *_, left in labelled if left]
    assert len(labelled) == 231


def test_openings_are_read_as_labelled() -> None:
    labelled = openings()
    wrong = []
    for opening in labelled:
        dateline = parse_dateline(opening.dateline + opening.story, outlet=opening.outlet)
        parts = (dateline.text, dateline.place or "", dateline.reporter or "", dateline.date)
        expected = (opening.dateline, opening.place, opening.reporter, opening.date)
        if parts != expected or not are_named(dateline.sources, opening.sources):
            wrong.append(opening)
    assert wrong == [opening for opening in labelled if opening.left]
    assert len(labelled) == 191
