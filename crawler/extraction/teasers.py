"""The teasers of other stories among a page's blocks, and their look-alikes that are the story's
own: the linked sub-headings of a digest."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from crawler.extraction.blocks import Block, PageBlocks
from crawler.extraction.phrases import MORE_LINK, READ_ALSO, phrase_at_start, phrases
from crawler.extraction.tree import Element
from crawler.text.letters import fold_words

_MAX_TEASER_BLOCKS, _MAX_TEASER_CHARS = 6, 500
"""Size of the largest teaser: the linked title and summary of another story."""
_TEASER_DEPTH = 3
"""Elements around a linked title that may be its teaser."""
_MIN_TITLE_CHARS, _MAX_HEADING_OTHER_CHARS = 15, 15
_MAX_MORE_LINK_CHARS = 30
"""Characters of a link to the rest of another story."""
_MIN_RUN, _MIN_LABELLED_RUN = 3, 2
"""Fewest teasers in a row, and below a heading that says so ("related news")."""
_TAGS_BETWEEN = frozenset(("br", "hr", "script", "style", "ins", "noscript"))
"""Elements that do not end a row of teasers."""
_LABEL = phrase_at_start(READ_ALSO + "أخبار مشابهة | قد تهمك | اقرأ | المزيد | مزید")
_MORE_LINK = frozenset(fold_words(phrase) for phrase in phrases(MORE_LINK))

_MIN_DIGEST_HEADINGS = 3
_MIN_DIGEST_SHARE = 0.75
"""Share of the linked lines in one element that head a paragraph of their own, in a digest."""
_MIN_TOLD_AGAIN = 0.5
"""Share of a heading's words that its paragraph tells again."""
_MIN_WORD_CHARS = 4
"""Letters of a word that two sentences do not share by chance."""


def find_teasers(page: PageBlocks, headline_at: int) -> frozenset[int]:
    """Return the positions of the blocks that stand under a linked heading of their own, and of
    those in a row of elements of which each holds one link to another page and the words about it.
    `headline_at`: position of the headline's last block, -1 without one."""
    teasers: set[int] = set()
    for block in page.blocks:
        if block.is_heading and _is_linked(block):
            for end in _teaser_ends(page, block, headline_at):
                teasers.update(range(block.position, end))
    for parent, items in _items_by_parent(page, headline_at).items():
        for item in items:
            if _is_sure(page, item, headline_at):
                teasers.update(range(*page.range_of(item)))
        if len(items) >= _MIN_LABELLED_RUN:
            for run in _runs(parent, items):
                teasers.update(_blocks_of_run(page, run, headline_at))
    return frozenset(teasers)


def find_digest_headings(page: PageBlocks, teasers: frozenset[int]) -> frozenset[int]:
    """Return the positions of the linked lines that head the parts of a digest: each is followed by
    a paragraph beside it that tells it again."""
    by_parent: defaultdict[Element, list[Block]] = defaultdict(list)
    for block in page.blocks[:-1]:
        if block.linked_chars < _MIN_TITLE_CHARS or not block.is_mostly_link:
            continue
        parent = block.element.getparent()
        if parent is not None and block.position not in teasers:
            by_parent[parent].append(block)
    headings: set[int] = set()
    for lines in by_parent.values():
        heading = [line.position for line in lines if _heads_paragraph(page, line)]
        is_digest = len(heading) >= max(_MIN_DIGEST_HEADINGS, _MIN_DIGEST_SHARE * len(lines))
        if is_digest:
            headings.update(heading)
    return frozenset(headings)


def _heads_paragraph(page: PageBlocks, line: Block) -> bool:
    paragraph = page.blocks[line.position + 1]
    if not paragraph.is_prose or paragraph.element.getparent() is not line.element.getparent():
        return False
    words = {word for word in fold_words(line.text).split() if len(word) >= _MIN_WORD_CHARS}
    told_again = words & set(fold_words(paragraph.text).split())
    return len(told_again) >= _MIN_TOLD_AGAIN * len(words) > 0


def _is_linked(heading: Block) -> bool:
    is_title = heading.linked_chars >= _MIN_TITLE_CHARS
    return is_title and heading.unlinked_chars <= _MAX_HEADING_OTHER_CHARS


