"""Articles and runs as plain documents, the same for both stores and the spool.

A document holds only what BSON and JSON both keep: text without lone surrogates, instants in UTC
cut to the millisecond (BSON drops the rest, and the zone, in silence), lists, and no key that data
chose.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.counts import STORED_NAMES
from crawler.frontier import TrackedUrl
from crawler.items import Article, Attribution
from crawler.sources.model import Source
from crawler.storage.protocol import Run

Document = dict[str, Any]

ARTICLE_FIELDS = tuple(field.name for field in fields(Article))
ARTICLE_INSTANTS = ("published", "modified", "fetched_at")
RUN_INSTANTS = ("started", "finished")
RUN_MAPPINGS = ("gaps", "failures", "dropped", "warnings", "versions")
RUN_NAMES = (
    {name: name for name in ("id", "outlet", "started", "finished", "status")}
    | STORED_NAMES
    | {name: name for name in ("versions", "scope")}
)
"""The name that each field of a Run is stored and shown under, in the order of `scrapy runs`."""

TRACKED_URL_INSTANTS = ("found", "due", "checked_at", "validators_at")
TRACKED_URL_NAMES = {field.name: field.name for field in fields(TrackedUrl)} | {
    "checked_at": "looked",
    "validators_at": "answered",
    "reader_version": "read_as",
    "change_announced": "hinted",
    "hints_unreliable": "misled",
}
"""The name that each field of a TrackedUrl is stored under."""

LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def article_to_document(article: Article) -> Document:
    """`article` as a document with every field, instants as datetimes. Raises ValueError naming the
    field."""
    document = {name: _plain(name, getattr(article, name)) for name in ARTICLE_FIELDS}
    for name in ARTICLE_INSTANTS:
        document[name] = _instant(name, getattr(article, name))
    document["sources"] = [_attribution_to_document(attribution) for attribution in article.sources]
    return document


def article_from_document(document: Mapping[str, Any]) -> Article:
    """The article in `document`; keys that are no field are passed over, fields without a key are
    missing.

    Raises KeyError, TypeError or ValueError for what `article_to_document` never wrote.
    """
    values = {name: document[name] for name in ARTICLE_FIELDS if document.get(name) is not None}
    for name in ARTICLE_INSTANTS:
        if name in values:
            values[name] = _read_instant(values[name])
    for name in ("authors", "tags"):
        values[name] = tuple(values.get(name, ()))
    values["sources"] = tuple(
        _attribution_from_document(item) for item in values.get("sources", ())
    )
    return Article(**values)


def run_to_document(run: Run) -> Document:
    """Return `run` as a document. A mapping becomes a list of pairs: its keys may hold "." or begin
    with "$"."""
    document: Document = {}
    for name, stored_name in RUN_NAMES.items():
        value = _plain(name, getattr(run, name))
        if name in RUN_INSTANTS:
            value = _instant(name, value)
        if name in RUN_MAPPINGS:
            value = [[_plain(name, key), number] for key, number in sorted(value.items())]
        document[stored_name] = value
    return document


def run_from_document(document: Mapping[str, Any]) -> Run:
    """Return the run in `document`."""
    values = {
        name: document[stored_name]
        for name, stored_name in RUN_NAMES.items()
        if stored_name in document
    }
    for name in RUN_INSTANTS:
        if values.get(name) is not None:
            values[name] = _read_instant(values[name])
    for name in RUN_MAPPINGS:
        values[name] = dict(values.get(name, ()))
    return Run(**values)


def tracked_url_to_document(tracked: TrackedUrl) -> Document:
    """`tracked` as a document, without the fields that hold nothing."""
    document: Document = {}
    for name, stored_name in TRACKED_URL_NAMES.items():
        value = _plain(name, getattr(tracked, name))
        if name in TRACKED_URL_INSTANTS:
            value = _instant(name, value)
        if value not in (None, [], False):
            document[stored_name] = value
    return document


def tracked_url_from_document(document: Mapping[str, Any]) -> TrackedUrl:
    """The tracked URL in `document`."""
    values = {
        name: document[stored_name]
        for name, stored_name in TRACKED_URL_NAMES.items()
        if stored_name in document
    }
    values |= {name: _read_instant(values[name]) for name in TRACKED_URL_INSTANTS if name in values}
    values["following"] = tuple(values.get("following", ()))
    return TrackedUrl(**values)


def dumps(document: Document) -> str:
    """`document` as one line of JSON, instants in ISO 8601."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=_iso)


def to_milliseconds(instant: datetime) -> int:
    """Whole milliseconds since 1970 of an aware datetime, exactly (a float would not be)."""
    since = instant - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000


def from_milliseconds(milliseconds: int) -> datetime:
    """The instant that many milliseconds after 1970 began, in UTC."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, tuple | list):
        return [_plain(name, item) for item in value]
    return value


def _instant(name: str, value: Any) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError(f"{name}: {value!r} is not an aware datetime")
    return value.astimezone(UTC).replace(microsecond=value.microsecond // 1000 * 1000)


def _read_instant(value: datetime | str) -> datetime:
    return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


def _iso(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    raise TypeError(f"{type(value).__name__} has no place in a document")


def _attribution_to_document(attribution: Attribution) -> Document:
    source = attribution.source
    values = {"id": source.id, "name": source.name, "kind": source.kind, "country": source.country}
    return _plain_values(values | {"wikidata": source.wikidata, "role": attribution.role})


def _plain_values(values: Mapping[str, Any]) -> Document:
    return {name: _plain(name, value) for name, value in values.items()}


def _attribution_from_document(document: Mapping[str, Any]) -> Attribution:
    values = dict(document)
    role = values.pop("role")
    return Attribution(Source(**values), role)
