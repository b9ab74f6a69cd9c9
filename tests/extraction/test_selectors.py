"""An outlet's layouts sharpen the reading; where they no longer fit, the page is read without
them."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from unittest.mock import Mock

import pytest

from crawler.discovery.kinds import Feed
from crawler.extraction import body, examine, extract_article
from crawler.extraction.story_root import find_root
from crawler.items import Article, Authors
from crawler.outlet import Layout, Outlet

Page = Callable[..., str]
URL = "https://www.waha.example/news/2024/bridge-1"
STAMP = '<meta property="article:published_time" content="2024-03-09T09:15:00Z">'


def outlet(*layouts: Layout, zone: str = "Africa/Cairo") -> Outlet:
    return Outlet(
        name="waha",
        title="Waha",
        native="صحيفة الواحة",
        language="ar",
        country="EG",
        zone=zone,
        hosts=("www.waha.example",),
        articles=r"https://www\.waha\.example/news/.+",
        discovery=(Feed(url="https://www.waha.example/rss"),),
        publisher="waha",
        as_of=2024,
        confidence="low",
        layouts=layouts,
    )


@pytest.fixture
def html(page: Page, story: tuple[str, ...]) -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    note = "<p class='note'>ملاحظة من المحرر إلى القراء عن هذا الخبر وعما سبقه من أخبار.</p>"
    return page(
        "<i class='by'>سامر النجار</i><b class='when'>9 مارس 2024 10:00</b><em class='sec'>"
        f"محليات</em><div class='txt'>{note}{text}</div><u class='tag'>جسر</u>"
        "<img class='pic' data-src='/i.jpg'>"
    )


def test_fields_that_only_a_selector_finds(html: str, story: tuple[str, ...]) -> None:
    layout = Layout(
        authors=("i.by",),
        section=("em.sec",),
        tags=("//u[@class='tag']",),
        image=("img.pic",),
        remove=("p.note",),
    )
    article = extract_article(html, URL, outlet=outlet(layout))
    assert (article.outlet, article.authors, article.section) == (
        "waha",
        ("سامر النجار",),
        "محليات",
    )
    assert (article.tags, article.image) == (("جسر",), "https://www.waha.example/i.jpg")
    assert article.body == "\n\n".join(story)
    assert article.published == datetime(2024, 3, 9, 8, 0, tzinfo=UTC)


def test_the_zone_given_is_believed_before_the_outlets(html: str) -> None:
    article = extract_article(html, URL, outlet=outlet(), zone="UTC")
    assert article.published == datetime(2024, 3, 9, 10, 0, tzinfo=UTC)


def test_the_body_is_found_once_with_a_layout_and_without(
    html: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Mock(wraps=find_root)
    monkeypatch.setattr(body, "find_root", counted)
    assert extract_article(html, URL).body is not None
    assert counted.call_count == 1
    layout = Layout(headline=("h1",), body=("div.txt",), published=("b.when",))
    assert extract_article(html, URL, outlet=outlet(layout)).body is not None
    assert counted.call_count == 2


def test_a_declared_body_is_taken_and_a_dead_selector_passed_over(
    page: Page, story: tuple[str, ...], headline: str
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    aside = (
        "<section class='x'><p>نص طويل عن موضوع آخر لا صلة له بالخبر الأول ولا بما قيل فيه عن "
        "الجسر.</p></section>"
    )
    html = page(f"<div class='txt'>{aside}{text}</div>")
    for selectors in (("div.txt > p",), ("div.gone", "div.txt > p"), ("//div[@class='txt']/p",)):
        assert extract_article(
            html, URL, outlet=outlet(Layout(body=selectors))
        ).body == "\n\n".join(story)
    dead = examine(
        html,
        URL,
        outlet=outlet(Layout(headline=("h1.gone",), body=("div.gone",), published=("time.gone",))),
    )
    assert dead.article.headline == headline
    assert story[0] in (dead.article.body or "")


def test_disagreements_name_the_fields_in_which_selectors_drifted(html: str) -> None:
    def disagreements(layout: Layout) -> tuple[str, ...]:
        return examine(html, URL, outlet=outlet(layout)).disagreements

    assert disagreements(Layout(headline=("h1",), body=("div.txt",), published=("b.when",))) == ()
    assert disagreements(Layout(headline=("h1.gone",))) == ("headline",)
    assert disagreements(Layout(body=("div.gone",))) == ("body",)
    assert disagreements(Layout(body=("div.txt p:first-child",))) == ("body",)
    assert disagreements(Layout(published=("b.gone",))) == ("published",)
    assert examine(html, URL).disagreements == ()


def test_the_layout_is_chosen_by_the_day_of_publication(page: Page, story: tuple[str, ...]) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    html = page(
        f"<i class='new'>هدى سالم</i><i class='old'>سامر النجار</i><div>{text}</div>", head=STAMP
    )
    new = Layout(authors=("i.new",))
    old = Layout(until=date(2024, 3, 31), authors=("i.old",))
    older = Layout(until=date(2020, 1, 1), authors=("i.none",))
    assert extract_article(html, URL, outlet=outlet(new, old, older)).authors == ("سامر النجار",)
    assert extract_article(
        html.replace("2024-03", "2024-05"), URL, outlet=outlet(new, old)
    ).authors == ("هدى سالم",)


def test_without_a_date_the_layout_that_matches_is_chosen(
    page: Page, story: tuple[str, ...]
) -> None:
    html = page(f"<i class='old'>سامر النجار</i><div>{''.join(f'<p>{t}</p>' for t in story)}</div>")
    layouts = (Layout(authors=("i.new",)), Layout(until=date(2020, 1, 1), authors=("i.old",)))
    assert extract_article(html, URL, outlet=outlet(*layouts)).authors == ("سامر النجار",)


def test_declared_local_machine_dates_need_no_printed_clock(
    page: Page, story: tuple[str, ...]
) -> None:
    html = page("".join(f"<p>{t}</p>" for t in story), head=STAMP)
    article = extract_article(html, URL, outlet=outlet(Layout(machine_dates="local")))
    assert (article.published, article.zone) == (
        datetime(2024, 3, 9, 7, 15, tzinfo=UTC),
        "Africa/Cairo",
    )


def test_machine_dates_that_are_declared_worthless_are_not_read(
    page: Page, story: tuple[str, ...]
) -> None:
    text = "".join(f"<p>{t}</p>" for t in story)
    html = page(f"<i class='day'>8 آذار 2024 - 11:00</i><div>{text}</div>", head=STAMP)
    undeclared = page(f"<div>{text}</div>", head=STAMP)
    none = outlet(Layout(machine_dates="none"))
    selected = outlet(Layout(published=("i.day",), machine_dates="none"))
    for declared in (none, selected):
        article = extract_article(html, URL, outlet=declared)
        assert article.published == datetime(2024, 3, 8, 9, 0, tzinfo=UTC)
    article = extract_article(undeclared, URL, outlet=none)
    assert (article.published, article.published_raw) == (None, None)


def test_the_order_of_readers_is_the_layouts(html: str) -> None:
    head = html.replace("</head>", f"{STAMP}</head>")
    first = Layout(published=("b.when",), order=("selectors", "jsonld", "opengraph", "microdata"))
    assert extract_article(head, URL, outlet=outlet(first)).published == datetime(
        2024, 3, 9, 8, 0, tzinfo=UTC
    )
    assert extract_article(
        head, URL, outlet=outlet(Layout(published=("b.when",)))
    ).published == datetime(2024, 3, 9, 9, 15, tzinfo=UTC)


@pytest.mark.parametrize("selector", ["div[", "//div[", "p::nonsense"])
def test_a_selector_that_is_none_is_named(selector: str, html: str) -> None:
    with pytest.raises(ValueError, match="selector"):
        extract_article(html, URL, outlet=outlet(Layout(authors=(selector,))))


def test_a_declared_headline_is_believed_whatever_the_order_of_dates(
    page: Page, story: tuple[str, ...], headline: str
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    content = f"<h1>جسر الواحة</h1><b class='big'>الجسر الذي طال انتظاره</b><div>{text}</div>"
    html = page(content, head=f'<meta property="og:title" content="{headline}">', h1=headline)
    declared = outlet(Layout(headline=("b.big",)))
    assert extract_article(html, URL, outlet=declared).headline == "الجسر الذي طال انتظاره"
    undeclared = outlet(Layout(headline=("b.no-longer-there",)))
    assert extract_article(html, URL, outlet=undeclared).headline == headline


LEAD = "الوزير يقول إن الجسر يخفف الازدحام"
LEADS = {
    "heading": f"<h2 class='above'>{LEAD}</h2>",
    "span": f"<span class='above'>{LEAD}</span>",
    "sub-title": f"<div class='sub-title above'>{LEAD}</div>",
    "bold line of an aside": f"<aside><b class='above'>{LEAD}</b></aside>",
    "span in the first paragraph's element": f"<div><span class='above'>{LEAD}</span> TEXT</div>",
}


@pytest.mark.parametrize("body", [(), ("div.text",)], ids=["generic body", "declared body"])
@pytest.mark.parametrize("lead", LEADS.values(), ids=LEADS)
def test_a_declared_lead_is_part_of_the_body_whatever_it_is(
    page: Page, story: tuple[str, ...], lead: str, body: tuple[str, ...]
) -> None:
    layout = Layout(lead=(".above",), body=body)
    first, *rest = story
    text = "".join(f"<p>{paragraph}</p>" for paragraph in rest)
    if "TEXT" in lead:
        content = f"<div class='text'>{lead.replace('TEXT', first)}{text}</div>"
    else:
        content = f"{lead}<div class='text'><p>{first}</p>{text}</div>"
    article = extract_article(page(content), URL, outlet=outlet(layout))
    assert article.body == "\n\n".join([LEAD, *story])


def test_a_declared_lead_that_the_body_repeats_is_printed_once(
    page: Page, story: tuple[str, ...]
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    html = page(f"<h2 class='above'>{story[0]}</h2><div class='text'>{text}</div>")
    layout = Layout(lead=("h2.above",), body=("div.text",))
    assert extract_article(html, URL, outlet=outlet(layout)).body == "\n\n".join(story)


def test_a_declared_credit_is_a_byline(page: Page, story: tuple[str, ...]) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    html = page(f"<div class='share'><em class='from'>جدة - متابعات</em></div><div>{text}</div>")
    assert bylines(extract_article(html, URL, outlet=outlet(Layout()))) == ()
    declared = outlet(Layout(credit=("em.from",)))
    assert bylines(extract_article(html, URL, outlet=declared)) == ("جدة - متابعات",)


def bylines(article: Article) -> tuple[str, ...]:
    """The lines that the sources step reads."""
    assert isinstance(article.authors, Authors)
    return article.authors.bylines


def test_a_declared_body_in_a_list_of_links_is_whole(page: Page, story: tuple[str, ...]) -> None:
    declared = [paragraph.replace("الجسر", "النفق") for paragraph in story]
    links = "".join(
        f"<li><a href='/s/{n}'>عنوان طويل لخبر آخر من أخبار المدينة رقم {n}</a></li>"
        for n in range(30)
    )
    box = f"<div class='txt'>{_paragraphs(declared)}</div><ul>{links}</ul>"
    html = page(f"<div class='story'>{_paragraphs(story)}<div>{box}</div></div>")
    assert extract_article(html, URL).body == "\n\n".join(story)
    article = extract_article(html, URL, outlet=outlet(Layout(body=("div.txt",))))
    assert article.body == "\n\n".join(declared)


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)
