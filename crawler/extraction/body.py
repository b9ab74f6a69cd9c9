"""The story itself: which blocks of a page are its paragraphs.

Prose gathers in one part of the tree. Every block of prose gives its length to the elements around
it, less to the farther ones; the element that gathers most is the root. Then blocks that belong to
it but stand outside (a lead, a second half behind an advertisement) are added, and what stands
inside but is not the story is left out.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from crawler.extraction.blocks import HEADING_TAGS, Block, PageBlocks
from crawler.extraction.furniture import is_furniture, is_notice
from crawler.extraction.roles import CUT_ROLES, Role, names_a_story
from crawler.extraction.tree import Element
from crawler.text.letters import fold_words

_PARAGRAPH_TAGS = frozenset(("p", "li", "blockquote", "pre", "dd", "dt", "td", *HEADING_TAGS))
_SENTENCE_ENDS = ".!?؟۔…:؛»”\"'"
_GIVES = (1.0, 0.6, 0.4, 0.25, 0.15, 0.1)
"""Share of a block's weight that goes to the element around it, the next one out, and so on."""
_MARKED_BONUS, _NAMED_BONUS = 2.0, 1.2
_MAX_WEIGHT = 1000
"""A single endless block counts no more than a long paragraph."""
_TEASER_BLOCKS, _TEASER_LETTERS = 6, 500
_LONGEST_LEAD = 2000
_COPY = 40
"""Fewest characters of a paragraph that is not printed twice by chance."""


@dataclass(frozen=True, slots=True)
class Body:
    """`blocks` are the paragraphs in order, `root` is the element that gathers them, `labels` what
    stands in it behind the story and was left out as too short to belong to it (a name, a
    section)."""

    blocks: tuple[Block, ...] = ()
    root: Element | None = None
    labels: tuple[Block, ...] = ()

    @property
    def prose(self) -> int:
        """Characters of running text outside links."""
        return sum(block.unlinked_chars for block in self.blocks if block.is_prose)


def ends_sentence(text: str) -> bool:
    return text.rstrip(" )»”\"'")[-1:] in _SENTENCE_ENDS or text[-1:] in _SENTENCE_ENDS


def paragraphs(texts: Iterable[str]) -> str | None:
    """Clean texts as paragraphs parted by blank lines; a line that ends a sentence ends its
    paragraph too."""
    lines: list[str] = []
    for text in texts:
        for number, line in enumerate(text.split("\n")):
            if lines and (number == 0 or ends_sentence(lines[-1])):
                lines.append("")
            lines.append(line)
    return "\n".join(lines).strip() or None


def alike(one: Body, other: Body) -> bool:
    """Whether two readings of a page hold mostly the same paragraphs."""
    mine, theirs = (
        {block.position for block in body.blocks if block.is_prose} for body in (one, other)
    )
    return len(mine & theirs) * 10 >= 8 * len(mine | theirs)


