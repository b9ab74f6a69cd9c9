"""The names in a byline: a byline element, a first line ("كتب X"), a last line (a name alone).

A byline holds people, desks ("ویب ڈیسک") or an agency; all are given as printed, without the verb,
the office held and the city. `crawler.sources.parse_credit` reads the line.
"""

import re
from collections.abc import Sequence

from crawler.extraction.blocks import Block
from crawler.extraction.date_text import is_only_date
from crawler.extraction.phrases import phrase_at_start, phrases
from crawler.outlet import Outlet
from crawler.sources import Credit, parse_credit
from crawler.sources.lexicon import BYLINE_LABELS
from crawler.text.letters import fold_words

_AMBIGUOUS_LABELS = """
    تقرير | تحقيق | تغطية | متابعة | حوار | ترجمة | محرر | مراسل | أعد
    تصوير | عدسة | كتابة | مندوب | مندوبة | موفد | موفدة | مراسلة
    رپورٹ | تحقیق | ترجمہ | نمائندہ | از | منجانب
"""
_LABELS = tuple(label.strip() for label in BYLINE_LABELS.split("|"))
# Labels that are common words too: without a colon or dash behind them they open sentences.
_NEEDS_MARK = frozenset(phrases(_AMBIGUOUS_LABELS))
_LABEL_WORDS = "|".join(sorted(map(re.escape, _LABELS), key=len, reverse=True))
_LABEL = re.compile(
    rf"[*\s(]*(?P<word>{_LABEL_WORDS})(?!\w)\s*(?P<mark>[:：/\-–ـ]*)\s*", re.IGNORECASE
)
_DASH = re.compile(r"\s+[-–—ـ|•]+\s*|\s*[-–—|•]+\s+|\.{2,}\s*")
_BAR = re.compile(r"\s*[|•·]\s*")
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
_MIN_NAME_CHARS, _MIN_NAME_WORDS = 3, 2
_SENTENCE_ENDS = (".", "؟", "!", "۔")


def read_byline(text: str, outlet: Outlet | None = None) -> Credit:
    """Return the place, people and sources that a byline prints; an empty credit for a text too
    long for a byline."""
    line = text.replace("\n", " ، ").strip()
    if len(line) > _MAX_BYLINE_CHARS:
        return Credit(text=line)
    return parse_credit(line, outlet=outlet, is_byline=True)


def names_in_byline(byline: Credit) -> tuple[str, ...]:
    """Return the people, sources and desks that a byline prints, in order, without label, office
    and city; () when it holds none."""
    return tuple(name for name in byline.names if len(name) >= _MIN_NAME_CHARS)


def names_in_first_line(block: Block) -> tuple[str, ...] | None:
    """Return the names of a story's first line that is a byline ("كتب X", "حوار: X"); None for any
    other line."""
    text = block.text
    if len(text) > _MAX_FIRST_LINE_CHARS:
        return None
    rest = _beside_date(text)
    if rest is not None:
        return names_in_byline(read_byline(rest)) or None
    label = _LABEL.match(text)
    if not label or (label["word"] in _NEEDS_MARK and not label["mark"]):
        return None
    rest = text[label.end() :]
    if len(rest.split()) > _MAX_FIRST_LINE_WORDS or rest.rstrip().endswith(_SENTENCE_ENDS):
        return None
    return names_in_byline(read_byline(rest)) or None


def _beside_date(line: str) -> str | None:
    """Return what a line parted by bars holds beside a date, None for any other line: "DATE | NAME"
    is a byline."""
    parts = [part for part in _BAR.split(line) if part.strip()]
    others = [part for part in parts if not is_only_date(part)]
    if len(parts) < 2 or len(others) == len(parts) or not others:
        return None
    rest = " - ".join(others)
    may_be_name = _MIN_NAME_WORDS <= len(rest.split()) <= _MAX_FIRST_LINE_WORDS
    return rest if may_be_name and not rest.rstrip().endswith(_SENTENCE_ENDS) else None


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
