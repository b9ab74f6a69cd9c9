"""Every date that an Arabic or Urdu newsroom prints, read and never guessed. A plain library: no I/O."""

from crawler.dates.model import Calendar, DateError, Order, ParsedDate, Precision
from crawler.dates.parse import parse_date, parse_day

__all__ = ["Calendar", "DateError", "Order", "ParsedDate", "Precision", "parse_date", "parse_day"]
