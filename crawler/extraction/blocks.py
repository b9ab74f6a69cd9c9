"""The page as a sequence of blocks of text, in reading order, each with the elements around it."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from lxml import etree

from crawler.extraction.paragraphs import ends_sentence
from crawler.extraction.phrases import PHOTOGRAPH, phrase_anywhere
from crawler.extraction.roles import ROLE_ATTRIBUTES, TAG_ROLES, Role, role_by_attributes
from crawler.extraction.tree import Element, text_of
from crawler.extraction.values import split_names
from crawler.text.clean import PLAIN, clean
from crawler.text.letters import fold_words

MAX_ELEMENTS = 150_000
"""Elements of a page that are read; the largest news page met has about 2,000."""

_MIN_PROSE_CHARS = 25
"""Fewest characters outside links of a block of prose."""
_MIN_STORY_CHARS = 250
"""Least prose of an element that holds the story."""
_MIN_LINKED_ROW, _MIN_LINKED_SENTENCE = 3, 60
"""Fewest paragraphs of a story that are links, and characters of each."""
_MIN_HEADING_SENTENCE, _MIN_HEADING_LEAD = 80, 60
"""Characters of a sentence, and of a lead, in a heading's element that are a paragraph."""
_SENTENCE_ENDS = (".", "۔", "؟", "!")
_MAX_ROLES = 20
"""Elements with a role that a block remembers; real pages nest fewer than ten."""
_MAX_CAPTION_CHARS = 220
_MAX_INITIAL_CHARS, _MAX_INITIAL_PARTS = 3, 6
"""Size of the first letter of a paragraph, which pages name "drop-cap"."""
_MAX_SKIP_LINK_PARTS = 20


def _tags(names: str) -> frozenset[str]:
    return frozenset(split_names(names))


_SKIPPED_TAGS = _tags("""
    script style title noscript template svg math iframe object embed video audio canvas button
    select textarea input datalist progress head amp-ad amp-iframe amp-sidebar amp-analytics map
""")
_BLOCK_TAGS = _tags("""
    html body address article aside blockquote center dd details dialog div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre
    section summary table tbody td tfoot th thead tr ul amp-carousel amp-accordion
""")
_FURNITURE_TAGS = _tags("nav footer")
_SMALL_PRINT_TAGS = _tags("em i small cite")
_PAGE_TAGS = _tags("html body")
_BOLD_TAGS = _tags("b strong")
HEADING_TAGS = _tags("h1 h2 h3 h4 h5 h6")

_INLINE_TAGS = _BOLD_TAGS | _SMALL_PRINT_TAGS | {"a", "img"}
"""Inline elements that say something about the text in them or behind them."""

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_PHOTOGRAPH = phrase_anywhere(PHOTOGRAPH)
_SHOWS_LINES = re.compile(r"white-space\s*:\s*pre", re.I)
_SKIP_WORDS = re.compile("تخط|تجاوز|skip|نظر انداز|چھوڑ", re.I)
# Inline elements whose role makes them a block of their own; those of other roles (auto-linked
# tags) are words.
_INLINE_ROLES: tuple[Role, ...] = ("byline", "date", "caption")

BlockRange = tuple[int, int]
"""Positions of blocks: from the first to before the second."""


@dataclass(slots=True)
class Block:
    """A run of text between two block boundaries.

    `element`: the innermost block element around it; `position`: its index among the page's blocks;
    `linked_chars`: characters of `text` in links, `unlinked_chars`: all others; `is_prose`: it
    reads like running text and not like a label, a link or a heading; `is_caption`: it stands under
    an image in the same element and is set apart as the image's caption; `roles`: the elements
    around it that have a role, outermost first.
    """

    text: str
    element: Element
    position: int
    linked_chars: int
    unlinked_chars: int
    is_heading: bool
    is_bold: bool
    is_prose: bool
    is_caption: bool
    roles: tuple[tuple[Element, Role], ...]

    @property
    def is_mostly_link(self) -> bool:
        """True when more than half of the text is in links."""
        return self.linked_chars * 2 > len(self.text)

    def has_role(self, *roles: Role) -> bool:
        """Return whether an element around the block has one of `roles`."""
        return any(role in roles for _, role in self.roles)


