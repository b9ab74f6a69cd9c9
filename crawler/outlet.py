"""Outlet, Layout and HouseStyle: the frozen values that an outlet is declared with.

They know no Scrapy, so that every plain library can take them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Literal, get_args, get_origin, get_type_hints
from urllib.parse import unquote
from zoneinfo import ZoneInfo, available_timezones

from cssselect import SelectorError
from lxml import etree
from parsel.csstranslator import HTMLTranslator

from crawler.discovery.kinds import Discovery, MachineDates

Confidence = Literal["high", "medium", "low"]
Reader = Literal["jsonld", "opengraph", "microdata", "selectors"]


Genre = Literal[
    "news",
    "opinion",
    "editorial",
    "analysis",
    "interview",
    "blog",
    "live",
    "explainer",
    "roundup",
    "flash",
]
"""The kind of piece that an article is."""


class OutletError(ValueError):
    """A declaration that cannot be used; the message names the outlet and the field."""


@dataclass(frozen=True, slots=True)
class _FieldRule:
    """The demands of a field's annotation on the value declared for it.

    `words`: the only values, or items of the tuple; empty: any.
    """

    name: str
    is_tuple: bool
    words: tuple[str, ...]


@cache
def _field_rules(declaration: type) -> tuple[_FieldRule, ...]:
    """Return the rule of each field of Outlet, Layout or HouseStyle; annotations are read once."""
    rules = []
    for name, annotation in get_type_hints(declaration).items():
        parts = (annotation, *get_args(annotation))
        literals = [part for part in parts if get_origin(part) is Literal]
        words = tuple(word for literal in literals for word in get_args(literal))
        rules.append(_FieldRule(name, get_origin(annotation) is tuple, words))
    return tuple(rules)


def _mistyped(declaration: object) -> Iterator[str]:
    """Yield a problem for each field that is not the tuple or word that its annotation asks for."""
    kind: type = type(declaration)
    for rule in _field_rules(kind):
        declared = getattr(declaration, rule.name)
        if rule.is_tuple and not isinstance(declared, tuple):
            yield f"{rule.name}: {declared!r} is not a tuple"
            continue
        if not rule.words or declared is None:
            continue
        for word in declared if isinstance(declared, tuple) else (declared,):
            if word not in rule.words:
                yield f"{rule.name}: {word!r} is none of {', '.join(rule.words)}"


@cache
def _zone_names() -> frozenset[str]:
    """Return the names of all IANA time zones, which stand in hundreds of files."""
    return frozenset(available_timezones())


@lru_cache(maxsize=8192)
def _selector_problem(selector: str) -> str | None:
    """Return the problem of a `Layout`'s selector, None for a good one.

    Outlets of one platform have their selectors in common.
    """
    try:
        is_xpath = selector.startswith(("/", "(", "./"))
        etree.XPath(selector if is_xpath else HTMLTranslator().css_to_xpath(selector))
    except (SelectorError, etree.XPathError) as error:
        return f"{selector!r} is no selector: {error}"
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Selectors of each field in one generation of an outlet's pages.

    A layout only sharpens extraction, which works without it. Selectors are tried in order: CSS, or
    XPath when it begins with "/", "(" or "./". `until`: the last day of publication of pages with
    this layout (None: still in use); of several layouts the newest stands first. `credit`: the
    element where the house prints place, reporter or agency ("وكالات - أبوظبي"). `remove`: elements
    cut from the page before the body is read. `headline` is believed before all titles, and `lead`
    is part of the body whatever it looks like. `order`: the readers believed for everything else,
    first to last. `machine_dates` "local": the offset in structured data is false, and the clock
    beside it is the outlet's own (Youm7's "Z" is Cairo time); "none": no date in structured data is
    believed, those that selectors find are. Raises OutletError.
    """

    until: date | None = None
    headline: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    order: tuple[Reader, ...] = ("jsonld", "opengraph", "microdata", "selectors")
    machine_dates: MachineDates = "true"

    def __post_init__(self) -> None:
        for problem in _mistyped(self):
            raise OutletError(f"Layout: {problem}")
        for field in fields(self):
            if field.name in ("until", "order", "machine_dates"):
                continue
            for selector in getattr(self, field.name):
                if selector_problem := _selector_problem(selector):
                    raise OutletError(f"Layout: {field.name}: {selector_problem}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseStyle:
    """The printed habits of an outlet.

    `datelines`: how often its stories open with a dateline; None: unknown, so that only forms are
    cut that hardly any sentence has. `brands`: gazetteer ids of the outlet's other names (Pakistan
    Point News is UrduPoint's brand), which are its publisher and not an agency. Raises OutletError.
    """

    datelines: Literal["always", "often", "rarely", "never"] | None = None
    brands: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for problem in _mistyped(self):
            raise OutletError(f"HouseStyle: {problem}")


@dataclass(frozen=True, kw_only=True)
class Outlet:
    """The declaration of one outlet.

    `name`: the slug that `scrapy crawl` takes. `title` and `native`: the outlet's name in English
    and as it prints it. `language`: "ar" or "ur". `country`: ISO 3166-1 alpha-2. `zone`: IANA name
    of the clock it prints. `hosts`: hosts of its articles; the first is the canonical one, which
    replaces the others. `articles`: a pattern that article addresses match in full (raw or
    percent-decoded). `publisher`: its id in the gazetteer of sources. `date_order`: the order of
    day, month and year in a date of numbers; None: day first, as nearly all outlets print it, and a
    year of two digits is not read. `delay`: seconds between requests to one group of hosts.
    `identity`: query parameters that are part of an article's address, in their order there.
    `rewrites`: pairs (pattern, replacement as `re.sub` takes it) that turn the percent-encoded path
    of an article's every address into one: ("^/amp/", "/story/") for a twin,
    (r"^(/\\d+)/.*", r"\\1") where only the number counts. `as_of`: the year of the evidence behind
    the declaration; `confidence`: how good that evidence is. `genres`: pairs (section as printed,
    or the beginning of an article's path, genre of its articles): ("/urdu/columns/", "opinion").
    Raises OutletError.
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
    genres: tuple[tuple[str, Genre], ...] = ()

    def __post_init__(self) -> None:
        for problem in _problems(self):
            raise OutletError(f"{self.name}: {problem}")

    @cached_property
    def article_pattern(self) -> re.Pattern[str]:
        """Return `articles`, compiled; it is to match in full."""
        return re.compile(self.articles)

    def is_article(self, url: str) -> bool:
        """Return whether `url` is the address of one of its articles, raw or percent-decoded."""
        pattern = self.article_pattern
        return bool(pattern.fullmatch(url) or pattern.fullmatch(unquote(url)))

    @cached_property
    def tzinfo(self) -> ZoneInfo:
        """Return `zone` as a tzinfo."""
        return ZoneInfo(self.zone)


def _problems(outlet: Outlet) -> Iterator[str]:
    """Yield each problem of a declaration as "field: problem"; checks rely on those before them."""
    yield from _mistyped(outlet)
    layouts_are_layouts = all(isinstance(layout, Layout) for layout in outlet.layouts)
    if not isinstance(outlet.style, HouseStyle) or not layouts_are_layouts:
        yield "style, layouts: a HouseStyle, and Layouts"
    if any(not isinstance(pair, tuple) or len(pair) != 2 for pair in outlet.rewrites):
        yield f"rewrites: {outlet.rewrites!r} are not pairs"
    genres = get_args(Genre)
    for pair in outlet.genres:
        if not isinstance(pair, tuple) or len(pair) != 2 or pair[1] not in genres:
            yield f"genres: {pair!r} is no pair of a section and one of {', '.join(genres)}"
    if not outlet.title.strip() or not outlet.native.strip():
        yield "title, native: its name in English and as it prints it"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", outlet.name):
        yield "name: letters a-z, digits and _ only"
    if not re.fullmatch(r"[A-Z]{2}", outlet.country):
        yield f"country: {outlet.country!r} is not an ISO 3166-1 alpha-2 code"
    if outlet.zone not in _zone_names():
        yield f"zone: {outlet.zone!r} is not an IANA time zone"
    if not outlet.hosts or not all(map(_is_host, outlet.hosts)):
        yield f"hosts: {outlet.hosts!r} are not lower-case host names"
    yield from _pattern_problems(outlet)
    discoveries_are_known = all(isinstance(kind, Discovery) for kind in outlet.discovery)
    if not outlet.discovery or not discoveries_are_known:
        kinds = ", ".join(kind.__name__ for kind in get_args(Discovery))
        yield f"discovery: at least one of {kinds}, and nothing else"
    if not isinstance(outlet.as_of, int) or not 2000 <= outlet.as_of <= 2100:
        yield f"as_of: {outlet.as_of!r} is not a year"
    untils = [layout.until or date.max for layout in outlet.layouts]
    if untils != sorted(set(untils), reverse=True):
        yield "layouts: newest first, each with an `until` of its own"
    if outlet.delay < 0:
        yield f"delay: {outlet.delay} is negative"


def _is_host(host: str) -> bool:
    return host == host.lower() and not re.search(r"[/:@\s]", host)


def _pattern_problems(outlet: Outlet) -> Iterator[str]:
    """Yield a problem for each pattern that is not a regular expression."""
    patterns = [("articles", outlet.articles)]
    patterns += [("rewrites", pattern) for pattern, _ in outlet.rewrites]
    for field_name, pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            yield f"{field_name}: {pattern!r} is not a regular expression: {error}"
