"""The genre of an article, by the page's own word only: its JSON-LD, its address, its section, a
label printed beside the headline; first of all by the outlet's declaration of sections."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from crawler.extraction.blocks import Block, PageBlocks
from crawler.extraction.body import Body, range_of
from crawler.extraction.headline import Headline
from crawler.extraction.page_claims import PageClaims
from crawler.extraction.phrases import phrases
from crawler.extraction.printed_dates import shares_only_page
from crawler.extraction.story_blocks import StoryBlocks
from crawler.extraction.values import first, split_url
from crawler.outlet import Genre, Outlet
from crawler.text.letters import fold_words

_GENRE_OF_TYPE: dict[str, Genre] = {
    "OpinionNewsArticle": "opinion",
    "AnalysisNewsArticle": "analysis",
    "BackgroundNewsArticle": "explainer",
    "LiveBlogPosting": "live",
    "BlogPosting": "blog",
    "ReportageNewsArticle": "news",
    "NewsArticle": "news",
}
"""https://schema.org/NewsArticle and its subtypes, the most telling first."""
_GENERIC_TYPES = ("BlogPosting", "ReportageNewsArticle", "NewsArticle")
"""Types that publishing systems print on every page: believed when the page says nothing else."""

# Names of sections and labels, of Arabic, Urdu and English outlets.
_SECTIONS: dict[Genre, str] = {
    "opinion": """
        رأي | الرأي | آراء | الآراء | مقال | مقالات | المقالات | مقالات رأي | مقالات الرأي
        مقال رأي | رأي ومقالات | كتاب ومقالات | كتاب وآراء | رأي وكتاب | كتاب الرأي | كتابنا
        وجهة نظر | وجهات نظر | أعمدة | عمود | أقلام | أقلام وآراء | آراء وأقلام | زوايا
        کالم | کالمز | کالم و مضامین | مضامین | رائے | آرا | نقطہ نظر
        opinion | opinions | op-ed | oped | columns | column | columnists | views
    """,
    "editorial": """
        افتتاحية | الافتتاحية | افتتاحيات | كلمة العدد | رأي الصحيفة | اداریہ | اداریے
        editorial | editorials
    """,
    "analysis": """
        تحليل | تحليلات | التحليل | تحليل إخباري | تحليل سياسي | تجزیہ | تجزیے | تجزیات
        analysis | analyses | analytics
    """,
    "interview": """
        حوار | حوارات | الحوار | مقابلة | مقابلات | لقاء | لقاءات | مقابلات وحوارات
        انٹرویو | انٹرویوز
        interview | interviews
    """,
    "blog": """
        مدونة | مدونات | المدونات | مدونتي | بلاگ | بلاگز
        blog | blogs
    """,
    "live": """
        تغطية مباشرة | بث مباشر | مباشر | تغطية حية | لائیو | براہ راست
        live | liveblog | live-blog | live-updates
    """,
    "explainer": """
        شرح | س و ج | سؤال وجواب | أسئلة وأجوبة | كل ما تحتاج معرفته | وضاحت
        explainer | explainers | explained
    """,
    "roundup": """
        جولة الصحافة | جولة الصحف | نشرة الصباح | نشرة المساء | حصاد اليوم | أقوال الصحف
        roundup | round-up | press-review
    """,
    "flash": "",
}
_LABELS_OF_FLASHES = "عاجل | خبر عاجل | بریکنگ نیوز | فوری خبر | breaking"
"""Labels on the story itself; as names of sections they hold all of the day's news."""
_SEPARATOR = re.compile(r"\s*[:|–—]\s*|\s+-\s+|\.{2,}")
_MAX_LABEL_CHARS = 25
_BLOCKS_ABOVE = 4
"""Blocks before the headline in which its label may stand."""
_OPINION_HOSTS = ("blogs", "blog", "opinion", "opinions")


def _by_words(tables: dict[Genre, str]) -> dict[str, Genre]:
    return {
        fold_words(phrase): genre for genre, table in tables.items() for phrase in phrases(table)
    }


_GENRE_OF_SECTION = _by_words(_SECTIONS)
_GENRE_OF_LABEL = _GENRE_OF_SECTION | _by_words({"flash": _LABELS_OF_FLASHES})


def find_genre(
    url: str,
    claims: PageClaims,
    section: str | None,
    labels: Iterable[str],
    outlet: Outlet | None,
) -> Genre | None:
    """Return the genre that the outlet declares for the section or the beginning of the address;
    else the one that the page itself names, None when it names none. `labels`: see `find_labels`.
    """
    declared = _declared(url, section, outlet)
    if declared is not None:
        return declared
    types = claims.jsonld.types if claims.jsonld is not None else ()
    telling = (_GENRE_OF_TYPE.get(name) for name in types if name not in _GENERIC_TYPES)
    return first(
        (
            *telling,
            *(_GENRE_OF_SECTION.get(fold_words(name)) for name in _named(claims, section)),
            _in_address(url),
            *(_GENRE_OF_LABEL.get(fold_words(label)) for label in labels),
            *(_GENRE_OF_TYPE[name] for name in _GENERIC_TYPES if name in types),
        )
    )


def find_labels(
    page: PageBlocks, story_blocks: StoryBlocks, headline: Headline | None, body: Body
) -> list[str]:
    """Return the short texts that may label the story: the opening of its headline ("حوار: ..."),
    and those printed right above it or between it and the body."""
    if headline is None:
        return []
    opening, *rest = _SEPARATOR.split(headline.text, maxsplit=1)
    labels = [opening] if rest else []
    if headline.block_range is None:
        return labels
    start, end = headline.block_range
    body_start, _ = range_of(body)
    around = page.blocks[max(0, start - _BLOCKS_ABOVE) : max(end, body_start)]
    labels += [block.text for block in around if _may_be_label(page, story_blocks, block, start)]
    return labels


def _declared(url: str, section: str | None, outlet: Outlet | None) -> Genre | None:
    path = unquote(split_url(url).path)
    for name, genre in outlet.genres if outlet is not None else ():
        if name.startswith("/"):
            if path.startswith(name):
                return genre
        elif section is not None and fold_words(name) == fold_words(section):
            return genre
    return None


def _named(claims: PageClaims, section: str | None) -> list[str]:
    """Return the section of the article and what structured data calls its genre or section."""
    sections = (reader.section for reader in claims.by_belief)
    genres = [name for reader in claims.by_belief for name in reader.genres]
    return [name for name in (*genres, section, *sections) if name]


def _in_address(url: str) -> Genre | None:
    """Return the genre that a folder of the address, or the site's first label, is called by."""
    parts = split_url(url)
    *folders, _ = unquote(parts.path).split("/")
    label = (parts.hostname or "").partition(".")[0]
    hosts = [label] if label in _OPINION_HOSTS else []
    return first(_GENRE_OF_SECTION.get(fold_words(name)) for name in (*folders, *hosts))


def _may_be_label(
    page: PageBlocks, story_blocks: StoryBlocks, block: Block, headline_at: int
) -> bool:
    """Return whether a block is as short as a label and no entry of a menu."""
    if len(block.text) > _MAX_LABEL_CHARS:
        return False
    is_entry = block.element.tag == "li" or story_blocks.has_role(
        block, ("navigation", "related", "comments", "ad", "caption")
    )
    is_far = block.position < headline_at and shares_only_page(page, block.element, headline_at)
    return not is_entry and not is_far