class PageBlocks:
    """All blocks of a page; `ranges`: for each element, the blocks in it."""

    def __init__(self, blocks: list[Block], ranges: dict[Element, BlockRange]) -> None:
        self.blocks = blocks
        self.ranges = ranges
        excess_links = [block.linked_chars - block.unlinked_chars for block in blocks]
        prose = [block.unlinked_chars if block.is_prose else 0 for block in blocks]
        # Sums over the blocks before each position, so that no range is added up twice.
        self._excess_links_before = [0, *accumulate(excess_links)]
        self._prose_before = [0, *accumulate(prose)]

    def range_of(self, element: Element) -> BlockRange:
        """Return the blocks in an element; an empty range for an element that was not read."""
        return self.ranges.get(element, (0, 0))

    def blocks_in(self, element: Element) -> list[Block]:
        """Return the blocks in an element, in order."""
        start, end = self.range_of(element)
        return self.blocks[start:end]

    def prose_chars(self, element: Element) -> int:
        """Return how many characters of prose outside links an element holds."""
        return self.prose_chars_between(*self.range_of(element))

    def prose_chars_between(self, start: int, end: int) -> int:
        """Return how many characters of prose the blocks from `start` to before `end` hold."""
        return self._prose_before[end] - self._prose_before[start]

    def prose_chars_outside(self, element: Element) -> int:
        """Return how many characters of prose the page holds outside an element."""
        return self._prose_before[-1] - self.prose_chars(element)

    def holds_most_prose(self, element: Element) -> bool:
        """Return whether an element holds more of the page's prose than all else, and enough of it
        to be a story."""
        return self.is_most_prose(*self.range_of(element))

    def is_most_prose(self, start: int, end: int) -> bool:
        """Return whether the blocks from `start` to before `end` hold more of the page's prose than
        all else, and enough of it to be a story."""
        inside = self.prose_chars_between(start, end)
        outside = self._prose_before[-1] - inside
        return inside > max(outside, _MIN_STORY_CHARS)

    def is_list_of_links(self, element: Element) -> bool:
        """Return whether an element of several blocks holds more linked text than other."""
        start, end = self.range_of(element)
        excess_links = self._excess_links_before[end] - self._excess_links_before[start]
        return end - start > 1 and excess_links > 0


def read_blocks(
    root: Element, removed: Iterable[Element] = (), set_apart: Iterable[Element] = ()
) -> PageBlocks:
    """Return the blocks of the tree under `root`, without those in `removed` elements, in scripts
    and forms' controls, and what is hidden. `set_apart`: elements whose text is a block of its own
    though they are inline."""
    return _BlockReader(root, frozenset(removed), frozenset(set_apart)).read()


