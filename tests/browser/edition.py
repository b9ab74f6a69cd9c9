"""A week of invented news, of which every page of the site has something to show.

The texts are what is hard to set: words of many letters, every vowel written, Latin and numbers
within Urdu, and names as long as names become.
"""

import asyncio
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crawler.dedup import article_id, canonical_url
from crawler.gazetteer import Source, gazetteer
from crawler.items import Article, Attribution
from crawler.storage import Run, open_store
from tests.search.judged import ARABIC, URDU, Judged

NOW = datetime.now(UTC).replace(second=0, microsecond=0)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)

REUTERS = Attribution(Source("reuters", "Reuters", "agency", "GB"), "agency")
AFP = Attribution(Source("afp", "Agence France-Presse", "agency", "FR"), "agency")
APP = Attribution(Source("app", "Associated Press of Pakistan", "agency", "PK"), "agency")

PUBLISHERS = {
    "alriyadh": "al-riyadh",
    "bbc_ur": "bbc-urdu",
    "express_pk": "express-pk",
    "geo_ur": "geo-news",
    "jang": "jang",
    "masrawy": "masrawy",
    "sputnik_ar": "sputnik",
    "youm7": "youm7",
}

HARBOUR = Article(
    url="https://www.youm7.com/story/2026/3/1/harbour/1",
    outlet="youm7",
    language="ar",
    headline="توسعة الميناء القديم تبدأ في الربيع بستة أرصفة و«مخزن للحبوب»",
    body=(
        "أعلنت هيئة الميناء اليوم أن توسعة الرصيف القديم تبدأ في الربيع المقبل على مرحلتين."
        "\n\nوقالت الهيئة إن المرحلة الأولى تشمل ستة أرصفة ومخزنا للحبوب يتسع لـ 20,000 طن."
        "\n\nوأوضح المهندس المشرف أن العمال سيبدأون بتعميق الحوض، ثم يبنون جدارا يحمي السفن."
    ),
    published=NOW - 5 * HOUR,
    published_raw="منذ خمس ساعات",
    published_precision="minute",
    zone="Africa/Cairo",
    dateline="القاهرة - رويترز",
    place="القاهرة",
    sources=(REUTERS,),
    reporter="سلمى عبد الرحمن",
    fetched_at=NOW - 5 * HOUR + 5 * MINUTE,
)
VOWELS = Article(
    url="https://www.alriyadh.com/2100001",
    outlet="alriyadh",
    language="ar",
    headline="إِنَّ المُؤَسَّسَةَ العِلْمِيَّةَ تُشَجِّعُ الطُّلَّابَ عَلَى القِرَاءَةِ بِاللُّغَةِ العَرَبِيَّةِ",
    body=(
        "فُتِحَتْ فِي المَدِينَةِ مَكْتَبَةٌ جَدِيدَةٌ لِلأَطْفَالِ، وَفِيهَا عَشَرَةُ آلَافِ كِتَابٍ مَشْكُولٍ."
        "\n\nوَقَالَتِ المُدِيرَةُ إِنَّ الزُّوَّارَ يَقْرَأُونَ فِيهَا مَجَّانًا، وَإِنَّهَا تُغْلَقُ أَيَّامَ الجُمُعَةِ."
    ),
    published=NOW - 7 * HOUR,
    published_precision="minute",
    zone="Asia/Riyadh",
    place="الرياض",
    fetched_at=NOW - 7 * HOUR,
)
ACCESS = Article(
    url="https://www.bbc.com/urdu/articles/c0access0001o",
    outlet="bbc_ur",
    language="ur",
    headline="ڈیجیٹل ایکسیسبیلٹی: پشاور یونیورسٹی کی ٹیم نے نابینا طلبہ کے لیے Screen Reader 2.0 پیش کر دیا",  # noqa: E501
    body=(
        "پشاور یونیورسٹی کے طلبہ نے ایک ایسا Screen Reader تیار کیا ہے جو نستعلیق کو بھی پڑھ سکتا ہے۔"  # noqa: E501
        "\n\nٹیم کے مطابق 1,250 نابینا طلبہ نے اسے 14 مارچ سے آزمایا، اور ایکسیسبیلٹی کے ماہرین نے اس کی تعریف کی۔"  # noqa: E501
        "\n\nیونیورسٹی کا کہنا ہے کہ یہ سافٹ ویئر Open Source ہے اور ہر کوئی اسے مفت استعمال کر سکتا ہے۔"  # noqa: E501
    ),
    published=NOW - 3 * HOUR,
    published_raw="3 گھنٹے قبل",
    published_precision="minute",
    zone="Asia/Karachi",
    dateline="پشاور (اے پی پی)",
    place="پشاور",
    sources=(APP,),
    reporter="عائشہ خان",
    fetched_at=NOW - 3 * HOUR + 4 * MINUTE,
)
LIBRARY = Article(
    url="https://urdu.geo.tv/latest/400001",
    outlet="geo_ur",
    language="ur",
    headline="کراچی کی پرانی لائبریری <b>دوبارہ</b> کھل گئی، چالیس ہزار کتابیں محفوظ",
    body=(
        "کراچی کی پرانی لائبریری تین برس کی مرمت کے بعد پیر کے روز قارئین کے لیے دوبارہ کھول دی گئی۔"  # noqa: E501
        "\n\nمنتظمین کے مطابق لائبریری میں چالیس ہزار کتابیں ہیں جن میں نایاب قلمی نسخے بھی شامل ہیں۔"  # noqa: E501
    ),
    published=NOW - 26 * HOUR,
    published_precision="minute",
    zone="Asia/Karachi",
    dateline="کراچی",
    place="کراچی",
    fetched_at=NOW - 26 * HOUR,
)
UNDATED = Article(
    url="https://www.express.pk/story/2700001",
    outlet="express_pk",
    language="ur",
    headline="وزیر آباد کے باغ میں آم کی نئی قسم",
    published_raw="کچھ دیر پہلے",
    fetched_at=NOW - 30 * HOUR,
)


