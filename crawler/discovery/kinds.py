"""The kinds of discovery document that an outlet can declare, each a small frozen type."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, Self
from urllib.parse import quote, unquote, urlencode

from crawler.discovery import json_paths, selectors
from crawler.discovery.field_types import type_problems
from crawler.discovery.request import DocumentRequest
from crawler.discovery.templates import (
    FieldValues,
    address_fields,
    fill,
    fill_address,
    has_field,
    misspelt_field,
    pattern_of,
    stray_brace,
)

MachineDates = Literal["true", "local", "none"]
"""The worth of the dates that an outlet prints for machines: "true": they are believed; "local":
their zone is false, and the clock is the outlet's own; "none": they are not believed."""

Form = tuple[tuple[str, str], ...] | str
"""The fields of a form in their order, or the body of the request as it is sent."""

NEWEST_LAST = "last"
"""`Sitemap.newest` of an index whose last child is the newest."""

INDEX_LEVELS = 2
"""Documents on the way from a declared one down, itself included: an index and its children."""

_WEB_ADDRESS = re.compile(r"https?://[^/?#]")
_PATH = re.compile(r"/(?!/)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _DiscoveryDocument:
    """A discovery document at the address `url`; one that begins with "/" is on the outlet's first
    host.

    Fields in `url` make it stand for several addresses. "{date...}" (a `str.format` field:
    `{date:%Y-%m-%d}`, or `{date.month}` without padding): one a day or month, for the last `days`
    days of the outlet's own calendar, today first. "{each}": one for each value of `each`, in their
    order. "{n}": numbered pages `first`, `first + step` ... up to `last`, read in this order up to
    the first page that fails or announces nothing new.

    With `form` the document is asked for by POST. A mapping (kept as pairs) is sent as a form, a
    string as it is: as JSON if it begins like it. Fields stand in values, too. Raises ValueError,
    naming the field.
    """

    url: str
    days: int = 1
    each: tuple[str, ...] = ()
    first: int = 1
    step: int = 1
    last: int | None = None
    form: Form | Mapping[str, str | int] | None = None

    @property
    def dated(self) -> bool:
        """True if the document depends on the day."""
        return self._has_field("date")

    @property
    def takes_cursor(self) -> bool:
        """True if each page gives the cursor with which the next one is asked for."""
        return self._has_field("next")

    @property
    def max_depth(self) -> int:
        """The number of documents read on one way down from the declared one, itself included."""
        return INDEX_LEVELS

    def on(self, host: str) -> Self:
        """Return the document with its address on `host`, by https, if it begins with "/"."""
        if not self.url.startswith("/"):
            return self
        return replace(self, url=f"https://{host}{self.url}")

    def requests(
        self, today: date, *, since: date | None = None, until: date | None = None
    ) -> Iterator[DocumentRequest]:
        """Yield the requests for the documents to read, newest day first, each once (a month's
        document serves all its days); of numbered pages the first.

        `since` and `until` are the first and the last day wanted, by default the last `days` days.
        Days after `today` are never read.
        """
        asked: set[str] = set()
        for day in self._days(today, since, until):
            for each in self.each or (None,):
                number = None if self.last is None else self.first
                request = self._request(FieldValues(day, each, number))
                if request.key not in asked:
                    asked.add(request.key)
                    yield request

    def next_page(
        self, request: DocumentRequest, cursor: str | None = None
    ) -> DocumentRequest | None:
        """Return the request for the page after that of `request`: by its number, or by the cursor
        that the page gives; None after the last page, and without either."""
        values = request.values
        if self.takes_cursor:
            number = (values.number or 1) + 1
            if cursor is None or number > self.max_depth:
                return None
            return self._request(replace(values, number=number, cursor=cursor))
        if values.number is None or self.last is None:
            return None
        number = values.number + self.step
        is_past_last = number > self.last if self.step > 0 else number < self.last
        return None if is_past_last else self._request(replace(values, number=number))

    def is_further_page(self, request: DocumentRequest | None) -> bool:
        """Return True if `request` is for a page after the first, by its number or a cursor."""
        return request is not None and request.values.number not in (None, self.first)

    def covers(self, url: str) -> bool:
        """Return True if `url`, raw or percent-encoded, is the document's address on any day, of
        any value of `each` and of a page of any number."""
        return re.fullmatch(pattern_of(self.url, self.each), unquote(url)) is not None

    def __post_init__(self) -> None:
        for problem in type_problems(self, left_out=("form",)):
            raise ValueError(f"{type(self).__name__}: {problem}")
        if not _WEB_ADDRESS.match(self.url) and not _PATH.match(self.url):
            problem = f'{self.url!r} is not an http(s) address, nor a path that begins with "/"'
            raise self._error("url", problem)
        if brace := stray_brace(self.url):
            problem = f"{brace!r}: the only fields are {{date}}, {{each}}, {{n}} and {{next}}"
            raise self._error("url", f"{self.url!r}: {problem}")
        self._keep_form()
        for text in _texts(self.form):
            if misspelt := misspelt_field(text):
                problem = (
                    f"{misspelt!r}: the only fields are {{date}}, {{each}}, {{n}} and {{next}}"
                )
                raise self._error("form", problem)
        self._check_days()
        self._check_each()
        self._check_numbers()
        if self.takes_cursor and not isinstance(self, Listing):
            raise self._error("url", "only a Listing has a `next` that fills {next}")
        for name, template in (("url", self.url), ("form", self.form)):
            try:
                for text in _texts(template):
                    fill(text, FieldValues(date(2000, 1, 1), "", 1))
            except (LookupError, AttributeError, ValueError) as error:
                raise self._error(name, f"{template!r}: {error!r}") from None

    def _keep_form(self) -> None:
        """Turn a form given as a mapping into pairs, which have a hash."""
        if isinstance(self.form, Mapping):
            pairs = tuple(self.form.items())
            object.__setattr__(self, "form", pairs)
        if self.form is None:
            return
        if not self.form:
            raise self._error("form", "it is empty: leave it out, or give its fields")
        if isinstance(self.form, str):
            return
        if not isinstance(self.form, tuple):
            raise self._error("form", f"{self.form!r} is neither a mapping nor the text to send")
        texts = []
        for pair in self.form:
            if not isinstance(pair, tuple) or len(pair) != 2:
                raise self._error("form", f"{pair!r} is not a pair of a name and its value")
            name, value = pair
            is_number = isinstance(value, int) and not isinstance(value, bool)
            if not isinstance(name, str) or not (isinstance(value, str) or is_number):
                raise self._error("form", f"{name!r}: {value!r} is neither a text nor a number")
            texts.append((name, str(value)))
        object.__setattr__(self, "form", tuple(texts))

    def _check_days(self) -> None:
        if self.days < 1:
            raise self._error("days", f"{self.days} is not at least 1")
        if self.days > 1 and not self.dated:
            raise self._error("days", "neither url nor form has {date}")

    def _check_each(self) -> None:
        for value in self.each:
            if not value:
                raise self._error("each", f"{value!r} is not a text that fills {{each}}")
            if self.each.count(value) > 1:
                raise self._error("each", f"{value!r} stands in it twice")
        if self.each and not self._has_field("each"):
            raise self._error("each", "neither url nor form has {each}")
        if not self.each and self._has_field("each"):
            raise self._error("each", 'no values for {each}: each=("world", "sports")')

    def _check_numbers(self) -> None:
        if not self._has_field("n"):
            for name, unset in (("first", 1), ("step", 1), ("last", None)):
                if getattr(self, name) != unset:
                    raise self._error(name, "neither url nor form has {n}")
            return
        if self.last is None:
            raise self._error("last", "{n} needs the number of the last page to read")
        if self.step == 0:
            raise self._error("step", "0 leads to no further page")
        if (self.last - self.first) * self.step < 0:
            raise self._error("last", f"{self.last} is not reached from {self.first}")

    def _has_field(self, name: str) -> bool:
        return any(has_field(text, name) for text in (self.url, *_texts(self.form)))

    def _days(self, today: date, since: date | None, until: date | None) -> Iterator[date | None]:
        if not self.dated:
            yield None
            return
        last = min(until or today, today)
        first = since or last - timedelta(days=self.days - 1)
        for back in range((last - first).days + 1):
            yield last - timedelta(days=back)

    def _request(self, values: FieldValues) -> DocumentRequest:
        cursor = None if values.cursor is None else quote(values.cursor, safe="")
        url = fill(self.url, replace(values, cursor=cursor))
        match self.form:
            case None:
                return DocumentRequest(url, values=values)
            case str():
                return DocumentRequest(url, fill(self.form, values), values)
            case _:
                pairs = [(name, fill(value, values)) for name, value in self._form_pairs()]
                return DocumentRequest(url, urlencode(pairs), values)

    def _form_pairs(self) -> tuple[tuple[str, str], ...]:
        assert isinstance(self.form, tuple)
        return self.form

    def _error(self, field: str, problem: str) -> ValueError:
        return ValueError(f"{type(self).__name__}: {field}: {problem}")


def _texts(template: object) -> tuple[str, ...]:
    """Return the texts of an address or a form in which fields may stand."""
    if isinstance(template, str):
        return (template,)
    if isinstance(template, tuple):
        return tuple(value for _, value in template)
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed(_DiscoveryDocument):
    """An RSS or Atom feed. `machine_dates`: the worth of the dates of its entries."""

    machine_dates: MachineDates = "true"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap(_DiscoveryDocument):
    """A sitemap or a sitemap index, plain or gzipped.

    Of an index at most `children` children are read, the last changed first, in the index's order
    where it gives no dates. `newest` chooses them in an index whose dates are missing or false:
    "last" reads its last child first; a pattern with a group for a number, r"posts-(\\d*)", or for
    several, r"(\\d+)-(\\d+)" of a year and a month, the child with the highest number first, and
    those that it matches only. The pattern `follow` must match somewhere in a child's address.
    Patterns see it raw and percent-decoded. `machine_dates`: the worth of the dates of its pages.
    """

    follow: str = ""
    newest: str = ""
    children: int = 2
    machine_dates: MachineDates = "true"

    def __post_init__(self) -> None:
        _DiscoveryDocument.__post_init__(self)
        for field, pattern in (("follow", self.follow), ("newest", self.newest)):
            try:
                re.compile(pattern)
            except re.error as error:
                raise self._error(field, f"not a regular expression: {error}") from None
        if self.newest not in ("", NEWEST_LAST) and not re.compile(self.newest).groups:
            problem = f'{self.newest!r} is neither "last" nor a pattern with a group for a number'
            raise self._error("newest", problem)
        if self.children < 1:
            raise self._error("children", f"{self.children} is not at least 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsSitemap(Sitemap):
    """A sitemap with Google's news extension: two days with publication dates and titles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(_DiscoveryDocument):
    """A page of links: a front page, a section, a topic, or what an API answers.

    `links` selects the links to articles: CSS, in which `::attr(name)` is the attribute that holds
    the address, or XPath, which begins with "/", "(" or "./". With "a" the outlet's article pattern
    decides. `next` selects the link to the next page in the same way; at most `pages` are read. If
    it is no address but a cursor, {next} in `url` or `form` is where it goes: empty at first. Such
    pages are read up to the first that announces nothing new.
    `machine_dates`: the worth of the dates in <time datetime> beside the links, or of `published`.

    With `entries` the document is JSON: a JMESPath (jmespath.org) of its entries. `link`,
    `headline` and `published` are JMESPaths in an entry; without `link` its "url", "link" or "href"
    is the address. What is HTML (the value of `entries`, an entry, its `link`) is read with
    `links`. `next` is a JMESPath in the document.

    `address` makes the address of what is not one: "https://news.example/article/{id}". Its fields
    are JMESPaths in the entry; in HTML the only field is what `links` selects.
    """

    links: str = "a"
    next: str = ""
    pages: int = 1
    entries: str = ""
    link: str = ""
    headline: str = ""
    published: str = ""
    address: str = ""
    machine_dates: MachineDates = "true"

    @property
    def max_depth(self) -> int:
        """The number of pages read, the declared one included."""
        return self.pages

    def on(self, host: str) -> Self:
        """Return the listing with `url` and `address` on `host`, by https, if they begin with
        "/"."""
        listing = self
        if self.address.startswith("/"):
            listing = replace(self, address=f"https://{host}{self.address}")
        return super(Listing, listing).on(host)

    def __post_init__(self) -> None:
        _DiscoveryDocument.__post_init__(self)
        self._check_selectors()
        self._check_address()
        if self.pages < 1:
            raise self._error("pages", f"{self.pages} is not at least 1")
        if self.pages > 1 and not self.next:
            raise self._error("pages", "more than one page needs `next`")
        if self.pages == 1 and (self.next or self.takes_cursor):
            way = "{next}" if self.takes_cursor else "`next`"
            raise self._error("pages", f"{way} leads to a second page: how many are read?")
        if self.next and self.last is not None:
            raise self._error("next", "the pages have numbers: leave out either {n} or `next`")

    def _check_selectors(self) -> None:
        """Raise ValueError for what is neither a selector nor, in a JSON document, a JMESPath."""
        checks = {"links": selectors.to_xpath, "next": selectors.to_xpath}
        if self.entries:
            json_fields = ("entries", "next", "link", "headline", "published")
            checks |= dict.fromkeys(json_fields, json_paths.compiled)
        for field in ("link", "headline", "published"):
            if getattr(self, field) and not self.entries:
                raise self._error(field, "it is of a JSON document: `entries` is missing")
        for field, check in checks.items():
            declared = getattr(self, field)
            if not declared and field != "links":
                continue
            try:
                check(declared)
            except ValueError as error:
                raise self._error(field, str(error)) from None

    def _check_address(self) -> None:
        """Raise ValueError for a template that makes no addresses."""
        if not self.address:
            return
        names = address_fields(self.address)
        without_fields = fill_address(self.address, lambda _: "") or ""
        if not _WEB_ADDRESS.match(self.address) and not _PATH.match(self.address):
            problem = f'{self.address!r} is not an http(s) address, nor a path that begins with "/"'
            raise self._error("address", problem)
        if not names or "{" in without_fields or "}" in without_fields:
            raise self._error("address", f'{self.address!r} needs a field: "/article/{{id}}"')
        if self.link:
            raise self._error("address", "`link` gives the address: leave out either")
        if not self.entries and len(names) > 1:
            problem = f"{self.address!r}: `links` selects one value, for one field"
            raise self._error("address", problem)
        for name in names:
            try:
                json_paths.compiled(name)
            except ValueError as error:
                raise self._error("address", str(error)) from None


Discovery = Feed | Sitemap | NewsSitemap | Listing
