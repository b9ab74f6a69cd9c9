"""The pattern of article addresses, from examples."""

import re
from urllib.parse import urlsplit

import pytest

from crawler.survey.shapes import propose_pattern


@pytest.mark.parametrize(
    ("paths", "articles", "identity"),
    [
        (
            ("/story/1602948", "/story/1048871/لماذا-يسعى", "/story/1048872/خبر/"),
            r"(?:/story/\d+/[^/]+|/story/\d+)/?",
            r"story/\d+",
        ),
        (
            ("/world/1511841-ترامب", "/world/1511842-قمة", "/sport/1511843-فوز"),
            r"/[^/]+/\d+-[^/]+",
            r"\d{7,}",
        ),
        (
            ("/story/2024/1/12/a-b/6382417", "/story/2024/11/2/c-d/6382418"),
            r"/story/\d{4}/\d{1,2}/\d{1,2}/[^/]+/\d+",
            r"\d{7,}",
        ),
        (
            ("/20231122/grain-line-1083412765.html", "/20231122/museum-1083412766.html"),
            r"/\d+/[^/]+\d+\.html",
            r"\d{10,}",
        ),
        (("/7731", "/7732", "/9001"), r"/\d+", ""),
        (("/culture/2023/11/21/night-market", "/news/2023/11/20/a-b"),
         r"/[^/]+/\d{4}/\d{1,2}/\d{1,2}/[^/]+", ""),
    ],
)  # fmt: skip
def test_a_pattern_matches_its_examples_and_names_the_identity(
    paths: tuple[str, ...], articles: str, identity: str
) -> None:
    proposed = propose_pattern([f"https://waha.example{path}" for path in paths])
    assert proposed is not None
    assert (proposed.articles, proposed.id) == (articles, identity)
    assert proposed.covered == len(paths)
    assert proposed.has_number
    found = {re.search(identity, path).group() for path in paths} if identity else paths  # type: ignore[union-attr]
    assert len(found) == len(paths), "one identity for two articles"


def test_a_query_that_alone_differs_is_the_identity() -> None:
    addresses = [f"https://waha.example/Details.aspx?lang=ar&id={n}" for n in (5, 6, 7)]
    proposed = propose_pattern(addresses)
    assert proposed is not None
    assert proposed.identity == ("id",)
    for address in addresses:
        parts = urlsplit(address)
        assert re.fullmatch(proposed.articles, f"{parts.path}?{parts.query}")
    assert not re.fullmatch(proposed.articles, "/Details.aspx?lang=ar")


def test_words_alone_tell_no_article_from_a_page() -> None:
    proposed = propose_pattern([f"https://waha.example/{slug}/" for slug in ("rain-falls", "bus")])
    assert proposed is not None
    assert (proposed.articles, proposed.has_number) == ("/[^/]+/?", False)


def test_without_addresses_there_is_no_pattern() -> None:
    assert propose_pattern([]) is None
    assert propose_pattern(["https://waha.example/"]) is None


@pytest.mark.parametrize(
    ("paths", "identity", "is_shown"),
    [
        (("/story/7001/library", "/story/7001/library-opens"), r"story/\d+", True),
        (("/7001-library", "/7001-library-opens", "/7002-rain"), r"\d{4,}", True),
        (("/world/7001/a", "/sport/7001/b", "/sport/7002/c"), r"\d{4,}", True),
        # The number of a section, and that of a day.
        (("/section/7001/a", "/section/7001/b", "/section/7001/c"), "", False),
        (("/news/20261122/a-b", "/news/20261122/c-d", "/news/20261123/e"), "", False),
        (("/story/7001/library", "/story/7002/rain"), r"story/\d+", False),
    ],
)
def test_two_slugs_of_one_number_show_an_identity(
    paths: tuple[str, ...], identity: str, is_shown: bool
) -> None:
    proposed = propose_pattern([f"https://waha.example{path}" for path in paths])
    assert proposed is not None
    assert (proposed.id, proposed.is_shown) == (identity, is_shown)
