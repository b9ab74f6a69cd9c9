"""The gazetteer: the table of everybody that a story is attributed to. It knows no outlet."""

from crawler.gazetteer.countries import is_country, zone_of
from crawler.gazetteer.entries import Entry, Gazetteer, UnknownSourceError, gazetteer
from crawler.gazetteer.source import Kind, Source

__all__ = [
    "Entry",
    "Gazetteer",
    "Kind",
    "Source",
    "UnknownSourceError",
    "gazetteer",
    "is_country",
    "zone_of",
]
