"""JSON-LD: the schema.org node that describes this page, found by its @type and never by its
position.

Real blocks are wrapped in CDATA or comments, end in a semicolon, carry trailing commas and raw line
breaks; what cannot be mended is skipped. Types: https://schema.org/Article and its subtypes.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from crawler.extraction.claims import Claims, PageKind
from crawler.extraction.tree import PageTree
from crawler.extraction.values import absolute_url, distinct, plain_line
from crawler.text.letters import fold_words

Node = dict[str, Any]

_ARTICLE_TYPES = re.compile(
    r"(?:\w*NewsArticle|Article|BlogPosting|LiveBlogPosting|\w*Report|SocialMediaPosting|Review)$"
)
_KINDS: dict[str, PageKind] = {
    "CollectionPage": "listing",
    "SearchResultsPage": "listing",
    "ItemList": "listing",
    "ProfilePage": "listing",
    "ImageGallery": "gallery",
    "MediaGallery": "gallery",
    "VideoObject": "video",
}
_WRAPPERS = (("<![CDATA[", "]]>"), ("<!--", "-->"), ("/*", "*/"), ("//", "//"))
_MOST_WRAPPERS = 3
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_MAX_BLOCK = 1_000_000
_MAX_NODES = 2_000


def read_jsonld(tree: PageTree, title: str | None) -> Claims | None:
    """Claims of the page's article node, filled up from its WebPage node; None when no block says
    anything.

    Of several articles the one whose headline stands in `title` is this page's.
    """
    nodes = list(_nodes(tree))
    if not nodes:
        return None
    by_id = {
        node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1
    }
    articles = [node for node in nodes if any(_ARTICLE_TYPES.match(name) for name in _types(node))]
    pages = [node for node in nodes if "WebPage" in _types(node)]
    claims = Claims()
    if articles:
        claims = _claims(_of_this_page(articles, title), by_id, tree.url)
        claims.kind = "article"
    else:
        claims.kind = next(
            (_KINDS[name] for node in nodes for name in _types(node) if name in _KINDS), ""
        )
    for page in pages[:1]:
        _fill(claims, _claims(page, by_id, tree.url))
    if not claims.section:
        claims.section = _breadcrumb(nodes)
    return claims


def _of_this_page(articles: list[Node], title: str | None) -> Node:
    wanted = fold_words(title or "")
    for node in articles:
        headline = fold_words(plain_line(node.get("headline")) or "")
        if headline and headline in wanted:
            return node
    return articles[0]


def _nodes(tree: PageTree) -> Iterator[Node]:
    """Every node at the top of a block, in a list or @graph there, or named as its main entity."""
    scripts = [e for e in tree.root.iter("script") if "ld+json" in (e.get("type") or "").lower()]
    waiting = [_load(script.text or "") for script in reversed(scripts)]
    seen = 0
    while waiting and seen < _MAX_NODES:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value[:_MAX_NODES]))
        elif isinstance(value, dict):
            seen += 1
            yield value
            waiting.extend(
                value[key]
                for key in ("mainEntity", "@graph")
                if isinstance(value.get(key), list | dict)
            )


def _load(text: str) -> object:
    if len(text) > _MAX_BLOCK:
        return None
    text = _unwrapped(text)
    for attempt in (text, _TRAILING_COMMA.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _unwrapped(text: str) -> str:
    """The JSON in `text` without CDATA marks, comment marks and semicolons around it."""
    for _ in range(_MOST_WRAPPERS):
        for opening, closing in _WRAPPERS:
            text = text.strip("; \t\r\n").removeprefix(opening).removesuffix(closing)
    return text


def _types(node: Node) -> list[str]:
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return [re.split(r"[/#:]", name)[-1] for name in names if isinstance(name, str)]


def _claims(node: Node, by_id: dict[str, Node], base: str) -> Claims:
    authors, organisations = _names(node.get("author") or node.get("creator"), by_id)
    makers, publishers = _names(node.get("publisher"), by_id)
    return Claims(
        headline=plain_line(node.get("headline"))
        or plain_line(node.get("headLine"))
        or plain_line(node.get("name")),
        published=distinct(
            [plain_line(node.get("datePublished")), plain_line(node.get("dateCreated"))]
        )[:1],
        modified=distinct([plain_line(node.get("dateModified"))]),
        authors=authors,
        organisations=organisations,
        site_names=distinct([*makers, *publishers]),
        section=_first(node.get("articleSection")),
        tags=_keywords(node.get("keywords")),
        image=_image(
            node.get("image") or node.get("primaryImageOfPage") or node.get("thumbnailUrl"),
            by_id,
            base,
        ),
        description=plain_line(node.get("description")),
        canonical=absolute_url(node.get("url"), base),
        body=node["articleBody"] if isinstance(node.get("articleBody"), str) else None,
    )


def _fill(claims: Claims, page: Claims) -> None:
    """A WebPage node knows the clock where the article node has only a day, and the rest where
    there is none."""
    claims.published = distinct([*claims.published, *page.published])
    claims.modified = distinct([*claims.modified, *page.modified])
    for name in (
        "authors",
        "organisations",
        "site_names",
        "headline",
        "section",
        "tags",
        "image",
        "description",
        "canonical",
    ):
        if not getattr(claims, name):
            setattr(claims, name, getattr(page, name))


def _names(value: object, by_id: dict[str, Node]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names in an author or publisher property: (people and bare strings, organisations)."""
    people: list[str | None] = []
    houses: list[str | None] = []
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            node = by_id.get(str(entry.get("@id")), entry) if "name" not in entry else entry
            is_house = any("Organization" in name for name in _types(node))
            names = node.get("name")
            for name in names if isinstance(names, list) else [names]:
                (houses if is_house else people).append(plain_line(name))
        else:
            people.append(plain_line(entry))
    return distinct(people), distinct(houses)


def _first(value: object) -> str | None:
    return next(
        (
            text
            for entry in (value if isinstance(value, list) else [value])
            if (text := plain_line(entry))
        ),
        None,
    )


def _keywords(value: object) -> tuple[str, ...]:
    entries = value if isinstance(value, list) else [value]
    texts = [
        plain_line(entry.get("name") if isinstance(entry, dict) else entry) for entry in entries
    ]
    if len(texts) == 1 and texts[0]:
        texts = [part.strip() for part in re.split("[,،؛;|]", texts[0])]
    return distinct(texts)


def _image(value: object, by_id: dict[str, Node], base: str) -> str | None:
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            node = by_id.get(str(entry.get("@id")), entry)
            found = absolute_url(node.get("url") or node.get("contentUrl"), base)
        else:
            found = absolute_url(entry, base)
        if found:
            return found
    return None


def _breadcrumb(nodes: list[Node]) -> str | None:
    """The name of the last step but the page itself, of a trail of at least three (home, section,
    page)."""
    for node in nodes:
        if "BreadcrumbList" in _types(node) and isinstance(node.get("itemListElement"), list):
            names = []
            for step in node["itemListElement"]:
                item = step.get("item") if isinstance(step, dict) else None
                names.append(plain_line(step.get("name")) if isinstance(step, dict) else None)
                if names[-1] is None and isinstance(item, dict):
                    names[-1] = plain_line(item.get("name"))
            if len(names) >= 3:
                return names[-2]
    return None
