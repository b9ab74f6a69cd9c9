"""Templates of pages and documents: text with named placeholders, in the manner of Mustache.

`{{headline}}`: the value, escaped for HTML unless the template is a .json file.
`{{published|%d/%m/%Y|arabic}}`: the value through filters, see `tools.written.printed`.
`{{#tags}}<a>{{.}}</a>{{/tags}}`: once for each item of a list, or once if a value is not empty.
Inside stand `number` (from 1), `last`, and the values of an item that has names.
`{{^last}},{{/last}}`: only if the value is empty or false.
`{{paragraphs[0]}}`, `{{#paragraphs[1:]}}...{{/paragraphs}}`: an item, a part of a list.
`{{>card.html}}`, `{{>body.html|json}}`: another template in its place.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

Scope = Mapping[str, object]
Filter = Callable[[object, str], object]
"""Takes a value and the name of the filter as the template has it."""

_TAG = re.compile(r"\{\{([#^/>]?)\s*(.+?)\s*\}\}", re.DOTALL)
_NAME = re.compile(r"(?P<key>\w+|\.)(?:\[(?P<first>-?\d*)(?P<colon>:?)(?P<end>-?\d*)\])?")
_ALONE = re.compile(r"^[ \t]*(\{\{[#^/][^{}]*\}\})[ \t]*\n", re.MULTILINE)
"""The sign of a section that stands alone in its line: the line is not printed."""

_UNESCAPED = frozenset({"raw", "json", "php_json", "html"})


class TemplateError(ValueError):
    """A template that cannot be filled; the message names the placeholder."""


@dataclass(frozen=True, slots=True)
class _Tag:
    """A placeholder with the text before it. `sign`: "", "#", "^", "/", ">", or "end"."""

    before: str
    sign: str
    name: str


@dataclass(frozen=True)
class Templates:
    """The templates that one outlet can use.

    `read` returns the text of the template of a name; `apply` applies a filter.
    """

    read: Callable[[str], str]
    apply: Filter

    def fill(self, name: str, values: Scope) -> str:
        """Return the template `name`, filled. Raises TemplateError."""
        try:
            return self._fill(name, (values,))
        except (TemplateError, OSError) as error:
            raise TemplateError(f"{name}: {error}") from None

    def _fill(self, name: str, scopes: tuple[Scope, ...]) -> str:
        tags = _tags(self.read(name))
        return "".join(self._filled(tags, scopes, escaped=not name.endswith(".json"), end="end"))

    def _filled(
        self, tags: Iterator[_Tag], scopes: tuple[Scope, ...], *, escaped: bool, end: str
    ) -> Iterator[str]:
        """Yield the filled text up to the tag that ends the section `end`."""
        for tag in tags:
            yield tag.before
            if tag.sign in ("/", "end"):
                if tag.name != end:
                    raise TemplateError(f"{tag.name!r} ends, but {end!r} is open")
                return
            if tag.sign in ("#", "^"):
                yield from self._section(tag, list(_section(tags, tag)), scopes, escaped=escaped)
            else:
                yield self._value(tag, scopes, escaped=escaped)

    def _section(
        self, opening: _Tag, tags: Sequence[_Tag], scopes: tuple[Scope, ...], *, escaped: bool
    ) -> Iterator[str]:
        value = _find(opening.name, scopes)
        end = opening.name.partition("[")[0]
        if opening.sign == "^":
            if not value:
                yield from self._filled(iter(tags), scopes, escaped=escaped, end=end)
            return
        if not value:
            return
        items = value if isinstance(value, list) else [value]
        for number, item in enumerate(items, start=1):
            place: Scope = {".": item, "number": number, "last": number == len(items)}
            inner = (*scopes, place, item) if isinstance(item, Mapping) else (*scopes, place)
            yield from self._filled(iter(tags), inner, escaped=escaped, end=end)

    def _value(self, tag: _Tag, scopes: tuple[Scope, ...], *, escaped: bool) -> str:
        name, *filters = re.split(r"\s*\|\s*", tag.name)
        value = self._fill(name, scopes) if tag.sign == ">" else _find(name, scopes)
        for each in filters:
            value = self.apply(value, each)
        if isinstance(value, list | Mapping):
            raise TemplateError(f"{tag.name!r} is not one value")
        text = value.isoformat() if isinstance(value, datetime) else str(value)
        if not escaped or tag.sign == ">" or _UNESCAPED.intersection(filters):
            return text
        return html.escape(text)


def _tags(text: str) -> Iterator[_Tag]:
    """Yield the placeholders of a template in their order, at last its end."""
    text = _ALONE.sub(r"\1", text)
    begin = 0
    for match in _TAG.finditer(text):
        yield _Tag(text[begin : match.start()], match[1], match[2])
        begin = match.end()
    yield _Tag(text[begin:], "end", "end")


def _section(tags: Iterator[_Tag], opening: _Tag) -> Iterator[_Tag]:
    """Yield the tags of the section that `opening` opens, the tag that ends it included."""
    depth = 1
    for tag in tags:
        yield tag
        depth += {"#": 1, "^": 1, "/": -1}.get(tag.sign, 0)
        if depth == 0:
            return
    raise TemplateError(f"{opening.name!r} is not ended")


def _find(name: str, scopes: tuple[Scope, ...]) -> object:
    """Return the value of a name in the innermost scope that has it."""
    match = _NAME.fullmatch(name)
    if not match:
        raise TemplateError(f"{name!r} is no name")
    for scope in reversed(scopes):
        if match["key"] in scope:
            return _item(scope[match["key"]], match)
    raise TemplateError(f"{name!r} has no value")


def _item(value: object, name: re.Match[str]) -> object:
    """Return the part of a list between the brackets of a name, or the value itself."""
    if name["first"] is None or not isinstance(value, list):
        return value
    if name["colon"]:
        return value[int(name["first"] or 0) : int(name["end"]) if name["end"] else None]
    return value[int(name["first"])]
