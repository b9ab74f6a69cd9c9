"""From a page to an Article: the readers are asked in order, and what they say is reconciled field
by field."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, TypeVar

from crawler.extraction.blocks import PageBlocks, read_blocks
from crawler.extraction.body import Body, BodyFinder, alike, paragraphs
from crawler.extraction.bylines import byline, is_own_name, names_in, signature
from crawler.extraction.claims import Claims, PageKind
from crawler.extraction.date_text import DateContext, read_printed_date
from crawler.extraction.headline import Headline, find_headline
from crawler.extraction.jsonld import read_jsonld
from crawler.extraction.meta import read_meta
from crawler.extraction.microdata import marked_bodies, marked_elements, read_microdata
from crawler.extraction.page_dates import PageDates, may_be_same_day, reconcile_dates
from crawler.extraction.printed import printed_dates, printed_section, printed_tags
from crawler.extraction.selectors import choose_layout, elements, read_selectors
from crawler.extraction.tree import Element, PageRefused, PageTree, parse_page
from crawler.extraction.values import distinct, plain_line
from crawler.extraction.verdict import Verdict, judge
from crawler.items import Article
from crawler.outlet import Outlet, Reader
from crawler.text.language import language_of
from crawler.text.letters import fold_words

T = TypeVar("T")

_ORDER: tuple[Reader, ...] = ("jsonld", "opengraph", "microdata", "selectors")
_LONGEST_KEYWORD, _LONGEST_TITLE = 40, 1000
_LANGUAGES = ("ar", "ur")

DriftField = Literal["headline", "body", "published"]
"""A field in which declared selectors and the generic reading can differ."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """An article, what the page was judged to be, and the fields where declared selectors and the
    generic reading differ (how a redesign is noticed; empty without an outlet)."""

    article: Article
    verdict: Verdict
    disagreements: tuple[DriftField, ...] = ()


def extract_article(
    html: bytes | str,
    url: str,
    *,
    zone: str | None = None,
    outlet: Outlet | None = None,
    now: datetime | None = None,
    encoding: str | None = None,
) -> Article:
    """The article on a page; one with `headline` and `body` None when the page is none (see
    `examine`).

    `zone`: IANA name for dates that print none (else the outlet's). `now`: aware; relative dates
    and dates without a year count from it, and stay raw without it. `encoding`: the label in the
    HTTP header. Never raises for anything that a page holds; ValueError for a selector of `outlet`
    that is no selector.
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
) -> Extraction:
    """Like `extract_article`, and why: the verdict on the page and the fields in doubt.

    A page in a language that is not one of `languages` is no article; with None all are.
    """
    try:
        tree = parse_page(html, url, encoding)
    except PageRefused as refusal:
        blank = Article(url=url, outlet=outlet.name if outlet else None)
        return Extraction(blank, refusal.verdict)
    context = DateContext(
        zone or (outlet.zone if outlet else None), now, outlet.date_order if outlet else None
    )
    return _Examination(tree, outlet, context, languages).run()


