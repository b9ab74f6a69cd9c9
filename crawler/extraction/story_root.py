"""The element of a page that gathers the story's prose.

Every block of prose spreads its length over the elements around it, less to the farther ones; the
element that gathers most is the root.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
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
_MIN_OTHERS, _MIN_OTHERS_OF_ONE = 1, 2
"""Fewest paragraphs in other wrappers alike, where the root holds several paragraphs or one."""
_MIN_HEADLINE_CHARS = 35
"""Characters of a heading that is rather another story's headline than a sub-heading."""
_MAX_WRAPPERS = 12
"""Elements compared around each paragraph."""
_MIN_RIVAL, _MIN_TOLD = 0.15, 0.4
"""Share of the root's weight of an element that may hold the story instead, and of the headline's
words that it tells."""
_MIN_RIVAL_PARAGRAPHS = 2
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
    if root in marked:
        return root
    root = _told_by_headline(page, story_blocks, root, weights)
    return _around_wrapped_parts(page, story_blocks, root, page.blocks[start:end])


def _told_by_headline(
    page: PageBlocks, story_blocks: StoryBlocks, root: Element, weights: Mapping[Element, float]
) -> Element:
    """Return the element apart from `root` that tells the headline where `root` does not (a text
    about the outlet is longer than a short story); else `root`."""
    start, end = page.range_of(root)
    rivals = [
        element
        for element, weight in weights.items()
        if weight >= _MIN_RIVAL * weights[root]
        and (page.range_of(element)[1] <= start or end <= page.range_of(element)[0])
    ]
    if not rivals:
        return root
    rival = max(rivals, key=lambda element: weights[element])
    blocks = page.blocks_in(rival)
    if sum(map(story_blocks.is_story_prose, blocks)) < _MIN_RIVAL_PARAGRAPHS:
        return root  # a lead tells the headline too
    if story_blocks.share_of_headline(blocks) < _MIN_TOLD:
        return root
    return root if story_blocks.share_of_headline(page.blocks_in(root)) else rival


def _around_wrapped_parts(
    page: PageBlocks, story_blocks: StoryBlocks, root: Element, blocks: Sequence[Block]
) -> Element:
    """Return the element around all parts of a story of which `root` holds one: the others stand in
    wrappers that are called the same. Else return `root`."""
    start, end = page.range_of(root)
    own = [block for block in page.blocks[start:end] if story_blocks.is_story_prose(block)]
    if not own:
        return root
    needs_name = len(own) > 1 and not root.get("class")
    parts: set[Element] = set()
    count = 0
    for block in blocks:
        if start <= block.position < end or not block.is_prose:
            continue
        part, other = _wrappers_alike(own[0].element, block.element)
        if part is None or other is None or (needs_name and not part.get("class")):
            continue
        if _are_stories(page, story_blocks, part, other):
            continue
        if story_blocks.is_story_prose(block):
            parts.add(part)
            count += 1
        if count == _MAX_COMPARED:
            break
    if count < (_MIN_OTHERS if len(own) > 1 else _MIN_OTHERS_OF_ONE):
        return root
    *_, outermost = (
        each for each in (own[0].element, *own[0].element.iterancestors()) if each in parts
    )
    around = outermost.getparent()
    return root if around is None else around


def _wrappers_alike(element: Element, other: Element) -> tuple[Element | None, Element | None]:
    """Return the outermost element around `element` that has a like around `other`, and its like,
    with all elements between alike in tag and class, where both stand in one element; else
    (None, None)."""
    if not _are_alike(element, other):
        return None, None
    wrapper, other_wrapper = element, other
    pairs = zip(element.iterancestors(), other.iterancestors(), strict=False)
    for ancestor, other_ancestor in islice(pairs, _MAX_WRAPPERS):
        if ancestor is other_ancestor:
            return wrapper, other_wrapper
        if not _are_alike(ancestor, other_ancestor):
            break
        wrapper, other_wrapper = ancestor, other_ancestor
    return None, None


def _are_stories(
    page: PageBlocks, story_blocks: StoryBlocks, element: Element, other: Element
) -> bool:
    """Return whether one of two elements holds the page's own story with its headline, and the
    other another with its own."""
    if story_blocks.holds_headline(element):
        return opens_story(page, other)
    return story_blocks.holds_headline(other) and opens_story(page, element)


def opens_story(page: PageBlocks, element: Element) -> bool:
    """Return whether an element begins with the headline of a story: an h1, a linked heading, or
    one longer than a sub-heading above a whole story."""
    blocks = page.blocks_in(element)
    if not blocks or not blocks[0].is_heading:
        return False
    if blocks[0].element.tag == "h1" or blocks[0].linked_chars:
        return True
    is_long = len(blocks[0].text) >= _MIN_HEADLINE_CHARS
    return is_long and page.prose_chars(element) >= _MIN_STORY_CHARS


def _are_alike(element: Element, other: Element) -> bool:
    return element.tag == other.tag and element.get("class") == other.get("class")


def same_kind(element: Element, other: Element) -> bool:
    """Return whether two elements share tag and class."""
    return element.tag == other.tag and bool(_stable_classes(element) & _stable_classes(other))


def _stable_classes(element: Element) -> set[str]:
    """Return the classes of an element but numbered ones, which WordPress gives each post."""
    return {name for name in (element.get("class") or "").split() if not name[-1].isdigit()}


def _end_of_own_story(page: PageBlocks, headline_at: int) -> int:
    """Return the position behind the page's own story where more stories follow in full: the end of
    the element around headline and story, when other ones like it follow. Else the page's end."""
    page_end = len(page.blocks)
    if headline_at < 0:
        return page_end
    for element in page.blocks[headline_at].element.iterancestors():
        if page.prose_chars(element) < _MIN_STORY_CHARS:
            continue
        if any(_is_other_story(page, other, element) for other in element.itersiblings()):
            return page.range_of(element)[1]
    return page_end


def _is_other_story(page: PageBlocks, element: Element, own: Element) -> bool:
    """Return whether `element` is one like `own`, the element around the page's own story, and
    holds another with its headline."""
    if own.tag == "article":
        is_alike = _are_alike(element, own) or same_kind(element, own)
        return is_alike and bool(page.blocks_in(element))
    if not own.get("class") or not _are_alike(element, own):
        return False
    return opens_story(page, element)


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
