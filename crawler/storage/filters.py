"""What a reader may ask of stories and articles: the same questions, with the same answers, of both
stores."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from crawler.items import Article
from crawler.storage.codec import LONE_SURROGATE
from crawler.text import fold_words


@dataclass(frozen=True, slots=True)
class Filters:
    """Filters as stores apply them; None, or an empty `words`, is no filter.

    outlet: a name, or several of which one must match. language: "ar" or "ur". country: of the
    outlet, ISO 3166-1 alpha-2, turned into outlets by the mapping that `open_store` was given.
    source: a gazetteer id, or the printed name of a source that has none, in any role. place: as
    folded. since, until: [since, until), aware. text: words that headline and body must all hold,
    whole, in any order, as folded. limit: at most so many. after: the `id` of the last story or
    article seen; what follows it is given.
    """

    outlets: frozenset[str] | None = None
    language: str | None = None
    source: str | None = None
    place: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    words: tuple[str, ...] = ()
    limit: int | None = None
    after: str | None = None


def parse_filters(given: Mapping[str, Any], countries: Mapping[str, str] | None) -> Filters:
    """`given` as Filters. Raises TypeError for an unknown name, ValueError for a value that cannot
    be meant."""
    values = {name: value for name, value in given.items() if value is not None}
    outlets = _outlets(values.pop("outlet", None), values.pop("country", None), countries)
    words = _words(values.pop("text", None))
    known = {field.name for field in fields(Filters)} - {"outlets", "words"}
    if unknown := sorted(values.keys() - known):
        raise TypeError(f"no such filter: {', '.join(unknown)}")
    for name in ("since", "until"):
        value = values.get(name)
        if value is not None and (not isinstance(value, datetime) or value.tzinfo is None):
            raise ValueError(f"{name}: {value!r} is not an aware datetime")
    limit = values.get("limit")
    if limit is not None and (not isinstance(limit, int) or limit < 0):
        raise ValueError(f"limit: {limit!r} is not a number of stories")
    for name in ("language", "source", "place", "after"):
        _require_text(name, values.get(name))
    if "place" in values:
        values["place"] = fold_words(values["place"])
    return Filters(outlets=outlets, words=words, **values)


def place_key(article: Article) -> str | None:
    """The place of an article as compared."""
    return fold_words(article.place) if article.place else None


def searched_words(article: Article) -> str:
    """The words of an article that `text` looks among, one space between them."""
    return fold_words(f"{article.headline or ''}\n{article.body or ''}")


def _outlets(
    outlet: Any, country: Any, countries: Mapping[str, str] | None
) -> frozenset[str] | None:
    outlets = None
    if outlet is not None:
        names: Collection[Any] = [outlet] if isinstance(outlet, str) else outlet
        for name in names:
            _require_text("outlet", name)
        outlets = frozenset(names)
    if country is None:
        return outlets
    _require_text("country", country)
    if countries is None:
        raise ValueError("country: the store was opened without the countries of outlets")
    there = frozenset(name for name, code in countries.items() if code == country)
    return there if outlets is None else outlets & there


def _words(text: Any) -> tuple[str, ...]:
    if text is None:
        return ()
    _require_text("text", text)
    words = tuple(dict.fromkeys(fold_words(text).split()))
    if not words:
        raise ValueError(f"text: {text!r} holds no word to look for")
    return words


def _require_text(name: str, value: Any) -> None:
    if value is None:
        return
    if not isinstance(value, str) or LONE_SURROGATE.search(value):
        raise ValueError(f"{name}: {value!r} is not text")
