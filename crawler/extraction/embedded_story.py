"""The text of a story that a page keeps as JSON for a script to print: in scripts of type
application/json, in the state that a framework leaves (__NEXT_DATA__, __NUXT__), in data
attributes.

The story is in the node that carries the page's headline. No script is run: state that is no JSON
is only told.
"""

import re
from collections.abc import Collection, Iterator
from itertools import islice
from typing import NamedTuple

from lxml import etree

from crawler.extraction.blocks import read_blocks
from crawler.extraction.embedded_json import Node, loads, value_at
from crawler.extraction.furniture import is_furniture
from crawler.extraction.paragraphs import join_paragraphs
from crawler.extraction.tree import PageTree
from crawler.extraction.values import first, plain_line, split_names
from crawler.text.letters import fold_words
from crawler.text.markup import has_too_many_attributes

_DATA_ATTRIBUTES = etree.XPath("//@*[starts-with(name(), 'data-') and string-length() > 200]")
_KIND_OF_STATE = "_?(?:State|STATE|Data|DATA)"
_ASSIGNMENT = r"[\"'\]]{0,2}\s{0,20}=\s{0,20}(?P<parse>JSON\.parse\(\s{0,20})?"
_STATES = {
    mark: re.compile(f"{mark}{rest}{_ASSIGNMENT}")
    for mark, rest in {
        "__": "[A-Z][A-Z_]{1,40}__",
        "nitial": _KIND_OF_STATE,
        "INITIAL": _KIND_OF_STATE,
        "reloaded": _KIND_OF_STATE,
        "PRELOADED": _KIND_OF_STATE,
    }.items()
}
"""The names of variables that hold a state, by the string that each begins with; most scripts have
none of these strings."""
_NUXT_DATA = "__NUXT_DATA__"
"""Id of a script whose JSON is a list, in which numbers stand for other items of the list."""
_BODY_KEYS = frozenset(
    split_names("""
        body content text html articlebody bodytext bodyhtml fulltext full_text story details
        description_long paragraphs blocks components elements contentelements content_elements
        rendered value children model article post_content postcontent newsbody storybody data items
    """)
)
_TYPE_KEYS = ("type", "_type", "blockType", "__typename")
_OTHER_TYPES = re.compile(
    "related|recommend|latest|comment|popular|caption|image|media|video|youtube|embed|tweet", re.I
)
"""Types of nodes that hold no text of the story."""
_PARAGRAPH_TYPES = re.compile("(?:block|p|paragraph|h[1-6]|heading|list-?item)$", re.I)
"""Types of nodes whose lists hold pieces of one text: words in bold, links."""
_MAX_JSON_CHARS, _MAX_TEXTS = 1_000_000, 100
_MAX_VALUES = 50_000
_MAX_NODES, _MAX_PARTS = 20, 2_000
"""Nodes with the headline in one JSON value, and texts in one node, that are read."""
_MAX_DEPTH = 12
"""Levels between a node with the headline and the text of its paragraphs."""
_MAX_STORY_CHARS = 200_000


class EmbeddedStory(NamedTuple):
    """`text`: the story's paragraphs, None when no node carries the headline; `is_unreadable`: a
    script of the page keeps a state that is no JSON."""

    text: str | None
    is_unreadable: bool


def find_embedded_story(tree: PageTree, titles: Collection[str]) -> EmbeddedStory:
    """Return the longest text in a node of the page's embedded JSON that has one of `titles`."""
    wanted = {fold_words(title) for title in titles} - {""}
    texts: list[str] = []
    is_unreadable = False
    for value in _values(tree):
        if value is None:
            is_unreadable = True
            continue
        for node in islice(_nodes_with_title(value, wanted), _MAX_NODES):
            text = join_paragraphs(_paragraphs(node))
            if text is not None:
                texts.append(text)
    return EmbeddedStory(max(texts, key=len, default=None), is_unreadable)


def _values(tree: PageTree) -> Iterator[object]:
    """Yield the JSON values in the page; None for a state that is no JSON."""
    for script in tree.listed["script"]:
        text = script.text or ""
        if not text.strip() or len(text) > _MAX_JSON_CHARS:
            continue
        kind = (script.get("type") or "").lower()
        if "ld+json" in kind:
            continue
        if "json" in kind or script.get("id") == "__NEXT_DATA__":
            value = loads(text.strip())
            is_numbered = script.get("id") == _NUXT_DATA and isinstance(value, list)
            yield _with_references(value) if is_numbered else value
            continue
        if "__next_f.push" in text:
            yield None
        for mark, states in _STATES.items():
            if mark in text:
                yield from (value_at(text, state) for state in states.finditer(text))
    attributes = _DATA_ATTRIBUTES(tree.root)
    for attribute in attributes[:_MAX_TEXTS] if isinstance(attributes, list) else ():
        text = str(attribute).strip()
        if text.startswith(("{", "[")) and len(text) <= _MAX_JSON_CHARS:
            yield loads(text) or {}


