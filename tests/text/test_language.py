"""Language is told by the text itself; the sentences are our own."""

import pytest

from crawler.text.language import language_of

ARABIC = "أعلنت الوزارة في بيان أن الجسر الجديد سيفتح أمام الناس بعد شهر من اليوم"
URDU = "وزارت نے کہا ہے کہ نیا پل ایک ماہ کے بعد لوگوں کے لیے کھول دیا جائے گا"
PERSIAN = "وزارت راه اعلام کرد که پل جدید یک ماه دیگر برای مردم باز می شود و این کار آغاز شده است"
PASHTO = (
    "د کرنې وزارت وايي چې نوی پل به یوه میاشت وروسته د خلکو پر مخ پرانیستل شي او کار یې پیل شوی دی"
)
SORANI = "وەزارەت ڕایگەیاند کە پردە نوێیەکە دوای مانگێک بۆ خەڵک دەکرێتەوە لە شارەکە"
SINDHI = "وزارت چيو آهي ته نئين پل هڪ مهيني کان پوءِ ماڻهن جي لاءِ کولي ويندي ۽ ڪم شروع ٿي ويو آهي"
UYGHUR = "مىنىستىرلىق يېڭى كۆۋرۈكنىڭ بىر ئايدىن كېيىن خەلق ئۈچۈن ئېچىلىدىغانلىقىنى بىلدۈردى ۋە بۇ"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ARABIC, "ar"),
        (URDU, "ur"),
        (PERSIAN, "fa"),
        (PASHTO, "ps"),
        (SORANI, "ckb"),
        (SINDHI, "sd"),
        (UYGHUR, "ug"),
        ("The ministry said the new bridge will open in a month.", "other"),
        ("2024 - 17:30", None),
        ("", None),
    ],
)
def test_each_language_of_the_script_is_told_apart(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_keyboards_do_not_change_the_language() -> None:
    arabic_on_a_persian_keyboard = ARABIC.translate(str.maketrans("يكى", "یکی"))
    urdu_on_an_arabic_keyboard = URDU.translate(str.maketrans("یکےہ", "يكيه"))
    assert language_of(arabic_on_a_persian_keyboard) == "ar"
    assert language_of(urdu_on_an_arabic_keyboard) == "ur"


@pytest.mark.parametrize(
    ("headline", "language"),
    [
        ("ارتفاع أسعار القمح", "ar"),
        ("وزير المالية يستقيل", "ar"),
        ("مقتل شخصين بحادث سير", "ar"),
        ("وفد سوري يزور موسكو", "ar"),
        ("گندم کی قیمتوں میں اضافہ", "ur"),
        ("وزیر خزانہ مستعفی", "ur"),
        ("کراچی میں موسلا دھار بارش", "ur"),
        ("قیمت گندم در بازار جهانی افزایش یافت", "fa"),
    ],
)
def test_a_short_headline_is_enough(headline: str, language: str) -> None:
    assert language_of(headline) == language


def test_a_foreign_name_or_brand_changes_nothing() -> None:
    assert language_of(f"(پاکستان پوائنٹ نیوز / سبوتنيك) {ARABIC}") == "ar"
    assert language_of(f"{ARABIC} (Reuters)") == "ar"
    assert language_of(f"{URDU} (اے ایف پی)") == "ur"
