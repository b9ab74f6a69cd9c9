"""Stories in shapes that are easily taken for a listing, or for less than they are; and listings
that stay listings."""

from collections.abc import Callable

import pytest

from crawler.extraction import examine

Page = Callable[..., str]
Paragraphs = Callable[[tuple[str, ...]], str]
URL = "https://www.waha.example/news/2024/bridge-1"
TITLES = [f"خبر آخر من أخبار المدينة رقم {n} وهو لا صلة له بما يقرأ هنا" for n in range(120)]
LISTS = {
    "list": lambda: "".join(f"<li><a href='/s/{n}'>{t}</a></li>" for n, t in enumerate(TITLES)),
    "divs": lambda: "".join(f"<div><a href='/s/{n}'>{t}</a></div>" for n, t in enumerate(TITLES)),
    "headings": lambda: "".join(
        f"<h3><a href='/s/{n}'>{t}</a></h3>" for n, t in enumerate(TITLES[:20])
    ),
}


@pytest.mark.parametrize("links", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("order", ["before", "behind"])
def test_a_story_in_one_element_with_a_long_list_of_links_is_read(
    page: Page,
    paragraphs: Paragraphs,
    story: tuple[str, ...],
    links: Callable[[], str],
    order: str,
) -> None:
    parts = (links(), paragraphs(story))
    content = "".join(parts if order == "before" else parts[::-1])
    extraction = examine(page(f"<div class='main'>{content}</div>"), URL)
    assert extraction.verdict == "article"
    assert extraction.article.body == "\n\n".join(story)


def test_summaries_among_their_links_are_a_listing(page: Page, story: tuple[str, ...]) -> None:
    items = "".join(
        f"<h3><a href='/s/{n}'>{TITLES[n]} {TITLES[n + 1]}</a></h3><p>{story[n % 4][:60]} {n}</p>"
        for n in range(20)
    )
    html = page(f"<div>{items}</div>", h1="أخبار المدينة", title="أخبار المدينة")
    assert examine(html, URL).verdict == "listing"


URDU_HEADLINE = "دریا پر نئے پل کا افتتاح، ٹریفک کا دباؤ کم ہوگا"


@pytest.mark.parametrize("language", ["ar", "ur"])
@pytest.mark.parametrize(
    "form", ["<h3><a href=U>T</a></h3>", "<article><a href=U><h3>T</h3></a></article>"]
)
@pytest.mark.parametrize(
    "content", ["<div>S L</div>", "<div>S</div><div>L</div>", "<div>L S</div>"]
)
def test_a_story_of_two_sentences_above_linked_headings_is_read(
    page: Page,
    story: tuple[str, ...],
    urdu_story: tuple[str, ...],
    headline: str,
    content: str,
    form: str,
    language: str,
) -> None:
    texts = (story if language == "ar" else urdu_story)[:2]
    own = headline if language == "ar" else URDU_HEADLINE
    others = "".join(
        form.replace("U", f"/s/{n}").replace("T", t) for n, t in enumerate(TITLES[:30])
    )
    content = content.replace("L", others).replace("S", "".join(f"<p>{t}</p>" for t in texts))
    extraction = examine(page(content, title=own, h1=own), URL)
    assert extraction.verdict == "article"
    assert extraction.article.body == "\n\n".join(texts)


@pytest.mark.parametrize(
    ("h1", "path"),
    [
        ("أخبار مدينة الواحة والقرى من حولها", "/tag/2024-waha-city"),
        ("أخبار مدينة الواحة والقرى من حولها", "/news/waha"),
        ("جسر الواحة", "/news/2024/bridge-1"),
        ("كل ما ينشر عن الرياضة في البلاد", "/news/2024/bridge-1"),
    ],
)
def test_a_section_with_two_sentences_about_it_is_a_listing(page: Page, h1: str, path: str) -> None:
    about = "تجدون هنا أخبار مدينة الواحة والقرى من حولها يوما بيوم، مع صور وتقارير من مراسلينا."
    html = page(f"<div><p>{about}</p>{LISTS['headings']()}</div>", h1=h1, title=h1)
    assert examine(html, f"https://www.waha.example{path}").verdict == "listing"


def test_a_section_with_a_description_is_a_listing(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...]
) -> None:
    content = f"<div>{paragraphs(story)}<ul>{LISTS['list']()}</ul></div>"
    html = page(content, h1="أخبار المدينة", title="أخبار المدينة")
    assert examine(html, URL).verdict == "listing"


