"""JSON-LD blocks as nodes: found in the page's scripts, unwrapped, mended and loaded.

Real blocks are wrapped in CDATA or comments, end in a semicolon, carry trailing commas and raw line
breaks. A block that cannot be mended is skipped.
"""

import json
import re
from collections.abc import Iterator

from crawler.extraction.tree import PageTree

Node = dict[str, object]

_WRAPPERS = (("<![CDATA[", "]]>"), ("<!--", "-->"), ("/*", "*/"), ("//", "//"))
_MAX_WRAPPERS = 3
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_MAX_BLOCK_CHARS = 1_000_000
_MAX_NODES = 2_000
_NESTING_KEYS = ("mainEntity", "@graph")


def jsonld_nodes(tree: PageTree) -> Iterator[Node]:
    """Yield every node at the top of a JSON-LD block, in a list or @graph there, or named as the
    main entity of such a node; at most _MAX_NODES, in the page's order."""
    waiting = [_load(text) for text in reversed(_jsonld_texts(tree))]
    count = 0
    while waiting and count < _MAX_NODES:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value[:_MAX_NODES]))
        elif isinstance(value, dict):
            count += 1
            yield value
            nested = [value.get(key) for key in _NESTING_KEYS]
            waiting.extend(each for each in nested if isinstance(each, list | dict))


def _jsonld_texts(tree: PageTree) -> list[str]:
    return [
        script.text or ""
        for script in tree.root.iter("script")
        if "ld+json" in (script.get("type") or "").lower()
    ]


def _load(text: str) -> object:
    """Return the value of a block; None for one that is too long or cannot be mended."""
    if len(text) > _MAX_BLOCK_CHARS:
        return None
    text = _unwrapped(text)
    for attempt in (text, _TRAILING_COMMA.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _unwrapped(text: str) -> str:
    """Return the JSON in `text` without CDATA marks, comment marks and semicolons around it."""
    for _ in range(_MAX_WRAPPERS):
        for start, end in _WRAPPERS:
            text = text.strip("; \t\r\n").removeprefix(start).removesuffix(end)
    return text
