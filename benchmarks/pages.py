"""Generated news pages: a site's worth of furniture around stories put together from our own
sentences.

A page has about 72 KB and 750 elements, as the median of the real article pages at hand; one in ten
is another address's text again, as wire copy is. Everything follows from the page's number: every
run serves the same.
"""

import json
import random
from datetime import datetime, timedelta, timezone

SUBJECTS = [
    "أعلنت وزارة الزراعة",
    "قال المتحدث باسم البلدية",
    "كشف تقرير هيئة الموانئ",
    "أوضح مدير المتحف",
    "ذكرت لجنة المياه",
]
VERBS = [
    "أن العمل في المشروع الجديد",
    "أن برنامج التشجير",
    "أن خط القطار الساحلي",
    "أن سوق الأسماك",
    "أن مكتبة المدينة",
]
ENDS = [
    "سيبدأ في مطلع الشهر المقبل بعد انتهاء الدراسات الفنية",
    "شهد إقبالا كبيرا من السكان خلال الأسابيع الماضية",
    "يحتاج إلى تمويل إضافي قبل نهاية العام",
    "سيوفر مئات فرص العمل لأبناء المنطقة",
    "انتقل إلى مرحلته الثانية وفق الجدول المعلن",
]
# By about how often Arabic prints them: words of no meaning, but shared by two texts as rarely as
# real phrases.
LETTERS = "اااااالللللللييييييمممممنننننوووووتتتتررررببببععدددفففسسكحقهجشصطخثذزضغظ"
PARTICLES = ["في", "من", "إلى", "على", "عن", "التي", "بعد", "هذا"]
START = datetime(2026, 1, 1, 9, 0, tzinfo=timezone(timedelta(hours=3)))
MENU = "".join(
    f'<li class="nav-item"><a href="/section/{i}"><span>قسم رقم {i}</span></a></li>'
    for i in range(45)
)
SHARE = (
    '<ul class="share">'
    + "".join(f'<li><a href="#{i}"><i></i></a></li>' for i in range(6))
    + "</ul>"
)
TAGS = "".join(f'<a href="/tag/{i}">وسم {i}</a>' for i in range(8))
COMMENTS = "".join(
    f"<li><b>قارئ {i}</b><p>شكرا على هذا الخبر المفيد، نتمنى متابعة الموضوع في الأيام المقبلة."
    "</p></li>"
    for i in range(8)
)
LINKED_WORD = '<a class="auto" href="/tag/city">المدينة</a>'
SCRIPT = (
    "<script>window.dataLayer=window.dataLayer||[];"
    + "function f(a){return a.map(x=>x+1)};" * 260
    + "</script>"
)
STYLE = "<style>" + ".card{display:flex;margin:0 4px 8px}" * 330 + "</style>"


def sentence(rng: random.Random) -> str:
    """Return a sentence about a subject that no other sentence has; one in four opens and ends like
    a desk's."""
    words = ["".join(rng.choices(LETTERS, k=rng.randint(3, 7))) for _ in range(rng.randint(12, 24))]
    matter = " ".join(
        f"{rng.choice(PARTICLES)} {word}" if i % 4 == 3 else word for i, word in enumerate(words)
    )
    if rng.random() < 0.25:
        matter = f"{rng.choice(SUBJECTS)} {rng.choice(VERBS)} {matter} {rng.choice(ENDS)}"
    return f"{matter} {rng.randint(2, 9999)}."


def story(number: int) -> tuple[str, list[str], datetime]:
    """Return headline, paragraphs and publication of page `number`; every tenth page repeats the
    text of the page before."""
    rng = random.Random(number - 1 if number % 10 == 9 else number)
    paragraphs = [
        " ".join(sentence(rng) for _ in range(rng.randint(1, 3))) for _ in range(rng.randint(7, 13))
    ]
    return sentence(rng)[:90].strip(), paragraphs, START + timedelta(minutes=number)


def teaser(number: int, place: int) -> str:
    """Return the card of the story at `place` in the side bar of page `number`."""
    address = f"/story/{(number * 7 + place) % 2000}"
    headline = f"{SUBJECTS[place % 5]} {VERBS[place % 5]}"
    lead = f"{SUBJECTS[place % 5]} {VERBS[place % 4]} {ENDS[place % 5]}."
    picture = f'<div class="pic"><a href="{address}"><img src="/i/{place}.jpg" alt=""></a></div>'
    title = f'<h3><a href="{address}">{headline}</a></h3>'
    text = f"{title}<p>{lead}</p><span>منذ {place + 1} ساعات</span>"
    return f'<div class="card">{picture}<div class="text">{text}</div></div>'


def page(number: int) -> bytes:
    """Return the HTML of page `number`: menus, share bar, linked words, ads, tags, teasers,
    comments."""
    headline, paragraphs, published = story(number)
    stamp, printed = published.isoformat(), f"{published:%Y-%m-%d %H:%M}"
    teasers = "".join(teaser(number, i) for i in range(40))
    return (
        f"{_head(headline, stamp)}<body><header><nav><ul>{MENU}</ul></nav></header>"
        "<div class='page'><div class='row'><div class='col-8'>"
        f"<h1>{headline}</h1><time datetime='{stamp}'>{printed}</time>{SHARE}"
        f'<div id="newsText">{_body(number, paragraphs)}</div><div class="tags">{TAGS}</div>'
        f'<section class="comments"><ul>{COMMENTS}</ul></section></div>'
        f'<aside class="col-4">{teasers}</aside></div>'
        f"</div><footer><ul>{MENU}</ul></footer>{SCRIPT}{SCRIPT}</body></html>"
    ).encode()


def _head(headline: str, stamp: str) -> str:
    """Return the document up to its body, with OpenGraph and JSON-LD."""
    node = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline,
        "datePublished": stamp,
        "author": {"@type": "Person", "name": "سلمى الراوي"},
    }
    return (
        '<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8">'
        f"<title>{headline} - صحيفة القياس</title>"
        '<meta property="og:type" content="article">'
        f'<meta property="og:title" content="{headline}">'
        f'<script type="application/ld+json">{json.dumps(node, ensure_ascii=False)}</script>'
        f"{STYLE}{SCRIPT}</head>"
    )


def _body(number: int, paragraphs: list[str]) -> str:
    """Return the story with linked words and ads, in one of three shapes."""
    linked = [text.replace("المدينة", LINKED_WORD) for text in paragraphs]
    ads = [
        f'<div class="ad-slot" id="ad-{i}"><script>push({i})</script></div>'
        for i in range(len(linked))
    ]
    match number % 3:
        case 0:
            before, behind = '<p style="direction: rtl;">', "</p>"
        case 1:
            return f"<p>{'<br><br>'.join(linked)}</p>{''.join(ads[:3])}"
        case _:
            before, behind = "<div><span>", "</span></div>"
    return "".join(f"{before}{text}{behind}{ad}" for text, ad in zip(linked, ads, strict=True))


def feed(base: str, count: int) -> bytes:
    """Return an RSS feed that announces the first `count` pages."""
    items = "".join(
        f"<item><title>{story(n)[0]}</title><link>{base}/story/{n}</link>"
        f"<pubDate>{story(n)[2]:%a, %d %b %Y %H:%M:%S %z}</pubDate></item>"
        for n in range(count)
    )
    channel = f"<channel><title>قياس</title>{items}</channel>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0">{channel}</rss>'.encode()
