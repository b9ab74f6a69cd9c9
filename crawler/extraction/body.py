"""The body: the blocks of a page that are the story's paragraphs.

Prose gathers in one part of the tree, the root. Blocks that belong to the story but stand outside
the root (a lead, a second half behind an advertisement) are added, and blocks that stand inside but
are not the story are left out.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from crawler.extraction.blocks import HEADING_TAGS, Block, BlockRange, PageBlocks, read_blocks
from crawler.extraction.furniture import is_notice
from crawler.extraction.headline import Headline
from crawler.extraction.page_claims import PageClaims
from crawler.extraction.page_data import PageData, find_data_story
from crawler.extraction.paragraphs import ends_sentence
from crawler.extraction.selectors import elements
from crawler.extraction.story_blocks import StoryBlocks
from crawler.extraction.story_root import PARAGRAPH_TAGS, find_root, opens_story, same_kind
from crawler.extraction.tree import Element, PageTree
from crawler.text.letters import fold_words

_MAX_COMPARED_CHARS = 2000
"""Characters of a lead that are looked for in the story."""
_RUN_WORDS = 4
_MIN_COPY_CHARS = 40
"""Fewest characters of a paragraph that is not printed twice by chance."""
_MIN_ROW = 3
"""Fewest short texts in a row that are part of the story."""
_MAX_LABEL_CHARS, _MIN_TITLE_CHARS = 60, 15
"""Characters of a line above titles of other stories, and of such a title."""
_MIN_H1_PARTS = 2
"""Fewest h1 elements in a story that are sub-headings and no headlines."""
_MIN_LABELLED_LINKS = 2
"""Fewest titles below a heading that labels them."""
_ANNOUNCING_MARKS = (":", "…", "...")
_MIN_SHARED = 0.8
"""Share of paragraphs in common from which two bodies are the same."""


@dataclass(frozen=True, slots=True)
class Body:
    """`blocks`: the story's paragraphs in order; `root`: the element that gathers them; `labels`:
    blocks in the root behind the story, left out as too short to belong to it (a name, a section).
    """

    blocks: tuple[Block, ...] = ()
    root: Element | None = None
    labels: tuple[Block, ...] = ()

    @property
    def prose_chars(self) -> int:
        """Characters of running text outside links."""
        return sum(block.unlinked_chars for block in self.blocks if block.is_prose)

    @property
    def text_chars(self) -> int:
        """Characters outside links and headings where there is running text among them, else 0."""
        if not self.prose_chars:
            return 0
        return sum(block.unlinked_chars for block in self.blocks if not block.is_heading)


def range_of(body: Body) -> BlockRange:
    """Return the positions of the body's blocks; an empty range for an empty body."""
    if not body.blocks:
        return 0, 0
    return body.blocks[0].position, body.blocks[-1].position + 1


def same_body(body: Body, other: Body) -> bool:
    """Return whether two readings of a page hold mostly the same paragraphs."""
    positions, other_positions = _prose_positions(body), _prose_positions(other)
    shared = len(positions & other_positions)
    return shared >= _MIN_SHARED * len(positions | other_positions)


def _prose_positions(body: Body) -> set[int]:
    return {block.position for block in body.blocks if block.is_prose}


@dataclass(frozen=True, slots=True)
class Bodies:
    """The story as found by the page's shape alone, and in the elements that the outlet's layout
    declares (None when it declares no layout); `lead`: the blocks that the layout declares part of
    every body. `data`: the story in the page's JSON document, whose blocks are none of the page's;
    None when the layout declares no such document."""

    generic: Body
    declared: Body | None
    lead: tuple[Block, ...] = ()
    data: Body | None = None

    @property
    def believed(self) -> Body:
        """The declared body, unless it has less than half of the generic one's prose; with the
        declared lead."""
        body = self.generic
        if self.declared is not None and self.declared.prose_chars * 2 >= self.generic.prose_chars:
            body = self.declared
        return replace(body, blocks=_with_lead(self.lead, body.blocks)) if self.lead else body

    @property
    def believed_data(self) -> Body | None:
        """The story in the page's JSON document, if it has a text, unless the page prints the same
        story at more than twice the length."""
        data, printed = self.data, self.believed
        if data is None or not data.blocks:
            return None
        is_excerpt = 2 * data.prose_chars < printed.prose_chars
        return None if is_excerpt and _repeats(data.blocks[0].text, printed.blocks) else data


