"""Measure what declarations cost to load: the CPU time of `scrapy list` with 6 and 500 outlets.

    .venv/bin/python benchmarks/declarations.py [--outlets 500] [--shared-selectors]

Each generated outlet is a module of its own with one layout of ten selectors, a feed and a listing.
No two outlets have a selector or a pattern in common, which is the dearest case; with
`--shared-selectors` all have the same ones, as outlets of one platform. The best of `ROUNDS`
counts.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
FEW = 6
MOST_TIMES = 2.0  # what `scrapy list` with all outlets may cost, in times of one with FEW
ROUNDS = 3

DECLARATION = '''"""Paper NUMBER."""

from crawler.discovery.kinds import Feed, Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class PaperSpider(OutletSpider):
    outlet = Outlet(
        name="paper_NUMBER",
        title="Paper NUMBER",
        native="صحيفة",
        language="ar",
        country="JO",
        zone="Asia/Amman",
        hosts=("paperNUMBER.example", "www.paperNUMBER.example"),
        articles=r"https://(?:www\\.)?paperNUMBER\\.example/(?:[a-z_]+/\\d+|story/[^/?#]+-\\d+\\.html)",
        discovery=(
            Feed(url="https://paperNUMBER.example/rss"),
            Listing(url="https://paperNUMBER.example/news", links="a.titleSELECTORS"),
        ),
        publisher="petra",
        as_of=2026,
        confidence="low",
        layouts=(
            Layout(
                headline=("h1.titleSELECTORS",),
                lead=("div.leadSELECTORS p",),
                body=("div.bodySELECTORS",),
                published=("div.infoSELECTORS a[data-unixtime]", "//time[@id='tSELECTORS']"),
                tags=("ul.tagsSELECTORS .tag__text", ".tagSELECTORS"),
                remove=(\'div[data-type="SELECTORS"]\', ".googleSELECTORS", ".bgSELECTORS > a"),
            ),
        ),
    )
'''


def main() -> None:
    """Print what both lists cost; exit with 1 if the long one costs too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outlets", type=int, default=500)
    parser.add_argument("--shared-selectors", action="store_true")
    options = parser.parse_args()
    few = cpu_seconds_of_list(FEW, shared_selectors=options.shared_selectors)
    many = cpu_seconds_of_list(options.outlets, shared_selectors=options.shared_selectors)
    print(f"scrapy list, {FEW} outlets:   {few:.2f} s of CPU time")
    print(f"scrapy list, {options.outlets} outlets: {many:.2f} s, {many / few:.2f} times as much")
    sys.exit(many / few > MOST_TIMES)


def cpu_seconds_of_list(outlets: int, *, shared_selectors: bool) -> float:
    """Return the CPU time of the cheapest of some `scrapy list` with so many generated outlets."""
    with tempfile.TemporaryDirectory() as folder:
        write_declarations(Path(folder), outlets, shared_selectors=shared_selectors)
        list_outlets(folder)  # writes the bytecode, which any later run finds
        return min(list_outlets(folder) for _ in range(ROUNDS))


def write_declarations(folder: Path, outlets: int, *, shared_selectors: bool = False) -> None:
    """Write a package `papers` with so many declarations into `folder`."""
    package = folder / "papers"
    package.mkdir()
    (package / "__init__.py").write_text("")
    for number in range(outlets):
        selectors = "" if shared_selectors else f"-{number}"
        text = DECLARATION.replace("NUMBER", str(number)).replace("SELECTORS", selectors)
        (package / f"paper_{number}.py").write_text(text, encoding="utf-8")


def list_outlets(folder: str) -> float:
    """Run `scrapy list` over the package in `folder`; return its CPU time in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "scrapy.cmdline", "list", "-s", "SPIDER_MODULES=papers"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT}:{folder}"},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
