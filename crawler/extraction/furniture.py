"""What is not the story, told by the names that a page gives its elements and by the phrases that
lines open with.

Class and id names: collected from saved pages and public scrapers of Arabic and Urdu outlets.
"""

import re
from itertools import pairwise
from typing import Literal

from crawler.extraction.phrases import (
    CHANNELS,
    FOLLOW_US,
    MAY_OPEN_ASIDE,
    PICTURE,
    POLICY,
    READ_ALSO,
    WIDGETS,
    anywhere,
    opening,
)
from crawler.text.letters import fold_words

Role = Literal[
    "",
    "share",
    "related",
    "comments",
    "tags",
    "caption",
    "navigation",
    "ad",
    "byline",
    "date",
    "poll",
    "lead",
    "deck",
]

_ROLE_NAMES: dict[Role, str] = {
    "comments": "comment comments disqus respond commentlist commentform livefyre",
    "related": """
        related recirc recommended recommendation recommendations recommend similar readmore seealso readalso promo
        promos teaser teasers outbrain taboola trending popular mostread mostviewed latest ticker newsletter
        subscribe subscription follow morenews morestories morearticles nextpost prevpost""",
    "share": "share sharing sharer shares social socials addthis sharethis addtoany likes likebox whatsapp",
    "tags": "tags tagcloud taglist keywords tag",
    "caption": "caption captions cap figcaption imgcaption photocredit gallery slider carousel credit",
    "navigation": """
        nav navbar navigation menu menubar breadcrumb breadcrumbs breadcumb pagination pager footer sidebar toolbar
        topbar skip search login copyright copyrights cookie cookies modal popup""",
    "ad": """
        ad ads adv advert adverts advertisement advertising gpt adsense adsbygoogle dfp banner banners sponsor
        sponsored teads""",
    "byline": "byline author authors authorbox writer writers writeby reporter editor",
    "date": "date dates datetime timestamp time pubdate publishdate published posted",
    "poll": "poll polls vote voting survey quiz",
    "lead": "lead lede leading intro introduction summary standfirst excerpt brief sapo",
    "deck": "subtitle subtitles subhead subheadline subheading kicker deck supertitle overline uptitle",
}
_ROLE_OF: dict[str, Role] = {
    name: role for role, names in _ROLE_NAMES.items() for name in names.split()
}
# Of several names in one class attribute the first of these roles counts.
_PRECEDENCE = tuple(_ROLE_NAMES)
_STORY_NAMES = frozenset(
    (
        "article",
        "story",
        "body",
        "content",
        "entry",
        "post",
        "detail",
        "details",
        "text",
        "main",
        "news",
    )
)
# "has-comments", "share-enabled": what a page can do, not what the element is.
_STATE = re.compile(
    r"(?:^|[-_])(?:has|with|no|is|enabled|disabled|on|off|open|closed|status)(?:$|[-_])", re.I
)
_NAME_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

CUT_ROLES = frozenset(
    (
        "share",
        "related",
        "comments",
        "tags",
        "caption",
        "navigation",
        "ad",
        "byline",
        "date",
        "poll",
    )
)
"""Roles whose text is never body."""


def role_of(names: str) -> Role:
    """The role that a class and id attribute give an element; "" for none."""
    roles = {
        _ROLE_OF[part] for name in names.split() if not _STATE.search(name) for part in _parts(name)
    }
    return next((role for role in _PRECEDENCE if role in roles), "")


def _parts(name: str) -> list[str]:
    """The words of a class name that are known, and pairs of words written as one ("read-more")."""
    parts = [part.lower() for part in _NAME_PART.findall(name)]
    return [part for part in (*parts, *(a + b for a, b in pairwise(parts))) if part in _ROLE_OF]


def names_a_story(names: str) -> bool:
    """Whether a class and id attribute call the element a story's body or container."""
    return any(part.lower() in _STORY_NAMES for part in _NAME_PART.findall(names))


_OPENS_ASIDE = opening(READ_ALSO + FOLLOW_US + PICTURE)
_MAY_OPEN_ASIDE = opening(MAY_OPEN_ASIDE)
_OPENS_WIDGET = opening(WIDGETS)
_HAS_CHANNEL = anywhere(CHANNELS)
_HAS_POLICY = anywhere(POLICY)

LINE, _LABEL, _NOTICE = 220, 40, 600
"""Longest pointer to another story, longest label, longest notice, in characters."""


def is_aside(text: str, linked: int) -> bool:
    """Whether a line, of which `linked` characters are in links, is no part of a story: a pointer
    to other stories ("read also"), a request to follow, a widget's label, a picture's credit.

    Words that open sentences too ("more", "joined", "photo") need a sign beside them: a link, a
    colon, the name of a channel, or that the line is no more than a label.
    """
    if len(text) > LINE:
        return False
    words = fold_words(text)
    if _OPENS_ASIDE.match(words):
        return True
    is_label = len(words) <= _LABEL and text[-1:] not in ".!۔"
    if is_label and _OPENS_WIDGET.match(words):
        return True
    if not _MAY_OPEN_ASIDE.match(words):
        return False
    return linked > 0 or is_label or ":" in text[:_LABEL] or bool(_HAS_CHANNEL.search(words))


def is_notice(text: str) -> bool:
    """Whether `text` is the house speaking of itself: rights, comment policy, disclaimer."""
    return len(text) <= _NOTICE and bool(_HAS_POLICY.search(fold_words(text)))