def find_bodies(
    tree: PageTree,
    page: PageBlocks,
    story_blocks: StoryBlocks,
    claims: PageClaims,
    headline: Headline | None,
) -> Bodies:
    """Return the story below `headline` as it is found in each way."""
    finder = _BodyFinder(page, story_blocks)
    generic = finder.find(claims.marked_bodies)
    if claims.selected is None:
        return Bodies(generic, None)
    layout = claims.layout
    declared = finder.within(elements(tree, (*layout.lead, *layout.body)))
    lead = finder.lead_in(elements(tree, layout.lead))
    data = None if claims.data is None else _body_of_data(claims.data, tree.url, headline)
    return Bodies(generic, declared, lead, data)


def _body_of_data(data: PageData, url: str, headline: Headline | None) -> Body:
    """Return the story in a JSON document, read as the declared body of a page is."""
    story = find_data_story(data, url)
    page = read_blocks(story.root, story.removed)
    unplaced = None if headline is None else Headline(headline.text)
    finder = _BodyFinder(page, StoryBlocks(page, unplaced, url))
    body = finder.within([story.lead, story.body])
    return replace(body, blocks=_with_lead(finder.lead_in([story.lead]), body.blocks))


class _BodyFinder:
    """Finds the story on one page."""

    def __init__(self, page: PageBlocks, story_blocks: StoryBlocks) -> None:
        self._page = page
        self._story = story_blocks

    def find(self, marked: Collection[Element]) -> Body:
        """Return the story, empty when nothing on the page gathers any prose. `marked`: elements
        that the page declares an article's body."""
        root = find_root(self._page, self._story, marked)
        if root is None:
            return Body()
        start, root_end = self._page.ranges.get(root, (0, len(self._page.blocks)))
        end = root_end
        if not self._has_h1_parts(root):
            end = self._start_of_next_story(start, root_end)
        belonging = self._belonging(self._page.blocks[start:end], root)
        belonging = _without_repeats(self._without_labels_of_links(belonging))
        inside = _trimmed(self._without_labels(belonging, root))
        if not inside:
            return Body()
        blocks = [*self._lead(root, start, inside), *inside, *self._continuation(root)]
        labels = [
            block
            for block in belonging
            if block.position > inside[-1].position and not block.is_prose
        ]
        return Body(tuple(_trimmed(blocks)), root, tuple(labels))

    def within(self, declared: Sequence[Element]) -> Body:
        """Return the story in the declared elements; captions, teasers and other furniture in them
        are left out as anywhere else."""
        blocks: dict[int, Block] = {}
        for element in declared:
            for block in self._belonging(self._page.blocks_in(element), element):
                blocks[block.position] = block
        in_order = [blocks[position] for position in sorted(blocks)]
        story = _trimmed(_without_repeats(in_order))
        return Body(tuple(story), declared[0] if story else None)

    def lead_in(self, declared: Sequence[Element]) -> tuple[Block, ...]:
        """Return the blocks in the elements that are declared a lead, whatever they look like, but
        the headline."""
        return tuple(
            block
            for element in declared
            for block in self._page.blocks_in(element)
            if not self._story.is_headline(block.text)
        )

    def _without_labels(self, blocks: Sequence[Block], root: Element) -> list[Block]:
        """Return the blocks without labels: those that are neither prose, heading nor bold, whose
        element (a paragraph's tag, or tag and class) no prose of the story uses, and that stand
        neither in a row beside the prose nor in a table behind its first paragraph."""
        prose_kinds = {_kind_of(block) for block in blocks if block.is_prose}
        prose_tags = {tag for tag, _ in prose_kinds} & PARAGRAPH_TAGS
        first_prose = next((block.position for block in blocks if block.is_prose), 0)
        in_row = _blocks_in_row(blocks)
        return [
            block
            for block in blocks
            if block.is_prose
            or block.is_heading
            or block.is_bold
            or block.has_role("deck")
            or (block.element.tag == "li" and block.is_mostly_link)  # names a source
            or block.element.tag in prose_tags
            or _kind_of(block) in prose_kinds
            or block.position in in_row
            or (block.position > first_prose and self._story.is_cell(block, root))
        ]

    def _without_labels_of_links(self, blocks: Sequence[Block]) -> list[Block]:
        """Return the blocks without the headings, and the lines that announce something, behind
        which only titles of other stories stand, left out of the blocks."""
        positions = {block.position for block in blocks}
        return [block for block in blocks if not self._labels_links(block, positions)]

    def _labels_links(self, label: Block, story: Collection[int]) -> bool:
        """Return whether links left out of the `story` follow a line: one where the line announces
        it, several where it is a heading."""
        announces = label.text.endswith(_ANNOUNCING_MARKS)
        if label.is_prose or len(label.text) > _MAX_LABEL_CHARS:
            return False
        if not announces and not label.is_heading:
            return False
        count = 1 if announces else _MIN_LABELLED_LINKS
        following = self._page.blocks[label.position + 1 : label.position + 1 + count]
        return len(following) == count and all(
            block.position not in story
            and block.is_mostly_link
            and block.linked_chars >= _MIN_TITLE_CHARS
            for block in following
        )

    def _belonging(self, blocks: Iterable[Block], root: Element) -> list[Block]:
        return [block for block in blocks if self._story.belongs(block, root)]

    def _has_h1_parts(self, root: Element) -> bool:
        """Return whether the sub-headings of a story whose headline stands above `root` are h1
        elements too, each with its paragraph below."""
        if self._story.headline_at < 0 or self._story.holds_headline(root):
            return False
        headings = [block for block in self._page.blocks_in(root) if block.element.tag == "h1"]
        if len(headings) < _MIN_H1_PARTS or headings[0].position < self._story.headline_at:
            return False
        return all(
            not heading.linked_chars and self._precedes_prose(heading) for heading in headings
        )

    def _precedes_prose(self, block: Block) -> bool:
        following = self._page.blocks[block.position + 1 : block.position + 2]
        return any(map(self._story.is_story_prose, following))

    def _start_of_next_story(self, start: int, end: int) -> int:
        """Return the position of another story's h1 behind the first prose, else `end`. An h1 among
        the paragraphs is a sub-heading."""
        prose_parents = set()
        for block in self._page.blocks[start:end]:
            parent = block.element.getparent()
            if self._story.is_story_prose(block):
                prose_parents.add(parent)
                continue
            is_heading = block.element.tag == "h1" and not self._story.is_headline(block.text)
            is_sub_heading = parent in prose_parents and not block.linked_chars
            if prose_parents and is_heading and not is_sub_heading:
                return block.position
        return end

    def _lead(self, root: Element, start: int, inside: Sequence[Block]) -> list[Block]:
        """Return the prose between the headline and the root that the root does not repeat."""
        headline_at = self._story.headline_at
        if headline_at < 0 or start <= headline_at:
            return []
        around_root = {root, *root.iterancestors()}
        lead = []
        for block in self._page.blocks[headline_at + 1 : start]:
            if not self._story.is_story_prose(block):
                continue
            if block.element.tag in HEADING_TAGS and not block.has_role("lead"):
                continue  # above the story it is a deck
            ancestors = (block.element, *block.element.iterancestors())
            shared = next((each for each in ancestors if each in around_root), root)
            if not self._story.belongs(block, shared):
                continue
            is_running_text = block.has_role("lead") or ends_sentence(block.text)
            if is_running_text and not _repeats(block.text, inside):
                lead.append(block)
        return lead

    def _continuation(self, root: Element) -> list[Block]:
        """Return the prose in later siblings of the root's kind, up to the next h1, or where the
        root holds the headline the next story. An <article> is complete and has none."""
        around = root.getparent()
        if around is None or root.tag == "article":
            return []
        is_whole = self._story.holds_headline(root)
        continuation: list[Block] = []
        for sibling in root.itersiblings():
            if not isinstance(sibling.tag, str) or not same_kind(sibling, root):
                continue
            blocks = self._page.blocks_in(sibling)
            if any(block.element.tag == "h1" for block in blocks):
                break
            if is_whole and opens_story(self._page, sibling):
                break
            belonging = self._belonging(blocks, around)
            continuation += self._without_labels(belonging, around)
        return continuation


