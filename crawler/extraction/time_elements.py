"""The claims of <time datetime="..."> elements that stand where the story's date is printed."""

import re

from crawler.extraction.blocks import PageBlocks
from crawler.extraction.body import Body, range_of
from crawler.extraction.claims import Claims
from crawler.extraction.headline import Headline
from crawler.extraction.page_dates import speaks_of_update
from crawler.extraction.printed_dates import (
    BLOCKS_BEFORE,
    BLOCKS_BEHIND,
    shares_only_page,
    speaks_of_another_story,
)
from crawler.extraction.story_blocks import StoryBlocks
from crawler.extraction.tree import Element, PageTree, text_of
from crawler.extraction.values import distinct, plain_line

_MAX_ELEMENTS = 200
_MAX_LABEL_CHARS, _MAX_LABEL_PARTS = 80, 8
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMES_PUBLICATION = re.compile("publi|post|create", re.I)
_NAMES_UPDATE = re.compile("updat|modif", re.I)


def time_claims(
    tree: PageTree,
    page: PageBlocks,
    story_blocks: StoryBlocks,
    body: Body,
    headline: Headline | None,
) -> Claims:
    """Return the dates of the <time> elements between headline and body, closely above the headline
    and below the body in the same <article>. The date of an element that a class or label names an
    update is one of modification."""
    body_start, body_end = range_of(body)
    headline_range = headline.block_range if headline else None
    start, headline_end = headline_range or (body_start, body_start)
    article = _article_around(page, body_start)
    published: list[Element] = []
    modified: list[Element] = []
    for element in tree.listed["time"][:_MAX_ELEMENTS]:
        if not _YEAR.search(element.get("datetime") or ""):
            continue
        position, end = page.ranges.get(element, (-1, -1))
        is_between = start <= position and end <= max(body_start, headline_end)
        is_above = start - BLOCKS_BEFORE <= position < start
        is_below = body_end <= position < body_end + BLOCKS_BEHIND
        if is_above and shares_only_page(page, element, start):
            continue
        if is_below and (article is None or article not in element.iterancestors("article")):
            continue
        if not (is_between or is_above or is_below):
            continue
        if _is_foreign(page, story_blocks, element, position):
            continue
        (modified if _is_update(element) else published).append(element)
    return Claims(published=_dates(published), modified=_dates(modified))


def _article_around(page: PageBlocks, position: int) -> Element | None:
    if position >= len(page.blocks):
        return None
    return next(page.blocks[position].element.iterancestors("article"), None)


def _is_foreign(
    page: PageBlocks, story_blocks: StoryBlocks, element: Element, position: int
) -> bool:
    """Return whether the element stands in a link, or in a part of the page that names other
    stories. An empty element is judged by the block behind it."""
    if next(element.iterancestors("a"), None) is not None:
        return True
    if position >= len(page.blocks):
        return False
    return speaks_of_another_story(page.blocks[position], story_blocks)


def _is_update(element: Element) -> bool:
    """Return whether the element's names, or the short text around it, speak of an update."""
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    if _NAMES_PUBLICATION.search(names):
        return False
    if _NAMES_UPDATE.search(names):
        return True
    label = element.getprevious()
    parent = element.getparent()
    before = (label.tail or text_of(label, _MAX_LABEL_PARTS)) if label is not None else None
    if before is None and parent is not None:
        before = parent.text
    texts = (before or "", text_of(element, _MAX_LABEL_PARTS))
    return any(len(text) <= _MAX_LABEL_CHARS and speaks_of_update(text) for text in texts)


def _dates(elements: list[Element]) -> tuple[str, ...]:
    return distinct(plain_line(element.get("datetime")) for element in elements)
