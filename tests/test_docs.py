"""The documents name files that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_named_file_or_folder_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    code = re.findall(r"`((?:crawler|tests|fixtures|benchmarks|deploy|docs|ci)/[\w./*-]*)`", text)
    targets = [
        path.parent / target.partition("#")[0]
        for target in re.findall(r"\]\((?!https?:|#)([^)\s]+)\)", text)
    ]
    missing = [name for name in code if not list(ROOT.glob(name.rstrip("/")))]
    missing += [str(target) for target in targets if not target.exists()]
    assert missing == []


ROOMS = sorted(path.parent.name for path in (ROOT / "crawler").glob("*/__init__.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_a_row_in_the_architecture(room: str) -> None:
    assert f"`crawler/{room}`" in (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
