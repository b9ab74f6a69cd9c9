"""Look at a site as a newcomer would: an article, the front page, robots.txt, feeds, sitemaps."""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import islice
from typing import Any, ClassVar
from urllib.parse import unquote, urljoin, urlsplit

from protego import Protego
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse

from crawler.discovery import Announcement, DiscoveryError, read_document
from crawler.discovery.announcement import MAX_LINKS
from crawler.discovery.decoding import unpack
from crawler.discovery.kinds import (
    NEWEST_LAST,
    Discovery,
    Feed,
    Listing,
    NewsSitemap,
    Sitemap,
)
from crawler.extraction import examine
from crawler.extraction.article import Extraction
from crawler.extraction.verdict import leads_to_list
from crawler.fetching.content_type import header_charset
from crawler.fetching.failures import cause_of
from crawler.outlet import Outlet, Platform
from crawler.replay import fetched_at
from crawler.replay.case import FetchedHop
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import WORDPRESS
from crawler.survey.shapes import ProposedPattern, count_slug_words, propose_pattern

MOST_FEEDS, MOST_SITEMAPS, MOST_PAGES = 4, 3, 4
"""Documents and articles that a site is asked for."""
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_USUAL_FEEDS = ("/feed/", "/rss", "/rss.xml")
_USUAL_SITEMAPS = ("/sitemap.xml",)
_NEWS_EXTENSION = b"schemas/sitemap-news/"
_DATE_OF_CHILD = b"lastmod>"
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Document:
    """A discovery document that could be read as `kind`; `announced`: addresses on the site."""

    kind: Discovery
    hop: FetchedHop
    announced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site, as it was read without a declaration."""

    hop: FetchedHop
    encoding: str | None
    """The charset of the header."""
    extraction: Extraction


@dataclass(slots=True)
class Survey:
    """What was seen of a site, beginning at `url`."""

    url: str
    documents: list[Document] = field(default_factory=list)
    articles: list[Page] = field(default_factory=list)
    pattern: ProposedPattern | None = None
    addresses: tuple[str, ...] = ()
    """The addresses from which the pattern was made."""
    site_name: str = ""
    """The page's own word: og:site_name."""
    platform: Platform | None = None
    """The publishing system, by the page's own word."""
    site_links: tuple[str, ...] = ()
    """Addresses on the site to which its front page links."""
    other_pages: list[str] = field(default_factory=list)
    """Addresses of pages that are no articles."""
    failures: list[str] = field(default_factory=list)
    """A line for each address that gave nothing, with the cause."""


def survey_spider(survey: Survey, name: str) -> type[OutletSpider]:
    """Return a spider that fills `survey`. It stands for an outlet of which nothing is known."""
    host = urlsplit(survey.url).hostname or ""
    provisional = Outlet(
        name=name,
        title=host,
        native=host,
        language="ar",
        country="GB",
        zone="UTC",
        hosts=(host,),
        articles=r"/.*",
        discovery=(Listing(url="/"),),
        as_of=datetime.now(UTC).year,
        confidence="low",
    )
    attributes = {"outlet": provisional, "survey": survey, "__module__": __name__}
    return type("SurveySpider", (_SurveyMixin, OutletSpider), attributes)


