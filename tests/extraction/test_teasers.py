"""Other stories, counters and captions inside the element that gathers the story are no part of it;
the linked sub-headings of a digest are."""

from collections.abc import Callable

import pytest

from crawler.extraction import extract_article

Page = Callable[..., str]
Paragraphs = Callable[[tuple[str, ...]], str]
URL = "https://www.waha.example/news/2024/bridge-1"

TITLES = (
    "أمانة المدينة تعلن مواعيد جديدة لعمل الأسواق الشعبية",
    "مزارعون يشكون نقص المياه في القرى الشمالية",
    "فريق الواحة يستعد لمباراة الكأس بغياب قائده",
    "معرض للكتاب القديم يفتح أبوابه في حي النهر",
)
SENTENCE = "تفاصيل الخبر الذي نشرته الصحيفة يوم أمس مع شهادات من السكان والمسؤولين في المدينة."
TEASERS = {
    "list of links with a paragraph": "<li><a href=U>T</a><p>S</p></li>",
    "link and paragraph": "<div><a href=U>T</a><p>S</p></div>",
    "linked heading": "<div><h3><a href=U>T</a></h3><p>S</p></div>",
    "heading in a link": "<div><a href=U><h3>T</h3></a><p>S</p></div>",
    "bold link": "<div><p><strong><a href=U>T</a></strong></p><p>S</p></div>",
    "line break": "<div><a href=U>T</a><br>S</div>",
    "all in the link": "<a href=U><b>T</b><span>S</span></a>",
    "more at the end": "<div><h3>T</h3><p>S</p><a href=U>التفاصيل</a></div>",
    "image and title in one line": (
        "<div><a href=U><img src=i></a><span><a href=U>T</a></span> <span>S</span></div>"
    ),
    "section with an image": "<section><a href=U><img src=i></a><a href=U>T</a><p>S</p></section>",
    "definition list": "<dl><dt><a href=U>T</a></dt><dd>S</dd></dl>",
    "table row": "<tr><td><a href=U>T</a></td><td>S</td></tr>",
    "quotations": "<blockquote><p><a href=U>T</a></p><p>S</p></blockquote>",
}


@pytest.mark.parametrize("label", ["<h4>أخبار مشابهة</h4>", "<p><b>اقرأ أيضا</b></p>", ""])
@pytest.mark.parametrize("form", TEASERS.values(), ids=TEASERS)
def test_a_row_of_teasers_inside_the_story_is_left_out(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], form: str, label: str
) -> None:
    teasers = "".join(
        form.replace("U", f"/story/{number}").replace("T", title).replace("S", SENTENCE)
        for number, title in enumerate(TITLES)
    )
    if form.startswith("<tr"):
        teasers = f"<table>{teasers}</table>"
    html = page(f"<div class='x1'>{paragraphs(story)}<div class='x2'>{label}{teasers}</div></div>")
    assert extract_article(html, URL).body == "\n\n".join(story)
    middle = (
        f"<div class='x1'>{paragraphs(story[:2])}<div class='x2'>{label}{teasers}</div>"
        f"{paragraphs(story[2:])}</div>"
    )
    assert extract_article(page(middle), URL).body == "\n\n".join(story)


@pytest.mark.parametrize(
    "label", ["<h3>في هذا الملف</h3>", "<p>ومما كتبناه:</p>", "<p>من ملفاتنا...</p>"]
)
@pytest.mark.parametrize("links", ["<ul><li>A</li><li>B</li></ul>", "<p>A</p><p>B</p>"])
def test_a_label_above_links_goes_with_them(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], links: str, label: str
) -> None:
    for mark, title in zip("AB", TITLES, strict=False):
        links = links.replace(mark, f"<a href='/s/{mark}'>{title}</a>")
    for content in (
        f"<div>{paragraphs(story)}{label}{links}</div>",
        f"<div>{paragraphs(story[:2])}{label}{links}{paragraphs(story[2:])}</div>",
    ):
        assert extract_article(page(content), URL).body == "\n\n".join(story)


@pytest.mark.parametrize("line", ["<h3>كلفة المشروع</h3>", "<p>المصدر: رويترز</p>"])
def test_a_sub_heading_or_a_credit_above_a_link_stays(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], line: str
) -> None:
    link = f"<p><a href='/s/1'>{TITLES[0]}</a></p>"
    html = page(f"<div>{paragraphs(story[:2])}{line}{link}{paragraphs(story[2:])}</div>")
    text = line.split(">")[1].split("<")[0]
    assert extract_article(html, URL).body == "\n\n".join([*story[:2], text, *story[2:]])


@pytest.mark.parametrize("more", ["اقرأ المزيد", "التفاصيل...", "مزید پڑھیں", "Read more"])
def test_one_teaser_that_ends_in_a_link_to_the_rest_is_left_out(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], more: str
) -> None:
    teaser = f"<div><h4>{TITLES[0]}</h4><p>{SENTENCE}</p><a href='/s/1'>{more}</a></div>"
    for content in (
        f"<div>{paragraphs(story[:2])}{teaser}{paragraphs(story[2:])}</div>",
        f"<div>{paragraphs(story)}{teaser}</div>",
    ):
        assert extract_article(page(content), URL).body == "\n\n".join(story)


