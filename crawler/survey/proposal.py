"""From a survey to the source of a declaration, with what is unsure of it. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit

from crawler.discovery.kinds import Discovery, Feed, Listing, NewsSitemap, Sitemap
from crawler.extraction import examine
from crawler.gazetteer import Entry, gazetteer, is_country, zone_of
from crawler.outlet import UNSET, Outlet, Platform
from crawler.survey.shapes import count_slug_words
from crawler.survey.spider import Document, Page, Survey
from crawler.text.hosts import registrable_domain

_GENERIC_COUNTRY_DOMAINS = frozenset(("AI", "CC", "CO", "FM", "IO", "LY", "ME", "TO", "TV", "WS"))
"""Top-level domains of countries that anybody registers."""
_KINDS: tuple[type[Discovery], ...] = (Feed, NewsSitemap, Sitemap, Listing)
"""The kinds of discovery, the best first."""
_MOST_WORDS_OF_PAGE = 2
"""Words in the address of a page about the site: /contact-us."""
_MOST_EXCLUDED = 20


class ProposalError(ValueError):
    """The survey saw too little to declare the outlet; the message says what to add."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A declaration that was made of a survey.

    `articles`: the surveyed ones, read by the declaration. `source`: the text of its module.
    `doubts`: a line for each thing that a person must look at.
    """

    outlet: Outlet
    articles: tuple[Page, ...]
    source: str
    doubts: tuple[str, ...]


def propose(survey: Survey, name: str, *, country: str = "") -> Proposal:
    """Return the declaration of the surveyed site, under the slug `name`.

    country: ISO 3166-1 alpha-2, where the survey cannot know it. Raises ProposalError.
    """
    if survey.pattern is None:
        seen = "; ".join(survey.failures) or "nothing at its address"
        raise ProposalError(f"no address of an article was found: {seen}")
    if not survey.articles:
        raise ProposalError(f"no page could be read as an article: {'; '.join(survey.failures)}")
    seen_on = max(page.hop.fetched_at for page in survey.articles).date()
    hosts = _hosts(survey)
    documents = _useful_documents(survey)
    fields: dict[str, Any] = {"name": name, **_who(survey, country), "hosts": hosts}
    domains = set(map(registrable_domain, hosts))
    others = {urlsplit(document.kind.url).hostname or "" for document in documents}
    also = sorted(other for other in others if registrable_domain(other) not in domains)
    if also:
        fields["also"] = tuple(also)
    fields["articles"] = survey.pattern.articles
    if survey.pattern.id:
        fields["id"] = survey.pattern.id
    if survey.pattern.identity:
        fields["identity"] = survey.pattern.identity
    if survey.platform is not None:
        fields["platform"] = survey.platform
    if exclude := _excluded(survey):
        of_platform = () if survey.platform is None else survey.platform.exclude
        fields["exclude"] = (*(() if of_platform is UNSET else of_platform), *exclude)
    kinds = tuple(_on_first_host(document.kind, hosts[0]) for document in documents)
    if not kinds:
        fields["discovery"] = (Listing(url="/"),)
    elif survey.platform is None or kinds != survey.platform.discovery:
        fields["discovery"] = kinds
    evidence = f"what is declared was read on {seen_on:%Y-%m-%d}"
    if not kinds:
        evidence = f"an article was read on {seen_on:%Y-%m-%d}, nothing that announces articles"
    fields |= {
        "as_of": seen_on.year,
        "confidence": "low",
        "state": "working" if kinds else "unconfirmed",
        "evidence": evidence,
    }
    try:
        outlet = Outlet(**fields)
    except ValueError as error:
        raise ProposalError(
            f"{error}; give --country, or add the outlet to the gazetteer"
        ) from None
    articles = tuple(_read_by(outlet, page) for page in survey.articles)
    doubts = (*_doubts(survey, fields, documents), *_page_doubts(articles), *survey.failures)
    return Proposal(outlet, articles, _source(fields, outlet), doubts)


def _read_by(outlet: Outlet, page: Page) -> Page:
    """Return the page as the declaration reads it."""
    hop = page.hop
    extraction = examine(
        hop.body, hop.url, outlet=outlet, now=hop.fetched_at, encoding=page.encoding
    )
    extraction.article.outlet = outlet.name
    return replace(page, extraction=extraction)


def _who(survey: Survey, country: str) -> dict[str, str]:
    """Return the fields that say who the outlet is."""
    language = _language(survey)
    entry = _publisher(survey)
    if entry is None:
        host = urlsplit(survey.url).hostname or ""
        title = survey.site_name or host
        country = country or _country_of_domain(host)
        who = {"title": title, "native": title, "language": language, "country": country}
    else:
        who = {"publisher": entry.source.id}
        if entry.language != language:
            who["language"] = language
        if country:
            who["country"] = country
        country = country or entry.source.country
    if not zone_of(country):
        who["zone"] = _printed_zone(survey)
    return who


def _publisher(survey: Survey) -> Entry | None:
    """Return the source of the gazetteer that publishes at the site, the most particular one."""
    url = survey.articles[0].hop.url
    return next(iter(gazetteer().publishing_at(url)), None)


def _language(survey: Survey) -> str:
    languages = Counter(page.extraction.article.language for page in survey.articles)
    return languages.most_common(1)[0][0] or "ar"


def _country_of_domain(host: str) -> str:
    """Return the country of a host's top-level domain, "" for one that anybody registers."""
    code = host.rpartition(".")[2].upper()
    return code if is_country(code) and code not in _GENERIC_COUNTRY_DOMAINS else ""


