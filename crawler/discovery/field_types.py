"""Holds the fields of a declaration against their annotations. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

_NAMES = {str: "a text", int: "a whole number", float: "a number", date: "a date"}
"""The types that are checked, as people call them; other types are the declaration's own matter."""

_NO_VALUE = object()


def type_problems(
    declaration: Any, *, unset: object = _NO_VALUE, left_out: Collection[str] = ()
) -> Iterator[str]:
    """Yield a problem, "field: ...", for each field of a dataclass's instance that is not the text,
    number, date, word or tuple of those that its annotation asks for.

    unset: the value of a field that is not declared. left_out: the names of fields not to check.
    """
    kind: type = type(declaration)
    for name, annotation in _annotations(kind).items():
        value = getattr(declaration, name)
        if value is unset or name in left_out:
            continue
        if problem := _problem(value, annotation):
            yield f"{name}: {problem}"


@cache
def _annotations(declaration: type) -> dict[str, Any]:
    """Return the annotation of each field: reading them anew for each declaration takes long."""
    hints = get_type_hints(declaration)
    return {field.name: hints[field.name] for field in fields(declaration)}


def _problem(value: object, annotation: Any) -> str | None:
    """Return the problem of a value that `annotation` does not allow, None for a good one."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return None if value in arguments else f"{value!r} is none of {', '.join(arguments)}"
    if NoneType in arguments and len(arguments) == 2:
        return None if value is None else _problem(value, arguments[0])
    if origin is tuple:
        if not isinstance(value, tuple):
            return f"{value!r} is not a tuple"
        is_list = arguments[-1] is Ellipsis
        problems = (_problem(item, arguments[0]) for item in value) if is_list else ()
        return next(filter(None, problems), None)
    if annotation in _NAMES and not _is_of_type(value, annotation):
        return f"{value!r} is not {_NAMES[annotation]}"
    return None


def _is_of_type(value: object, kind: type) -> bool:
    """Return whether `value` is a text, number or date; bool and datetime count as neither."""
    if isinstance(value, (bool, datetime)):
        return False
    return isinstance(value, (int, float) if kind is float else kind)
