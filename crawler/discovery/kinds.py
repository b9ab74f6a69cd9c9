"""Where an outlet announces its articles: one small frozen type a kind, used in an outlet's declaration."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class _Addressed:
    """`url` is the document's address. With "{date...}" in it (a `str.format` field, e.g. `{date:%Y-%m-%d}`)
    it is one address a day, for the last `days` days of the outlet's own calendar, today first."""

    url: str
    days: int = 1

    @property
    def dated(self) -> bool:
        """Whether there is one document a day."""
        return "{date" in self.url

    def addresses(self, today: date, *, since: date | None = None, until: date | None = None) -> Iterator[str]:
        """The addresses to read, newest day first; `since` and `until` are the first and last day wanted."""
        if not self.dated:
            yield self.url
            return
        last = min(until or today, today)
        first = since or last - timedelta(days=self.days - 1)
        for back in range((last - first).days + 1):
            yield self.url.format(date=last - timedelta(days=back))

    def __post_init__(self) -> None:
        if not re.match(r"https?://", self.url):
            raise ValueError(f"{type(self).__name__}: {self.url!r} is not an http(s) address")
        if self.days < 1:
            raise ValueError(f"{type(self).__name__}: days is {self.days}, not at least 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed(_Addressed):
    """An RSS or Atom feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap(_Addressed):
    """A sitemap or a sitemap index, plain or gzipped. Of an index, the children whose address matches the
    pattern `follow` are read, those changed last first, at most `children` of them."""

    follow: str = ""
    children: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsSitemap(Sitemap):
    """A sitemap with Google's news extension: the last two days, with publication dates and titles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(_Addressed):
    """A page of links: a front page, a section, a topic. `links` is the CSS selector of the links to articles
    ("a" by default: the outlet's article pattern decides), `next` that of the link to the following page, of
    which at most `pages` are read."""

    links: str = "a"
    next: str = ""
    pages: int = 1


Discovery = Feed | Sitemap | NewsSitemap | Listing
