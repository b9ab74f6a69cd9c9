"""The judgement on each block of a page, by its place and its text: part of the story or not."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

from crawler.extraction.blocks import Block, PageBlocks
from crawler.extraction.furniture import heads_comments, is_furniture
from crawler.extraction.headline import Headline
from crawler.extraction.outbound import asks_to_follow, leads_away
from crawler.extraction.paragraphs import ends_sentence
from crawler.extraction.roles import CUT_ROLES, Role, names_a_picture
from crawler.extraction.teasers import find_digest_headings, find_teasers
from crawler.extraction.tree import Element
from crawler.text.letters import fold_words

_CELL_TAGS = frozenset(("td", "th"))
_ADDRESS = re.compile(r"https?://|(?<!\w)www\.")
_MIN_SENTENCE_REST, _LOOK_AROUND = 25, 5
"""Characters outside its link of a sentence in a list; entries before and behind it that tell
whether the list is text."""
_MAX_CALL_CHARS = 100
"""Characters outside its links of a line that asks to follow."""
_MIN_WORD_CHARS = 4
"""Letters of a word that two texts do not share by chance."""
_MAX_CAPTION_CHARS, _MAX_WRAPPERS = 150, 4
"""Characters of a caption beside an image, and elements around it that may hold both."""
_MIN_CELLS = 6
"""Fewest cells of a table of data."""
_MIN_FLASH_CHARS = 60
"""Least prose below a headline that is the story's."""
_MIN_STORY_CHARS = 250
"""Least prose of a story above a heading of comments."""
_MIN_PROSE_BESIDE_COMMENTS = 50
"""Least prose outside an element named comments that may be the story."""


