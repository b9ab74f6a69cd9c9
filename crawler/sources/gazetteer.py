"""Who a story can be attributed to: the gazetteer of agencies, outlets and desks, and the names
they go by.

The data stands in gazetteer.csv, one source a line. `id` is a slug; `native` the name in the
source's own script (Arabic or Urdu where it prints in one); `aliases` every other spelling seen;
`common` those of its names that are also ordinary words, places or people (`آج` is a paper and
"today"), which count only beside other dateline_forms. `host` lists the hosts it publishes under,
`part_of` the id of the house whose edition or brand it is, `datelines` how often its stories open
with one, where that was measured (see `crawler.outlet.HouseStyle`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from crawler.sources.model import Kind, Source
from crawler.sources.tables import TableError, key, read_table, spellings

COLUMNS = (
    "id", "name", "native", "kind", "country", "language", "wikidata",
    "host", "part_of", "datelines", "aliases", "common",
)  # fmt: skip

_SHAPES = {
    "id": r"[a-z0-9]+(-[a-z0-9]+)*",
    "name": r".*\S.*",
    "kind": "|".join(get_args(Kind)),
    "country": "([A-Z]{2})?",
    "language": "([a-z]{2})?",
    "wikidata": r"(Q\d+)?",
    "part_of": r"([a-z0-9]+(-[a-z0-9]+)*)?",
    "datelines": "(always|often|rarely|never)?",
}

# How a declared outlet's slug abbreviates an edition -> how an id spells it out.
_EDITIONS = {"ar": "-arabic", "ur": "-urdu"}

# Words that a name may be printed with or without: "وكالة رويترز", "روزنامہ جنگ", "مهر للأنباء".
_TITLES = (
    "وكالة أنباء", "وكالة الأنباء", "وكالة", "قناة", "صحيفة", "جريدة", "موقع", "شبكة", "راديو", "إذاعة", "مجلة",
    "روزنامہ", "خبر رساں ادارے", "خبر رساں ادارہ", "خبر رساں ایجنسی", "نیوز ایجنسی", "اخبار",
)  # fmt: skip
_TAILS = ("للأنباء", "الإخبارية", "الدولية للأنباء", "نیوز ایجنسی", "خبر رساں ایجنسی")
_TAIL_KEYS = tuple(sorted({key(tail) for tail in _TAILS}, key=len, reverse=True))
_TITLE_KEYS = tuple(sorted({key(title) for title in _TITLES}, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the gazetteer: the source, and what telling it from its namesakes takes."""

    source: Source
    language: str
    part_of: str
    datelines: str
    hosts: tuple[str, ...]
    names: tuple[str, ...]
    common: frozenset[str]


