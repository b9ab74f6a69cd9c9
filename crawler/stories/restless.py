"""Lines of an outlet's template that never rest: a counter without known words, a slogan or a link
that is another one at every look.

Such a line is known by its place, counted from the first or from the last line of the body, and by
the words that stay in it: "last-0 visits today" of "visits today: 1,204". A line of which less than
half stays is a rotating one, and has no words: "first-1". It is learned when it has changed at
every look in `MIN_ARTICLES` articles of the outlet: a number that changed once, or a line of one
story, is never learned. Where a rotating line stands, a line is passed over only if another line
has replaced it: an edited line keeps most of its words.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from crawler.text import fold_words

MIN_ARTICLES = 5
"""Articles in which a line has changed at every look at least."""

MIN_LOOKS = 3
"""Looks at each of them at least: what has changed only once may have been corrected."""

MAX_LINES = 20
"""Restless lines kept of one outlet at most."""

_SENTENCE_ENDS = (".", "۔", "!", "؟", "?")
"""Ends of a line that is edited rather than counted: a toll that rises in several stories of one
event."""

_MAX_CHARS = 240  # a longer paragraph belongs to the story


def find_restless_lines(articles: Iterable[Sequence[str]]) -> frozenset[str]:
    """Return the keys of the lines that have changed at every look in `MIN_ARTICLES` articles.

    articles: of each, the bodies in the order in which they were looked at.
    """
    counts: Counter[str] = Counter()
    for bodies in articles:
        if len(bodies) >= MIN_LOOKS:
            counts.update(_changing_lines([_lines(body) for body in bodies]))
    often = [key for key, count in counts.most_common(MAX_LINES) if count >= MIN_ARTICLES]
    return frozenset(often)


def differ_only_in_restless_lines(a: str, b: str, keys: Collection[str]) -> bool:
    """Return True if two bodies are the same but for lines that are known, by `keys`, never to
    rest."""
    lines_a, lines_b = _lines(a), _lines(b)
    if len(lines_a) != len(lines_b):
        return False
    for index, (line_a, line_b) in enumerate(zip(lines_a, lines_b, strict=True)):
        words = fold_words(line_a).split(), fold_words(line_b).split()
        if words[0] != words[1] and not _is_restless(words, _places(index, len(lines_a)), keys):
            return False
    return True


def restless_lines(body: str, keys: Collection[str]) -> list[str]:
    """Return the lines of a body that stand where lines, by `keys`, never rest."""
    lines = _lines(body)
    return [
        line
        for index, line in enumerate(lines)
        if _is_known(set(fold_words(line).split()), _places(index, len(lines)), keys)
    ]


def _changing_lines(looks: Sequence[Sequence[str]]) -> set[str]:
    """Return the keys of the lines that differ between any two looks in a row.

    Where lines were added or removed, the story itself has changed and shows nothing.
    """
    if len({len(lines) for lines in looks}) != 1:
        return set()
    keys: set[str] = set()
    length = len(looks[0])
    for index in range(length):
        words = [fold_words(lines[index]).split() for lines in looks]
        has_changed = all(a != b for a, b in pairwise(words))
        is_short = all(len(lines[index]) <= _MAX_CHARS for lines in looks)
        if has_changed and is_short:
            kept = " ".join(_kept_words(words))
            if kept and any(lines[index].endswith(_SENTENCE_ENDS) for lines in looks):
                continue
            keys.add(f"{_nearest_place(index, length)} {kept}".strip())
    return keys


def _is_restless(
    words: tuple[list[str], list[str]], places: Collection[str], keys: Collection[str]
) -> bool:
    """Return True if a line, given in two prints, is one of those known by `keys`."""
    kept = _kept_words(words)
    if not kept:
        return any(place in keys for place in places)
    return _is_known(set(kept), places, [key for key in keys if " " in key])


def _is_known(words: Collection[str], places: Collection[str], keys: Collection[str]) -> bool:
    """Return True if a line with `words` stands at the place of a key and has the key's words."""
    for key in keys:
        place, *key_words = key.split()
        if place in places and set(words).issuperset(key_words):
            return True
    return False


def _kept_words(looks: Sequence[Sequence[str]]) -> list[str]:
    """Return the words, without numbers, that a line has at every look; an empty list if they are
    less than half of its words."""
    first = [word for word in looks[0] if not word[:1].isdigit()]
    kept = [word for word in first if all(word in words for words in looks[1:])]
    longest = max(sum(not word[:1].isdigit() for word in words) for words in looks)
    return kept if 2 * len(kept) >= longest else []


def _nearest_place(index: int, length: int) -> str:
    """Return the place of a line, from the first or the last of `length` lines, whichever is
    nearer."""
    from_last = length - 1 - index
    return f"first-{index}" if index < from_last else f"last-{from_last}"


def _places(index: int, length: int) -> list[str]:
    """Return the places of a line, from the first and from the last of `length` lines."""
    return [f"first-{index}", f"last-{length - 1 - index}"]


def _lines(body: str) -> list[str]:
    return [line.strip() for line in body.split("\n") if line.strip()]
