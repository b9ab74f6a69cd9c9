from collections.abc import Callable
from dataclasses import replace

import pytest

from crawler.dedup import content_hash, folded_headline
from crawler.items import Article

MakeArticle = Callable[..., Article]


@pytest.mark.parametrize(
    ("letter", "other"),
    [
        ("ي", "ی"),
        ("ك", "ک"),
        ("ة", "ه"),
        ("أ", "ا"),
        ("4", "٤"),
        (" ", "\u00a0"),
        (" ", ""),
        (".", "!"),
        ("ل", "لـ"),
    ],
)
def test_the_hash_is_blind_to_keyboards_and_spaces(
    bridge: Article, letter: str, other: str
) -> None:
    assert bridge.body
    printed = replace(bridge, body=bridge.body.replace(letter, other))
    assert printed.body != bridge.body
    assert content_hash(printed) == content_hash(bridge)


def test_the_hash_is_of_the_story(bridge: Article) -> None:
    dated = replace(bridge, body=f"عمان - بترا: {bridge.body}\n\n(رويترز)", dateline="عمان - بترا:")
    assert content_hash(dated) == content_hash(bridge)
    assert content_hash(replace(bridge, body=f"{bridge.body} نعم")) != content_hash(bridge)


@pytest.mark.parametrize("body", [None, "", " \n\n ", "…", "ـ"])
def test_no_words_have_no_hash(body: str | None) -> None:
    assert content_hash(Article(url="https://a.example/", body=body)) is None


def test_headlines_are_compared_folded() -> None:
    assert folded_headline("«افتتاح» الجسـر ١٢") == folded_headline("إفتتاح الجسر 12")
    assert folded_headline(None) == ""
