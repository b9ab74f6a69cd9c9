"""Compare the speed of two trees of the project: extraction, datelines, dates.

    .venv/bin/python benchmarks/two_trees.py OLD [NEW] [--corpus FOLDER] [--rounds N] [--pages]

OLD, NEW: folders that hold `crawler/` (a clone at an earlier commit; NEW is this tree unless
given). Both read the same texts in processes of their own that take turns, so that a busy machine
slows both alike. A text's time is the best of all rounds, in CPU time of the process; a row is the
sum over its texts. A ratio above 1 says that NEW is slower.

Texts: the saved pages, datelines and dates of the corpus, where it exists; generated pages
(`benchmarks.pages`), a page of each of the worst shapes (`benchmarks.documents`), and the openings
of `benchmarks.sources`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
TURNS = 3
"""Processes of each tree."""
GENERATED_PAGES = 5
SHAPE_CHARS = 20_000
"""Length of a page of each of the worst shapes."""

Row = dict[str, list[str]]
"""The arguments of each call, by the name of its text."""
Seconds = dict[str, dict[str, float]]
"""Best CPU time by row and text."""


def write_rows(corpus: Path, folder: Path) -> dict[str, Row]:
    """Return what both trees read, by the name of the row. Generated pages are written into
    `folder`; pages are named by their path."""
    sys.path.insert(0, str(ROOT))
    from benchmarks import documents, pages, sources

    generated = {f"generated {n}": pages.page(n) for n in range(GENERATED_PAGES)}
    shapes = {
        name: shape.body(SHAPE_CHARS)
        for name, shape in documents.SHAPES.items()
        if shape.kind == "page"
    }
    rows = {
        "extract: generated pages": _written(generated, folder),
        "extract: worst shapes": _written(shapes, folder),
        "dateline: heavy openings": {text[:40]: [text, ""] for text in sources.OPENINGS},
    }
    if not corpus.is_dir():
        print(f"no corpus at {corpus}: generated texts only")
        return rows
    saved = [page for page in _lines(corpus / "pages" / "index.jsonl") if page["url"]]
    rows["extract: saved pages"] = {
        page["file"]: [str(corpus / "pages" / page["file"]), page["url"]]
        for page in saved
        if page["kind"] in ("article", "listing")
    }
    datelines, dates = _lines(corpus / "datelines.jsonl"), _lines(corpus / "dates.jsonl")
    rows["dateline: corpus"] = {each["text"]: [each["text"], ""] for each in datelines}
    rows["dateline: corpus, with the outlet"] = {
        each["text"]: [each["text"], each["outlet"]] for each in datelines
    }
    rows["date: corpus"] = {each["text"]: [each["text"], each["zone"]] for each in dates}
    return rows


def _written(bodies: dict[str, bytes], folder: Path) -> Row:
    row = {}
    for name, body in bodies.items():
        path = folder / f"{name.replace('/', '-')}.html"
        path.write_bytes(body)
        row[name] = [str(path), "https://news.example/2024/3/5/story"]
    return row


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def measure_here(rows: dict[str, Row], rounds: int) -> Seconds:
    """Return the best CPU time of `rounds` calls for each text, with the tree that Python finds."""
    return {
        name: {
            text: _best_seconds(call, rounds)
            for text, call in _calls(name.partition(":")[0], row).items()
        }
        for name, row in rows.items()
    }


def _calls(reader: str, row: Row) -> dict[str, Callable[[], object]]:
    from crawler.dates import DateError, parse_date
    from crawler.extraction import extract_article
    from crawler.sources import parse_dateline

    def page(path: str, url: str) -> Callable[[], object]:
        html = Path(path).read_bytes()
        return lambda: extract_article(html, url)

    def dateline(text: str, outlet: str) -> Callable[[], object]:
        return lambda: parse_dateline(text, outlet=outlet or None)

    def date(text: str, zone: str) -> Callable[[], object]:
        def read() -> object:
            try:
                return parse_date(text, zone=zone, now=NOW)
            except DateError as error:
                return error

        return read

    make_call = {"extract": page, "dateline": dateline, "date": date}[reader]
    return {text: make_call(*arguments) for text, arguments in row.items()}


def _best_seconds(call: Callable[[], object], rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        call()
        best = min(best, time.process_time() - began)
    return best


def measure(tree: Path, rows_file: Path, rounds: int) -> Seconds:
    """Return the times of a process of its own that imports `crawler` from `tree`."""
    command = [sys.executable, "-P", __file__, "--measure", str(rows_file), "--rounds", str(rounds)]
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    output = subprocess.run(command, cwd=tree, env=environment, check=True, stdout=subprocess.PIPE)
    seconds: Seconds = json.loads(output.stdout)
    return seconds


def best_of(turns: Iterable[Seconds]) -> Seconds:
    """Return the best time of each text over all turns."""
    best: Seconds = {}
    for turn in turns:
        for row, times in turn.items():
            best_times = best.setdefault(row, dict(times))
            for text, seconds in times.items():
                best_times[text] = min(best_times[text], seconds)
    return best


def print_ratios(old: Seconds, new: Seconds, *, with_pages: bool) -> None:
    """Print milliseconds of both trees and their ratio by row, and by saved page on demand."""
    print(f"{'old ms':>10}{'new ms':>10}{'ratio':>8}")
    for row, old_times in old.items():
        _print_ratio(sum(old_times.values()), sum(new[row].values()), row)
        if with_pages and row == "extract: saved pages":
            for text, seconds in old_times.items():
                _print_ratio(seconds, new[row][text], f"    {text}")


def _print_ratio(old: float, new: float, name: str) -> None:
    print(f"{old * 1000:10.2f}{new * 1000:10.2f}{new / old:8.3f}  {name}")


def main() -> None:
    """Measure both trees in turns and print the ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("old", type=Path, nargs="?", metavar="OLD")
    parser.add_argument("new", type=Path, nargs="?", metavar="NEW", default=ROOT)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--rounds", type=int, default=5, help="calls for a text in each process")
    parser.add_argument("--only", default="", help="rows whose name holds this")
    parser.add_argument("--pages", action="store_true", help="each saved page too")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        rows = json.loads(options.measure.read_text(encoding="utf-8"))
        print(json.dumps(measure_here(rows, options.rounds)))
        return
    if options.old is None:
        parser.error("OLD is missing")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = write_rows(options.corpus, folder)
        rows_file = folder / "rows.json"
        chosen = {row: texts for row, texts in rows.items() if options.only in row}
        rows_file.write_text(json.dumps(chosen), encoding="utf-8")
        turns = [
            (
                measure(options.old.resolve(), rows_file, options.rounds),
                measure(options.new.resolve(), rows_file, options.rounds),
            )
            for _ in range(TURNS)
        ]
    old, new = best_of(turn[0] for turn in turns), best_of(turn[1] for turn in turns)
    print_ratios(old, new, with_pages=options.pages)


if __name__ == "__main__":
    main()
