"""Who wrote it: names out of byline elements, first lines ("كتب X") and last lines (a name alone).

A byline holds people, desks ("ویب ڈیسک") or an agency; all are given as printed, without the verb,
the office held and the city. Whether a name is an agency is for the sources step to say.
"""

import re
from collections.abc import Iterable, Sequence

from crawler.extraction.blocks import Block
from crawler.extraction.phrases import phrase_at_start, phrases
from crawler.extraction.values import distinct, split_url
from crawler.text.letters import fold_words

_LABELS = """
    كتب | كتبت | كتبه | كتبها | كتبوا | كُتب بواسطة | بقلم | للكاتب | الكاتب | تقرير | تحقيق | تغطية
    متابعة | حوار | حاوره
    حاورته | حاورها | أجرى الحوار | تحرير | تحرير وإعداد | المحرر | محرر | إعداد | أعد | أعدها | أعدته
    ترجمة | ترجمها
    مراسل | مراسلنا | مراسلتنا | بواسطة | نشر بواسطة
    تحریر | رپورٹ | رپورٹر | رپورٹنگ | تحقیق | ترجمہ | مترجم | مصنف | نمائندہ | نمائندہ خصوصی | بیورو رپورٹ | از
    by | written by | author | posted by
"""
# Labels that are common words too: without a colon or dash behind them they open sentences.
_NEEDS_MARK = frozenset(
    phrases(
        "تقرير | تحقيق | تغطية | متابعة | حوار | ترجمة | محرر | مراسل | أعد | رپورٹ | تحقیق | ترجمہ | نمائندہ | از"
    )
)
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
    وائل وليد وسام وسيم وفاء وجيه وجيهة وحيد ورد وردة وداد وديع وهيب وهبة وهيبة وقار وقاص ولاء ولي وصفي وضاح وجدي
    وجدان واصف وثاب وعد وئام وفيق وفيقة وليم والي واحد
    """).split()
)
_OFFICES = phrase_at_start("""
    صحافي | صحفي | صحافية | صحفية | كاتب | كاتبة | مراسل | مراسلة | محرر | محررة | محلل | باحث | باحثة
    خبير | استاذ
    رئيس | مدير | نائب | عضو | مندوب | موفد | بي بي سي | بی بی سی | نامہ نگار | رپورٹر | کالم نگار
    تجزیہ کار | مصنف
""")
_WORD = r"[^\W\d_](?:[^\W\d_]|[.'’ـ\-\u064b-\u0652\u200c])*"
_NAME = re.compile(rf"{_WORD}(?:\s+{_WORD}){{0,5}}$")
_NO_NAMES = frozenset(
    fold_words(
        "انتهى ختم يتبع المزيد اقرأ المصدر شكرا النهاية وكالات وكالة متابعات خاص مشاركة تعليق"
    ).split()
)
_LONGEST_LINE = 90
_MOST_WORDS = 9
_ENDS_SENTENCE = (".", "؟", "!", "۔")


def names_in(text: str) -> tuple[str, ...]:
    """The names a byline prints, in order, without label, office and city; () when it holds
    none."""
    text = _SCREEN_READER.sub("", text.replace("\n", " ، ")).strip()
    if len(text) > _LONGEST_LINE * 2:
        return ()
    label = _LABEL.match(text)
    if label:
        text = text[label.end() :]
    names = [
        _person(name.strip(" *()[]:.،-–—ـ"))
        for part in _LIST.split(_without_place(text))
        for name in _split_and(part)
    ]
    return distinct([name for name in names if name and not _OFFICES.match(fold_words(name))])


def is_own_name(name: str, site_names: Iterable[str], url: str) -> bool:
    """Whether `name` is the site itself: in a name of its house, or (in Latin letters) in its
    host."""
    words = set(fold_words(name).split())
    if any(
        words <= set(own) or set(own) <= words
        for house in site_names
        if (own := fold_words(house).split())
    ):
        return True
    host = (split_url(url).hostname or "").replace("-", "")
    joined = fold_words(name).replace(" ", "")
    return len(joined) >= 4 and joined in host


def byline(block: Block) -> tuple[str, ...] | None:
    """The names of a first line of a story that is a byline ("كتب X", "حوار: X"); None when it is
    none."""
    text = block.text
    if len(text) > _LONGEST_LINE:
        return None
    label = _LABEL.match(text)
    if not label or (label["word"] in _NEEDS_MARK and not label["mark"]):
        return None
    rest = text[label.end() :]
    if len(rest.split()) > _MOST_WORDS or rest.rstrip()[-1:] in _ENDS_SENTENCE:
        return None
    return names_in(rest) or None


def signature(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The names in a last line that is nothing but a name, with an office or a star; () when it is
    a sentence."""
    if len(blocks) < 2:
        return ()
    last = blocks[-1]
    text = last.text
    starred = text.startswith("*")
    if len(text) > 60 or "\n" in text or re.search(r"[\d:؟!»”\"،()]", text):
        return ()
    name, *office = _DASH.split(text.strip("* "), maxsplit=1)
    words = name.split()
    stands_apart = starred or last.is_bold or last.element is not blocks[-2].element
    if (
        not 2 <= len(words) <= 4
        or not stands_apart
        or name.endswith((".", "۔"))
        or not _NAME.match(name)
    ):
        return ()
    if any(word in _NO_NAMES for word in fold_words(text).split()) or (
        office and not _OFFICES.match(fold_words(office[0]))
    ):
        return ()
    return (name.strip(),)


def _without_place(text: str) -> str:
    """The part of "name - city" or "city - name" that is the name: the first of two words or more,
    else the last ("city - agency")."""
    parts = [part for part in _DASH.split(text) if part.strip()]
    return next((part for part in parts if len(part.split()) >= 2), parts[-1] if parts else "")


def _split_and(text: str) -> list[str]:
    """Names joined by و, which is written together with the name behind it."""
    for found in _AND.finditer(text):
        before, behind = text[: found.start()], text[found.end() :]
        word = fold_words(text[found.start() + 1 :]).split()[0]
        if len(before.split()) >= 2 and len(behind.split()) >= 2 and word not in _W_NAMES:
            return [before, *_split_and(behind)]
    return [text]


def _person(name: str) -> str | None:
    return name if name and len(name) >= 3 and _NAME.match(name) else None
