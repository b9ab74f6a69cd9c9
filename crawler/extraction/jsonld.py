"""Claims of the page's JSON-LD: the schema.org node that describes this page, found by its @type
and never by its position.

Types: https://schema.org/Article and its subtypes.
"""

import re
from collections.abc import Mapping, Sequence

from crawler.extraction.claims import Claims, PageKind
from crawler.extraction.embedded_json import Node
from crawler.extraction.own_word import PAGE_TYPES
from crawler.extraction.values import (
    absolute_url,
    as_list,
    distinct,
    first,
    plain_line,
    split_names,
)
from crawler.text.letters import fold_words

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
_KEYWORD_SEPARATORS = re.compile("[,،؛;|]")
_FILLED_FIELDS = split_names("""
    authors organisations site_names headline section tags image description canonical
""")
_MIN_TRAIL_STEPS = 3  # home, section, page


def read_jsonld(nodes: Sequence[Node], url: str, title: str | None) -> Claims | None:
    """Return the claims of the article node of the page at `url`, filled up from its WebPage node;
    None without nodes.

    `title` decides between several articles: this page's is the one whose headline stands in it.
    """
    if not nodes:
        return None
    by_id = _nodes_by_id(nodes)
    articles = [node for node in nodes if any(map(_ARTICLE_TYPES.match, _types(node)))]
    if articles:
        of_page = _article_of_page(articles, title)
        article = of_page or articles[0]
        claims = _claims(article, by_id, url)
        claims.kind = "article"
        claims.types = tuple(_types(article))
        claims.is_own_article = of_page is not None or len(articles) == 1
    else:
        claims = Claims(kind=_kind(nodes))
    web_page = next((node for node in nodes if "WebPage" in _types(node)), None)
    if web_page is not None:
        _fill(claims, _claims(web_page, by_id, url))
    if not claims.section:
        claims.section = _section_in_breadcrumb(nodes)
    names = (name for node in nodes for name in _types(node))
    claims.page_types = distinct(name for name in names if name in PAGE_TYPES)
    return claims


def _nodes_by_id(nodes: Sequence[Node]) -> dict[str, Node]:
    """Return the nodes that have an @id and more than it, by that @id."""
    by_id = {}
    for node in nodes:
        node_id = node.get("@id")
        if isinstance(node_id, str) and len(node) > 1:
            by_id[node_id] = node
    return by_id


def _types(node: Node) -> list[str]:
    names = as_list(node.get("@type"))
    return [re.split(r"[/#:]", name)[-1] for name in names if isinstance(name, str)]


def _kind(nodes: Sequence[Node]) -> PageKind:
    kinds = (_KINDS.get(name) for node in nodes for name in _types(node))
    return first(kinds) or ""


def _article_of_page(articles: Sequence[Node], title: str | None) -> Node | None:
    """Return the article whose headline stands in the page's title, None without one."""
    wanted = fold_words(title or "")
    for node in articles:
        headline = fold_words(plain_line(node.get("headline")) or "")
        if headline and headline in wanted:
            return node
    return None


def _claims(node: Node, by_id: Mapping[str, Node], base: str) -> Claims:
    authors, organisations = _names(node.get("author") or node.get("creator"), by_id)
    publisher_people, publishers = _names(node.get("publisher"), by_id)
    image = node.get("image") or node.get("primaryImageOfPage") or node.get("thumbnailUrl")
    body = node.get("articleBody")
    published = first(plain_line(node.get(key)) for key in ("datePublished", "dateCreated"))
    return Claims(
        headline=first(plain_line(node.get(key)) for key in ("headline", "headLine", "name")),
        published=distinct([published]),
        modified=distinct([plain_line(node.get("dateModified"))]),
        authors=authors,
        organisations=organisations,
        site_names=distinct([*publisher_people, *publishers]),
        section=first(map(plain_line, as_list(node.get("articleSection")))),
        tags=_keywords(node.get("keywords")),
        image=_image(image, by_id, base),
        description=plain_line(node.get("description")),
        canonical=absolute_url(node.get("url"), base),
        body=body if isinstance(body, str) else None,
        genres=distinct(map(plain_line, as_list(node.get("genre")))),
    )


def _fill(claims: Claims, web_page: Claims) -> None:
    """Add the dates of the WebPage node (they may have a time of day where the article node has
    only a day), and those of its fields that the article node lacks."""
    claims.published = distinct([*claims.published, *web_page.published])
    claims.modified = distinct([*claims.modified, *web_page.modified])
    for field in _FILLED_FIELDS:
        setattr(claims, field, getattr(claims, field) or getattr(web_page, field))


def _resolved(node: Node, by_id: Mapping[str, Node]) -> Node:
    """Return the node that `node` refers to by its @id, or `node` itself."""
    return by_id.get(str(node.get("@id")), node)


def _names(value: object, by_id: Mapping[str, Node]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names in an author or publisher property: those of people and bare strings, and
    those of organisations."""
    people: list[str | None] = []
    organisations: list[str | None] = []
    for entry in as_list(value):
        if not isinstance(entry, dict):
            people.append(plain_line(entry))
            continue
        node = entry if "name" in entry else _resolved(entry, by_id)
        is_organisation = any("Organization" in name for name in _types(node))
        names = organisations if is_organisation else people
        names.extend(map(plain_line, as_list(node.get("name"))))
    return distinct(people), distinct(organisations)


def _keywords(value: object) -> tuple[str, ...]:
    entries = as_list(value)
    texts = [
        plain_line(entry.get("name") if isinstance(entry, dict) else entry) for entry in entries
    ]
    if len(texts) == 1 and texts[0]:
        return distinct(part.strip() for part in _KEYWORD_SEPARATORS.split(texts[0]))
    return distinct(texts)


def _image(value: object, by_id: Mapping[str, Node], base: str) -> str | None:
    for entry in as_list(value):
        url = entry
        if isinstance(entry, dict):
            node = _resolved(entry, by_id)
            url = node.get("url") or node.get("contentUrl")
        image = absolute_url(url, base)
        if image:
            return image
    return None


def _section_in_breadcrumb(nodes: Sequence[Node]) -> str | None:
    """Return the name of the last step but one, in a trail of home, section and page."""
    for node in nodes:
        steps = node.get("itemListElement")
        if "BreadcrumbList" in _types(node) and isinstance(steps, list):
            names = [_step_name(step) for step in steps]
            if len(names) >= _MIN_TRAIL_STEPS:
                return names[-2]
    return None


def _step_name(step: object) -> str | None:
    if not isinstance(step, dict):
        return None
    name = plain_line(step.get("name"))
    item = step.get("item")
    if name is None and isinstance(item, dict):
        return plain_line(item.get("name"))
    return name
