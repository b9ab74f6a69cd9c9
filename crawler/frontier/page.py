"""Page: what is known of one address of an outlet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

PageKind = Literal["article", "document"]


BELIEVED = timedelta(days=1)
"""How long "not modified" is believed of a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One address that an outlet has announced, or a document that announces them (feed, sitemap,
    listing).

    address: the canonical URL of an article, by which announcements of one page meet; of a document
    its URL. url: what is requested. found: when it was first announced. due: when to look at it
    next; None: not again, unless it is announced anew. looked: the last look that brought an answer
    which could be read. tries: looks since then that brought none. published_raw, changed,
    headline: as last announced.

    etag, last_modified: the validators (RFC 9110, 8.8) of the last whole answer, which came at
    `answered`. digest: of its body. read_as: of what read it, the outlet's declaration and our
    version: an answer that has not changed is not read again while this has not changed either.

    hinted: it is due because an announcement said that it changed. misled: the last such
    announcement was wrong. links, following: how many articles a document announced when last read,
    and the further documents it named.
    """

    outlet: str
    kind: PageKind
    address: str
    url: str
    found: datetime
    due: datetime | None = None
    looked: datetime | None = None
    tries: int = 0
    published_raw: str | None = None
    changed: str | None = None
    headline: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    answered: datetime | None = None
    digest: str | None = None
    read_as: str | None = None
    hinted: bool = False
    misled: bool = False
    links: int = 0
    following: tuple[str, ...] = ()

    def is_due(self, now: datetime) -> bool:
        """Whether it is to be looked at: its time has come, or it was set aside before it was ever
        read."""
        if self.due is None:
            return self.looked is None and self.tries == 0
        return self.due <= now

    def conditions(self, read_as: str, now: datetime) -> Mapping[str, str]:
        """The request headers that ask for the page only if it has changed.

        None for another reading of it, and none of a document whose last whole answer is old: one
        that is "not modified" for ever would hide all that is new.
        """
        if self.read_as != read_as or self.answered is None:
            return {}
        if self.kind == "document" and now - self.answered > BELIEVED:
            return {}
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}
