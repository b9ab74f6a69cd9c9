"""The part that an element plays on a page, told by its tag, its ARIA role, and the names that the
page gives it.

Class and id names: collected from saved pages and public scrapers of Arabic and Urdu outlets.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Literal, get_args

from crawler.extraction.values import split_names

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

CUT_ROLES = frozenset(get_args(Role)) - {"", "lead", "deck"}
"""Roles whose text is never body."""

TAG_ROLES: dict[str, Role] = {
    "figcaption": "caption",
    "figure": "caption",
    "nav": "navigation",
    "footer": "navigation",
    "aside": "related",
    "form": "navigation",
    "time": "date",
    "dialog": "navigation",
}
_ARIA_ROLES: dict[str, Role] = {
    "navigation": "navigation",
    "banner": "navigation",
    "contentinfo": "navigation",
    "search": "navigation",
    "dialog": "navigation",
    "alertdialog": "navigation",
    "complementary": "related",
}
_NAMING_ATTRIBUTES = ("id", "aria-labelledby", "data-component", "data-testid")
"""Attributes beside class that name an element's part on the page."""
ROLE_ATTRIBUTES = frozenset(("role", "class", "rel", *_NAMING_ATTRIBUTES))
"""Attributes that may give an element a role."""
_MAX_NAMES_CHARS = 200

# Of several names in one attribute the first of these roles counts.
_ROLE_NAMES: dict[Role, str] = {
    "comments": """
        comment comments disqus respond commentlist commentform livefyre""",
    "related": """
        related recirc recommended recommendation recommendations recommend similar readmore seealso
        readalso promo promos teaser teasers outbrain taboola trending popular mostread mostviewed
        latest ticker newsletter subscribe subscription follow morenews morestories morearticles
        nextpost prevpost relatedposts relatedarticles relatednews relatedstories
        relatedlinks cta""",
    "share": """
        share sharing sharer shares social socials addthis sharethis addtoany likes likebox
        whatsapp""",
    "tags": """
        tags tagcloud taglist keywords tag""",
    "caption": """
        caption captions cap figcaption imgcaption photocredit gallery slider carousel credit
        imgdesc imagedesc photodesc imgdescription imagedescription imgtext imgsource imagesource
        photosource photographer""",
    "navigation": """
        nav navbar navigation menu menubar breadcrumb breadcrumbs breadcumb pagination pager footer
        sidebar toolbar topbar skip search login copyright copyrights cookie cookies modal popup
        tooltip popover hovercard sronly visuallyhidden screenreader printonly printblock""",
    "ad": """
        ad ads adv advert adverts advertisement advertising gpt adsense adsbygoogle dfp banner
        banners sponsor sponsored teads""",
    "byline": """
        byline author authors authorbox writer writers writeby reporter editor columnist
        auteur""",
    "date": """
        date dates datetime timestamp time pubdate publishdate published posted""",
    "poll": """
        poll polls vote voting survey quiz""",
    "lead": """
        lead lede leading intro introduction summary standfirst excerpt brief sapo""",
    "deck": """
        dek subtitle subtitles subhead subheadline subheading kicker deck supertitle overline
        uptitle""",
}
_PRECEDENCE = tuple(_ROLE_NAMES)
_ROLE_OF_NAME: dict[str, Role] = {
    name: role for role, names in _ROLE_NAMES.items() for name in split_names(names)
}
_STORY_NAMES = frozenset(
    split_names("article story body content entry post detail details text main news")
)
_PICTURE_NAMES = frozenset(split_names("image img photo picture pic thumb thumbnail figure media"))
# "has-comments", "share-enabled": what a page can do, not what the element is.
_STATE = re.compile(
    r"(?:^|[-_])(?:has|with|no|is|enabled|disabled|on|off|open|closed|status)(?:$|[-_])", re.I
)
_NAME_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def role_by_attributes(attributes: Mapping[str, str], is_block: bool) -> Role:
    """Return the role that an element's ARIA role, class, rel="author", or (of a block element)
    other naming attributes give it; "" for none."""
    role: Role = ""
    if "role" in attributes:
        role = _ARIA_ROLES.get(attributes["role"], "")
    if not role and "class" in attributes:
        role = _role_by_names(attributes["class"][:_MAX_NAMES_CHARS])
    if not role and attributes.get("rel") == "author":
        role = "byline"
    if role or not is_block:
        return role
    for attribute in _NAMING_ATTRIBUTES:
        if attribute in attributes:
            role = _role_by_names(attributes[attribute][:_MAX_NAMES_CHARS])
            if role:
                break
    return role


def names_a_story(names: str) -> bool:
    """Return whether class and id names call an element a story's body or container."""
    return any(part.lower() in _STORY_NAMES for part in _NAME_PART.findall(names))


def names_a_picture(names: str) -> bool:
    """Return whether class and id names call an element a picture's frame."""
    return any(part.lower() in _PICTURE_NAMES for part in _NAME_PART.findall(names))


@lru_cache(maxsize=4096)
def _role_by_names(names: str) -> Role:
    """Return the role that names parted by spaces give an element; "" for none."""
    roles = {
        _ROLE_OF_NAME[part]
        for name in names.split()
        if not _STATE.search(name)
        for part in _known_parts(name)
    }
    return next((role for role in _PRECEDENCE if role in roles), "")


def _known_parts(name: str) -> list[str]:
    """Return those words of a name, and pairs of words written as one ("read-more"), that stand for
    a role."""
    parts = [part.lower() for part in _NAME_PART.findall(name)]
    pairs = [first + second for first, second in pairwise(parts)]
    return [part for part in (*parts, *pairs) if part in _ROLE_OF_NAME]