def test_the_lines_of_preformatted_text_are_paragraphs(page: Page, story: tuple[str, ...]) -> None:
    text = "\n\n".join(story)
    for content in (f"<pre>{text}</pre>", f"<div style='white-space: pre-line'>\n{text}\n</div>"):
        assert examine(page(content), URL).article.body == text


def test_paragraphs_in_wrappers_of_their_own_are_one_story(
    page: Page, story: tuple[str, ...]
) -> None:
    content = "".join(
        f"<div class='row'><div class='col'><div><p>{text}</p></div></div></div>"
        "<div class='ad'>إعلان</div>"
        for text in story
    )
    assert examine(page(content), URL).article.body == "\n\n".join(story)


PARTS = {
    "sections": (
        "<section class='outer'><div class='flex'><div class='content'>X</div></div></section>"
        "<section class='picture'><figure><img src='a.jpg'></figure></section>"
    ),
    "rows": "<div class='row'><div class='text'>X</div></div><div class='ad'>إعلان</div>",
}


@pytest.mark.parametrize("language", ["ar", "ur"])
@pytest.mark.parametrize("form", PARTS.values(), ids=PARTS)
def test_a_story_in_several_parts_alike_is_one(
    page: Page,
    paragraphs: Paragraphs,
    story: tuple[str, ...],
    urdu_story: tuple[str, ...],
    form: str,
    language: str,
) -> None:
    texts = story if language == "ar" else urdu_story
    for parts in ((texts[:2], texts[2:]), (texts[:1], texts[1:])):
        content = "".join(form.replace("X", paragraphs(part)) for part in parts)
        assert examine(page(f"<div>{content}</div>"), URL).article.body == "\n\n".join(texts)


@pytest.mark.parametrize("title", ["<h2><a href='/s/1'>T</a></h2>", "<h2>T</h2>", "<h1>T</h1>"])
@pytest.mark.parametrize("length", [1, 4], ids=["as long", "longer"])
@pytest.mark.parametrize("element", ["div", "article", "section"])
def test_whole_stories_alike_below_the_pages_own_are_none_of_it(
    page: Page,
    paragraphs: Paragraphs,
    story: tuple[str, ...],
    headline: str,
    title: str,
    element: str,
    length: int,
) -> None:
    other = tuple(f"{text} {n}" for n in range(length) for text in story)
    content = "".join(
        f"<{element} class='post'>{head}<div class='text'>{paragraphs(texts)}</div></{element}>"
        for head, texts in (
            (f"<h1>{headline}</h1>", story),
            (title.replace("T", TITLES[1]), other),
        )
    )
    body = examine(page(f"<div>{content}</div>", h1=None), URL).article.body
    assert body == "\n\n".join(story)


ANSWERS = [("كيف بدأ العمل؟", "في ورشة والدي."), ("متى؟", "عام 1990."), ("من علمك؟", "أخي.")]


INTERVIEWS = {
    "paragraphs": "<p>Q</p><p>A</p>",
    "bold questions": "<p><strong>Q</strong></p><p>A</p>",
    "headings": "<h3>Q</h3><p>A</p>",
    "named elements": "<div class='q'>Q</div><div class='a'>A</div>",
    "each pair in an element": "<div class='qa'><div class='q'>Q</div><div class='a'>A</div></div>",
    "entries": "<li>Q</li><li>A</li>",
    "definitions": "<dt>Q</dt><dd>A</dd>",
}
AROUND = {"entries": "<ol>X</ol>", "definitions": "<dl>X</dl>"}


@pytest.mark.parametrize("name", INTERVIEWS)
@pytest.mark.parametrize("paragraphs_before", [1, 4])
def test_short_answers_stay(
    page: Page, story: tuple[str, ...], name: str, paragraphs_before: int
) -> None:
    pairs = "".join(INTERVIEWS[name].replace("Q", q).replace("A", a) for q, a in ANSWERS)
    opening = story[:paragraphs_before]
    content = "".join(f"<p>{text}</p>" for text in opening)
    content += AROUND.get(name, "X").replace("X", pairs)
    body = examine(page(f"<div>{content}</div>"), URL).article.body
    assert body == "\n\n".join([*opening, *(line for pair in ANSWERS for line in pair)])