def _with_lead(lead: Sequence[Block], blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of a body, in order, with those of its lead that it does not hold yet."""
    positions = {block.position for block in blocks}
    texts = {block.text for block in blocks}
    missing = [
        block for block in lead if block.position not in positions and block.text not in texts
    ]
    return tuple(sorted([*missing, *blocks], key=lambda block: block.position))


def _repeats(text: str, blocks: Sequence[Block]) -> bool:
    """Return whether most runs of four words of `text` stand in the blocks."""
    story = fold_words(" ".join(block.text for block in blocks))
    words = fold_words(text[:_MAX_COMPARED_CHARS]).split()
    starts = range(max(1, len(words) - _RUN_WORDS + 1))
    runs = [" ".join(words[start : start + _RUN_WORDS]) for start in starts]
    return sum(run in story for run in runs) * 2 > len(runs)


def _blocks_in_row(blocks: Sequence[Block]) -> set[int]:
    """Return the positions of unlinked texts of a kind that stands several times behind the first
    paragraph: beside the paragraphs, or as entries of lists there, which stand between the
    paragraphs or are sentences."""
    prose = [block for block in blocks if block.is_prose]
    if not prose:
        return set()
    parents = {block.element.getparent() for block in prose}
    rows: defaultdict[tuple[Element | None, str, str | None], list[Block]] = defaultdict(list)
    entries: defaultdict[tuple[Element | None, str, str | None, bool], list[Block]]
    entries = defaultdict(list)
    for block in blocks:
        if block.is_prose or block.linked_chars or block.position < prose[0].position:
            continue
        parent = block.element.getparent()
        around = parent.getparent() if parent is not None else None
        if block.element.tag != "li" and parent in parents:
            rows[(parent, *_kind_of(block))].append(block)
        elif around in parents:
            is_list_between = block.element.tag == "li" and block.position < prose[-1].position
            entries[(around, *_kind_of(block), is_list_between)].append(block)
    in_row = [row for row in rows.values() if len(row) >= _MIN_ROW]
    for (*_, is_list_between), row in entries.items():
        are_sentences = sum(ends_sentence(block.text) for block in row) * 2 > len(row)
        if len(row) >= _MIN_ROW and (is_list_between or are_sentences):
            in_row.append(row)
    return {block.position for row in in_row for block in row}


def _kind_of(block: Block) -> tuple[str, str | None]:
    return block.element.tag, block.element.get("class")


def _without_repeats(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without copies: for other screens, which stand in other elements, and of a
    line with a link, which calls to act twice. The first is kept."""
    firsts: dict[str, Block] = {}
    kept = []
    for block in blocks:
        first = firsts.setdefault(block.text, block)
        is_beside = first.element.getparent() is block.element.getparent()
        is_copy = first is not block and (block.linked_chars > 0 or not is_beside)
        if len(block.text) < _MIN_COPY_CHARS or not is_copy:
            kept.append(block)
    return kept


def _trimmed(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without headings that nothing follows and notices of the outlet at the
    end."""
    end = len(blocks)
    while end and (blocks[end - 1].is_heading or is_notice(blocks[end - 1].text)):
        end -= 1
    return list(blocks[:end])
