"""docs/outlets.md is made from the declarations, and what they promise holds for all of them."""

import re
from collections import Counter
from pathlib import Path
from statistics import median

import pytest

from crawler.outlet import Outlet
from tools.outlets_page import declared_outlets, page

ROOT = Path(__file__).parents[2]
OUTLETS = declared_outlets()
MOST_LINES, MEDIAN_LINES = 30, 15


def test_the_page_of_outlets_is_that_of_the_declarations() -> None:
    written = (ROOT / "docs" / "outlets.md").read_text(encoding="utf-8")
    assert written == page(OUTLETS), "run: python -m tools.outlets_page > docs/outlets.md"


def test_there_are_seventy_outlets_in_both_languages() -> None:
    languages = Counter(outlet.language for outlet in OUTLETS)
    working = Counter(outlet.language for outlet in OUTLETS if outlet.state == "working")
    assert len(OUTLETS) >= 68
    assert languages["ar"] >= 44
    assert languages["ur"] >= 24
    assert len({outlet.country for outlet in OUTLETS if outlet.language == "ar"}) >= 18
    assert working.total() >= 45
    assert working["ur"] >= 12


@pytest.mark.parametrize("outlet", OUTLETS, ids=lambda outlet: outlet.name)
def test_an_outlet_says_by_what_evidence(outlet: Outlet) -> None:
    assert outlet.evidence, "what was seen of it, and when"
    assert outlet.discovery or not outlet.is_crawled


def test_a_declaration_has_a_dozen_lines() -> None:
    lengths = []
    for file in (ROOT / "crawler" / "spiders").glob("??/*.py"):
        text = file.read_text(encoding="utf-8")
        for statement in re.findall(r"^    outlet = Outlet\(.*?^    \)$", text, re.M | re.S):
            lengths.append(len(statement.splitlines()))
            assert lengths[-1] <= MOST_LINES, file.name
    assert len(lengths) == len(OUTLETS)
    assert median(lengths) <= MEDIAN_LINES