class _BlockReader:
    """One walk over the tree: collects inline text until a block element begins or ends."""

    def __init__(
        self, root: Element, removed: Collection[Element], set_apart: Collection[Element]
    ) -> None:
        self._root = root
        self._removed = removed
        self._set_apart = set_apart
        self._blocks: list[Block] = []
        self._ranges: dict[Element, BlockRange] = {}
        self._open_blocks: list[Element] = [root]
        self._open_roles: list[tuple[Element, Role]] = []
        # For each open element its first block, whether it is a block, its role and tag; None for
        # one that is not read.
        self._open: list[tuple[int, bool, Role, str] | None] = []
        self._skip_targets: dict[str, int] = {}  # id -> position of the link's block
        self._open_links: list[Element] = []
        self._bold_depth = 0
        self._small_print_depth = 0
        self._preserving: list[Element] = []  # open elements that show line breaks
        self._image: Element | None = None  # before any text in the innermost block element
        self._clear()

    def read(self) -> PageBlocks:
        """Walk over the tree and return its blocks."""
        walk = etree.iterwalk(self._root, events=("start", "end"))
        count = 0
        for event, element in walk:
            if event == "end":
                self._leave(element)
                continue
            count += 1
            if count > MAX_ELEMENTS:
                break
            tag = element.tag
            attributes = {} if tag in _SKIPPED_TAGS else dict(element.items())
            if tag in _SKIPPED_TAGS or self._is_skipped(element, tag, attributes):
                self._open.append(None)
                walk.skip_subtree()
            else:
                self._enter(element, tag, attributes)
        self._flush()
        _make_linked_story_prose(self._blocks)
        return PageBlocks(self._blocks, self._ranges)

    def _is_skipped(self, element: Element, tag: str, attributes: dict[str, str]) -> bool:
        if "hidden" in attributes:
            return True
        if self._removed and element in self._removed:
            return True
        if "style" in attributes and _HIDDEN.search(attributes["style"]):
            return tag not in _PAGE_TAGS  # a script shows the page
        return tag in _FURNITURE_TAGS and self._is_mere_furniture(element, attributes)

    def _is_mere_furniture(self, element: Element, attributes: dict[str, str]) -> bool:
        """Return whether a <nav> or <footer> is the page's own, and neither a breadcrumb trail nor,
        by a tag left open, around a story. A third of a page's elements is spared so."""
        if self._is_in_article() or "bread" in attributes.get("class", "").lower():
            return False
        return next(element.iter("h1", "article", "p", "time"), None) is None

    def _is_in_article(self) -> bool:
        return any(element.tag == "article" for element in self._open_blocks)

    def _enter(self, element: Element, tag: str, attributes: dict[str, str]) -> None:
        if tag == "br":
            self._break_line()
            self._open.append(None)
            return
        is_block = tag in _BLOCK_TAGS or element in self._set_apart
        role = self._role(element, tag, is_block, attributes)
        if self._parts and (is_block or role):
            self._flush()
        if is_block:
            self._open_blocks.append(element)
            self._image = None
            if tag == "pre" or ("style" in attributes and _SHOWS_LINES.search(attributes["style"])):
                self._preserving.append(element)
        if role:
            self._open_roles.append((element, role))
        self._open.append((len(self._blocks), is_block, role, tag))
        if tag in _INLINE_TAGS:
            self._enter_inline(element, tag, attributes)
        text = element.text
        if text and (self._parts or not text.isspace()):
            self._add(text)

    def _enter_inline(self, element: Element, tag: str, attributes: dict[str, str]) -> None:
        if tag == "a" and _is_link(attributes):
            self._note_skip_link(element, attributes)
            self._open_links.append(element)
        elif tag in _BOLD_TAGS:
            self._bold_depth += 1
        elif tag in _SMALL_PRINT_TAGS:
            self._small_print_depth += 1
        elif tag == "img" and not self._has_text:
            self._image = element

    def _role(self, element: Element, tag: str, is_block: bool, attributes: dict[str, str]) -> Role:
        """Return the role of an element that begins."""
        if self._skip_targets and self._reaches_end_mark(attributes.get("id")):
            return "navigation"
        if tag in _PAGE_TAGS:
            return ""  # the names of <body> speak of the template ("sidebar-left")
        role: Role = ""
        if tag in TAG_ROLES:
            if tag == "figure" and _holds_table(element):
                return ""  # no picture
            if tag == "form" and next(element.iter("h1", "article"), None) is not None:
                return ""  # the whole page, as ASP.NET writes it
            if tag != "footer" or not self._is_in_article():
                role = TAG_ROLES[tag]  # a story's own foot holds its date and byline
        if not role and not ROLE_ATTRIBUTES.isdisjoint(attributes):
            role = role_by_attributes(attributes, is_block)
        if role and not is_block and not self._is_block_of_its_own(element, role):
            return ""
        return role

    def _is_block_of_its_own(self, inline: Element, role: Role) -> bool:
        if role == "caption":
            return len(text_of(inline, _MAX_INITIAL_PARTS).strip()) > _MAX_INITIAL_CHARS
        is_word_of_paragraph = inline.tag == "a" and self._open_blocks[-1].tag == "p"
        return role in _INLINE_ROLES and not is_word_of_paragraph

    def _leave(self, element: Element) -> None:
        opened = self._open.pop()
        if opened is not None:
            start, is_block, role, tag = opened
            if is_block:
                if self._parts:
                    self._flush()
                self._open_blocks.pop()
                self._image = None
                if self._preserving and self._preserving[-1] is element:
                    self._preserving.pop()
            if role:
                self._flush()
                self._open_roles.pop()
            if tag in _INLINE_TAGS:
                self._leave_inline(element, tag)
            self._ranges[element] = (start, len(self._blocks))
        tail = element.tail
        if tail and (self._parts or not tail.isspace()) and element is not self._root:
            self._add(tail)

    def _leave_inline(self, element: Element, tag: str) -> None:
        if self._open_links and self._open_links[-1] is element:
            self._open_links.pop()
        elif tag in _BOLD_TAGS:
            self._bold_depth -= 1
        elif tag in _SMALL_PRINT_TAGS:
            self._small_print_depth -= 1

    def _add(self, text: str) -> None:
        if text.isspace():
            if self._parts:
                self._parts.append(" ")
            return
        if self._preserving and "\n" in text:
            self._add_lines(text)
            return
        self._parts.append(text.replace("\n", " "))
        self._has_text = True
        chars = len(text.strip())
        if self._open_links:
            self._linked_chars += chars
        if not self._bold_depth:
            self._light_chars += chars
        if not self._small_print_depth:
            self._plain_chars += chars

    def _add_lines(self, text: str) -> None:
        """Add a text whose line breaks are shown."""
        first, *others = text.strip("\n").split("\n")
        if first:
            self._add(first)
        for line in others:
            self._break_line()
            if line:
                self._add(line)

    def _break_line(self) -> None:
        """Break the line at a <br>; end the paragraph at a second <br> right behind the first."""
        for part in reversed(self._parts):
            if part == "\n":
                self._flush()
                return
            if part.strip():
                break
        self._parts.append("\n")

    def _flush(self) -> None:
        """End the block, if it holds any text."""
        if not self._parts:
            return
        text = _tidy("".join(self._parts))
        if text:
            element = self._open_blocks[-1]
            linked_chars = min(self._linked_chars, len(text))
            unlinked_chars = len(text) - linked_chars
            is_heading = element.tag in HEADING_TAGS and not self._is_paragraph(text, element)
            is_prose = not is_heading and unlinked_chars >= max(_MIN_PROSE_CHARS, linked_chars)
            self._blocks.append(
                Block(
                    text=text,
                    element=element,
                    position=len(self._blocks),
                    linked_chars=linked_chars,
                    unlinked_chars=unlinked_chars,
                    is_heading=is_heading,
                    is_bold=self._light_chars == 0,
                    is_prose=is_prose,
                    is_caption=self._image is not None and self._is_caption(text),
                    roles=tuple(self._open_roles[:_MAX_ROLES]),
                )
            )
            self._image = None
        self._clear()

    def _is_paragraph(self, text: str, heading: Element) -> bool:
        """Return whether a heading's element holds a paragraph: a long sentence, or a lead."""
        if self._linked_chars:
            return False
        if len(text) >= _MIN_HEADING_SENTENCE and text.endswith(_SENTENCE_ENDS):
            return True
        is_lead = bool(self._open_roles) and self._open_roles[-1][1] == "lead"
        return is_lead and heading.tag != "h1" and len(text) >= _MIN_HEADING_LEAD

    def _is_caption(self, text: str) -> bool:
        """Return whether a text under an image is set apart as its caption: in small print, in the
        words of the image's own description, or with a word for a photograph."""
        if len(text) > _MAX_CAPTION_CHARS:
            return False
        if self._plain_chars == 0:
            return True
        words = fold_words(text)
        description = fold_words((self._image.get("alt") if self._image is not None else "") or "")
        if description and words == description:
            return True
        return _PHOTOGRAPH.search(words) is not None and not ends_sentence(text)

    def _clear(self) -> None:
        self._parts: list[str] = []
        self._linked_chars = 0
        self._has_text = False
        self._light_chars = 0  # outside bold elements
        self._plain_chars = 0  # outside elements of small print

    def _note_skip_link(self, element: Element, attributes: dict[str, str]) -> None:
        """A page that offers to skip a part ("skip the recommendations") says that this part is not
        the story: remember where the part begins."""
        href = attributes.get("href", "")
        if not href.startswith("#") or len(href) == 1:
            return
        if _SKIP_WORDS.search(text_of(element, _MAX_SKIP_LINK_PARTS)):
            self._skip_targets.setdefault(href[1:], len(self._blocks))

    def _reaches_end_mark(self, name: str | None) -> bool:
        """Give all blocks since a skip link the role of navigation when `name` is the id that the
        link leads to. Return whether the element of this id is a mere end mark."""
        if name is None or name not in self._skip_targets:
            return False
        self._flush()
        for block in self._blocks[self._skip_targets.pop(name) :]:
            block.roles = (*block.roles, (block.element, "navigation"))
        return name.startswith("end")


