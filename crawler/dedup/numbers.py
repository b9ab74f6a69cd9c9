"""Split a folded text into words, with numbers in one form: "1,200" and "1200" become one word, so
do "35" and "خمسة وثلاثون".

Scale words (ألف, مليون, لاکھ) stay words: outlets print "84 ألف" and "أربعة وثمانون ألفا" alike. So
does the number one, which is also an article ("ایک") and "somebody" ("واحد").
"""

import re

from crawler.text import fold

_TOKEN = re.compile(r"[0-9]+(?:[.,:/٫٬ر][0-9]+)*|[^\W\d_]+")
_DECIMAL = re.compile(r"([0-9]+)[.٫ر]([0-9]+)")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[,٬][0-9]{3})+")
_LEADING_ZEROS = re.compile(r"^0+(?=[0-9])")

_ARABIC_UNITS = """
    2 اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي | 3 ثلاث ثلاثة | 4 أربع أربعة | 5 خمس خمسة
    6 ست ستة | 7 سبع سبعة | 8 ثمان ثماني ثمانية | 9 تسع تسعة"""
_ARABIC_TENS = """
    20 عشرون عشرين | 30 ثلاثون ثلاثين | 40 أربعون أربعين | 50 خمسون خمسين | 60 ستون ستين
    70 سبعون سبعين | 80 ثمانون ثمانين | 90 تسعون تسعين"""
_ARABIC_HUNDREDS = """
    100 مائة مئة | 200 مائتان مائتين مئتان مئتين مائتا مائتي مئتا مئتي | 300 ثلاثمائة ثلاثمئة
    400 أربعمائة أربعمئة | 500 خمسمائة خمسمئة | 600 ستمائة ستمئة | 700 سبعمائة سبعمئة
    800 ثمانمائة ثمانمئة ثمانيمائة | 900 تسعمائة تسعمئة"""
_URDU = """
    2 دو | 3 تین | 4 چار | 5 پانچ | 6 چھ چھے | 7 سات | 8 آٹھ | 9 نو | 10 دس | 11 گیارہ | 12 بارہ
    13 تیرہ | 14 چودہ | 15 پندرہ | 16 سولہ | 17 سترہ | 18 اٹھارہ | 19 انیس | 20 بیس | 21 اکیس
    22 بائیس | 23 تئیس تیئس | 24 چوبیس | 25 پچیس | 26 چھبیس | 27 ستائیس | 28 اٹھائیس | 29 انتیس
    30 تیس | 31 اکتیس | 32 بتیس | 33 تینتیس | 34 چونتیس | 35 پینتیس | 36 چھتیس | 37 سینتیس
    38 اڑتیس | 39 انتالیس | 40 چالیس | 41 اکتالیس | 42 بیالیس | 43 تینتالیس | 44 چوالیس
    45 پینتالیس | 46 چھیالیس | 47 سینتالیس | 48 اڑتالیس | 49 انچاس | 50 پچاس | 51 اکیاون اکاون
    52 باون | 53 ترپن | 54 چون | 55 پچپن | 56 چھپن | 57 ستاون | 58 اٹھاون | 59 انسٹھ | 60 ساٹھ
    61 اکسٹھ | 62 باسٹھ | 63 ترسٹھ تریسٹھ | 64 چونسٹھ | 65 پینسٹھ | 66 چھیاسٹھ | 67 سڑسٹھ
    68 اڑسٹھ | 69 انہتر | 70 ستر | 71 اکہتر | 72 بہتر | 73 تہتر | 74 چوہتر | 75 پچھتر | 76 چھہتر
    77 ستتر | 78 اٹھہتر | 79 اناسی | 80 اسی | 81 اکیاسی | 82 بیاسی | 83 تراسی | 84 چوراسی
    85 پچاسی | 86 چھیاسی | 87 ستاسی | 88 اٹھاسی | 89 نواسی | 90 نوے | 91 اکانوے | 92 بانوے
    93 ترانوے | 94 چورانوے | 95 پچانوے | 96 چھیانوے | 97 ستانوے | 98 اٹھانوے | 99 ننانوے"""
# Words that are more often something else than the number: بہتر is "better", اسی "this very", نو a
# prefix.
_NOT_NUMBERS = frozenset(map(fold, ("بہتر", "اسی", "چون", "نو", "ستر")))


