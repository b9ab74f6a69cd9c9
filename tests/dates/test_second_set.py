"""The second labelled set: printed dates labelled before the code read any of them.

A row has the outlet's zone, the printed text, and the day or the instant in UTC with its precision,
or "refused" and the reason. A row marked "left" is not read right; when one comes right, the mark
is taken away.
"""

from datetime import UTC, datetime
from pathlib import Path

from crawler.dates import DateError, parse_date

ROWS = Path(__file__).with_name("printed_second.tsv").read_text(encoding="utf-8").splitlines()


def read(text: str, zone: str, now: datetime) -> str:
    try:
        parsed = parse_date(text, zone=zone, now=now)
    except DateError:
        return "refused"
    if parsed.precision in ("day", "month"):
        return f"{parsed.date} {parsed.precision}"
    return f"{parsed.instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} {parsed.precision}"


def test_printed_dates_are_read_as_labelled(now: datetime) -> None:
    labelled = [row.split("\t") for row in ROWS]
    wrong = []
    for zone, text, label, _ in labelled:
        expected = "refused" if label.startswith("refused: ") else label
        if read(text, zone, now) != expected:
            wrong.append(text)
    assert wrong == [text for _, text, _, left in labelled if left]
    assert len(labelled) == 172
