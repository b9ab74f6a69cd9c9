"""Small words of datelines and credits, folded: for desks, before names, in sentences.

Newsrooms spell them as they please; the lists were gathered from the openings and credit lines of
the outlets that the project reads. Folding (see `tables.key`) unites spellings that differ in
hamza, yeh, kaf, heh or teh marbuta.
"""

from crawler.gazetteer.tables import key


def _words(*lists: str) -> frozenset[str]:
    """Return the folded words of lists that white space separates."""
    return frozenset(key(word) for words in lists for word in words.split())


def _phrases(*lists: str) -> frozenset[str]:
    """Return the folded phrases of lists that "|" separates."""
    return frozenset(key(phrase) for phrases in lists for phrase in phrases.split("|"))


_HEADS = {
    "desk-news": "ڈیسک ڈسک سیل القسم desk newsroom",
    "desk-staff-reporter": """
        رپورٹر رپوٹر پورٹر رپورٹرز کرسپانڈنٹ کرسپونڈنٹ نامہنگار نامہنگاران نمائندہ نمائندے
        نمائندگان نمایندہ وقائعنگار خبرنگار خبرنگاران reporter correspondent
    """,
    "desk-bureau": "بیورو bureau",
    "desk-follow-up": "متابعات متابعة متابعه رصد مراسلنا مندوبنا مراسلونا موفدنا مكتب",
}
DESK_OF_HEAD: dict[str, str] = {
    key(word): desk for desk, words in _HEADS.items() for word in words.split()
}
"""Word that makes a name a desk's -> the desk in the gazetteer, unless all of the name is there."""

DESK_WORDS = _words(
    """
    نیوز نیو ز نیٹ ویب سپورٹس اسپورٹس کامرس بزنس مارکیٹ کرائم کلچرل کلچر ایجوکیشن ہیلتھ شوبز
    انٹرٹینمنٹ کورٹ سٹی سٹاف اسٹاف جنرل سینئر چیف خصوصی خاص سپیشل اسپیشل ڈسٹرکٹ تحصیل انٹرنیشنل
    عالمی قومی مانیٹرنگ مانیٹرگ لیڈی اپنے اپنا ہمارے ہمارا سے رپورٹ رپورٹس نامہ نگار نگاران
    وقائع خبر خبری ایوان سیاسی پارلیمانی عدالتی مقامی ضلعی سوشل میڈیا ڈیجیٹل آن لائن اکانومی
    سائنس ٹیکنالوجی پولیٹیکل انویسٹی گیشن کھیل دفتر مرکزی شوبزنس ایڈیٹر
    """,
    """
    خاص التحرير قسم غرفة الأخبار فريق صحفية إخبارية المحلي الرياضي الاقتصادي السياسي الدولي
    العربي الفني
    """,
    """
    news web digital online sports sport business commerce city crime court culture health
    national international world foreign central monitoring staff special our senior chief
    political politics economy economic education entertainment showbiz science tech report the
    """,
)
"""Words that a desk's name is made of beside its head word."""

_FOLLOW_UPS = _phrases(
    """
    متابعات|متابعة|رصد|خاص|ترجمات|استطلاع|عناوين الصحف|غرفة الأخبار|فريق التحرير|قسم الأخبار|
    متابعات إخبارية|متابعات خاصة|متابعة خاصة|خاص متابعات|رصد ومتابعة|تقرير خاص|تغطية خاصة|
    هيئة التحرير|المحرر|مراسلنا|مندوبنا|مكتب التحرير|قسم المتابعة|التحرير
    """,
)
_REPORTERS = _phrases(
    """
    نامہ نگار|نمائندہ|خبر نگار|سٹی رپورٹ|اسٹاف رپورٹ|سٹاف رپورٹ|سپورٹس رپورٹ|نمائندگان|
    نامہ نگاران|نیوز رپورٹ|خصوصی رپورٹ|سوشل میڈیا رپورٹ|مانیٹرنگ رپورٹ
    """,
)
DESKS: dict[str, str] = {
    **dict.fromkeys(_FOLLOW_UPS, "desk-follow-up"),
    **dict.fromkeys(_REPORTERS, "desk-staff-reporter"),
}
"""Name of a desk without a head word -> the desk in the gazetteer, which has more such names."""

