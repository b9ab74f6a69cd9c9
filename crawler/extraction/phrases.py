"""Phrases that pages print around and between stories, and the patterns made of them.

One table a purpose; phrases are parted by "|" or a line's end, Arabic first, then Urdu, then
English. They are compared folded (see `crawler.text.letters`), so each stands here in one spelling.
Seen on saved pages and in the templates of the outlets that the project reads.
"""

import re

from crawler.text.letters import fold_words

READ_ALSO = """
    اقرأ أيضا | اقرأ المزيد | اقرأ كذلك | اقرأوا أيضا | اقرأ الآن | اقرئي أيضا | إقرأ أيضا
    شاهد أيضا | شاهد المزيد | شاهد بالفيديو | طالع أيضا | تابع أيضا | انظر أيضا | مواضيع ذات صلة
    موضوعات ذات صلة | مواضيع متعلقة | موضوعات متعلقة | الموضوعات المتعلقة | أخبار ذات صلة
    أخبار متعلقة | مقالات ذات صلة | مقالات متعلقة | قد يعجبك أيضا | قد يهمك أيضا | ربما يعجبك
    قصص مقترحة | اخترنا لك | الأكثر قراءة | مقترح لك | نرشح لك | أخبار قد تهمك
    یہ بھی پڑھیں | مزید پڑھیں | یہ بھی پڑھیے | یہ بھی پڑھئے | مزید پڑھیے | مزید پڑھئے
    یہ بھی دیکھیں | یہ بھی جانیے | متعلقہ خبریں | متعلقہ مضامین | متعلقہ موضوعات
    یہ خبر بھی پڑھیں
    read also | read more | also read | see also | related posts | related topics | related news
    related stories
"""
"""Openings of pointers to other stories."""

MORE_LINK = """
    اقرأ المزيد | اقرأ أكثر | قراءة المزيد | المزيد | للمزيد | التفاصيل | التفاصيل كاملة
    لقراءة المزيد | تابع القراءة | أكمل القراءة
    مزید پڑھیں | مزید | تفصیل | تفصیلات | مکمل خبر | مکمل خبر پڑھیں
    read more | more | details | full story | continue reading
"""
"""Whole texts of links to the rest of another story, under its title and summary."""

FOLLOW_US = """
    تابعونا | تابعنا على | تابعنا عبر | لمتابعتنا | حمل تطبيق | حملوا تطبيق | نزل تطبيق
    لتصلك أخبار
    ہمیں فالو | فالو کریں | ہمارے واٹس ایپ | ہمارا واٹس ایپ | واٹس ایپ چینل | ہماری ایپ
    سبسکرائب کریں | ہمارے ساتھ جڑ | ہمارے فیس بک | خبروں سے اپ ڈیٹ رہنے
    follow us
"""
"""Openings of requests to follow, subscribe or install."""

MAY_OPEN_ASIDE = """
    للمزيد | لمزيد من | المزيد من | المزيد حول | مختارات | اقرأ في | ذات صلة | قد يهمك
    يمكنك قراءة | تابعوا | تابعنا | اشترك | اشتركوا | للاشتراك | انضم إلى | انضموا إلى
    يمكنكم متابعة | لمتابعة آخر | لاستقبال | ابق على اطلاع | خدمة الخبر العاجل | الصورة من
    متابعة أخبار | أرشيفية
    اسی بارے میں | مزید جانیے | مزید جانیں | مزید خبریں | مزید تفصیلات | سبسکرائب | فوٹو
    subscribe | photo
"""
"""Openings of pointers and requests, and of sentences of stories too."""

CHANNELS = """
    واتساب | واتس اب | تلغرام | تليغرام | تيليجرام | فيسبوك | فيس بوك | تويتر | يوتيوب
    انستغرام | قناتنا | صفحتنا | حسابنا | تطبيقنا | نشرتنا | النشرة البريدية | غوغل نيوز
    جوجل نيوز
    واٹس ایپ | فیس بک | ٹوئٹر | یوٹیوب | ٹیلی گرام
    whatsapp | telegram | facebook | twitter | youtube | google news
"""
"""Channels on which outlets ask to be followed."""

