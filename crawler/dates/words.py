"""The small words around a date: parts of the day, counts, units, labels.

Several spellings of one word are parted by "|"; see `crawler.dates.names` for what folding already
unites. Sources: CLDR 48 (day periods, relative times, units of ar, ur, en) and the dates of outlets
seen.
"""

from typing import NamedTuple


class DayPart(NamedTuple):
    """A word beside a clock and the 24-hour hours it can stand with, never both h and h + 12."""

    words: str
    hours: range | tuple[int, ...]


DAY_PARTS: tuple[DayPart, ...] = (
    DayPart("ص|صباحا|صباح|الصباح|am|a m|قبل الظهر|قبل ظهر|اے ایم|ق ظ|قبل از دوپہر", range(12)),
    DayPart("مساء|مساءا|المساء|pm|p m|بعد الظهر|بعد ظهر|پی ایم|ب ظ|بعد از دوپہر", range(12, 24)),
    DayPart("صبح|علی الصبح", range(1, 12)),
    DayPart("ضحى|الضحى", range(7, 12)),
    DayPart("فجرا|فجر|الفجر", range(7)),
    DayPart("ظهرا|ظهر|الظهر|دوپہر", range(11, 17)),
    DayPart("عصرا|عصر|العصر|سہ پہر", range(13, 19)),
    DayPart("شام", range(13, 24)),
    DayPart("ليلا|ليل|الليل|رات|شب", (*range(18, 24), *range(5))),
    DayPart("بعد منتصف الليل|منتصف الليل", range(5)),
)

AFTERNOON_LETTER = "م"
"""After a clock "p.m." (DAY_PARTS' second row), after a year the mark of the Gregorian calendar."""

DAYTIME = range(6, 18)
"""Hours of Urdu دن beside بجے ("11 بجے دن"); elsewhere the word means "day"."""

CALENDAR_MARKS: dict[str, str] = {
    # Urdu's mark ء (2021ء) is missing: folding drops it.
    "gregorian": "ميلادي|ميلادية|الميلادي|للميلاد|میلادی|عیسوی|سن عیسوی|ad|ce",
    "hijri": "ه|هج|هجري|هجرية|الهجري|ہجری|ah|ق|قمری",
    "solar": "ش|شمسی|هجری شمسی|ه ش",
}

UNITS: dict[str, str] = {
    "second": "ثانية|ثواني|ثوان|ثانيه|سیکنڈ|سیکنڈز|second|seconds|sec|secs",
    "minute": "دقيقة|دقائق|دقايق|دق|د|منٹ|منٹس|منٹوں|minute|minutes|min|mins",
    "hour": "ساعة|ساعات|س|گھنٹہ|گھنٹے|گھنٹوں|گھنٹا|hour|hours|hr|hrs",
    "day": "يوم|أيام|يوما|دن|دنوں|روز|day|days",
    "week": "أسبوع|أسابيع|أسبوعا|week|weeks|ہفتوں",
    "month": "شهر|أشهر|شهور|شهرا|الشهر|ماہ|مہینہ|مہینے|مہینوں|month|months",
    "year": "سنة|سنوات|سنين|عام|أعوام|عاما|السنة|العام|لعام|لسنة|سال|سالوں|برس|year|years",
}
"""Unit -> its words. Words of days, months and years also label a date."""

SINGULAR_UNITS = "ثانية|دقيقة|ساعة|يوم|شهر|سنة|عام|أسبوع"
"""Units whose word alone counts as the number one: "قبل ساعة"."""

DUALS: dict[str, str] = {
    "second": "ثانيتين|ثانيتان",
    "minute": "دقيقتين|دقيقتان",
    "hour": "ساعتين|ساعتان",
    "day": "يومين|يومان",
    "week": "أسبوعين|أسبوعان",
    "month": "شهرين|شهران",
    "year": "سنتين|سنتان|عامين|عامان",
}

WEEK_OR_SATURDAY = "ہفتہ|ہفتے"

FRACTIONS: dict[str, tuple[int, int]] = {
    # words: (minutes alone, as in "half an hour"; minutes added to the number beside it)
    "نصف|ونصف|النصف|آدھا|آدھے|half": (30, 30),
    "ربع|وربع|ربعا|الربع|quarter": (15, 15),
    "ثلث|وثلث|ثلثا|الثلث": (20, 20),
    "ساڑھے": (0, 30),
    "سوا": (75, 15),
    "پون": (45, -15),
    "پونے": (45, -15),
    "ڈیڑھ": (90, 0),
    "ڈھائی": (150, 0),
}
"""Fraction words of an hour; the first minutes are 0 where the word never stands alone."""

MINUS = "إلا"
"""Before a fraction: so much before the hour ("الخامسة إلا ربعا")."""

ARABIC_NUMBERS: dict[int, str] = {
    1: "واحد|واحدة",
    2: "اثنان|اثنتين|اثنتان",
    3: "ثلاث|ثلاثة",
    4: "أربع|أربعة",
    5: "خمس|خمسة",
    6: "ست|ستة",
    7: "سبع|سبعة",
    8: "ثماني|ثمانية|ثمان",
    9: "تسع|تسعة",
    10: "عشر|عشرة",
    20: "عشرين|عشرون",
    30: "ثلاثين|ثلاثون",
    40: "أربعين|أربعون",
    50: "خمسين|خمسون",
}