PRESS = _words(
    "نیوز نيوز رپورٹ پریس پرس ٹی وی ٹیوی نیٹورک نیٹ ورک میڈیا ایجنسی ایجنسیاں ٹائمز ڈاٹ کام",
    "برس بوست أونلاين اونلاين تايمز الإخباري الإخبارية الاخباري الاخبارية للأنباء ميديا",
)
"""Words at the end of an outlet's name, which show that an unknown name is an outlet's."""

BYLINES = _words(
    """
    كتب كتبت كتبه كتبها بقلم إعداد تحرير تقرير تحقيق حوار متابعة تصوير ترجمة حاوره حاورته أجراه
    مراسل
    """,
    "تحریر رپورٹ رپورٹر مصنف منجانب",
)
"""Labels before a person's name."""

BYLINE_LABELS = """
    كتب|كتبت|كتبه|كتبها|كتبوا|كتب الخبر|كتبت الخبر|كُتب بواسطة|بقلم|للكاتب|الكاتب|الكاتبة|
    تقرير|تحقيق|تغطية|متابعة|حوار|حاوره|حاورته|حاورها|أجرى الحوار|أجرت الحوار|تحرير|
    تحرير وإعداد|المحرر|
    محرر|إعداد|أعد|أعدها|أعدته|ترجمة|ترجمها|مراسل|مراسلنا|مراسلتنا|بواسطة|نشر بواسطة|
    تصوير|عدسة|إعداد وتحرير|كتابة|مندوب|مندوبة|موفد|موفدة|مراسلة|
    المحررة|محررة|المراسل|المراسلة|المترجم|المترجمة|المصور|المصورة|المؤلف|المؤلفة|الناشر|
    قلم|إشراف|مراجعة|تدقيق|إخراج|مونتاج|رسوم|كاريكاتير|إعداد وتقديم|تقديم|إعداد وحوار|
    تحریر|رپورٹ|رپورٹر|رپورٹنگ|تحقیق|ترجمہ|مترجم|مصنف|مصنفہ|عہدہ|نمائندہ|نمائندہ خصوصی|
    ادارت|تدوین|ترتیب|ترتیب و تدوین|ترتیب و پیشکش|ترجمہ و تلخیص|ترجمہ و ترتیب|تلخیص|مرتب|
    پیشکش|پیش کش|عکاسی|فوٹو|فوٹوگرافی|تصاویر|انٹرویو|کالم نگار|تبصرہ نگار|
    بیورو رپورٹ|از|منجانب|
    by|written by|author|posted by|reported by|edited by|reporting by|story by|words by|
    compiled by|translated by|editing by|photos by
    """
"""Labels before the names of a byline, "|" between them; some are common words too."""

INNER_LABELS = _words("تصوير عدسة ترجمة إعداد تحرير حوار")
"""Labels that stand between two names too: "NAME تصوير NAME"."""

LABELS_THAT_ARE_PLACES = _words("صور")
"""Labels before a name ("photos") that are a city's name too (Tyre)."""

BYLINE_LABEL_KEYS = _phrases(BYLINE_LABELS)

AND = _words("و اور and et")
"""Words between two names of a byline."""

WITH = _words("مع with")
"""Words before the agency whose reports an author used: "NAME مع رويترز"."""

W_NAMES = _words(
    """
    وائل وليد وسام وسيم وفاء وجيه وجيهة وحيد ورد وردة وداد وديع وهيب وهبة وهيبة وقار وقاص ولاء
    ولي وصفي وضاح وجدي وجدان واصف وثاب وعد وئام وفيق وفيقة وليم والي واحد ونيس ونس وجد وصال
    """
)
"""Given names that begin with the letter of "and"."""

URDU_LETTERS = frozenset("ٹڈڑںھہےیکپچگ")
"""Letters that Urdu has and Arabic has not, as printed."""

FROM = _words("من في سے میں from in")
"""Words between the author of a byline and the place: "اليوم من الرياض"."""

FROM_ARABIC = key("من")

ELATIVES = _words("أكبر أكثر أجمل أفضل أشهر أقدم أهم أبرز أعلى أسوأ أصغر أقوى أحسن أجل أعرق أول")
"""Words behind من that begin no name there, though some are names: "من أكبر مدن العالم"."""

EXCLUSIVE = _words("خاص خاصة حصري exclusive")
"""Words before the outlet that a text was written for: "خاص بـ"."""

TEAMS = _words("فريق هيئة أسرة طاقم إدارة قسم team")
"""First words of the name of people who work together: "فريق العربية.نت"."""