def _teaser_ends(page: PageBlocks, heading: Block, headline_at: int) -> Iterator[int]:
    """Yield where the elements around a linked heading end, as long as each is small enough for a
    teaser, has no prose above the heading and does not hold the headline."""
    element = heading.element.getparent()
    for _ in range(_TEASER_DEPTH):
        if element is None:
            return
        start, end = page.range_of(element)
        if end - start > _MAX_TEASER_BLOCKS or start <= headline_at < end:
            return
        if page.prose_chars(element) > _MAX_TEASER_CHARS:
            return
        if page.prose_chars_between(start, heading.position):
            return
        yield end
        element = element.getparent()


def _items_by_parent(page: PageBlocks, headline_at: int) -> dict[Element, set[Element]]:
    """Return the elements behind the headline that hold a sentence and may be teasers, by the
    element around them. What is all link needs no teaser to be left out."""
    items: defaultdict[Element, set[Element]] = defaultdict(set)
    seen: set[Element] = set()
    for block in page.blocks[headline_at + 1 :]:
        if block.unlinked_chars < _MIN_TITLE_CHARS:
            continue
        element: Element | None = block.element
        for _ in range(_TEASER_DEPTH + 1):
            if element is None or element in seen or not _is_small(page, element):
                break
            seen.add(element)
            parent = element.getparent()
            if parent is not None and _is_item(page, element):
                items[parent].add(element)
            element = parent
    return items


def _is_small(page: PageBlocks, element: Element) -> bool:
    start, end = page.range_of(element)
    if not 0 < end - start <= _MAX_TEASER_BLOCKS:
        return False
    return page.prose_chars_between(start, end) <= _MAX_TEASER_CHARS


def _is_item(page: PageBlocks, element: Element) -> bool:
    """Return whether an element holds a title and a sentence and links to one other page: the title
    is the link, alone, on a line of its own or beside a linked image, or a short last line is."""
    start, end = page.range_of(element)
    opening, last = page.blocks[start], page.blocks[end - 1]
    if not opening.linked_chars and not last.is_mostly_link:
        return False
    title = opening.text.partition("\n")[0]
    is_one_line = opening is last and len(title) == len(opening.text)
    if is_one_line and not (opening.linked_chars and _holds_linked_image(element)):
        return False
    min_linked = 0 if is_one_line else len(title) // 2
    is_linked_title = opening.linked_chars >= max(_MIN_TITLE_CHARS, min_linked)
    is_titled = opening.is_heading or opening.is_bold
    has_more_link = last.is_mostly_link and len(last.text) <= _MAX_MORE_LINK_CHARS
    if not is_linked_title and not (is_titled and has_more_link):
        return False
    return len(_addresses(element)) == 1


def _holds_linked_image(element: Element) -> bool:
    return element.find(".//a//img") is not None


def _is_sure(page: PageBlocks, item: Element, headline_at: int) -> bool:
    """Return whether a teaser needs no others beside it: its last line is a link to the rest."""
    start, end = page.range_of(item)
    last = page.blocks[end - 1]
    if not last.is_mostly_link or start <= headline_at < end or page.is_most_prose(start, end):
        return False
    return fold_words(last.text[:_MAX_MORE_LINK_CHARS]) in _MORE_LINK


def _addresses(element: Element) -> set[str]:
    """Return the addresses that the links in an element lead to, but places on the page itself."""
    addresses = (link.get("href") for link in element.iter("a"))
    return {each for each in addresses if each and not each.startswith(("#", "javascript:"))}


def _runs(parent: Element, items: set[Element]) -> Iterator[list[Element]]:
    """Yield the rows of `items` of one tag that follow each other in `parent`."""
    run: list[Element] = []
    for child in parent:
        if not isinstance(child.tag, str) or child.tag in _TAGS_BETWEEN:
            continue
        is_item = child in items
        if run and not (is_item and child.tag == run[0].tag):
            yield run
            run = []
        if is_item:
            run.append(child)
    if run:
        yield run


def _blocks_of_run(page: PageBlocks, run: list[Element], headline_at: int) -> Iterable[int]:
    """Return the positions of the blocks in a row of teasers and in the heading above; () where the
    row is too short, or is the page's story."""
    start, end = page.range_of(run[0])[0], page.range_of(run[-1])[1]
    above = page.blocks[start - 1] if start else None
    is_label = above is not None and _LABEL.match(fold_words(above.text)) is not None
    if len(run) < (_MIN_LABELLED_RUN if is_label else _MIN_RUN) or start <= headline_at < end:
        return ()
    if not is_label and page.is_most_prose(start, end):
        return ()
    if above is None or above.position <= headline_at:
        return range(start, end)
    is_heading = is_label or (above.is_heading and above.element.getparent() is run[0].getparent())
    return range(start - 1 if is_heading else start, end)
