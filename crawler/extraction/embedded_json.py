"""JSON-LD blocks as nodes: found in the page's scripts, unwrapped, mended and loaded.

Real blocks are wrapped in CDATA or comments, end in a semicolon, carry trailing commas and raw line
breaks. Of a block that is broken for good, the parts that can be read are taken, and it is told.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from crawler.extraction.tree import PageTree

Node = dict[str, object]

_STARTS = ("<![CDATA[", "&lt;![CDATA[", "<!--", "/*", "*/", "//")
_ENDS = ("]]>", "]]&gt", "-->", "/*", "*/", "//")  # a semicolon at the end is stripped first
_MAX_WRAPPERS = 4
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_FALSE_ESCAPE = re.compile(r'(\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))|\\')
_QUOTE = re.compile(
    r'(?P<escaped>\\.)|"(?P<closes>\s*+(?:[:}\]]|,\s*+["{\[\-\dtfn]|\Z))?', re.DOTALL
)
_MAX_BLOCK_CHARS = 1_000_000
_MAX_NODES = 2_000
_NESTING_KEYS = ("mainEntity", "@graph")
_BETWEEN_VALUES = re.compile(r"[\s,;]*")

# Of a block that no mending makes JSON: the properties of its article, each read by itself.
_PROPERTY = re.compile(
    r'"(?P<name>@type|headline|datePublished|dateModified|dateCreated|articleSection)"'
    r'\s*:\s*"(?P<value>[^"\\]*+)"'
)
_AUTHOR = re.compile(r'"author"\s*:\s*(?:\[\s*)?(?:\{[^{}]*?"name"\s*:\s*)?"(?P<name>[^"\\]*+)"')
_ARTICLE_TYPE = re.compile("Article|Posting|Report")

_DECODER = json.JSONDecoder(strict=False)


class JsonLd(NamedTuple):
    """The nodes of a page's JSON-LD; `is_broken`: a block could not be read whole."""

    nodes: list[Node]
    is_broken: bool


def read_jsonld_blocks(tree: PageTree) -> JsonLd:
    """Return every node at the top of a JSON-LD block, in a list or @graph there, or named as the
    main entity of such a node; at most _MAX_NODES, in the page's order."""
    values: list[object] = []
    is_broken = False
    for text in _jsonld_texts(tree):
        loaded, is_whole = _load(text)
        values += loaded
        is_broken = is_broken or not is_whole
    return JsonLd(list(_nodes(values)), is_broken)


def _nodes(values: list[object]) -> Iterator[Node]:
    waiting = values[::-1]
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
        script.text
        for script in tree.listed["script"]
        if "ld+json" in (script.get("type") or "").lower() and script.text
    ]


def _load(text: str) -> tuple[list[object], bool]:
    """Return the values in a block, and whether the block is sound JSON but for wrappers, trailing
    commas and line breaks."""
    if len(text) > _MAX_BLOCK_CHARS:
        return [], False
    text = unwrapped(text)
    if text in ("", "null"):
        return [], True
    for attempt in (text, _TRAILING_COMMA.sub("", text)):
        value = loads(attempt)
        if value is not None:
            return [value], True
    for attempt in _mended(text):
        values = _values_in_row(attempt)
        if values:
            return values, False
    return list(_article_in_pieces(text)), False


def loads(text: str) -> object:
    """Return the value of a JSON text, None for one that is no JSON."""
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None


def value_at(text: str, assignment: re.Match[str]) -> object:
    """Return the JSON value behind `assignment`, the name of a variable and "="; None for anything
    else. The group `parse` matches where the value is a string of JSON."""
    try:
        value, _ = _DECODER.raw_decode(text, assignment.end())
    except (ValueError, RecursionError):
        return None
    if assignment["parse"]:
        return loads(value) if isinstance(value, str) else None
    return value if isinstance(value, dict | list) else {}


def _mended(text: str) -> Iterator[str]:
    """Yield `text` with one more fault undone each time: HTML escapes, false escapes, quotation
    marks inside a string."""
    yield text
    if "&quot;" in text or "&#34;" in text:
        yield unwrapped(html.unescape(text))
    text = _TRAILING_COMMA.sub("", _FALSE_ESCAPE.sub(r"\1", text))
    yield text
    yield _with_quotes_escaped(text)


def _with_quotes_escaped(text: str) -> str:
    """Return `text` with a backslash before each quotation mark inside a string: behind one that
    ends a string stands the punctuation of JSON."""
    is_inside = False
    parts = []
    position = 0
    while match := _QUOTE.search(text, position):
        parts.append(text[position : match.start()])
        if match["escaped"]:
            parts.append(match[0])
            position = match.end()
            continue
        is_inner = is_inside and match["closes"] is None
        parts.append('\\"' if is_inner else '"')
        is_inside = is_inside if is_inner else not is_inside
        position = match.start() + 1
    return "".join([*parts, text[position:]])


def _values_in_row(text: str) -> list[object]:
    """Return the JSON values that follow each other in `text`; [] when anything else is among
    them."""
    values: list[object] = []
    position = 0
    while position < len(text):
        try:
            value, end = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError):
            return []
        values.append(value)
        between = _BETWEEN_VALUES.match(text, end)
        position = between.end() if between else end
    return values


def _article_in_pieces(text: str) -> Iterable[Node]:
    """Yield a node of the properties of an article that can be read one by one; none when the block
    names no article or two of them."""
    types = [each["value"] for each in _PROPERTY.finditer(text) if each["name"] == "@type"]
    articles = [name for name in types if _ARTICLE_TYPE.search(name)]
    if len(articles) != 1:
        return
    node: Node = {}
    for each in _PROPERTY.finditer(text):
        node.setdefault(each["name"], each["value"])
    node["@type"] = articles[0]
    author = _AUTHOR.search(text)
    if author:
        node["author"] = {"name": author["name"]}
    yield node


def unwrapped(text: str) -> str:
    """Return the JSON in `text` without CDATA marks, comment marks and semicolons around it."""
    for _ in range(_MAX_WRAPPERS):
        for start in _STARTS:
            text = text.strip("; \t\r\n").removeprefix(start)
        for end in _ENDS:
            text = text.strip("; \t\r\n").removesuffix(end)
    return text.strip("; \t\r\n")
