"""Outlet: the frozen value an outlet is declared with. It knows no Scrapy; every plain library can
take it."""

import re
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Literal, get_args, get_origin, get_type_hints
from urllib.parse import unquote
from zoneinfo import ZoneInfo, available_timezones

from cssselect import SelectorError
from lxml import etree
from parsel.csstranslator import HTMLTranslator

from crawler.discovery.kinds import Discovery, Feed, Listing, Sitemap

Confidence = Literal["high", "medium", "low"]
Reader = Literal["jsonld", "opengraph", "microdata", "selectors"]


class OutletError(ValueError):
    """A declaration that cannot be used; the message names the outlet and the field."""


@dataclass(frozen=True, slots=True)
class _FieldRule:
    """What the annotation of a field asks of its value."""

    name: str
    is_tuple: bool
    words: tuple[str, ...]  # the only values, or items of the tuple; empty: any


@cache
def _field_rules(declared: type) -> tuple[_FieldRule, ...]:
    """Return the rule of each field of a class of declared values: its annotations, read once."""
    rules = []
    for name, kind in get_type_hints(declared).items():
        choices = [each for each in (kind, *get_args(kind)) if get_origin(each) is Literal]
        words = tuple(word for choice in choices for word in get_args(choice))
        rules.append(_FieldRule(name, get_origin(kind) is tuple, words))
    return tuple(rules)


def _misdeclared(value: object) -> list[str]:
    """Return a problem for each field that is no tuple, or none of the words, that its annotation
    asks for."""
    problems = []
    declared: type = type(value)
    for rule in _field_rules(declared):
        held = getattr(value, rule.name)
        if rule.is_tuple and not isinstance(held, tuple):
            problems.append(f"{rule.name}: {held!r} is not a tuple")
        elif rule.words and held is not None:
            items = held if isinstance(held, tuple) else (held,)
            problems += [
                f"{rule.name}: {item!r} is none of {', '.join(rule.words)}"
                for item in items
                if item not in rule.words
            ]
    return problems


@cache
def _zone_names() -> frozenset[str]:
    """Return the names of all IANA time zones, which stand in hundreds of files."""
    return frozenset(available_timezones())


