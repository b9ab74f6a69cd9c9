"""Quality and speed of the reading of pages, beside readers that others use, on the same pages in
one process.

    python benchmarks/extraction.py [--pages FOLDER] [--rounds N]

Pages: the measuring corpus (index.jsonl, the pages, and beside each a .txt with the body that a
person read). No outlet is declared. Body: F1 of runs of four words. Time: the best of N rounds, of
this process alone. The other readers are no dependencies of the project: `pip install trafilatura
readability-lxml newspaper4k` in a scratch environment beside it; those missing are left out, and
the page says so.
"""

import argparse
import importlib
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.extraction import extract_article  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus" / "pages"
LARGE_BYTES = 500_000
MIN_MEAN_F1, MIN_F1 = 0.985, 0.93
MAX_MEDIAN_MS, MAX_LARGE_MS = 6.0, 25.0
RUN_WORDS = 4

Reader = Callable[[bytes, str], str]
"""Returns the body of a page, given its bytes and its address."""


class Page(NamedTuple):
    """A saved page and the body that a person read."""

    html: bytes
    url: str
    body: str


@dataclass(frozen=True)
class Result:
    """The figures of one reader: F1 of bodies, CPU milliseconds a page."""

    mean_f1: float
    lowest_f1: float
    median_ms: float
    large_ms: float

    def __str__(self) -> str:
        return (
            f"mean F1 {self.mean_f1:.3f}  lowest {self.lowest_f1:.3f}"
            f"  median {self.median_ms:7.1f} ms  largest page {self.large_ms:7.1f} ms"
        )

    @property
    def meets_targets(self) -> bool:
        return (
            self.mean_f1 >= MIN_MEAN_F1
            and self.lowest_f1 >= MIN_F1
            and self.median_ms <= MAX_MEDIAN_MS
            and self.large_ms <= MAX_LARGE_MS
        )


def khabar() -> Reader:
    return lambda html, url: extract_article(html, url).body or ""


def trafilatura() -> Reader:
    extract = importlib.import_module("trafilatura").extract
    return lambda html, url: extract(html, include_comments=False) or ""


def readability() -> Reader:
    document = importlib.import_module("readability").Document
    text = importlib.import_module("lxml.html").fromstring

    def read(html: bytes, url: str) -> str:
        return " ".join(text(document(html.decode("utf-8", "replace")).summary()).itertext())

    return read


def newspaper() -> Reader:
    article = importlib.import_module("newspaper").Article

    def read(html: bytes, url: str) -> str:
        page = article(url, language="ar", fetch_images=False)
        page.download(input_html=html.decode("utf-8", "replace"))
        page.parse()
        return str(page.text)

    return read


READERS = {
    "khabar": khabar,
    "trafilatura": trafilatura,
    "readability-lxml": readability,
    "newspaper4k": newspaper,
}


def shingle_f1(text: str, other: str) -> float:
    """Return the F1 of the runs of four words of two texts, as multisets."""
    runs, other_runs = _runs(text), _runs(other)
    shared = (runs & other_runs).total()
    return 2 * shared / max(1, runs.total() + other_runs.total())


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = text.split()
    return Counter(zip(*(words[start:] for start in range(RUN_WORDS)), strict=False))


def measure(read: Reader, pages: list[Page], rounds: int) -> Result:
    """Return the figures of a reader; a page's time is the best of `rounds`."""
    scores, times, large_times = [], [], [0.0]
    for page in pages:
        body, milliseconds = "", []
        for _ in range(rounds):
            started = time.process_time()
            body = read(page.html, page.url)
            milliseconds.append((time.process_time() - started) * 1000)
        scores.append(shingle_f1(body, page.body))
        times.append(min(milliseconds))
        if len(page.html) >= LARGE_BYTES:
            large_times.append(min(milliseconds))
    return Result(statistics.mean(scores), min(scores), statistics.median(times), max(large_times))


def load(folder: Path) -> list[Page]:
    """Return the articles of the corpus in `folder`."""
    pages = []
    for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines():
        entry: dict[str, Any] = json.loads(line)
        if entry["kind"] == "article":
            body = (folder / entry["txt"]).read_text(encoding="utf-8")
            pages.append(Page((folder / entry["file"]).read_bytes(), entry["url"], body))
    return pages


def main() -> int:
    parser = argparse.ArgumentParser(description="Body F1 and time a page, beside other readers.")
    parser.add_argument("--pages", type=Path, default=CORPUS)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    if not arguments.pages.is_dir():
        print(f"no pages at {arguments.pages}", file=sys.stderr)
        return 2
    pages = load(arguments.pages)
    targets = Result(MIN_MEAN_F1, MIN_F1, MAX_MEDIAN_MS, MAX_LARGE_MS)
    print(f"{len(pages)} pages\n{'targets':18} {targets}")
    meets_targets = False
    for name, make_reader in READERS.items():
        try:
            read = make_reader()
        except ImportError as error:
            print(f"{name}: left out ({error})", file=sys.stderr)
            continue
        result = measure(read, pages, arguments.rounds)
        print(f"{name:18} {result}", flush=True)
        if name == "khabar":
            meets_targets = result.meets_targets
    return 0 if meets_targets else 1


if __name__ == "__main__":
    sys.exit(main())
