"""Fixtures of the tests of dates: a fixed now, and a function that shows the local clock."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from crawler.dates import ParsedDate, parse_date

NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)  # a Sunday


def _local(parsed: ParsedDate) -> datetime:
    if parsed.zone[0] in "+-":
        hours, minutes = int(parsed.zone[1:3]), int(parsed.zone[4:])
        offset = timedelta(hours=hours, minutes=minutes) * (-1 if parsed.zone[0] == "-" else 1)
        return parsed.instant.astimezone(timezone(offset))
    return parsed.instant.astimezone(ZoneInfo(parsed.zone))


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def show() -> Callable[..., str]:
    """Return a function that shows the date of a text as "YYYY-MM-DD HH:MM:SS precision".

    The clock is local to the zone used, by default Asia/Riyadh.
    """

    def shown(text: str, *, zone: str | None = "Asia/Riyadh", **options: object) -> str:
        parsed = parse_date(text, zone=zone, now=NOW, **options)  # type: ignore[arg-type]
        local = _local(parsed)
        assert local.date() == parsed.date
        return f"{local:%Y-%m-%d %H:%M:%S} {parsed.precision}"

    return shown
