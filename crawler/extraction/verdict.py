"""The verdict on a page: an article, or the name of what it is instead."""

import re
from collections.abc import Collection, Iterable
from typing import Literal
from urllib.parse import unquote

from crawler.extraction.blocks import PageBlocks
from crawler.extraction.body import Body, range_of
from crawler.extraction.claims import Claims
from crawler.extraction.date_text import DateContext, read_printed_date
from crawler.extraction.own_word import OwnWord
from crawler.extraction.page_claims import PageClaims
from crawler.extraction.page_dates import speaks_of_update
from crawler.extraction.phrases import ERROR, WALL, phrase_anywhere
from crawler.extraction.values import split_names, split_url
from crawler.items import Article, Precision
from crawler.sources import parse_dateline
from crawler.text.letters import fold_words

Verdict = Literal[
    "article",
    "empty",
    "listing",
    "site_page",
    "gallery",
    "video",
    "error_page",
    "paywall",
    "language",
    "mojibake",
    "not_html",
    "too_many_attributes",
]

_ERROR = phrase_anywhere(ERROR)
_WALL = phrase_anywhere(WALL)
_HOME = re.compile(
    r"/?(?:index\.\w{2,5}|home(?:-page|page)?|default\.aspx?|(?:ar|ur|arabic|urdu)/?)?$", re.I
)
# Characters of running text.
_MIN_PROSE = 60
"""Fewest of a story; flashes of one line ("عاجل") have about as many."""
_SURE_PROSE = 250
"""Fewest of a story that needs nothing else to confirm it, whatever words the page prints."""
_LONG_PROSE = 800
"""Fewest of a text that describes no section, whatever its headline."""
_ERROR_WITHIN, _WALL_WITHIN = 80, 6000
"""Characters of the headline, and of the page's end, in which such words are looked for."""
_MIN_LINK_CHARS = 30
_MIN_TITLES = 8
"""Linked titles that make a page without a story a listing."""
_MIN_LISTED = 3
"""Linked headings in the part that gathers the text that make it a listing."""
_MIN_FLASH = 90
"""Characters of a story of few sentences that nothing but its headline and address confirms."""
_MIN_WORD_CHARS, _MIN_TOLD_WORDS, _MIN_TOLD = 4, 2, 0.4
"""Letters of a word that two texts do not share by chance; words of a headline, and their share,
that its story tells again."""
_LISTING_STEPS = frozenset(
    split_names("""
    category categories cat tag tags topic topics section sections archive archives author authors
    writer writers search page keyword keywords label labels taxonomy terms
    """)
)
_SITE_STEPS = frozenset(
    split_names("""
    about about-us aboutus who-we-are contact contact-us contactus privacy privacy-policy terms
    terms-of-use terms-of-service terms-and-conditions advertise advertise-with-us careers cookies
    cookie-policy disclaimer faq copyright editorial-policy
    """)
)
"""Last steps of the addresses of pages about the site."""
_ID = re.compile(r"\d{5}|/20\d\d[/-]\d{1,2}[/-]")
"""In an address without one, as many WordPress sites have them, a page looks like an article."""
_DAYS: tuple[Precision, ...] = ("second", "minute", "hour", "day")
_STORY_STEP = re.compile(r"\d|-.*-.*-|_.*_.*_")
_STORY_QUERY = re.compile(r"(?:^|&)\w*id=\d")
_MIN_PICTURES = 5
_MIN_PARAGRAPHS, _MIN_HEADLINE_WORDS = 2, 4
"""Fewest paragraphs of a story among links, and words of its headline (a section has fewer)."""


def judge(
    page: PageBlocks,
    body: Body,
    article: Article,
    claims: PageClaims,
    languages: Collection[str] | None,
    *,
    is_text_embedded: bool,
    own_word: OwnWord | None,
) -> Verdict:
    """Return the verdict on the page of `article`. An article in a language that is not one of
    `languages` is no article; with None all languages are taken. `is_text_embedded`: the text was
    found under the page's headline in JSON, and the page prints less. `own_word`: the page's own,
    if it is believed."""
    verdict = _judge_by_shape(page, body, article, claims)
    if is_text_embedded and not is_home(article.url) and claims.kind != "listing":
        verdict = "article"
    if own_word is not None and (own_word.is_sure or verdict == "article"):
        return "listing" if verdict == "listing" else own_word.kind
    if verdict == "article" and languages is not None and article.language not in languages:
        return "language"
    return verdict


def believed_word(
    own_word: OwnWord,
    article: Article,
    claims: PageClaims,
    marked: Claims,
    lines_above: Iterable[str],
    context: DateContext,
    *,
    has_byline: bool,
    is_announced: bool,
) -> OwnWord | None:
    """Return the page's own word that it is no article, None where it is not believed: where the
    page has what pages of the site itself lack. A sure word is outweighed by a date of publication
    and a byline together; another by one of these, a kind that structured data gives the page, an
    id or date in its address, a dateline, or an announcement with a date under the address or the
    headline of a story: feeds announce pages about the site too.

    `marked`: the dates of <time> elements; `lines_above`: lines that may print a date above the
    text.
    """
    if own_word.is_sure:
        is_outweighed = claims.meta.published and has_byline
        return None if is_outweighed else own_word
    if has_byline or claims.kind or claims.is_dated or marked.published:
        return None
    address = split_url(article.url)
    has_id = _ID.search(f"{address.path}?{address.query}") is not None
    if has_id or parse_dateline(article.body or "").place:
        return None
    if is_announced and _may_be_story(article):
        return None
    dates = (read_printed_date(line, context) for line in lines_above if not speaks_of_update(line))
    is_dated = any(date.precision in _DAYS for date in dates if date is not None)
    return None if is_dated else own_word


