"""The JSON document in a page that an outlet's layout declares (`Layout.data`): its fields, which
JMESPaths find, and its story as HTML."""

import html
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from crawler.discovery import json_paths
from crawler.extraction.claims import Claims
from crawler.extraction.embedded_json import loads, unwrapped, value_at
from crawler.extraction.embedded_story import texts_in
from crawler.extraction.selectors import VALUE_FIELDS, elements, select, text_of_selected
from crawler.extraction.tree import Element, PageTree, parse_html
from crawler.extraction.values import (
    absolute_url,
    as_list,
    distinct,
    first,
    plain_line,
    split_names,
)
from crawler.outlet import Layout
from crawler.text.markup import has_too_many_attributes

_MAX_CHARS = 1_000_000
"""Characters of a document that is read."""
_MAX_VALUES, _MAX_TEXTS = 200, 2_000
"""Values of one field, and texts of a story, that are read."""
_ASSIGNMENT = re.compile(
    r"(?:(?:var|let|const)\s+)?[\w$.\[\]\"']{1,100}\s{0,20}=\s{0,20}(?P<parse>JSON\.parse\(\s{0,20})?"
)
_ANGULAR_ESCAPE = re.compile("&([aqslg]);")
_ANGULAR_CHARACTERS = {"a": "&", "q": '"', "s": "'", "l": "<", "g": ">"}
"""How Angular, up to its version 15, writes JSON into the page (TransferState)."""
_NAME_KEYS = split_names("name title label rendered")
_ADDRESS_KEYS = split_names("url src contentUrl href")
_TAG_SEPARATOR = re.compile("[,،]")
_ESCAPED_TAG = re.compile(r"&lt;/?[a-z]", re.I)
_TAG_OR_LINE_END = re.compile(r"<[^<>]*>|\n")
_LINE_TAG = re.compile(r"<(?:p|br|div|li|h[1-6]|tr|section|article|blockquote)\b", re.I)


@dataclass(frozen=True, slots=True)
class PageData:
    """`document`: the JSON document in which the fields of `layout` stand, None when the page has
    none that can be read."""

    layout: Layout
    document: object


@dataclass(frozen=True, slots=True)
class DataStory:
    """The HTML of a story out of a JSON document, in one tree under `root`: the element of the
    lead, that of the body, and what the layout removes from both."""

    root: Element
    lead: Element
    body: Element
    removed: tuple[Element, ...]


def find_data(tree: PageTree, layout: Layout) -> PageData | None:
    """Return the first JSON document that the selector `layout.data` selects and that has a value
    for a field, else the first that can be read; None for a layout that declares none."""
    if not layout.data:
        return None
    first_read = PageData(layout, None)
    for selected in select(tree, layout.data)[:_MAX_VALUES]:
        data = PageData(layout, _read_document(text_of_selected(selected)))
        if next(fields_with_values(data), None) is not None:
            return data
        if first_read.document is None:
            first_read = data
    return first_read


def read_data(data: PageData, url: str) -> Claims:
    """Return the claims of the fields in the data of the page at `url`."""
    layout = data.layout
    return Claims(
        headline=first(_lines(data, layout.headline)),
        published=_lines(data, layout.published, _date),
        modified=_lines(data, layout.modified, _date),
        authors=_lines(data, layout.authors),
        credits=_lines(data, layout.credit),
        section=first(reversed(_lines(data, layout.section))),
        tags=_tags(_lines(data, layout.tags)),
        image=first(_lines(data, layout.image, lambda value: _image(value, url))),
    )


def find_data_story(data: PageData, url: str) -> DataStory:
    """Return the lead and the body that stand in the data of the page at `url`."""
    root, lead, body = (etree.Element(name) for name in ("html", "div", "div"))
    root.extend([lead, body])
    for element, paths in ((lead, data.layout.lead), (body, data.layout.body)):
        for text in _story_texts(data, paths):
            element.extend(_elements_of(text))
    removed = elements(PageTree(root, url), data.layout.remove)
    return DataStory(root, lead, body, tuple(removed))