NAMES_THAT_ARE_WORDS = _words("صباح شهد آس")
"""Given names that are words of sentences too."""

SECTIONS = _phrases(
    """
    محليات|المحليات|محلي|المحلية|رياضة|الرياضة|سياسة|السياسة|سياسي|السياسي|اقتصاد|الاقتصاد|
    ثقافة|الثقافة|فنون|الفنون|منوعات|عربي|العربي|دولي|الدولي|عربي ودولي|أخبار|الأخبار|
    الإلكتروني|الإلكترونية|الالكتروني|أونلاين|اونلاين|تقنية|صحة|تحليل|مقال|رأي|الرياضي|
    الاقتصادي|الثقافي|عاجل|الموقع|نت|النشر الإلكتروني|صور|فيديو|خبریں|تازہ ترین|کھیل|پاکستان نیوز
    """,
    "تجزیہ کار|تجزیہ نگار|سینئر تجزیہ کار|دفاعی تجزیہ کار|صحافی|سینئر صحافی|محقق|قلم کار|کالم نویس",
    "admin|administrator|editor|webmaster|user|guest|المشرف|أدمن|ايڈمن|ایڈمن",
)
"""Names of sections, professions and accounts, which stand in bylines and are nobody's."""

OFFICES = _words(
    """
    صحافي صحفي صحافية صحفية كاتب كاتبة مراسل مراسلة محرر محررة محلل باحث باحثة خبير استاذ رئيس مدير
    نائب عضو مندوب موفد شؤون الشؤون شئون الشئون
    """,
    "رپورٹر مصنف",
)
"""First words of an office or a profession; the words behind it name nobody."""

EDITORS = _words("editor editors writer producer in ایڈیٹر ایڈیٹرز پروڈیوسر سب managing deputy sub")
"""Words that with a desk's words make an office: "Managing News Editor"."""

PLACE_HEADS = _words("وادي بئر جبل كفر بيت دير تل محافظة مدينة قرية بلدة مركز ضلع تحصیل")
"""First words of a place's name."""

DOMAINS = _phrases(
    "دوت كوم|دوت نت|دوت أورج|ڈاٹ کام|ڈاٹ پی کے",
)
"""Words of a host (".com") printed behind an outlet's name in quotation marks."""

_ORIGINS = (
    "المصدر|مصدر|المصادر|نقلا عن|نقلاً عن|عن|وكالات المصدر|المصدر الأصلي|"
    "کریڈٹ|ذریعہ|ذرائع|بشکریہ|ماخذ|سورس|بحوالہ|"
    "source|via|credit"
)
ORIGINS = _phrases(_ORIGINS)
"""Labels before the source that a text was taken from."""

ORIGIN_OPENERS = frozenset(key(label.split()[0]) for label in _ORIGINS.split("|"))
"""First words of those labels."""

END_MARKS = _phrases(
    "انتهى|النهاية|يتبع|ختم شد|ختم|انتهي الخبر|انتهت",
)
"""Words that an agency prints below its last line, before the editors' initials."""

FURNITURE = _phrases(
    "next previous|نشر|آخر تحديث|اخر تحديث gmt|آخر تحديث gmt|التالي السابق",
)
"""Words that the page around a story leaves before its dateline."""

OUTLETS = _words(
    "وكالة وكاله قناة صحيفة جريدة موقع شبكة راديو إذاعة تلفزيون مجلة منصة",
    "صحف الصحافة مواقع وسائل",
    "ایجنسی ادارہ ادارے ایجنسیوں چینل اخبار روزنامہ ریڈیو ٹیلیویژن ویبسائٹ",
)
"""Kinds of outlets. A name in parentheses behind one explains it and is no dateline's source."""

POSTPOSITIONS = _words(
    "کے کی کا نے سے کو میں پر اور تک بھی ہی والے والی والا ہے ہیں تھا تھی تھے",
)
"""Words that open no Urdu sentence: a name before one belongs to the sentence."""

REPORTING = _words(
    """
    قال قالت تقول يقول ذكر ذكرت أفاد أفادت نقل نقلت تنقل كشف كشفت تكشف يكشف نشر نشرت تنشر ينشر
    علم علمت أورد أوردت أكد أكدت تنفرد ترصد رصدت تحاور حاورت التقت تلتقي تستعرض زار زارت تفتح
    تابعت حصلت تحصل تقدم تبث بث بثت أعلن أعلنت تعتذر تدعو تهنئ
    """,
)
"""Verbs of which a source is the subject, so that it is no dateline's."""

