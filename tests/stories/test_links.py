"""Which texts are linked, and how long a link is valid."""

from crawler.dedup.sketch import make_sketch
from crawler.items import Article
from crawler.stories.links import (
    IndexedArticle,
    TextLink,
    broken_links,
    find_links,
    valid_links,
)
from crawler.stories.signature import sign
from crawler.stories.versions import Current
from tests.storage.invented import copy_of
from tests.storage.samples import NOON


def indexed(article: Article, article_id: str) -> IndexedArticle:
    signature = sign(Current(article, NOON, NOON), make_sketch(article), ())
    return IndexedArticle(article_id, signature, article)


WHOLE = indexed(copy_of("whole", 0), "b")
CUT = indexed(copy_of("cut", 0, last=5), "a")
SAME_CUT = indexed(copy_of("same", 0, last=5), "d")
STRANGER = indexed(copy_of("stranger", 1), "c")


def no_boilerplate(_: str | None) -> frozenset[str]:
    return frozenset()


def test_a_copy_is_linked_once_and_a_stranger_is_not() -> None:
    (link,) = find_links(WHOLE, [STRANGER, SAME_CUT, WHOLE, CUT], [], no_boilerplate)
    cut, whole = CUT.signature, WHOLE.signature
    assert link.articles == ("a", "b"), "the smaller id first, and of equal texts that one"
    assert link.inputs_hashes == (cut.inputs_hash, whole.inputs_hash)
    assert link.text_hashes == (cut.text_hash, whole.text_hash)
    assert find_links(CUT, [WHOLE], [], no_boilerplate) == [link], "from either side"
    assert find_links(WHOLE, [SAME_CUT], [link], no_boilerplate) == [], "the texts are linked"


def test_a_link_breaks_when_a_witness_changes_or_goes() -> None:
    link = TextLink(("a", "b"), (1, 2), (10, 20))
    for inputs_hashes, is_valid in (
        ({"a": 1, "b": 2, "c": 3}, True),
        ({"a": 1, "b": 3}, False),
        ({"a": 1}, False),
    ):
        assert valid_links([link], inputs_hashes) == ([link] if is_valid else [])
        assert broken_links([link], inputs_hashes) == ([] if is_valid else [link])