WIDGETS = """
    شاركها | شارك الخبر | شارك المقال | شارك عبر | شارك على | شارك مع | مشاركه | المشاركه
    شارك هذا | انشر عبر | انشر على | ارسل الى صديق | طباعه | اطبع | انسخ الرابط | نسخ الرابط
    رابط مختصر | تم النسخ | حجم الخط | تكبير الخط | استمع | اضف تعليق | اضف تعليقا | اكتب تعليق
    اترك تعليق | التعليقات | لا توجد تعليقات | وسوم | الوسوم | كلمات مفتاحيه | كلمات دلاليه
    الكلمات المفتاحيه | الكلمات الدلاليه | هل اعجبك
    شیئر | شیئر کریں | شئیر | پرنٹ | تبصرہ کریں | اپنی رائے | ٹیگز | کاپی لنک | لنک کاپی
    share this | share on | share via | print this | copy link | facebook twitter | twitter facebook
    facebook whatsapp
"""
"""Labels of share bars, tools, comments and tags."""

LABELS = """
    شارك | شارك برأيك | انشر | ارسل | تعليقات | الموضوع | علامات | تبصرے | ٹیگ | سنیے
    share | tweet | print | tags | comments | facebook | twitter | whatsapp | telegram
    إعلان | إعلانات | الإعلانات | إعلان ممول | يتبع الإعلان | يستمر المقال بعد الإعلان
    محتوى ترويجي | محتوى مدفوع | المقال التالي | المقال السابق | الخبر التالي | الخبر السابق
    الموضوع التالي | الموضوع السابق | اقرأ التالي | التالي | السابق | المزيد عن الموضوع
    تابع القراءة | أكمل القراءة | استكمل القراءة | جاري التحميل | جار التحميل | تم نسخ الرابط
    أضف تعليقك | لا يوجد تعليقات | كن أول من يعلق | عرض المزيد | عرض أقل | إخفاء | إرسال
    أعلى الصفحة | العودة للأعلى | العودة إلى الرئيسية | الأكثر مشاهدة | الأكثر تداولا | أرشيف
    الأخبار ذات الصلة | موضوعات قد تهمك | مواضيع قد تهمك | حقوق الصورة محفوظة | حمل التطبيق
    اشتہار | اشتہارات | اگلی خبر | پچھلی خبر | اگلا مضمون | پچھلا مضمون | ویڈیو دیکھیں
    یہ ویڈیو دیکھیں | اپنا تبصرہ لکھیں | آگے پڑھیں | مکمل خبر پڑھیں | متعلقہ | تازہ ترین
    تازہ ترین خبریں | اہم خبریں | سب سے زیادہ پڑھی جانے والی | مقبول ترین | لوڈ ہو رہا ہے
    advertisement | advertisements | sponsored | story continues below | continue reading
    story continues below advertisement | article continues below | continue reading below
    read next | up next | next article | previous article | you may also like | more stories
    you might also like | related | related articles | recommended | recommended for you
    trending | trending now | most read | most popular | loading | listen to this article
    click to share | save | leave a comment | no comments | back to top | show more | see more
    in this article | dont miss | watch now | play video | sign up for our newsletter
"""
"""Whole lines that are labels of advertisements, pagers, lists of other stories and buttons."""

COLON_LABELS = """
    شاهد | فيديو | بالفيديو | صورة | صور | بالصور | التصنيف | التصنيفات | القسم | الأقسام
    الموضوع | علامات | تبصرے
    ویڈیو | دیکھیں | تصویر | تصاویر | کیٹگری | زمرہ | زمرے | ٹیگز
    related | more | watch | video | image | photo | photos | picture | image credit
    photo credit | topics | tags | posted in | filed under | category | categories
"""
"""Words before a colon at the start of a line that points to a video, credits a picture or names a
page's sections."""

