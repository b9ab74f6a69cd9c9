"""The names in a byline: a byline element, a first line ("كتب X"), a last line (a name alone).

A byline holds people, desks ("ویب ڈیسک") or an agency; all are given as printed, without the verb,
the office held and the city. The sources step says which name is an agency.
"""

import re
from collections.abc import Sequence

from crawler.extraction.blocks import Block
from crawler.extraction.phrases import phrase_at_start, phrases
from crawler.extraction.values import distinct
from crawler.text.letters import fold_words

_LABELS = """
    كتب | كتبت | كتبه | كتبها | كتبوا | كُتب بواسطة | بقلم | للكاتب | الكاتب | تقرير | تحقيق
    تغطية | متابعة | حوار | حاوره | حاورته | حاورها | أجرى الحوار | تحرير | تحرير وإعداد | المحرر
    محرر | إعداد | أعد | أعدها | أعدته | ترجمة | ترجمها | مراسل | مراسلنا | مراسلتنا | بواسطة
    نشر بواسطة
    تحریر | رپورٹ | رپورٹر | رپورٹنگ | تحقیق | ترجمہ | مترجم | مصنف | نمائندہ | نمائندہ خصوصی
    بیورو رپورٹ | از
    by | written by | author | posted by
"""
_AMBIGUOUS_LABELS = """
    تقرير | تحقيق | تغطية | متابعة | حوار | ترجمة | محرر | مراسل | أعد
    رپورٹ | تحقیق | ترجمہ | نمائندہ | از
"""
# Labels that are common words too: without a colon or dash behind them they open sentences.
_NEEDS_MARK = frozenset(phrases(_AMBIGUOUS_LABELS))
_LABEL_WORDS = "|".join(sorted(map(re.escape, phrases(_LABELS)), key=len, reverse=True))
_LABEL = re.compile(
    rf"[*\s(]*(?P<word>{_LABEL_WORDS})(?!\w)\s*(?P<mark>[:：/\-–ـ]*)\s*", re.IGNORECASE
)
_SCREEN_READER = re.compile(r"\b(?:author|role|authors|by)\s*[,،:]\s*", re.I)
_DASH = re.compile(r"\s+[-–—ـ|•]+\s*|\s*[-–—|•]+\s+|\.{2,}\s*")
_LIST = re.compile(r"\s*[,،؛;&/+]\s*|\s+(?:اور|and|et)\s+")
_AND = re.compile(r" و(?=[^\W\d_]{2})")
# Given names that begin with the letter of "and".
_W_NAMES = frozenset(
    fold_words("""
    وائل وليد وسام وسيم وفاء وجيه وجيهة وحيد ورد وردة وداد وديع وهيب وهبة وهيبة وقار وقاص ولاء
    ولي وصفي وضاح وجدي وجدان واصف وثاب وعد وئام وفيق وفيقة وليم والي واحد
    """).split()
)
_OFFICES = phrase_at_start("""
    صحافي | صحفي | صحافية | صحفية | كاتب | كاتبة | مراسل | مراسلة | محرر | محررة | محلل | باحث
    باحثة | خبير | استاذ | رئيس | مدير | نائب | عضو | مندوب | موفد | بي بي سي
    بی بی سی | نامہ نگار | رپورٹر | کالم نگار | تجزیہ کار | مصنف
""")
_WORD = r"[^\W\d_](?:[^\W\d_]|[.'’ـ\-\u064b-\u0652\u200c])*"
_NAME = re.compile(rf"{_WORD}(?:\s+{_WORD}){{0,5}}$")
_NO_NAMES = frozenset(
    fold_words(
        "انتهى ختم يتبع المزيد اقرأ المصدر شكرا النهاية وكالات وكالة متابعات خاص مشاركة تعليق"
    ).split()
)
_NEVER_IN_SIGNATURE = re.compile(r"[\d:؟!»”\"،()\n]")

_MAX_BYLINE_CHARS, _MAX_FIRST_LINE_CHARS, _MAX_LAST_LINE_CHARS = 180, 90, 60
_MAX_FIRST_LINE_WORDS = 9
_MIN_NAME_CHARS = 3
_SENTENCE_ENDS = (".", "؟", "!", "۔")


def names_in_byline(text: str) -> tuple[str, ...]:
    """Return the names that a byline prints, in order, without label, office and city; () when it
    holds none."""
    text = _SCREEN_READER.sub("", text.replace("\n", " ، ")).strip()
    if len(text) > _MAX_BYLINE_CHARS:
        return ()
    label = _LABEL.match(text)
    if label:
        text = text[label.end() :]
    parts = _LIST.split(_without_place(text))
    names = (name.strip(" *()[]:.،-–—ـ") for part in parts for name in _split_at_and(part))
    return distinct(name for name in names if _is_person(name))


def names_in_first_line(block: Block) -> tuple[str, ...] | None:
    """Return the names of a story's first line that is a byline ("كتب X", "حوار: X"); None for any
    other line."""
    text = block.text
    if len(text) > _MAX_FIRST_LINE_CHARS:
        return None
    label = _LABEL.match(text)
    if not label or (label["word"] in _NEEDS_MARK and not label["mark"]):
        return None
    rest = text[label.end() :]
    if len(rest.split()) > _MAX_FIRST_LINE_WORDS or rest.rstrip().endswith(_SENTENCE_ENDS):
        return None
    return names_in_byline(rest) or None


def names_in_last_line(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return the name in the last of a story's blocks when it is nothing but a name, with an office
    or a star; () for any other line."""
    if len(blocks) < 2:
        return ()
    last = blocks[-1]
    text = last.text
    if len(text) > _MAX_LAST_LINE_CHARS or _NEVER_IN_SIGNATURE.search(text):
        return ()
    name, *office = _DASH.split(text.strip("* "), maxsplit=1)
    stands_apart = text.startswith("*") or last.is_bold or last.element is not blocks[-2].element
    if not stands_apart or not _is_full_name(name):
        return ()
    if not _NO_NAMES.isdisjoint(fold_words(text).split()):
        return ()
    if office and not _OFFICES.match(fold_words(office[0])):
        return ()
    return (name.strip(),)


def _is_full_name(text: str) -> bool:
    is_sentence = text.endswith((".", "۔"))
    return 2 <= len(text.split()) <= 4 and not is_sentence and bool(_NAME.match(text))


def _is_person(name: str) -> bool:
    """Return whether `name` is spelt like a name and is no office."""
    is_name = len(name) >= _MIN_NAME_CHARS and _NAME.match(name) is not None
    return is_name and not _OFFICES.match(fold_words(name))


def _without_place(text: str) -> str:
    """Return the part of "name - city" or "city - name" that is the name: the first of two words or
    more, else the last ("city - agency")."""
    parts = [part for part in _DASH.split(text) if part.strip()]
    for part in parts:
        if len(part.split()) >= 2:
            return part
    return parts[-1] if parts else ""


def _split_at_and(text: str) -> list[str]:
    """Return the names that are joined by و, which is written together with the name behind it."""
    for conjunction in _AND.finditer(text):
        before, behind = text[: conjunction.start()], text[conjunction.end() :]
        word = fold_words(text[conjunction.start() + 1 :]).split()[0]
        are_full_names = len(before.split()) >= 2 and len(behind.split()) >= 2
        if are_full_names and word not in _W_NAMES:
            return [before, *_split_at_and(behind)]
    return [text]
