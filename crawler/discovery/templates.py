"""Templates of addresses and forms: the fields {date...}, {each}, {n} and {next}, and their
values."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from urllib.parse import unquote

FieldName = str
_FIELD = re.compile(r"\{(?P<name>date|each|next|n)(?:[.:][^{}]*)?\}")
_FIELD_NAMES = ("date", "each", "n", "next")
_WORD_IN_BRACES = re.compile(r"\{(?P<name>\w+)(?:[.:][^{}]*)?\}")
_ADDRESS_FIELD = re.compile(r"\{([^{}]*)\}")
_A_DAY = date(2000, 11, 22)  # any day shows the shape of a printed one


@dataclass(frozen=True, slots=True)
class FieldValues:
    """The values that fill a template; None where it has no such field.

    number: of a page. cursor: what the page before gave for {next}; None on the first page.
    """

    day: date | None = None
    each: str | None = None
    number: int | None = None
    cursor: str | None = None


UNFILLED = FieldValues()


def has_field(template: str, name: FieldName) -> bool:
    """Return True if the template has a field called `name`: "date", "each", "n" or "next"."""
    return any(field["name"] == name for field in _FIELD.finditer(template))


def fill(template: str, values: FieldValues) -> str:
    """Return the template with its fields filled, as `str.format` does; other braces stay.

    Raises LookupError, AttributeError or ValueError for a field that cannot be printed.
    """
    printed = {
        "date": values.day,
        "each": values.each,
        "n": values.number,
        "next": values.cursor or "",
    }
    return _FIELD.sub(lambda field: field[0].format_map(printed), template)


def address_fields(template: str) -> list[str]:
    """Return the names of the fields of an address that is made from values: "{id}"."""
    return _ADDRESS_FIELD.findall(template)


def fill_address(template: str, value_of: Callable[[str], str | None]) -> str | None:
    """Return the template with each field replaced by `value_of(name)`, None if a field has no
    value."""
    values = {name: value_of(name) for name in address_fields(template)}
    if None in values.values():
        return None
    return _ADDRESS_FIELD.sub(lambda field: values[field[1]] or "", template)


def stray_brace(template: str) -> str | None:
    """Return the template from its first brace on that belongs to no field; None without one."""
    without_fields = _FIELD.sub(lambda field: " " * len(field[0]), template)
    brace = re.search(r"[{}]", without_fields)
    return template[brace.start() :] if brace else None


def misspelt_field(template: str) -> str | None:
    """Return what looks like a field of a form and is none, "{eech}"; None without one.

    A text that is sent as it stands may have other braces: a word in them that follows a word is a
    part of GraphQL, "posts {text}".
    """
    without_fields = _FIELD.sub(lambda field: " " * len(field[0]), template)
    for braces in _WORD_IN_BRACES.finditer(without_fields):
        before = without_fields[: braces.start()].rstrip()
        follows_word = re.search(r"\w$", before) is not None
        is_whole = braces[0] == template
        is_like_one = bool(get_close_matches(braces["name"], _FIELD_NAMES, 1))
        if is_whole or (is_like_one and not follows_word):
            return braces[0]
    return None


def pattern_of(template: str, each: tuple[str, ...]) -> str:
    """Return a pattern of the percent-decoded addresses that the template stands for, on any day,
    with any number and the values of `each`."""
    return "".join(_pattern_parts(template, each))


def _pattern_parts(template: str, each: tuple[str, ...]) -> Iterator[str]:
    end = 0
    for field in _FIELD.finditer(template):
        yield re.escape(unquote(template[end : field.start()]))
        end = field.end()
        match field["name"]:
            case "each":
                yield f"(?:{'|'.join(re.escape(unquote(value)) for value in each)})"
            case "n":
                yield r"\d+"
            case "next":
                yield "[^&]*"
            case _:
                yield _shape(field[0].format(date=_A_DAY))
    yield re.escape(unquote(template[end:]))


def _shape(printed: str) -> str:
    """Return a pattern of what is printed like `printed`: its numbers and words may differ."""
    with_numbers = re.sub(r"\d+", r"\\d+", re.escape(printed))
    return re.sub(r"(?<!\\)[^\W\d_]+", r"[^\\W\\d_]+", with_numbers)