def test_a_list_of_short_entries_between_paragraphs_stays(
    page: Page, story: tuple[str, ...]
) -> None:
    entries = ["الجسر الأول", "الجسر الثاني", "جسر النهر"]
    items = "".join(f"<li>{entry}</li>" for entry in entries)
    rest = "".join(f"<p>{text}</p>" for text in story[1:])
    content = f"<div><p>{story[0]}</p><ul>{items}</ul>{rest}</div>"
    body = examine(page(content), URL).article.body
    assert body == "\n\n".join([story[0], *entries, *story[1:]])


def test_labels_behind_the_story_are_none_of_it(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...]
) -> None:
    labels = "<ul><li>مدن</li><li>جسور</li><li>طرق</li></ul><div class='src'>الواحة</div>"
    html = page(f"<div>{paragraphs(story)}{labels}</div>")
    assert examine(html, URL).article.body == "\n\n".join(story)


STANDINGS = [
    ("النادي", "لعب", "نقاط"),
    ("الواحة", "12", "28"),
    ("النهر", "12", "25"),
    ("الميناء", "11", "22"),
]
CELLS = [cell for row in STANDINGS for cell in row]


def table(cell: str = "<td>C</td>") -> str:
    rows = ("".join(cell.replace("C", text) for text in row) for row in STANDINGS)
    return f"<table><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"


TABLES = {
    "plain": table(),
    "in a figure": f"<figure class='wp-block-table'>{table()}</figure>",
    "in an element that scrolls": f"<div class='table-responsive'>{table()}</div>",
    "paragraphs in the cells": table("<td><p>C</p></td>"),
    "dated head": table().replace("النادي", "2024", 1),
}


@pytest.mark.parametrize("form", TABLES.values(), ids=TABLES)
def test_a_table_of_data_among_the_paragraphs_is_the_storys(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], form: str
) -> None:
    cells = CELLS if "2024" not in form else ["2024", *CELLS[1:]]
    for before, behind in ((story[:2], story[2:]), (story, ())):
        content = f"<div>{paragraphs(before)}{form}{paragraphs(behind)}</div>"
        body = examine(page(content), URL).article.body
        assert body == "\n\n".join([*before, *cells, *behind])


def test_linked_names_in_a_table_of_data_stay(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...]
) -> None:
    linked = table().replace("<td>النهر</td>", "<td><a href='/team/2'>النهر</a></td>")
    body = examine(page(f"<div>{paragraphs(story)}{linked}</div>"), URL).article.body
    assert body == "\n\n".join([*story, *CELLS])


def test_a_table_of_links_or_of_the_page_itself_is_none_of_the_story(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...]
) -> None:
    links = table("<td><a href='/s/C'>C C</a></td>")
    around = (
        f"<table><tr><td>الرئيسية</td><td>سياسة</td><td>رياضة</td></tr>"
        f"<tr><td>{paragraphs(story)}{links}</td><td>الطقس</td><td>28</td></tr></table>"
    )
    assert examine(page(around), URL).article.body == "\n\n".join(story)


LINKED = {
    "to the page itself": lambda texts: "".join(f"<p><a href='{URL}'>{t}</a></p>" for t in texts),
    "to places on it": lambda texts: "".join(f"<p><a href='#'>{t}</a></p>" for t in texts),
    "to topics": lambda texts: "".join(
        f"<p><a href='/topic/{n}'>{t}</a></p>" for n, t in enumerate(texts)
    ),
    "one around all": lambda texts: (
        f"<a href='/story/1'>{''.join(f'<p>{t}</p>' for t in texts)}</a>"
    ),
    "marks of places": lambda texts: "".join(f"<div><a name='{t[0]}'>{t}</a></div>" for t in texts),
    "a mark left open": lambda texts: f"<a name='top'>{'<br><br>'.join(texts)}",
}


@pytest.mark.parametrize("language", ["ar", "ur"])
@pytest.mark.parametrize("form", LINKED.values(), ids=LINKED)
def test_a_story_whose_paragraphs_are_links_is_read(
    page: Page,
    story: tuple[str, ...],
    urdu_story: tuple[str, ...],
    form: Callable[[tuple[str, ...]], str],
    language: str,
) -> None:
    texts = story if language == "ar" else urdu_story
    extraction = examine(page(f"<div class='c1'>{form(texts)}</div>"), URL)
    assert extraction.verdict == "article"
    assert extraction.article.body == "\n\n".join(texts)


