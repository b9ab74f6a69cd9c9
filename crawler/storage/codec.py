"""Articles, runs and tracked URLs as plain documents, the same for both stores and the spool.

A document holds only what BSON and JSON both keep: text without lone surrogates, instants in UTC
cut to the millisecond (BSON drops the rest, and the zone, in silence), lists, and no key that data
chose.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.counts import STORED_NAMES
from crawler.frontier import TrackedUrl
from crawler.gazetteer import Source
from crawler.items import Article, Attribution
from crawler.storage.protocol import Run
from crawler.stories.tombstones import Tombstone

Document = dict[str, Any]

ARTICLE_FIELDS = tuple(field.name for field in fields(Article))
"""The fields of an Article, which are stored under their names."""

RUN_NAMES = (
    {name: name for name in ("id", "outlet", "started", "finished", "status")}
    | STORED_NAMES
    | {name: name for name in ("versions", "scope")}
)
"""The name that each field of a Run is stored and shown under, in the order of `scrapy runs`."""

_ARTICLE_NAMES = {name: name for name in ARTICLE_FIELDS}
_ARTICLE_INSTANTS = ("published", "modified", "fetched_at")
_ARTICLE_LISTS = ("authors", "tags")  # of texts
_ARTICLE_TEXTS = tuple(
    name for name in ARTICLE_FIELDS if name not in (*_ARTICLE_INSTANTS, *_ARTICLE_LISTS, "sources")
)
_RUN_INSTANTS = ("started", "finished")
_RUN_MAPPINGS = ("gaps", "failures", "dropped", "warnings", "versions")
_TOMBSTONE_INSTANTS = ("forgotten", "time")
_TOMBSTONE_NAMES = {field.name: field.name for field in fields(Tombstone)}
_TRACKED_URL_INSTANTS = ("found", "due", "checked_at", "validators_at")
_TRACKED_URL_NAMES = {field.name: field.name for field in fields(TrackedUrl)} | {
    "checked_at": "looked",
    "validators_at": "answered",
    "reader_version": "read_as",
    "change_announced": "hinted",
    "hints_unreliable": "misled",
    "further_urls": "following",
}
"""The name that each field of a TrackedUrl is stored under."""

LONE_SURROGATE = re.compile("[\ud800-\udfff]")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def article_to_document(article: Article) -> Document:
    """Return `article` as a document with every field. Raises ValueError, naming the field, for an
    instant without a zone."""
    document = _to_document(article, _ARTICLE_NAMES, _ARTICLE_INSTANTS)
    document["sources"] = [_attribution_to_document(attribution) for attribution in article.sources]
    return document


def article_from_document(document: Mapping[str, Any]) -> Article:
    """Return the article in `document`; keys that are no field are passed over, fields without a
    key are missing.

    Raises KeyError, TypeError or ValueError for a document that `article_to_document` never wrote.
    """
    values = _from_document(document, _ARTICLE_NAMES, _ARTICLE_INSTANTS)
    for name in _ARTICLE_LISTS:
        values[name] = tuple(_list(name, values.get(name, [])))
    values["sources"] = tuple(
        _attribution_from_document(attribution)
        for attribution in _list("sources", values.get("sources", []))
    )
    for name in _ARTICLE_TEXTS:
        _require_text(name, values.get(name, ""))
    for name in _ARTICLE_LISTS:
        for item in values[name]:
            _require_text(name, item)
    return Article(**values)


def run_to_document(run: Run) -> Document:
    """Return `run` as a document. A mapping becomes a list of pairs: its keys may hold "." or begin
    with "$"."""
    document = _to_document(run, RUN_NAMES, _RUN_INSTANTS)
    for name in _RUN_MAPPINGS:
        pairs = sorted(getattr(run, name).items())
        document[RUN_NAMES[name]] = [[_storable(key), number] for key, number in pairs]
    return document


def run_from_document(document: Mapping[str, Any]) -> Run:
    """Return the run in `document`."""
    values = _from_document(document, RUN_NAMES, _RUN_INSTANTS)
    for name in _RUN_MAPPINGS:
        values[name] = dict(values.get(name, ()))
    return Run(**{"finished": None, **values})


def tracked_url_to_document(tracked: TrackedUrl) -> Document:
    """Return `tracked` as a document, without the fields that hold nothing."""
    document = _to_document(tracked, _TRACKED_URL_NAMES, _TRACKED_URL_INSTANTS)
    return {name: value for name, value in document.items() if value not in (None, [], False)}


def tracked_url_from_document(document: Mapping[str, Any]) -> TrackedUrl:
    """Return the tracked URL in `document`."""
    values = _from_document(document, _TRACKED_URL_NAMES, _TRACKED_URL_INSTANTS)
    values["further_urls"] = tuple(values.get("further_urls", ()))
    return TrackedUrl(**values)


def tombstone_to_document(tombstone: Tombstone) -> Document:
    """Return `tombstone` as a document."""
    return _to_document(tombstone, _TOMBSTONE_NAMES, _TOMBSTONE_INSTANTS)


def tombstone_from_document(document: Mapping[str, Any]) -> Tombstone:
    """Return the tombstone in `document`."""
    missing = {"outlet": None, "hash": None, "successor": None}
    values = _from_document(document, _TOMBSTONE_NAMES, _TOMBSTONE_INSTANTS)
    values["keys"] = tuple(values["keys"])
    return Tombstone(**{**missing, **values})


def dumps(document: Document) -> str:
    """Return `document` as one line of JSON, instants in ISO 8601."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=_iso)


