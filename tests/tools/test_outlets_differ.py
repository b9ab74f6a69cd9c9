"""Each outlet's pages are its own: neither markup nor furniture is another's."""

import re
from collections import defaultdict
from functools import cache
from itertools import combinations
from pathlib import Path

from tools.written.declared import FOLDER

MOST_ALIKE = 0.5  # share of the lines of two templates that stand in both
LEAST_WORDS = 6  # of a text that no other outlet prints; shorter ones are labels


@cache
def lines(template: Path) -> frozenset[str]:
    """Return the lines of a template that say something of its outlet."""
    stripped = (line.strip() for line in template.read_text(encoding="utf-8").splitlines())
    return frozenset(line for line in stripped if re.search(r"[a-z]{4}.*[a-z]{4}", line))


def pages() -> list[Path]:
    return sorted(FOLDER.glob("outlets/*/*.html"))


def test_no_two_outlets_have_one_markup() -> None:
    alike = [
        (first.relative_to(FOLDER), second.relative_to(FOLDER))
        for first, second in combinations(pages(), 2)
        if first.parent != second.parent
        and len(lines(first) & lines(second))
        > MOST_ALIKE * min(len(lines(first)), len(lines(second)))
    ]
    assert alike == []


def test_no_two_outlets_print_one_furniture() -> None:
    outlets: dict[str, set[str]] = defaultdict(set)
    for page in pages():
        for text in re.findall(r">([^<>{}]+)<", page.read_text(encoding="utf-8")):
            if len(text.split()) >= LEAST_WORDS:
                outlets[text.strip()].add(page.parent.name)
    assert {text: names for text, names in outlets.items() if len(names) > 1} == {}
