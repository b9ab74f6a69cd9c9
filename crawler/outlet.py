"""Outlet, Layout and HouseStyle: the frozen values that an outlet is declared with.

They know no Scrapy, so that every plain library can take them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache, cached_property, lru_cache
from itertools import chain
from math import inf
from typing import Any, Literal, get_args
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from cssselect import SelectorError
from lxml import etree
from parsel.csstranslator import HTMLTranslator

from crawler.discovery import json_paths
from crawler.discovery.field_types import type_problems
from crawler.discovery.kinds import Discovery, MachineDates
from crawler.gazetteer import UnknownSourceError, gazetteer, is_country, zone_of

Language = Literal["ar", "ur"]
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

OutletState = Literal["working", "unconfirmed", "refused", "needs_browser", "dead_discovery"]
"""What is known of an outlet's discovery: "working": it was seen at work; "unconfirmed": it was
named somewhere and not seen; "refused": the outlet turns crawlers away; "needs_browser": its pages
are made by scripts; "dead_discovery": what announced its articles is gone."""

_NOT_READ_BY = {"reads_pages": False}
"""Metadata of the fields of Outlet that change nothing in how a page is read."""

_YEAR = re.compile(r"\b20\d\d\b")
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
"""A host as answers and links have it: in ASCII letters."""


class OutletError(ValueError):
    """A declaration that cannot be used; the message names the outlet and the field."""


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


def _path_problem(path: str) -> str | None:
    """Return the problem of a JMESPath, None for a good one."""
    try:
        json_paths.compiled(path)
    except ValueError as error:
        return str(error)
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
    believed, those that selectors find are.

    `data`: a selector of a JSON document in the page (`"script#state"`,
    `"body::attr(data-sna-init)"`). All other fields are JMESPaths in it then, but `remove`, which
    selects in the HTML that they find; `body` and `lead` give HTML, texts, or lists of paragraphs.
    They are believed before all else on the page, from which the missing ones are read as usual.
    Raises OutletError.
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
    data: str = ""

    def __post_init__(self) -> None:
        for problem in chain(type_problems(self), _layout_problems(self)):
            raise OutletError(f"Layout: {problem}")


def _layout_problems(layout: Layout) -> Iterator[str]:
    """Yield a problem for each selector or JMESPath of a layout that is wrong."""
    if layout.data and (problem := _selector_problem(layout.data)):
        yield f"data: {problem}"
    for declared in fields(layout):
        if declared.name in ("until", "order", "machine_dates", "data"):
            continue
        is_path = bool(layout.data) and declared.name != "remove"
        for selector in getattr(layout, declared.name):
            if problem := (_path_problem if is_path else _selector_problem)(selector):
                yield f"{declared.name}: {problem}"


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
        for problem in type_problems(self):
            raise OutletError(f"HouseStyle: {problem}")


class _Unset:
    """The value of a field that a declaration leaves to its platform or to the default."""

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Any = _Unset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """What the outlets of one publishing system have in common.

    `name`: the system's name. `as_of`: the year of the evidence for the platform. The other fields
    are those of Outlet, for each outlet that does not declare them itself; the addresses of
    `discovery` begin with "/". Raises OutletError.
    """

    name: str
    as_of: int
    articles: str = UNSET
    id: str = UNSET
    exclude: tuple[str, ...] = UNSET
    discovery: tuple[Discovery, ...] = UNSET
    layouts: tuple[Layout, ...] = UNSET
    style: HouseStyle = UNSET

    def __post_init__(self) -> None:
        for problem in type_problems(self, unset=UNSET, left_out=("as_of",)):
            raise OutletError(f"Platform {self.name}: {problem}")
        if not _is_year(self.as_of):
            raise OutletError(f"Platform {self.name}: as_of: {self.as_of!r} is not a year")
        for declared in () if self.discovery is UNSET else self.discovery:
            if not isinstance(declared, Discovery):
                problem = f"{declared!r} is neither a feed nor a sitemap nor a listing"
                raise OutletError(f"Platform {self.name}: discovery: {problem}")
            if not declared.url.startswith("/"):
                raise OutletError(
                    f"Platform {self.name}: discovery: {declared.url!r} does not begin with '/'"
                )


def _shared(default: Any) -> Any:
    """Return a field of Outlet that its platform can give.

    default: the value where neither the outlet nor its platform declares one.
    """
    return field(default=UNSET, metadata={"default": default})


@dataclass(frozen=True, kw_only=True)
class Outlet:
    """The declaration of one outlet.

    Who it is. `name`: the slug that `scrapy crawl` takes. `publisher`: its id in the gazetteer,
    which gives `title` and `native` (the outlet's name in English and as it prints it), `language`
    ("ar" or "ur") and `country` (ISO 3166-1 alpha-2) where they are not declared; an outlet that
    declares all four needs no publisher. `zone`: the IANA name of the clock it prints; the
    country's where that has only one.

    Where it is. `hosts`: hosts of its articles, each with and without "www."; the first is the
    canonical one, which replaces the others. `also`: further hosts of its discovery documents that
    are of none of these hosts' registrable domains. `articles`: a pattern that the path of an
    article matches in full, raw or percent-decoded; one with "\\?" in it is matched against path
    and query, one that begins with "http" against the whole address. `exclude`: patterns, from its
    first letter on, of a path that is no news of this outlet ("/en/"), and printed names of
    sections that are none ("إعلانات"). `discovery`: the documents that announce articles; an
    address that begins with "/" is on the first host.

    Which article. `id`: the pattern of the part of path and query that alone identifies an
    article: r"story/\\d+" makes https://<first host>/story/7 the canonical address of
    /story/7/whatever-the-headline-is. `identity`: query parameters that are part of an article's
    address, in their order there. `rewrites`: pairs (pattern, replacement as `re.sub` takes it)
    that turn the percent-encoded path of an article's every address into one: ("^/amp/",
    "/story/") for a twin.

    How it prints. `layout`: the layout of its pages, kept as the only one of `layouts`; of several,
    `layouts`, newest first. `style`: its habits. `platform`: what it shares with
    other outlets; its own values win. `date_order`: the order of day, month and year in a date of
    numbers; None: day first, as nearly all outlets print it, and a year of two digits is not read.
    `genres`: pairs (section as printed, or the beginning of an article's path, genre of its
    articles): ("/urdu/columns/", "opinion").

    How well it is known. `state`: "working": its discovery was seen at work; "unconfirmed"; or,
    not crawled by `crawlall`: "refused", "needs_browser", "dead_discovery". `evidence`: what was
    seen, with its year. `as_of`: the year of the evidence behind the declaration, by default the
    latest that `evidence` names; `confidence`: how good that evidence is. `delay`: seconds between
    requests to one group of hosts.

    Raises OutletError.
    """

    name: str
    title: str = ""
    native: str = ""
    language: Language = UNSET
    country: str = ""
    zone: str = ""
    hosts: tuple[str, ...]
    articles: str = _shared("")
    discovery: tuple[Discovery, ...] = _shared(())
    publisher: str = ""
    as_of: int = 0
    confidence: Confidence = "medium"
    layouts: tuple[Layout, ...] = _shared(())
    style: HouseStyle = _shared(HouseStyle())  # noqa: RUF009 (a frozen value)
    date_order: Literal["DMY", "MDY", "YMD"] | None = None
    identity: tuple[str, ...] = ()
    rewrites: tuple[tuple[str, str], ...] = ()
    delay: float = 2.0
    genres: tuple[tuple[str, Genre], ...] = ()
    also: tuple[str, ...] = ()
    id: str = _shared("")
    exclude: tuple[str, ...] = _shared(())
    layout: Layout | None = None
    # What follows says nothing of how a page is read.
    platform: Platform | None = field(default=None, metadata=_NOT_READ_BY)
    state: OutletState = field(default="unconfirmed", metadata=_NOT_READ_BY)
    evidence: str = field(default="", metadata=_NOT_READ_BY)
    from_platform: frozenset[str] = field(
        init=False, default=frozenset(), compare=False, repr=False, metadata=_NOT_READ_BY
    )
    """The names of the fields whose values are the platform's."""

    def __post_init__(self) -> None:
        for problem in type_problems(self, unset=UNSET, left_out=("as_of",)):
            raise OutletError(f"{self.name}: {problem}")
        self._keep_layout()
        self._complete_from_platform()
        self._complete_from_gazetteer()
        self._complete_from_evidence()
        for problem in _own_problems(self):
            raise OutletError(f"{self.name}: {problem}")
        on_first_host = tuple(declared.on(self.hosts[0]) for declared in self.discovery)
        object.__setattr__(self, "discovery", on_first_host)

    def _keep_layout(self) -> None:
        """Keep a single layout in `layouts`."""
        if self.layout is None:
            return
        if self.layouts is not UNSET:
            raise OutletError(f"{self.name}: layout, layouts: one of them says it")
        object.__setattr__(self, "layouts", (self.layout,))
        object.__setattr__(self, "layout", None)

    def _complete_from_evidence(self) -> None:
        if not self.as_of:
            years = map(int, _YEAR.findall(self.evidence))
            object.__setattr__(self, "as_of", max(years, default=0))

    def _complete_from_platform(self) -> None:
        from_platform = set()
        for shared in fields(self):
            if "default" not in shared.metadata or getattr(self, shared.name) is not UNSET:
                continue
            value = getattr(self.platform, shared.name, UNSET)
            if value is UNSET:
                value = shared.metadata["default"]
            else:
                from_platform.add(shared.name)
            object.__setattr__(self, shared.name, value)
        object.__setattr__(self, "from_platform", frozenset(from_platform))

    def _complete_from_gazetteer(self) -> None:
        entry = gazetteer().by_id.get(self.publisher)
        if entry:
            completed = {
                "title": self.title or entry.source.name,
                "native": self.native or entry.native,
                "language": entry.language if self.language is UNSET else self.language,
                "country": self.country or entry.source.country or "",
            }
            for name, value in completed.items():
                object.__setattr__(self, name, value)
        if not self.zone:
            object.__setattr__(self, "zone", zone_of(self.country) or "")

    @cached_property
    def article_pattern(self) -> re.Pattern[str]:
        """Return `articles`, compiled; it is to match in full."""
        return re.compile(self.articles)

    @property
    def matches_whole_addresses(self) -> bool:
        """True if `articles` is a pattern of addresses and not of paths."""
        return self.articles.lstrip("^").startswith("http")

    def is_article(self, url: str) -> bool:
        """Return whether `url` is the address of one of its articles, raw or percent-decoded."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        if self.matches_whole_addresses:
            address = url
        elif self.has_host(parts.hostname or ""):
            has_query = parts.query and ("\\?" in self.articles or "[?]" in self.articles)
            address = f"{parts.path}?{parts.query}" if has_query else parts.path
        else:
            return False
        pattern = self.article_pattern
        is_like_one = pattern.fullmatch(address) or pattern.fullmatch(unquote(address))
        return bool(is_like_one) and not self._excludes_path(parts.path)

    def has_host(self, host: str) -> bool:
        """Return True for one of `hosts`, with or without "www."."""
        return host.removeprefix("www.") in self._bare_hosts

    @cached_property
    def _bare_hosts(self) -> frozenset[str]:
        return frozenset(host.removeprefix("www.") for host in self.hosts)

    def _excludes_path(self, path: str) -> bool:
        patterns = self._excluded_paths
        return any(pattern.match(path) or pattern.match(unquote(path)) for pattern in patterns)

    @cached_property
    def _excluded_paths(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(item) for item in self.exclude if item.startswith("/"))

    @cached_property
    def excluded_sections(self) -> tuple[str, ...]:
        """The sections, as printed, whose articles are no news of this outlet."""
        return tuple(item for item in self.exclude if not item.startswith("/"))

    @property
    def source_id(self) -> str:
        """The id of the outlet among the sources of stories: `publisher`, or its own name."""
        return self.publisher or self.name

    @cached_property
    def tzinfo(self) -> ZoneInfo:
        """Return `zone` as a tzinfo."""
        return ZoneInfo(self.zone)

    @property
    def is_crawled(self) -> bool:
        """True unless its state says that a crawl brings nothing."""
        return self.state in ("working", "unconfirmed")


def _own_problems(outlet: Outlet) -> Iterator[str]:
    """Yield each problem of a declaration's single fields as "field: problem"; checks rely on those
    before them."""
    yield from _publisher_problems(outlet)
    if outlet.language not in get_args(Language):
        yield f"language: {outlet.language!r} is none of {', '.join(get_args(Language))}"
    layouts_are_layouts = all(isinstance(layout, Layout) for layout in outlet.layouts)
    if not isinstance(outlet.style, HouseStyle) or not layouts_are_layouts:
        yield "style, layouts: a HouseStyle, and Layouts"
    yield from _brand_problems(outlet)
    if outlet.platform is not None and not isinstance(outlet.platform, Platform):
        yield f"platform: {outlet.platform!r} is not a Platform"
    if not all(map(_is_pair_of_texts, outlet.rewrites)):
        yield f"rewrites: {outlet.rewrites!r} are not pairs of texts"
    genres = get_args(Genre)
    for pair in outlet.genres:
        if not _is_pair_of_texts(pair) or pair[1] not in genres:
            yield f"genres: {pair!r} is no pair of a section and one of {', '.join(genres)}"
    if not outlet.title.strip() or not outlet.native.strip():
        yield "title, native: its name in English and as it prints it"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", outlet.name):
        yield "name: letters a-z, digits and _ only"
    if not is_country(outlet.country):
        yield f"country: {outlet.country!r} is not an ISO 3166-1 alpha-2 code"
    if not outlet.zone:
        yield f"zone: {outlet.country} has more than one; name the one whose clock it prints"
    if outlet.zone not in _zone_names():
        yield f"zone: {outlet.zone!r} is not an IANA time zone"
    for name, hosts in (("hosts", outlet.hosts), ("also", outlet.also)):
        if not all(map(_is_host, hosts)) or (name == "hosts" and not hosts):
            yield f"{name}: {hosts!r} are not lower-case host names in ASCII, 'news.example'"
    yield from _pattern_problems(outlet)
    discoveries_are_known = all(isinstance(kind, Discovery) for kind in outlet.discovery)
    needs_discovery = outlet.is_crawled and not outlet.discovery
    if needs_discovery or not discoveries_are_known:
        kinds = ", ".join(kind.__name__ for kind in get_args(Discovery))
        yield f"discovery: at least one of {kinds}, and nothing else"
    if not _is_year(outlet.as_of):
        yield f"as_of: {outlet.as_of!r} is not a year; give it, or evidence with its year"
    untils = [layout.until or date.max for layout in outlet.layouts]
    if untils != sorted(set(untils), reverse=True):
        yield "layouts: newest first, each with an `until` of its own"
    if not 0 <= outlet.delay < inf:
        yield f"delay: {outlet.delay} is no number of seconds"
    if outlet.state != "unconfirmed" and not _YEAR.search(outlet.evidence):
        yield f"evidence: what was seen that makes it {outlet.state!r}, with its year"


def _publisher_problems(outlet: Outlet) -> Iterator[str]:
    """Yield a problem where neither the declaration nor the gazetteer says who the outlet is."""
    if outlet.language is not UNSET and outlet.title and outlet.native and outlet.country:
        return
    if outlet.publisher:
        try:
            gazetteer().entry(outlet.publisher)
        except UnknownSourceError as error:
            yield f"publisher: {error}"
    yield "publisher: an id of the gazetteer, or title, native, language and country"


def _brand_problems(outlet: Outlet) -> Iterator[str]:
    for brand in outlet.style.brands:
        try:
            gazetteer().entry(brand)
        except UnknownSourceError as error:
            yield f"style: brands: {error}"


def _is_year(value: object) -> bool:
    return isinstance(value, int) and 2000 <= value <= 2100


def _is_pair_of_texts(pair: object) -> bool:
    if not isinstance(pair, tuple) or len(pair) != 2:
        return False
    return all(isinstance(part, str) for part in pair)


def _is_host(host: str) -> bool:
    return _HOST.fullmatch(host) is not None


def _pattern_problems(outlet: Outlet) -> Iterator[str]:
    """Yield a problem for each pattern that is not a regular expression."""
    if not outlet.articles and outlet.is_crawled:
        yield "articles: a pattern of its articles' addresses"
    if re.match(r"\w", outlet.articles) and not outlet.matches_whole_addresses:
        yield f"articles: {outlet.articles!r} begins neither with '/' nor with 'https?:'"
    patterns = [("articles", outlet.articles), ("id", outlet.id)]
    patterns += [("rewrites", pattern) for pattern, _ in outlet.rewrites]
    patterns += [("exclude", item) for item in outlet.exclude if item.startswith("/")]
    for field_name, pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            yield f"{field_name}: {pattern!r} is not a regular expression: {error}"
    for item in outlet.exclude:
        if "/" in item and not item.startswith("/"):
            yield f"exclude: {item!r} is no section; a pattern of paths begins with '/'"
    for pattern, replacement in outlet.rewrites:
        try:
            re.compile(pattern).sub(replacement, "")
        except (re.error, IndexError) as error:
            yield f"rewrites: {replacement!r} cannot replace {pattern!r}: {error}"


def outlet_of(spider: object) -> Outlet | None:
    """Return the outlet that a spider or its class declares; None for a spider that declares
    none, whatever else it calls `outlet`."""
    outlet = getattr(spider, "outlet", None)
    return outlet if isinstance(outlet, Outlet) else None
