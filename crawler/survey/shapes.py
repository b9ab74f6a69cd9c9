"""The pattern of a site's article addresses, from examples of them. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

_MOST_SHAPES = 3
"""Alternatives of a proposed pattern."""
_LEAST_SHARE = 0.1
"""Share of the addresses that a shape must have to be an alternative."""
_LEAST_ALIKE = 2
"""Addresses that must share a path before the query is looked at."""
_YEARS = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_SUFFIX = re.compile(r"\.[a-z]{3,5}$")
_FINAL_NUMBER = re.compile(r"(?P<slug>.*[^\d])(?P<number>\d+)")
_FIRST_NUMBER = re.compile(r"(?P<number>\d+)(?P<mark>[-_])(?P<slug>.+)")
_MOST_SLUGS = 2
"""Addresses of one article among the examples."""
_LEAST_DIGITS = 4
"""Digits of a number beside a slug that may be the article's."""


@dataclass(frozen=True, slots=True)
class ProposedPattern:
    """A proposal for `Outlet.articles`, `Outlet.id` and `Outlet.identity`.

    `covered`: how many of the addresses it matches. `has_number`: False where nothing in an address
    tells an article from another page. `id` is "" where the whole address is the identity.
    `is_shown`: two addresses with one number and other words show that it is the number.
    """

    articles: str
    id: str
    covered: int
    has_number: bool
    identity: tuple[str, ...] = ()
    is_shown: bool = False


@dataclass(frozen=True, slots=True)
class _Segment:
    """A part of a path between slashes: its `form` as a pattern without the literal, `literal` as
    printed, and its `number`, "" where it has none that could be the article's."""

    form: str
    literal: str
    number: str = ""
    has_slug: bool = False


def propose_pattern(addresses: Sequence[str]) -> ProposedPattern | None:
    """Return the pattern of the paths of article addresses; None without addresses.

    Shapes that few addresses have are left out.
    """
    paths = [unquote(urlsplit(address).path) for address in dict.fromkeys(addresses)]
    by_form: dict[tuple[str, ...], list[list[_Segment]]] = {}
    for path in paths:
        segments = [_segment(part) for part in path.strip("/").split("/")]
        by_form.setdefault(tuple(segment.form for segment in segments), []).append(segments)
    if not any(path.strip("/") for path in paths):
        return None
    if by_query := _pattern_of_queries(addresses):
        return by_query
    largest = sorted(by_form.values(), key=len, reverse=True)[:_MOST_SHAPES]
    shapes = [shape for shape in largest if len(shape) >= _LEAST_SHARE * len(paths)]
    common = _common_positions(shapes)
    final_slash = "/?" if any(path.endswith("/") for path in paths) else ""
    alternatives = list(
        dict.fromkeys("/" + "/".join(_pattern_parts(shape, common)) for shape in shapes)
    )
    articles = alternatives[0]
    if len(alternatives) > 1:
        articles = f"(?:{'|'.join(alternatives)})"
    articles += final_slash
    pattern = re.compile(articles)
    id_pattern = _id_behind_common_word(shapes, common) or _id_pattern(shapes[0])
    identities = [match.group() for path in paths if (match := re.search(id_pattern, path))]
    return ProposedPattern(
        articles=articles,
        id=id_pattern,
        is_shown=bool(id_pattern) and len(set(identities)) < len(identities),
        covered=sum(pattern.fullmatch(path) is not None for path in paths),
        has_number=all(any(r"\d" in form for form in _pattern_parts(shape)) for shape in shapes),
    )


def count_slug_words(address: str) -> int:
    """Return the number of words in the last step of an address's path."""
    last = unquote(urlsplit(address).path).rstrip("/").rpartition("/")[2]
    return len([word for word in re.split(r"[\W_]+", last) if word])


def _pattern_of_queries(addresses: Sequence[str]) -> ProposedPattern | None:
    """Return the pattern of addresses that differ in one parameter of their query; None for
    others."""
    parts = [urlsplit(address) for address in dict.fromkeys(addresses)]
    paths = {part.path for part in parts}
    if len(parts) < _LEAST_ALIKE or len(paths) > 1:
        return None
    queries = [dict(parse_qsl(part.query)) for part in parts]
    for name in queries[0]:
        values = [query.get(name, "") for query in queries]
        if all(values) and len(set(values)) == len(values):
            path = re.escape(paths.pop())
            return ProposedPattern(
                articles=rf"{path}\?(?:.*&)?{re.escape(name)}=[^&]+.*",
                id="",
                covered=len(parts),
                has_number=True,
                identity=(name,),
            )
    return None


