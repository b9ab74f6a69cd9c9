"""Links: which texts tell one story, and which articles show it.

Two texts are linked if `crawler.dedup.compare` says that one prints the other's story. A link names
two articles as its witnesses, and is valid as long as both read as they did when they were compared
(`Signature.inputs_hash`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from crawler.dedup import compare
from crawler.items import Article
from crawler.stories.candidates import shares_enough_keys
from crawler.stories.signature import Signature

BoilerplateOf = Callable[[str | None], frozenset[str]]
"""Returns the boilerplate keys of an outlet, by its name."""


@dataclass(frozen=True, slots=True)
class IndexedArticle:
    """An article with its signature, ready to be compared."""

    id: str
    signature: Signature
    article: Article


@dataclass(frozen=True, slots=True)
class TextLink:
    """A link: two texts that tell one story, and the two articles that show it.

    articles: their ids, the smaller one first. inputs_hashes, text_hashes: of their signatures, in
    the same order.
    """

    articles: tuple[str, str]
    inputs_hashes: tuple[int, int]
    text_hashes: tuple[int, int]


def find_links(
    own: IndexedArticle,
    candidates: Iterable[IndexedArticle],
    known_links: Iterable[TextLink],
    boilerplate_of: BoilerplateOf,
) -> list[TextLink]:
    """Return the links of `own` to the candidates that print its story.

    known_links: valid ones. One link between two texts is enough: candidates with a text that is
    linked to `own`'s are passed over.
    """
    text_hash = own.signature.text_hash
    if text_hash is None:
        return []
    links = []
    linked = _linked_texts(text_hash, known_links)
    for other in sorted(candidates, key=lambda article: article.id):
        other_hash = other.signature.text_hash
        if other_hash is None or other_hash == text_hash or other_hash in linked:
            continue
        if not shares_enough_keys(own.signature, other.signature):
            continue
        boilerplate = boilerplate_of(own.article.outlet) | boilerplate_of(other.article.outlet)
        if compare(own.article, other.article, boilerplate=boilerplate).joins:
            linked.add(other_hash)
            links.append(_link(own, other))
    return links


def valid_links(links: Iterable[TextLink], inputs_hashes: Mapping[str, int]) -> list[TextLink]:
    """Return the links whose witnesses read as they did.

    inputs_hashes: of the stored articles, by id; a missing witness makes a link invalid.
    """
    return [link for link in links if _is_valid(link, inputs_hashes)]


def broken_links(links: Iterable[TextLink], inputs_hashes: Mapping[str, int]) -> list[TextLink]:
    """Return the links of which a witness is missing or reads differently now."""
    return [link for link in links if not _is_valid(link, inputs_hashes)]


def _linked_texts(text_hash: int, links: Iterable[TextLink]) -> set[int]:
    """Return the hashes of the texts that are linked with the text with that hash, itself among
    them."""
    linked: set[int] = set()
    for link in links:
        if text_hash in link.text_hashes:
            linked.update(link.text_hashes)
    return linked


def _is_valid(link: TextLink, inputs_hashes: Mapping[str, int]) -> bool:
    first, second = link.articles
    return (inputs_hashes.get(first), inputs_hashes.get(second)) == link.inputs_hashes


def _link(own: IndexedArticle, other: IndexedArticle) -> TextLink:
    first, second = sorted((own, other), key=lambda article: article.id)
    assert first.signature.text_hash is not None
    assert second.signature.text_hash is not None
    return TextLink(
        (first.id, second.id),
        (first.signature.inputs_hash, second.signature.inputs_hash),
        (first.signature.text_hash, second.signature.text_hash),
    )