class Gazetteer:
    """The gazetteer, indexed by id, by name and by host. Raises TableError for rows that contradict
    each other."""

    def __init__(self, rows: Iterable[dict[str, str]]) -> None:
        self.by_id: dict[str, Entry] = {}
        self._by_name: dict[str, tuple[Entry, ...]] = {}
        self._outlets: dict[str, tuple[Entry, ...]] = {}
        for line, row in enumerate(rows, start=2):
            entry = _entry(row, line)
            if entry.source.id in self.by_id:
                raise TableError(
                    f"gazetteer.csv, line {line}: the id {entry.source.id!r} stands there twice"
                )
            self.by_id[entry.source.id] = entry
            for name in {key(name) for name in entry.names}:
                self._by_name[name] = (*self._by_name.get(name, ()), entry)
            for name in {
                entry.source.id,
                key(entry.source.name),
                *map(key, entry.names),
                *entry.hosts,
            }:
                self._outlets[name] = (*self._outlets.get(name, ()), entry)
        for entry in self.by_id.values():
            if entry.part_of and entry.part_of not in self.by_id:
                raise TableError(
                    f"gazetteer.csv: {entry.source.id} is part of {entry.part_of!r}, which is not there"
                )

    def named(self, name: str) -> tuple[Entry, ...]:
        """Every source that goes by the folded name (see `tables.key`)."""
        return self._by_name.get(name, ())

    def outlet(self, name: str) -> Entry | None:
        """The one source meant by an id, a declared outlet's slug, a name in English or its own
        script, or a host.

        What is not known as it stands is tried without a tail in parentheses and without the word
        for an edition: "Siasat (Urdu)" is Siasat.
        """
        bare = re.sub(r"\s*\(.*", "", name)
        slug = name.lower().replace("_", "-")
        edition = re.sub(r"-(ar|ur)$", lambda found: _EDITIONS[found[1]], slug)
        house = re.sub(r"[ _-](arabic|urdu|ar|ur)$", "", bare, flags=re.IGNORECASE)
        host = name.lower().removeprefix("www.")
        for candidate in (
            name,
            host,
            edition,
            slug,
            key(name),
            key(bare),
            house.lower(),
            key(house),
        ):
            owners = self._outlets.get(candidate, ())
            if len(owners) == 1:
                return owners[0]
        return None

    def family(self, entry: Entry) -> frozenset[str]:
        """The ids of an outlet, of the house it is part of and of what is part of it."""
        related = {entry.source.id, entry.part_of}
        related |= {
            other.source.id for other in self.by_id.values() if other.part_of == entry.source.id
        }
        return frozenset(related - {""})


def _entry(row: dict[str, str], line: int) -> Entry:
    for column, shape in _SHAPES.items():
        if not re.fullmatch(shape, row[column]):
            raise TableError(f"gazetteer.csv, line {line}: {column} is {row[column]!r}")
    names = tuple(spellings(row["native"]) + spellings(row["aliases"]))
    common = frozenset(map(key, spellings(row["common"])))
    if unknown := common - set(map(key, names)):
        raise TableError(
            f"gazetteer.csv, line {line}: common names {sorted(unknown)} are not among its names"
        )
    return Entry(
        source=Source(row["id"], row["name"], _kind(row["kind"]), row["country"], row["wikidata"]),
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
    """The gazetteer of this package, read once."""
    return Gazetteer(read_table("gazetteer.csv", COLUMNS))


def choose(
    owners: tuple[Entry, ...],
    name: str,
    *,
    outlet: str = "",
    family: frozenset[str],
    language: str | None,
    country: str | None,
) -> Entry | None:
    """The one of several namesakes that is meant, or None: unresolved rather than wrong.

    The outlet decides, then its house, its country, its language, and the letters of the `name` as
    printed (سماء is not سما); an edition and its house sharing a name are the house.
    """
    if len(owners) < 2:
        return owners[0] if owners else None
    for narrower in (
        [entry for entry in owners if entry.source.id == outlet],
        [entry for entry in owners if entry.source.id in family],
        [entry for entry in owners if entry.source.country == country],
        [entry for entry in owners if entry.language == language],
        [entry for entry in owners if name in entry.names],
    ):
        if len(narrower) == 1:
            return narrower[0]
        if narrower:
            owners = tuple(narrower)
    heads = [
        entry
        for entry in owners
        if all(other.part_of == entry.source.id for other in owners if other != entry)
    ]
    return heads[0] if len(heads) == 1 else None


@lru_cache(maxsize=1 << 14)
def owners_of(folded: str) -> tuple[Entry, ...]:
    """Every source that goes by a folded name, with or without a word such as وكالة before or
    behind it."""
    owners = gazetteer().named(folded)
    if owners:
        return owners
    bare = [folded.removeprefix(title) for title in _TITLE_KEYS if folded.startswith(title)]
    bare += [
        name.removesuffix(tail)
        for name in (folded, *bare)
        for tail in _TAIL_KEYS
        if name.endswith(tail)
    ]
    return next((owners for name in bare if name and (owners := gazetteer().named(name))), ())
