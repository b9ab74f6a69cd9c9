"""Write one recorded case to the fixtures folder. Knows no Scrapy."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, assert_never
from urllib.parse import unquote, urlsplit

from w3lib.url import canonicalize_url

from crawler.discovery.kinds import Discovery, Feed, Listing, NewsSitemap, Sitemap
from crawler.items import Article, Attribution
from crawler.replay.expected import EXPECTED
from crawler.replay.recording import EXCHANGE, Recordings, ReplayError

# They say nothing about the page: how the body travelled, and whose session it was.
_OMITTED_HEADERS = frozenset(
    {"content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie"}
)
# The fields of an article in expected.json; the others follow from these or from the recording.
_EXPECTED_FIELDS = (
    "headline", "body", "dateline", "place", "sources", "reporter", "authors", "description",
    "section", "tags", "image", "published", "published_precision", "published_raw", "modified",
    "language", "outlet", "canonical_url",
)  # fmt: skip

_SLUG_LETTERS = 40
_MIN_SLUG_LETTERS = 4
_HASH_DIGITS = 8


@dataclass(frozen=True, slots=True)
class FetchedHop:
    """One answer from the network; `body` without the transport's Content-Encoding."""

    url: str
    status: int
    headers: Mapping[str, list[str]]
    fetched_at: datetime
    body: bytes = b""
    form: str | None = None
    """The body of the POST that it answers; None for a GET."""


def kind_name(kind: Discovery | None) -> str:
    """Return the name of a kind in case names and expected.json; None is an article."""
    match kind:
        case None:
            return "article"
        case Feed():
            return "feed"
        case NewsSitemap():
            return "news-sitemap"
        case Listing():
            return "listing"
        case Sitemap():
            return "sitemap"
        case _:
            assert_never(kind)


def case_name(kind: Discovery | None, url: str, fetched_at: datetime) -> str:
    """Return a folder name: of a discovery document from its day, of an article from its address.

    An article's has the Latin letters and digits at the end of the address, or a hash of the
    address where these are too few.
    """
    if kind is not None:
        return f"{kind_name(kind)}-{fetched_at:%Y-%m-%d}"
    *_, last_segment = unquote(urlsplit(url).path).rstrip("/").split("/")
    words = re.findall(r"[a-z0-9]+", last_segment.lower().removesuffix(".html"))
    slug = "-".join(words)[:_SLUG_LETTERS].strip("-")
    if len(slug) < _MIN_SLUG_LETTERS:
        slug = hashlib.sha256(url.encode()).hexdigest()[:_HASH_DIGITS]
    return f"article-{slug}"


def body_name(kind: Discovery | None, body: bytes) -> str:
    """Return the name of the file for the body."""
    match kind:
        case None:
            return "page.html"
        case Listing():
            return "listing.json" if kind.entries else "listing.html"
        case Feed():
            return "feed.xml"
        case Sitemap():
            return "sitemap.xml.gz" if body.startswith(b"\x1f\x8b") else "sitemap.xml"
        case _:
            assert_never(kind)


def write_case(
    folder: Path, hops: Sequence[FetchedHop], body_file: str, expected: Mapping[str, Any]
) -> None:
    """Write exchange.json, the last hop's body and expected.json into `folder`.

    Files of these names that are there already are replaced.
    """
    *redirects, last = hops
    folder.mkdir(parents=True, exist_ok=True)
    (folder / body_file).write_bytes(last.body)
    exchange = [_hop_record(hop, None) for hop in redirects] + [_hop_record(last, body_file)]
    _write_json(folder / EXCHANGE, exchange)
    _write_json(folder / EXPECTED, expected)


def find_conflict(fixtures: Path, folder: Path, hops: Sequence[FetchedHop]) -> str | None:
    """Return in one line why these hops cannot stand in `folder`; None when they can.

    Two different answers of one request at one time, in the hops or in another case, would make
    the whole fixtures folder unusable for replay.
    """
    if len({(canonicalize_url(hop.url), hop.form) for hop in hops}) < len(hops):
        return f"{hops[0].url} leads back to itself"
    try:
        recordings = Recordings.load(fixtures)
    except ReplayError as error:
        return str(error) if any(fixtures.rglob(EXCHANGE)) else None
    for hop in hops:
        other = recordings.find(hop.url, hop.form)
        if other is None or other.file.parent == folder.resolve():
            continue
        is_of_same_time = _written(other.fetched_at) == _written(hop.fetched_at)
        if is_of_same_time and (other.status, other.body) != (hop.status, hop.body):
            return f"{other.file} holds another answer of {hop.url}"
    return None


def expected_of_article(article: Article) -> dict[str, Any]:
    """Return expected.json of a page, as our extraction reads it, not yet checked by a person."""
    fields = {name: _plain(getattr(article, name)) for name in _EXPECTED_FIELDS}
    return {"checked": False, "article": fields}


def expected_of_discovery(kind: Discovery, addresses: Iterable[str]) -> dict[str, Any]:
    """Return expected.json of a discovery document: the article addresses that it announces."""
    return {"checked": False, "discovery": kind_name(kind), "addresses": list(addresses)}


def _hop_record(hop: FetchedHop, body_file: str | None) -> dict[str, Any]:
    headers: dict[str, str | list[str]] = {}
    for name, values in hop.headers.items():
        if name.lower() not in _OMITTED_HEADERS:
            headers[name] = values[0] if len(values) == 1 else values
    form = {} if hop.form is None else {"form": hop.form}
    return {
        "url": hop.url,
        **form,
        "status": hop.status,
        "headers": headers,
        "fetched_at": _written(hop.fetched_at),
        "body": body_file,
    }


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        precision = "milliseconds" if value.microsecond else "seconds"
        return value.astimezone(UTC).isoformat(timespec=precision)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Attribution):
        return {"id": value.source.id, "role": value.role}
    return value


def _write_json(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
