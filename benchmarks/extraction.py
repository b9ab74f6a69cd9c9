"""How well and how fast a page is read, beside the readers that others use, on the same pages in
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
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.extraction import extract_article  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus" / "pages"
LARGE = 500_000
TARGETS = {"mean": 0.985, "lowest": 0.93, "median ms": 6.0, "large ms": 25.0}

Reader = Callable[[bytes, str], str]


def ours(html: bytes, url: str) -> str:
    return extract_article(html, url).body or ""


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


OTHERS = {"trafilatura": trafilatura, "readability-lxml": readability, "newspaper4k": newspaper}


def shingle_f1(one: str, other: str) -> float:
    mine, theirs = (
        Counter(zip(*(text.split()[n:] for n in range(4)), strict=False)) for text in (one, other)
    )
    shared = sum((mine & theirs).values())
    return 2 * shared / max(1, sum(mine.values()) + sum(theirs.values()))


def measure(read: Reader, pages: list[tuple[bytes, str, str]], rounds: int) -> dict[str, float]:
    scores, times, large = [], [], [0.0]
    for html, url, truth in pages:
        took = []
        body = ""
        for _ in range(rounds):
            started = time.process_time()
            body = read(html, url)
            took.append((time.process_time() - started) * 1000)
        scores.append(shingle_f1(body, truth))
        times.append(min(took))
        if len(html) >= LARGE:
            large.append(min(took))
    return {
        "mean": statistics.mean(scores),
        "lowest": min(scores),
        "median ms": statistics.median(times),
        "large ms": max(large),
    }


def load(folder: Path) -> list[tuple[bytes, str, str]]:
    found = []
    for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines():
        page: dict[str, Any] = json.loads(line)
        if page["kind"] == "article":
            truth = (folder / page["txt"]).read_text(encoding="utf-8")
            found.append(((folder / page["file"]).read_bytes(), page["url"], truth))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description="Body F1 and time a page, beside other readers.")
    parser.add_argument("--pages", type=Path, default=CORPUS)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    if not arguments.pages.is_dir():
        print(f"no pages at {arguments.pages}", file=sys.stderr)
        return 2
    pages = load(arguments.pages)
    readers: dict[str, Reader] = {"khabar": ours}
    for name, make in OTHERS.items():
        try:
            readers[name] = make()
        except ImportError as error:
            print(f"{name}: left out ({error})", file=sys.stderr)
    print(
        f"{len(pages)} pages; targets: "
        + ", ".join(f"{name} {value}" for name, value in TARGETS.items())
    )
    results = {}
    for name, read in readers.items():
        results[name] = measure(read, pages, arguments.rounds)
        print(
            f"{name:18} mean F1 {results[name]['mean']:.3f}  lowest {results[name]['lowest']:.3f}"
            f"  median {results[name]['median ms']:7.1f} ms  largest page {results[name]['large ms']:7.1f} ms",
            flush=True,
        )
    mine = results["khabar"]
    met = mine["mean"] >= TARGETS["mean"] and mine["lowest"] >= TARGETS["lowest"]
    met = (
        met
        and mine["median ms"] <= TARGETS["median ms"]
        and mine["large ms"] <= TARGETS["large ms"]
    )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
