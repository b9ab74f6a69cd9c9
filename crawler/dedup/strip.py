"""Strip a body of lines that are not the story: dateline, credits, links to other stories, tags,
tails, notices."""

import hashlib
import re

from crawler.items import Article
from crawler.text import fold, fold_words
from crawler.text.counters import is_counter_line

FURNITURE = {
    "other stories": """
        اقرأ أيضا | اقرأ كذلك | اقرأ المزيد | اقرأوا أيضا | واقرأ أيضا | شاهد أيضا | شاهد كذلك
        شاهد المزيد | طالع أيضا | انظر أيضا | تابع أيضا | قد يهمك | قد يعجبك | ربما يعجبك
        لا يفوتك | أخبار ذات صلة | مواضيع ذات صلة | موضوعات ذات صلة | مقالات ذات صلة
        روابط ذات صلة | مواد ذات صلة | ذات صلة | مواضيع متعلقة | أخبار متعلقة | موضوعات متعلقة
        یہ بھی پڑھیں | یہ بھی پڑھیے | یہ خبر بھی پڑھیں | یہ بھی دیکھیں | یہ بھی جانیے
        مزید پڑھیں | مزید پڑھیے | مزید پڑھئے | مزید خبریں | مزید جانیے | مزید دیکھیں
        متعلقہ خبریں | اہم خبریں | مزید خبروں کے لیے""",
    "channels": """
        تابعونا | تابعوا | لمتابعة آخر | لمتابعة أحدث | لمتابعة أهم | لمتابعة المزيد
        لمتابعة جديد | لمزيد من الأخبار | لمزيد من التفاصيل | للمزيد من | للمزيد
        انضم إلى قناتنا | انضم الآن | اشترك في قناتنا | اشترك الآن | اشترك في نشرتنا | حمل تطبيق
        حملوا تطبيق | اضغط هنا | تازہ ترین خبروں | تازہ خبروں | تازہ ترین اپ ڈیٹس | ہمیں فالو
        ہمیں فیس بک | ہمیں ٹوئٹر | ہمیں واٹس ایپ | ہمارا واٹس ایپ | ہمارے واٹس ایپ
        ہمارا یوٹیوب | ہمارے یوٹیوب | ہمارے فیس بک | ہماری ویب سائٹ | ہماری ایپ""",
    "shares and comments": """
        هل أعجبك | شارك الخبر | شارك المقال | شارك الموضوع | شارك هذا | شاركه مع | شاركها مع
        شارك من خلال تويتر | شارك على فيسبوك | شارك عبر | أخبرنا برأيك | اس خبر کو شیئر
        خبر شیئر کریں | خبر کو شیئر | اپنی رائے کا اظہار | اپنا تبصرہ | شیئر کریں""",
    "tags": """
        سمات | وسوم | الوسوم | كلمات مفتاحية | كلمات دلالية | الكلمات المفتاحية
        الكلمات الدلالية | هاشتاغ | ٹیگ | ٹیگز | لیبلز""",
    "link back, author, rights": """
        رابط الخبر | رابط المقال | رابط الموضوع | رابط مختصر | الرابط المختصر | مختصر لنک
        خبر کا لنک | عن الكاتب | نبذة عن الكاتب | مصنف کا تعارف | مصنف کے بارے
        جميع الحقوق محفوظة | كل الحقوق محفوظة | كافة الحقوق محفوظة | حقوق النشر محفوظة
        حقوق الطبع محفوظة | جملہ حقوق محفوظ | تمام حقوق محفوظ | جملہ حقوق بحق""",
}
"""First words of lines that lead away from the story. A short line that begins so is dropped
wherever it stands."""

CREDITS = (
    # initials of an agency or of editors: أ .ف .ب, و م ع, ع.م / ر.ح
    r"\W*[^\W\d_](?:\W{1,3}[^\W\d_]){1,5}\W*",
    r"\W*[(\[][^()\[\]]{1,40}[)\]]\W*",  # somebody alone in brackets: (رويترز)
    # agencies' end marks, with initials and a time
    r"\W*(?:انتهي|انتهت|النهايه|ختم شد)(?:\W.{0,30})?",
    r"\d{1,2}[:.]\d{2} ?ت ?م\w?\W*",  # a time of issue, cut from its end mark (SPA)
    r"\W*(?:المصدر|المصادر|مصدر|نقلا عن|ذريعه|بشكريه|كريڈٹ|ماخذ) ?:.{1,80}",
    r"\W*[\w ]{2,25}(?:/[\w .]{2,25}){1,3}\W*",  # an outlet and its agencies: فرانس 24/ أ ف ب
    r"\W*(?:https?://|www\.)\S+\W*",
)
"""Patterns of a whole folded line at the end of a body that only says where it came from. Forms: 45
lines of 20 outlets."""

_MAX_FURNITURE_LETTERS = 240  # a longer paragraph belongs to the story

_KEY_DIGITS = 16

_PHRASES = [
    re.escape(fold(phrase.strip()))
    for phrases in FURNITURE.values()
    for phrase in re.split(r"[|\n]", phrases)
]
_FURNITURE = re.compile(rf"\W*(?:{'|'.join(filter(None, _PHRASES))})(?!\w)")
_CREDIT = re.compile("|".join(f"(?:{form})" for form in CREDITS))


def paragraph_key(paragraph: str) -> str:
    """Return the key of a paragraph in a table of boilerplate: 16 hex digits.

    Letter forms and spaces make no difference.
    """
    letters = fold_words(paragraph).replace(" ", "")
    return hashlib.sha256(letters.encode()).hexdigest()[:_KEY_DIGITS]


def story_paragraphs(article: Article, *, boilerplate: frozenset[str] = frozenset()) -> list[str]:
    """Return the lines of the body that are the story, folded (`crawler.text.fold`).

    Left out are a dateline that still stands before it, furniture, counters of views and the like,
    credit lines at the end, and paragraphs whose `paragraph_key` is in `boilerplate`. A body of
    nothing but furniture keeps its first line.
    """
    body = article.body or ""
    if article.dateline:
        body = body.strip().removeprefix(article.dateline.strip())
    lines = [line for line in body.split("\n") if line.strip()]
    if boilerplate:
        lines = [line for line in lines if paragraph_key(line) not in boilerplate]
    folded = [fold(line).strip() for line in lines]
    story = [line for line in folded if not _is_furniture(line) and not is_counter_line(line)]
    while len(story) > 1 and _is_credit(story[-1]):
        story.pop()
    return story or folded[:1]


def _is_furniture(line: str) -> bool:
    return len(line) <= _MAX_FURNITURE_LETTERS and _FURNITURE.match(line) is not None


def _is_credit(line: str) -> bool:
    return len(line) <= _MAX_FURNITURE_LETTERS and _CREDIT.fullmatch(line) is not None