def _printed_zone(survey: Survey) -> str:
    """Return a zone of the offset that the articles print for machines, UTC where they do not."""
    for page in survey.articles:
        offset = re.search(r"([+-])(\d\d):?00$", page.extraction.article.published_raw or "")
        if offset:
            hours = int(offset[2])
            sign = "-" if offset[1] == "+" else "+"  # the names of Etc/ count to the west
            return f"Etc/GMT{sign}{hours}" if hours else "UTC"
    return "UTC"


def _hosts(survey: Survey) -> tuple[str, ...]:
    """Return the hosts of the site's articles, that of most of them first."""
    found = [urlsplit(url).hostname or "" for url in survey.addresses]
    hosts = [host for host, _ in Counter(found).most_common()]
    bare: dict[str, str] = {}
    for host in hosts:
        bare.setdefault(host.removeprefix("www."), host)
    return tuple(bare.values())


def _useful_documents(survey: Survey) -> list[Document]:
    """Return the documents to declare, those that announce articles of the pattern: feeds and news
    sitemaps, else sitemaps, else a listing."""
    assert survey.pattern is not None
    pattern = re.compile(survey.pattern.articles)
    useful = [
        document
        for document in survey.documents
        if any(_matches(pattern, url) for url in document.announced)
    ]
    for kinds in ((Feed, NewsSitemap), (Sitemap,), (Listing,)):
        chosen = [document for document in useful if type(document.kind) in kinds]
        if chosen:
            by_url = {document.kind.url: document for document in chosen}
            return sorted(by_url.values(), key=lambda each: _KINDS.index(type(each.kind)))
    return []


def _excluded(survey: Survey) -> list[str]:
    """Return the patterns of the pages that the pattern of articles takes for articles, where it
    has no number: those that were read as none, and those that the front page links to under a few
    words."""
    assert survey.pattern is not None
    if survey.pattern.has_number:
        return []
    pattern = re.compile(survey.pattern.articles)
    articles = {page.hop.url for page in survey.articles}
    announced = {url for each in survey.documents for url in each.announced}
    short = [
        url
        for url in survey.site_links
        if count_slug_words(url) <= _MOST_WORDS_OF_PAGE
        and (url not in announced or type(survey.documents[0].kind) is Listing)
    ]
    paths = dict.fromkeys(
        unquote(urlsplit(url).path).rstrip("/")
        for url in (*survey.other_pages, *short)
        if url not in articles and _matches(pattern, url)
    )
    return [f"{re.escape(path)}/?$".replace(r"\-", "-") for path in islice(paths, _MOST_EXCLUDED)]


def _matches(pattern: re.Pattern[str], url: str) -> bool:
    parts = urlsplit(url)
    path = unquote(parts.path)
    return bool(pattern.fullmatch(path) or pattern.fullmatch(f"{path}?{parts.query}"))