def _print_of(first: Article, outlet: str, url: str, minutes: int, **fields: object) -> Article:
    """Return what an outlet printed of another's story, so many minutes later."""
    assert first.published
    published = first.published + minutes * MINUTE
    shown = {"outlet": outlet, "url": url, "published": published, "fetched_at": published}
    return replace(first, **(shown | fields))  # type: ignore[arg-type]


COPIES = (
    _print_of(HARBOUR, "masrawy", "https://www.masrawy.com/news/details/2026/3/1/7", 25),
    _print_of(
        HARBOUR,
        "sputnik_ar",
        "https://sarabic.ae/20260301/harbour-1.html",
        66,
        headline="الميناء القديم يتوسع في الربيع",
        sources=(REUTERS, AFP),
    ),
    _print_of(HARBOUR, "copy_ar", "https://copy.example/harbour", 186, sources=()),
    _print_of(ACCESS, "jang", "https://jang.com.pk/news/1500001", 12),
    _print_of(ACCESS, "copy_of_a_very_long_name", "https://copy.example/access", 95),
)
EARLIER = (
    replace(
        HARBOUR,
        body=(HARBOUR.body or "").replace("ستة أرصفة", "أربعة أرصفة"),
        fetched_at=NOW - 5 * HOUR,
    ),
    replace(
        ACCESS,
        headline="ڈیجیٹل ایکسیسبیلٹی: پشاور یونیورسٹی کا نیا سافٹ ویئر",
        body=(ACCESS.body or "").replace("1,250 نابینا", "950 نابینا"),
        fetched_at=NOW - 3 * HOUR,
    ),
)
WRITTEN = (*EARLIER, HARBOUR, VOWELS, ACCESS, LIBRARY, UNDATED, *COPIES)


def _further() -> list[Article]:
    """Return as many more stories as fill a page and begin the next, over a week."""
    outlets = {"ar": ("youm7", "masrawy", "alriyadh"), "ur": ("bbc_ur", "geo_ur", "jang")}
    words = {"ar": ARABIC, "ur": URDU}
    made = []
    for number in range(36):
        language = "ar" if number % 2 else "ur"
        outlet = outlets[language][number // 2 % 3]
        published = NOW - (8 + 4 * number) * HOUR
        made.append(
            Article(
                url=f"https://further.example/{outlet}/{number}",
                outlet=outlet,
                language=language,
                headline=_words(words[language], number, 9),
                body="\n\n".join(
                    _words(words[language], 100 * number + each, 30) for each in (1, 2)
                ),
                published=published,
                published_precision="minute",
                zone="Africa/Cairo" if language == "ar" else "Asia/Karachi",
                place="القاهرة" if language == "ar" else "لاہور",
                sources=(AFP,) if number % 3 == 0 else (),
                fetched_at=published + 10 * MINUTE,
            )
        )
    return made


def _words(of: list[Judged], seed: int, count: int) -> str:
    """Return some words of news, in no order that means anything."""
    chance = random.Random(seed)
    forms = [form for each in of for form in (each.word, *each.clitic, *each.inflected)]
    return " ".join(chance.choices(forms, k=count))


def _runs() -> list[Run]:
    """Return a week of crawls: an outlet that does well, one that lacks dates, one that fails, and
    one that is at it."""
    runs = []
    for day in range(7, 0, -1):
        began = NOW - day * 24 * HOUR
        whole = Run(
            id=f"youm7-{day}",
            outlet="youm7",
            started=began,
            finished=began + 2 * MINUTE,
            status="done",
            found=30,
            fetched=8,
            known=22,
            new_stories=6,
            copies=2,
            credited=7,
            discovered=3,
        )
        gaps = {"gaps": {"date": 3, "body": 1}, "warnings": {"drift/body": 2}}
        dead = {"status": "failed", "found": 0, "fetched": 0, "known": 0, "new_stories": 0}
        failures = {"failures": {"dns": 1, "http_403": 4}, "discovered": 0, "discovery_failed": 3}
        runs += [
            whole,
            replace(whole, id=f"bbc_ur-{day}", outlet="bbc_ur", status="degraded", **gaps),  # type: ignore[arg-type]
            replace(whole, id=f"jang-{day}", outlet="jang", **dead, **failures),  # type: ignore[arg-type]
        ]
    return [*runs, Run("geo_ur-1", "geo_ur", NOW - MINUTE, None, "running")]


def _with_publisher(article: Article) -> Article:
    """Return an article that names the publisher of its outlet, as every crawled one does."""
    entry = gazetteer().by_id.get(PUBLISHERS.get(article.outlet or "", ""))
    if entry is None:
        return article
    return replace(article, sources=(Attribution(entry.source, "publisher"), *article.sources))


def id_of(article: Article) -> str:
    """The id of a stored article, by which its story is found too."""
    return article_id(canonical_url(article.url))


def publish(uri: str) -> None:
    """Store the week: stories with their copies and earlier texts, the runs, and the numbers of
    each day."""

    async def fill() -> None:
        async with open_store(uri) as store:
            for article in (*WRITTEN, *_further()):
                await store.save(_with_publisher(article))
            for run in _runs():
                await store.record_run(run)
            for stale in await store.stale_days():
                await store.recount(stale.day)

    asyncio.run(fill())
