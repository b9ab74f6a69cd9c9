"""Words by which a page names or opens what is not the story: tables of data, and the patterns made of them.

Class and id names: collected from saved pages and public scrapers of Arabic and Urdu outlets. Phrases: what
such pages print above and below stories. Phrases are folded (see `crawler.text.letters`) before comparison.
"""

import re
from typing import Literal

from crawler.text.letters import fold_words

Role = Literal[
    "",
    "share",
    "related",
    "comments",
    "tags",
    "caption",
    "navigation",
    "ad",
    "byline",
    "date",
    "poll",
    "lead",
    "deck",
]

_ROLE_NAMES: dict[Role, str] = {
    "comments": "comment comments disqus respond commentlist commentform livefyre",
    "related": "related recirc recommended recommendation recommendations recommend similar readmore seealso readalso promo promos"
    " teaser teasers outbrain taboola trending popular mostread mostviewed latest ticker newsletter subscribe"
    " subscription follow morenews morestories morearticles nextpost prevpost",
    "share": "share sharing sharer shares social socials addthis sharethis addtoany likes likebox whatsapp",
    "tags": "tags tagcloud taglist keywords tag",
    "caption": "caption captions cap figcaption imgcaption photocredit gallery slider carousel credit",
    "navigation": "nav navbar navigation menu menubar breadcrumb breadcrumbs breadcumb pagination pager footer sidebar"
    " toolbar topbar skip search login copyright copyrights cookie cookies modal popup",
    "ad": "ad ads adv advert adverts advertisement advertising gpt adsense adsbygoogle dfp banner banners sponsor"
    " sponsored teads",
    "byline": "byline author authors authorbox writer writers writeby reporter editor",
    "date": "date dates datetime timestamp time pubdate publishdate published posted",
    "poll": "poll polls vote voting survey quiz",
    "lead": "lead lede leading intro introduction summary standfirst excerpt brief sapo",
    "deck": "subtitle subtitles subhead subheadline subheading kicker deck supertitle overline uptitle",
}
_ROLE_OF: dict[str, Role] = {name: role for role, names in _ROLE_NAMES.items() for name in names.split()}
# Of several names in one class attribute the first of these roles counts.
_PRECEDENCE = tuple(_ROLE_NAMES)
_STORY_NAMES = frozenset("article story body content entry post detail details text main news".split())
_NAME_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

CUT_ROLES = frozenset(
    ("share", "related", "comments", "tags", "caption", "navigation", "ad", "byline", "date", "poll")
)
"""Roles whose text is never body."""


def role_of(names: str) -> Role:
    """The role that a class and id attribute give an element; "" for none."""
    parts = [part.lower() for part in _NAME_PART.findall(names)]
    joined = [a + b for a, b in zip(parts, parts[1:], strict=False)]
    roles = {_ROLE_OF[part] for part in (*parts, *joined) if part in _ROLE_OF}
    return next((role for role in _PRECEDENCE if role in roles), "")


def names_a_story(names: str) -> bool:
    """Whether a class and id attribute call the element a story's body or container."""
    return any(part.lower() in _STORY_NAMES for part in _NAME_PART.findall(names))


