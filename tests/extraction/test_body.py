"""The body is the story's paragraphs as printed, whatever elements they are printed in, and nothing
else."""

import json
from collections.abc import Callable

import pytest

from crawler.extraction import examine, extract_article

Page = Callable[..., str]
Paragraphs = Callable[[tuple[str, ...]], str]
URL = "https://www.waha.example/news/2024/bridge-1"


def body(html: str) -> str | None:
    return extract_article(html, URL).body


SHAPES = {
    "paragraphs": lambda s: f"<div>{''.join(f'<p>{t}</p>' for t in s)}</div>",
    "unclosed p": lambda s: f"<div>{''.join(f'<p>{t}' for t in s)}</div>",
    "nested p": lambda s: f"<div><p><p>{s[0]}</p>{''.join(f'<p>{t}</p>' for t in s[1:])}</p></div>",
    "br runs": lambda s: f"<div class='txt'>{'<br><br>'.join(s)}</div>",
    "br runs with blanks": lambda s: f"<div class='txt'>{'<br> <br/>&nbsp;<br>'.join(s)}</div>",
    "br runs in one p": lambda s: f"<div><p>{'<br /><br />'.join(s)}</p></div>",
    "single br": lambda s: f"<div><p>{'<br>'.join(s)}</p></div>",
    "divs": lambda s: f"<div class='txt'>{''.join(f'<div>{t}</div>' for t in s)}</div>",
    "wrapped p": lambda s: "".join(
        f"<div class='x1'><div class='x2'><p>{t}</p></div></div>" for t in s
    ),
    "spans in p": lambda s: (
        f"<div>{''.join(f'<p><span><span>{t}</span></span></p>' for t in s)}</div>"
    ),
    "table cells": lambda s: (
        f"<table><tbody>{''.join(f'<tr><td>{t}</td></tr>' for t in s)}</tbody></table>"
    ),
    "one table cell": lambda s: (
        f"<table><tr><td><table><tr><td>{'<br><br>'.join(s)}</td></tr></table></td></tr></table>"
    ),
    "font tags": lambda s: f"<div><font size=4>{'<br><br>'.join(s)}</font></div>",
    "list items": lambda s: f"<div><ul>{''.join(f'<li>{t}</li>' for t in s)}</ul></div>",
    "sections": lambda s: "".join(f"<section class='part'><p>{t}</p></section>" for t in s),
    "halves": lambda s: (
        f"<div class='half'><p>{s[0]}</p><p>{s[1]}</p></div><div class='promo'>إعلان</div>"
        f"<div class='half'><p>{s[2]}</p><p>{s[3]}</p></div>"
    ),
    "lead and body": lambda s: (
        f"<div class='lead'><p>{s[0]}</p></div><div class='body'>"
        f"{''.join(f'<p>{t}</p>' for t in s[1:])}</div>"
    ),
    "unnamed lead": lambda s: (
        f"<div><p>{s[0]}</p></div><img src=a.jpg><div>{''.join(f'<p>{t}</p>' for t in s[1:])}</div>"
    ),
    "text beside scripts": lambda s: (
        f"<div>{s[0]}<script>var a = '<p>x</p>';</script><br><br>{s[1]}<div id='div-gpt-ad-1'>"
        f"<script>googletag.cmd.push(function() {{ show('x'); }});</script></div>{s[2]}<br><br>"
        f"{s[3]}</div>"
    ),
    "first paragraph bold": lambda s: (
        f"<div><p><strong>{s[0]}</strong></p>{''.join(f'<p>{t}</p>' for t in s[1:])}</div>"
    ),
    "misleading names": lambda s: (
        "<div class='share-enabled has-comments post-tags-on'>"
        f"{''.join(f'<p>{t}</p>' for t in s)}</div>"
    ),
    "article with foot": lambda s: (
        f"<article>{''.join(f'<p>{t}</p>' for t in s)}<footer><span>سياسة</span></footer></article>"
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_paragraphs_are_found_in_any_shape(shape: str, page: Page, story: tuple[str, ...]) -> None:
    assert body(page(SHAPES[shape](story))) == "\n\n".join(story)


FURNITURE = {
    "caption": "<figure><img src=a.jpg><figcaption>الوزير يقص الشريط أمام الجسر الجديد في مدينة "
    "الواحة أمس</figcaption></figure>",
    "caption by name": "<div class='img-caption'>الوزير يقص الشريط أمام الجسر الجديد في مدينة "
    "الواحة أمس، تصوير علي.</div>",
    "picture credit": "<p>صدر الصورة، وكالة الواحة للأنباء</p>",
    "read also": "<p>اقرأ أيضا: <a href='/x'>إغلاق الطريق القديم أمام الشاحنات ابتداء من الغد</a>"
    "</p>",
    "read also, no link": "<p>اقرأ أيضًا | إغلاق الطريق القديم أمام الشاحنات ابتداء من الغد</p>",
    "read also in Urdu": "<p>یہ بھی پڑھیں: پرانی سڑک کل سے بھاری گاڑیوں کے لیے بند رہے گی</p>",
    "linked line": "<p><a href='/x'>إغلاق الطريق القديم أمام الشاحنات ابتداء من الغد</a></p>",
    "list of links": "<div class='box'><h4>مواضيع ذات صلة</h4><ul><li><a href='/x'>"
    "إغلاق الطريق القديم أمام الشاحنات</a></li><li><a href='/y'>"
    "البلدية تبحث عن شركة لصيانة الطرق</a></li></ul></div>",
    "list of dated links": "<ul>"
    + "".join(
        f"<li><a href='/{n}'>إغلاق الطريق القديم أمام الشاحنات ابتداء من الغد {n}</a>"
        "<p>قبل ساعتين في محليات من مراسلنا</p></li>"
        for n in range(4)
    )
    + "</ul>",
    "what a skip link skips": "<div><a href='#end-of-box'>تخطى هذا وواصل القراءة</a><strong>"
    "برنامجنا</strong><p>شرح معمق لقصة بارزة من أخبار اليوم، يأتيكم كل "
    "مساء.</p><p id='end-of-box'>نهاية هذا القسم</p></div>",
    "teasers": "<div class='more'><div class='item'><h3><a href='/x'>"
    "البلدية تبحث عن شركة لصيانة الطرق الداخلية</a></h3><p>"
    "قالت البلدية إنها ستطرح الشهر المقبل عطاء لصيانة الطرق في الأحياء القديمة من "
    "المدينة.</p></div></div>",
    "share bar": "<div class='social-share'><span>شارك الخبر</span><a href='#'>فيسبوك</a><a "
    "href='#'>واتساب</a></div>",
    "share label": "<div>شارك الخبر</div>",
    "tags": "<div class='tags'>الكلمات المفتاحية: <a href='/t/1'>جسر</a> <a href='/t/2'>"
    "الواحة</a></div>",
    "follow us": "<p>تابعونا على واتساب لمعرفة آخر أخبار المدينة أولا بأول</p>",
    "follow our news": "<p>متابعة أخبار الواحة على <a href='https://t.me/oasis'>تلغرام</a></p>",
    "follow us in Urdu": "<p>ہمارے واٹس ایپ چینل سے جڑیں اور تازہ ترین خبریں حاصل کریں</p>",
    "poll": "<div class='poll'><p>هل ترى أن الجسر الجديد سيحل مشكلة الازدحام في "
    "المدينة؟</p><p>نعم</p><p>لا</p></div>",
    "author box": "<div class='author-box'><p>كاتب صحفي من الواحة يعمل في الصحافة منذ عشرين عاما "
    "وله كتب كثيرة.</p></div>",
    "newsletter": "<div class='newsletter'><p>اشترك في نشرتنا لتصلك أخبار المدينة كل صباح إلى "
    "بريدك دون مقابل.</p></div>",
    "date line": "<p>السبت، 9 مارس 2024 - الساعة 11:15 صباحا</p>",
    "hidden": "<div style='display: none'><p>هذا النص لا يراه القارئ لأنه مخفي في الصفحة ولا شأن "
    "له بالخبر.</p></div>",
}


@pytest.mark.parametrize("name", FURNITURE)
@pytest.mark.parametrize("place", [1, 2, 4])
def test_what_is_not_the_story_is_left_out(
    name: str, place: int, page: Page, story: tuple[str, ...], paragraphs: Paragraphs
) -> None:
    content = (
        f"<div class='story'>{paragraphs(story[:place])}{FURNITURE[name]}"
        f"{paragraphs(story[place:])}</div>"
    )
    assert body(page(content)) == "\n\n".join(story)


AT_THE_END = {
    "comment policy": "<div><p>ترحب الصحيفة بتعليقات القراء وتدعوهم إلى قراءة سياسة الخصوصية قبل "
    "الكتابة.</p></div>",
    "disclaimer": "<p>الآراء المنشورة لا تعبر عن رأي الصحيفة وإنما عن رأي أصحابها.</p>",
    "copyright": "<p>جميع الحقوق محفوظة لصحيفة الواحة، ويمنع النقل دون إذن مكتوب.</p>",
    "copyright in Urdu": "<p>جملہ حقوق بحق ادارہ محفوظ ہیں اور بلا اجازت نقل کرنا منع ہے۔</p>",
    "heading of nothing": "<h3>مواضيع أخرى</h3>",
    "comments": "<div id='comments'><h3>التعليقات</h3>"
    + "".join(
        f"<div class='comment'><p>تعليق القارئ رقم {n}: نشكر البلدية على هذا العمل الكبير ونرجو "
        "المزيد.</p></div>"
        for n in range(9)
    )
    + "</div>",
    "next story": "<div class='next'><h1>خبر آخر عن حديقة المدينة الجديدة</h1><p>"
    "تفتح الحديقة أبوابها يوم الجمعة أمام الزوار دون مقابل.</p></div>",
}


@pytest.mark.parametrize("name", AT_THE_END)
def test_what_follows_the_story_is_left_out(
    name: str, page: Page, story: tuple[str, ...], paragraphs: Paragraphs
) -> None:
    assert body(page(f"<div>{paragraphs(story)}{AT_THE_END[name]}</div>")) == "\n\n".join(story)
    assert body(page(f"<div>{paragraphs(story)}</div>{AT_THE_END[name]}")) == "\n\n".join(story)


@pytest.mark.parametrize(
    "heading", ["<h2>أثر الجسر</h2>", "<p><strong>أثر الجسر</strong></p>", "<p>أثر الجسر</p>"]
)
def test_sub_headings_are_kept(
    heading: str, page: Page, story: tuple[str, ...], paragraphs: Paragraphs
) -> None:
    html = page(f"<div>{paragraphs(story[:2])}{heading}{paragraphs(story[2:])}</div>")
    assert body(html) == "\n\n".join([*story[:2], "أثر الجسر", *story[2:]])


def test_automatically_linked_words_stay_in_their_sentence(
    page: Page, story: tuple[str, ...]
) -> None:
    linked = [
        text.replace("الجسر", "<a class='tag-link txt_link' href='/t/9'>الجسر</a>")
        for text in story
    ]
    assert body(page("".join(f"<p>{text}</p>" for text in linked))) == "\n\n".join(story)


@pytest.mark.parametrize(
    "sentence",
    [
        "المزيد من الشركات أعلنت رغبتها في العمل على الضفة الشرقية من النهر خلال العام المقبل.",
        "انضم إلى الحفل عدد من النواب الذين أيدوا المشروع منذ بدايته قبل ثلاث سنوات.",
        "شارك في الحفل سفراء ثلاث دول.",
        "فوٹو گرافر نے تقریب کی تصاویر بھی بنائیں جو بعد میں شہریوں میں تقسیم کی گئیں۔",
    ],
)
def test_sentences_that_open_like_furniture_are_kept(
    sentence: str, page: Page, story: tuple[str, ...], paragraphs: Paragraphs
) -> None:
    assert body(page(paragraphs((*story[:2], sentence, *story[2:])))) == "\n\n".join(
        [*story[:2], sentence, *story[2:]]
    )


def test_a_first_line_that_is_a_dateline_is_kept(
    page: Page, story: tuple[str, ...], paragraphs: Paragraphs
) -> None:
    assert body(page(paragraphs(("الواحة - وكالات", *story)))) == "\n\n".join(
        ["الواحة - وكالات", *story]
    )


def test_a_standfirst_that_the_story_repeats_is_printed_once(
    page: Page, story: tuple[str, ...], paragraphs: Paragraphs
) -> None:
    html = page(f"<p class='summary'>{story[0]}</p><div>{paragraphs(story)}</div>")
    assert body(html) == "\n\n".join(story)


def test_a_page_that_goes_on_with_other_stories_gives_its_own(
    page: Page, story: tuple[str, ...], headline: str, paragraphs: Paragraphs
) -> None:
    own = f"<article class='post post-1'><h1>{headline}</h1>{paragraphs(story)}</article>"
    longer = (
        "<p>قال المدير إن الحديقة الجديدة ستفتح أبوابها أمام الزوار يوم الجمعة المقبل.</p>" * 20
    )
    others = "".join(
        f"<article class='post post-{n}'><h2>خبر آخر رقم {n}</h2>{longer}</article>" for n in (2, 3)
    )
    assert body(page(own + others, h1=None)) == "\n\n".join(story)


def test_a_declared_body_outweighs_longer_text_elsewhere(
    page: Page, story: tuple[str, ...], paragraphs: Paragraphs
) -> None:
    longer = paragraphs(
        tuple(f"هذا نص طويل عن تاريخ الجسور في المدينة، وهو جزء رقم {n} منه." for n in range(5))
    )
    html = page(
        f"<div><div itemprop='articleBody'>{paragraphs(story[:2])}</div><div>{longer}</div></div>"
    )
    assert body(html) == "\n\n".join(story[:2])


def test_a_flash_of_one_line_is_a_story(page: Page) -> None:
    flash = "عاجل: وزير النقل يعلن فتح الجسر الجديد أمام السيارات مساء اليوم بعد تأخير."
    head = '<meta property="og:type" content="article">'
    assert body(page(f"<div class='text'><p>{flash}</p></div>", head=head)) == flash


def test_the_page_wins_over_an_article_body_in_structured_data(
    page: Page, story: tuple[str, ...], paragraphs: Paragraphs
) -> None:
    head = (
        '<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"ملخص قصير '
        'فقط"}</script>'
    )
    assert body(page(paragraphs(story), head=head)) == "\n\n".join(story)


def test_a_page_built_in_the_browser_gives_its_article_body(
    page: Page, story: tuple[str, ...], headline: str
) -> None:
    node = json.dumps(
        {"@type": "NewsArticle", "headline": headline, "articleBody": "\n".join(story)},
        ensure_ascii=False,
    )
    head = f'<script type="application/ld+json">{node}</script>'
    extraction = examine(page("<div id='app'></div>", head=head), URL)
    assert extraction.verdict == "article"
    assert extraction.article.body == "\n\n".join(story)
    other = head.replace(headline, "عنوان خبر آخر لا صلة له بهذه الصفحة")
    assert examine(page("<div id='app'></div>", head=other), URL).article.body is None


def test_an_urdu_story(page: Page, urdu_story: tuple[str, ...], paragraphs: Paragraphs) -> None:
    article = extract_article(
        page(paragraphs(urdu_story), h1="وزیر نے نئے پل کا افتتاح کر دیا"), URL
    )
    assert (article.body, article.language) == ("\n\n".join(urdu_story), "ur")


def test_a_windows_1256_page_gives_its_story(story: tuple[str, ...], headline: str) -> None:
    html = (
        f"<html><head><title>{headline}</title></head>"
        f"<h1>{headline}</h1><div>{'<br><br>'.join(story)}</div>"
    )
    article = extract_article(html.encode("windows-1256"), "https://www.waha.example/1")
    assert (article.headline, article.body) == (headline, "\n\n".join(story))


@pytest.mark.parametrize(
    "wrapper",
    ["<div class='part'>{}</div>", "<div class='card'><div class='part'><div>{}</div></div></div>"],
)
def test_the_second_part_of_a_story_on_a_page_of_links(
    page: Page, story: tuple[str, ...], wrapper: str
) -> None:
    parts = (story[:3], story[3:])
    content = "".join(wrapper.format("".join(f"<p>{text}</p>" for text in part)) for part in parts)
    assert body(page(content)) == "\n\n".join(story)


def test_a_part_of_links_is_no_second_part(page: Page, story: tuple[str, ...]) -> None:
    links = "".join(f"<p><a href='/s/{n}'>عنوان طويل لخبر آخر رقم {n}</a></p>" for n in range(9))
    parts = (f"<p>{'</p><p>'.join(story)}</p>", f"<p>تفاصيل عن أخبار المدينة كلها</p>{links}")
    content = "".join(f"<div class='part'>{part}</div>" for part in parts)
    assert body(page(content)) == "\n\n".join(story)