class _SurveyMixin:
    """Replaces the requests of an OutletSpider by those of a survey."""

    survey: ClassVar[Survey]
    outlet: ClassVar[Outlet]
    crawler: Any

    async def start(self) -> AsyncIterator[Request]:
        """Look at the site; yield nothing to crawl."""
        await self.look()
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    async def look(self) -> None:
        """Fill the survey."""
        survey = self.survey
        given = await self.fetch(survey.url)
        if given is None:
            return
        home = urljoin(given.url, "/")
        front = given if given.url == home else await self.fetch(home)
        pages = [page for page in (given, front) if isinstance(page, TextResponse)]
        survey.site_name = next(filter(None, map(_site_name, pages)), "")
        survey.platform = next(filter(None, map(_platform, pages)), None)
        await self.read_feeds(home, pages)
        await self.read_sitemaps(home)
        if front is not None:
            self.read_front_page(front)
        is_article = self.examine(given)
        survey.addresses = _sample(survey.documents, given.url if is_article else "")
        survey.pattern = propose_pattern(survey.addresses)
        sample = survey.addresses
        if survey.pattern is not None and not survey.pattern.has_number:
            # An article's slug has more words than that of a page about the site.
            sample = tuple(sorted(sample, key=count_slug_words, reverse=True))
        for url in islice(sample, MOST_PAGES):
            if url != given.url and (page := await self.fetch(url)):
                self.examine(page)

    def read_front_page(self, front: Response) -> None:
        """Note where the front page links to; it announces articles where nothing else does."""
        has_others = bool(self.survey.documents)
        announcement = self.read(Listing(url=front.url), front, tell=not has_others)
        if announcement is not None:
            self.survey.site_links = self.own_addresses(announcement)
        if has_others:
            others = [each for each in self.survey.documents if each.kind.url != front.url]
            self.survey.documents = others

    async def read_feeds(self, home: str, pages: list[TextResponse]) -> None:
        """Read the feeds that the pages name, or those at the usual addresses."""
        named = dict.fromkeys(url for page in pages for url in _feeds_in_head(page))
        for url in islice(named, MOST_FEEDS):
            if response := await self.fetch(url):
                self.read(Feed(url=response.url), response)
        for url in () if self.survey.documents else (urljoin(home, path) for path in _USUAL_FEEDS):
            response = await self.fetch(url, tell=False)
            if response and self.read(Feed(url=response.url), response, tell=False):
                return

    async def read_sitemaps(self, home: str) -> None:
        """Read the sitemaps that robots.txt names, or those at the usual addresses."""
        robots = await self.fetch(urljoin(home, "/robots.txt"), tell=False)
        named: list[str] = []
        if isinstance(robots, TextResponse):
            named = list(Protego.parse(robots.text).sitemaps)
        is_named = bool(named)
        usual = [urljoin(home, path) for path in _USUAL_SITEMAPS]
        for url in islice(named or usual, MOST_SITEMAPS):
            if response := await self.fetch(url, tell=is_named):
                kind = _sitemap(response)
                announcement = self.read(kind, response, tell=is_named)
                if announcement:
                    await self.read_children(kind, announcement)

    async def read_children(self, kind: Discovery, announcement: Announcement) -> None:
        """Read the first child of an index, for its addresses."""
        for url in announcement.further_urls[:1]:
            if response := await self.fetch(url):
                self.read(kind, response)

    async def fetch(self, url: str, *, tell: bool = True) -> Response | None:
        """Return the answer at `url`, None for any but a whole one. tell: note that as a
        failure."""
        problem: object
        try:
            request = Request(url, meta={"allow_offsite": True})
            response = await self.crawler.engine.download_async(request)
        except IgnoreRequest as error:
            problem = cause_of(error)
        except Exception as error:  # whatever keeps an address from answering
            problem = cause_of(error)
        else:
            if response.status == HTTPStatus.OK:
                return response  # type: ignore[no-any-return]
            problem = f"http_{response.status}"
        if tell:
            self.survey.failures.append(f"{url}: {problem}")
        return None

    def read(
        self, kind: Discovery, response: Response, *, tell: bool = True
    ) -> Announcement | None:
        """Keep a document that can be read as `kind`, and return what it announces."""
        try:
            announcement = read_document(
                kind, response.body, response.url, encoding=header_charset(response)
            )
        except DiscoveryError as error:
            if tell:
                self.survey.failures.append(str(error))
            return None
        own = self.own_addresses(announcement)
        if own or announcement.further_urls:
            self.survey.documents.append(Document(kind, _hop(response), own))
        return announcement

    def own_addresses(self, announcement: Announcement) -> tuple[str, ...]:
        """Return the announced addresses on the site."""
        return tuple(
            link.url
            for link in announcement.links
            if self.outlet.has_host(urlsplit(link.url).hostname or "")
        )

    def examine(self, response: Response) -> bool:
        """Keep a page if it is an article; return whether it is one."""
        extraction = examine(
            response.body,
            response.url,
            zone=None,
            now=_now(response),
            encoding=header_charset(response),
        )
        if extraction.verdict == "article":
            self.survey.articles.append(Page(_hop(response), header_charset(response), extraction))
            return True
        self.survey.other_pages.append(response.url)
        self.survey.failures.append(f"{response.url}: no article, {extraction.verdict}")
        return False