class _Examination:
    """One page, one outlet: the readers' claims, and the choice between them."""

    def __init__(
        self,
        tree: PageTree,
        outlet: Outlet | None,
        context: DateContext,
        languages: Collection[str] | None,
    ) -> None:
        self._tree = tree
        self._languages = languages
        self._outlet = outlet
        self._context = context
        title = _title(tree)
        self._meta = read_meta(tree)
        self._jsonld = read_jsonld(tree, self._meta.headline or title)
        marked = marked_elements(tree)
        self._microdata = read_microdata(marked, tree.url)
        self._marked_bodies = marked_bodies(marked)
        self._title = title
        self._layout = choose_layout(tree, outlet, self._declared_day)
        self._selected = read_selectors(tree, self._layout) if self._layout else None
        self._claims = self._in_order()
        self._site_names = distinct(
            [
                *(name for claims in self._claims for name in claims.site_names),
                *self._outlet_names(),
            ]
        )

    def run(self) -> Extraction:
        page = read_blocks(self._tree.root, self._removed())
        headline = self._headline(page)
        body = self._body(page, headline)
        authors, body = self._authors(page, body)
        dates = self._dates(page, body, headline)
        article = self._article(page, headline, self._text(body, headline), authors, dates)
        verdict = self._verdict(page, body, article)
        if verdict != "article":
            article.headline = article.body = None
            return Extraction(article, verdict)
        return Extraction(article, verdict, self._disagreements(page, headline, body, dates))

    # -- who says what

    def _in_order(self) -> list[Claims]:
        by_reader = {
            "jsonld": self._jsonld,
            "opengraph": self._meta,
            "microdata": self._microdata,
            "selectors": self._selected,
        }
        order = self._layout.order if self._layout else _ORDER
        return [claims for reader in order if (claims := by_reader[reader]) is not None]

    def _first(self, get: Callable[[Claims], T]) -> T | None:
        return next((value for claims in self._claims if (value := get(claims))), None)

    def _kind(self) -> PageKind:
        """What the page calls itself; OpenGraph's "article" is printed on home pages too and counts
        least."""
        for claims in (self._jsonld, self._microdata, self._meta):
            if claims is not None and claims.kind:
                return claims.kind
        return ""

    def _outlet_names(self) -> list[str]:
        return [self._outlet.native, self._outlet.title] if self._outlet else []

    def _declared_day(self) -> date | None:
        claims = [each for each in (self._jsonld, self._meta, self._microdata) if each is not None]
        reading = reconcile_dates(claims, (), self._context).published
        return reading.wall.date() if reading else None

    # -- field by field

    def _removed(self) -> list[Element]:
        return elements(self._tree, self._layout.remove) if self._layout else []

    def _headline(self, page: PageBlocks) -> Headline | None:
        if (
            self._selected is not None
            and self._selected.headline
            and self._claims[0] is self._selected
        ):
            return Headline(self._selected.headline, self._declared_span(page))
        return self._generic_headline(page)

    def _generic_headline(self, page: PageBlocks) -> Headline | None:
        readers = (self._jsonld, self._meta, self._microdata)
        titles = distinct(
            [claims.headline for claims in readers if claims is not None] + [self._title]
        )
        return find_headline(self._tree, page, titles, self._site_names)

    def _declared_span(self, page: PageBlocks) -> tuple[int, int] | None:
        found = elements(self._tree, self._layout.headline[:1]) if self._layout else []
        return next((page.ranges[element] for element in found if element in page.ranges), None)

    def _body(self, page: PageBlocks, headline: Headline | None) -> Body:
        finder = self._finder(page, headline)
        generic = finder.find(self._marked_bodies)
        if self._layout is None:
            return generic
        declared = finder.within(elements(self._tree, (*self._layout.lead, *self._layout.body)))
        return declared if declared.prose * 2 >= generic.prose else generic

    def _finder(self, page: PageBlocks, headline: Headline | None) -> BodyFinder:
        span = headline.span if headline else None
        at = span[1] - 1 if span and span[1] > span[0] else None
        return BodyFinder(page, headline.text if headline else None, at)

    def _text(self, body: Body, headline: Headline | None) -> str | None:
        """The body's paragraphs; where the page prints none (a script builds it in the browser),
        the articleBody of the JSON-LD node that has the page's headline."""
        if body.prose or self._jsonld is None or not self._jsonld.body or headline is None:
            return paragraphs(block.text for block in body.blocks)
        if fold_words(self._jsonld.headline or "") != fold_words(headline.text):
            return None
        return paragraphs(plain_line(part) or "" for part in self._jsonld.body.splitlines())

    def _authors(self, page: PageBlocks, body: Body) -> tuple[tuple[str, ...], Body]:
        """Names from the readers, the page's byline, and the story's first or last line (which
        leave the body)."""
        blocks = list(body.blocks)
        written: tuple[str, ...] = ()
        while blocks and (found := byline(blocks[0])):
            written += found
            del blocks[0]
        if signed := signature(blocks):
            written += signed
            del blocks[-1]
        else:
            written += signature([*blocks, *body.labels[:1]])
        declared = self._first(lambda claims: self._names(claims.authors)) or self._names(
            _printed_bylines(page, body)
        )
        organisations = self._first(lambda claims: self._names(claims.organisations)) or ()
        authors = distinct([*declared, *written]) or organisations
        return authors, replace(body, blocks=tuple(blocks))

    def _names(self, texts: Sequence[str]) -> tuple[str, ...]:
        names = [name for text in texts for name in names_in(text)]
        return distinct(
            [name for name in names if not is_own_name(name, self._site_names, self._tree.url)]
        )

    def _dates(self, page: PageBlocks, body: Body, headline: Headline | None) -> PageDates:
        printed = printed_dates(page, body, headline.span if headline else None)
        machine_dates = self._layout.machine_dates if self._layout else "true"
        return reconcile_dates(self._claims, printed, self._context, machine_dates)

    def _article(
        self,
        page: PageBlocks,
        headline: Headline | None,
        text: str | None,
        authors: tuple[str, ...],
        dates: PageDates,
    ) -> Article:
        published, modified = dates.published, dates.modified
        known = published if published and published.instant else None
        return Article(
            url=self._tree.url,
            canonical_url=self._meta.canonical,
            outlet=self._outlet.name if self._outlet else None,
            language=language_of(text or (headline.text if headline else "")),
            headline=headline.text if headline else None,
            body=text,
            description=self._first(lambda claims: claims.description),
            authors=authors,
            section=self._first(lambda claims: claims.section)
            or printed_section(self._tree, page, headline.span if headline else None),
            tags=self._first(lambda claims: claims.tags)
            or printed_tags(page)
            or self._keywords(text or ""),
            image=self._first(lambda claims: claims.image),
            published=known.instant if known else None,
            published_raw=dates.published_raw,
            published_precision=known.precision if known else None,
            modified=modified.instant if modified else None,
            modified_raw=dates.modified_raw,
            zone=known.zone if known else None,
        )

    def _keywords(self, text: str) -> tuple[str, ...]:
        """Those <meta> keywords that the story speaks of; none when they are its title cut into
        words."""
        folded = f" {fold_words(text)} "
        words = {keyword: fold_words(keyword) for keyword in self._meta.keywords}
        title = set(fold_words(self._title or "").split())
        if all(word in title for word in words.values()):
            return ()
        return tuple(
            k for k, word in words.items() if len(k) <= _LONGEST_KEYWORD and f" {word} " in folded
        )

    def _verdict(self, page: PageBlocks, body: Body, article: Article) -> Verdict:
        verdict = judge(
            page,
            body,
            url=self._tree.url,
            kind=self._kind(),
            headline=article.headline,
            dated=any(claims.published for claims in self._claims),
        )
        if verdict != "article" and article.body and not body.prose:
            verdict = "article"
        if (
            verdict == "article"
            and self._languages is not None
            and article.language not in self._languages
        ):
            return "language"
        return verdict

    # -- where selectors and the generic reading differ

    def _disagreements(
        self, page: PageBlocks, headline: Headline | None, body: Body, dates: PageDates
    ) -> tuple[DriftField, ...]:
        layout, selected = self._layout, self._selected
        if layout is None or selected is None:
            return ()
        found: list[DriftField] = []
        if layout.headline:
            generic = self._generic_headline(page)
            if fold_words(selected.headline or "") != fold_words(generic.text if generic else ""):
                found.append("headline")
        if layout.body:
            finder = self._finder(page, headline)
            declared = finder.within(elements(self._tree, (*layout.lead, *layout.body)))
            if not alike(declared, finder.find(self._marked_bodies)):
                found.append("body")
        if layout.published and self._dates_differ(selected.published, dates):
            found.append("published")
        return tuple(found)

    def _dates_differ(self, selected: Sequence[str], dates: PageDates) -> bool:
        readings = [
            reading for text in selected if (reading := read_printed_date(text, self._context))
        ]
        if not readings or dates.published is None:
            return bool(selected) or dates.published is not None
        return not any(may_be_same_day(reading, dates.published) for reading in readings)


def _title(tree: PageTree) -> str | None:
    """Return the text of <title>."""
    element = tree.root.find(".//title")
    return plain_line((element.text or "")[:_LONGEST_TITLE]) if element is not None else None


def _printed_bylines(page: PageBlocks, body: Body) -> list[str]:
    """Texts of byline elements from the headline's surroundings to the end of the body."""
    if not body.blocks:
        return []
    first, last = body.blocks[0].position, body.blocks[-1].position
    near_story = page.blocks[max(0, first - 15) : last + 4]
    return [block.text for block in near_story if block.roles and block.roles[-1][1] == "byline"][
        :4
    ]