@pytest.mark.parametrize(
    "form",
    [
        "<div><h3><a href='/s/N'>T</a></h3><p><a href='/s/N'>S</a></p></div>",
        "<a href='/s/N'><h3>T</h3><p>S</p></a>",
        "<p><a href='/s/N'>T</a></p>",
    ],
)
def test_linked_titles_and_summaries_of_other_stories_stay_a_listing(
    page: Page, story: tuple[str, ...], form: str
) -> None:
    items = "".join(
        form.replace("N", str(number)).replace("T", title).replace("S", story[number % 4])
        for number, title in enumerate(TITLES[:20])
    )
    assert examine(page(f"<div>{items}</div>", h1=TITLES[0]), URL).verdict == "listing"


@pytest.mark.parametrize(
    "form",
    ["<div class='subtitle'>T</div>", "<h3 class='sub-title'>T</h3>", "<p class='kicker'>T</p>"],
)
def test_a_line_named_a_deck_among_the_paragraphs_is_a_sub_heading(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], form: str
) -> None:
    line = form.replace("T", "كلفة المشروع")
    among = f"<div>{paragraphs(story[:2])}{line}{paragraphs(story[2:])}</div>"
    body = examine(page(among), URL).article.body
    assert body == "\n\n".join([*story[:2], "كلفة المشروع", *story[2:]])
    above = f"<div>{line}{paragraphs(story)}</div>"
    assert examine(page(above), URL).article.body == "\n\n".join(story)


def test_a_post_of_a_social_network_is_part_of_the_story(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...]
) -> None:
    post, author = "هذا جسر جميل انتظره الناس سنوات طويلة.", "— سمير الحداد رئيس البلدية (@samir)"
    embedded = (
        f"<div class='social-embed'><blockquote class='twitter-tweet'><p>{post}</p>{author}"
        "</blockquote></div>"
    )
    buttons = (
        "<div class='social-share'><span>شارك هذا الخبر مع أصدقائك على مواقع التواصل</span></div>"
    )
    content = f"<div>{paragraphs(story[:2])}{embedded}{paragraphs(story[2:])}{buttons}</div>"
    body = examine(page(content), URL).article.body
    assert body == "\n\n".join([*story[:2], post, author, *story[2:]])


def test_what_a_story_says_twice_stays_and_copies_for_other_screens_go(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...]
) -> None:
    texts = (*story, story[0])
    assert examine(page(f"<div>{paragraphs(texts)}</div>"), URL).article.body == "\n\n".join(texts)
    copy = f"<div>{paragraphs(story[:2])}<div class='mobile'>{paragraphs(story[:2])}</div>"
    content = f"{copy}{paragraphs(story[2:])}</div>"
    assert examine(page(content), URL).article.body == "\n\n".join(story)
    call = "<p>للاطلاع على تقرير الوزارة الكامل عن الجسر <a href='/r/1'>اضغط هنا</a> الآن.</p>"
    content = f"<div>{paragraphs(story[:2])}{call}{paragraphs(story[2:])}{call}</div>"
    assert (examine(page(content), URL).article.body or "").count("اضغط هنا") == 1


SOURCES = {
    "report": "<p><a href='https://transport.example/r.pdf'>تقرير الوزارة عن الجسر</a></p>",
    "heading": "<h3><a href='https://shop.example/7'>كتاب الجسور القديمة في المدينة</a></h3>",
    "address": "<p><a href='https://www.waha.example/x'>https://www.waha.example/x</a></p>",
    "two": "<p><a href='//river.org.example/'>جمعية النهر</a> و<a href='https://sea.example'>البحر</a></p>",
}
SOURCES["only entry"] = "<ul><li><a href='https://shop.example/7'>كتاب الجسور القديمة</a></li></ul>"
SOURCES["address in a post"] = (
    "<blockquote><p>هذا جسر جميل انتظره الناس سنوات طويلة.<br><br><a href='https://t.co/x'>https://t.co/x</a></p></blockquote>"
)
POINTERS = {
    "only entry": "<ul><li><a href='/s/9'>أمانة المدينة تعلن مواعيد جديدة</a></li></ul>",
    "story": "<p><a href='/s/9'>أمانة المدينة تعلن مواعيد جديدة لعمل الأسواق</a></p>",
    "story of a sister": "<p><a href='https://sport.waha.example/9'>الفريق يستعد للكأس</a></p>",
    "network": "<p><a href='https://t.me/waha'>الواحة حيث أنتم لحظة بلحظة</a></p>",
    "networks": (
        "<p>كونوا معنا حيث أنتم على <a href='https://www.facebook.com/waha'>فيسبوك</a> "
        "و<a href='https://x.com/waha'>إكس</a></p>"
    ),
    "shop": "<p><a href='https://play.google.com/store/apps'>الواحة في جيبك أينما كنت</a></p>",
}


