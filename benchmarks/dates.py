"""Measure the time to parse one date, beside dateparser on the same strings in one process.

    python benchmarks/dates.py [--corpus FILE] [--rounds N]

Strings: the corpus if it exists (JSON lines with "text" and "zone"), else the formats below.
dateparser is no dependency of the project: without it (`pip install dateparser` in a scratch
environment) only our own row is measured, and a line says so.
"""

import argparse
import importlib
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.dates import DateError, parse_date  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus" / "dates.jsonl"
NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
TARGET_MICROSECONDS = 60
TARGET_TIMES = 20

FORMATS = [
    ("الأربعاء، 07 أكتوبر 2020 - 12:09 م", "Africa/Cairo"),
    ("25 شوال 1436 هـ الموافق 10 اغسطس 2015 م", "Asia/Riyadh"),
    ("2020-04-29T15:32:37+0500", "Asia/Karachi"),
    ("Wed, 23 May 2018 13:58:48 +0000", "Asia/Dubai"),
    ("25 اگست 2021ء شام ساڑھے پانچ بجے", "Asia/Karachi"),
    ("منذ 9 ساعات", "Asia/Dubai"),
    ("تاريخ النشر: 22/08/2026 08:26 ص", "Asia/Hebron"),
    ("3 مارس/ آذار 2024", "Europe/London"),
    ("https://example.com/2021/8/25/12345", "Asia/Qatar"),
    ("خبر بلا تاريخ", "Asia/Qatar"),
]


def ours(text: str, zone: str) -> bool:
    """Return True if our own parser reads a date in `text`."""
    try:
        parse_date(text, zone=zone, now=NOW)
    except DateError:
        return False
    return True


def dateparser_readers() -> dict[str, Callable[[str, str], bool]]:
    """Return the same test with dateparser by name: with its defaults, and told the languages.

    Empty when dateparser is not installed.
    """
    try:
        parse = importlib.import_module("dateparser").parse
    except ImportError:
        return {}

    def reader(languages: list[str] | None) -> Callable[[str, str], bool]:
        def read(text: str, zone: str) -> bool:
            settings = {
                "TIMEZONE": zone,
                "RELATIVE_BASE": NOW.replace(tzinfo=None),
                "DATE_ORDER": "DMY",
            }
            return parse(text, languages=languages, settings=settings) is not None

        return read

    return {"dateparser": reader(None), "dateparser, told ar ur en": reader(["ar", "ur", "en"])}


def measure(
    read: Callable[[str, str], bool], strings: list[tuple[str, str]], rounds: int
) -> tuple[list[float], int]:
    """Return the best time for each string in microseconds, and the number of strings read."""
    answered = sum(read(text, zone) for text, zone in strings)
    best_seconds = [float("inf")] * len(strings)
    for _ in range(rounds):
        for number, (text, zone) in enumerate(strings):
            began = time.perf_counter()
            read(text, zone)
            best_seconds[number] = min(best_seconds[number], time.perf_counter() - began)
    return [seconds * 1e6 for seconds in best_seconds], answered


def main() -> int:
    """Print the table; return exit status 1 when a target is missed, else 0."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--corpus", type=Path, default=CORPUS)
    options.add_argument("--rounds", type=int, default=10)
    chosen = options.parse_args()
    strings, origin = FORMATS, "built-in formats"
    if chosen.corpus.exists():
        origin = str(chosen.corpus)
        with chosen.corpus.open(encoding="utf-8") as lines:
            strings = [(record["text"], record["zone"]) for record in map(json.loads, lines)]
    print(f"{len(strings)} strings ({origin})")
    print(f"{'reader':<27}{'median µs':>11}{'p95 µs':>11}{'max µs':>11}{'answered':>10}")
    readers = {"crawler.dates": ours, **dateparser_readers()}
    medians = {}
    for name, read in readers.items():
        times, answered = measure(read, strings, chosen.rounds)
        median, p95 = statistics.median(times), sorted(times)[int(len(times) * 0.95)]
        print(f"{name:<27}{median:>11.1f}{p95:>11.1f}{max(times):>11.1f}{answered:>10}")
        medians[name] = median
    own_median = medians.pop("crawler.dates")
    met = own_median <= TARGET_MICROSECONDS
    print(f"target of {TARGET_MICROSECONDS} µs (median): {'met' if met else 'missed'}")
    if not medians:
        print("dateparser is not installed: not measured, and no comparison made")
    for name, median in medians.items():
        met = met and median >= TARGET_TIMES * own_median
        print(f"{median / own_median:.0f} times as fast as {name} (target {TARGET_TIMES})")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