class StoryBlocks:
    """The blocks of the page at `url`, each judged as part of the story below `headline` or not.

    `headline_at`: position of the last block that prints the headline, -1 when no block does.
    """

    def __init__(self, page: PageBlocks, headline: Headline | None, url: str) -> None:
        self._page = page
        self._url = url
        self._headline = fold_words(headline.text) if headline else ""
        self.headline_at = self._position_of(headline)
        self._applying_roles: dict[tuple[Element, Role], bool] = {}
        self._in_lists_of_links: defaultdict[Element, dict[Element, bool]] = defaultdict(dict)
        self._tables_of_data: dict[Element, bool] = {}
        self._teasers = find_teasers(page, self.headline_at)
        self._comments_at = self._find_comments()
        self._digest_headings = find_digest_headings(page, self._teasers)

    def _position_of(self, headline: Headline | None) -> int:
        """Return the position of the last block that prints the headline; -1 where no block does,
        and where all text stands before it: a bar that stays on the screen repeats it there."""
        position = headline.last_block if headline else -1
        behind = self._page.prose_chars_between(position + 1, len(self._page.blocks))
        before = self._page.prose_chars_between(0, position + 1)
        if before < max(behind, _MIN_STORY_CHARS):
            return position
        own_before = self._unnamed_prose_chars(self._page.blocks[: position + 1])
        own_behind = self._unnamed_prose_chars(self._page.blocks[position + 1 :])
        is_above_story = own_behind >= _MIN_FLASH_CHARS or own_before < _MIN_STORY_CHARS
        return position if is_above_story else -1

    def _unnamed_prose_chars(self, blocks: Iterable[Block]) -> int:
        """Return how many characters of prose blocks hold outside elements of another role."""
        return sum(
            block.unlinked_chars
            for block in blocks
            if block.is_prose and not block.has_role(*CUT_ROLES)
        )

    def is_story_prose(self, block: Block) -> bool:
        """Return whether a block is prose that no element around it and no heading above it makes
        another part of the page."""
        return block.is_prose and not self._is_elsewhere(block)

    def belongs(self, block: Block, root: Element) -> bool:
        """Return whether a block is part of the story. `root`: the element around the block that
        gathers the story."""
        if self._is_elsewhere(block):
            return False
        if self.is_cell(block, root):
            return True
        if self.is_headline(block.text) or is_furniture(block.text, self._foreign_chars(block)):
            return False
        if self._is_caption_of_picture(block, root):
            return False
        if self.has_role(block, ("deck",)) and not self._follows_paragraph(block):
            return False
        return not self._is_in_list_of_links(block, root)

    def is_cell(self, block: Block, root: Element) -> bool:
        """Return whether a block is a cell of a table in `root` that holds data, and neither text
        nor links for the most part."""
        parent = block.element.getparent()
        around = block.element.tag if parent is None else parent.tag
        if block.element.tag not in _CELL_TAGS and around not in _CELL_TAGS:
            return False
        table = next(block.element.iterancestors("table"), None)
        if table is None or table is root or not self._encloses(root, table):
            return False
        if table not in self._tables_of_data:
            self._tables_of_data[table] = self._is_table_of_data(table)
        return self._tables_of_data[table]

    def _encloses(self, root: Element, element: Element) -> bool:
        """Return whether the blocks of `root` are those of an element and more."""
        start, end = self._page.range_of(root)
        inner_start, inner_end = self._page.range_of(element)
        return start <= inner_start and inner_end <= end and end - start > inner_end - inner_start

    def _is_table_of_data(self, table: Element) -> bool:
        start, end = self._page.range_of(table)
        if end - start < _MIN_CELLS or self._page.is_list_of_links(table):
            return False
        all_chars = sum(len(block.text) for block in self._page.blocks[start:end])
        return self._page.prose_chars(table) * 2 < all_chars

    def is_headline(self, text: str) -> bool:
        """Return whether `text` repeats the headline."""
        return len(text) <= 2 * len(self._headline) and fold_words(text) == self._headline

    def share_of_headline(self, blocks: Iterable[Block]) -> float:
        """Return the share of the headline's longer words that blocks tell again; 0 where they tell
        only one, and without a headline."""
        words = {word for word in self._headline.split() if len(word) >= _MIN_WORD_CHARS}
        told = words & set(fold_words(" ".join(block.text for block in blocks)).split())
        return len(told) / len(words) if len(told) > 1 else 0.0

    def holds_headline(self, element: Element) -> bool:
        """Return whether the headline stands in an element."""
        start, end = self._page.range_of(element)
        return start <= self.headline_at < end

    def has_role(self, block: Block, roles: Collection[str]) -> bool:
        """Return whether an element around the block has one of `roles`, and rightly."""
        for element, role in block.roles:
            if role in roles and self._role_applies(element, role):
                return True
        return False

    def _is_elsewhere(self, block: Block) -> bool:
        if block.is_caption or block.position in self._teasers:
            return True
        if block.position >= self._comments_at:
            return True
        return self.has_role(block, CUT_ROLES)

    def _foreign_chars(self, block: Block) -> int:
        """Return how many characters of a block lead to other stories: those in links, but in a
        sub-heading of a digest, and in a line that names the story's source: an address, or links
        to other sites beside a paragraph."""
        if not block.linked_chars or block.position in self._digest_headings:
            return 0
        if block.element.tag == "li" and self._is_entry_among_prose(block):
            return 0
        is_alone = self._holds_one_block(block.element)
        may_ask = is_alone and block.unlinked_chars <= _MAX_CALL_CHARS
        if may_ask and asks_to_follow(block.element, self._url):
            return len(block.text)
        if not block.is_mostly_link:
            return block.linked_chars
        if _ADDRESS.search(block.text):
            return 0
        is_beside = is_alone and self._is_beside_paragraph(block)
        return 0 if is_beside and leads_away(block.element, self._url) else block.linked_chars

    def _is_entry_among_prose(self, entry: Block) -> bool:
        """Return whether an entry of a list is a sentence with a link, and the entries around it
        are paragraphs of the story."""
        if entry.unlinked_chars < _MIN_SENTENCE_REST or not ends_sentence(entry.text):
            return False
        parent = entry.element.getparent()
        around = self._page.blocks[max(0, entry.position - _LOOK_AROUND) :][: 2 * _LOOK_AROUND + 1]
        beside = [each for each in around if each.element.getparent() is parent]
        return sum(map(self.is_story_prose, beside)) * 2 >= len(beside)

    def _is_caption_of_picture(self, block: Block, root: Element) -> bool:
        """Return whether an element around a block in `root` holds an image and this line and
        nothing else: a line that is no sentence, or any in an element named a picture."""
        if len(block.text) > _MAX_CAPTION_CHARS or block.is_heading:
            return False
        is_sentence = ends_sentence(block.text)
        element: Element | None = block.element
        for _ in range(_MAX_WRAPPERS):
            if element is None or element is root or not self._holds_one_block(element):
                return False
            if element.tag not in ("p", "li") and next(element.iter("img"), None) is not None:
                names = f"{element.get('class') or ''} {element.get('id') or ''}"
                return not is_sentence or names_a_picture(names)
            element = element.getparent()
        return False

    def _holds_one_block(self, element: Element) -> bool:
        start, end = self._page.range_of(element)
        return end - start == 1

    def _is_beside_paragraph(self, block: Block) -> bool:
        """Return whether a line, or the only entry of a list, stands beside a paragraph, which is
        another element's or text of the element around both."""
        parent = block.element.getparent()
        if block.element.tag == "li" and parent is not None and self._holds_one_block(parent):
            parent = parent.getparent()
        return any(
            parent in (each.element, each.element.getparent()) and self.is_story_prose(each)
            for each in self._page.blocks[max(0, block.position - 1) : block.position + 2]
        )

    def _follows_paragraph(self, block: Block) -> bool:
        """Return whether the block before is a paragraph of the story beside this one: a line that
        is named a deck is a sub-heading there."""
        before = self._page.blocks[block.position - 1]
        is_beside = before.element.getparent() is block.element.getparent()
        return block.position > 0 and is_beside and self.is_story_prose(before)

    def _role_applies(self, element: Element, role: Role) -> bool:
        """Return whether an element is what its names say. It is not if the headline stands in it,
        or most of the page's prose (of comments: all of it; readers may well write more than the
        newsroom)."""
        key = (element, role)
        if key not in self._applying_roles:
            is_story = (
                self.holds_headline(element)
                or self._holds_most_prose(element, role)
                or (role == "share" and self._holds_quotation(element))
            )
            self._applying_roles[key] = not is_story
        return self._applying_roles[key]

    def _holds_quotation(self, element: Element) -> bool:
        """Return whether an element holds a post of a social network, and no buttons to share."""
        return next(element.iter("blockquote"), None) is not None

    def _holds_most_prose(self, element: Element, role: Role) -> bool:
        if role == "comments":
            return self._page.prose_chars_outside(element) < _MIN_PROSE_BESIDE_COMMENTS
        return self._page.holds_most_prose(element)

    def _find_comments(self) -> int:
        """Return the position of the heading behind a story above what readers wrote, which all
        else on the page follows; the number of blocks without one."""
        start = self.headline_at + 1
        for block in self._page.blocks[start:]:
            if not block.is_heading or block.linked_chars:
                continue
            is_behind_story = (
                self._page.prose_chars_between(start, block.position) >= _MIN_STORY_CHARS
            )
            if is_behind_story and heads_comments(block.text):
                return block.position
        return len(self._page.blocks)

    def _is_in_list_of_links(self, block: Block, root: Element) -> bool:
        """Return whether any element around the block, inside the root, holds more linked text than
        other."""
        answers = self._in_lists_of_links[root]
        path = []
        answer = False
        element: Element | None = block.element
        while element is not None and element is not root:
            if element in answers:
                answer = answers[element]
                break
            path.append(element)
            element = element.getparent()
        for inner in reversed(path):
            answer = answer or self._page.is_list_of_links(inner)
            answers[inner] = answer
        return answer
