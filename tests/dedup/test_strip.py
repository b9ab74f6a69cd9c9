from collections.abc import Callable

import pytest

from crawler.dedup import paragraph_key
from crawler.dedup.strip import story_paragraphs
from crawler.items import Article
from crawler.text import fold

MakeArticle = Callable[..., Article]

TOLD = "قال المتحدث إن العمل بدأ صباحا"


@pytest.mark.parametrize(
    "line",
    [
        "اقرأ أيضًا: جسر جديد في المدينة",
        "- شاهد كذلك : صور من الافتتاح",
        "تابعونا على واتساب",
        "سمات جسر بلدية سوق",
        "رابط الخبر بصحيفة المدينة: جسر جديد",
        "جميع الحقوق محفوظة © 2026",
        "یہ بھی پڑھیں: گاؤں میں نیا کنواں",
        "تازہ ترین خبروں کے لیے ہمارا چینل جوائن کریں",
        "مزید پڑھئے: گاؤں میں نیا کنواں",
    ],
)
def test_lines_that_lead_away_go_wherever_they_stand(article: MakeArticle, line: str) -> None:
    assert story_paragraphs(article(line, TOLD, line, TOLD, line)) == [fold(TOLD)] * 2


@pytest.mark.parametrize(
    "line",
    [
        "(رويترز)",
        "(أ .ف .ب)",
        "و م ع",
        "(ع.م / ر.ح)",
        "فرانس 24/ أ ف ب",
        "المصدر: وكالات",
        "// انتهى // 14:02 ت م",
        "18:06 ت م",
        "ماخذ: ایجنسیاں",
        "https://example.org/1",
    ],
)
def test_credits_go_at_the_end_only(article: MakeArticle, line: str) -> None:
    assert story_paragraphs(article(TOLD, line)) == [fold(TOLD)]
    assert story_paragraphs(article(TOLD, line, TOLD)) == [fold(TOLD), fold(line), fold(TOLD)]


@pytest.mark.parametrize(
    "line",
    [
        "شارك في الاجتماع وزراء من خمس دول",
        "انضم اللاعب إلى النادي لموسمين",
        "اشترك الفريقان في المركز الثاني",
        "اليوم",
        "انتهت المباراة بالتعادل بعد وقت إضافي امتد نصف ساعة كاملة",
        "المصدر الوحيد للماء هو البئر",
        "اہم اجلاس بدھ کو ہوگا",
        "اقرأ أيضًا " + "كلمة " * 80,  # too long for a link
    ],
)
def test_lines_of_a_story_stay(article: MakeArticle, line: str) -> None:
    assert story_paragraphs(article(TOLD, line)) == [fold(TOLD), fold(line).strip()]


def test_a_dateline_that_still_stands_there_goes(article: MakeArticle) -> None:
    printed = article(f"عمان - بترا: {TOLD}")
    printed.dateline = "عمان - بترا:"
    assert story_paragraphs(printed) == [fold(TOLD)]


def test_paragraphs_in_the_table_of_boilerplate_go(article: MakeArticle) -> None:
    notice = "استطلاع: هل تؤيد بناء جسر آخر؟"
    printed = article(TOLD, notice)
    assert story_paragraphs(printed, boilerplate=frozenset({paragraph_key(notice)})) == [fold(TOLD)]
    assert (
        paragraph_key("هل تُؤيِّد بناءَ جسـر")
        == paragraph_key("هل تؤيد  بناء جسر!")
        != paragraph_key(notice)
    )


def test_a_body_of_nothing_else_keeps_something(article: MakeArticle) -> None:
    assert story_paragraphs(article("(رويترز)")) == ["(رويترز)"]
    assert story_paragraphs(article("تابعونا على واتساب")) == [fold("تابعونا على واتساب")]
    assert story_paragraphs(Article(url="https://a.example/")) == []
