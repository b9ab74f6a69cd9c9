"""Recorded exchanges as they stand in a fixtures folder. Knows no Scrapy.

`fixtures/<outlet>/<case>/exchange.json` is a JSON list of hops {url, status, headers, fetched_at,
body}: a redirect is one hop, its target the next. `headers` maps names to a string or a list of
strings; `fetched_at` is ISO 8601 with an offset; `body` names the file beside it (absent or null:
no body), which holds the served bytes without the transport's Content-Encoding. A hop with `form`
answers a POST of this text, or of an object's names and values as a form sends them.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

from w3lib.url import canonicalize_url

EXCHANGE = "exchange.json"

FieldType = TypeVar("FieldType")
RequestKey = tuple[str, str | None]
"""The canonical address of a request, and the body of a POST; None for a GET."""


class ReplayError(ValueError):
    """A recording that cannot be used; the message is one line that names the file."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One request and its answer."""

    file: Path
    """The exchange that holds it."""
    url: str
    status: int
    headers: Mapping[str, tuple[str, ...]]
    fetched_at: datetime
    body_file: Path | None
    """None for an empty body."""
    form: str | None = None
    """The body of the POST that it answers; None for a GET."""

    @property
    def outlet(self) -> str:
        """Name of the outlet it was recorded for: its case's folder stands in the outlet's."""
        return self.file.parent.parent.name

    @property
    def body(self) -> bytes:
        """The body, read from its file each time."""
        return self.body_file.read_bytes() if self.body_file else b""

    def conflicts_with(self, other: "Hop") -> bool:
        """Return True if the two were fetched at the same time, and differ."""
        if self.fetched_at != other.fetched_at:
            return False
        return (
            self.status != other.status
            or self._location != other._location
            or self.body != other.body
        )

    @property
    def _location(self) -> tuple[str, ...]:
        for name, values in self.headers.items():
            if name.lower() == "location":
                return values
        return ()


@dataclass(frozen=True)
class Recordings:
    """The newest hop of each request under one folder."""

    _hops: Mapping[RequestKey, Hop]

    @classmethod
    def load(cls, path: Path, at: datetime | None = None) -> "Recordings":
        """Return the recordings under `path`, the folder of all outlets, of one, or of one case.

        Of several answers of one address the newest is kept; with `at` the newest that was not
        fetched later. Raises ReplayError for a folder without recordings, a file that cannot be
        read, and two answers of one address that differ and were fetched at the same time.
        """
        path = path.resolve()
        if path.name.endswith((".warc", ".warc.gz")):
            raise ReplayError(
                f"{path}: WARC files are not supported yet; name a folder of recorded exchanges"
            )
        if not path.is_dir():
            raise ReplayError(f"{path}: not a folder of recorded exchanges")
        hops: dict[RequestKey, Hop] = {}
        files = sorted(path.rglob(EXCHANGE))
        if not files:
            raise ReplayError(f"{path}: no {EXCHANGE} in it or below")
        for file in files:
            for hop in read_exchange(file):
                if at is None or hop.fetched_at <= at:
                    _add(hops, hop)
        if not hops:
            raise ReplayError(f"{path}: nothing in it was fetched by {at}")
        return cls(hops)

    def find(self, url: str, form: str | None = None) -> Hop | None:
        """Return the recorded answer of an address, None if it has none. form: the body of a POST.

        The order of the query and the fragment do not matter.
        """
        return self._hops.get((canonicalize_url(url), form))

    def addresses(self, outlet: str) -> tuple[str, ...]:
        """Return the addresses that were recorded for an outlet, by file."""
        return tuple(hop.url for hop in self._hops.values() if hop.outlet == outlet)

    def newest(self, outlet: str) -> datetime | None:
        """Return when the outlet was recorded last; None for an outlet without a recording."""
        return self._newest.get(outlet)

    @cached_property
    def _newest(self) -> Mapping[str, datetime]:
        newest: dict[str, datetime] = {}
        for hop in self._hops.values():
            newest[hop.outlet] = max(hop.fetched_at, newest.get(hop.outlet, hop.fetched_at))
        return newest


def read_exchange(file: Path) -> tuple[Hop, ...]:
    """Return the hops of one exchange, in their order. Raises ReplayError."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReplayError(f"{file}: {error}") from None
    hops = content.get("hops") if isinstance(content, dict) else content
    if not isinstance(hops, list) or not hops or not all(isinstance(hop, dict) for hop in hops):
        raise ReplayError(f"{file}: not a list of hops")
    return tuple(_hop(file, number, hop) for number, hop in enumerate(hops, start=1))


def _hop(file: Path, number: int, hop: Mapping[str, Any]) -> Hop:
    try:
        return Hop(
            file=file,
            url=_checked(hop, "url", str),
            status=_checked(hop, "status", int),
            headers={name: _values(value) for name, value in hop.get("headers", {}).items()},
            fetched_at=_instant(_checked(hop, "fetched_at", str)),
            body_file=_body_file(file.parent, hop.get("body")),
            form=_form(hop.get("form")),
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise ReplayError(f"{file}: hop {number}: {error}") from None


def _checked(hop: Mapping[str, Any], field: str, kind: type[FieldType]) -> FieldType:
    value = hop.get(field)
    if not isinstance(value, kind):
        raise ValueError(f"{field}: {value!r} is not a {kind.__name__}")
    return value


def _values(header: str | Iterable[str]) -> tuple[str, ...]:
    return (header,) if isinstance(header, str) else tuple(header)


def _instant(printed: str) -> datetime:
    instant = datetime.fromisoformat(printed)
    if instant.tzinfo is None:
        raise ValueError(f"fetched_at: {printed!r} has no offset from UTC")
    return instant


def _body_file(folder: Path, name: str | None) -> Path | None:
    if name is None:
        return None
    if Path(name).name != name or not (folder / name).is_file():
        raise ValueError(f"body: no file {name!r} beside it")
    return folder / name


def _form(form: str | Mapping[str, str] | None) -> str | None:
    if form is None or isinstance(form, str):
        return form
    for name, value in form.items():
        if not isinstance(value, str):
            raise ValueError(f"form: {name}: {value!r} is not a str")
    return urlencode(form)


def _add(hops: dict[RequestKey, Hop], hop: Hop) -> None:
    """Add a hop if it is the newest of its request; raises ReplayError if another answer was
    fetched at the same time."""
    try:
        key = (canonicalize_url(hop.url), hop.form)
    except ValueError as error:
        raise ReplayError(f"{hop.file}: {hop.url!r}: {error}") from None
    present = hops.get(key)
    if present and hop.conflicts_with(present):
        raise ReplayError(
            f"{hop.file}: another answer of {hop.url} than in {present.file}, of the same time"
        )
    if present is None or hop.fetched_at > present.fetched_at:
        hops[key] = hop
