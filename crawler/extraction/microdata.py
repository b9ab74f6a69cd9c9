"""Microdata and RDFa in the page itself: itemprop="..." and property="schema:...".

Values of another item on the page (a related story, the publisher's logo) are told apart by their
itemscope.
"""

from lxml import etree

from crawler.extraction.claims import Claims
from crawler.extraction.tree import Element, PageTree, elements_at, text_of
from crawler.extraction.values import absolute_url, distinct, plain_line

# RDFa and Dublin Core names for what schema.org calls otherwise.
_SAME = {
    "date": "datepublished",
    "issued": "datepublished",
    "created": "datepublished",
    "title": "headline",
}
_MOST_PROPERTIES, _MOST_PARTS, _MOST_AUTHORS = 500, 100, 20
_PROPERTIES = etree.XPath("//@itemprop/.. | //body//@property/..")


def read_microdata(tree: PageTree) -> Claims | None:
    """Claims of the page's own article item; None when nothing on the page is marked so."""
    found: dict[str, list[Element]] = {}
    for element in elements_at(_PROPERTIES, tree.root)[:_MOST_PROPERTIES]:
        for name in _names(element):
            if _belongs_to_article(element):
                found.setdefault(name, []).append(element)
    if not found:
        return None

    def values(name: str) -> list[str | None]:
        return [plain_line(_value(element)) for element in found.get(name, ())]

    people, organisations = _authors(found.get("author", []))
    makers, publishers = _authors(found.get("publisher", []))
    return Claims(
        kind="article" if found.keys() & {"articlebody", "headline", "datepublished"} else "",
        headline=next((text for text in values("headline") if text), None),
        published=distinct(values("datepublished") + values("datecreated"))[:2],
        modified=distinct(values("datemodified"))[:1],
        authors=people,
        organisations=organisations,
        site_names=distinct([*makers, *publishers]),
        section=next((text for text in values("articlesection") if text), None),
        tags=(),
        image=next(
            (url for e in found.get("image", ()) if (url := absolute_url(_value(e), tree.url))),
            None,
        ),
        description=next((text for text in values("description") if text), None),
    )


def marked_body(tree: PageTree) -> list[Element]:
    """The elements marked as an article's body."""
    return [
        e
        for e in elements_at(_PROPERTIES, tree.root)[:_MOST_PROPERTIES]
        if "articlebody" in _names(e) and e.tag != "meta"
    ]


def _names(element: Element) -> list[str]:
    names = (element.get("itemprop") or element.get("property") or "").lower().split()
    short = [name.rpartition(":")[2].rpartition("/")[2] for name in names]
    return [_SAME.get(name, name) for name in short]


def _belongs_to_article(element: Element) -> bool:
    """Whether the item the property describes is an article, or nothing encloses it."""
    holder = element.getparent()
    while holder is not None:
        if holder.get("itemscope") is not None:
            kind = holder.get("itemtype") or ""
            return kind.endswith(
                ("Article", "Posting", "Report", "Review", "WebPage", "CreativeWork")
            )
        holder = holder.getparent()
    return True


def _value(element: Element) -> str:
    for attribute in ("content", "datetime", "href", "src"):
        if (value := element.get(attribute)) and (
            attribute == "content" or element.tag in ("time", "link", "a", "img")
        ):
            if element.tag == "a":
                break
            return value
    return text_of(element, _MOST_PARTS)


def _authors(elements: list[Element]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of an author or publisher: (people and bare names, organisations)."""
    people: list[str | None] = []
    houses: list[str | None] = []
    for element in elements[:_MOST_AUTHORS]:
        names = [e for e in element.iter() if isinstance(e.tag, str) and "name" in _names(e)] or [
            element
        ]
        is_house = "Organization" in (element.get("itemtype") or "")
        (houses if is_house else people).extend(plain_line(_value(name)) for name in names[:1])
    return distinct(people), distinct(houses)
