"""Invent stories: sentences in the word order of Arabic and Urdu, made of words that do not exist.

Arabic words are three letters in a pattern, as in Arabic; Urdu ones are syllables and endings. Two
stories share particles and the phrases of a desk, and nothing else but by chance: articles that a
crawler takes for copies are copies, or a mistake of the crawler.
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
    """The parts of which the sentences of one language are made."""

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
    """Return `count` words, with a particle before each third word."""
    parts = LANGUAGES[language]
    made = []
    for at in range(count):
        if at % 3 == 2:
            made.append(chance.choice(parts.particles))
        made.append(parts.word(chance))
    return " ".join(made)


def sentence(language: str, chance: random.Random) -> str:
    """Return a sentence whose words and number are its own."""
    parts_of_language = LANGUAGES[language]
    parts = [words(language, chance, chance.randint(8, 16)), str(chance.randint(13, 9_999))]
    if chance.random() < 0.5:
        parts.insert(0, chance.choice(parts_of_language.openings))
    parts += [words(language, chance, 3), chance.choice(parts_of_language.endings)]
    return " ".join(parts) + parts_of_language.stop


def paragraph(language: str, chance: random.Random) -> str:
    """Return two to four sentences."""
    return " ".join(sentence(language, chance) for _ in range(chance.randint(2, 4)))


def headline(language: str, chance: random.Random) -> str:
    """Return six to nine words."""
    return words(language, chance, chance.randint(6, 9))
