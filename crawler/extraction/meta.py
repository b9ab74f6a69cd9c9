"""Claims of <meta> elements (OpenGraph and others) and of <link rel=canonical>.

Property names stand in `property` or `name` as sites please. https://ogp.me/ and the names that
publishers' systems were seen to print beside it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from crawler.extraction.claims import Claims, PageKind
from crawler.extraction.tree import PageTree
from crawler.extraction.values import (
    absolute_url,
    distinct,
    first,
    plain_line,
    site_of,
    split_names,
    split_url,
)

_HEADLINE = split_names("og:title twitter:title dc.title title headline")
_PUBLISHED = split_names("""
    article:published_time article:published og:published_time og:article:published_time
    datepublished pubdate publishdate publish-date publish_date published_time parsely-pub-date
    sailthru.date dc.date.issued dcterms.created dc.date date
""")
_MODIFIED = split_names("""
    article:modified_time article:modified og:updated_time og:modified_time datemodified lastmod
    last-modified dcterms.modified
""")
_AUTHOR = split_names("""
    author article:author og:article:author dc.creator parsely-author sailthru.author
""")
_SECTION = split_names("article:section og:article:section articlesection parsely-section")
_TAGS = split_names("article:tag og:article:tag news_keywords")
_IMAGE = split_names("""
    og:image:secure_url og:image og:image:url twitter:image twitter:image:src thumbnailurl
""")
_DESCRIPTION = split_names("og:description description twitter:description")
_SITE_NAME = split_names("og:site_name application-name")

_PROFILE = re.compile(r"\s*(?:https?:|www\.|@)")
MetaValues = defaultdict[str, list[str]]


def read_meta(tree: PageTree) -> Claims:
    """Return the claims of the page's <meta> and <link> elements."""
    values = _values_by_name(tree)
    og_type = (_first_line(values, ("og:type",)) or "").lower()
    return Claims(
        kind=_kind(og_type),
        page_types=(og_type,),
        headline=_first_line(values, _HEADLINE),
        published=distinct(map(plain_line, _all_values(values, _PUBLISHED))),
        modified=distinct(map(plain_line, _all_values(values, _MODIFIED))),
        authors=distinct(map(_author, _all_values(values, _AUTHOR))),
        site_names=distinct([_first_line(values, _SITE_NAME)]),
        section=_first_line(values, _SECTION),
        tags=_split_tags(first(values[name] for name in _TAGS) or ()),
        keywords=_split_tags(values["keywords"]),
        image=first(absolute_url(value, tree.url) for value in _all_values(values, _IMAGE)),
        description=_first_line(values, _DESCRIPTION),
        canonical=_canonical(tree, values["og:url"]),
    )


def _values_by_name(tree: PageTree) -> MetaValues:
    """Return the contents of the <meta> elements by lower-case name."""
    values: MetaValues = defaultdict(list)
    for element in tree.listed["meta"]:
        content = element.get("content")
        if not content or not content.strip():
            continue
        names = (element.get("property"), element.get("name"))
        for name in {name.strip().lower() for name in names if name}:
            values[name].append(content)
    return values


def _all_values(values: MetaValues, names: Iterable[str]) -> Iterable[str]:
    """Return the values of all `names`, those of an earlier name first."""
    return (value for name in names for value in values[name])


def _first_line(values: MetaValues, names: Iterable[str]) -> str | None:
    return first(map(plain_line, _all_values(values, names)))


def _kind(og_type: str) -> PageKind:
    if og_type == "article":
        return "article"
    return "video" if og_type.startswith("video") else ""


def _split_tags(values: Iterable[str]) -> tuple[str, ...]:
    """Return tags that are printed each alone, or many in one value parted by commas."""
    lines = (plain_line(value) or "" for value in values)
    return distinct(part.strip() for line in lines for part in re.split("[,،]", line))


def _author(value: str) -> str | None:
    """Return the name in an author value; None for the address of a profile."""
    return None if _PROFILE.match(value) else plain_line(value)


def _canonical(tree: PageTree, og_urls: Iterable[str]) -> str | None:
    """Return rel=canonical, else og:url, if it leads to a page (not a home page) of the site that
    the page came from."""
    links = [
        link.get("href")
        for link in tree.listed["link"]
        if (link.get("rel") or "").lower() == "canonical"
    ]
    base = _base(tree)
    candidates = (absolute_url(value, base) for value in (*links, *og_urls))
    return first(url for url in candidates if url and _is_page_of_site(url, tree.url))


def _base(tree: PageTree) -> str:
    """Return the address that links of the page are relative to: that of <base href>, else its
    own."""
    for element in tree.listed["base"]:
        href = element.get("href")
        if href is not None:
            return absolute_url(href, tree.url) or tree.url
    return tree.url


def _is_page_of_site(url: str, page_url: str) -> bool:
    parts = split_url(url)
    is_home = len(parts.path) <= 1 and not parts.query
    return not is_home and site_of(url) == site_of(absolute_url(page_url, page_url) or page_url)