def _may_be_story(article: Article) -> bool:
    """Return whether the address, or the headline, is not that of a page about the site."""
    steps = _steps(article.url)
    if steps and steps[-1] in _SITE_STEPS:
        return False
    is_long = len((article.headline or "").split()) >= _MIN_HEADLINE_WORDS
    return is_long or _is_story(article.url)


def _judge_by_shape(page: PageBlocks, body: Body, article: Article, claims: PageClaims) -> Verdict:
    """Return the verdict by address, text, pictures and links.

    A page without text is an article all the same, with a gap, when it has a headline and says that
    it is a dated article: a flash.
    """
    kind = claims.kind
    says_dated_article = kind == "article" and claims.is_dated
    without_text: Verdict = "article" if article.headline and says_dated_article else "empty"
    if sum(len(block.text) for block in page.blocks) < _MIN_PROSE:
        return without_text
    if is_home(article.url):
        return "listing"
    if body.text_chars < _SURE_PROSE and _is_error(article):
        return "error_page"
    if body.text_chars < _SURE_PROSE and _is_wall(page):
        return "paywall"
    if kind == "listing" or _is_listing(page, body, article, claims):
        return "listing"
    if body.text_chars >= _SURE_PROSE:
        return "article"
    if body.text_chars >= _MIN_PROSE and (kind == "article" or claims.is_dated):
        return "article"
    if _tells_headline(page, body, article):
        return "article"
    if kind in ("video", "gallery"):
        return kind
    if _count_pictures(page) >= _MIN_PICTURES:
        return "gallery"
    if _count_titles(page) >= _MIN_TITLES:
        return without_text if says_dated_article else "listing"
    return "article" if body.text_chars >= _MIN_PROSE and article.headline else without_text


def is_home(url: str) -> bool:
    """Return whether an address is that of a site's home page."""
    parts = split_url(url)
    return bool(parts.hostname and _HOME.match(parts.path) and not parts.query)


def _is_error(article: Article) -> bool:
    return bool(_ERROR.search(fold_words(article.headline or "")[:_ERROR_WITHIN]))


def _is_wall(page: PageBlocks) -> bool:
    text = " ".join(block.text for block in page.blocks)
    return bool(_WALL.search(fold_words(text[-_WALL_WITHIN:])))


def _is_listing(page: PageBlocks, body: Body, article: Article, claims: PageClaims) -> bool:
    """Return whether the part of the page that gathers the text is mostly links to other
    stories."""
    if body.root is None:
        return False
    blocks = page.blocks_in(body.root)
    is_named = len((article.headline or "").split()) >= _MIN_HEADLINE_WORDS
    says_story = claims.kind == "article" or claims.is_dated
    is_story = says_story or is_named or body.text_chars >= _LONG_PROSE
    if (is_story and _stands_together(page, body)) or _tells_headline(page, body, article):
        # A list of links in the same element stands before or behind the story, not among it.
        start, end = range_of(body)
        blocks = page.blocks[start:end]
    linked_chars = sum(block.linked_chars for block in blocks)
    all_chars = sum(len(block.text) for block in blocks)
    titles = sum(block.is_heading and block.is_mostly_link for block in blocks)
    is_mostly_links = linked_chars * 2 > all_chars and titles >= _MIN_LISTED
    return is_mostly_links or linked_chars > 4 * body.text_chars


def _stands_together(page: PageBlocks, body: Body) -> bool:
    """Return whether the body is a story by itself: paragraphs that hold more prose than all else
    on the page."""
    paragraphs = sum(block.is_prose for block in body.blocks)
    is_long = paragraphs >= _MIN_PARAGRAPHS and body.text_chars >= _SURE_PROSE
    return is_long and page.is_most_prose(*range_of(body))


def _tells_headline(page: PageBlocks, body: Body, article: Article) -> bool:
    """Return whether a short body is the story of the page's headline, and no description of a
    section: it tells the headline again, no longer prose follows it, and the address is that of a
    story."""
    headline = article.headline or ""
    if body.text_chars < _MIN_FLASH or len(headline.split()) < _MIN_HEADLINE_WORDS:
        return False
    start, end = range_of(body)
    inside = page.prose_chars_between(start, end)
    behind = page.prose_chars_between(end, len(page.blocks))
    if inside <= behind or not _is_story(article.url):
        return False
    headline_words = _long_words(headline)
    told = headline_words & _long_words(" ".join(block.text for block in body.blocks))
    return len(told) >= max(_MIN_TOLD_WORDS, _MIN_TOLD * len(headline_words))


def _long_words(text: str) -> set[str]:
    return {word for word in fold_words(text).split() if len(word) >= _MIN_WORD_CHARS}


def _is_story(url: str) -> bool:
    """Return whether an address has the form of a story's: a number or a title at its end, and no
    name of a listing before."""
    steps = _steps(url)
    if leads_to_list(url):
        return False
    is_step = bool(steps) and _STORY_STEP.search(steps[-1]) is not None
    return is_step or _STORY_QUERY.search(split_url(url).query.lower()) is not None


def leads_to_list(url: str) -> bool:
    """Return whether a step of the address is the name of a listing: a category, tag or author."""
    return not _LISTING_STEPS.isdisjoint(_steps(url))


def _steps(url: str) -> list[str]:
    return [step for step in unquote(split_url(url).path).lower().split("/") if step]


def _count_titles(page: PageBlocks) -> int:
    return sum(block.linked_chars >= _MIN_LINK_CHARS for block in page.blocks)


def _count_pictures(page: PageBlocks) -> int:
    """Return how many blocks stand in a figure."""
    return sum(
        any(element.tag in ("figure", "figcaption") for element, _ in block.roles)
        for block in page.blocks
    )