def fields_with_values(data: PageData) -> Iterator[str]:
    """Yield the names of the layout's fields that have a value in the data."""
    for name in VALUE_FIELDS:
        if any(values_at_path(data, path) for path in getattr(data.layout, name)):
            yield name


# The document


def _read_document(text: str) -> object:
    """Return the JSON object or list in a script or attribute, None for anything else. A script may
    assign it to a variable."""
    text = text.strip()
    if len(text) > _MAX_CHARS:
        return None
    values = map(_unpacked, _readings(text))
    return next((value for value in values if value and isinstance(value, dict | list)), None)


def _readings(text: str) -> Iterator[object]:
    yield loads(text)
    yield loads(unwrapped(text))
    if "&q;" in text:
        yield loads(_ANGULAR_ESCAPE.sub(lambda escape: _ANGULAR_CHARACTERS[escape[1]], text))
    if "&quot;" in text:
        yield loads(html.unescape(text))
    if assignment := _ASSIGNMENT.match(text):
        yield value_at(text, assignment)


def _unpacked(value: object) -> object:
    """Return the value in a string of JSON; any other value unchanged."""
    return loads(value) if isinstance(value, str) else value


# Its fields


def values_at_path(data: PageData, path: str) -> list[object]:
    """Return what a JMESPath selects in the data, but empty values."""
    values = as_list(json_paths.search(path, data.document))
    return [value for value in values[:_MAX_VALUES] if value not in (None, "", [], {})]


def _line(value: object) -> str | None:
    """Return the text of a string, or the name of an object."""
    if isinstance(value, dict):
        return first(plain_line(value.get(key)) for key in _NAME_KEYS)
    return plain_line(value)


def _date(value: object) -> str | None:
    """Return a date as text; of a number, which counts seconds or milliseconds, the whole ones."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return str(int(value)) if value and math.isfinite(value) else None
    return plain_line(value)


def _image(value: object, url: str) -> str | None:
    """Return the address of an image; None for a template of addresses ("{width}")."""
    if isinstance(value, dict):
        return first(_image(value.get(key), url) for key in _ADDRESS_KEYS)
    is_template = isinstance(value, str) and "{" in value
    return None if is_template else absolute_url(value, url)


def _lines(
    data: PageData,
    paths: Sequence[str],
    line_of: Callable[[object], str | None] = _line,
) -> tuple[str, ...]:
    """Return the lines that `line_of` makes of the values at the first path that has any."""
    return first(distinct(map(line_of, values_at_path(data, path))) for path in paths) or ()


def _tags(lines: Sequence[str]) -> tuple[str, ...]:
    """Return tags that stand each in a value, or all in one, parted by commas."""
    if len(lines) != 1:
        return tuple(lines)
    return distinct(part.strip() for part in _TAG_SEPARATOR.split(lines[0]))


# Its story


def _story_texts(data: PageData, paths: Sequence[str]) -> list[str]:
    """Return the texts, HTML or plain, at the first path that has any."""
    for path in paths:
        texts = [*islice(texts_in(json_paths.search(path, data.document)), _MAX_TEXTS)]
        if any(text.strip() for text in texts):
            return texts
    return []


def _elements_of(text: str) -> list[Element]:
    """Return the elements of a text, which may be HTML. The line ends of one without tags that part
    lines are shown."""
    if "<" not in text and _ESCAPED_TAG.search(text):
        text = html.unescape(text)
    if not text.strip() or has_too_many_attributes(text):
        return []
    if not _LINE_TAG.search(text):
        text = _TAG_OR_LINE_END.sub(lambda part: "<br>" if part[0] == "\n" else part[0], text)
    root = parse_html(f"<html><body><div>{text}</div></body></html>")
    body = None if root is None else root.find("body")
    return [] if body is None else [each for each in body if isinstance(each.tag, str)]
