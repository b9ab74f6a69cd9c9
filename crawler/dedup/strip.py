"""What is printed with a story and is not the story: datelines, credits, read-also lines, tags,
tails, notices."""

import hashlib
import re

from crawler.items import Article
from crawler.text import fold, fold_words

FURNITURE = {
    "other stories": """
        اقرأ أيضا | اقرأ كذلك | اقرأ المزيد | اقرأوا أيضا | واقرأ أيضا | شاهد أيضا | شاهد كذلك | شاهد المزيد
        طالع أيضا | انظر أيضا | تابع أيضا | قد يهمك | قد يعجبك | ربما يعجبك | لا يفوتك | أخبار ذات صلة
        مواضيع ذات صلة | موضوعات ذات صلة | مقالات ذات صلة | روابط ذات صلة | مواد ذات صلة | ذات صلة
        مواضيع متعلقة | أخبار متعلقة | موضوعات متعلقة | یہ بھی پڑھیں | یہ بھی پڑھیے | یہ خبر بھی پڑھیں
        یہ بھی دیکھیں | یہ بھی جانیے | مزید پڑھیں | مزید پڑھیے | مزید پڑھئے | مزید خبریں | مزید جانیے
        مزید دیکھیں | متعلقہ خبریں | اہم خبریں | مزید خبروں کے لیے""",
    "channels": """
        تابعونا | تابعوا | لمتابعة آخر | لمتابعة أحدث | لمتابعة أهم | لمتابعة المزيد | لمتابعة جديد
        لمزيد من الأخبار | لمزيد من التفاصيل | للمزيد من | للمزيد | انضم إلى قناتنا | انضم الآن
        اشترك في قناتنا | اشترك الآن | اشترك في نشرتنا | حمل تطبيق | حملوا تطبيق | اضغط هنا
        تازہ ترین خبروں | تازہ خبروں | تازہ ترین اپ ڈیٹس | ہمیں فالو | ہمیں فیس بک | ہمیں ٹوئٹر
        ہمیں واٹس ایپ | ہمارا واٹس ایپ | ہمارے واٹس ایپ | ہمارا یوٹیوب | ہمارے یوٹیوب | ہمارے فیس بک
        ہماری ویب سائٹ | ہماری ایپ""",
    "shares and comments": """
        هل أعجبك | شارك الخبر | شارك المقال | شارك الموضوع | شارك هذا | شاركه مع | شاركها مع
        شارك من خلال تويتر | شارك على فيسبوك | شارك عبر | أخبرنا برأيك | اس خبر کو شیئر | خبر شیئر کریں
        خبر کو شیئر | اپنی رائے کا اظہار | اپنا تبصرہ | شیئر کریں""",
    "tags": """
        سمات | وسوم | الوسوم | كلمات مفتاحية | كلمات دلالية | الكلمات المفتاحية | الكلمات الدلالية | هاشتاغ
        ٹیگ | ٹیگز | لیبلز""",
    "link back, author, rights": """
        رابط الخبر | رابط المقال | رابط الموضوع | رابط مختصر | الرابط المختصر | مختصر لنک | خبر کا لنک
        عن الكاتب | نبذة عن الكاتب | مصنف کا تعارف | مصنف کے بارے | جميع الحقوق محفوظة | كل الحقوق محفوظة
        كافة الحقوق محفوظة | حقوق النشر محفوظة | حقوق الطبع محفوظة | جملہ حقوق محفوظ | تمام حقوق محفوظ
        جملہ حقوق بحق""",
}
"""How a line begins that leads away from the story. Such a line is dropped wherever it stands, if
it is short."""

CREDITS = (
    r"\W*[^\W\d_](?:\W{1,3}[^\W\d_]){1,5}\W*",  # initials of an agency or of editors: أ .ف .ب, و م ع, ع.م / ر.ح
    r"\W*[(\[][^()\[\]]{1,40}[)\]]\W*",  # somebody alone in brackets: (رويترز)
    r"\W*(?:انتهي|انتهت|النهايه|ختم شد)(?:\W.{0,30})?",  # agencies' end marks, with initials and a time
    r"\d{1,2}[:.]\d{2} ?ت ?م\w?\W*",  # a time of issue, cut from its end mark (SPA)
    r"\W*(?:المصدر|المصادر|مصدر|نقلا عن|ذريعه|بشكريه|كريڈٹ|ماخذ) ?:.{1,80}",
    r"\W*[\w ]{2,25}(?:/[\w .]{2,25}){1,3}\W*",  # an outlet and its agencies: فرانس 24/ أ ف ب
    r"\W*(?:https?://|www\.)\S+\W*",
)
"""A whole folded line at the end of a body that only says where it came from. Forms: 45 lines of 20
houses."""

_LONGEST_FURNITURE = 240  # letters; a paragraph longer than that tells something

_PHRASES = [
    re.escape(fold(phrase.strip()))
    for phrases in FURNITURE.values()
    for phrase in re.split(r"[|\n]", phrases)
]
_FURNITURE = re.compile(rf"\W*(?:{'|'.join(filter(None, _PHRASES))})(?!\w)")
_CREDIT = re.compile("|".join(f"(?:{form})" for form in CREDITS))


def paragraph_key(paragraph: str) -> str:
    """What a paragraph is known by in a table of boilerplate: 16 hex digits, blind to letter forms
    and spaces."""
    return hashlib.sha256(fold_words(paragraph).replace(" ", "").encode()).hexdigest()[:16]


def story_paragraphs(article: Article, *, boilerplate: frozenset[str] = frozenset()) -> list[str]:
    """The lines of the body that are the story, folded (`crawler.text.fold`).

    Left out: a dateline that still stands before it, furniture, credit lines at the end, and
    paragraphs whose `paragraph_key` is in `boilerplate`. A body of nothing but furniture keeps its
    first line.
    """
    body = article.body or ""
    if article.dateline:
        body = body.strip().removeprefix(article.dateline.strip())
    lines = [line for line in body.split("\n") if line.strip()]
    if boilerplate:
        lines = [line for line in lines if paragraph_key(line) not in boilerplate]
    folded = [fold(line).strip() for line in lines]
    kept = [line for line in folded if len(line) > _LONGEST_FURNITURE or not _FURNITURE.match(line)]
    while len(kept) > 1 and len(kept[-1]) <= _LONGEST_FURNITURE and _CREDIT.fullmatch(kept[-1]):
        kept.pop()
    return kept or folded[:1]
