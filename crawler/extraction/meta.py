"""OpenGraph and other <meta> values, and the <link rel=canonical>.

Property names stand in `property` or `name` as sites please. https://ogp.me/ and the names that
publishers' systems were seen to print beside it.
"""

import re
from collections import defaultdict

from crawler.extraction.claims import Claims
from crawler.extraction.tree import PageTree
from crawler.extraction.values import absolute_url, distinct, plain_line, split_url

_HEADLINE = ("og:title", "twitter:title", "dc.title", "title", "headline")
_PUBLISHED = (
    "article:published_time",
    "article:published",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
)
_MODIFIED = (
    "article:modified_time",
    "article:modified",
    "og:updated_time",
    "og:modified_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
)
_AUTHOR = (
    "author",
    "article:author",
    "og:article:author",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
)
_SECTION = ("article:section", "og:article:section", "articlesection", "parsely-section")
_TAGS = ("article:tag", "og:article:tag", "news_keywords")
_IMAGE = (
    "og:image:secure_url",
    "og:image",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
    "thumbnailurl",
)
_DESCRIPTION = ("og:description", "description", "twitter:description")


def read_meta(tree: PageTree) -> Claims:
    """Claims of the page's <meta> and <link> elements."""
    values: dict[str, list[str]] = defaultdict(list)
    for element in tree.root.iter("meta"):
        content = element.get("content")
        if content and content.strip():
            for name in {
                name.strip().lower()
                for name in (element.get("property"), element.get("name"))
                if name
            }:
                values[name].append(content)

    def first(names: tuple[str, ...]) -> str | None:
        return next(
            (text for name in names for value in values[name] if (text := plain_line(value))), None
        )

    kind = (first(("og:type",)) or "").lower()
    return Claims(
        kind="article" if kind == "article" else "video" if kind.startswith("video") else "",
        headline=first(_HEADLINE),
        published=distinct([plain_line(value) for name in _PUBLISHED for value in values[name]]),
        modified=distinct([plain_line(value) for name in _MODIFIED for value in values[name]]),
        authors=distinct([_name(value) for name in _AUTHOR for value in values[name]]),
        site_names=distinct([first(("og:site_name", "application-name"))]),
        section=first(_SECTION),
        tags=_parted(next((values[name] for name in _TAGS if values[name]), [])),
        keywords=_parted(values["keywords"]),
        image=next(
            (
                found
                for name in _IMAGE
                for value in values[name]
                if (found := absolute_url(value, tree.url))
            ),
            None,
        ),
        description=first(_DESCRIPTION),
        canonical=_canonical(tree, values["og:url"]),
    )


def _parted(values: list[str]) -> tuple[str, ...]:
    """Tags, each alone or many in one value parted by commas."""
    return distinct(
        [part.strip() for value in values for part in re.split("[,،]", plain_line(value) or "")]
    )


def _name(value: str) -> str | None:
    """An author that is a name and not the address of a profile."""
    return None if re.match(r"\s*(?:https?:|www\.|@)", value) else plain_line(value)


def _canonical(tree: PageTree, og_urls: list[str]) -> str | None:
    """rel=canonical, else og:url, when it leads to a page (not a home page) of the site the page
    came from."""
    links = [
        link.get("href")
        for link in tree.root.iter("link")
        if (link.get("rel") or "").lower() == "canonical"
    ]
    for value in [*links, *og_urls]:
        found = absolute_url(value, tree.url)
        if (
            found
            and _same_site(found, tree.url)
            and (len(split_url(found).path) > 1 or split_url(found).query)
        ):
            return found
    return None


def _same_site(one: str, other: str) -> bool:
    """Whether two hosts share their last two labels (three under a two-letter registry such as
    com.pk, co.uk)."""
    return _site(one) == _site(absolute_url(other, other) or other)


def _site(url: str) -> tuple[str, ...]:
    labels = (split_url(url).hostname or "").split(".")
    short = len(labels) >= 3 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return tuple(labels[-3:] if short else labels[-2:])
