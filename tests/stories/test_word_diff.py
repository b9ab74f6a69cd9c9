"""The words in which two texts differ."""

import time

from hypothesis import given
from hypothesis import strategies as st

from crawler.stories.word_diff import Paragraph, Piece, is_changed, word_diff
from crawler.text import fold_words


def same(text: str) -> Piece:
    return Piece("same", text)


def removed(text: str) -> Piece:
    return Piece("removed", text)


def added(text: str) -> Piece:
    return Piece("added", text)


def test_a_changed_word_stands_between_those_that_stayed() -> None:
    assert word_diff("بلغت الكلفة 3 ملايين دينار.", "بلغت الكلفة 5 ملايين دينار.") == (
        (same("بلغت الكلفة"), removed("3"), added("5"), same("ملايين دينار.")),
    )


def test_paragraphs_that_came_and_went_are_whole() -> None:
    older = "پہلا پیراگراف یہاں ہے۔\n\nدوسرا پیراگراف ہٹ گیا۔\n\nآخری بات۔"
    newer = "پہلا پیراگراف یہاں ہے۔\n\nآخری بات۔\n\nنئی خبر آئی۔"
    assert word_diff(older, newer) == (
        (same("پہلا پیراگراف یہاں ہے۔"),),
        (removed("دوسرا پیراگراف ہٹ گیا۔"),),
        (same("آخری بات۔"),),
        (added("نئی خبر آئی۔"),),
    )


def test_a_paragraph_that_was_parted_shows_no_changed_words() -> None:
    paragraphs = word_diff("واحد اثنان ثلاثة أربعة", "واحد اثنان\n\nثلاثة أربعة")
    assert paragraphs == ((same("واحد اثنان"),), (same("ثلاثة أربعة"),))


def test_marks_spaces_and_spellings_are_no_change_and_the_newer_ones_are_shown() -> None:
    (paragraph,) = word_diff("قال  إن الحُكومة وافقت", "قال ان الحكومة وافقت")
    assert paragraph == (same("قال ان الحكومة وافقت"),)
    assert not is_changed(paragraph)
    (paragraph,) = word_diff("قال إن الحُكومة وافقت أمس", "قال ان الحكومة وافقت اليوم")
    assert paragraph == (same("قال ان الحكومة وافقت"), removed("أمس"), added("اليوم"))
    assert is_changed((same("قال"), added("نعم")))


def test_empty_texts() -> None:
    assert word_diff("", "") == ()
    assert word_diff("", "نص") == ((added("نص"),),)
    assert word_diff("نص", " \n ") == ((removed("نص"),),)


def test_a_passage_too_long_to_compare_is_removed_and_added_whole() -> None:
    older, newer = "لا نعم " * 500, "نعم لا لا " * 500
    began = time.process_time()
    assert word_diff(older, newer) == ((removed(older.strip()),), (added(newer.strip()),))
    assert time.process_time() - began < 1


def test_a_long_article_is_compared_in_time() -> None:
    before = [f"كلمة{n % 1500}" for n in range(3000)]
    after = [*before[:1000], "جديد", *before[1010:]]
    began = time.process_time()
    (paragraph,) = word_diff(" ".join(before), " ".join(after))
    assert [piece.kind for piece in paragraph] == ["same", "removed", "added", "same"]
    assert time.process_time() - began < 5


words = st.lists(st.sampled_from(["و", "قال", "3", "خبر", "ہے", "—", "BBC"]), max_size=8)
texts = st.lists(words.map(" ".join), max_size=5).map("\n\n".join)


@given(texts, texts)
def test_the_pieces_are_both_texts_whatever_they_are(older: str, newer: str) -> None:
    paragraphs = word_diff(older, newer)
    assert _side(paragraphs, "removed") == older.split()
    assert _side(paragraphs, "added") == newer.split()
    for paragraph in paragraphs:
        assert paragraph
        assert all(piece.text for piece in paragraph)


def _side(paragraphs: tuple[Paragraph, ...], kind: str) -> list[str]:
    pieces = (piece for paragraph in paragraphs for piece in paragraph)
    kept = [piece.text for piece in pieces if piece.kind in ("same", kind)]
    return [word for text in kept for word in text.split() if fold_words(word) or word]
