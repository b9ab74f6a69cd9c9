"""expected.json of a recorded case: what must be read in its last answer. Knows no Scrapy."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_args

from crawler.items import Precision
from crawler.outlet import Genre
from crawler.replay.recording import ReplayError
from crawler.sources.model import Role

EXPECTED = "expected.json"

DiscoveryName = Literal["feed", "sitemap", "news-sitemap", "listing"]

_TEXT_FIELDS = (
    "headline", "body", "dateline", "place", "reporter", "description", "section", "image",
    "published_raw", "modified_raw", "zone", "language", "outlet", "url", "canonical_url",
)  # fmt: skip
_NAME_FIELDS = ("authors", "tags")
_INSTANT_FIELDS = ("published", "modified")
_WORD_FIELDS = {"published_precision": get_args(Precision), "genre": get_args(Genre)}
ARTICLE_FIELDS = (*_TEXT_FIELDS, *_NAME_FIELDS, *_INSTANT_FIELDS, *_WORD_FIELDS, "sources")
"""The fields of an article that expected.json may give, each null where it must be missing."""


def read_expected(file: Path) -> dict[str, Any]:
    """Return the content of an expected.json. Raises ReplayError, in one line that names the file
    and the key, if it is not of the shape that fixtures/README.md describes."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReplayError(f"{file}: {error}") from None
    for problem in _problems(content):
        raise ReplayError(f"{file}: {problem}")
    return content  # type: ignore[no-any-return]


def _problems(content: object) -> Iterator[str]:
    if not isinstance(content, dict):
        yield "not an object"
        return
    if not isinstance(content.get("checked"), bool):
        yield "checked: true if a person has read it against the page, else false"
    if ("article" in content) == ("discovery" in content):
        yield "either article or discovery says what the answer is"
        return
    if "article" in content:
        yield from _unknown_keys(content, ("checked", "article"))
        yield from _article_problems(content["article"])
        return
    yield from _unknown_keys(content, ("checked", "discovery", "addresses"))
    if content["discovery"] not in get_args(DiscoveryName):
        names = ", ".join(get_args(DiscoveryName))
        yield f"discovery: {content['discovery']!r} is none of {names}"
    if not _is_list_of_texts(content.get("addresses")):
        yield "addresses: a list of the article addresses that it announces, in its order"


def _article_problems(article: object) -> Iterator[str]:
    if not isinstance(article, dict):
        yield "article: not an object of an article's fields"
        return
    yield from (f"article: {problem}" for problem in _unknown_keys(article, ARTICLE_FIELDS))
    for name, value in article.items():
        if problem := _field_problem(name, value):
            yield f"article: {name}: {value!r} {problem}"


def _field_problem(name: str, value: object) -> str | None:
    """Return what is wrong with the value of a field, None for a good one."""
    if name in _NAME_FIELDS:
        return None if _is_list_of_texts(value) else "is not a list of texts"
    if name == "sources":
        is_list = isinstance(value, list) and all(_is_attribution(source) for source in value)
        return None if is_list else 'is not a list of {"id": ..., "role": ...}'
    if value is None:
        return None
    if not isinstance(value, str):
        return "is not a text"
    if name in _INSTANT_FIELDS and not _is_instant_in_utc(value):
        return "is not an instant in UTC, such as 2026-03-01T09:30:00+00:00"
    words = _WORD_FIELDS.get(name, (value,))
    return None if value in words else f"is none of {', '.join(words)}"


def _unknown_keys(content: Mapping[str, object], known: tuple[str, ...]) -> Iterator[str]:
    for key in content:
        if key not in known:
            nearest = get_close_matches(key, known, n=1)
            hint = f"; did you mean {nearest[0]}?" if nearest else ""
            yield f"{key}: no such key{hint}"


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _is_attribution(value: object) -> bool:
    if not isinstance(value, dict) or value.keys() != {"id", "role"}:
        return False
    return isinstance(value["id"], str) and value["role"] in get_args(Role)


def _is_instant_in_utc(printed: str) -> bool:
    try:
        offset = datetime.fromisoformat(printed).utcoffset()
    except ValueError:
        return False
    return offset is not None and not offset