def test_paragraphs_that_open_with_a_link_are_no_teasers(
    page: Page, story: tuple[str, ...]
) -> None:
    linked = "".join(
        f"<p><a href='/topic/{number}'>{text[:20]}</a>{text[20:]}</p>"
        for number, text in enumerate(story)
    )
    assert extract_article(page(f"<div>{linked}</div>"), URL).body == "\n\n".join(story)


PARTS = (
    ("وزارة النقل تفتتح جسر الواحة الجديد", "افتتحت وزارة النقل جسر الواحة الجديد بعد ثلاث سنوات."),
    ("البلدية ترفع أجور عمال النظافة", "رفعت البلدية أجور عمال النظافة بنسبة خمسة في المئة."),
    ("افتتاح معرض الكتاب القديم في الحي", "افتتح معرض الكتاب القديم في الحي بمشاركة عشرين دارا."),
)
DIGESTS = {
    "paragraphs": "<p><a href=U>T</a></p><p>S</p>",
    "headings": "<h2><a href=U>T</a></h2><p>S</p>",
    "bold": "<p><strong><a href=U>T</a></strong></p><p>S</p>",
    "own parts": "<h3><a href='#U'>T</a></h3><p>S</p>",
}


@pytest.mark.parametrize("form", DIGESTS.values(), ids=DIGESTS)
def test_the_linked_headings_of_a_digest_stay(
    page: Page, story: tuple[str, ...], form: str
) -> None:
    parts = "".join(
        form.replace("U", f"/story/{number}").replace("T", title).replace("S", text)
        for number, (title, text) in enumerate(PARTS)
    )
    body = extract_article(page(f"<div class='text'><p>{story[0]}</p>{parts}</div>"), URL).body
    assert body == "\n\n".join([story[0], *(line for part in PARTS for line in part)])


@pytest.mark.parametrize("place", ["first", "last"])
@pytest.mark.parametrize(
    "line",
    [
        *("عدد المشاهدات: 1,204", "١٢٠ مشاهدة", "قبل ساعتين", "مدة القراءة: 4 دقائق"),
        *("تاريخ النشر: منذ 3 ساعات", "120 لوگوں نے پڑھا", "عدد التعليقات: 3"),
        *("۲۷ منٹ قبل", "یہ خبر 12 ہزار مرتبہ پڑھی گئی", "3 min read"),
        *("آخر تحديث للصفحة الساعة 8:55 مساء", "***", "ــــــ", "-->", "۔۔۔", "• •"),
    ],
)
def test_a_counter_or_a_bare_mark_is_no_paragraph(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], line: str, place: str
) -> None:
    texts = (line, *story) if place == "first" else (*story, line)
    html = page(f"<article>{paragraphs(texts)}</article>")
    assert extract_article(html, URL).body == "\n\n".join(story)


@pytest.mark.parametrize(
    "line",
    [
        *("إعلان", "يستمر المقال بعد الإعلان", "المقال التالي", "التالي", "عرض المزيد", "(أرشيف)"),
        *("شاهد: لحظة افتتاح الجسر", "صورة: رويترز", "التصنيفات: أخبار", "فيديو : لحظة الافتتاح"),
        *("اشتہار", "اگلی خبر", "ویڈیو دیکھیں", "تصویر: اے ایف پی", "کیٹگری: پاکستان"),
        *("Advertisement", "You may also like...", "Image credit: NASA", "Filed under: News"),
    ],
)
def test_a_label_of_the_page_is_no_paragraph_and_no_author(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], line: str
) -> None:
    for texts in ((*story[:2], line, *story[2:]), (*story, line)):
        article = extract_article(page(f"<article>{paragraphs(texts)}</article>"), URL)
        assert article.body == "\n\n".join(story)
        assert list(article.authors) == []


@pytest.mark.parametrize(
    "line",
    [
        *("التالي في جدول الأعمال زيارة الميناء.", "صورة المدينة تغيرت كثيرا.", "إعلان الواحة"),
        *("شاهد عيان: رأيت الجسر يهتز", "الخبر السابق عن الجسر كاذب.", "تصویر بدل گئی ہے۔"),
    ],
)
def test_a_line_that_opens_with_the_words_of_a_label_stays(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], line: str
) -> None:
    texts = (*story[:2], line, *story[2:])
    html = page(f"<article>{paragraphs(texts)}</article>")
    assert extract_article(html, URL).body == "\n\n".join(texts)


@pytest.mark.parametrize("line", ["قبل الحرب", "قرأ الخبر 120 رجلا", "أهلها 120 ألفا", "3 أيام."])
def test_a_short_line_with_a_number_or_a_time_stays(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], line: str
) -> None:
    texts = (*story[:2], line, *story[2:])
    html = page(f"<article>{paragraphs(texts)}</article>")
    assert extract_article(html, URL).body == "\n\n".join(texts)