COMMENTS = """
    التعليقات | تعليقات | تعليقات القراء | تعليقات الزوار | آراء القراء | تعليقاتكم | شارك بتعليقك
    أضف تعليقا | أضف تعليقك | اترك تعليقا | اترك تعليقا إلغاء الرد | اترك ردا | اترك رد
    شاركنا رأيك | كن أول من يعلق
    تبصرے | قارئین کے تبصرے | اپنی رائے دیں | اپنا تبصرہ لکھیں | تبصرہ کریں
    comments | reader comments | leave a comment | leave a reply | join the conversation
"""
"""Whole headings of what readers wrote; a number may stand beside the words."""

POLICY = """
    لا تعبر عن راي | لا يعبر عن راي | لا تعبر بالضروره | لا يعبر بالضروره | لا تمثل راي
    تعبر عن راي اصحابها | تعبر عن راي كاتبها | شروط الاستخدام | شروط استخدام | سياسه الخصوصيه
    ارشادات الاستخدام | شروط النشر | سياسه النشر | بروتوكول نشر | حقوق النشر
    جميع الحقوق محفوظه | الحقوق محفوظه | يرجي الالتزام | نرجو الالتزام | عدم الاساءه للكاتب
    التعليقات المنشوره | لن يتم نشر
    حقوق محفوظ | تمام حقوق | جملہ حقوق | ادارے کا متفق | ادارہ کا متفق | متفق ہونا ضروری نہیں
    all rights reserved | copyright | terms of use | privacy policy
"""
"""An outlet's words on rights, comments and opinions, anywhere in a line."""

PICTURE = """
    صدر الصورة | مصدر الصورة | التعليق على الصورة | تعليق الصورة | صورة أرشيفية | صورة تعبيرية
    صورة من الأرشيف
    تصویر کا ذریعہ | تصویر کا کیپشن | تصویر کے کاپی رائٹ | فائل فوٹو
    getty images | file photo | image copyright | image caption | image source
    media playback is unsupported
"""
"""Openings of a picture's credit or caption."""

PHOTOGRAPH = """
    صورة | الصورة | تصوير | بعدسة | عدسة | أرشيفية | أرشيف
    تصویر | فوٹو
    photo | photograph | getty
"""
"""Words that tell a caption under an image, anywhere in a line that is no sentence."""

ERROR = """
    الصفحة غير موجودة | صفحة غير موجودة | الصفحة المطلوبة غير موجودة | لم يتم العثور
    لا يمكن العثور | غير متاحة | خطأ في | حدث خطأ | عذرا
    صفحہ نہیں ملا | صفحہ موجود نہیں
    404 | 403 | 500 | 502 | 503 | page not found | not found | access denied | forbidden
    just a moment | attention required | service unavailable | bad gateway | error
    checking your browser | are you a robot | captcha
"""
"""Headlines of error pages and of pages that guard against robots."""

WALL = """
    للمشتركين فقط | محتوى خاص بالمشتركين | هذا المحتوى للمشتركين | اشترك لقراءة
    اشترك لمتابعة القراءة | سجل الدخول لقراءة | لإكمال القراءة | لمواصلة القراءة اشترك
    ملفات تعريف الارتباط | ملفات الارتباط | يرجى تفعيل جافا
    صرف سبسکرائبرز | پڑھنے کے لیے سبسکرائب | پڑھنے کے لیے لاگ ان | کوکیز
    subscribe to continue | subscribers only | sign in to continue reading | accept cookies
    we use cookies | enable javascript
"""
"""Notices before a story that must be paid or consented for."""


def phrase_at_start(table: str) -> re.Pattern[str]:
    """Return a pattern that matches folded words that open with a phrase of `table`, whole words
    only."""
    words = sorted({fold_words(phrase) for phrase in phrases(table)}, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})(?!\w)")


def phrase_anywhere(table: str) -> re.Pattern[str]:
    """Return a pattern that finds a phrase of `table` in folded words, whole words only."""
    words = "|".join(re.escape(fold_words(phrase)) for phrase in phrases(table))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


def phrases(table: str) -> list[str]:
    """Return the phrases of `table` as they stand there."""
    parts = (part.strip() for part in table.replace("\n", "|").split("|"))
    return [part for part in parts if part]
