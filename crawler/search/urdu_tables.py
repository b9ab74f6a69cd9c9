"""Urdu words of news prose whose forms no rule tells: borrowed plurals, verbs, and words without
forms. Words are compared folded."""

from collections.abc import Iterator
from functools import cache

from crawler.text import fold_words

# Singular, then its borrowed plurals.
_BORROWED_PLURALS = """
وزیر وزرا|رکن ارکان اراکین|مسئلہ مسائل|ملک ممالک|وسیلہ وسائل|ذریعہ ذرائع|حق حقوق
فرض فرائض|قانون قوانین|ضلع اضلاع|شہید شہدا|عالم علما|طالب طلبہ طلبا|استاد اساتذہ
مسجد مساجد|مدرسہ مدارس|جرم جرائم|مجرم مجرمان|ملزم ملزمان|شرط شرائط|نتیجہ نتائج
موقع مواقع|واقعہ واقعات|حادثہ حادثات|اقدام اقدامات|الزام الزامات|انتظام انتظامات
اختیار اختیارات|تعلق تعلقات|خیال خیالات|سوال سوالات|جواب جوابات|مقام مقامات
معاملہ معاملات|مطالبہ مطالبات|حالت حالات|خطرہ خطرات|شک شکوک|شبہ شبہات|تفصیل تفصیلات
خدمت خدمات|ہدایت ہدایات|شکایت شکایات|رقم رقوم|مرض امراض|دوا ادویات|فوج افواج|قوم اقوام
شخص اشخاص|فرد افراد|عمل اعمال|شے اشیا|قسم اقسام|شکل اشکال|لفظ الفاظ|عدد اعداد|مال اموال
ملازم ملازمین|مہاجر مہاجرین|ماہر ماہرین|سفیر سفرا|امیر امرا|غریب غربا|شاعر شعرا
ادیب ادبا|حکم احکام احکامات|رسم رسوم رسومات|مقصد مقاصد|مرکز مراکز|منظر مناظر|مرحلہ مراحل
سبب اسباب|اثر اثرات|حرف حروف|دلیل دلائل|حد حدود|قاعدہ قواعد|عقیدہ عقائد|مذہب مذاہب
فساد فسادات|فن فنون|علم علوم|کتاب کتب|رسالہ رسائل|خط خطوط|مضمون مضامین|تصویر تصاویر
تجویز تجاویز|تقریر تقاریر|تقریب تقاریب تقریبات|ترمیم ترامیم|تدبیر تدابیر|جزیرہ جزائر
نقصان نقصانات|فائدہ فوائد|مفاد مفادات|جذبہ جذبات|نظریہ نظریات|تجربہ تجربات|مشکل مشکلات
شاہد شواہد|وجہ وجوہ وجوہات|عمارت عمارات|طبقہ طبقات|آفت آفات|باغ باغات|جنگل جنگلات
دستاویز دستاویزات|سہولت سہولیات سہولتیں|ضرورت ضروریات|روایت روایات|ترجیح ترجیحات
انکشاف انکشافات|زائر زائرین|ناظر ناظرین|قاری قارئین|حاضر حاضرین|مجاہد مجاہدین
متاثرہ متاثرین|صارف صارفین|فریق فریقین|نمائندہ نمائندگان|باشندہ باشندگان|کارکن کارکنان
نکتہ نکات|درجہ درجات|حاجی حجاج|شیخ شیوخ مشائخ|تحفہ تحائف|خصوصیت خصوصیات|عہدیدار عہدیداران
مقدمہ مقدمات|تنازع تنازعات|تنازعہ تنازعات|معاہدہ معاہدات|وظیفہ وظائف|مصیبت مصائب|جج ججز
وکیل وکلا|امام ائمہ|نبی انبیا|ولی اولیا|رئیس رؤسا|فقیر فقرا|شریک شرکا|وارث ورثا
رہنما رہنماؤں|عنصر عناصر|پہلو پہلوؤں|صدی صدیاں|رائے آرا|مجلس مجالس|محفل محافل|منزل منازل
مسلک مسالک|مکتب مکاتب|ضابطہ ضوابط|سانحہ سانحات|صدمہ صدمات|لمحہ لمحات|سال سالوں|حملہ حملے|جلسہ جلسے
قبیلہ قبائل|فضل افضال|طرف اطراف|شہری شہریوں|افسر افسران|مبصر مبصرین|خاتون خواتین
والد والدین|قیمت قیمتیں|شاعرہ شاعرات|طالبہ طالبات|ادارہ ادارے|فیصلہ فیصلے|علاقہ علاقے
اجلاس اجلاسوں|حلقہ حلقے|نظام نظاموں|صوبہ صوبے|مظاہرہ مظاہرے مظاہروں|سیاح سیاحوں
محقق محققین|مسافر مسافروں|مقرر مقررین|نازل نوازل|تاجر تاجران
"""

