"""One recorded case as it is written to the fixtures folder. Knows no Scrapy."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from w3lib.url import canonicalize_url

from crawler.discovery.kinds import Discovery, Feed, Listing, NewsSitemap
from crawler.items import Article
from crawler.replay.recording import EXCHANGE, Recordings, ReplayError

# Says nothing about the page: how the body travelled, and whose session it was.
_NOT_KEPT = frozenset(
    {"content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie"}
)
# What expected.json holds of an article; the other fields follow from these or from the recording.
_ASSERTED = (
    "headline", "body", "dateline", "place", "sources", "reporter", "authors", "description", "section", "tags",
    "image", "published", "published_precision", "published_raw", "modified", "language", "outlet",
    "canonical_url",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TakenHop:
    """One answer as it came from the network; `body` without the transport's Content-Encoding."""

    url: str
    status: int
    headers: Mapping[str, list[str]]
    fetched_at: datetime
    body: bytes = b""


def kind_name(kind: Discovery | None) -> str:
    """What a document is called in case names and expected.json; None is an article."""
    match kind:
        case None:
            return "article"
        case Feed():
            return "feed"
        case NewsSitemap():
            return "news-sitemap"
        case Listing():
            return "listing"
        case _:
            return "sitemap"


def case_name(kind: Discovery | None, url: str, fetched_at: datetime) -> str:
    """A folder name: an article's from the Latin letters and digits of its address (or a hash of
    it, where it has too few), a discovery document's from its day."""
    if kind is not None:
        return f"{kind_name(kind)}-{fetched_at:%Y-%m-%d}"
    last = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2].lower().removesuffix(".html")
    slug = "-".join(re.findall(r"[a-z0-9]+", last))[:40].strip("-")
    return f"article-{slug if len(slug) > 3 else hashlib.sha256(url.encode()).hexdigest()[:8]}"


def body_name(kind: Discovery | None, body: bytes) -> str:
    """The name of the body's file."""
    match kind:
        case None:
            return "page.html"
        case Listing():
            return "listing.html"
        case Feed():
            return "feed.xml"
        case _:
            return "sitemap.xml.gz" if body.startswith(b"\x1f\x8b") else "sitemap.xml"


def write_case(
    folder: Path, hops: Sequence[TakenHop], body_file: str, expected: Mapping[str, Any]
) -> None:
    """Write exchange.json, the last hop's body and expected.json into `folder`, replacing what they
    were."""
    *redirects, last = hops
    folder.mkdir(parents=True, exist_ok=True)
    (folder / body_file).write_bytes(last.body)
    exchange = [_exchanged(hop, None) for hop in redirects] + [_exchanged(last, body_file)]
    _write_json(folder / EXCHANGE, exchange)
    _write_json(folder / "expected.json", expected)


def conflict(fixtures: Path, folder: Path, hops: Sequence[TakenHop]) -> str | None:
    """Why these hops cannot stand in `folder`, in one line: there are two answers of one address,
    in them or in them and another case. They would make the whole fixtures folder unusable for
    replay.
    """
    if len({canonicalize_url(hop.url) for hop in hops}) < len(hops):
        return f"{hops[0].url} leads back to itself"
    try:
        recordings = Recordings.load(fixtures)
    except ReplayError as error:
        return str(error) if any(fixtures.rglob(EXCHANGE)) else None
    for hop in hops:
        other = recordings.find(hop.url)
        if other is None or other.file.parent == folder.resolve():
            continue
        if (other.status, other.body) != (hop.status, hop.body):
            return f"{other.file} holds another answer of {hop.url}"
    return None


def expected_of_article(article: Article) -> dict[str, Any]:
    """expected.json of a page, as our extraction reads it and before a person has checked it."""
    return {
        "checked": False,
        "article": {name: _plain(getattr(article, name)) for name in _ASSERTED},
    }


def expected_of_discovery(kind: Discovery, addresses: Iterable[str]) -> dict[str, Any]:
    """expected.json of a discovery document: the article addresses it announces."""
    return {"checked": False, "discovery": kind_name(kind), "addresses": list(addresses)}


def _exchanged(hop: TakenHop, body_file: str | None) -> dict[str, Any]:
    kept = {name: values for name, values in hop.headers.items() if name.lower() not in _NOT_KEPT}
    return {
        "url": hop.url,
        "status": hop.status,
        "headers": {
            name: values[0] if len(values) == 1 else values for name, values in kept.items()
        },
        "fetched_at": hop.fetched_at.astimezone(UTC).isoformat(timespec="seconds"),
        "body": body_file,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(
            timespec="milliseconds" if value.microsecond else "seconds"
        )
    if isinstance(value, tuple):
        return [
            part if isinstance(part, str) else {"id": part.source.id, "role": part.role}
            for part in value
        ]
    return value


def _write_json(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
