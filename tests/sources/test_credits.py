"""Credit lines above and below a body."""

import pytest

from crawler.sources import parse_credit


@pytest.mark.parametrize(
    ("line", "sources", "place", "reporter"),
    [
        ("لندن - رويترز", ["reuters"], "لندن", None),
        ("برلين رويترز", ["reuters"], "برلين", None),
        ("(أ .ف .ب د .ب .أ)", ["afp", "dpa"], None, None),
        ("(رويترز، أ ف ب)", ["reuters", "afp"], None, None),
        ("المصدر: رويترز", ["reuters"], None, None),
        ("المصدر : الأناضول + وكالات", ["anadolu", "unnamed-agencies"], None, None),
        ("*(عن صحيفة نهر الحياة)", [""], None, None),
        ("المصدر: مجلة الجبل", [""], None, None),
        ("نقلا عن: أ ش أ", ["mena"], None, None),
        ("-وات-", ["tap"], None, None),
        ("(و م ع)", ["map"], None, None),
        ("کریڈٹ: اے ایف پی", ["afp"], None, None),
        ("ذریعہ: ایجنسیاں", ["unnamed-agencies"], None, None),
        ("بشکریہ بی بی سی اردو", ["bbc"], None, None),
        ("أحمد سالم (جدة)", [], "جدة", "أحمد سالم"),
        ("محمود حسن - القاهرة", [], "القاهرة", "محمود حسن"),
        ("دبي - وليد كامل، وكالات", ["unnamed-agencies"], "دبي", "وليد كامل"),
        ("اليوم، وكالات - عواصم", ["al-yaum", "unnamed-agencies"], "عواصم", None),
        ("محمد عبدالله", [], None, "محمد عبدالله"),
        ("م.ن", [], None, "م.ن"),
        ("/انتهى/", [], None, None),
        ("// انتهى // ح س 14:20 ت م", [], None, None),
        ("(النهاية) ع م / ر س", [], None, None),
    ],
)
def test_a_credit_line_is_read(
    line: str, sources: list[str], place: str | None, reporter: str | None
) -> None:
    credit = parse_credit(line)
    assert ([source.id for source in credit.sources], credit.place, credit.reporter) == (
        sources,
        place,
        reporter,
    )


@pytest.mark.parametrize(
    "line",
    [
        "", "خلفية القضية", "ردود الفعل", "القاهرة", "العالم", "اليوم",
        "تقول رويترز إن السوق أغلقت مرتفعة.",
        "وأضاف الوزير: العمل مستمر - والجسر سيفتح قريبا.",
        "آج ملک بھر میں تعطیل ہے۔",
        "مزید تفصیلات کچھ دیر میں",
        "نتائج المباريات: الأهلي 2 - الزمالك 1",
        "يذكر أن المتحف افتتح قبل عامين (2019).",
    ],
)  # fmt: skip
def test_a_line_of_the_story_credits_nobody(line: str) -> None:
    credit = parse_credit(line)
    assert (credit.sources, credit.place, credit.reporter) == ((), None, None)


def test_an_edition_is_itself_on_its_own_pages() -> None:
    (source,) = parse_credit("بشکریہ بی بی سی اردو", outlet="bbc-urdu").sources
    assert source.id == "bbc-urdu"