# Stems of verbs. The subjunctive (کریں, کروں) and the past (چلے) look like plurals.
_VERBS = """
کر ہو دے لے جا آ رہ کہ سن بن چل مل دیکھ رکھ بتا اٹھ مار بول پڑھ لکھ سمجھ چاہ مان لڑ کھول نکل پہنچ
جیت ہار بیٹھ کاٹ مانگ پکڑ دوڑ سوچ لوٹ بھول پہن ڈر روک جوڑ توڑ بیچ سیکھ چھوڑ پوچھ لا بھر گر اتر گزر
بدل سنبھال ہنس پی کھا سو رو ڈال نکال بھیج کھیل پا بڑھ گھٹ ٹوٹ پھیل چڑھ جل کھل رک مر سک لگ آزما
اپنا بنا چلا سنا کرا پھر مڑ جھک چھپ بچا گھوم ناچ گا کما سجا منا ملا دکھا سکھا پلا کھلا پڑ سہ چمک
تھک ہٹ
"""

# Nouns that are stems of verbs too: they have the oblique plural (کھیلوں), which no news verb is.
_NOUNS_TOO = "کھیل دوڑ سوچ بول لوٹ مانگ مار جوڑ توڑ جیت ہار پکڑ"

# Take no ending.
_FORMLESS = """
کا کی کے کو سے میں پر تک نے اور یا کہ جو یہ وہ اس ان جس جن کس کن ہے ہیں ہوں تھا تھی تھے ہوا ہوئی
ہوئے گا گی گے گیا گئی گئے کیا کئے دیا دی دئیے لیا لی آیا آئی آئے رہا رہی رہے کہا ملا بنا بھی ہی تو
نہ نہیں مگر لیکن اگر جب تب اب پھر بعد قبل ساتھ لیے لئے والا والی والے ایک دو تین چار پانچ کوئی کچھ
کئی سب ہر یہاں وہاں کہاں یہیں وہیں کہیں انہوں انہیں اسے مجھے ہمیں تمہیں ہم تم آپ میرا اپنا اپنی
اپنے جیسا جیسے طرح دوران خلاف جبکہ چاہیے چاہئے دین زمین بارہ سامنا
کیں کیوں تعین معلوم بچ
"""

# Take no ین or ان: the word with that ending is another one.
_NOT_OF_PERSONS = (
    "طالب مسلم ترجم سامان پاکست مضام قوان سرہ نگر گریب مہر درم آسم سلط انسا مظاہر جہان بیان"
)

_ADJECTIVES = """
بڑا اچھا نیا پرانا چھوٹا سارا پورا دوسرا تیسرا پہلا گہرا لمبا اونچا سستا مہنگا گندا کالا نیلا پیلا
ہرا سچا جھوٹا برا تازہ بھارا اکیلا
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(fold_words(text).split())


_CONSONANT_ENDINGS = ("یں", "وں", "ے", "ا", "ی", "و", "نا", "نے", "نی", "تا", "تے", "تی")
_VOWEL_ENDINGS = ("ئیں", "ؤں", "ئے", "یا", "ئی", "ؤ", "نا", "نے", "نی", "تا", "تے", "تی")


def _verb_forms() -> frozenset[str]:
    forms: set[str] = set()
    for stem in _VERBS.split():
        endings = _VOWEL_ENDINGS if stem[-1] in "اآو" else _CONSONANT_ENDINGS
        forms.update(stem + ending for ending in endings)
    return _words(" ".join(forms))


NOUNS_TOO = _words(_NOUNS_TOO)
"""Nouns that are stems of verbs too."""

VERB_FORMS = _verb_forms()
"""Forms of verbs, which are no forms of nouns."""

FORMLESS = _words(_FORMLESS) | (_words(_VERBS) - NOUNS_TOO)
"""Words that have no other form: particles, pronouns, verbs."""

NOT_OF_PERSONS = _words(_NOT_OF_PERSONS)
"""Words that are another one with ین or ان behind them."""

ADJECTIVES = _words(_ADJECTIVES)
"""Adjectives in ا, whose feminine in ی is the same word."""


@cache
def borrowed_singulars() -> dict[str, frozenset[str]]:
    """Return, for each borrowed plural, its singulars."""
    table: dict[str, set[str]] = {}
    for singular, plurals in _entries():
        for plural in plurals:
            table.setdefault(plural, set()).add(singular)
    return {plural: frozenset(singulars) for plural, singulars in table.items()}


@cache
def relatives() -> dict[str, frozenset[str]]:
    """Return, for each singular with borrowed plurals, its plurals; for each plural, its
    singulars."""
    table = {word: set(singulars) for word, singulars in borrowed_singulars().items()}
    for singular, plurals in _entries():
        table.setdefault(singular, set()).update(plurals)
    return {word: frozenset(others) for word, others in table.items()}


def _entries() -> Iterator[tuple[str, list[str]]]:
    for entry in _BORROWED_PLURALS.replace("\n", "|").split("|"):
        singular, *plurals = fold_words(entry).split() or [""]
        if plurals:
            yield singular, plurals
