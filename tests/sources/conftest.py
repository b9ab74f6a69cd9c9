"""The written examples of this folder: openings of our own, in the forms that newsrooms print."""

from pathlib import Path
from typing import NamedTuple

import pytest

HERE = Path(__file__).parent


class Printed(NamedTuple):
    """A dateline and what it says; "" for a part it has not, "?" for the id of a source that nobody
    knows."""

    dateline: str
    place: str
    sources: tuple[str, ...]
    reporter: str


@pytest.fixture(scope="session")
def datelines() -> list[Printed]:
    """datelines.tsv: dateline (\\n a line break, \\s a blank at the end), place, ids of sources,
    reporter."""
    rows = []
    for line in (HERE / "datelines.tsv").read_text(encoding="utf-8").splitlines():
        dateline, place, sources, reporter, *_ = [*line.split("\t"), "", "", ""]
        printed = dateline.replace("\\n", "\n").replace("\\s", " ")
        rows.append(Printed(printed, place, tuple(sources.split(",")) if sources else (), reporter))
    return rows


@pytest.fixture(scope="session")
def lookalikes() -> list[str]:
    """lookalikes.txt: one opening a line, a second line of it indented, kinds headed by "#"."""
    openings: list[str] = []
    for line in (HERE / "lookalikes.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            openings[-1] += "\n" + line.strip()
        elif line and not line.startswith("#"):
            openings.append(line)
    return openings
