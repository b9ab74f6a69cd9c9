"""The kinds of discovery document that an outlet can declare, each a small frozen type."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from cssselect import HTMLTranslator, SelectorError

MachineDates = Literal["true", "local", "none"]
"""The worth of the dates that an outlet prints for machines: "true": they are believed; "local":
their zone is false, and the clock is the outlet's own; "none": they are not believed."""


INDEX_LEVELS = 2
"""Documents on the way from a declared one down, itself included: an index and its children."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _DiscoveryDocument:
    """A discovery document at the address `url`.

    With "{date...}" in it (a `str.format` field: `{date:%Y-%m-%d}`, or `{date.month}` without
    padding) `url` stands for one address a day or month, for the last `days` days of the outlet's
    own calendar, today first. Raises ValueError, naming the field.
    """

    url: str
    days: int = 1

    @property
    def dated(self) -> bool:
        """True if the address depends on the day."""
        return "{date" in self.url

    @property
    def max_depth(self) -> int:
        """The number of documents read on one way down from the declared one, itself included."""
        return INDEX_LEVELS

    def addresses(
        self, today: date, *, since: date | None = None, until: date | None = None
    ) -> Iterator[str]:
        """Yield the addresses to read, newest day first, each once (a month's document serves all
        its days).

        `since` and `until` are the first and the last day wanted, by default the last `days` days.
        Days after `today` are never read.
        """
        if not self.dated:
            yield self.url
            return
        last = min(until or today, today)
        first = since or last - timedelta(days=self.days - 1)
        previous = None
        for back in range((last - first).days + 1):
            address = self.url.format(date=last - timedelta(days=back))
            if address != previous:
                yield address
            previous = address

    def covers(self, url: str) -> bool:
        """Return True if `url` is the document's address on any day."""
        fixed_parts = re.split(r"\{date[^}]*\}", self.url)
        pattern = ".+".join(re.escape(part) for part in fixed_parts)
        return re.fullmatch(pattern, url) is not None

    def __post_init__(self) -> None:
        if not re.match(r"https?://[^/?#]", self.url):
            raise self._error("url", f"{self.url!r} is not an http(s) address")
        if self.dated:
            try:
                self.url.format(date=date(2000, 1, 1))
            except (LookupError, AttributeError, ValueError) as error:
                raise self._error("url", f"{self.url!r}: {error!r}") from None
        elif "{" in self.url or "}" in self.url:
            raise self._error("url", f"{self.url!r}: the only field is {{date}}")
        if self.days < 1:
            raise self._error("days", f"{self.days} is not at least 1")

    def _check_machine_dates(self, machine_dates: MachineDates) -> None:
        """Raise ValueError unless `machine_dates` is one of the words of its type."""
        words = get_args(MachineDates)
        if machine_dates not in words:
            problem = f"{machine_dates!r} is none of {', '.join(words)}"
            raise self._error("machine_dates", problem)

    def _error(self, field: str, problem: str) -> ValueError:
        return ValueError(f"{type(self).__name__}: {field}: {problem}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed(_DiscoveryDocument):
    """An RSS or Atom feed. `machine_dates`: the worth of the dates of its entries."""

    machine_dates: MachineDates = "true"

    def __post_init__(self) -> None:
        _DiscoveryDocument.__post_init__(self)
        self._check_machine_dates(self.machine_dates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap(_DiscoveryDocument):
    """A sitemap or a sitemap index, plain or gzipped.

    Of an index at most `children` children are read, the last changed first, in the index's order
    where it gives no dates. The pattern `follow` must match somewhere in a child's address, raw or
    percent-decoded. `machine_dates`: the worth of the dates of its pages.
    """

    follow: str = ""
    children: int = 2
    machine_dates: MachineDates = "true"

    def __post_init__(self) -> None:
        _DiscoveryDocument.__post_init__(self)
        self._check_machine_dates(self.machine_dates)
        try:
            re.compile(self.follow)
        except re.error as error:
            raise self._error("follow", f"not a regular expression: {error}") from None
        if self.children < 1:
            raise self._error("children", f"{self.children} is not at least 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsSitemap(Sitemap):
    """A sitemap with Google's news extension: two days with publication dates and titles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(_DiscoveryDocument):
    """A page of links: a front page, a section, a topic.

    `links` is the CSS selector of the links to articles; with "a" the outlet's article pattern
    decides. `next` is the CSS selector of the link to the next page; at most `pages` are read.
    `machine_dates`: the worth of the dates in <time datetime> beside the links.
    """

    links: str = "a"
    next: str = ""
    pages: int = 1
    machine_dates: MachineDates = "true"

    @property
    def max_depth(self) -> int:
        """The number of pages read, the declared one included."""
        return self.pages

    def __post_init__(self) -> None:
        _DiscoveryDocument.__post_init__(self)
        self._check_machine_dates(self.machine_dates)
        for field, selector in (("links", self.links), ("next", self.next or "a")):
            try:
                HTMLTranslator().css_to_xpath(selector)
            except SelectorError as error:
                raise self._error(field, f"{selector!r} is not a CSS selector: {error}") from None
        if self.pages < 1:
            raise self._error("pages", f"{self.pages} is not at least 1")
        if self.pages > 1 and not self.next:
            raise self._error("pages", "more than one page needs `next`")


Discovery = Feed | Sitemap | NewsSitemap | Listing