def _now(response: Response) -> datetime:
    return fetched_at(response) or datetime.now(UTC).replace(microsecond=0)


def _hop(response: Response) -> FetchedHop:
    headers = {
        name.decode("latin-1"): [value.decode("latin-1") for value in values]
        for name, values in response.headers.items()
    }
    return FetchedHop(response.url, response.status, headers, _now(response), response.body)


def _sitemap(response: Response) -> Sitemap:
    """Return the kind of a sitemap: of an index without dates whose last child has a higher number
    than its first, as of a year, that last child counts as the newest."""
    if _NEWS_EXTENSION in response.body:
        return NewsSitemap(url=response.url)
    kind = Sitemap(url=response.url)
    try:
        body, _ = unpack(response.body)
        children = read_document(replace(kind, children=MAX_LINKS), body, response.url).further_urls
    except DiscoveryError:
        return kind  # reading it as that kind tells the fault
    if not children or _DATE_OF_CHILD in body:
        return kind
    first, last = children[0], children[-1]
    is_numbered = _DIGITS.sub("", first) == _DIGITS.sub("", last)
    if is_numbered and _numbers(first) < _numbers(last):
        return replace(kind, newest=NEWEST_LAST)
    return kind


def _numbers(text: str) -> list[int]:
    return [int(digits) for digits in _DIGITS.findall(text)]


def _sample(documents: list[Document], article: str) -> tuple[str, ...]:
    """Return the addresses of the documents that announce news and nothing else: of feeds and news
    sitemaps if there are any, else of sitemaps; else those that a listing links to and that are
    like `article`, the address of an article ("": any)."""
    for kinds in ((Feed, NewsSitemap), (Sitemap,), (Listing,)):
        announced = [each.announced for each in documents if isinstance(each.kind, kinds)]
        addresses = [url for urls in announced for url in urls if not leads_to_list(url)]
        if kinds == (Listing,) and article:
            addresses = [article, *filter(_is_like(article), addresses)]
        elif addresses and article:
            addresses.append(article)
        if addresses:
            return tuple(dict.fromkeys(addresses))
    return (article,) if article else ()


def _is_like(article: str) -> Callable[[str], bool]:
    """Return a function that tells whether an address has the shape of that of an article."""
    proposed = propose_pattern((article,))
    pattern = re.compile(proposed.articles if proposed else "")
    return lambda url: pattern.fullmatch(unquote(urlsplit(url).path)) is not None


def _feeds_in_head(page: TextResponse) -> Iterator[str]:
    for link in page.css("link[rel~=alternate][href]"):
        if link.attrib.get("type", "").lower() in _FEED_TYPES:
            yield page.urljoin(link.attrib["href"])


def _platform(page: TextResponse) -> Platform | None:
    """Return the platform that the page names as its generator, or whose paths it loads from."""
    generator = page.css("meta[name='generator']::attr(content)").get("")
    is_wordpress = generator.startswith("WordPress") or b"/wp-content/" in page.body
    return WORDPRESS if is_wordpress else None


def _site_name(page: TextResponse) -> str:
    return page.css("meta[property='og:site_name']::attr(content)").get("").strip()