_READ_ALSO = (
    "اقرا ايضا|اقرا المزيد|اقرا كذلك|اقراوا ايضا|اقرا الان|اقري ايضا|شاهد ايضا|شاهد المزيد|شاهد بالفيديو|طالع ايضا|للمزيد"
    "|لمزيد من|المزيد من|المزيد حول|مواضيع ذات صله|موضوعات ذات صله|مواضيع متعلقه|موضوعات متعلقه|الموضوعات المتعلقه|اخبار ذات صله"
    "|اخبار متعلقه|مقالات ذات صله|مقالات متعلقه|ذات صله|قد يعجبك ايضا|قد يهمك|ربما يعجبك|قصص مقترحه|اخترنا لك|مختارات"
    "|الاكثر قراءه|اقرا في|تابع ايضا|انظر ايضا|يمكنك قراءه|مقترح لك|نرشح لك|اخبار قد تهمك"
    "|یہ بھی پڑھیں|مزید پڑھیں|یہ بھی پڑھیے|یہ بھی پڑھئے|مزید پڑھیے|مزید پڑھئے|یہ بھی دیکھیں|یہ بھی جانیے|مزید خبریں|متعلقہ خبریں"
    "|متعلقہ مضامین|متعلقہ موضوعات|اسی بارے میں|مزید جانیے|مزید جانیں|یہ خبر بھی پڑھیں|مزید تفصیلات"
    "|read also|read more|also read|see also|related posts|related topics|related news|related stories"
)
_FOLLOW_US = (
    "تابعونا|تابعنا|تابعوا|تابعوا اخر|لمتابعه اخر|اشترك|اشتركوا|انضم الي|انضموا الي|حمل تطبيق|حملوا تطبيق|نزل تطبيق|للاشتراك"
    "|يمكنكم متابعه|لمتابعتنا|لاستقبال|ابق علي اطلاع|لتصلك|خدمه الخبر العاجل"
    "|ہمیں فالو|فالو کریں|ہمارے واٹس|ہمارا واٹس|واٹس ایپ چینل|ہماری ایپ|سبسکرائب|ہمارے ساتھ جڑ|ہمارے فیس بک|خبروں سے اپ ڈیٹ رہنے"
    "|follow us|subscribe"
)
_SHARE = (
    "شارك|شاركها|شارك الخبر|شارك المقال|مشاركه|المشاركه|شارك هذا|انشر|ارسل|طباعه|اطبع|انسخ الرابط|نسخ الرابط|رابط مختصر|تم النسخ|حجم الخط"
    "|تكبير الخط|استمع|اضف تعليق|اضف تعليقا|اكتب تعليق|اترك تعليق|التعليقات|تعليقات|لا توجد تعليقات|وسوم|الوسوم|كلمات مفتاحيه|كلمات دلاليه"
    "|الكلمات المفتاحيه|الكلمات الدلاليه|الموضوع|علامات|هل اعجبك"
    "|شیئر|شیئر کریں|شئیر|پرنٹ|تبصرے|تبصرہ کریں|اپنی رائے|ٹیگز|ٹیگ|کاپی لنک|لنک کاپی|سنیے"
    "|share|tweet|print|copy link|tags|comments|facebook|twitter|whatsapp|telegram"
)
_POLICY = (
    "لا تعبر عن راي|لا يعبر عن راي|لا تعبر بالضروره|لا يعبر بالضروره|لا تمثل راي|تعبر عن راي اصحابها|تعبر عن راي كاتبها|شروط الاستخدام"
    "|شروط استخدام|سياسه الخصوصيه|ارشادات الاستخدام|شروط النشر|سياسه النشر|بروتوكول نشر|حقوق النشر|جميع الحقوق محفوظه|الحقوق محفوظه"
    "|يرجي الالتزام|نرجو الالتزام|عدم الاساءه للكاتب|التعليقات المنشوره|لن يتم نشر"
    "|جملہ حقوق|حقوق محفوظ|تمام حقوق|ادارے کا متفق|ادارہ کا متفق|متفق ہونا ضروری نہیں"
    "|all rights reserved|copyright|terms of use|privacy policy"
)
_PICTURE = (
    "صدر الصوره|مصدر الصوره|التعليق علي الصوره|تعليق الصوره|صوره ارشيفيه|صوره تعبيريه|صوره من الارشيف|ارشيفيه|الصوره من|المصدر الصوره"
    "|تصویر کا ذریعہ|تصویر کا کیپشن|تصویر کے کاپی رائٹ|فائل فوٹو|فوٹو"
    "|getty images|file photo|photo"
)


def _opening(table: str) -> re.Pattern[str]:
    """Matches folded words that open with a phrase of the table, whole words only."""
    phrases = sorted({fold_words(phrase) for phrase in table.split("|")}, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, phrases))})(?!\w)")


def _anywhere(table: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(fold_words(phrase)) for phrase in table.split("|")))


_OPENS_READ_ALSO = _opening(_READ_ALSO)
_OPENS_FOLLOW_US = _opening(_FOLLOW_US)
_OPENS_SHARE = _opening(_SHARE)
_OPENS_PICTURE = _opening(_PICTURE)
_HAS_POLICY = _anywhere(_POLICY)

LINE, _LABEL, _NOTICE = 220, 40, 600
"""Longest pointer to another story, longest label, longest notice, in characters."""


def is_aside(words: str) -> bool:
    """Whether a line of at most `LINE` characters, its folded words given, is no part of a story: a pointer to
    other stories ("read also"), a request to follow, a widget's label, a picture's credit."""
    return bool(
        _OPENS_READ_ALSO.match(words)
        or _OPENS_FOLLOW_US.match(words)
        or _OPENS_PICTURE.match(words)
        or (len(words) <= _LABEL and _OPENS_SHARE.match(words))
    )


def is_notice(text: str) -> bool:
    """Whether `text` is the house speaking of itself: rights, comment policy, disclaimer."""
    return len(text) <= _NOTICE and bool(_HAS_POLICY.search(fold_words(text)))