CAPTION = "جانب من حفل الافتتاح على ضفة النهر في المدينة"
CAPTIONS = {
    "em": f"<p><img src=c.jpg><br><em>{CAPTION}</em></p>",
    "small in a linked image's paragraph": (
        f"<p><a href=c.jpg><img src=c.jpg></a><br><small>{CAPTION}</small></p>"
    ),
    "the image's own description": f"<p><img src=c.jpg alt='{CAPTION}'><br>{CAPTION}</p>",
    "two breaks": f"<div><img src=c.jpg><br><br><i>{CAPTION}</i></div>",
    "named span": (
        f"<p><span class='i'><img src=c.jpg><span class='caption'>{CAPTION}</span></span></p>"
    ),
    "named span with a credit": (
        f"<div class='photo'><p><img src=c.jpg></p><span class='newsCaption'>{CAPTION} "
        "<span class='credit'>رويترز</span></span></div>"
    ),
    "element beside the image": f"<div class='x'><img src=c.jpg><div>{CAPTION}</div></div>",
    "span beside a linked image": (
        f"<div><div><a href='c.jpg'><img src=c.jpg></a></div><span>{CAPTION}</span></div>"
    ),
    "sentence in a named frame": f"<div class='story-img'><img src=c.jpg><p>{CAPTION}.</p></div>",
    "named paragraph": f"<img src=c.jpg><p class='img-desc'>{CAPTION}</p>",
    "photographer": f"<p><img src=c.jpg><br>{CAPTION} (تصوير سمير)</p>",
}


@pytest.mark.parametrize("caption", CAPTIONS.values(), ids=CAPTIONS)
def test_a_caption_under_an_image_in_a_paragraph_is_left_out(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], caption: str
) -> None:
    for content in (caption + paragraphs(story), paragraphs(story) + caption):
        body = extract_article(page(f"<article>{content}</article>"), URL).body
        assert body == "\n\n".join(story)


def test_sentences_beside_images_are_paragraphs(page: Page, story: tuple[str, ...]) -> None:
    rows = "".join(f"<div class='row'><img src='a.jpg'><p>{text}</p></div>" for text in story)
    assert extract_article(page(f"<article>{rows}</article>"), URL).body == "\n\n".join(story)


def test_a_flash_without_a_full_stop_beside_an_image_is_read(
    page: Page, story: tuple[str, ...]
) -> None:
    line = story[0].rstrip(".")
    html = page(f"<div class='body'><img src='a.jpg'><p>{line}</p></div>")
    assert extract_article(html, URL).body == line


COMMENT = "هذا رأي قارئ من قراء الصحيفة في الخبر المنشور أعلاه وفي ما جاء فيه."
THREADS = {
    "in the story": "<h3>التعليقات</h3>" + f"<p>{COMMENT}</p>" * 3,
    "beside it": "<div class='z'><h4>3 تعليقات</h4>"
    + f"<div><b>قارئ</b><p>{COMMENT}</p></div>" * 9
    + "</div>",
    "form first": f"<section><h2>اترك تعليقاً</h2><p>{COMMENT}</p></section>",
    "Urdu": "<h3>تبصرے (3)</h3>" + f"<p>{COMMENT}</p>" * 3,
}


@pytest.mark.parametrize("thread", THREADS.values(), ids=THREADS)
def test_what_stands_below_a_heading_of_comments_is_none_of_the_story(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], thread: str
) -> None:
    for content in (
        f"<div>{paragraphs(story)}{thread}</div>",
        f"<div>{paragraphs(story)}</div>{thread}",
    ):
        assert extract_article(page(content), URL).body == "\n\n".join(story)


def test_a_heading_of_comments_above_the_story_or_in_it_ends_nothing(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...]
) -> None:
    html = page(f"<div><h3>التعليقات</h3>{paragraphs(story)}</div>")
    assert extract_article(html, URL).body == "\n\n".join(story)


@pytest.mark.parametrize(
    "heading",
    ["تعليقات الوزير على الحادث", "شارك في الحفل وزراء", "الموضوع لم ينته", "تبصرے اور رد عمل"],
)
def test_a_sub_heading_that_opens_with_the_word_of_a_widget_stays(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], heading: str
) -> None:
    html = page(f"<div>{paragraphs(story[:3])}<h3>{heading}</h3>{paragraphs(story[3:])}</div>")
    assert extract_article(html, URL).body == "\n\n".join([*story[:3], heading, *story[3:]])


def test_a_drop_cap_is_no_caption(page: Page, story: tuple[str, ...]) -> None:
    first = f"<p><span class='drop-cap'>{story[0][0]}</span>{story[0][1:]}</p>"
    html = page(f"<article>{first}{''.join(f'<p>{text}</p>' for text in story[1:])}</article>")
    assert extract_article(html, URL).body == "\n\n".join(story)


def test_a_paragraph_that_begins_with_an_image_stays(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...]
) -> None:
    first = f"<p><img src=c.jpg alt='صورة'><br>{story[0]}</p>"
    italic = f"<p><em>{story[1]}</em></p>"
    html = page(f"<article>{first}{italic}{paragraphs(story[2:])}</article>")
    assert extract_article(html, URL).body == "\n\n".join(story)