URDU_NUMBERS = (
    "ایک دو تین چار پانچ چھ|چھے سات آٹھ نو دس گیارہ بارہ "
    "تیرہ چودہ پندرہ سولہ سترہ اٹھارہ انیس بیس اکیس بائیس تئیس چوبیس "
    "پچیس چھبیس ستائیس اٹھائیس انتیس تیس اکتیس بتیس تینتیس چونتیس پینتیس چھتیس "
    "سینتیس اڑتیس انتالیس چالیس اکتالیس بیالیس تینتالیس چوالیس پینتالیس چھیالیس سینتالیس اڑتالیس "
    "انچاس پچاس اکاون باون ترپن چون پچپن چھپن ستاون اٹھاون انسٹھ ساٹھ"
)
"""One to sixty, parted by spaces."""

ENGLISH_NUMBERS = "a|an|one two three four five six seven eight nine ten eleven twelve"
"""One to twelve, parted by spaces."""

_ONES = ("الحادي", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع")

DAY_ORDINALS: dict[int, str] = (
    {1: "أول|الأول|فاتح|الفاتح|غرة|یکم"}
    | {number: word for number, word in enumerate(_ONES, 1) if number > 1}
    | {10: "العاشر"}
    | {10 + number: f"{word} عشر" for number, word in enumerate(_ONES, 1)}
    | {20: "العشرين|العشرون"}
    | {20 + number: f"{word} والعشرين|{word} والعشرون" for number, word in enumerate(_ONES, 1)}
    | {30: "الثلاثين|الثلاثون", 31: "الحادي والثلاثين|الحادي والثلاثون"}
)
"""Days of the month in words, as printed before (من and) its name."""

HOUR_ORDINALS: tuple[str, ...] = (
    "الواحدة",
    "الثانية",
    "الثالثة",
    "الرابعة",
    "الخامسة",
    "السادسة",
    "السابعة",
    "الثامنة",
    "التاسعة",
    "العاشرة",
    "الحادية عشرة|الحادية عشر",
    "الثانية عشرة|الثانية عشر",
)
"""One o'clock to twelve o'clock, as printed after "الساعة"."""

NOT_A_MARK = "ق م|bc"
"""Before Christ: the letters of two marks, and no date of a newsroom."""

DAYS_AGO: dict[int, str] = {
    0: "اليوم|آج|today|الیوم|امروز",
    1: (
        "أمس|الأمس|البارحة|ليلة أمس|الليلة الماضية|yesterday|last night|"
        "گزشتہ روز|گذشتہ روز|گزشتہ رات|گزشتہ شب|گزشتہ کل|دیروز"
    ),
    2: "أول أمس|أول من أمس|أمس الأول|قبل أمس",
}
"""Urdu کل and پرسوں mean a day before or after today: they are not here."""

NOW = "الآن|just now|ابھی ابھی|ابھی"

ROLES: dict[str, str] = {
    "ago": "قبل|منذ|پہلے|پیشتر|ago|مضت|مضى",
    "last": "الماضي|الماضية|المنصرم|المنصرمة|الفائت|الفائتة|گزشتہ|گذشتہ|پچھلے|پچھلا|last|past",
    "this": "الجاري|الجارية|الحالي|الحالية|رواں|موجودہ|this|هذا|هذه",
    "coming": "المقبل|المقبلة|القادم|القادمة|آئندہ|اگلے|next",
    "clock": "الساعة|ساعت|at",
    "oclock": "بجے|بجکے",
    "past the hour": "بجکر|بج کر",
    "ordinal ending": "st|nd|rd|th|ویں|واں",
    "until": "سے|إلى|to|تا",
    "beyond": "بعد|عقب|حتى|لغاية|تک|before|after|since|till|until",
    "and": "و|اور|and",
    "vague": (
        "بضع|بضعة|عدة|عدد من|أكثر من|أقل من|لحظات|چند|کئی|متعدد|زیادہ|لمحے|لمحات|"
        "few|several|more than|less than"
    ),
    "about": "نحو|حوالي|تقريبا|قرابة|تقریبا|لگ بھگ|about|around",
    "edited": "تحديث|التحديث|محدث|تعديل|اپ ڈیٹ|اپڈیٹ|updated|update|modified|edited|تجدید",
    "published": "نشر|النشر|نشرت|نشره|نشرها|منشور|شائع|اشاعت|شایع|published|posted|publish",
    "issue": "العدد|رقم|الرقم|شمارہ|نمبر|issue|no|vol",
    "filler": (
        "في|من|بتاريخ|تاريخ|التاريخ|الموافق|لموافق|موافق|برابر|با|آخر|تم|تمت|بروز|بمطابق|مطابق|"
        "کو|کی|کا|کے|میں|پر|ہوا|ہوئی|کیا|گیا|مورخہ|تاریخ|لشهر|خلال|ليلة|على|تمام|عند|آخری|بار|"
        "عدد|مؤرخ|المؤرخ|أضيف|"
        "on|in|of|the|date|created|بوقت|مورخة|قديم|دوران|حسب|أضيفت|كتب|المصادف|وذلك|تحریر"
    ),
}
"""Role of a word beside a date -> the words. Fillers may stand between the parts of one date."""
