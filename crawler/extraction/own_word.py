"""The page's own word that it is no article: a section, a tag, an author, about, contact.

WordPress says it in the classes of <body> (https://developer.wordpress.org/reference/functions/body_class/),
others in schema.org types and in og:type. Some of these words are printed on articles by mistake,
og:type "website" above all.
"""

import re
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from crawler.extraction.claims import Claims
from crawler.extraction.tree import Element, PageTree, elements_at
from crawler.extraction.values import first, split_names

OwnKind = Literal["listing", "site_page", "error_page"]
"""`site_page`: any page of the site itself that is neither an article nor a list of articles."""

_MAX_CLASSES, _MAX_ITEMS = 200, 500
_KIND_OF_TYPE: dict[str, OwnKind] = {
    "AboutPage": "site_page",
    "ContactPage": "site_page",
    "CollectionPage": "listing",
    "SearchResultsPage": "listing",
    "ProfilePage": "listing",
}
"""https://schema.org/WebPage: its subtypes that are no article's page."""
PAGE_TYPES = frozenset((*_KIND_OF_TYPE, "WebPage"))
_ARTICLE_ITEM = re.compile(r"schema\.org/(?:\w*Article|\w*Posting|\w*Report|Review)$")
_ITEMS = etree.XPath("//*[@itemscope and @itemtype]")
_WEAK_OG_TYPES = split_names("website blog object")

# Classes of <body>, each in full.
_ATTACHMENT = re.compile(r"attachmentid-\d+|single-attachment")
_POST = re.compile(r"single|single-.+|postid-\d+|post-type-post")
_PAGE = re.compile(r"page-id-\d+")
_ARCHIVE = re.compile(r"(?:category|tag|author)(?:-\d+)?|date|post-type-archive|tax-.+")
_SEARCH = split_names("search-results search-no-results")
_WEAK_CLASS = re.compile(r"home|blog|archive|category|tag|author|page-template(?:-.+)?")


@dataclass(frozen=True, slots=True)
class OwnWord:
    """What a page says it is. `is_sure`: the word is not printed on articles; else it is believed
    where nothing on the page is an article's mark."""

    kind: OwnKind
    is_sure: bool


def own_word(tree: PageTree, jsonld: Claims | None, meta: Claims) -> OwnWord | None:
    """Return what the page says it is; None where it does not say that it is no article, or says
    too that it is one."""
    classes = _body_classes(tree)
    if any(map(_ATTACHMENT.fullmatch, classes)):
        return OwnWord("site_page", is_sure=True)
    if any(map(_POST.fullmatch, classes)) or (jsonld is not None and jsonld.is_own_article):
        return None
    types = (*_page_items(tree), *(jsonld.page_types if jsonld is not None else ()))
    words = [_word_of_classes(classes), *map(_word_of_type, types), _word_of_meta(meta)]
    sure = first(word for word in words if word is not None and word.is_sure)
    if sure is None:
        return first(words)
    return None if _holds_one_article(tree) else sure


def _body_classes(tree: PageTree) -> set[str]:
    body = tree.root.find("body")
    names = "" if body is None else body.get("class") or ""
    return set(names.lower().split()[:_MAX_CLASSES])


def _word_of_classes(classes: set[str]) -> OwnWord | None:
    if "error404" in classes:
        return OwnWord("error_page", is_sure=True)
    if "home" in classes and "blog" in classes:
        return OwnWord("listing", is_sure=True)
    if any(map(_PAGE.fullmatch, classes)):
        return OwnWord("site_page", is_sure=True)
    is_archive = "archive" in classes and any(map(_ARCHIVE.fullmatch, classes))
    if is_archive or not classes.isdisjoint(_SEARCH):
        return OwnWord("listing", is_sure=True)
    is_like_one = any(map(_WEAK_CLASS.fullmatch, classes))
    return OwnWord("site_page", is_sure=False) if is_like_one else None


def _page_items(tree: PageTree) -> list[str]:
    """Return the schema.org types of the items that the whole page is."""
    whole: list[Element | None] = [tree.root, tree.root.find("body"), tree.root.find(".//main")]
    types = (each.get("itemtype") or "" for each in whole if each is not None)
    return [name for each in types if (name := each.rpartition("/")[2]) in PAGE_TYPES]


def _word_of_type(name: str) -> OwnWord:
    kind = _KIND_OF_TYPE.get(name)
    return OwnWord(kind or "site_page", is_sure=kind is not None)


def _word_of_meta(meta: Claims) -> OwnWord | None:
    if "profile" in meta.page_types:
        return OwnWord("listing", is_sure=not meta.published)
    is_like_one = any(name in _WEAK_OG_TYPES for name in meta.page_types)
    return OwnWord("site_page", is_sure=False) if is_like_one else None


def _holds_one_article(tree: PageTree) -> bool:
    """Return whether one item of microdata on the page is an article: a list of them has more."""
    items = elements_at(_ITEMS, tree.root)[:_MAX_ITEMS]
    return sum(bool(_ARTICLE_ITEM.search(item.get("itemtype") or "")) for item in items) == 1
