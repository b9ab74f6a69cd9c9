"""Measure the declared outlets: lines, languages, countries, states and selectors, and what it
costs to list and to replay them all.

    .venv/bin/python benchmarks/outlets.py

Times are CPU seconds of the commands, in processes of their own; memory is the largest resident
set.
"""

import re
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from statistics import median

from crawler.outlet import Layout
from crawler.replay.check import check_outlet
from tools.outlets_page import FIXTURES, declared_outlets

ROOT = Path(__file__).parents[1]
MEGABYTE = 1024  # in the kilobytes of ru_maxrss


def main() -> None:
    """Print the figures."""
    outlets = declared_outlets()
    lengths = sorted(_lengths())
    print(f"{len(outlets)} outlets, {dict(Counter(outlet.language for outlet in outlets))},")
    print(f"in {len({outlet.country for outlet in outlets})} countries")
    print(f"states: {dict(Counter(outlet.state for outlet in outlets))}")
    print(f"lines of a declaration: median {median(lengths)}, longest {lengths[-1]}")
    selectors = sum(len(_selectors(layout)) for outlet in outlets for layout in outlet.layouts)
    findings = [f for outlet in outlets for f in check_outlet(outlet, FIXTURES / outlet.name)]
    unused = sum("selects nothing" in finding.problem for finding in findings)
    faults = sum(finding.is_fault for finding in findings)
    print(f"selectors: {selectors}, of which {unused} select nothing in the fixtures")
    print(f"check-outlet: {faults} faults, {len(findings) - faults} notes")
    print(f"scrapy list: {_cost('list')}")
    with tempfile.TemporaryDirectory() as folder:
        store = f"STORE_URI=sqlite:///{folder}/khabar.db"
        cost = _cost("crawlall", "-s", "REPLAY=fixtures", "-s", store)
        print(f"scrapy crawlall -s REPLAY=fixtures: {cost}")


def _lengths() -> list[int]:
    return [
        len(statement.splitlines())
        for file in (ROOT / "crawler" / "spiders").glob("??/*.py")
        for statement in re.findall(
            r"^    outlet = Outlet\(.*?^    \)$", file.read_text(encoding="utf-8"), re.M | re.S
        )
    ]


def _selectors(layout: Layout) -> list[str]:
    fields = (
        "headline", "lead", "body", "published", "modified", "authors", "credit", "section",
        "tags", "image", "remove",
    )  # fmt: skip
    return [selector for field in fields for selector in getattr(layout, field)]


def _cost(*arguments: str) -> str:
    """Return the CPU time and the memory of a command of Scrapy."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments], cwd=ROOT, check=True, capture_output=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"{seconds:.1f} s of CPU, {after.ru_maxrss // MEGABYTE} MB"


if __name__ == "__main__":
    main()
