"""The gazetteer: the agencies, outlets and desks that stories are attributed to, and their names.

The data stands in gazetteer.csv, a source a line, gathered from the datelines, credit lines and
hosts of the outlets that the project reads; `wikidata` is Wikidata's. `id` is a slug. `native` is
the name that it prints for itself, in Arabic or Urdu where it prints in one; empty for an edition
that goes by its publisher's, because elsewhere إرنا is the agency and not its Arabic site.
`aliases` is every other spelling seen; `common` those of its names that are also ordinary words,
places or people (`آج` is a paper and "today"), which count only beside other evidence. `country`
and `language` of an edition are its own: CNN Arabic is made in Dubai. `host` lists the hosts it
publishes under, each with a folder if it is an edition on its publisher's host; `part_of` is the id
of the publisher whose edition or brand it is; `datelines` says how often its stories open with one,
where that was measured (see `crawler.outlet.HouseStyle`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import get_args
from urllib.parse import unquote, urlsplit

from crawler.gazetteer.countries import is_country
from crawler.gazetteer.source import Kind, Source
from crawler.gazetteer.tables import TableError, key, read_table, spellings

COLUMNS = (
    "id", "name", "native", "kind", "country", "language", "wikidata",
    "host", "part_of", "datelines", "aliases", "common",
)  # fmt: skip

_SHAPES = {
    "id": r"[a-z0-9]+(-[a-z0-9]+)*",
    "name": r".*\S.*",
    "kind": "|".join(get_args(Kind)),
    "language": "([a-z]{2})?",
    "wikidata": r"(Q\d+)?",
    "part_of": r"([a-z0-9]+(-[a-z0-9]+)*)?",
    "datelines": "(always|often|rarely|never)?",
}

# An edition as a declared outlet's slug abbreviates it -> as an id spells it out.
_EDITIONS = {"ar": "-arabic", "ur": "-urdu"}

_QUALIFIED = re.compile(r"(?P<bare>.*\S)\s*\(.*\)")


class UnknownSourceError(LookupError):
    """No source has the id that was asked for; the message names the id and those nearest to it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the gazetteer: a source, and the facts that tell it from its namesakes.

    `language` is the language it prints in; `native`: the name that it prints for itself, its own
    or its publisher's; `names`: every spelling of its own in an Arabic script or Latin, the
    canonical English name too; `common`: the folded names that are ordinary words as well.
    """

    source: Source
    native: str
    language: str
    part_of: str
    datelines: str
    hosts: tuple[str, ...]
    names: tuple[str, ...]
    common: frozenset[str]


class Gazetteer:
    """The gazetteer, indexed by id, by name and by host.

    Raises TableError for a row that breaks the schema and for rows that contradict each other.
    """

    def __init__(self, rows: Iterable[dict[str, str]]) -> None:
        self.by_id: dict[str, Entry] = {}
        self._by_name: dict[str, tuple[Entry, ...]] = {}
        self._by_host: dict[str, tuple[Entry, ...]] = {}
        self._outlets: dict[str, tuple[Entry, ...]] = {}
        rows = list(rows)
        natives = {row["id"]: row["native"] for row in rows}
        for line, row in enumerate(rows, start=2):
            entry = _entry(row, line, native=row["native"] or natives.get(row["part_of"], ""))
            if entry.source.id in self.by_id:
                raise TableError(
                    f"gazetteer.csv, line {line}: the id {entry.source.id!r} stands there twice"
                )
            self.by_id[entry.source.id] = entry
            self._index(entry)
        for entry in self.by_id.values():
            if entry.part_of and entry.part_of not in self.by_id:
                raise TableError(
                    f"gazetteer.csv: {entry.source.id} is part of {entry.part_of!r},"
                    " which is not there"
                )
        self._index_bare_names()

    def _index(self, entry: Entry) -> None:
        names = set(map(key, entry.names))
        for name in names:
            self._by_name[name] = (*self._by_name.get(name, ()), entry)
        for host in entry.hosts:
            self._by_host[host] = (*self._by_host.get(host, ()), entry)
        for name in names | {entry.source.id, key(entry.source.name), *entry.hosts}:
            self._outlets[name] = (*self._outlets.get(name, ()), entry)

    def _index_bare_names(self) -> None:
        """Index the English names that need a word in parentheses, "Al-Watan (Kuwait)", without it.

        A bare name that a single source has stays out: its namesakes are not in the gazetteer.
        """
        owners: dict[str, set[str]] = {}
        for entry in self.by_id.values():
            qualified = _QUALIFIED.fullmatch(entry.source.name)
            bare = key(qualified["bare"] if qualified else entry.source.name)
            owners.setdefault(bare, set()).add(entry.source.id)
        for bare, ids in owners.items():
            if len(ids) < 2:
                continue
            known = {entry.source.id for entry in self._by_name.get(bare, ())}
            others = (self.by_id[identifier] for identifier in sorted(ids - known))
            self._by_name[bare] = (*self._by_name.get(bare, ()), *others)

    def entry(self, identifier: str) -> Entry:
        """Return the source that has an id. Raises UnknownSourceError."""
        if identifier not in self.by_id:
            nearest = " or ".join(get_close_matches(identifier, self.by_id))
            hint = f"; did you mean {nearest}?" if nearest else ""
            raise UnknownSourceError(
                f"{identifier!r} is no id in crawler/gazetteer/gazetteer.csv{hint}"
            )
        return self.by_id[identifier]

    def publishing_at(self, url: str) -> tuple[Entry, ...]:
        """Return the sources that publish at an address, the most particular first.

        At https://www.bbc.com/arabic/articles/c1 that is BBC News Arabic, then BBC. Raises
        ValueError for an address that cannot be split.
        """
        address = urlsplit(url)
        folder = unquote(address.path).strip("/").split("/")[0]
        labels = (address.hostname or "").split(".")
        domains = [".".join(labels[first:]) for first in range(len(labels))]
        hosts = [host for domain in domains for host in (f"{domain}/{folder}", domain)]
        return tuple(entry for host in hosts for entry in self._by_host.get(host, ()))

    def named(self, name: str) -> tuple[Entry, ...]:
        """Return every source that goes by a folded name (see `tables.key`)."""
        return self._by_name.get(name, ())

    def outlet(self, name: str) -> Entry | None:
        """Return the outlet that `name` means, None when there is none or several.

        `name`: an id, a declared outlet's slug, a name in English or the outlet's own script, or a
        host. An unknown name is tried again without a tail in parentheses and without the word for
        an edition: "Siasat (Urdu)" is Siasat.
        """
        host = name.lower().removeprefix("www.")
        slug = name.lower().replace("_", "-")
        edition = re.sub(r"-(ar|ur)$", lambda suffix: _EDITIONS[suffix[1]], slug)
        bare = re.sub(r"\s*\(.*", "", name)
        main = re.sub(r"[ _-](arabic|urdu|ar|ur)$", "", bare, flags=re.IGNORECASE)
        tried = (name, host, edition, slug, key(name), key(bare), main.lower(), key(main))
        for spelling in tried:
            owners = self._outlets.get(spelling, ())
            if len(owners) == 1:
                return owners[0]
        return None

    def family(self, entry: Entry) -> frozenset[str]:
        """Return the ids of an outlet, of its publisher, and of the editions and brands of both."""
        heads = {entry.source.id, entry.part_of} - {""}
        parts = {other.source.id for other in self.by_id.values() if other.part_of in heads}
        return frozenset(heads | parts)


def _entry(row: dict[str, str], line: int, *, native: str) -> Entry:
    for column, shape in _SHAPES.items():
        if not re.fullmatch(shape, row[column]):
            raise TableError(f"gazetteer.csv, line {line}: {column} is {row[column]!r}")
    if row["country"] and not is_country(row["country"]):
        raise TableError(f"gazetteer.csv, line {line}: country is {row['country']!r}")
    names = (row["name"], *spellings(row["native"]), *spellings(row["aliases"]))
    common = frozenset(map(key, spellings(row["common"])))
    if unknown := common - set(map(key, names)):
        raise TableError(
            f"gazetteer.csv, line {line}: common names {sorted(unknown)} are not among its names"
        )
    return Entry(
        source=Source(row["id"], row["name"], _kind(row["kind"]), row["country"], row["wikidata"]),
        native=native,
        language=row["language"],
        part_of=row["part_of"],
        datelines=row["datelines"],
        hosts=tuple(host.removeprefix("www.") for host in spellings(row["host"])),
        names=names,
        common=common,
    )


def _kind(text: str) -> Kind:
    return next(kind for kind in get_args(Kind) if kind == text)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Return the gazetteer of this package, read once. Raises TableError."""
    return Gazetteer(read_table("crawler.gazetteer", "gazetteer.csv", COLUMNS))