class BodyFinder:
    """Finds the story on one page. `headline_at` is the block that the headline stands in, None
    when unknown."""

    def __init__(self, page: PageBlocks, headline: str | None, headline_at: int | None) -> None:
        self._page = page
        self._headline = fold_words(headline or "")
        self._headline_at = -1 if headline_at is None else headline_at
        self._linked = [0, *accumulate(block.linked_chars for block in page.blocks)]
        self._unlinked = [0, *accumulate(block.unlinked_chars for block in page.blocks)]
        self._prose = [
            0,
            *accumulate(block.unlinked_chars * block.is_prose for block in page.blocks),
        ]
        self._believed: dict[tuple[Element, Role], bool] = {}
        self._lists: dict[Element, bool] = {}
        self._teasers = self._find_teasers()

    def find(self, marked: Collection[Element] = ()) -> Body:
        """The story. `marked` are elements that the page itself declares an article's body. Empty
        when nothing on the page gathers any prose."""
        root = self._root(marked)
        if root is None:
            return Body()
        start, end = self._page.ranges.get(root, (0, len(self._page.blocks)))
        end = self._next_story(start, end)
        belonging = _without_repeats(
            [b for b in self._page.blocks[start:end] if self._belongs(b, root)]
        )
        inside = _trimmed(_fitting(belonging))
        if not inside:
            return Body()
        found = [*self._lead(root, start, inside), *inside, *self._continuation(root, end)]
        labels = [
            block
            for block in belonging
            if block.position > inside[-1].position and not block.is_prose
        ]
        return Body(tuple(_trimmed(found)), root, tuple(labels))

    def within(self, declared: Sequence[Element]) -> Body:
        """The story as what the elements `declared` hold, without what is no story there either."""
        found: dict[int, Block] = {}
        for element in declared:
            start, end = self._page.ranges.get(element, (0, 0))
            found.update(
                (b.position, b) for b in self._page.blocks[start:end] if self._belongs(b, element)
            )
        blocks = _trimmed(_without_repeats([found[order] for order in sorted(found)]))
        return Body(tuple(blocks), declared[0] if blocks else None)

    # -- choosing the root

    def _root(self, marked: Collection[Element]) -> Element | None:
        scores: dict[Element, float] = defaultdict(float)
        for block in self._page.blocks[self._headline_at + 1 : self._last()]:
            if self._is_story_prose(block):
                self._give(block, scores)
        if not scores:
            return None
        for element in scores:
            if element in marked:
                scores[element] *= _MARKED_BONUS
            elif names_a_story(f"{element.get('class') or ''} {element.get('id') or ''}"):
                scores[element] *= _NAMED_BONUS
        return max(scores, key=lambda element: scores[element])

    def _last(self) -> int:
        """The block behind the page's own story where more stories follow in full: the end of the
        <article> around the headline, when other ones like it follow."""
        blocks = self._page.blocks
        if self._headline_at < 0:
            return len(blocks)
        own = next(
            (e for e in blocks[self._headline_at].element.iterancestors() if e.tag == "article"),
            None,
        )
        if own is None or not any(_alike(other, own) for other in own.itersiblings("article")):
            return len(blocks)
        start, end = self._page.ranges.get(own, (0, len(blocks)))
        return end if self._prose[end] - self._prose[start] >= _TEASER_LETTERS // 2 else len(blocks)

    def _give(self, block: Block, scores: dict[Element, float]) -> None:
        weight = min(block.unlinked_chars, _MAX_WEIGHT)
        element: Element | None = block.element
        if block.element.tag in _PARAGRAPH_TAGS:
            element = block.element.getparent()
        for share in _GIVES:
            if element is None or element.tag in ("html",):
                return
            scores[element] += weight * share
            element = element.getparent()

    def _is_story_prose(self, block: Block) -> bool:
        return block.is_prose and block.position not in self._teasers and not self._is_cut(block)

    def _is_cut(self, block: Block) -> bool:
        return any(
            role in CUT_ROLES and self._believes(element, role) for element, role in block.roles
        )

    def _believes(self, element: Element, role: Role) -> bool:
        """Whether an element is what its name says. It is not when the headline stands in it, or
        most of the page's prose (of comments: all of it; readers may well write more than the
        newsroom)."""
        key = (element, role)
        if key not in self._believed:
            start, end = self._page.ranges.get(element, (0, 0))
            has_headline = start <= self._headline_at < end
            prose = self._prose[end] - self._prose[start]
            rest = self._prose[-1] - prose
            is_most = (
                rest < _TEASER_LETTERS // 10
                if role == "comments"
                else prose > max(rest, _TEASER_LETTERS // 2)
            )
            self._believed[key] = not has_headline and not is_most
        return self._believed[key]

    def _find_teasers(self) -> frozenset[int]:
        """Blocks of text that stand under a linked heading of their own: the summaries of other
        stories."""
        teasers: set[int] = set()
        for block in self._page.blocks:
            if not block.is_heading or block.linked_chars < 15 or block.unlinked_chars > 15:
                continue
            container = block.element.getparent()
            for _ in range(3):
                if container is None:
                    break
                start, end = self._page.ranges.get(container, (0, 0))
                if (
                    end - start > _TEASER_BLOCKS
                    or self._prose[end] - self._prose[start] > _TEASER_LETTERS
                ):
                    break
                if start <= self._headline_at < end:
                    break
                teasers.update(range(block.position, end))
                container = container.getparent()
        return frozenset(teasers)

    # -- what belongs to it

    def _belongs(self, block: Block, root: Element) -> bool:
        text = block.text
        if self._is_cut(block) or block.position in self._teasers:
            return False
        if is_furniture(text, block.linked_chars) or self._is_headline(text):
            return False
        if any(role == "deck" and self._believes(element, role) for element, role in block.roles):
            return False
        return not self._in_list_of_links(block, root)

    def _next_story(self, start: int, end: int) -> int:
        """Where another story's h1 begins behind the first prose; an h1 among the paragraphs is a
        sub-heading."""
        parents = set()
        for block in self._page.blocks[start:end]:
            if self._is_story_prose(block):
                parents.add(block.element.getparent())
                continue
            is_other_h1 = (
                bool(parents) and block.element.tag == "h1" and not self._is_headline(block.text)
            )
            if is_other_h1 and (block.linked_chars or block.element.getparent() not in parents):
                return block.position
        return end

    def _is_headline(self, text: str) -> bool:
        return len(text) <= 2 * len(self._headline) and fold_words(text) == self._headline

    def _in_list_of_links(self, block: Block, root: Element) -> bool:
        """Whether anything around the block, up to the root, holds more linked text than other."""
        element: Element | None = block.element
        path = []
        answer = False
        while element is not None and element is not root:
            if element in self._lists:
                answer = self._lists[element]
                break
            path.append(element)
            element = element.getparent()
        for inner in reversed(path):
            start, end = self._page.ranges.get(inner, (0, 0))
            linked, unlinked = (
                self._linked[end] - self._linked[start],
                self._unlinked[end] - self._unlinked[start],
            )
            answer = answer or (end - start > 1 and linked > unlinked)
            self._lists[inner] = answer
        return answer

    # -- what stands outside it

    def _lead(self, root: Element, start: int, inside: Sequence[Block]) -> list[Block]:
        """Prose between the headline and the root that the root does not repeat."""
        if self._headline_at < 0 or start <= self._headline_at:
            return []
        found = []
        around = {root, *root.iterancestors()}
        for block in self._page.blocks[self._headline_at + 1 : start]:
            shared = next(
                (e for e in (block.element, *block.element.iterancestors()) if e in around), root
            )
            named = any(role == "lead" for _, role in block.roles)
            if (
                self._is_story_prose(block)
                and self._belongs(block, shared)
                and (named or ends_sentence(block.text))
                and not _repeats(block.text, inside)
            ):
                found.append(block)
        return found

    def _continuation(self, root: Element, end: int) -> list[Block]:
        """Prose in later siblings built like the root, up to the next h1; an <article> is
        complete."""
        found: list[Block] = []
        sibling = None if root.tag == "article" else root.getnext()
        while sibling is not None:
            if isinstance(sibling.tag, str) and _alike(sibling, root):
                first, last = self._page.ranges.get(sibling, (0, 0))
                blocks = self._page.blocks[first:last]
                if any(block.element.tag == "h1" for block in blocks):
                    break
                found.extend(_fitting([block for block in blocks if self._belongs(block, root)]))
            sibling = sibling.getnext()
        return found


def _alike(one: Element, other: Element) -> bool:
    """Whether two elements share tag and class."""
    return one.tag == other.tag and bool(_stable_names(one) & _stable_names(other))


def _stable_names(element: Element) -> set[str]:
    """The classes of an element but numbered ones, which WordPress gives each post."""
    return {name for name in (element.get("class") or "").split() if not name[-1].isdigit()}


def _repeats(text: str, blocks: Sequence[Block]) -> bool:
    """Whether most of `text` stands in the blocks, by runs of four folded words."""
    body = fold_words(" ".join(block.text for block in blocks))
    words = fold_words(text[:_LONGEST_LEAD]).split()
    runs = [" ".join(words[at : at + 4]) for at in range(max(1, len(words) - 3))]
    return sum(run in body for run in runs) * 2 > len(runs)


def _fitting(blocks: Sequence[Block]) -> list[Block]:
    """Without labels: short texts that are no heading and stand in another kind of element than the
    prose."""
    kinds = {(block.element.tag, block.element.get("class")) for block in blocks if block.is_prose}
    tags = {tag for tag, _ in kinds} & _PARAGRAPH_TAGS
    return [
        block
        for block in blocks
        if block.is_prose
        or block.is_heading
        or block.is_bold
        or block.element.tag in tags
        or (block.element.tag, block.element.get("class")) in kinds
    ]


def _without_repeats(blocks: Sequence[Block]) -> list[Block]:
    """Copies for other screens are printed twice; the first is kept."""
    seen: set[str] = set()
    kept = []
    for block in blocks:
        if len(block.text) >= _COPY and block.text in seen:
            continue
        seen.add(block.text)
        kept.append(block)
    return kept


def _trimmed(blocks: Sequence[Block]) -> list[Block]:
    """Without headings that nothing follows and notices of the house at the end."""
    end = len(blocks)
    while end and (blocks[end - 1].is_heading or is_notice(blocks[end - 1].text)):
        end -= 1
    return list(blocks[:end])
