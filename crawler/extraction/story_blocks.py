"""The judgement on each block of a page, by its place and its text: part of the story or not."""

from collections.abc import Collection, Iterator

from crawler.extraction.blocks import Block, PageBlocks
from crawler.extraction.furniture import is_furniture
from crawler.extraction.headline import Headline
from crawler.extraction.roles import CUT_ROLES, Role
from crawler.extraction.tree import Element
from crawler.text.letters import fold_words

_MAX_TEASER_BLOCKS, _MAX_TEASER_CHARS = 6, 500
"""Size of the largest teaser: the linked heading and summary of another story."""
_TEASER_DEPTH = 3
"""Elements around a linked heading that may be its teaser."""
_MIN_HEADING_LINK_CHARS, _MAX_HEADING_OTHER_CHARS = 15, 15
_MIN_PROSE_BESIDE_COMMENTS = 50
"""Least prose outside an element named comments that may be the story."""


class StoryBlocks:
    """The blocks of one page, each judged as part of the story below `headline` or not.

    `headline_at`: position of the last block that prints the headline, -1 when no block does.
    """

    def __init__(self, page: PageBlocks, headline: Headline | None) -> None:
        self._page = page
        self._headline = fold_words(headline.text) if headline else ""
        self.headline_at = headline.last_block if headline else -1
        self._applying_roles: dict[tuple[Element, Role], bool] = {}
        self._lists_of_links: dict[Element, bool] = {}
        self._teasers = self._find_teasers()

    def is_story_prose(self, block: Block) -> bool:
        """Return whether a block is prose that no element around it and no heading above it makes
        another part of the page."""
        return block.is_prose and not self._is_elsewhere(block)

    def belongs(self, block: Block, root: Element) -> bool:
        """Return whether a block in `root`, the element that gathers the story, is part of the
        story."""
        if self._is_elsewhere(block):
            return False
        if is_furniture(block.text, block.linked_chars) or self.is_headline(block.text):
            return False
        if self.has_role(block, ("deck",)):
            return False
        return not self._is_in_list_of_links(block, root)

    def is_headline(self, text: str) -> bool:
        """Return whether `text` repeats the headline."""
        return len(text) <= 2 * len(self._headline) and fold_words(text) == self._headline

    def has_role(self, block: Block, roles: Collection[str]) -> bool:
        """Return whether an element around the block has one of `roles`, and rightly."""
        return any(
            role in roles and self._role_applies(element, role) for element, role in block.roles
        )

    def _is_elsewhere(self, block: Block) -> bool:
        return block.position in self._teasers or self.has_role(block, CUT_ROLES)

    def _role_applies(self, element: Element, role: Role) -> bool:
        """Return whether an element is what its names say. It is not if the headline stands in it,
        or most of the page's prose (of comments: all of it; readers may well write more than the
        newsroom)."""
        key = (element, role)
        if key not in self._applying_roles:
            is_story = self._holds_headline(element) or self._holds_most_prose(element, role)
            self._applying_roles[key] = not is_story
        return self._applying_roles[key]

    def _holds_headline(self, element: Element) -> bool:
        start, end = self._page.range_of(element)
        return start <= self.headline_at < end

    def _holds_most_prose(self, element: Element, role: Role) -> bool:
        if role == "comments":
            return self._page.prose_chars_outside(element) < _MIN_PROSE_BESIDE_COMMENTS
        return self._page.holds_most_prose(element)

    def _find_teasers(self) -> frozenset[int]:
        """Return the positions of the blocks that stand under a linked heading of their own."""
        teasers: set[int] = set()
        for block in self._page.blocks:
            if not _is_linked_heading(block):
                continue
            for end in self._teaser_ends(block):
                teasers.update(range(block.position, end))
        return frozenset(teasers)

    def _teaser_ends(self, heading: Block) -> Iterator[int]:
        """Yield where the elements around a linked heading end, as long as each is small enough for
        a teaser and does not hold the headline."""
        element = heading.element.getparent()
        for _ in range(_TEASER_DEPTH):
            if element is None:
                return
            start, end = self._page.range_of(element)
            if end - start > _MAX_TEASER_BLOCKS or self._holds_headline(element):
                return
            if self._page.prose_chars(element) > _MAX_TEASER_CHARS:
                return
            yield end
            element = element.getparent()

    def _is_in_list_of_links(self, block: Block, root: Element) -> bool:
        """Return whether any element around the block, up to the root, holds more linked text than
        other."""
        # The answer for an element is kept for all roots: that for the first one.
        path = []
        answer = False
        element: Element | None = block.element
        while element is not None and element is not root:
            if element in self._lists_of_links:
                answer = self._lists_of_links[element]
                break
            path.append(element)
            element = element.getparent()
        for inner in reversed(path):
            answer = answer or self._page.is_list_of_links(inner)
            self._lists_of_links[inner] = answer
        return answer


def _is_linked_heading(block: Block) -> bool:
    return (
        block.is_heading
        and block.linked_chars >= _MIN_HEADING_LINK_CHARS
        and block.unlinked_chars <= _MAX_HEADING_OTHER_CHARS
    )
