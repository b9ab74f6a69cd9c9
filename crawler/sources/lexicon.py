"""The small words of datelines and credits, folded: what names a desk, what labels a name, what
opens a sentence.

Newsrooms spell these as they please; the lists were gathered from the openings and credit lines of
the outlets that the project reads. Folding (see `tables.key`) already unites hamza, yeh, kaf, heh
and teh marbuta spellings.
"""

from crawler.sources.tables import key


def _folded(*lists: str) -> frozenset[str]:
    return frozenset(key(word) for words in lists for word in words.split())


def _phrases(*lists: str) -> frozenset[str]:
    return frozenset(key(phrase) for phrases in lists for phrase in phrases.split("|"))


DESK_HEADS: dict[str, str] = {
    # words that make a name a desk's -> the desk in the gazetteer, unless the whole name stands
    # there
    "ڈیسک ڈسک سیل القسم": "desk-news",
    "رپورٹر رپوٹر پورٹر رپورٹرز کرسپانڈنٹ کرسپونڈنٹ نامہنگار نامہنگاران نمائندہ نمائندے نمائندگان نمایندہ "
    "وقائعنگار خبرنگار خبرنگاران": "desk-staff-reporter",
    "بیورو": "desk-bureau",
    "متابعات متابعة متابعه رصد مراسلنا مندوبنا مراسلونا موفدنا مكتب": "desk-follow-up",
}
DESK_HEAD: dict[str, str] = {
    key(word): desk for words, desk in DESK_HEADS.items() for word in words.split()
}

DESK_WORDS = _folded(
    "نیوز نیو ز نیٹ ویب سپورٹس اسپورٹس کامرس بزنس مارکیٹ کرائم کلچرل کلچر ایجوکیشن ہیلتھ شوبز انٹرٹینمنٹ کورٹ "
    "سٹی "
    "سٹاف اسٹاف جنرل سینئر چیف خصوصی خاص سپیشل اسپیشل ڈسٹرکٹ تحصیل انٹرنیشنل عالمی قومی مانیٹرنگ مانیٹرگ لیڈی "
    "اپنے اپنا ہمارے ہمارا سے رپورٹ رپورٹس نامہ نگار نگاران وقائع خبر خبری ایوان سیاسی پارلیمانی عدالتی مقامی "
    "ضلعی "
    "سوشل میڈیا ڈیجیٹل آن لائن اکانومی سائنس ٹیکنالوجی پولیٹیکل انویسٹی گیشن کھیل دفتر مرکزی شوبزنس ایڈیٹر",
    "خاص التحرير قسم غرفة الأخبار فريق صحفية إخبارية المحلي الرياضي الاقتصادي السياسي الدولي العربي الفني",
)
"""Words that a desk's name is made of beside its head."""

_FOLLOW_UPS = _phrases(
    "متابعات|متابعة|رصد|خاص|استطلاع|عناوين الصحف|غرفة الأخبار|فريق التحرير|قسم الأخبار|متابعات إخبارية|"
    "متابعات خاصة|"
    "متابعة خاصة|خاص متابعات|رصد ومتابعة|تقرير خاص|تغطية خاصة|هيئة التحرير|المحرر|مراسلنا|مندوبنا|مكتب التحرير|"
    "قسم المتابعة|التحرير"
)
_REPORTERS = _phrases(
    "نامہ نگار|نمائندہ|خبر نگار|سٹی رپورٹ|اسٹاف رپورٹ|سٹاف رپورٹ|سپورٹس رپورٹ|نمائندگان|نامہ نگاران|نیوز رپورٹ|"
    "خصوصی رپورٹ|سوشل میڈیا رپورٹ|مانیٹرنگ رپورٹ"
)
DESKS: dict[str, str] = dict.fromkeys(_FOLLOW_UPS, "desk-follow-up") | dict.fromkeys(
    _REPORTERS, "desk-staff-reporter"
)
"""Names of desks without a head word -> the desk in the gazetteer, which has more."""

PRESS = _folded(
    "نیوز نيوز رپورٹ پریس پرس ٹی وی ٹیوی نیٹورک نیٹ ورک میڈیا ایجنسی ایجنسیاں ٹائمز ڈاٹ کام",
    "برس بوست أونلاين اونلاين تايمز الإخباري الإخبارية الاخباري الاخبارية للأنباء ميديا",
)
"""Words at the end of an outlet's name, which show that an unknown name is an outlet's."""

BYLINES = _folded(
    "كتب كتبت كتبه كتبها بقلم إعداد تحرير تقرير تحقيق حوار متابعة تصوير ترجمة حاوره حاورته أجراه مراسل",
    "تحریر رپورٹ رپورٹر مصنف منجانب",
)
"""Labels before a person's name."""

DOMAINS = _phrases("دوت كوم|دوت نت|دوت أورج|ڈاٹ کام|ڈاٹ پی کے")
"""What is printed behind an outlet's name in quotation marks."""

ORIGINS = _phrases(
    "المصدر|مصدر|المصادر|نقلا عن|نقلاً عن|عن|وكالات المصدر|المصدر الأصلي",
    "کریڈٹ|ذریعہ|ذرائع|بشکریہ|ماخذ|سورس|بحوالہ",
    "source|via|credit",
)
"""Labels before the source that a text was taken from."""

END_MARKS = _phrases("انتهى|النهاية|يتبع|ختم شد|ختم|انتهي الخبر|انتهت")
"""What an agency prints below its last line, before the editors' initials."""

