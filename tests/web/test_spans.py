"""Days gathered for charts."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from crawler.web.spans import MAX_SPANS, Span, place_of, spans_of

START = date(2026, 1, 1)  # a Thursday


@pytest.mark.parametrize(
    ("days", "unit", "count"),
    [(1, "day", 1), (60, "day", 60), (61, "week", 10), (730, "month", 24), (7300, "year", 20)],
)
def test_spans_are_few_and_leave_no_day_out(days: int, unit: str, count: int) -> None:
    until = START + timedelta(days=days)
    spans = spans_of(START, until)
    assert {span.unit for span in spans} == {unit}
    assert len(spans) == count <= MAX_SPANS
    assert (spans[0].first, spans[-1].last) == (START, until - timedelta(days=1))
    for span, following in pairwise(spans):
        assert following.first == span.last + timedelta(days=1)


def test_weeks_begin_on_monday() -> None:
    spans = spans_of(START, date(2026, 4, 1))
    assert spans[0] == Span("week", START, date(2026, 1, 4))
    assert spans[1] == Span("week", date(2026, 1, 5), date(2026, 1, 11))
    assert place_of(date(2026, 1, 4), spans) == 0
    assert place_of(date(2026, 1, 5), spans) == 1
