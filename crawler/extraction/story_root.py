"""The element of a page that gathers the story's prose.

Every block of prose spreads its length over the elements around it, less to the farther ones; the
element that gathers most is the root.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import islice

from crawler.extraction.blocks import HEADING_TAGS, Block, PageBlocks
from crawler.extraction.roles import names_a_story
from crawler.extraction.story_blocks import StoryBlocks
from crawler.extraction.tree import Element

PARAGRAPH_TAGS = HEADING_TAGS | {"p", "li", "blockquote", "pre", "dd", "dt", "td"}
"""Elements that hold one paragraph and gather nothing."""

_WEIGHT_BY_DISTANCE = (1.0, 0.6, 0.4, 0.25, 0.15, 0.1)
"""Share of a block's weight that goes to the element around it, the next one out, and so on."""
_MARKED_BONUS, _NAMED_BONUS = 2.0, 1.2
_MAX_WEIGHT = 1000
"""A single endless block counts no more than a long paragraph."""
_MIN_WRAPPED, _WRAPPERS = 3, 3
"""Paragraphs each in wrappers of its own, and the elements compared around each."""
_MAX_COMPARED = 200
"""Paragraphs of which the element around all is looked for."""
_MIN_STORY_CHARS = 250
"""Least prose of an <article> that holds a story and not a teaser."""


def find_root(
    page: PageBlocks, story_blocks: StoryBlocks, marked: Collection[Element]
) -> Element | None:
    """Return the element that gathers most prose behind the headline, None when there is no prose.
    `marked`: elements that the page declares an article's body."""
    weights: dict[Element, float] = defaultdict(float)
    start = story_blocks.headline_at + 1
    end = _end_of_own_story(page, story_blocks.headline_at)
    for block in page.blocks[start:end]:
        if story_blocks.is_story_prose(block):
            _spread_weight(block, weights)
    if not weights:
        return None
    for element in weights:
        if element in marked:
            weights[element] *= _MARKED_BONUS
        elif names_a_story(f"{element.get('class') or ''} {element.get('id') or ''}"):
            weights[element] *= _NAMED_BONUS
    root = max(weights, key=lambda element: weights[element])
    return _around_wrapped_paragraphs(page, story_blocks, root, page.blocks[start:end])


def _around_wrapped_paragraphs(
    page: PageBlocks, story_blocks: StoryBlocks, root: Element, blocks: Sequence[Block]
) -> Element:
    """Return the element around all paragraphs where `root` holds one alone and others stand each
    in wrappers of its own that are called the same; else `root`."""
    own = page.blocks_in(root)
    if len(own) != 1:
        return root
    wrappers = _wrappers(own[0])
    alike = [
        block
        for block in blocks
        if story_blocks.is_story_prose(block) and _wrappers(block) == wrappers
    ]
    if len(alike) < _MIN_WRAPPED:
        return root
    around = set(alike[0].element.iterancestors())
    for block in alike[1:_MAX_COMPARED]:
        around.intersection_update(block.element.iterancestors())
    return next((each for each in own[0].element.iterancestors() if each in around), root)


def _wrappers(block: Block) -> list[tuple[str, str | None]]:
    """Return tags and classes of the elements closely around a block, innermost first."""
    ancestors = islice(block.element.iterancestors(), _WRAPPERS)
    return [(each.tag, each.get("class")) for each in (block.element, *ancestors)]


def same_kind(element: Element, other: Element) -> bool:
    """Return whether two elements share tag and class."""
    return element.tag == other.tag and bool(_stable_classes(element) & _stable_classes(other))


def _stable_classes(element: Element) -> set[str]:
    """Return the classes of an element but numbered ones, which WordPress gives each post."""
    return {name for name in (element.get("class") or "").split() if not name[-1].isdigit()}


def _end_of_own_story(page: PageBlocks, headline_at: int) -> int:
    """Return the position behind the page's own story where more stories follow in full: the end of
    the <article> around the headline, when other ones like it follow. Else the page's end."""
    page_end = len(page.blocks)
    if headline_at < 0:
        return page_end
    article = next(page.blocks[headline_at].element.iterancestors("article"), None)
    if article is None or page.prose_chars(article) < _MIN_STORY_CHARS:
        return page_end
    if any(same_kind(other, article) for other in article.itersiblings("article")):
        return page.range_of(article)[1]
    return page_end


def _spread_weight(block: Block, weights: dict[Element, float]) -> None:
    weight = min(block.unlinked_chars, _MAX_WEIGHT)
    element: Element | None = block.element
    if block.element.tag in PARAGRAPH_TAGS:
        element = block.element.getparent()
    for share in _WEIGHT_BY_DISTANCE:
        if element is None or element.tag == "html":
            return
        weights[element] += weight * share
        element = element.getparent()
