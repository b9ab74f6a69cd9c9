"""The subject of a story in the page's own words: section, tags and keywords as printed."""

import re
from itertools import islice

from crawler.extraction.blocks import Block, PageBlocks
from crawler.extraction.headline import Headline
from crawler.extraction.page_claims import PageClaims
from crawler.extraction.printed_dates import BLOCKS_BEFORE
from crawler.extraction.story_blocks import StoryBlocks
from crawler.extraction.tree import Element, PageTree, text_of
from crawler.text.clean import clean_line
from crawler.text.letters import fold_words

_MAX_SECTION_CHARS, _MAX_TAG_CHARS, _MAX_KEYWORD_CHARS = 40, 60, 40
_MAX_LABEL_CHARS = 25
"""Of the words before the tags in one line with them ("الكلمات المفتاحية:")."""
_MAX_LINKS = 300
_TRAIL_SEPARATOR = re.compile(r"[/>›»|]")


def find_section(
    tree: PageTree,
    page: PageBlocks,
    story_blocks: StoryBlocks,
    headline: Headline | None,
    claims: PageClaims,
) -> str | None:
    """Return the story's section: the first that a reader claims, else the one that the page
    prints."""
    claimed = claims.believed(lambda reader: reader.section)
    return claimed or _printed_section(tree, page, story_blocks, headline)


def find_tags(
    page: PageBlocks, story_blocks: StoryBlocks, text: str, claims: PageClaims
) -> tuple[str, ...]:
    """Return the story's tags: the first that a reader claims, else those that the page prints,
    else the <meta> keywords that the story's `text` speaks of."""
    claimed = claims.believed(lambda reader: reader.tags)
    return claimed or _printed_tags(page, story_blocks) or _keywords_in(text, claims)


def _printed_section(
    tree: PageTree, page: PageBlocks, story_blocks: StoryBlocks, headline: Headline | None
) -> str | None:
    """Return the second step of the breadcrumb trail (the first is the home page), else the first
    link to a category around the headline or below the story."""
    steps = _breadcrumb(page)
    if len(steps) >= 2:
        return steps[1] if len(steps[1]) <= _MAX_SECTION_CHARS else None
    headline_at = headline.block_range[0] if headline and headline.block_range else 0
    for link in _category_links(tree):
        text = clean_line(text_of(link))
        is_section = 0 < len(text) <= _MAX_SECTION_CHARS
        if is_section and not _is_elsewhere(page, story_blocks, link, headline_at):
            return text
    return None


def _category_links(tree: PageTree) -> list[Element]:
    """Return the links that are marked as links to categories, then those whose address says so."""
    marked, addressed = [], []
    for link in tree.listed["a"]:
        if "category" in (link.get("rel") or ""):
            marked.append(link)
        address = link.get("href") or ""
        if "/category/" in address or "/section/" in address or "/Section/" in address:
            addressed.append(link)
    return [*marked[:_MAX_LINKS], *addressed[:_MAX_LINKS]]


def _breadcrumb(page: PageBlocks) -> list[str]:
    navigations = {
        element for block in page.blocks for element, role in block.roles if role == "navigation"
    }
    trails = {element for element in navigations if _is_trail(element)}
    if not trails:
        return []
    trail = [block for block in page.blocks if any(element in trails for element, _ in block.roles)]
    steps = (step.strip() for block in trail for step in _TRAIL_SEPARATOR.split(block.text))
    return [step for step in steps if step]


def _is_trail(element: Element) -> bool:
    return "bread" in f"{element.get('class')} {element.get('id')}".lower()


def _is_elsewhere(
    page: PageBlocks, story_blocks: StoryBlocks, link: Element, headline_at: int
) -> bool:
    """Return whether a link stands far above the headline, or in a part of the page that names
    other stories."""
    position = page.ranges.get(link, (-1, -1))[0]
    if position < headline_at - BLOCKS_BEFORE:
        return True
    if not 0 <= position < len(page.blocks):
        return False
    return story_blocks.has_role(page.blocks[position], ("related", "navigation"))


def _printed_tags(page: PageBlocks, story_blocks: StoryBlocks) -> tuple[str, ...]:
    """Return the links in elements that are named a list of tags."""
    links = [
        link.strip("#، ")
        for block in page.blocks
        if _is_line_of_tags(block) and story_blocks.has_role(block, ("tags",))
        for link in _links_in(block)
    ]
    return tuple(dict.fromkeys(link for link in links if 0 < len(link) <= _MAX_TAG_CHARS))


def _is_line_of_tags(block: Block) -> bool:
    """Return whether a block is links but for a label, which may be longer than a short tag."""
    has_label_only = block.linked_chars > 0 and block.unlinked_chars <= _MAX_LABEL_CHARS
    return block.is_mostly_link or has_label_only


def _links_in(block: Block) -> list[str]:
    """Return the text of each link in a block, or of the block when the link is around it."""
    links = islice(block.element.iter("a"), _MAX_LINKS)
    return [clean_line(text_of(link)) for link in links] or [block.text]


def _keywords_in(text: str, claims: PageClaims) -> tuple[str, ...]:
    """Return the <meta> keywords that `text` speaks of; none when they are the page's title cut
    into words."""
    words = {keyword: fold_words(keyword) for keyword in claims.meta.keywords}
    title_words = fold_words(claims.title or "").split()
    if all(word in title_words for word in words.values()):
        return ()
    folded_text = f" {fold_words(text)} "
    return tuple(
        keyword
        for keyword, word in words.items()
        if len(keyword) <= _MAX_KEYWORD_CHARS and f" {word} " in folded_text
    )
