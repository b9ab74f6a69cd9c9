"""Lines around the story that may print its date."""

import re

from crawler.dates.names import GREGORIAN_MONTHS
from crawler.extraction.blocks import Block, PageBlocks
from crawler.extraction.body import Body, range_of
from crawler.extraction.headline import Headline
from crawler.extraction.story_blocks import StoryBlocks
from crawler.extraction.tree import Element
from crawler.text.letters import ascii_digits, fold

_MAX_LINE_CHARS = 140
_MONTHS = "|".join(
    fold(name) for names in GREGORIAN_MONTHS for column in names for name in column.split("|")
)
_LOOKS_DATED = re.compile(
    r"\d{4}|\d{1,2}\s*[:.]\s*\d\d|\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2}"
    rf"|\d.*(?<!\w)(?:{_MONTHS})(?!\w)|(?<!\w)(?:{_MONTHS})(?!\w).*\d"
)
_LOOKS_RELATIVE = re.compile(fold("منذ|قبل|الآن|پہلے|گھنٹ|منٹ|ago"))
_DIGIT = re.compile(r"\d")
_ONLY_CLOCK = re.compile(r"[^\d]{0,15}\d{1,2}\s*[:.]\s*\d\d(?:\s*[:.]\s*\d\d)?\s*[^\d]{0,12}$")
BLOCKS_BEFORE = 10
"""Blocks before the headline that may still speak of the story."""
BLOCKS_BEHIND = 6
"""Blocks behind the body in which a date is looked for."""
_MAX_LINES = 8
_FOREIGN_ROLES = ("related", "comments", "navigation", "ad", "caption")
_BAR_ROLES = ("share", "tags")
_WHOLE_PAGE = 0.6
"""Share of the page's blocks in the element around both a date before the headline and the headline
itself: around more it is the whole page, and the date is the clock in the page's header."""


def printed_dates(
    page: PageBlocks,
    story_blocks: StoryBlocks,
    body: Body,
    headline: Headline | None,
    *,
    below: bool = True,
) -> list[str]:
    """Return lines that may hold the story's printed date, likeliest first: between headline and
    body, closely above the headline, and with `below` closely below the body."""
    body_start, body_end = range_of(body)
    headline_range = headline.block_range if headline else None
    start, end = headline_range or (body_start, body_start)
    around = page.blocks[max(0, start - BLOCKS_BEFORE) : body_end + BLOCKS_BEHIND]
    in_story = {block.position for block in body.blocks}
    outside = [block for block in around if block.position not in in_story]
    dated = [block for block in outside if _may_be_date(block, story_blocks)]

    between = [block for block in dated if end <= block.position < max(body_start, end)]
    between.sort(key=lambda block: not block.has_role("date"))
    above = [block for block in dated if block.position < start]
    if headline_range is not None:
        above = [block for block in above if not shares_only_page(page, block.element, start)]
    within = [block for block in dated if start <= block.position < end]
    behind = [block for block in dated if below and block.position >= body_end]
    likeliest = [*between, *within, *reversed(above), *behind][:_MAX_LINES]
    return [line for block in likeliest for line in _with_neighbours(page, block)]


def _may_be_date(block: Block, story_blocks: StoryBlocks) -> bool:
    if len(block.text) > _MAX_LINE_CHARS or "://" in block.text or block.is_mostly_link:
        return False
    if speaks_of_another_story(block, story_blocks):
        return False
    text = fold(block.text)
    if _DIGIT.search(text) and _LOOKS_DATED.search(text):
        return True
    return _LOOKS_RELATIVE.search(text) is not None


def speaks_of_another_story(block: Block, story_blocks: StoryBlocks) -> bool:
    """Return whether the block stands in a part of the page whose dates are not the story's. A date
    in a bar of buttons or tags is the story's own."""
    if story_blocks.has_role(block, _FOREIGN_ROLES):
        return True
    is_named_date = bool(block.roles) and block.roles[-1][1] == "date"
    return not is_named_date and story_blocks.has_role(block, _BAR_ROLES)


def shares_only_page(page: PageBlocks, element: Element, headline_at: int) -> bool:
    """Return whether the innermost element around both `element` and the headline is most of the
    page."""
    if headline_at >= len(page.blocks):
        return False
    headline_element = page.blocks[headline_at].element
    around_headline = {headline_element, *headline_element.iterancestors()}
    shared: Element | None = element
    while shared is not None and shared not in around_headline:
        shared = shared.getparent()
    if shared is None:
        return True
    start, end = page.ranges.get(shared, (0, len(page.blocks)))
    is_most = end - start > _WHOLE_PAGE * len(page.blocks)
    return shared.tag in ("html", "body") and is_most


def _with_neighbours(page: PageBlocks, block: Block) -> list[str]:
    """Return the block's text; before it, the text joined with a clock that stands in a block of
    its own beside it."""
    lines = [block.text]
    if _is_only_clock(block):
        return lines
    for position in (block.position + 1, block.position - 1):
        if 0 <= position < len(page.blocks) and _is_only_clock(page.blocks[position]):
            lines.insert(0, f"{block.text} {page.blocks[position].text}")
    return lines


def _is_only_clock(block: Block) -> bool:
    return _ONLY_CLOCK.match(ascii_digits(block.text)) is not None
