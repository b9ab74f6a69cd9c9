"""Whether a page is an article, and if not, what it is."""

import re
from typing import Literal

from crawler.extraction.blocks import PageBlocks
from crawler.extraction.body import Body
from crawler.extraction.claims import PageKind
from crawler.extraction.phrases import ERROR, WALL, phrase_anywhere
from crawler.extraction.values import split_url
from crawler.text.letters import fold_words

Verdict = Literal[
    "article",
    "empty",
    "listing",
    "gallery",
    "video",
    "error_page",
    "paywall",
    "language",
    "not_html",
]


_ERROR = phrase_anywhere(ERROR)
_WALL = phrase_anywhere(WALL)
_HOME = re.compile(
    r"/?(?:index\.\w{2,5}|home(?:-page|page)?|default\.aspx?|(?:ar|ur|arabic|urdu)/?)?$", re.I
)
_ANY_PROSE = 60
"""Fewest characters of running text of a story; flashes of one line ("عاجل") have about as many."""
_SURE_PROSE = 250
_SHORT_PAGE = 600
_TITLES = 8
"""Linked titles that make a page without a story a listing."""
_LISTED = 3
_PICTURES = 5


def judge(
    page: PageBlocks, body: Body, *, url: str, kind: PageKind, headline: str | None, dated: bool
) -> Verdict:
    """What the page is. `kind` is what it calls itself, `dated` whether its structured data dates
    an article.

    A page without text is an article all the same, with a gap, when it has a headline and says that
    it is a dated article: a flash. Language is judged elsewhere, by the text.
    """
    without_text: Verdict = "article" if headline and dated and kind == "article" else "empty"
    if not page.blocks or sum(len(block.text) for block in page.blocks) < _ANY_PROSE:
        return without_text
    where = split_url(url)
    if where.hostname and _HOME.match(where.path) and not where.query:
        return "listing"
    prose = body.prose
    if prose < _SHORT_PAGE:
        if _ERROR.search(fold_words(headline or "")[:80]) and prose < _SURE_PROSE:
            return "error_page"
        if (
            _WALL.search(fold_words(" ".join(block.text for block in page.blocks)[-6000:]))
            and prose < _SURE_PROSE
        ):
            return "paywall"
    if kind == "listing" or _is_listing(page, body):
        return "listing"
    if prose >= _SURE_PROSE or (prose >= _ANY_PROSE and (kind == "article" or dated)):
        return "article"
    if kind in ("video", "gallery"):
        return kind
    if _pictures(page) >= _PICTURES:
        return "gallery"
    if sum(block.linked_chars >= _ANY_PROSE // 2 for block in page.blocks) >= _TITLES:
        return "listing" if not (kind == "article" and dated) else without_text
    return "article" if prose >= _ANY_PROSE and headline else without_text


def _is_listing(page: PageBlocks, body: Body) -> bool:
    """Whether the part of the page that gathers the text is mostly links to other stories."""
    if body.root is None:
        return False
    start, end = page.ranges.get(body.root, (0, 0))
    blocks = page.blocks[start:end]
    linked = sum(block.linked_chars for block in blocks)
    total = sum(len(block.text) for block in blocks)
    titles = sum(block.is_heading and block.linked_chars * 2 > len(block.text) for block in blocks)
    return (linked * 2 > total and titles >= _LISTED) or linked > 4 * body.prose


def _pictures(page: PageBlocks) -> int:
    return sum(
        any(element.tag in ("figure", "figcaption") for element, _ in block.roles)
        for block in page.blocks
    )
