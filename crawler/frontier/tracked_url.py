"""TrackedUrl: what is known of one address of an outlet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

UrlKind = Literal["article", "document"]


MAX_VALIDATOR_AGE = timedelta(days=1)
"""How long "not modified" is believed of a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedUrl:
    """One address that an outlet has announced, or a document that announces them (feed, sitemap,
    listing).

    address: the canonical URL of an article, by which announcements of one page meet; of a document
    its URL. url: what is requested. found: when it was first announced. due: when to check it next;
    None: not again, unless it is announced anew. checked_at: the last check that brought an answer
    which could be read. tries: checks since then that brought none. published_raw, changed,
    headline: as last announced.

    etag, last_modified: the validators (RFC 9110, 8.8) of the last whole answer, which came at
    `validators_at`. digest: of the body of that answer. reader_version: names the outlet's
    declaration and our version that read it: an unchanged answer is not read again while this too
    is unchanged.

    change_announced: it is due because an announcement said that it changed. hints_unreliable: the
    last such announcement was wrong. links, following: how many articles a document announced when
    last read, and the further documents it named.
    """

    outlet: str
    kind: UrlKind
    address: str
    url: str
    found: datetime
    due: datetime | None = None
    checked_at: datetime | None = None
    tries: int = 0
    published_raw: str | None = None
    changed: str | None = None
    headline: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    validators_at: datetime | None = None
    digest: str | None = None
    reader_version: str | None = None
    change_announced: bool = False
    hints_unreliable: bool = False
    links: int = 0
    following: tuple[str, ...] = ()

    def is_due(self, now: datetime) -> bool:
        """Whether it is to be looked at: its time has come, or it was set aside before it was ever
        read."""
        if self.due is None:
            return self.checked_at is None and self.tries == 0
        return self.due <= now

    def conditions(self, reader_version: str, now: datetime) -> Mapping[str, str]:
        """The request headers that ask for the page only if it has changed.

        None for another reading of it, and none of a document whose last whole answer is old: one
        that is "not modified" for ever would hide all that is new.
        """
        if self.reader_version != reader_version or self.validators_at is None:
            return {}
        if self.kind == "document" and now - self.validators_at > MAX_VALIDATOR_AGE:
            return {}
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}
