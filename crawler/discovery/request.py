"""DocumentRequest: the request for one discovery document."""

import hashlib
from dataclasses import dataclass

from crawler.discovery.templates import UNFILLED, FieldValues

_DIGEST_DIGITS = 16
_MOST_SHOWN = 200  # characters of a body
_JSON_BEGINNINGS = ("{", "[")


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """The request for the document at `url`: by GET, or by POST with `body`.

    `values`: with which the declaration was filled; without any for a further document.
    """

    url: str
    body: str | None = None
    values: FieldValues = UNFILLED

    @property
    def method(self) -> str:
        """The method of the request (RFC 9110, 9.3)."""
        return "GET" if self.body is None else "POST"

    @property
    def content_type(self) -> str | None:
        """The media type of the body; None without a body."""
        if self.body is None:
            return None
        if self.body.lstrip().startswith(_JSON_BEGINNINGS):
            return "application/json"
        return "application/x-www-form-urlencoded"

    @property
    def key(self) -> str:
        """The address under which the document is known: `url`, with a digest of the body as
        fragment if there is a body."""
        if self.body is None:
            return self.url
        digest = hashlib.sha256(self.body.encode()).hexdigest()[:_DIGEST_DIGITS]
        return f"{self.url}#post-{digest}"


def name_request(url: str, body: str | None) -> str:
    """Return a request in words for a person: its address, and what a POST sends."""
    if not body:
        return url
    shown = body if len(body) <= _MOST_SHOWN else f"{body[:_MOST_SHOWN]}..."
    return f"{url} (POST {shown})"
