"""JMESPath expressions (jmespath.org): where a value stands in a JSON document."""

from functools import lru_cache

import jmespath  # type: ignore[import-untyped]
from jmespath.parser import ParsedResult  # type: ignore[import-untyped]


@lru_cache(maxsize=1024)
def compiled(expression: str) -> ParsedResult:
    """Return the expression, ready to search. Raises ValueError for one that is no JMESPath."""
    try:
        return jmespath.compile(expression)
    except ValueError as error:
        problem = " ".join(str(error).split())
        raise ValueError(f"{expression!r} is not a JMESPath: {problem}") from None
