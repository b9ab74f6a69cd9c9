"""The headline: what the reader sees above the story, confirmed by what the page says of itself.

The h1 has the true print (quotation marks, rewording); titles in structured data and <title> lose
marks, gain the site's name and are rewritten for search engines. But pages also keep a logo, a
section or another story in an h1, so an h1 is taken for the headline when it shares most of its
words with one of those titles.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from crawler.extraction.blocks import PageBlocks
from crawler.extraction.tree import Element, PageTree, text_of
from crawler.extraction.values import plain_line
from crawler.text.letters import fold_words

_SEPARATOR = re.compile(r"\s+[-–—|•·:»«]+\s+|\s*[|»«]\s*")
_FURNITURE = frozenset(("nav", "footer", "aside"))
_AGREES = 0.5
"""Share of a title's words that an h1 must have; reworded headlines (BBC) have 0.9, a site's name
0.2."""
_SAME = 0.8
_OTHER_STORIES = frozenset(("navigation", "related", "comments", "share", "tags"))
_FEWEST_WORDS = 3
_LONGEST = 600
_MOST_HEADINGS, _MOST_PARTS = 30, 40


@dataclass(frozen=True, slots=True)
class Headline:
    """`text` as printed; `span` are the blocks that print it (a half-open range), None when only
    structured data has it."""

    text: str
    span: tuple[int, int] | None = None


def find_headline(
    tree: PageTree, page: PageBlocks, titles: Sequence[str], site_names: Sequence[str]
) -> Headline | None:
    """The headline of the page. `titles` are what structured data and <title> call it, best first;
    `site_names` the names of the site, which titles end in. None when there is neither a title nor an
    h1."""
    names = {fold_words(house) for house in site_names}
    stripped = [without_site(title, site_names, titles) for title in titles]
    stripped = [title for title in stripped if fold_words(title) not in names]
    wanted = [words for title in stripped if (words := frozenset(fold_words(title).split()))]
    headings = islice(tree.root.iter("h1"), _MOST_HEADINGS)
    shown = [
        (element, text)
        for element in headings
        if (text := _text(element)) and element in page.ranges
    ]
    best = max(shown, key=lambda each: _agreement(each[1], wanted), default=None)
    if best and _agreement(best[1], wanted) >= _AGREES:
        return Headline(_without_kicker(best[0], best[1], stripped), page.ranges[best[0]])
    for block in page.blocks if wanted else ():
        is_elsewhere = block.linked_chars * 2 > len(block.text) or any(
            role in _OTHER_STORIES for _, role in block.roles
        )
        if (
            len(block.text) <= _LONGEST
            and not is_elsewhere
            and _mutual(block.text, wanted) >= _SAME
        ):
            return Headline(plain_line(block.text) or "", (block.position, block.position + 1))
    plausible = [
        (e, text)
        for e, text in shown
        if len(text.split()) >= _FEWEST_WORDS and not _in_furniture(e)
    ]
    if len(plausible) == 1:
        return Headline(plausible[0][1], page.ranges[plausible[0][0]])
    return Headline(stripped[0]) if stripped else None


def without_site(title: str, site_names: Sequence[str], titles: Sequence[str] = ()) -> str:
    """`title` without the site's name and section behind it (or before it): parts that name one of
    `site_names`, or that follow another of the `titles`."""
    for other in titles:
        if (
            len(other) < len(title)
            and title.startswith(other)
            and _SEPARATOR.match(title[len(other) :])
        ):
            return other
    names = {fold_words(house) for house in site_names} - {""}
    while found := list(_SEPARATOR.finditer(title)):
        last, first = found[-1], found[0]
        if _names_house(title[last.end() :], names):
            title = title[: last.start()]
        elif _names_house(title[: first.start()], names):
            title = title[first.end() :]
        else:
            break
    return title.strip()


def _names_house(part: str, names: set[str]) -> bool:
    words = fold_words(part)
    return bool(words) and any(words == name or words in name.split(" - ") for name in names)


def _text(element: Element) -> str:
    """The element's text; "" when it is too long for a headline."""
    text = text_of(element, _MOST_PARTS)
    return (plain_line(text) or "") if len(text) < _LONGEST else ""


def _agreement(text: str, wanted: Sequence[frozenset[str]]) -> float:
    """Largest share of a title's words that `text` has."""
    words = frozenset(fold_words(text).split())
    return max((len(words & title) / len(title) for title in wanted), default=0.0)


def _mutual(text: str, wanted: Sequence[frozenset[str]]) -> float:
    words = frozenset(fold_words(text).split())
    return max((len(words & title) / len(words | title) for title in wanted), default=0.0)


def _in_furniture(element: Element) -> bool:
    return any(ancestor.tag in _FURNITURE for ancestor in element.iterancestors())


def _without_kicker(element: Element, text: str, titles: Sequence[str]) -> str:
    """The h1 without a child that is a line of its own above or below the headline proper."""
    wanted = {fold_words(title) for title in titles}
    if fold_words(text) in wanted:
        return text
    for child in element:
        part = _text(child) if isinstance(child.tag, str) else ""
        rest = (plain_line(text.replace(part, " ", 1)) or "") if part else ""
        for candidate in (rest, part):
            if candidate and fold_words(candidate) in wanted:
                return candidate
    return text