_ARABIC_SENTENCE = _words(
    # particles, pronouns and words of time; then the verbs that open news sentences
    """
    في من إلى الى عن مع بعد قبل منذ خلال بين حول ضد عند أن إن أنه إنه التي الذي الذين هذا هذه
    ذلك تلك هناك كما لكن بل قد لقد لم لن لا ليس ما ماذا كيف لماذا متى هل كل أي غير كان كانت
    يكون تكون هو هي هم نحن أنا أو أم ثم حتى حيث وقد وفي ومن فقد فيما بينما عندما بعدما أمس
    اليوم غدا مساء صباح أول أكثر نحو لدى سوف أيضا
    """,
    """
    قال قالت يقول تقول أعلن أعلنت يعلن أكد أكدت يؤكد كشف كشفت أفاد أفادت ذكر ذكرت أوضح أوضحت
    أضاف أضافت شهد شهدت يشهد تشهد بدأ بدأت يبدأ تبدأ وصل وصلت التقى بحث بحثت استقبل استقبلت
    افتتح افتتحت أصدر أصدرت وقع وقعت تعرض تعرضت قرر قررت أصيب قتل قتلت لقي اعتقلت اعتقل دعا دعت
    طالب طالبت حذر حذرت أطلق أطلقت يعقد تعقد عقد عقدت تنطلق انطلقت تراجعت ارتفعت ارتفع انخفض
    واصل واصلت نفى نفت توفي فاز فازت تأهل يخوض أقام أقامت نظم نظمت شارك تمكن تمكنت ضبطت نشرت
    ينظم تنظم يسعى تسعى يعتزم تعتزم تواصل يواصل
    """,
)
_URDU_SENTENCE = _words(
    # auxiliaries, and words without which hardly a sentence is made
    """
    کہ یہ وہ اس ان جو جب تو نہیں گیا گئی گئے کیا کی کر کرنے کرتے ہوئے رہا رہی رہے ہو ہوا ہوئی
    ہوگا ہوگی لیے لئے ساتھ بعد دوران خلاف متعلق مطابق جبکہ لیکن مگر بارے یا اگر ایک دو تین کسی
    کئی تمام سب کچھ بہت زیادہ آج کل گزشتہ
    """,
)
SENTENCE = POSTPOSITIONS | REPORTING | _ARABIC_SENTENCE | _URDU_SENTENCE
"""Words that no place, outlet or person is named with in a dateline."""

PREPOSITION_ON = "على"
"""As printed, before another word: its folded form is a name's, علي, which Egypt prints like it."""

INSTITUTIONS = _words(
    """
    وزارة وزارات وزير رئيس مجلس هيئة منظمة جامعة جمعية اتحاد حزب حركة شركة بنك مصرف مؤسسة محكمة
    لجنة نادي منتخب فريق مركز معهد مستشفى مدرسة بلدية أمانة محافظ الأمير الملك الشيخ سفير سفارة
    مدير مديرية قيادة كتلة تيار جبهة صندوق برنامج مشروع قانون اتفاقية مؤتمر قمة بطولة كأس دوري
    مهرجان عاصمة مدينة محافظة منطقة قرية ولاية إقليم دولة جمهورية مملكة سلطنة إمارة حكومة شرطة
    جيش قوات طريق مطار ميناء حي شارع
    """,
    """
    بورڈ وزارت وزیر کمیشن کمیٹی کونسل پارٹی لیگ تحریک جماعت اتحاد محاذ فورس پولیس عدالت کورٹ
    ہائیکورٹ بینک کمپنی کارپوریشن اتھارٹی یونیورسٹی کالج اسکول ہسپتال اسپتال تنظیم ایسوسی ایشن
    فیڈریشن یونین فاؤنڈیشن ٹرسٹ ادارہ محکمہ ڈیپارٹمنٹ انسٹیٹیوٹ سینٹر کلب ٹیم بیورو حکومت
    اسمبلی سینیٹ صدر گورنر ڈائریکٹر چیئرمین سیکرٹری جنرل ایئرلائن ایکسچینج منڈی مارکیٹ ہوٹل
    مسجد صوبہ ضلع شہر گاؤں ریاست فوج
    """,
)
"""Kinds of institutions: an abbreviation in parentheses after their name glosses it."""
