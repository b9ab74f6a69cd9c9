"""The words of a text and of an article, as both stores index them."""

import hashlib
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.search import FOLDING, columns_of, words_of
from crawler.search.words import printed_words
from crawler.text import fold
from tests.storage.samples import REUTERS, article


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("أعلنت الحُكـومة، اليومَ!", ["اعلنت", "الحكومه", "اليوم"]),
        ("کراچی: ۳٫۱ فیصد", ["كراچي", "3.1", "فيصد"]),
        ("3.1 و 3,1 و 3 . 1", ["3.1", "و", "3.1", "و", "3", "1"]),
        ("1,500 و ١٬٥٠٠٬٠٠٠", ["1500", "و", "1500000"]),
        ("12.5.2026", ["12.5.2026"]),
        ("1,5000", ["1.5000"]),
        ("#كأس_العالم", ["كاس", "العالم"]),
        ("3.1مليون.", ["3.1مليون"]),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words
    assert [word.folded for word in printed_words(text)] == words


@given(st.text(alphabet="ابتأةىیہھئؤـًٌ ١٢۳,.٫٬-_«»ﷺﻻA\u200c\u200f", max_size=40))
def test_printed_words_are_the_words_of_the_text(text: str) -> None:
    printed = list(printed_words(text))
    assert "".join(word.folded for word in printed) == "".join(words_of(text))
    assert all(words_of(text[word.start : word.end]) for word in printed)


def test_headline_and_everything_else_are_searched() -> None:
    given = article(
        "a",
        "النص كله",
        headline="العنوان",
        dateline="القاهرة - رويترز",
        reporter="سلمى",
        authors=("سلمى", "كريم"),
        tags=("ميناء", "بحر"),
        sources=(REUTERS,),
        description="وصف آخر",
    )
    columns = columns_of(given)
    assert columns.headline == "العنوان"
    assert columns.body == (
        "القاهره رويترز ¶ النص كله ¶ وصف اخر ¶ سلمي ¶ كريم ¶ reuters ¶ ميناءِ ¶ بحر".replace(
            "ميناءِ", "مينا"
        )
    )


def test_a_description_that_the_text_begins_with_is_not_kept_twice() -> None:
    assert columns_of(article("a", "النص كله هنا", description="النص كله")).body == "النص كله هنا"


def test_an_unknown_folding_is_refused() -> None:
    with pytest.raises(ValueError, match="folding 2"):
        columns_of(replace(article("a")), folding=FOLDING + 1)


def test_the_folding_changes_only_with_its_version() -> None:
    """Stores remove an article's words by folding it as they once did: whoever changes the folding
    of any letter must raise FOLDING and keep the older one."""
    letters = (chr(number) for number in range(0x20, 0x900) if chr(number).isprintable())
    presentation = (chr(number) for number in range(0xFB50, 0xFEFF))
    folded = "\n".join(fold(letter) for letter in (*letters, *presentation))
    digest = hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()
    if sys.version_info[:2] == (3, 11):  # others know more letters
        assert (FOLDING, digest[:16]) == (1, "447bdcb0169b8fc8")
