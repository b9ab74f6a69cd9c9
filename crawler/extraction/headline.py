"""The headline: the text above the story, confirmed by the titles that the page gives itself.

The h1 has the true print (quotation marks, rewording); titles in structured data and <title> lose
marks, gain the site's name and are rewritten for search engines. But pages also keep a logo, a
section or another story in an h1, so an h1 is taken for the headline when it shares most of its
words with one of those titles.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from crawler.extraction.blocks import Block, BlockRange, PageBlocks
from crawler.extraction.page_claims import PageClaims
from crawler.extraction.selectors import elements
from crawler.extraction.tree import Element, PageTree, text_of
from crawler.extraction.values import plain_line
from crawler.text.letters import fold_words

_SEPARATOR = re.compile(r"\s+[-–—|•·:»«]+\s+|\s*[|»«]\s*")
_KINDS_OF_SITES = frozenset(
    fold_words("""
        وكالة صحيفة جريدة موقع بوابة قناة شبكة الإخبارية الإخباري الإلكترونية الإلكتروني أونلاين
        نيوز نیوز روزنامہ اردو
    """).split()
)
_FURNITURE_TAGS = ("nav", "footer", "aside")
_ELSEWHERE = ("navigation", "related", "comments", "share", "tags")
"""Roles of the parts of a page that name other stories."""
_MIN_AGREEMENT = 0.5
"""Share of a title's words that an h1 must have; reworded headlines (BBC) have 0.9, a site's name
0.2."""
_MIN_OVERLAP = 0.8
"""Share of the words of a block and a title together that both have, for a block that is no h1."""
_MIN_WORDS = 3
"""Words of an h1 that is taken for the headline though no title confirms it."""
_MAX_CHARS = 600
_MAX_HEADINGS, _MAX_PARTS = 30, 40

TitleWords = frozenset[str]


@dataclass(frozen=True, slots=True)
class Headline:
    """`text` as printed; `block_range`: the blocks that print it, None when only structured data
    has it."""

    text: str
    block_range: BlockRange | None = None

    @property
    def last_block(self) -> int:
        """Position of the last block that prints it, -1 when none does."""
        if self.block_range is None:
            return -1
        start, end = self.block_range
        return end - 1 if end > start else -1


def declared_headline(tree: PageTree, page: PageBlocks, claims: PageClaims) -> Headline | None:
    """Return the headline that the outlet's selectors select, whatever order its layout gives the
    readers of dates; None when they select nothing."""
    selected = claims.selected
    if selected is None or not selected.headline:
        return None
    for element in elements(tree, claims.layout.headline[:1]):
        if element in page.ranges:
            return Headline(selected.headline, page.ranges[element])
    block = None
    if claims.data is not None:
        block = _block_with_title(page, [_words(selected.headline)])
    block_range = None if block is None else (block.position, block.position + 1)
    return Headline(selected.headline, block_range)


def find_headline(tree: PageTree, page: PageBlocks, claims: PageClaims) -> Headline | None:
    """Return the headline of the page: an h1 or other block that agrees with a title, else the only
    h1 that can be one, else the best title itself. None when there is neither a title nor an h1."""
    titles = _titles_without_site(claims)
    title_words = [words for title in titles if (words := _words(title))]
    headings = _headings(tree, page)

    best = max(headings, key=lambda h1: _agreement(headings[h1], title_words), default=None)
    if best is not None and _agreement(headings[best], title_words) >= _MIN_AGREEMENT:
        return Headline(_without_kicker(best, headings[best], titles), page.ranges[best])
    block = _block_with_title(page, title_words)
    if block is not None:
        return Headline(plain_line(block.text) or "", (block.position, block.position + 1))
    plausible = [h1 for h1, text in headings.items() if _is_plausible(h1, text)]
    if len(plausible) == 1:
        return Headline(headings[plausible[0]], page.ranges[plausible[0]])
    return Headline(titles[0]) if titles else None


def _titles_without_site(claims: PageClaims) -> list[str]:
    """Return the page's titles, best first, without the site's name; titles that are nothing but
    the site's name are left out."""
    names = (*claims.site_names, *claims.outlet_names)
    site_names = {fold_words(name) for name in names} - {""}
    all_titles = claims.titles
    titles = [_without_site(title, all_titles, site_names) for title in all_titles]
    return [title for title in titles if fold_words(title) not in site_names]


