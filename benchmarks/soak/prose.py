"""Stories of nobody: sentences put together as Arabic and Urdu put theirs together, from words that
are none.

Arabic words are made as Arabic makes them, three letters in a pattern; Urdu ones from syllables and
endings. Two stories share particles and the phrases of a desk, and by chance nothing else: what a
crawler takes for a copy is one, or a mistake.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

_ROOTS = "بتجحخدرزسشصطعغفقكلمنه"
_PATTERNS = (
    "{0}ا{1}{2}",
    "م{0}{1}و{2}",
    "{0}{1}ي{2}",
    "ت{0}{1}ي{2}",
    "م{0}ا{1}{2}ة",
    "است{0}{1}ا{2}",
    "ا{0}ت{1}ا{2}",
    "أ{0}{1}ا{2}",
    "{0}{1}و{2}ية",
    "م{0}{1}{2}ة",
)
_ONSETS = "بپتٹجچخدڈرسشکگلمن"
_VOWELS = ("ا", "ی", "و", "", "")
_CODAS = "رلنمتکڑس"
_URDU_ENDINGS = ("", "", "ی", "ا", "وں", "یں")


@dataclass(frozen=True)
class Language:
    """What the sentences of one language are made of."""

    word: Callable[[random.Random], str]
    particles: tuple[str, ...]
    openings: tuple[str, ...]
    endings: tuple[str, ...]
    stop: str
    cities: tuple[str, ...]
    people: tuple[str, ...]


def _arabic_word(chance: random.Random) -> str:
    word = chance.choice(_PATTERNS).format(*chance.sample(_ROOTS, 3))
    return f"ال{word}" if chance.random() < 0.5 else word


def _urdu_word(chance: random.Random) -> str:
    syllables = chance.choice((1, 2, 2))
    sounds = "".join(chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(syllables))
    return sounds + chance.choice(_CODAS) + chance.choice(_URDU_ENDINGS)


LANGUAGES = {
    "ar": Language(
        _arabic_word,
        ("في", "من", "إلى", "على", "عن", "التي", "بعد", "هذا", "مع", "خلال", "الذي", "قبل"),
        (
            "أعلنت لجنة المياه أن",
            "قال المتحدث باسم البلدية إن",
            "كشف تقرير هيئة الموانئ عن",
            "أوضح مدير المتحف أن",
            "وذكرت غرفة التجارة أن",
            "وأضاف رئيس النادي أن",
            "ويرى سكان الحي أن",
            "وأكد المهندسون أن",
        ),
        (
            "خلال الأسابيع الماضية",
            "قبل نهاية العام",
            "وفق الجدول المعلن",
            "من دون تفاصيل أخرى",
            "على مراحل متتالية",
            "بحسب البيان نفسه",
        ),
        ".",
        ("عمان", "القاهرة", "الرباط", "دبي", "بيروت", "تونس"),
        ("سلمى الراوي", "نادر الحموي", "هالة الصافي", "كريم البستاني"),
    ),
    "ur": Language(
        _urdu_word,
        ("کے", "کی", "میں", "نے", "سے", "کو", "اور", "کا", "پر", "لیے", "بھی", "یہ"),
        (
            "ضلعی انتظامیہ نے بتایا ہے کہ",
            "محکمہ آبپاشی کے مطابق",
            "شہر کے تاجروں کا کہنا ہے کہ",
            "ترجمان نے یہ بھی کہا کہ",
            "کمیٹی کی رپورٹ میں لکھا ہے کہ",
            "انجینئروں نے واضح کیا کہ",
            "مقامی لوگوں کو امید ہے کہ",
            "اجلاس میں یہ طے ہوا کہ",
        ),
        (
            "اگلے ماہ مکمل ہو گا",
            "پہلے سے بہتر رہا ہے",
            "ابھی تک جاری ہے",
            "سال کے آخر تک رہے گا",
            "سب کے لیے کھلا ہو گا",
            "دوبارہ شروع کیا گیا ہے",
        ),
        "۔",
        ("کراچی", "لاہور", "اسلام آباد", "پشاور", "کوئٹہ", "ملتان"),
        ("سدرہ ملک", "عامر قریشی", "نادیہ شیخ", "بلال انصاری"),
    ),
}


def words(language: str, chance: random.Random, count: int) -> str:
    """`count` words, a particle before each third."""
    made = LANGUAGES[language]
    return " ".join(
        f"{chance.choice(made.particles)} {made.word(chance)}" if at % 3 == 2 else made.word(chance)
        for at in range(count)
    )


def sentence(language: str, chance: random.Random) -> str:
    """About something that no other sentence is about."""
    made = LANGUAGES[language]
    parts = [words(language, chance, chance.randint(8, 16)), str(chance.randint(13, 9_999))]
    if chance.random() < 0.5:
        parts.insert(0, chance.choice(made.openings))
    parts += [words(language, chance, 3), chance.choice(made.endings)]
    return " ".join(parts) + made.stop


def paragraph(language: str, chance: random.Random) -> str:
    """Two to four sentences."""
    return " ".join(sentence(language, chance) for _ in range(chance.randint(2, 4)))


def headline(language: str, chance: random.Random) -> str:
    """Six to nine words."""
    return words(language, chance, chance.randint(6, 9))