@pytest.mark.parametrize("line", SOURCES.values(), ids=SOURCES)
def test_a_linked_line_that_names_another_site_stays(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], line: str
) -> None:
    content = f"<div>{paragraphs(story[:2])}{line}{paragraphs(story[2:])}</div>"
    parts = (examine(page(content), URL).article.body or "").split("\n\n")
    assert len(parts) == len(story) + 1 + line.count("<br><br>")
    assert tuple(parts[:2]) == story[:2]


@pytest.mark.parametrize("line", POINTERS.values(), ids=POINTERS)
def test_a_linked_line_to_the_outlets_own_pages_goes(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], line: str
) -> None:
    for content in (
        f"<div>{paragraphs(story[:2])}{line}{paragraphs(story[2:])}</div>",
        f"<div>{paragraphs(story)}{line}</div>",
    ):
        assert examine(page(content), URL).article.body == "\n\n".join(story)


def test_links_to_networks_beside_the_story_cut_none_of_it(
    page: Page, story: tuple[str, ...]
) -> None:
    buttons = "<a href='https://www.facebook.com/s'>f</a><a href='https://x.com/s'>x</a>"
    first = f"<a href='/topic/1'>{story[0][:20]}</a>{story[0][20:]}"
    content = f"<div>{'<br><br>'.join((first, *story[1:]))}<br><br>{buttons}</div>"
    assert examine(page(content), URL).article.body == "\n\n".join(story)


def test_entries_of_a_list_with_a_long_link_and_a_sentence_are_the_storys(
    page: Page, story: tuple[str, ...]
) -> None:
    linked = "أمانة المدينة تعلن مواعيد جديدة لعمل الأسواق الشعبية في عطلة العيد المقبلة"
    rest = "وقالت إنها تسري من يوم الخميس."
    mostly_link = f"<li><a href='/s/1'>{linked}</a>. {rest}</li>"
    items = [
        f"<li><a href='/t/{n}'>{text[:20]}</a>{text[20:]}</li>" for n, text in enumerate(story)
    ]
    content = f"<div><ol>{''.join([*items[:3], mostly_link, *items[3:]])}</ol></div>"
    body = examine(page(content), URL).article.body
    assert body == "\n\n".join([*story[:3], f"{linked}. {rest}", *story[3:]])
    others = "".join(f"<li><a href='/s/{n}'>{linked} {n}</a> {rest}</li>" for n in range(4))
    content = f"<div>{''.join(f'<p>{text}</p>' for text in story)}<ul>{others}</ul></div>"
    assert examine(page(content), URL).article.body == "\n\n".join(story)


NOT_FOR_READING = {
    "screen reader": "<div class='sr-only'>X</div>",
    "hidden to the eye": "<p class='visually-hidden'>X</p>",
    "for print": "<div class='d-none d-print-block'>X</div>",
    "call to act": "<div class='site-cta-wrap'><h4>قبل أن تذهب</h4><p>X</p></div>",
    "related in one word": "<div class='jp-relatedposts'><h3>ذات صلة</h3><p>X</p></div>",
    "tooltip": "<div class='tooltip-inner'>X</div>",
}


@pytest.mark.parametrize("form", NOT_FOR_READING.values(), ids=NOT_FOR_READING)
def test_named_parts_that_no_reader_of_the_story_sees_are_left_out(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], form: str
) -> None:
    other = form.replace(
        "X", "إذا أعجبك ما قرأت فانضم إلى قرائنا كل صباح واحصل على المزيد مما نكتب."
    )
    content = f"<div>{paragraphs(story[:2])}{other}{paragraphs(story[2:])}{other}</div>"
    assert examine(page(content), URL).article.body == "\n\n".join(story)