def _on_first_host(kind: Discovery, host: str) -> Discovery:
    """Return the kind with the address as a declaration writes it."""
    prefix = f"https://{host}/"
    url = kind.url.removeprefix(prefix[:-1]) if kind.url.startswith(prefix) else kind.url
    return replace(kind, url=url)


def _source(fields: dict[str, Any], outlet: Outlet) -> str:
    """Return the text of the module that declares the outlet."""
    kinds = sorted({type(kind).__name__ for kind in fields.get("discovery", ())})
    imports = f"from crawler.discovery.kinds import {', '.join(kinds)}\n" if kinds else ""
    platform = "from crawler.spiders.platforms import WORDPRESS\n" if outlet.platform else ""
    lines = [f"        {name}={_written(name, value)},\n" for name, value in fields.items()]
    words = re.split(r"[_-]+", outlet.name)
    class_name = "".join(word.capitalize() for word in words)
    return (
        f'"""{outlet.title}."""\n\n'
        f"{imports}"
        "from crawler.outlet import Outlet\n"
        "from crawler.spiders.base import OutletSpider\n"
        f"{platform}\n\n"
        f"class {class_name}Spider(OutletSpider):\n"
        f"    outlet = Outlet(\n{''.join(lines)}    )\n"
    )


def _written(name: str, value: Any) -> str:
    """Return a value as a declaration writes it."""
    match value:
        case Platform():
            return "WORDPRESS"
        case str() if name in ("articles", "id", "exclude"):
            return f'r"{value}"'
        case str():
            return f'"{value}"' if '"' not in value and "\\" not in value else repr(value)
        case tuple():
            items = [_written(name, item) for item in value]
            comma = "," if len(items) == 1 else ""
            return f"({', '.join(items)}{comma})"
        case int():
            return str(value)
        case Sitemap(newest=str(newest)) if newest:
            return f'{type(value).__name__}(url="{value.url}", newest="{newest}")'
        case _:
            return f'{type(value).__name__}(url="{value.url}")'


def _doubts(survey: Survey, fields: dict[str, Any], documents: Sequence[Document]) -> Iterator[str]:
    """Yield a line for each part of the declaration that a person must look at."""
    pattern = survey.pattern
    assert pattern is not None
    if "publisher" not in fields:
        yield "title, native: no source of the gazetteer publishes here; the page's own name stands"
        yield f"country: {fields['country']}, by the top-level domain or as given"
    if "zone" in fields:
        yield f"zone: {fields['zone']}, from the offset of a machine's date; name the city's"
    if not pattern.has_number:
        yield "articles: no number tells an article from another page; name what is none in exclude"
    if "exclude" in fields:
        yield "exclude: pages that are none, as far as the front page shows them"
    if survey.platform is not None:
        yield f"platform: {survey.platform.name}, by the page's own word"
    if pattern.covered < len(survey.addresses):
        missed = len(survey.addresses) - pattern.covered
        yield f"articles: misses {missed} of {len(survey.addresses)} announced addresses"
    if pattern.id and pattern.is_shown:
        yield f"id: {pattern.id!r}, since two addresses have one number and other words"
    elif pattern.id:
        yield f"id: {pattern.id!r} is taken for the whole identity; try an address without its slug"
    if any(isinstance(each.kind, Sitemap) and each.kind.newest for each in documents):
        yield "discovery: the index gives no dates; its last child is taken for the newest"
    if not documents:
        yield "state: unconfirmed, since nothing was seen that announces its articles"
        yield "discovery: no feed, no sitemap, no link to an article; the front page is a guess"
    elif all(type(document.kind) is Listing for document in documents):
        yield "discovery: no feed and no sitemap; the front page announces"


def _page_doubts(pages: Sequence[Page]) -> Iterator[str]:
    """Yield a line for what is missing in each article, and for each doubt about it."""
    for page in pages:
        article = page.extraction.article
        missing = [name for name in ("headline", "body", "published") if not getattr(article, name)]
        if missing:
            yield f"{page.hop.url}: without {', '.join(missing)}; declare a layout"
        for warning in page.extraction.warnings:
            yield f"{page.hop.url}: {warning}"
