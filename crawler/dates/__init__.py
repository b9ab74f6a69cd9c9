"""Parse the dates that Arabic and Urdu newsrooms print; never guess one. A plain library: no I/O.

    >>> parse_date("الأربعاء، 07 أكتوبر 2020 - 12:09 م", zone="Africa/Cairo").instant.isoformat()
    '2020-10-07T10:09:00+00:00'

A text becomes tokens (`tokeniser`, by the tables in `names`, `words` and `zones`). The grammar
finds days, clocks, zones and distances from now in them (`grammar`, `read_*`). One day and its
clock and zone are chosen, or the text is refused (`choose_*`). Only then are a zone and a now
needed (`parse`, `relative`).

The rules, each with a test of its name:

- An impossible day, month, clock or offset is refused; it is never moved to a possible one.
- All-number dates follow the outlet's order, else day first; an impossible order gives way to a
  possible one; year first is always year-month-day. Two-digit years and six digits need a declared
  order.
- A Gregorian date is trusted before its Hijri twin; Hijri alone is Umm al-Qura; a year that could
  be Hijri or Solar Hijri needs a mark; صفر needs a year, being also "zero".
- A weekday that disagrees, a range (its first day), a week counted, a zone that skips or repeats
  the clock: the date is read and the doubt kept in `.doubts`.
- Two dates or clocks that disagree are refused, unless a label says which is only the update.
- A day without a year is the last one not after now. A day to come, a vague distance ("a few days
  ago"), a bare clock, a bare number, an issue number and a label alone are no dates.
- An hour without its part of the day ("7 بجے") is left out: the day stands, with a doubt.
- A clock in a gap of the zone is read with the offset before the change, a repeated one as its
  first coming.
"""

from crawler.dates.parse import DateText, parse_date, parse_day, read_date_text, resolve_date
from crawler.dates.parsed_date import Calendar, DateError, Order, ParsedDate, Precision

__all__ = [
    "Calendar",
    "DateError",
    "DateText",
    "Order",
    "ParsedDate",
    "Precision",
    "parse_date",
    "parse_day",
    "read_date_text",
    "resolve_date",
]