@lru_cache(maxsize=8192)
def _selector_problem(selector: str) -> str | None:
    """Return what is wrong with a selector of a `Layout`, or None. Outlets of one platform have
    their selectors in common."""
    try:
        etree.XPath(
            selector
            if selector.startswith(("/", "(", "./"))
            else HTMLTranslator().css_to_xpath(selector)
        )
    except (SelectorError, etree.XPathError) as error:
        return f"{selector!r} is no selector: {error}"
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where one generation of an outlet's pages keeps each field.

    Every field takes selectors tried in order: CSS, or XPath when it begins with "/", "(" or "./".
    A layout only sharpens extraction, which works without one. `until` is the last day of
    publication on which pages looked so (None: still); of several layouts the newest stands first.
    `remove` is cut from the page before the body is read. `order` is which reader is believed first
    for headline and dates. `machine_dates` "local" declares that the offset in structured data is
    false: the clock it prints is the outlet's own (Youm7's "Z" is Cairo time).
    """

    until: date | None = None
    headline: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    order: tuple[Reader, ...] = ("jsonld", "opengraph", "microdata", "selectors")
    machine_dates: Literal["true", "local"] = "true"

    def __post_init__(self) -> None:
        for problem in _misdeclared(self):
            raise OutletError(f"Layout: {problem}")
        for field in fields(self):
            if field.name not in ("until", "order", "machine_dates"):
                for problem in filter(None, map(_selector_problem, getattr(self, field.name))):
                    raise OutletError(f"Layout: {field.name}: {problem}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseStyle:
    """How an outlet prints who a story is from.

    `datelines`: whether its stories open with one: "always", "often", "rarely" or "never" (None:
    not known, so only unmistakable forms are cut). `brands`: gazetteer ids that are this outlet
    under another name (Pakistan Point News is UrduPoint's brand), so that they are its publisher
    and not an agency.
    """

    datelines: Literal["always", "often", "rarely", "never"] | None = None
    brands: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for problem in _misdeclared(self):
            raise OutletError(f"HouseStyle: {problem}")


@dataclass(frozen=True, kw_only=True)
class Outlet:
    """One outlet, declared.

    `name`: the slug that `scrapy crawl` takes. `title` and `native`: its name in English and as it
    prints it. `language`: "ar" or "ur". `country`: ISO 3166-1 alpha-2. `zone`: IANA name of the
    clock it prints. `hosts`: its article hosts, the canonical one first, the others taken for it.
    `articles`: a pattern that article addresses match in full (raw or percent-decoded).
    `publisher`: its id in the gazetteer of sources. `date_order`: how it prints an all-number date;
    None: day first, as nearly all do, but a year of two digits is not read. `delay`: seconds
    between requests to one host family. `identity`: query parameters that are part of an article's
    address, in their order there. `rewrites`: pairs (pattern, replacement as `re.sub` takes it) on
    the percent-encoded path that lead to an article's one address: ("^/amp/", "/story/") for a
    twin, (r"^(/\\d+)/.*", r"\\1") where only the number counts. `as_of`: the year of the evidence
    behind the declaration; `confidence`: how good that evidence is. Raises OutletError.
    """

    name: str
    title: str
    native: str
    language: Literal["ar", "ur"]
    country: str
    zone: str
    hosts: tuple[str, ...]
    articles: str
    discovery: tuple[Discovery, ...]
    publisher: str
    as_of: int
    confidence: Confidence
    layouts: tuple[Layout, ...] = ()
    style: HouseStyle = HouseStyle()
    date_order: Literal["DMY", "MDY", "YMD"] | None = None
    identity: tuple[str, ...] = ()
    rewrites: tuple[tuple[str, str], ...] = ()
    delay: float = 2.0

    def __post_init__(self) -> None:
        for problem in _problems(self):
            raise OutletError(f"{self.name}: {problem}")

    @cached_property
    def article_pattern(self) -> re.Pattern[str]:
        """`articles`, compiled; use `fullmatch`."""
        return re.compile(self.articles)

    def is_article(self, url: str) -> bool:
        """Whether `url` is an article's address here, raw or percent-decoded."""
        return bool(
            self.article_pattern.fullmatch(url) or self.article_pattern.fullmatch(unquote(url))
        )

    @cached_property
    def tzinfo(self) -> ZoneInfo:
        """`zone` as a tzinfo."""
        return ZoneInfo(self.zone)


def _problems(outlet: Outlet) -> list[str]:
    found = _misdeclared(outlet)
    if found:
        return found
    if not isinstance(outlet.style, HouseStyle) or not all(
        isinstance(layout, Layout) for layout in outlet.layouts
    ):
        return ["style, layouts: a HouseStyle, and Layouts"]
    if any(not isinstance(pair, tuple) or len(pair) != 2 for pair in outlet.rewrites):
        return [f"rewrites: {outlet.rewrites!r} are not pairs"]
    if not outlet.title.strip() or not outlet.native.strip():
        found.append("title, native: its name in English and as it prints it")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", outlet.name):
        found.append("name: letters a-z, digits and _ only")
    if not re.fullmatch(r"[A-Z]{2}", outlet.country):
        found.append(f"country: {outlet.country!r} is not an ISO 3166-1 alpha-2 code")
    if outlet.zone not in _zone_names():
        found.append(f"zone: {outlet.zone!r} is not an IANA time zone")
    if not outlet.hosts or any(
        re.search(r"[/:@\s]", host) or host != host.lower() for host in outlet.hosts
    ):
        found.append(f"hosts: {outlet.hosts!r} are not lower-case host names")
    for field_name, pattern in [
        ("articles", outlet.articles),
        *(("rewrites", pair[0]) for pair in outlet.rewrites),
    ]:
        try:
            re.compile(pattern)
        except re.error as error:
            found.append(f"{field_name}: {pattern!r} is not a regular expression: {error}")
    if not outlet.discovery or not all(
        isinstance(d, Feed | Sitemap | Listing) for d in outlet.discovery
    ):
        found.append(
            "discovery: at least one Feed, Sitemap, NewsSitemap or Listing, and nothing else"
        )
    if not isinstance(outlet.as_of, int) or not 2000 <= outlet.as_of <= 2100:
        found.append(f"as_of: {outlet.as_of!r} is not a year")
    untils = [layout.until or date.max for layout in outlet.layouts]
    if untils != sorted(set(untils), reverse=True):
        found.append("layouts: newest first, each with an `until` of its own")
    if outlet.delay < 0:
        found.append(f"delay: {outlet.delay} is negative")
    return found