def _segment(text: str) -> _Segment:
    """Return the form of a segment, which several articles have in common."""
    if _YEARS.fullmatch(text):
        return _Segment(r"\d{4}", text)
    if text.isdecimal():
        return _Segment(r"\d{1,2}" if len(text) <= 2 else r"\d+", text, number=text)
    suffix = _SUFFIX.search(text)
    ending = re.escape(suffix.group()) if suffix else ""
    bare = text.removesuffix(suffix.group()) if suffix else text
    if bare.isdecimal():
        return _Segment(rf"\d+{ending}", text, number=bare)
    if (match := _FINAL_NUMBER.fullmatch(bare)) and len(match["number"]) >= _LEAST_DIGITS:
        return _Segment(rf"[^/]+\d+{ending}", text, number=match["number"], has_slug=True)
    if (match := _FIRST_NUMBER.fullmatch(bare)) and len(match["number"]) >= _LEAST_DIGITS:
        mark = match["mark"]
        return _Segment(rf"\d+{mark}[^/]+{ending}", text, number=match["number"], has_slug=True)
    return _Segment(rf"[^/]+{ending}", text, has_slug=True)


def _common_positions(shapes: Sequence[Sequence[Sequence[_Segment]]]) -> frozenset[int]:
    """Return the positions at which the addresses of all shapes print the same segment."""
    every = [segments for shape in shapes for segments in shape]
    shortest = min(map(len, every))
    return frozenset(
        position
        for position in range(shortest)
        if len(every) > 1 and len({segments[position].literal for segments in every}) == 1
    )


def _pattern_parts(
    shape: Sequence[Sequence[_Segment]], common: frozenset[int] = frozenset()
) -> Iterator[str]:
    """Yield the pattern of each segment: its literal where all addresses of the shape, or those of
    all shapes (`common`), print the same one."""
    for position, segment in enumerate(shape[0]):
        literals = {segments[position].literal for segments in shape}
        is_word = segment.has_slug and not segment.number
        if is_word and len(literals) == 1 and (len(shape) > 1 or position in common):
            yield _literal(segment)
        else:
            yield segment.form


def _id_behind_common_word(
    shapes: Sequence[Sequence[Sequence[_Segment]]], common: frozenset[int]
) -> str:
    """Return the pattern of a number behind a word that all addresses have in common, "story/7", if
    it identifies each and something stands beside it; else ""."""
    every = [segments for shape in shapes for segments in shape]
    if len(shapes) == 1 and not _has_slug_beside_number(shapes[0]):
        return ""
    for position in sorted(common):
        word = every[0][position]
        following = [segments[position + 1] for segments in every if len(segments) > position + 1]
        numbers = [segment.number for segment in following]
        is_word = word.has_slug and not word.number
        if is_word and len(numbers) == len(every) and _identify(numbers):
            return rf"{_literal(word)}/\d+"
    return ""


def _identify(numbers: Sequence[str]) -> bool:
    """Return True if each of the addresses has a number that may be its article's.

    Two addresses of one number are an article under two slugs; more of them, or short numbers, are
    those of a section. Numbers that print a day are no article's.
    """
    if not all(numbers) or all(map(_is_day, numbers)):
        return False
    counts = Counter(numbers)
    if len(counts) == len(numbers):
        return True
    is_long = min(map(len, numbers)) >= _LEAST_DIGITS
    return is_long and max(counts.values()) == _MOST_SLUGS


def _is_day(number: str) -> bool:
    """Return True for a number like 20231122."""
    return (
        re.fullmatch(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", number) is not None
    )


def _literal(segment: _Segment) -> str:
    return re.sub(r"[^\w-]", r"\\\g<0>", segment.literal)


def _id_pattern(shape: Sequence[Sequence[_Segment]]) -> str:
    """Return the pattern of the number that alone identifies an article; "" if there is none, or
    nothing beside it to leave out."""
    if len(shape) < 2 or not _has_slug_beside_number(shape):
        return ""
    for position in reversed(range(len(shape[0]))):
        numbers = [segments[position].number for segments in shape]
        if not _identify(numbers):
            continue
        before = list(_pattern_parts(shape))[position - 1] if position else ""
        form = shape[0][position].form
        if form.startswith(r"\d+") and re.fullmatch(r"[A-Za-z_-]+", before):
            return rf"{before}/\d+"
        least = min(map(len, numbers))
        is_longest = all(
            len(other.number) < least
            for segments in shape
            for other in segments
            if other is not segments[position]
        )
        if is_longest and least >= _LEAST_DIGITS:
            return rf"\d{{{least},}}"
        ending = form.partition(r"\d+")[2]
        if position == len(shape[0]) - 1 and not ending.startswith(("-", "_")):
            return rf"\d+(?={ending}/?$)"
    return ""


def _has_slug_beside_number(shape: Sequence[Sequence[_Segment]]) -> bool:
    columns = list(zip(*shape, strict=True))
    return any(
        column[0].has_slug and len({segment.literal for segment in column}) > 1
        for column in columns
    )
