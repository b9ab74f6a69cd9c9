"""Which entry of the gazetteer a printed name means."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from crawler.gazetteer.entries import Entry, gazetteer
from crawler.gazetteer.tables import key

# Words that a name may be printed with or without: "وكالة رويترز", "روزنامہ جنگ", "مهر للأنباء",
# "عكاظ أونلاين".
_TITLES = (
    "وكالة أنباء", "وكالة الأنباء", "وكالة", "قناة", "صحيفة", "جريدة", "موقع", "شبكة", "راديو",
    "إذاعة", "مجلة", "روزنامہ", "خبر رساں ادارے", "خبر رساں ادارہ", "خبر رساں ایجنسی",
    "نیوز ایجنسی", "اخبار", "the", "roznama", "daily",
)  # fmt: skip
_TAILS = (
    "للأنباء", "الإخبارية", "الدولية للأنباء", "نیوز ایجنسی", "خبر رساں ایجنسی",
    "أونلاين", "اون لاين", "الإلكتروني", "الإلكترونية", "الرقمية", "نت",
    "news agency", "newspaper", "channel", "online",
)  # fmt: skip


def _longest_first(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({key(name) for name in names}, key=len, reverse=True))


_TITLE_KEYS = _longest_first(_TITLES)
_TAIL_KEYS = _longest_first(_TAILS)


def choose(
    owners: tuple[Entry, ...],
    name: str,
    *,
    outlet: str = "",
    family: frozenset[str],
    language: str | None,
    country: str | None,
) -> Entry | None:
    """Return the one of several namesakes that is meant, None when undecided.

    `name`: as printed. `outlet`, `family`, `language` and `country` are those of the outlet that
    printed it. The outlet decides, then its family, its country, its language, and the letters of
    the name (سماء is not سما); of an edition and its publisher the publisher is meant.
    """
    if len(owners) < 2:
        return owners[0] if owners else None
    criteria: tuple[Callable[[Entry], bool], ...] = (
        lambda entry: entry.source.id == outlet,
        lambda entry: entry.source.id in family,
        lambda entry: entry.source.country == country,
        lambda entry: entry.language == language,
        lambda entry: name in entry.names,
    )
    for meets in criteria:
        narrower = tuple(entry for entry in owners if meets(entry))
        if len(narrower) == 1:
            return narrower[0]
        owners = narrower or owners
    publishers = [
        entry
        for entry in owners
        if all(other.part_of == entry.source.id for other in owners if other != entry)
    ]
    return publishers[0] if len(publishers) == 1 else None


@lru_cache(maxsize=1 << 14)
def owners_of(folded: str) -> tuple[Entry, ...]:
    """Return every source that goes by a folded name.

    A name that is not there is tried without a word such as وكالة before or behind it.
    """
    owners = gazetteer().named(folded)
    if owners:
        return owners
    untitled = [folded.removeprefix(title) for title in _TITLE_KEYS if folded.startswith(title)]
    bare = [
        name.removesuffix(tail)
        for name in (folded, *untitled)
        for tail in _TAIL_KEYS
        if name.endswith(tail)
    ]
    for name in (*untitled, *bare):
        owners = gazetteer().named(name)
        if name and owners:
            return owners
    return ()


def ids_named(name: str) -> frozenset[str]:
    """Return the ids of all sources that `name` may mean, with the editions of each; empty for an
    unknown name.

    name: an id, which means that source alone; a name in any spelling; the name of a declared
    outlet; or a host.
    """
    table = gazetteer()
    if name in table.by_id:
        return frozenset((name,))
    owners = owners_of(key(name))
    if not owners:
        outlet = table.outlet(name)
        owners = (outlet,) if outlet else ()
    ids = {owner.source.id for owner in owners}
    editions = {entry.source.id for entry in table.by_id.values() if entry.part_of in ids}
    return frozenset(ids | editions)
