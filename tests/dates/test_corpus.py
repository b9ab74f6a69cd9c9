"""The measured aim: of the real strings with a full meaning at least 98 % right, and none wrong."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crawler.dates import DateError, ParsedDate, parse_date

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "dates.jsonl"
# What those outlets would declare: their other dates prove the order (11/15/2022), or their
# addresses do.
ORDERS: dict[str, Any] = {"karwan.news": "MDY", "jasarat.com": "YMD"}
SLACK = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}


def _records() -> list[dict[str, Any]]:
    if not CORPUS.exists():
        pytest.skip(f"the corpus is not there: {CORPUS}")
    with CORPUS.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _has_full_meaning(record: dict[str, Any]) -> bool:
    return bool(record["date"] or record["date_partial"] or record["delta_seconds"] is not None)


def _read(record: dict[str, Any], now: datetime) -> ParsedDate | None:
    order = next((o for host, o in ORDERS.items() if host in (record["address"] or "")), None)
    try:
        return parse_date(record["text"], zone=record["zone"], now=now, order=order)
    except DateError:
        return None


def _is_right(record: dict[str, Any], parsed: ParsedDate, now: datetime) -> bool:
    if parsed.precision != record["precision"]:
        return False
    if record["date_partial"]:
        in_the_last_year = timedelta(0) <= now - parsed.instant < timedelta(366)
        return in_the_last_year and f"{parsed.date:--%m-%d}" == record["date_partial"]
    if record["date"] is None:
        meant = now + timedelta(seconds=record["delta_seconds"])
        if parsed.precision == "year":
            return parsed.date.year == meant.year
        if parsed.precision == "month":
            return (parsed.date.year, parsed.date.month) == (meant.year, meant.month)
        return abs(parsed.instant - meant) < SLACK[parsed.precision]
    printed_offset = parsed.zone[0] in "+-"
    zone = ZoneInfo(record["zone"] if printed_offset else parsed.zone)
    clock = f"{parsed.instant.astimezone(zone):%H:%M}"
    return str(parsed.date) == record["date"] and record["time"] in (None, clock)


def test_strings_with_a_full_meaning(now: datetime) -> None:
    records = [r for r in _records() if _has_full_meaning(r)]
    read = [(r, _read(r, now)) for r in records]
    wrong = [(r["text"], p) for r, p in read if p is not None and not _is_right(r, p, now)]
    missed = [r["text"] for r, p in read if p is None]
    assert not wrong
    assert len(missed) <= 0.02 * len(records), missed


def test_a_bare_clock_is_no_date(now: datetime) -> None:
    clocks = [r for r in _records() if r["time"] and not r["date"] and "يناير" not in r["text"]]
    assert clocks
    assert [r["text"] for r in clocks if _read(r, now) is not None] == []
