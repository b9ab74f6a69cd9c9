"""Reading who a story is from: datelines, credit lines, names of sources. A plain library."""

from crawler.gazetteer import Source
from crawler.sources.attribution import Attributed, attribute
from crawler.sources.credit import parse_credit
from crawler.sources.dateline import parse_dateline
from crawler.sources.model import Credit, Dateline
from crawler.sources.outlet_profile import resolve

__all__ = [
    "Attributed",
    "Credit",
    "Dateline",
    "Source",
    "attribute",
    "parse_credit",
    "parse_dateline",
    "resolve",
]
