"""Source, the value that stands for an agency, outlet, desk or person."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "agency", "newspaper", "broadcaster", "site", "desk", "person", "organisation", "unknown"
]


@dataclass(frozen=True, slots=True)
class Source:
    """An agency, outlet, desk or person that a story is attributed to.

    `id` is a slug in the gazetteer and `name` the canonical English name; of a source that is not
    there, `id` is "", `name` as printed and `kind` "unknown". `country` is ISO 3166-1 alpha-2 or
    "". `wikidata` is a Q-number where it is sure, else "".
    """

    id: str
    name: str
    kind: Kind
    country: str = ""
    wikidata: str = ""