def _without_site(title: str, titles: Sequence[str], site_names: Collection[str]) -> str:
    """Return `title` without the site's name and section behind it (or before it): parts that are
    one of `site_names` (folded), or that follow another of the `titles`. Behind it the name may
    have another word for the kind of site than there."""
    for other in titles:
        is_start = len(other) < len(title) and title.startswith(other)
        if is_start and _SEPARATOR.match(title[len(other) :]):
            return other
    bare_names = {_bare_name(name) for name in site_names}
    while separators := list(_SEPARATOR.finditer(title)):
        leftmost, rightmost = separators[0], separators[-1]
        if _bare_name(title[rightmost.end() :]) in bare_names:
            title = title[: rightmost.start()]
        elif fold_words(title[: leftmost.start()]) in site_names:
            title = title[leftmost.end() :]
        else:
            break
    return title.strip()


def title_forms(headline: str, claims: PageClaims) -> set[str]:
    """Return the headline, the page's other titles, and the opening of each before a separator."""
    titles = {headline, *claims.titles}
    return titles | {_SEPARATOR.split(title, maxsplit=1)[0] for title in titles}


def _bare_name(name: str) -> str:
    """Return the name of a site, folded, without the words for a paper, an agency or a site, which
    it prints or leaves out; all its words where it has no others."""
    words = fold_words(name).split()
    return " ".join([word for word in words if word not in _KINDS_OF_SITES] or words)


def _headings(tree: PageTree, page: PageBlocks) -> dict[Element, str]:
    """Return the h1 elements that print a text short enough for a headline, with this text."""
    first_headings = tree.listed["h1"][:_MAX_HEADINGS]
    texts = {h1: _short_text(h1) for h1 in first_headings if h1 in page.ranges}
    return {h1: text for h1, text in texts.items() if text}


def _short_text(element: Element) -> str:
    """Return the element's text on one line; "" when it is too long for a headline."""
    text = text_of(element, _MAX_PARTS)
    return (plain_line(text) or "") if len(text) < _MAX_CHARS else ""


def _words(text: str) -> TitleWords:
    return frozenset(fold_words(text).split())


def _agreement(text: str, titles: Sequence[TitleWords]) -> float:
    """Return the largest share of a title's words that `text` has."""
    words = _words(text)
    return max((len(words & title) / len(title) for title in titles), default=0.0)


def _overlap(text: str, titles: Sequence[TitleWords]) -> float:
    """Return the largest share of the words of `text` and a title together that both have."""
    words = _words(text)
    return max((len(words & title) / len(words | title) for title in titles), default=0.0)


def _block_with_title(page: PageBlocks, titles: Sequence[TitleWords]) -> Block | None:
    """Return the first block that prints nearly the words of a title, in no link and outside the
    parts of the page that name other stories."""
    if not titles:
        return None
    for block in page.blocks:
        if len(block.text) > _MAX_CHARS or block.is_mostly_link:
            continue
        if _names_other_stories(page, block):
            continue
        if _overlap(block.text, titles) >= _MIN_OVERLAP:
            return block
    return None


def _names_other_stories(page: PageBlocks, block: Block) -> bool:
    """Return whether an element around the block has a role of _ELSEWHERE and does not hold the
    story all the same."""
    return any(
        role in _ELSEWHERE and not page.holds_most_prose(element) for element, role in block.roles
    )


def _is_plausible(h1: Element, text: str) -> bool:
    is_in_furniture = next(h1.iterancestors(*_FURNITURE_TAGS), None) is not None
    return len(text.split()) >= _MIN_WORDS and not is_in_furniture


def _without_kicker(h1: Element, text: str, titles: Sequence[str]) -> str:
    """Return the text of an h1 without a child that is a line of its own above or below the
    headline proper."""
    wanted = {fold_words(title) for title in titles}
    if fold_words(text) in wanted:
        return text
    for child in h1:
        kicker = _short_text(child) if isinstance(child.tag, str) else ""
        if not kicker:
            continue
        rest = plain_line(text.replace(kicker, " ", 1)) or ""
        for candidate in (rest, kicker):
            if candidate and fold_words(candidate) in wanted:
                return candidate
    return text
