"""What the index of copies holds of an article, which articles it brings together, and which of
these are linked.

Pure; a store writes what is decided here and feeds it what it has written. The rules:

- An article stands in the index with the keys of its sketch, on its day. Whoever shares enough of
  them within `WINDOW` days is compared with it, and where `compare` says that one text prints the
  other's story, the two texts are linked.
- Equal texts are one text, whatever their day: they are never compared.
- A key that stands in more than `MOST_STORIES` stories of one window, or a text printed more than
  `MOST_PRINTS` times, is a formula and not a story: it is stopped, and found by no more. What a
  story is depends on the order of arrival only there, until all articles are grouped anew
  (`crawler.storage.regrouping`).
- A link is witnessed by two articles and holds as long as both still read as they did (`face`).
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.dedup import compare
from crawler.dedup.evidence import FIRST_YEAR
from crawler.dedup.sketch import Sketch, number_of
from crawler.items import Article
from crawler.storage.codec import to_milliseconds
from crawler.storage.history import Standing

RULES = 1
"""Version of all that decides what a story is: grows with each change of `compare`, of the sketch
or of this."""

WINDOW = 4
"""Days that two prints of one story lie apart at most: 57 % of copies come on the same day, 40 % on
the next."""

NEEDED = 12
"""Share one key in so many of the shorter sketch: the least that real copies had was one in ten."""

MOST_STORIES = 30
"""Stories of one window in which a key may stand; one story may have any number of texts."""

MOST_PRINTS = 500
"""Articles that may print one text: more than there are outlets, some of them at several
addresses."""

_DAY = 86_400_000  # milliseconds

RepeatsOf = Callable[[str | None], frozenset[str]]
"""The paragraph keys that an outlet is known to print under many stories."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What the index holds of an article.

    text: one number for equal texts; None stands alone. keys: of the sketch, without stopped ones.
    size: how many there are with these. day: whole days since 1970. face: a number that changes
    with whatever `compare` reads.
    """

    text: int | None
    keys: tuple[int, ...]
    size: int
    day: int
    face: int

    @property
    def bucket(self) -> int:
        """The part of the index that the article stands in; its window lies in this and the two
        beside it."""
        return self.day // WINDOW

    @property
    def buckets(self) -> tuple[int, int, int]:
        """The parts of the index in which copies may stand."""
        return self.bucket - 1, self.bucket, self.bucket + 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of one article in the index, and of that article: its id or number, text, day, size
    of its sketch, and the story it is in; None before its place is found, when many copies are
    saved at once."""

    key: int
    article: int | str
    text: int
    day: int
    size: int
    story: str | None


@dataclass(frozen=True, slots=True)
class Print:
    """An article with its likeness, ready to be compared."""

    id: str
    likeness: Likeness
    article: Article


@dataclass(frozen=True, slots=True)
class Link:
    """Two texts that tell one story, and the two articles, the smaller id first, that show it."""

    articles: tuple[str, str]
    faces: tuple[int, int]
    texts: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """What a look-up came to: articles to compare, and keys that turned out to be formulas."""

    candidates: set[int | str]
    stopped: set[int]


def likeness(standing: Standing, sketch: Sketch, stopped: Collection[int]) -> Likeness:
    """The likeness of what stands at an address. `stopped`: those of its text and keys that are
    stopped."""
    article = standing.article
    text = None if sketch.text in stopped else sketch.text
    keys = () if text is None else tuple(key for key in sketch.keys if key not in stopped)
    published = None if article.published is None else to_milliseconds(article.published)
    day = _day(standing)
    face = (RULES, text, keys, day, article.headline, article.outlet, article.language, published)
    return Likeness(text, keys, len(sketch.keys), day, number_of(repr(face)))


def look_up(own: Likeness, entries: Iterable[Entry], *, stopping: bool = True) -> Found:
    """What the entries of `own`'s keys in its three buckets come to. stopping: whether formulas are
    looked for."""
    by_key: dict[int, list[Entry]] = {}
    for entry in entries:
        by_key.setdefault(entry.key, []).append(entry)
    stopped = {
        key
        for key, found in by_key.items()
        if stopping and len({entry.story for entry in found} - {None}) > MOST_STORIES
    }
    sizes: dict[int | str, int] = {}
    shared: Counter[int | str] = Counter()
    for key, found in by_key.items():
        if key in stopped:
            continue
        for entry in found:
            if entry.text != own.text and abs(entry.day - own.day) <= WINDOW:
                shared[entry.article] += 1
                sizes[entry.article] = entry.size
    candidates = {one for one, count in shared.items() if _enough(count, own.size, sizes[one])}
    return Found(candidates, stopped)


def alike(own: Likeness, other: Likeness) -> bool:
    """Whether two are still to be compared, whatever entries of a writer that died say."""
    shared = len(set(own.keys).intersection(other.keys))
    return abs(own.day - other.day) <= WINDOW and _enough(shared, own.size, other.size)


def _enough(shared: int, size: int, other: int) -> bool:
    return shared > 0 and NEEDED * shared >= min(size, other)


def links(
    own: Print, others: Iterable[Print], linked: set[int], boilerplate: RepeatsOf
) -> list[Link]:
    """The links of `own` to those of `others` that print its story.

    One link between two texts is enough: texts in `linked` are passed over, and found ones are
    added to it.
    """
    found = []
    text = own.likeness.text
    for other in sorted(others, key=lambda one: one.id):
        other_text = other.likeness.text
        if text is None or other_text is None or other_text == text or other_text in linked:
            continue
        known = boilerplate(own.article.outlet) | boilerplate(other.article.outlet)
        if compare(own.article, other.article, boilerplate=known).joins:
            linked.add(other_text)
            found.append(_link(own, other))
    return found


def other_texts(text: int, valid: Sequence[Link]) -> set[int]:
    """The texts that `valid` links `text` to."""
    return {one for link in valid if text in link.texts for one in link.texts} - {text}


def _link(own: Print, other: Print) -> Link:
    first, second = (own, other) if own.id < other.id else (other, own)
    assert first.likeness.text is not None
    assert second.likeness.text is not None
    return Link(
        (first.id, second.id),
        (first.likeness.face, second.likeness.face),
        (first.likeness.text, second.likeness.text),
    )


def _day(standing: Standing) -> int:
    """The day of a print: of its publication, unless a clock at zero or in the future printed
    that."""
    published, fetched = standing.article.published, standing.first_fetched
    if published is not None and datetime(FIRST_YEAR, 1, 1, tzinfo=UTC) <= published:
        day = to_milliseconds(published) // _DAY
        if day <= to_milliseconds(fetched) // _DAY + 1:
            return day
    return to_milliseconds(fetched) // _DAY