def _with_references(values: object) -> object:
    """Return the nodes of a numbered list with the items that their numbers stand for, one level
    deep, which is as deep as headline and text stand."""
    if not isinstance(values, list):
        return values

    def item(value: object) -> object:
        is_reference = type(value) is int and 0 <= value < len(values)
        return values[value] if is_reference and isinstance(value, int) else value

    nodes = [value for value in values if isinstance(value, dict)]
    return [{key: item(value) for key, value in node.items()} for node in nodes]


def _nodes_with_title(value: object, wanted: Collection[str]) -> Iterator[Node]:
    """Yield the nodes in `value` of which a property is one of the folded titles `wanted`."""
    waiting = [value]
    max_chars = 2 * max(map(len, wanted), default=0)
    for _ in range(_MAX_VALUES):
        if not waiting:
            return
        current = waiting.pop()
        if isinstance(current, list):
            waiting.extend(current[:_MAX_VALUES])
        elif isinstance(current, dict):
            if any(_is_title(each, wanted, max_chars) for each in current.values()):
                yield current
            waiting.extend(each for each in current.values() if isinstance(each, list | dict))


def _is_title(value: object, wanted: Collection[str], max_chars: int) -> bool:
    if isinstance(value, dict):
        value = value.get("rendered")  # WordPress's {"title": {"rendered": "..."}}
    if not isinstance(value, str) or len(value) > max_chars:
        return False
    return fold_words(plain_line(value) or "") in wanted


def _paragraphs(node: Node) -> list[str]:
    """Return the paragraphs of the longest property of `node` that is named like a story's text."""
    candidates = [
        [line for text in islice(texts_in(value), _MAX_PARTS) for line in _lines(text)]
        for key, value in node.items()
        if key.lower().replace("-", "_") in _BODY_KEYS
    ]
    return max(candidates, key=lambda lines: sum(map(len, lines)), default=[])


def texts_in(value: object) -> Iterator[str]:
    """Yield the texts in a JSON value, in order: itself, the items of a list, the properties of a
    node that are named like text; at most _MAX_STORY_CHARS characters in all."""
    waiting = [(value, 0)]
    chars = 0
    for _ in range(_MAX_VALUES):
        if not waiting or chars > _MAX_STORY_CHARS:
            return
        current, depth = waiting.pop()
        if isinstance(current, str):
            chars += len(current)
            yield current[:_MAX_STORY_CHARS]
        elif depth < _MAX_DEPTH and isinstance(current, list):
            waiting.extend((each, depth + 1) for each in reversed(current[:_MAX_VALUES]))
        elif depth < _MAX_DEPTH and isinstance(current, dict):
            waiting.extend((each, depth + 1) for each in reversed(_texts_of_node(current)))


def _texts_of_node(node: Node) -> list[object]:
    """Return the properties of a node that are named like text; none of a picture's or the like."""
    kind = first(str(node.get(key) or "") for key in _TYPE_KEYS) or ""
    if _OTHER_TYPES.search(kind):
        return []
    values = [value for key, value in node.items() if key.lower() in _BODY_KEYS]
    if _PARAGRAPH_TYPES.match(kind):
        return [_joined(value) for value in values]
    return values


def _joined(value: object) -> object:
    """Return a list of nodes with a text each as one text; any other value unchanged."""
    pieces = value if isinstance(value, list) else []
    texts = [piece.get("text") for piece in pieces[:_MAX_PARTS] if isinstance(piece, dict)]
    words = [text for text in texts if isinstance(text, str)]
    return "".join(words) if words and len(words) == len(pieces) else value


def _lines(text: str) -> list[str]:
    """Return the paragraphs of a text, which may be HTML."""
    if "<" not in text:
        return [line for part in text.splitlines() if (line := plain_line(part))]
    if has_too_many_attributes(text):
        return []
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    root = etree.fromstring(f"<html><body>{text}</body></html>".encode("utf-8", "replace"), parser)
    if root is None:
        return []
    return [
        block.text
        for block in read_blocks(root).blocks
        if not block.is_caption
        and not block.has_role("caption", "related", "share", "ad")
        and not is_furniture(block.text, block.linked_chars)
    ]
