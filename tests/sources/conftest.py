"""The written examples of this folder: openings of our own, in the forms that newsrooms print."""

from pathlib import Path
from typing import NamedTuple

import pytest

HERE = Path(__file__).parent


class Printed(NamedTuple):
    """A dateline and its parts.

    A part that is not printed is "", the id of a source that is not in the gazetteer "?".
    """

    dateline: str
    place: str
    sources: tuple[str, ...]
    reporter: str


@pytest.fixture(scope="session")
def datelines() -> list[Printed]:
    """Return the rows of datelines.tsv: dateline, place, ids of sources, reporter.

    In a dateline, \\n is a line break and \\s a blank at the end.
    """
    rows = []
    for line in (HERE / "datelines.tsv").read_text(encoding="utf-8").splitlines():
        dateline, place, sources, reporter, *_ = [*line.split("\t"), "", "", ""]
        printed = dateline.replace("\\n", "\n").replace("\\s", " ")
        rows.append(Printed(printed, place, tuple(sources.split(",")) if sources else (), reporter))
    return rows


@pytest.fixture(scope="session")
def lookalikes() -> list[str]:
    """Return the openings in lookalikes.txt.

    The file has an opening a line, a second line of the opening indented, kinds headed by "#".
    """
    openings: list[str] = []
    for line in (HERE / "lookalikes.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            openings[-1] += "\n" + line.strip()
        elif line and not line.startswith("#"):
            openings.append(line)
    return openings