def _is_link(attributes: Mapping[str, str]) -> bool:
    """Return whether an <a> leads anywhere; one with a name or without an attribute marks a
    place."""
    if "href" in attributes:
        return True
    return bool(attributes) and "name" not in attributes and "id" not in attributes


def _holds_table(figure: Element) -> bool:
    return figure.find("table") is not None or figure.find("*/table") is not None


def _make_linked_story_prose(blocks: Sequence[Block]) -> None:
    """Count the links of a story as text where each of its paragraphs is one link. A row of
    sentences in paragraphs beside each other is a story; titles of other stories are no sentences,
    and their summaries do not stand beside each other."""
    row: list[Block] = []
    for block in blocks:
        if block.linked_chars <= block.unlinked_chars or not _is_linked_sentence(block):
            row = []
            continue
        if row and block.element.getparent() is not row[-1].element.getparent():
            row = []
        row.append(block)
        if len(row) == _MIN_LINKED_ROW:
            _make_prose(row)
        elif len(row) > _MIN_LINKED_ROW:
            _make_prose(row[-1:])


def _make_prose(blocks: Iterable[Block]) -> None:
    for block in blocks:
        block.linked_chars, block.unlinked_chars = 0, len(block.text)
        block.is_prose = True


def _is_linked_sentence(block: Block) -> bool:
    return (
        block.element.tag == "p"
        and len(block.text) >= _MIN_LINKED_SENTENCE
        and block.text.endswith(_SENTENCE_ENDS)
        and not block.text.endswith("..")
    )


def _tidy(text: str) -> str:
    """Return `clean(text)` with spaces run together; most blocks are short and plain, and spared
    the full treatment."""
    if "\n" in text:
        text = "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))
    else:
        text = " ".join(text.split())
    return text if PLAIN.fullmatch(text) else clean(text)
