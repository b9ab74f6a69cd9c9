"""Names of months and weekdays, as Arabic and Urdu newsrooms print them, by country.

Spellings of one name are parted by "|". Only spellings that `crawler.text.fold` does not already
make one are listed (it unites أ إ آ ا, ي ى ی, ة ہ ه, ك ک and drops marks, tatweel and the lone
hamza).

Sources: CLDR 48, locales ar, ar-IQ, ar-DZ, ar-TN, ar-MA, ur, fa (months, days); spellings beyond
CLDR were seen in the dates of the outlets that the project reads, those of Hyderabad (Deccan) with
ٹ and ڈ among them.
"""

GREGORIAN_MONTHS: tuple[tuple[str, str, str, str, str, str], ...] = (
    # Gulf, Egypt, Sudan | Levant, Iraq | Algeria, Tunisia | Morocco | Urdu | English
    ("يناير", "كانون الثاني|كانون ثاني|كانون ثان", "جانفي", "يناير", "جنوری", "january|jan"),
    ("فبراير|فبرائر", "شباط", "فيفري", "فبراير", "فروری|فبروری", "february|feb"),
    ("مارس", "آذار", "مارس", "مارس", "مارچ", "march|mar"),
    ("أبريل", "نيسان", "أفريل", "أبريل", "اپریل", "april|apr"),
    ("مايو|مايه", "أيار", "ماي", "ماي", "مئی", "may"),
    ("يونيو|يونيه", "حزيران", "جوان", "يونيو", "جون", "june|jun"),
    ("يوليو|يوليه", "تموز", "جويلية", "يوليوز", "جولائی|جولای", "july|jul"),
    ("أغسطس|أغسطوس", "آب", "أوت", "غشت", "اگست|آگسٹ|اگسٹ", "august|aug"),
    ("سبتمبر", "أيلول", "سبتمبر", "شتنبر", "ستمبر|سپٹمبر|سپتمبر", "september|sept|sep"),
    ("أكتوبر", "تشرين الأول|تشرين أول", "أكتوبر", "أكتوبر", "اکتوبر|اکٹوبر", "october|oct"),
    ("نوفمبر", "تشرين الثاني|تشرين ثاني|تشرين ثان", "نوفمبر", "نونبر", "نومبر", "november|nov"),
    ("ديسمبر", "كانون الأول|كانون أول", "ديسمبر", "دجنبر", "دسمبر|ڈسمبر", "december|dec"),
)

HIJRI_MONTHS: tuple[tuple[str, str], ...] = (
    # Arabic | Urdu
    ("محرم|المحرم", "محرم الحرام"),
    ("صفر", "صفر المظفر|صفر الخير"),
    ("ربيع الأول|ربيع أول", "ربیع الاول"),
    ("ربيع الآخر|ربيع الثاني|ربيع آخر|ربيع ثاني", "ربیع الثانی"),
    ("جمادى الأولى|جمادى الأول|جمادى أول|جماد الأول|جماد أول|جماد الأولى", "جمادی الاول"),
    (
        "جمادى الآخرة|جمادى الآخر|جمادى الثانية|جمادى الثاني|جماد الآخر|جماد الثاني|جماد ثاني",
        "جمادی الثانی",
    ),
    ("رجب", "رجب المرجب"),
    ("شعبان", "شعبان المعظم"),
    ("رمضان", "رمضان المبارک"),
    ("شوال", "شوال المکرم"),
    ("ذو القعدة|ذي القعدة|ذا القعدة", "ذیقعد|ذیقعدہ|ذوالقعد|ذی القعد"),
    ("ذو الحجة|ذي الحجة|ذا الحجة", "ذی الحج|ذوالحج|ذی الحجہ"),
)

SOLAR_MONTHS: tuple[str, ...] = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد|امرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)

SAFAR = 2
"""The Hijri month whose bare name also means "zero": read as a month only with a year or the word
"month"."""

WEEKDAYS: tuple[tuple[str, str, str, str], ...] = (
    # Monday first, as datetime.date.weekday. Arabic | Urdu | Persian | English
    ("الاثنين|اثنين|الاتنين", "پیر|سوموار", "دوشنبه", "monday|mon"),
    ("الثلاثاء|ثلاثاء|الثلثاء", "منگل|منگلوار", "سه شنبه", "tuesday|tue|tues"),
    ("الأربعاء|أربعاء|الاربعا", "بدھ", "چهارشنبه", "wednesday|wed"),
    ("الخميس|خميس", "جمعرات", "پنجشنبه|پنج شنبه", "thursday|thu|thur|thurs"),
    ("الجمعة|جمعة", "جمعہ|جمعۃ المبارک|جمعتہ المبارک|جمعہ المبارک", "جمعه", "friday|fri"),
    ("السبت|سبت", "سنیچر|ہفتہ کے روز", "شنبه", "saturday|sat"),
    ("الأحد", "اتوار", "یکشنبه|یک شنبه", "sunday|sun"),
)
"""Urdu ہفتہ, Saturday and also "week", stands in `crawler.dates.words`: its neighbours decide."""
