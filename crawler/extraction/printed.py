"""What a page prints around its story: the date, the section, the tags."""

import re

from lxml import etree

from crawler.dates.names import GREGORIAN_MONTHS
from crawler.extraction.blocks import Block, PageBlocks
from crawler.extraction.body import Body
from crawler.extraction.tree import Element, PageTree, elements_at, text_of
from crawler.text.clean import clean_line
from crawler.text.letters import ascii_digits, fold

_LONGEST = 140
_MONTHS = [
    fold(name) for names in GREGORIAN_MONTHS for column in names for name in column.split("|")
]
_LOOKS_DATED = re.compile(
    r"\d{4}|\d{1,2}\s*[:.]\s*\d\d|\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2}"
    rf"|\d.*(?<!\w)(?:{'|'.join(_MONTHS)})(?!\w)|(?<!\w)(?:{'|'.join(_MONTHS)})(?!\w).*\d"
    rf"|{fold('منذ|قبل|الآن|پہلے|گھنٹ|منٹ|ago')}"
)
_ONLY_CLOCK = re.compile(r"[^\d]{0,15}\d{1,2}\s*[:.]\s*\d\d(?:\s*[:.]\s*\d\d)?\s*[^\d]{0,12}$")
_LEFT_OUT = frozenset(("related", "comments", "share", "tags", "navigation", "ad", "caption"))
_BEFORE, _AFTER = 10, 6
"""Blocks before the headline and behind the body that are looked at."""
_MOST = 8
_LONGEST_SECTION, _MOST_LINKS = 40, 300
_CATEGORY_LINKS = (
    etree.XPath("//a[contains(@rel, 'category')]"),
    etree.XPath(
        "//a[contains(@href, '/category/') or contains(@href, '/section/') or contains(@href, '/Section/')]"
    ),
)
_WHOLE_PAGE = 0.6
"""Share of the page's blocks in what holds both a date before the headline and the headline itself:
a larger one is the page, and the date the clock in its header."""


def printed_dates(page: PageBlocks, body: Body, headline: tuple[int, int] | None) -> list[str]:
    """Texts that may be the story's printed date, likeliest first: between headline and body,
    closely above the headline, closely below the body. `headline` is the range of blocks that print
    it."""
    first, last = _extent(body)
    at, until = headline or (first, first)
    around = [
        block
        for block in page.blocks[max(0, at - _BEFORE) : last + _AFTER]
        if _may_be_date(block, body)
    ]
    between = [block for block in around if until <= block.position < max(first, until)]
    above = [
        block
        for block in around
        if block.position < at and not (headline and _spans_page(page, block, at))
    ]
    within = [block for block in around if at <= block.position < until]
    below = [block for block in around if block.position >= last]
    flagged = sorted(between, key=lambda block: not _has_role(block, "date"))
    ordered = [*flagged, *within, *reversed(above), *below][:_MOST]
    return [text for block in ordered for text in _with_neighbour(page, block)]


def _extent(body: Body) -> tuple[int, int]:
    if not body.blocks:
        return 0, 0
    return body.blocks[0].position, body.blocks[-1].position + 1


def _may_be_date(block: Block, body: Body) -> bool:
    if (
        len(block.text) > _LONGEST
        or "://" in block.text
        or block.linked_chars * 2 > len(block.text)
        or block in body.blocks
    ):
        return False
    if any(role in _LEFT_OUT for _, role in block.roles):
        return False
    return bool(_LOOKS_DATED.search(fold(ascii_digits(block.text))))


def _has_role(block: Block, role: str) -> bool:
    return any(each == role for _, each in block.roles)


def _spans_page(page: PageBlocks, block: Block, at: int) -> bool:
    """Whether what holds both the block and the headline is most of the page."""
    if at >= len(page.blocks):
        return False
    around = {page.blocks[at].element, *page.blocks[at].element.iterancestors()}
    element: Element | None = block.element
    while element is not None and element not in around:
        element = element.getparent()
    if element is None:
        return True
    start, end = page.ranges.get(element, (0, len(page.blocks)))
    return element.tag in ("html", "body") and (end - start) > _WHOLE_PAGE * len(page.blocks)


def _with_neighbour(page: PageBlocks, block: Block) -> list[str]:
    """The block's text; first joined with a clock that stands in a block of its own beside it."""
    texts = [block.text]
    for at in (block.position + 1, block.position - 1):
        if 0 <= at < len(page.blocks):
            other = page.blocks[at]
            if _ONLY_CLOCK.match(ascii_digits(other.text)) and not _ONLY_CLOCK.match(
                ascii_digits(block.text)
            ):
                texts.insert(0, f"{block.text} {other.text}")
    return texts


def printed_section(
    tree: PageTree, page: PageBlocks, headline: tuple[int, int] | None
) -> str | None:
    """The second step of the breadcrumb trail (the first is the home page), else the first link to
    a category around the headline or below the story."""
    trail = [
        block
        for block in page.blocks
        if any(role == "navigation" and _is_trail(e) for e, role in block.roles)
    ]
    steps = [
        step.strip() for block in trail for step in re.split(r"[/>›»|]", block.text) if step.strip()
    ]
    if len(steps) >= 2:
        return steps[1] if len(steps[1]) <= _LONGEST_SECTION else None
    at = headline[0] if headline else 0
    for expression in _CATEGORY_LINKS:
        for link in elements_at(expression, tree.root)[:_MOST_LINKS]:
            order = page.ranges.get(link, (-1, -1))[0]
            text = clean_line(text_of(link))
            flags = page.blocks[order].roles if 0 <= order < len(page.blocks) else ()
            is_elsewhere = order < at - _BEFORE or any(
                role in ("related", "navigation") for _, role in flags
            )
            if not is_elsewhere and 0 < len(text) <= _LONGEST_SECTION:
                return text
    return None


def _is_trail(element: Element) -> bool:
    return "bread" in f"{element.get('class')} {element.get('id')}".lower()


def printed_tags(page: PageBlocks) -> tuple[str, ...]:
    """The links of what is named a list of tags."""
    texts = [
        b.text
        for b in page.blocks
        if _has_role(b, "tags") and b.linked_chars * 2 > len(b.text) and len(b.text) <= 60
    ]
    return tuple(dict.fromkeys(text.strip("#، ") for text in texts))
