"""Claims of the page's microdata and RDFa: itemprop="..." and property="schema:...".

Values of another item on the page (a related story, the publisher's logo) are told apart by their
itemscope.
"""

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from crawler.extraction.claims import Claims
from crawler.extraction.tree import Element, PageTree, elements_at, text_of
from crawler.extraction.values import absolute_url, distinct, first, plain_line

# RDFa and Dublin Core names of schema.org's properties.
_SCHEMA_NAMES = {
    "date": "datepublished",
    "issued": "datepublished",
    "created": "datepublished",
    "title": "headline",
}
_ARTICLE_TYPES = ("Article", "Posting", "Report", "Review", "WebPage", "CreativeWork")
_ARTICLE_PROPERTIES = frozenset(("articlebody", "headline", "datepublished"))
_VALUE_IN_ATTRIBUTE = ("time", "link", "img")
_MAX_PROPERTIES, _MAX_PARTS, _MAX_AUTHORS = 500, 100, 20
_PROPERTIES = etree.XPath("//@itemprop/.. | /html/body//@property/..")


class MarkedElement(NamedTuple):
    """An element that is marked as one or several properties of an item."""

    element: Element
    properties: tuple[str, ...]


def marked_elements(tree: PageTree) -> list[MarkedElement]:
    """Return the elements with an itemprop or property attribute, at most _MAX_PROPERTIES, with the
    lower-case schema.org names of these properties."""
    elements = elements_at(_PROPERTIES, tree.root)[:_MAX_PROPERTIES]
    return [MarkedElement(element, _properties(element)) for element in elements]


def marked_bodies(marked: Sequence[MarkedElement]) -> list[Element]:
    """Return the elements that are marked as an article's body."""
    return [
        element
        for element, properties in marked
        if "articlebody" in properties and element.tag != "meta"
    ]


def read_microdata(marked: Sequence[MarkedElement], url: str) -> Claims | None:
    """Return the claims of the article item of the page at `url`; None when no element is marked as
    one of its properties."""
    elements = _article_elements(marked)
    if not elements:
        return None

    def values(name: str) -> list[str | None]:
        """Return the values of a property on one line each."""
        return [plain_line(_value(element)) for element in elements.get(name, ())]

    authors, organisations = _names(elements.get("author", []))
    publisher_people, publishers = _names(elements.get("publisher", []))
    images = (absolute_url(_value(element), url) for element in elements.get("image", ()))
    return Claims(
        kind="article" if elements.keys() & _ARTICLE_PROPERTIES else "",
        headline=first(values("headline")),
        published=distinct(values("datepublished") + values("datecreated"))[:2],
        modified=distinct(values("datemodified"))[:1],
        authors=authors,
        organisations=organisations,
        site_names=distinct([*publisher_people, *publishers]),
        section=first(values("articlesection")),
        image=first(images),
        description=first(values("description")),
    )


def _properties(element: Element) -> tuple[str, ...]:
    names = (element.get("itemprop") or element.get("property") or "").lower().split()
    bare_names = (name.rpartition(":")[2].rpartition("/")[2] for name in names)
    return tuple(_SCHEMA_NAMES.get(name, name) for name in bare_names)


def _article_elements(marked: Sequence[MarkedElement]) -> dict[str, list[Element]]:
    """Return the elements that describe the page's article, by property."""
    elements: dict[str, list[Element]] = {}
    for element, properties in marked:
        if _describes_article(element):
            for name in properties:
                elements.setdefault(name, []).append(element)
    return elements


def _describes_article(element: Element) -> bool:
    """Return whether the item around a marked element is an article; True where none is around."""
    for ancestor in element.iterancestors():
        if ancestor.get("itemscope") is not None:
            return (ancestor.get("itemtype") or "").endswith(_ARTICLE_TYPES)
    return True


def _value(element: Element) -> str:
    """Return the value of a property: that of the attribute that HTML gives the element for it,
    else its text. A link's address is no value of a property: its text is."""
    value = None
    if element.tag in _VALUE_IN_ATTRIBUTE:
        value = first(map(element.get, ("content", "datetime", "href", "src")))
    elif element.tag != "a":
        value = element.get("content")
    return value or text_of(element, _MAX_PARTS)


def _names(elements: Sequence[Element]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of authors or publishers: those of people and bare names, and those of
    organisations."""
    people: list[str | None] = []
    organisations: list[str | None] = []
    for element in elements[:_MAX_AUTHORS]:
        is_organisation = "Organization" in (element.get("itemtype") or "")
        names = organisations if is_organisation else people
        names.append(plain_line(_value(_name_element(element))))
    return distinct(people), distinct(organisations)


def _name_element(element: Element) -> Element:
    """Return the first element in `element` that is marked as its name, or `element` itself."""
    for inner in element.iter():
        if isinstance(inner.tag, str) and "name" in _properties(inner):
            return inner
    return element
