"""The gazetteer: the table of everybody that a story is attributed to. It knows no outlet."""

from crawler.gazetteer.entries import Entry, Gazetteer, gazetteer
from crawler.gazetteer.source import Kind, Source

__all__ = ["Entry", "Gazetteer", "Kind", "Source", "gazetteer"]