def to_milliseconds(instant: datetime) -> int:
    """Return the whole milliseconds since 1970 of an aware datetime, exactly (a float would not
    be)."""
    since = instant - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000


def from_milliseconds(milliseconds: int) -> datetime:
    """Return the instant that many milliseconds after 1970 began, in UTC."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


def iso_instant(instant: datetime) -> str:
    """Return an aware datetime in ISO 8601 to the millisecond, three digits also where they are
    zeros: some programs read a column of instants by the form of the first."""
    return instant.isoformat(timespec="milliseconds")


def _to_document(record: object, names: Mapping[str, str], instants: Collection[str]) -> Document:
    """Return the fields of `record`. names: the name that each field is stored under."""
    document: Document = {}
    for name, stored_name in names.items():
        value = getattr(record, name)
        document[stored_name] = _utc(name, value) if name in instants else _storable(value)
    return document


def _from_document(
    document: Mapping[str, Any], names: Mapping[str, str], instants: Collection[str]
) -> dict[str, Any]:
    """Return the values in `document` by field, without those that are None."""
    values = {
        name: document[stored_name]
        for name, stored_name in names.items()
        if document.get(stored_name) is not None
    }
    for name in instants:
        if name in values:
            values[name] = _read_instant(values[name])
    return values


def _storable(value: Any) -> Any:
    """Return `value` without lone surrogates, tuples as lists."""
    if isinstance(value, str):
        return LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, tuple | list):
        return [_storable(item) for item in value]
    return value


def _utc(name: str, value: object) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError(f"{name}: {value!r} is not an aware datetime")
    return _to_utc(value).replace(microsecond=value.microsecond // 1000 * 1000)


def _read_instant(value: datetime | str) -> datetime:
    instant = datetime.fromisoformat(value) if isinstance(value, str) else value
    if not isinstance(instant, datetime) or instant.tzinfo is None:
        raise TypeError(f"{value!r} is not an instant with a zone")
    return _to_utc(instant)


def _to_utc(instant: datetime) -> datetime:
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:  # the first and the last hours of the calendar
        raise ValueError(f"{instant} is out of range in UTC") from error


def _list(name: str, value: object) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise TypeError(f"{name}: {value!r:.40} is not a list")
    return value


def _require_text(name: str, value: object) -> None:
    if not isinstance(value, str):
        raise TypeError(f"{name}: {value!r:.40} is not a text")


def _iso(value: object) -> str:
    if isinstance(value, datetime):
        return iso_instant(value)
    raise TypeError(f"{type(value).__name__} has no place in a document")


def _attribution_to_document(attribution: Attribution) -> Document:
    source = attribution.source
    values = {
        "id": source.id,
        "name": source.name,
        "kind": source.kind,
        "country": source.country,
        "wikidata": source.wikidata,
        "role": attribution.role,
    }
    return {name: _storable(value) for name, value in values.items()}


def _attribution_from_document(document: Mapping[str, Any]) -> Attribution:
    values = dict(document)
    for name, value in values.items():
        _require_text(name, value)
    role = values.pop("role")
    return Attribution(Source(**values), role)
