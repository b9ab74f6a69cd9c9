"""TrackedUrl: an address of an outlet, and what earlier runs learned of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

UrlKind = Literal["article", "document"]

MAX_VALIDATOR_AGE = timedelta(days=1)
"""Age of a document's validators from which on they are not sent: a document that is "not modified"
for ever would hide all that is new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedUrl:
    """An article's address that an outlet has announced, or that of a document which announces
    articles (feed, sitemap, listing).

    address: the canonical URL of an article, in which different announcements of it meet; the URL
    of a document. url: the URL to request. found: when it was first announced. announcer: the
    URL of the document that first announced it; None for an address that no document announced, or
    that was found before announcers were kept. due: when to check it next; None: not again, unless
    it is announced anew. checked_at: when a check last brought an answer that could be read. tries:
    number of checks since then, all in vain. last_cause: the name of the cause (`crawler.causes`)
    for which the last check was in vain or its article was left out; None after a good check.
    published_raw, changed, headline: as last announced. wall_clock: True if the zone in
    `published_raw` is declared to be false, and its clock is the outlet's own.

    alias_of: the address of the article that the last check led to by a redirect; None for an
    address that leads to a page of its own.

    etag, last_modified: the validators (RFC 9110, 8.8) of the last whole answer. validators_at:
    when that answer came. digest: hash of its body. reader_version: names the declaration of the
    outlet and the version of our code that read it; with another version the answer is read again
    though it is unchanged, also that of an address that brought no news (`revisits.NO_NEWS`).

    change_announced: it is due because an announcement said that it changed. hints_unreliable: the
    last such announcement was wrong. links: number of articles that a document announced when it
    was last read. further_urls: the further documents that it named.
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
    further_urls: tuple[str, ...] = ()
    announcer: str | None = None
    last_cause: str | None = None
    alias_of: str | None = None
    wall_clock: bool = False

    def is_due(self, now: datetime) -> bool:
        """Return True if it is to be checked: its time has come, or `set_aside` has reset it."""
        if self.due is None:
            return self.checked_at is None and self.tries == 0
        return self.due <= now

    def conditions(self, reader_version: str, now: datetime) -> Mapping[str, str]:
        """Return the request headers that ask for the page only if it has changed.

        No headers if another version read it last, or if the validators of a document are too old.
        """
        if self.reader_version != reader_version or self.validators_at is None:
            return {}
        if self.kind == "document" and now - self.validators_at > MAX_VALIDATOR_AGE:
            return {}
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}