@pytest.mark.parametrize("tag", ["h2", "h3", "h4"])
def test_a_story_whose_paragraphs_are_headings_is_read(
    page: Page, story: tuple[str, ...], urdu_story: tuple[str, ...], tag: str
) -> None:
    for texts in (story, urdu_story):
        content = f"<div>{''.join(f'<{tag}>{text}</{tag}>' for text in texts)}</div>"
        assert examine(page(content), URL).article.body == "\n\n".join(texts)


def test_a_heading_named_a_lead_is_the_first_paragraph(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...]
) -> None:
    text = f"<div class='text'>{paragraphs(story[1:])}</div>"
    for lead in (
        f"<h2 class='lead'>{story[0]}</h2>",
        f"<div class='lead'><h3>{story[0]}</h3></div>",
    ):
        assert examine(page(lead + text), URL).article.body == "\n\n".join(story)
    deck = f"<h2>{story[0]}</h2>"
    assert examine(page(f"<header>{deck}</header>{text}"), URL).article.body == "\n\n".join(
        story[1:]
    )


@pytest.mark.parametrize("language", ["ar", "ur"])
def test_a_longer_text_about_something_else_is_not_the_story(
    page: Page,
    paragraphs: Paragraphs,
    story: tuple[str, ...],
    urdu_story: tuple[str, ...],
    headline: str,
    language: str,
) -> None:
    texts = story[:3] if language == "ar" else urdu_story
    own = headline if language == "ar" else URDU_HEADLINE
    about = "تأسست الصحيفة قبل أربعين عاما، وهي تعنى بأخبار القرى أيضا ويعمل فيها ستون صحفيا. "
    other = f"<div><div class='c2'><div><p>{about * 5}</p></div></div></div>"
    content = f"<div class='c1'>{paragraphs(texts)}</div>{other}"
    assert examine(page(content, title=own, h1=own), URL).article.body == "\n\n".join(texts)


@pytest.mark.parametrize("order", ["before", "behind"])
def test_a_long_story_of_a_short_headline_is_read_beside_a_list_of_links(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], order: str
) -> None:
    texts = tuple(f"{text} {number}." for number in range(2) for text in story)
    parts = (LISTS["list"](), paragraphs(texts))
    content = "".join(parts if order == "before" else parts[::-1])
    html = page(f"<div>{content}</div>", h1="جسر الواحة", title="جسر الواحة")
    assert examine(html, URL).article.body == "\n\n".join(texts)


def test_a_page_that_shows_itself_when_its_script_runs_is_read(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...]
) -> None:
    html = page(f"<div>{paragraphs(story)}</div>")
    for style in ("display:none", "visibility: hidden"):
        hidden = html.replace("<body>", f"<body style='{style}'>")
        assert examine(hidden, URL).article.body == "\n\n".join(story)


@pytest.mark.parametrize("bar", ["<h1>T</h1>", "<p>T</p>"])
def test_a_headline_that_only_a_bar_behind_the_story_prints_hides_nothing(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], headline: str, bar: str
) -> None:
    content = f"<div>{paragraphs(story)}</div><div class='fixed'>{bar.replace('T', headline)}</div>"
    article = examine(page(content, h1=None), URL).article
    assert article.headline == headline
    assert article.body == "\n\n".join(story)


def test_a_long_notice_above_the_headline_is_not_the_story(
    page: Page, story: tuple[str, ...], headline: str
) -> None:
    notice = (
        "<div class='c'><p>"
        + "نستخدم على هذا الموقع ما يلزم لقياس عدد القراء وأوقاتهم. " * 8
        + "</p></div>"
    )
    content = f"{notice}<h1>{headline}</h1><div><p>{story[0]}</p></div>"
    assert examine(page(content, h1=None), URL).article.body == story[0]


@pytest.mark.parametrize(
    "form",
    [
        "<section><h1>T</h1>X</section>",
        "<div class='w head'><div><h1>T</h1></div></div><div class='w text'><div>X</div></div>",
    ],
)
def test_parts_of_a_story_below_h1_elements_stay(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], form: str
) -> None:
    titles = ("كلفة المشروع", "حركة الشاحنات")
    halves = (story[:2], story[2:])
    content = "".join(
        form.replace("T", title).replace("X", paragraphs(half))
        for title, half in zip(titles, halves, strict=True)
    )
    body = examine(page(f"<div>{content}</div>"), URL).article.body
    assert body == "\n\n".join([titles[0], *halves[0], titles[1], *halves[1]])