def _table(text: str) -> dict[str, int]:
    rows = (row.split() for row in re.split(r"[|\n]", text) if row.strip())
    return {fold(word): int(value) for value, *names in rows for word in names}


_UNITS = _table(_ARABIC_UNITS)
_TENS = _table(_ARABIC_TENS)
_HUNDREDS = _table(_ARABIC_HUNDREDS)
_URDU_NUMBERS = {word: value for word, value in _table(_URDU).items() if word not in _NOT_NUMBERS}
_BEFORE_HUNDRED = _URDU_NUMBERS | {fold("ایک"): 1}
_TEEN_UNITS = _UNITS | {fold(word): 1 for word in ("أحد", "إحدى")}
_TEN = frozenset(map(fold, ("عشر", "عشرة")))
_URDU_HUNDRED = fold("سو")
_AND = fold("و")


def words(folded: str) -> list[str]:
    """Return the words of a text that `crawler.text.fold` folded.

    Numbers below a thousand that are printed in words become digits.
    """
    all_words = [_one_form(token) for token in _TOKEN.findall(folded)]
    if not _NUMBER_WORDS.isdisjoint(all_words):
        all_words = _join_number_words(all_words)
    return all_words


def is_number(word: str) -> bool:
    """Return True if a word, one that `words` returned, is a number."""
    return word[0] in "0123456789"


def _one_form(token: str) -> str:
    """Return a number without thousands separators, leading zeros and zeros that end a decimal.

    Another word is returned unchanged. Agencies print 27.8 as 27ر8 or, for old typesetters, 8ر27:
    the larger part of a decimal stands first here.
    """
    if not is_number(token):
        return token
    if _THOUSANDS.fullmatch(token):
        token = token.replace(",", "").replace("٬", "")
    decimal = _DECIMAL.fullmatch(token)
    if decimal is None:
        return _LEADING_ZEROS.sub("", token)
    whole, fraction = decimal[1], decimal[2].rstrip("0")
    if not fraction:
        return whole
    return ".".join(sorted((whole, fraction), key=_size, reverse=True))


def _size(digits: str) -> tuple[int, str]:
    """Return a key by which digits sort as the numbers that they print."""
    return len(digits.lstrip("0")), digits


_STANDALONE = _UNITS | _TENS | _HUNDREDS | _URDU_NUMBERS | dict.fromkeys(_TEN, 10)
_NUMBER_WORDS = frozenset(_STANDALONE) | {_URDU_HUNDRED} | {_AND + word for word in _STANDALONE}


def _join_number_words(all_words: list[str]) -> list[str]:
    """Return the words with each run of number words as one number.

    "و" in front of such a number becomes a word of its own.
    """
    joined: list[str] = []
    at = 0
    while at < len(all_words):
        word = all_words[at]
        begins_with_and = word.startswith(_AND) and word not in _STANDALONE
        value, width = _number(word.removeprefix(_AND) if begins_with_and else word, all_words, at)
        if width == 0:
            joined.append(word)
            at += 1
            continue
        if begins_with_and:
            joined.append(_AND)
        joined.append(str(value))
        at += width
    return joined


def _number(word: str, all_words: list[str], at: int) -> tuple[int, int]:
    """Return the value of the number that begins at `at` with `word`, and its width in words.

    `word` is the word at `at`, perhaps without its "و". The width is 0 where no number begins.
    """
    next_word = all_words[at + 1] if at + 1 < len(all_words) else ""
    # The next word without its "و"; "" if it has none.
    added = next_word.removeprefix(_AND) if next_word.startswith(_AND) else ""
    if word in _HUNDREDS:
        if added == "" or added in _HUNDREDS:
            return _HUNDREDS[word], 1
        rest, width = _number(added, all_words, at + 1)
        return _HUNDREDS[word] + rest, 1 + width
    if word in _TEEN_UNITS and next_word in _TEN:
        return 10 + _TEEN_UNITS[word], 2
    if word in _UNITS and added in _TENS:
        return _UNITS[word] + _TENS[added], 2
    if word in _BEFORE_HUNDRED and next_word == _URDU_HUNDRED:
        hundreds = 100 * _BEFORE_HUNDRED[word]
        rest = _URDU_NUMBERS.get(all_words[at + 2], 0) if at + 2 < len(all_words) else 0
        return hundreds + rest, 3 if rest else 2
    if word in _STANDALONE:
        return _STANDALONE[word], 1
    return 0, 0
