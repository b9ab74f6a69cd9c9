"""Whether an article meets a query, and which printed words are marked."""

import pytest

from crawler.items import Article
from crawler.search import ArticleWords, Field, columns_of, marks, matches, parse_query, with_marks
from tests.storage.samples import article

PORT = article(
    "a",
    "أعلنت الشركة توسيع الموانئ بنسبة 3.1 في المئة.\n\nوقالت إن العمل بدأ.",
    headline="توسيع ميناء المدينة",
    dateline="جدة - واس",
)
URDU = article("u", "بندرگاہوں پر حملے ہوئے", headline="حملہ", language="ur")


def found(query: str, given: Article) -> bool:
    def has_field(field: Field) -> bool:
        return field == Field("outlet", given.outlet or "")

    return matches(parse_query(query), ArticleWords(columns_of(given), given.language), has_field)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("شركة", True),
        ("موانئ", True),
        ("ميناء", True),
        ("مدن", True),
        ('"شركة"', False),
        ('"الشركة"', True),
        ('"توسيع الموانئ"', True),
        ('"الموانئ توسيع"', False),
        ("in:headline شركة", False),
        ("in:headline مدينة", True),
        ("in:headline (شركة | مدينة)", True),
        ("شركة -مدينة", False),
        ('شركة -"مدينة"', True),
        ("شرك*", False),
        ("الشر*", True),
        ("3.1", True),
        ("3", False),
        ("واس", True),
        ('"واس أعلنت"', False),
        ('"المدينة جدة"', False),
        ("شركة outlet:a", True),
        ("شركة -outlet:a", False),
        ("outlet:b | شركة", True),
    ],
)
def test_an_arabic_article_meets(query: str, expected: bool) -> None:
    assert found(query, PORT) is expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [("حملہ", True), ("حملوں", True), ("بندرگاہ", True), ('"حملوں"', False), ("ہو", False)],
)
def test_an_urdu_article_meets(query: str, expected: bool) -> None:
    assert found(query, URDU) is expected


def test_forms_are_those_of_the_articles_language() -> None:
    assert found("کتابیں", article("u", "کتابوں", language="ur"))
    assert not found("کتابیں", article("u", "کتابوں", language="ar"))
    assert found("كتاب", article("u", "والكتاب", language="ar"))
    assert not found("كتاب", article("u", "والكتاب", language="ur"))
    assert not found("كتاب", article("u", "والكتاب", language=None))


def test_printed_words_are_marked() -> None:
    text = "قالت الحُكـومة إنّ (للحكومة) خطة، والحكومات لا. حكومي"
    query = parse_query("حكومة خط* -قالت")
    assert with_marks(text, marks(text, query, "ar"), "<", ">") == (
        "قالت <الحُكـومة> إنّ (<للحكومة>) <خطة>، <والحكومات> لا. حكومي"
    )


def test_phrases_are_marked_where_they_stand_and_never_over_a_break() -> None:
    text = "كأس\nالعالم، كأس آسيا، العالم كأس العالم كأس"
    spans = marks(text, parse_query('"كأس العالم"'), "ar")
    assert with_marks(text, spans, "<", ">") == (
        "<كأس>\n<العالم>، كأس آسيا، العالم <كأس> <العالم> كأس"
    )
    assert marks(text, parse_query('outlet:x | "لا شيء"'), "ar") == []


def test_marks_begin_and_end_with_no_control() -> None:
    text = "\u2067الحكومةُ\u2069\u200f"
    (span,) = marks(text, parse_query("حكومة"), "ar")
    assert text[span.start : span.end] == "الحكومةُ"
