"""The page as a sequence of blocks of text, in reading order, each knowing where it stands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from crawler.extraction.furniture import Role, role_of
from crawler.extraction.tree import Element, text_of
from crawler.text.clean import clean

MAX_ELEMENTS = 150_000
"""Elements of a page that are read; the largest news page met has about 2,000."""

_PROSE = 25
"""Fewest characters outside links of a block of prose."""
_MAX_FLAGS = 20
"""Elements with a role that a block remembers; real pages nest fewer than ten."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SKIPPED = _names(
    """
    script style title noscript template svg math iframe object embed video audio canvas button
    select textarea input datalist progress head amp-ad amp-iframe amp-sidebar amp-analytics map
    """
)
_BLOCKS = _names(
    """
    html body address article aside blockquote center dd details dialog div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre
    section summary table tbody td tfoot th thead tr ul amp-carousel amp-accordion
    """
)
_NOT_READ = -1
_FURNITURE = frozenset(("nav", "footer"))
_BOLD = frozenset(("b", "strong"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TAG_ROLES: dict[str, Role] = {
    "figcaption": "caption",
    "figure": "caption",
    "nav": "navigation",
    "footer": "navigation",
    "aside": "related",
    "form": "navigation",
    "time": "date",
    "dialog": "navigation",
}
_ARIA_ROLES: dict[str, Role] = {
    "navigation": "navigation",
    "banner": "navigation",
    "contentinfo": "navigation",
    "search": "navigation",
    "dialog": "navigation",
    "alertdialog": "navigation",
    "complementary": "related",
}
_NAMING = ("id", "aria-labelledby", "data-component", "data-testid")
"""Attributes beside class that name an element's part on the page."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SKIP_WORDS = re.compile("تخط|تجاوز|skip|نظر انداز|چھوڑ", re.I)
# Letters, digits and punctuation that cleaning leaves as they are (no marks to compose, nothing
# invisible).
_PLAIN = re.compile(
    "[ -~\n\u060c\u061b\u061f-\u064a\u0660-\u0669\u066e-\u06bf\u06c1\u06c3-\u06d2\u06d4\u00ab\u00bb“”‘’–—…]*"
)
# Inline elements whose role makes them a block of their own; those of other roles (auto-linked
# tags) are words.
_INLINE_ROLES = frozenset(("byline", "date"))


@dataclass(slots=True)
class Block:
    """A run of text between two block boundaries. Lengths are in characters.

    `owner` is the innermost block element around it; `flags` are the elements around it that have a
    role, outermost first. `linked` is how much of `text` is in links, `unlinked` the rest. `order`
    is its place on the page. `is_prose`: it reads like running text rather than a label, a link or
    a heading.
    """

    text: str
    owner: Element
    order: int
    linked: int
    unlinked: int
    is_heading: bool
    is_bold: bool
    is_prose: bool
    flags: tuple[tuple[Element, Role], ...]


@dataclass(slots=True)
class Page:
    """All blocks, and where elements stand among them: `spans[element]` is its half-open range of
    blocks."""

    blocks: list[Block]
    spans: dict[Element, tuple[int, int]] = field(default_factory=dict)


def read_blocks(root: Element, removed: Iterable[Element] = ()) -> Page:
    """The blocks of the tree without what `removed` holds, scripts, forms' controls and what is
    hidden."""
    return _Reader(root, frozenset(removed)).read()


class _Reader:
    """One walk over the tree: collects inline text until a block element begins or ends."""

    def __init__(self, root: Element, removed: frozenset[Element]) -> None:
        self._root = root
        self._removed = removed
        self._page = Page([])
        self._owners: list[Element] = [root]
        self._starts: list[int] = []
        self._flags: list[tuple[Element, Role]] = []
        self._skips: dict[str, int] = {}
        self._link_depth = 0
        self._bold_depth = 0
        self._clear()

    def read(self) -> Page:
        walk = etree.iterwalk(self._root, events=("start", "end"))
        seen = 0
        for event, element in walk:
            if event == "end":
                self._leave(element, element.tag)
                continue
            seen += 1
            if seen > MAX_ELEMENTS:
                break
            attributes = dict(element.items())
            if self._is_skipped(element, attributes):
                self._starts.append(_NOT_READ)
                walk.skip_subtree()
            else:
                self._enter(element, element.tag, attributes)
        self._flush()
        return self._page

    def _is_skipped(self, element: Element, attributes: dict[str, str]) -> bool:
        if element.tag in _SKIPPED or (self._removed and element in self._removed):
            return True
        if "hidden" in attributes or (
            "style" in attributes and _HIDDEN.search(attributes["style"])
        ):
            return True
        return element.tag in _FURNITURE and self._is_mere_furniture(element, attributes)

    def _is_mere_furniture(self, element: Element, attributes: dict[str, str]) -> bool:
        """Whether a <nav> or <footer> is the page's own, and neither a trail of sections nor, by a
        tag left open, around a story. A third of a page's elements is spared so."""
        if (
            any(owner.tag == "article" for owner in self._owners)
            or "bread" in attributes.get("class", "").lower()
        ):
            return False
        return next(element.iter("h1", "article", "p", "time"), None) is None

    def _enter(self, element: Element, tag: str, attributes: dict[str, str]) -> None:
        if tag == "br":
            self._break()
            self._starts.append(_NOT_READ)
            return
        is_block = tag in _BLOCKS
        role = self._role(tag, is_block, attributes)
        if self._parts and (is_block or role):
            self._flush()
        if is_block:
            self._owners.append(element)
        if role:
            self._flags.append((element, role))
        self._starts.append(len(self._page.blocks))
        if tag == "a":
            self._note_skip_link(element, attributes)
            self._link_depth += 1
        elif tag in _BOLD:
            self._bold_depth += 1
        if text := element.text:
            self._add(text)

    def _role(self, tag: str, is_block: bool, attributes: dict[str, str]) -> Role:
        """The part an element plays on the page, by its tag, its ARIA role, or its names."""
        role = _TAG_ROLES.get(tag, "")
        if tag == "footer" and any(owner.tag == "article" for owner in self._owners):
            role = ""  # a story's own foot holds its date and byline
        if attributes:
            if self._skips and self._arrives(attributes.get("id")):
                return "navigation"
            if not role and "role" in attributes:
                role = _ARIA_ROLES.get(attributes["role"], "")
            if not role and "class" in attributes:
                role = _named_role(attributes["class"])
            if not role and is_block:
                role = self._role_by_other_names(attributes)
        if (
            role
            and not is_block
            and (role not in _INLINE_ROLES or (tag == "a" and self._owners[-1].tag == "p"))
        ):
            return ""
        return role

    def _role_by_other_names(self, attributes: dict[str, str]) -> Role:
        for name in _NAMING:
            if name in attributes and (role := _named_role(attributes[name])):
                return role
        return ""

    def _leave(self, element: Element, tag: str) -> None:
        start = self._starts.pop()
        if start != _NOT_READ:
            if tag in _BLOCKS:
                if self._parts:
                    self._flush()
                self._owners.pop()
            if self._flags and self._flags[-1][0] is element:
                self._flush()
                self._flags.pop()
            if tag == "a":
                self._link_depth -= 1
            elif tag in _BOLD:
                self._bold_depth -= 1
            self._page.spans[element] = (start, len(self._page.blocks))
        tail = element.tail
        if tail and element is not self._root:
            self._add(tail)

    def _add(self, text: str) -> None:
        if text.isspace():
            if self._parts:
                self._parts.append(" ")
            return
        self._parts.append(text.replace("\n", " "))
        letters = len(text.strip())
        if self._link_depth:
            self._linked += letters
        if not self._bold_depth:
            self._not_bold += letters

    def _break(self) -> None:
        """One <br> breaks a line, the next one right behind it ends the paragraph."""
        for part in reversed(self._parts):
            if part == "\n":
                self._flush()
                return
            if part.strip():
                break
        self._parts.append("\n")

    def _flush(self) -> None:
        if not self._parts:
            return
        text = _tidy("".join(self._parts))
        if text:
            owner, linked = self._owners[-1], min(self._linked, len(text))
            is_heading = owner.tag in HEADINGS
            self._page.blocks.append(
                Block(
                    text=text,
                    owner=owner,
                    order=len(self._page.blocks),
                    linked=linked,
                    unlinked=len(text) - linked,
                    is_heading=is_heading,
                    is_bold=self._not_bold == 0,
                    is_prose=not is_heading and len(text) - linked >= max(_PROSE, linked),
                    flags=tuple(self._flags[:_MAX_FLAGS]),
                )
            )
        self._clear()

    def _clear(self) -> None:
        self._parts: list[str] = []
        self._linked = 0
        self._not_bold = 0

    def _note_skip_link(self, element: Element, attributes: dict[str, str]) -> None:
        """A page that offers to skip a part ("skip the recommendations") says that this part is not
        the story."""
        target = attributes.get("href", "")
        if target.startswith("#") and len(target) > 1 and _SKIP_WORDS.search(text_of(element, 20)):
            self._skips.setdefault(target[1:], len(self._page.blocks))

    def _arrives(self, name: str | None) -> bool:
        """Marks what a skip link skips when its target is reached; whether the target is only an
        end mark."""
        if name is None or name not in self._skips:
            return False
        self._flush()
        for block in self._page.blocks[self._skips.pop(name) :]:
            block.flags = (*block.flags, (block.owner, "navigation"))
        return name.startswith("end")


def _tidy(text: str) -> str:
    """`clean(text)` with spaces run together; most blocks are short and plain, and spared the full
    treatment."""
    if "\n" in text:
        text = "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))
    else:
        text = " ".join(text.split())
    return text if _PLAIN.fullmatch(text) else clean(text)


@lru_cache(maxsize=4096)
def _named_role(names: str) -> Role:
    return role_of(names[:200])