def test_a_sentence_that_links_to_posts_on_networks_stays(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...]
) -> None:
    line = (
        "<p>كتب الوزير على <a href='https://x.com/m/status/12'>إكس</a> و"
        "<a href='https://www.facebook.com/m/posts/7'>فيسبوك</a> أن الجسر سيفتح غدا.</p>"
    )
    html = page(f"<div>{paragraphs(story[:2])}{line}{paragraphs(story[2:])}</div>")
    assert "سيفتح غدا" in (examine(html, URL).article.body or "")


SHAPES = {
    "entries": ("<ul>X</ul>", "<li>T</li>"),
    "entries with links": ("<ol>X</ol>", "<li><a href='/topic/1'>*</a>T</li>"),
    "rows of a table": ("<table>X</table>", "<tr><td>T</td></tr>"),
    "numbered rows": ("<table>X</table>", "<tr><td>1</td><td>T</td></tr>"),
    "definitions": ("<dl>X</dl>", "<dd>T</dd>"),
    "elements": ("<div>X</div>", "<div>T</div>"),
    "spans and breaks": ("<div>X</div>", "<span>T</span><br><br>"),
    "quotations": ("<div>X</div>", "<blockquote>T</blockquote>"),
    "cells of one table": ("<table><tr><td><font>X</font></td></tr></table>", "T<br><br>"),
}


@pytest.mark.parametrize("language", ["ar", "ur"])
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_story_without_paragraph_elements_is_read(
    page: Page,
    story: tuple[str, ...],
    urdu_story: tuple[str, ...],
    shape: tuple[str, str],
    language: str,
) -> None:
    texts = story if language == "ar" else urdu_story
    around, form = shape
    content = around.replace("X", "".join(form.replace("T", text) for text in texts))
    body = examine(page(content), URL).article.body or ""
    assert [part.lstrip("*") for part in body.split("\n\n") if part != "1"] == list(texts)


@pytest.mark.parametrize("language", ["ar", "ur"])
@pytest.mark.parametrize(
    "contents",
    ["<div class='toc'><p>المحتويات</p><ul>X</ul></div>", "<ul>X</ul>", "<div><ol>X</ol></div>"],
)
def test_a_wide_table_of_contents_hides_no_story(
    page: Page, story: tuple[str, ...], urdu_story: tuple[str, ...], contents: str, language: str
) -> None:
    texts = story if language == "ar" else urdu_story
    links = "".join(f"<li><a href='#p{n}'>{title}</a></li>" for n, title in enumerate(TITLES[:15]))
    parts = [(title, f"{texts[n % 3]} {n}") for n, title in enumerate(TITLES[:15])]
    sections = "".join(f"<h2 id='p{n}'>{t}</h2><p>{s}</p>" for n, (t, s) in enumerate(parts))
    content = f"<div>{contents.replace('X', links)}{sections}</div>"
    body = examine(page(content), URL).article.body
    assert body == "\n\n".join(line for part in parts for line in part)


@pytest.mark.parametrize("sizes", [(2, 2), (1, 3), (3, 1)])
@pytest.mark.parametrize(
    "form",
    [
        "<section class='b'><H>T</H>X</section>",
        "<div class='block'><div class='in'><H>T</H><div class='tx'>X</div></div></div>",
    ],
)
def test_sections_of_one_story_the_first_with_the_headline_are_one(
    page: Page,
    paragraphs: Paragraphs,
    story: tuple[str, ...],
    headline: str,
    form: str,
    sizes: tuple[int, int],
) -> None:
    texts = (story[: sizes[0]], (*story[sizes[0] :], "ويبقى السؤال عن مصير العبارات القديمة."))
    sub_heading = "كلفة المشروع ومن يدفعها"
    content = form.replace("H>", "h1>").replace("T", headline).replace("X", paragraphs(texts[0]))
    content += (
        form.replace("H>", "h2>").replace("T", sub_heading).replace("X", paragraphs(texts[1]))
    )
    body = examine(page(f"<div>{content}</div>", h1=None), URL).article.body
    assert body == "\n\n".join([*texts[0], sub_heading, *texts[1]])
