"""From a page to an Article, step by step; `examine` is the whole way."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.causes import Cause
from crawler.extraction.authors import find_authors, split_bylines
from crawler.extraction.blocks import PageBlocks, read_blocks
from crawler.extraction.body import find_bodies
from crawler.extraction.claims import Claims
from crawler.extraction.date_text import DateContext
from crawler.extraction.disagreements import DriftField, find_disagreements
from crawler.extraction.further_pages import has_further_pages
from crawler.extraction.genre import find_genre, find_labels
from crawler.extraction.headline import Headline, declared_headline, find_headline
from crawler.extraction.page_claims import PageClaims, read_claims
from crawler.extraction.page_dates import PageDates, reconcile_dates
from crawler.extraction.printed_dates import printed_dates
from crawler.extraction.selectors import elements
from crawler.extraction.story_blocks import StoryBlocks
from crawler.extraction.story_text import StoryText, find_text
from crawler.extraction.time_elements import time_claims
from crawler.extraction.topics import find_section, find_tags
from crawler.extraction.tree import DecodedPage, PageTree, PageUnreadable, decode_page, parse_page
from crawler.extraction.verdict import Verdict, believed_word, judge
from crawler.items import Article, Authors
from crawler.outlet import Outlet
from crawler.text.language import language_of
from crawler.text.mojibake import is_mojibake, repair_mojibake

_LANGUAGES = ("ar", "ur")
_MAX_WORDS_CHARS = 3000
"""Characters of headline and body in which mojibake is looked for."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """An article, the verdict on its page, and `disagreements`: the fields where declared selectors
    and the generic reading differ (how a redesign is noticed; empty without an outlet). `warnings`:
    the doubts whether the article is all that the page holds. `by_own_word`: the page itself says
    that it is no article."""

    article: Article
    verdict: Verdict
    disagreements: tuple[DriftField, ...] = ()
    warnings: tuple[Cause, ...] = ()
    by_own_word: bool = False

    @property
    def cause(self) -> Cause | None:
        """Why the page is no article; None for an article."""
        if self.verdict == "article":
            return None
        if self.by_own_word:
            return Cause.NOT_ARTICLE_SITE_PAGE
        return Cause.not_article(self.verdict)


def extract_article(
    html: bytes | str,
    url: str,
    *,
    zone: str | None = None,
    outlet: Outlet | None = None,
    now: datetime | None = None,
    encoding: str | None = None,
) -> Article:
    """Return the article on a page; one with `headline` and `body` None when the page is no article
    (see `examine`).

    `zone`: IANA name for dates that print none (else the outlet's). `now`: aware; relative dates
    and dates without a year count from it, and stay raw without it. `encoding`: the label in the
    HTTP header. Never raises for what a page holds. Raises ValueError for an invalid selector of
    `outlet`.
    """
    return examine(html, url, zone=zone, outlet=outlet, now=now, encoding=encoding).article


def examine(
    html: bytes | str,
    url: str,
    *,
    zone: str | None = None,
    outlet: Outlet | None = None,
    now: datetime | None = None,
    encoding: str | None = None,
    languages: Collection[str] | None = _LANGUAGES,
    is_announced: bool = False,
) -> Extraction:
    """Return the article on a page, the verdict on the page, and the fields where selectors and
    generic extraction disagree.

    Parameters and errors are those of `extract_article`. A page in a language that is not one of
    `languages` is no article; with None all languages are taken. `is_announced`: the outlet has
    announced the address with a date of publication, as it does articles only.
    """
    page = decode_page(html, encoding)
    extraction = _examine_page(page, url, zone, outlet, now, languages, is_announced)
    if extraction.verdict != "mojibake":
        return extraction
    repaired = repair_mojibake(page.text)
    if repaired is None:
        return extraction
    page = DecodedPage(repaired, repaired)
    extraction = _examine_page(page, url, zone, outlet, now, languages, is_announced)
    return replace(extraction, warnings=(*extraction.warnings, Cause.MOJIBAKE_REPAIRED))


def _examine_page(
    decoded: DecodedPage,
    url: str,
    zone: str | None,
    outlet: Outlet | None,
    now: datetime | None,
    languages: Collection[str] | None,
    is_announced: bool,
) -> Extraction:
    """Do as `examine` does for a decoded page; the verdict on one whose words are not as they were
    written is "mojibake"."""
    outlet_name = outlet.name if outlet else None
    try:
        tree = parse_page(decoded, url)
    except PageUnreadable as unreadable:
        return Extraction(Article(url=url, outlet=outlet_name), unreadable.verdict)

    # The claims of structured data and the outlet's selectors; then the page as people see it.
    context = _date_context(zone, now, outlet)
    claims = read_claims(tree, outlet, context)
    lead = elements(tree, claims.layout.lead)
    page = read_blocks(tree.root, elements(tree, claims.layout.remove), set_apart=lead)

    # The story in the page, and what is printed around it.
    generic_headline = find_headline(tree, page, claims)
    headline = declared_headline(tree, page, claims) or generic_headline
    story_blocks = StoryBlocks(page, headline, tree.url)
    bodies = find_bodies(tree, page, story_blocks, claims, headline)
    in_story, story = split_bylines(bodies.believed)
    data_story = None
    if bodies.believed_data is not None:
        in_story, data_story = split_bylines(bodies.believed_data)
    authors = find_authors(page, headline, bodies.believed, claims, in_story, url, outlet)
    printed = printed_dates(page, story_blocks, story, headline)
    marked = time_claims(tree, page, story_blocks, story, headline)
    readers = _readers_of_dates(claims, marked)
    shown = headline.text if headline else ""
    dates = reconcile_dates(readers, printed, context, claims.layout.machine_dates, shown)

    story_text = find_text(tree, page, story, data_story, headline, claims)
    article = _article(tree, page, story_blocks, claims, headline, story_text.paragraphs)
    article.outlet = outlet_name
    article.authors = Authors.printed_in(authors.bylines, authors.names)
    labels = find_labels(page, story_blocks, headline, story)
    article.genre = find_genre(url, claims, article.section, labels, outlet)
    _set_dates(article, dates)
    own_word = None
    if claims.own_word is not None:
        lines_above = printed_dates(page, story_blocks, story, headline, below=False)
        own_word = believed_word(
            claims.own_word,
            article,
            claims,
            marked,
            lines_above,
            context,
            has_byline=bool(authors.names or authors.bylines),
            is_announced=is_announced,
        )
    verdict = judge(
        page,
        story,
        article,
        claims,
        languages,
        is_text_embedded=story_text.is_embedded,
        own_word=own_word,
    )
    if is_mojibake(f"{article.headline} {article.body or ''}"[:_MAX_WORDS_CHARS]):
        verdict = "mojibake"
    if verdict != "article":
        article.headline = article.body = None
        by_own_word = own_word is not None and verdict in ("listing", "site_page")
        return Extraction(article, verdict, by_own_word=by_own_word)
    # The page of an application may print no headline.
    other_headline = generic_headline or headline
    disagreements = find_disagreements(claims, other_headline, bodies, dates, context)
    return Extraction(article, verdict, disagreements, tuple(_warnings(tree, claims, story_text)))


def _readers_of_dates(claims: PageClaims, marked: Claims) -> tuple[Claims, ...]:
    """Return the claims whose dates may be believed, in the order of belief. marked: those of the
    <time> elements around the story."""
    if claims.layout.machine_dates != "none":
        return (*claims.by_belief, marked)
    return () if claims.selected is None else (claims.selected,)


def _warnings(tree: PageTree, claims: PageClaims, text: StoryText) -> Iterator[Cause]:
    """Yield the doubts whether the article is all that the page holds."""
    if claims.data is not None and claims.data.document is None:
        yield Cause.UNREADABLE_DATA
    if claims.has_broken_jsonld:
        yield Cause.BROKEN_JSONLD
    if has_further_pages(tree, claims.meta.canonical):
        yield Cause.FURTHER_PAGES
    if text.has_unreadable_state:
        yield Cause.UNREADABLE_STATE
    if claims.kind == "article" and text.is_first_paragraph_only:
        yield Cause.FIRST_PARAGRAPH_ONLY


def _date_context(zone: str | None, now: datetime | None, outlet: Outlet | None) -> DateContext:
    if outlet is None:
        return DateContext(zone, now)
    return DateContext(zone or outlet.zone, now, outlet.date_order)


def _article(
    tree: PageTree,
    page: PageBlocks,
    story_blocks: StoryBlocks,
    claims: PageClaims,
    headline: Headline | None,
    text: str | None,
) -> Article:
    """Return the article with its text and what the page says about it."""
    headline_text = headline.text if headline else None
    return Article(
        url=tree.url,
        canonical_url=claims.meta.canonical,
        language=language_of(text or headline_text or ""),
        headline=headline_text,
        body=text,
        description=claims.believed(lambda reader: reader.description),
        section=find_section(tree, page, story_blocks, headline, claims),
        tags=find_tags(page, story_blocks, text or "", claims),
        image=claims.believed(lambda reader: reader.image),
    )


def _set_dates(article: Article, dates: PageDates) -> None:
    """Set the article's dates and, where they could be read, what they were read as."""
    article.published_raw = dates.published_raw
    article.modified_raw = dates.modified_raw
    if dates.published is not None and dates.published.instant is not None:
        article.published = dates.published.instant
        article.published_precision = dates.published.precision
        article.zone = dates.published.zone
    if dates.modified is not None:
        article.modified = dates.modified.instant
