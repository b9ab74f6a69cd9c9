"""JMESPath expressions (jmespath.org): where a value stands in a JSON document."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import jmespath  # type: ignore[import-untyped]
from jmespath.exceptions import JMESPathError  # type: ignore[import-untyped]
from jmespath.functions import Functions  # type: ignore[import-untyped]
from jmespath.parser import ParsedResult  # type: ignore[import-untyped]


@lru_cache(maxsize=4096)
def compiled(expression: str) -> ParsedResult:
    """Return the expression, ready to search.

    Raises ValueError for one that is no JMESPath, or calls a function that there is not, or with
    another number of arguments: `jmespath` says the latter when it searches, and not always then.
    """
    try:
        ready = jmespath.compile(expression)
    except ValueError as error:
        problem = " ".join(str(error).split())
        raise ValueError(f"{expression!r} is not a JMESPath: {problem}") from None
    for call in _calls(ready.parsed):
        call_problem = _call_problem(call["value"], len(call["children"]))
        if call_problem is not None:
            raise ValueError(f"{expression!r} is not a JMESPath: {call_problem}")
    return ready


def search(expression: str, document: object) -> object:
    """Return the value of `document` that the expression points at; None where it points at
    nothing, or gives a function a value of a type that it does not take."""
    path = compiled(expression)
    try:
        return path.search(document)
    except (JMESPathError, RecursionError):
        return None


def _calls(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the calls of functions in a parsed expression."""
    if node["type"] == "function_expression":
        yield node
    for child in node["children"]:
        if isinstance(child, dict):
            yield from _calls(child)


def _call_problem(name: str, arguments: int) -> str | None:
    """Return what is wrong with a call of the function `name`, None for a good one."""
    if name not in Functions.FUNCTION_TABLE:
        return f"there is no function {name}()"
    signature = Functions.FUNCTION_TABLE[name]["signature"]
    takes_more = any(parameter.get("variadic") for parameter in signature)
    if arguments < len(signature) or (arguments > len(signature) and not takes_more):
        return f"{name}() takes {len(signature)} values, not {arguments}"
    return None
