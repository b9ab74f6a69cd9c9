"""Lines whose number grows by itself: views, reading time, "27 minutes ago". Nobody edits them, so
they are neither a story's text nor a sign of its revision.

Words: the templates of news sites and of WordPress plugins that count views, Arabic, then Urdu,
then English. They are compared folded (see `crawler.text.letters`).
"""

from crawler.text.letters import fold_words

_COUNTED = """
    مشاهدة مشاهدات المشاهدات مشاهده قراءة قراءات القراءة القراءات القراء زيارة زيارات الزيارة
    الزيارات زائر زوار الزوار شوهد شوهدت شاهده شاهدها المشاهدة قرئ قرئت تصفح للصفحة
    تعليق تعليقات التعليقات مشاركة مشاركات المشاركات إعجاب إعجابات
    ویو ویوز مناظر دیکھا دیکھی پڑھا پڑھی پڑھنے قارئین ناظرین وزٹ وزٹس مشاہدات مطالعہ مطالعے
    تبصرہ تبصرے شیئرز لائکس
    view views read reads reading visits visitors hits comments shares likes
"""
"""Nouns and verbs of what is counted; a line needs one with a number or a colon at its end."""
_AGO = "منذ قبل پہلے ago"
_UNITS = """
    ثانية ثانيتين ثوان ثواني دقيقة دقيقتين دقائق ساعة ساعتين ساعات يوم يومين أيام أسبوع أسبوعين
    أسابيع
    سیکنڈ سیکنڈز منٹ منٹس گھنٹہ گھنٹے گھنٹوں دن ہفتہ ہفتے
    second seconds minute minutes min mins hour hours day days week weeks
"""
_SINGLE_UNITS = """
    ثانية ثانيتين دقيقة دقيقتين ساعة ساعتين يوم يومين أسبوع أسبوعين
    گھنٹہ گھنٹے منٹ ہفتہ ہفتے hour minute day week
"""
"""Units that need no number: "an hour ago"."""
_AROUND = """
    عدد مرات مرة المرات تم تمت الخبر المقال الموضوع المادة الصفحة هذا هذه لهذا لهذه وقت مدة زمن
    الوقت المتوقع المقدر اللازم إجمالي مجموع اليوم الآن حوالي نحو تقريبا نشر نشرت النشر آخر تحديث
    التحديث حدث الساعة صباحا مساء ص م تاريخ شخص شخصا ألف آلاف مليون كلمة كلمات
    بار مرتبہ دفعہ گیا گئی گئے جا چکا چکی ہے کل تعداد کا کی کے کو وقت یہ اس خبر مضمون تحریر اب تک
    ایک آخری تاریخ اشاعت اپ ڈیٹ لوگوں افراد نے شائع صبح شام بجے ہزار لاکھ
    total count time times number of the this page article last updated posted published am pm k m
    a an about
"""
_MAX_CHARS = 80
_SENTENCE_ENDS = (".", "۔", "!", "؟", "?")


def _folded(table: str) -> frozenset[str]:
    return frozenset(fold_words(table).split())


_COUNTED_WORDS, _AGO_WORDS, _UNIT_WORDS = map(_folded, (_COUNTED, _AGO, _UNITS))
_SINGLE_UNIT_WORDS = _folded(_SINGLE_UNITS)
_ALL_WORDS = _COUNTED_WORDS | _AGO_WORDS | _UNIT_WORDS | _folded(_AROUND)


def is_counter_line(text: str) -> bool:
    """Return whether a line is nothing but a counter of views or reading time, or the time that has
    passed since publication."""
    if len(text) > _MAX_CHARS or text.rstrip().endswith(_SENTENCE_ENDS):
        return False
    words = fold_words(text).split()
    numbers = [word for word in words if word[:1].isdigit()]
    others = {word for word in words if not word[:1].isdigit()}
    if not others or not others <= _ALL_WORDS:
        return False
    if others & _COUNTED_WORDS:
        return bool(numbers) or text.rstrip().endswith((":", "："))
    units = _UNIT_WORDS if numbers else _SINGLE_UNIT_WORDS
    return bool(others & _AGO_WORDS) and bool(others & units)