LEADS = _phrases("next previous|نشر|آخر تحديث|اخر تحديث gmt|آخر تحديث gmt|التالي السابق")
"""What the page around a story leaves before its dateline."""

OUTLETS = _folded(
    "وكالة وكاله قناة صحيفة جريدة موقع شبكة راديو إذاعة تلفزيون مجلة منصة",
    "ایجنسی ادارہ ادارے ایجنسیوں چینل اخبار روزنامہ ریڈیو ٹیلیویژن ویبسائٹ",
)
"""What an outlet is: after these a name in parentheses is explained, not printed as a dateline's
source."""

POSTPOSITIONS = _folded("کے کی کا نے سے کو میں پر اور تک بھی ہی والے والی والا ہے ہیں تھا تھی تھے")
"""An Urdu sentence cannot open with these: a name before them belongs to the sentence."""

REPORTING = _folded(
    "قال قالت تقول يقول ذكر ذكرت أفاد أفادت نقل نقلت تنقل كشف كشفت تكشف يكشف نشر نشرت تنشر ينشر علم علمت أورد "
    "أوردت "
    "أكد أكدت تنفرد ترصد رصدت تحاور حاورت التقت تلتقي تستعرض زار زارت تفتح تابعت حصلت تحصل تقدم تبث بث بثت "
    "أعلن أعلنت "
    "تعتذر تدعو تهنئ"
)
"""What a source does when it is the subject of the sentence and no dateline."""

SENTENCE = (
    POSTPOSITIONS
    | REPORTING
    | _folded(
        # Arabic particles, pronouns, and the verbs that open news sentences
        "في من إلى الى عن مع بعد قبل منذ خلال بين حول ضد عند أن إن أنه إنه التي الذي الذين هذا هذه ذلك تلك هناك "
        "كما لكن بل قد لقد لم لن لا ليس ما ماذا كيف لماذا متى هل كل أي غير كان كانت يكون تكون هو هي هم نحن "
        "أنا أو أم ثم "
        "حتى حيث وقد وفي ومن فقد فيما بينما عندما بعدما أمس اليوم غدا مساء صباح أول أكثر نحو لدى سوف أيضا",
        "قال قالت يقول تقول أعلن أعلنت يعلن أكد أكدت يؤكد كشف كشفت أفاد أفادت ذكر ذكرت أوضح أوضحت أضاف أضافت شهد "
        "شهدت "
        "يشهد تشهد بدأ بدأت يبدأ تبدأ وصل وصلت التقى بحث بحثت استقبل استقبلت افتتح افتتحت أصدر أصدرت وقع وقعت "
        "تعرض تعرضت قرر قررت أصيب قتل قتلت لقي اعتقلت اعتقل دعا دعت طالب طالبت حذر حذرت أطلق أطلقت يعقد تعقد عقد "
        "عقدت "
        "تنطلق انطلقت تراجعت ارتفعت ارتفع انخفض واصل واصلت نفى نفت توفي فاز فازت تأهل يخوض أقام أقامت نظم نظمت "
        "شارك تمكن "
        "تمكنت ضبطت نشرت ينظم تنظم يسعى تسعى يعتزم تعتزم تواصل يواصل",
        # Urdu auxiliaries and the words without which hardly a sentence is made
        "کہ یہ وہ اس ان جو جب تو نہیں گیا گئی گئے کیا کی کر کرنے کرتے ہوئے رہا رہی رہے ہو ہوا ہوئی ہوگا ہوگی لیے "
        "لئے ساتھ بعد "
        "دوران خلاف متعلق مطابق جبکہ لیکن مگر بارے یا اگر ایک دو تین کسی کئی تمام سب کچھ بہت زیادہ آج کل گزشتہ",
    )
)
"""Words that no place, outlet or person is named with in a dateline."""

PREPOSITION_ON = "على"
"""As printed, before another word: its folded form is a name's, علي, which Egypt prints like it."""

INSTITUTIONS = _folded(
    "وزارة وزارات وزير رئيس مجلس هيئة منظمة جامعة جمعية اتحاد حزب حركة شركة بنك مصرف مؤسسة محكمة لجنة نادي "
    "منتخب فريق "
    "مركز معهد مستشفى مدرسة بلدية أمانة محافظ الأمير الملك الشيخ سفير سفارة مدير مديرية قيادة كتلة تيار جبهة "
    "صندوق "
    "برنامج مشروع قانون اتفاقية مؤتمر قمة بطولة كأس دوري مهرجان عاصمة مدينة محافظة منطقة قرية ولاية إقليم "
    "دولة جمهورية "
    "مملكة سلطنة إمارة حكومة شرطة جيش قوات طريق مطار ميناء حي شارع",
    "بورڈ وزارت وزیر کمیشن کمیٹی کونسل پارٹی لیگ تحریک جماعت اتحاد محاذ فورس پولیس عدالت کورٹ ہائیکورٹ بینک "
    "کمپنی "
    "کارپوریشن اتھارٹی یونیورسٹی کالج اسکول ہسپتال اسپتال تنظیم ایسوسی ایشن فیڈریشن یونین فاؤنڈیشن ٹرسٹ ادارہ "
    "محکمہ "
    "ڈیپارٹمنٹ انسٹیٹیوٹ سینٹر کلب ٹیم بیورو حکومت اسمبلی سینیٹ صدر گورنر ڈائریکٹر چیئرمین سیکرٹری جنرل "
    "ایئرلائن "
    "ایکسچینج منڈی مارکیٹ ہوٹل مسجد صوبہ ضلع شہر گاؤں ریاست فوج",
)
"""What institutions are: an abbreviation in parentheses after their name glosses it."""
