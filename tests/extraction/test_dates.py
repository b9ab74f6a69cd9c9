"""Publication: machine and printed dates are read and reconciled by the rules that
`extraction.dates` states."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from crawler.extraction import extract_article
from crawler.items import Article

Page = Callable[..., str]
URL = "https://www.waha.example/news/2024/bridge-1"
CAIRO = "Africa/Cairo"
NOW = datetime(2024, 3, 10, 12, 0, tzinfo=UTC)


def meta(published: str, modified: str = "") -> str:
    changed = f'<meta property="article:modified_time" content="{modified}">' if modified else ""
    return f'<meta property="article:published_time" content="{published}">{changed}'


def jsonld(published: str, modified: str = "", kind: str = "NewsArticle") -> str:
    return (
        f'<script type="application/ld+json">{{"@type":"{kind}","datePublished":"{published}",'
        f'"dateModified":"{modified}"}}</script>'
    )


@pytest.fixture
def read(page: Page, story: tuple[str, ...]) -> Callable[..., Article]:
    def build(
        head: str = "",
        printed: str = "",
        *,
        zone: str | None = None,
        now: datetime | None = None,
        after: str = "",
    ) -> Article:
        content = (
            f"{printed}<div class='text'>{''.join(f'<p>{text}</p>' for text in story)}</div>{after}"
        )
        return extract_article(page(content, head=head), URL, zone=zone, now=now)

    return build


def test_a_machine_date_with_its_offset_needs_no_zone(read: Callable[..., Article]) -> None:
    article = read(jsonld("2024-03-09T09:15:00+03:00"))
    assert article.published == datetime(2024, 3, 9, 6, 15, tzinfo=UTC)
    assert (article.published_precision, article.zone) == ("second", "+03:00")
    assert article.published_raw == "2024-03-09T09:15:00+03:00"


def test_json_ld_is_believed_before_open_graph(read: Callable[..., Article]) -> None:
    article = read(meta("2024-03-08T01:00:00Z") + jsonld("2024-03-09T09:15:00Z"))
    assert article.published == datetime(2024, 3, 9, 9, 15, tzinfo=UTC)


def test_a_clock_of_the_same_day_refines_a_bare_day(read: Callable[..., Article]) -> None:
    article = read(jsonld("2024-03-09") + meta("2024-03-09T09:15:00+00:00"), zone=CAIRO)
    assert article.published == datetime(2024, 3, 9, 9, 15, tzinfo=UTC)
    printed = read(
        jsonld("2024-03-09"), "<span class='date'>9 مارس 2024 11:15 ص</span>", zone=CAIRO
    )
    assert (printed.published, printed.published_precision) == (
        datetime(2024, 3, 9, 9, 15, tzinfo=UTC),
        "minute",
    )


def test_an_unzoned_machine_date_is_read_in_the_zone_given(read: Callable[..., Article]) -> None:
    assert read(meta("2024-03-09 09:15:00"), zone=CAIRO).published == datetime(
        2024, 3, 9, 7, 15, tzinfo=UTC
    )
    bare = read(meta("2024-03-09 09:15:00"))
    assert (bare.published, bare.published_precision, bare.zone) == (None, None, None)
    assert bare.published_raw == "2024-03-09 09:15:00"


@pytest.mark.parametrize("stamp", ["2024-03-09T09:15:30Z", "2024-03-09T09:15:30+00:00"])
def test_a_false_utc_is_found_by_the_printed_clock(
    stamp: str, read: Callable[..., Article]
) -> None:
    printed = "<span class='news-date'>السبت، 09 مارس 2024 09:15 ص</span>"
    article = read(meta(stamp, stamp), printed, zone=CAIRO)
    assert article.published == datetime(2024, 3, 9, 7, 15, 30, tzinfo=UTC)
    assert article.modified == article.published
    assert article.zone == CAIRO


def test_a_forgotten_summer_time_is_found_by_the_printed_clock(
    read: Callable[..., Article],
) -> None:
    printed = "<p>الخميس، 27 يونيو 2024 - 20:06</p>"
    assert read(jsonld("2024-06-27T20:06:00+02:00"), printed, zone=CAIRO).published == datetime(
        2024, 6, 27, 17, 6, tzinfo=UTC
    )
    assert read(jsonld("2024-06-27T20:06:00+02:00"), printed).published == datetime(
        2024, 6, 27, 18, 6, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("stamp", "printed", "zone", "published"),
    [
        ("Sun, 21 Mar 2021 17:37:00 GMT", "21 مارس 2021 - 17:37", "Asia/Riyadh", (21, 14, 37)),
        ("Sun, 21 Mar 2021 17:37:00 GMT", "21 مارس 2021 05:37 م", "Asia/Riyadh", (21, 14, 37)),
        ("2021-03-21 17:37:00 +0300", "21 مارس 2021 - 17:37", CAIRO, (21, 15, 37)),
        ("21 Mar 2021 17:37:00 +0300", "21/03/2021 17:37", CAIRO, (21, 15, 37)),
        ("2021-03-21 17:37:00 UTC", "21 مارس 2021 - 17:37", "Asia/Riyadh", (21, 14, 37)),
        ("2021-03-21T17:37:00.000Z", "21 مارس 2021 - 17:37", "Asia/Karachi", (21, 12, 37)),
        ("2021-03-21 17:37 بتوقيت غرينتش", "21 مارس 2021 - 17:37", CAIRO, (21, 15, 37)),
        # The line names the zone, and it is the outlet's.
        ("2021-03-21T17:37:00Z", "21 مارس 2021 17:37 بتوقيت مكة", "Asia/Riyadh", (21, 14, 37)),
        # Other digits, the same instant, or a zone that says so: the stamp is true.
        ("Sun, 21 Mar 2021 17:37:00 GMT", "21 مارس 2021 - 20:37", "Asia/Riyadh", (21, 17, 37)),
        ("Sun, 21 Mar 2021 17:37:00 GMT", "21 مارس 2021 17:37 GMT", "Asia/Riyadh", (21, 17, 37)),
        ("Sun, 21 Mar 2021 17:37:00 GMT", "20 مارس 2021 17:37", "Asia/Riyadh", (21, 17, 37)),
        ("1616348220", "21 مارس 2021 - 17:37", "Asia/Riyadh", (21, 17, 37)),
    ],
)
def test_a_false_zone_is_found_whatever_its_spelling(
    stamp: str,
    printed: str,
    zone: str,
    published: tuple[int, int, int],
    read: Callable[..., Article],
) -> None:
    article = read(meta(stamp), f"<div class='date'>{printed}</div>", zone=zone)
    day, hour, minute = published
    assert article.published == datetime(2021, 3, day, hour, minute, tzinfo=UTC)
    assert article.published_raw == stamp


def test_a_false_zone_of_the_update_is_found_by_its_printed_clock(
    read: Callable[..., Article],
) -> None:
    head = meta("2021-03-21T16:37:00Z", "2021-03-21T17:37:00Z")
    article = read(head, "<p class='date'>آخر تحديث: 21 مارس 2021 - 17:37</p>", zone=CAIRO)
    assert article.published == datetime(2021, 3, 21, 14, 37, tzinfo=UTC)
    assert article.modified == datetime(2021, 3, 21, 15, 37, tzinfo=UTC)


@pytest.mark.parametrize("stamp", ["Sun, 21 Mar 2021 17:37:00 GMT", "2021-03-21 17:37:00 +0000"])
def test_a_false_utc_of_any_spelling_stays_raw_without_a_zone(
    stamp: str, read: Callable[..., Article]
) -> None:
    article = read(meta(stamp), "<p class='date'>21 مارس 2021 - 17:37</p>")
    assert (article.published, article.published_raw) == (None, stamp)


def test_prose_in_the_machine_field_is_read(read: Callable[..., Article]) -> None:
    article = read(meta("الأربعاء، 07 أكتوبر 2020 - 12:09 م"), zone=CAIRO)
    assert article.published == datetime(2020, 10, 7, 10, 9, tzinfo=UTC)
    assert read(meta("2020-06-03T03:01+0400")).published == datetime(2020, 6, 2, 23, 1, tzinfo=UTC)


def test_a_false_utc_without_a_zone_stays_raw(read: Callable[..., Article]) -> None:
    article = read(
        meta("2024-03-09T09:15:30Z"), "<span class='news-date'>السبت، 09 مارس 2024 09:15 ص</span>"
    )
    assert (article.published, article.published_raw) == (None, "2024-03-09T09:15:30Z")


@pytest.mark.parametrize(
    "printed",
    [
        "السبت، 09 مارس 2024 11:15 ص",
        "GMT 09:15 09.03.2024",
        "السبت 9 مارس 2024",
        "09:15 ص 8 مارس 2024",
    ],
)
def test_a_true_utc_is_kept(printed: str, read: Callable[..., Article]) -> None:
    article = read(meta("2024-03-09T09:15:30Z"), f"<span class='date'>{printed}</span>", zone=CAIRO)
    assert article.published == datetime(2024, 3, 9, 9, 15, 30, tzinfo=UTC)


def test_midnight_beside_a_printed_day_is_a_day(read: Callable[..., Article]) -> None:
    article = read(
        meta("2024-03-09T00:00:00+02:00"), "<div class='date'>السبت 9 مارس 2024</div>", zone=CAIRO
    )
    assert (article.published, article.published_precision) == (
        datetime(2024, 3, 8, 22, tzinfo=UTC),
        "day",
    )
    assert read(meta("2024-03-09T00:00:00+02:00"), zone=CAIRO).published_precision == "second"


@pytest.mark.parametrize(
    "printed",
    [
        "<div class='info'>نشر في: 9 مارس 2024 - 11:15</div>",
        "<div class='info'><span>سياسة</span> | <span>2024/03/09 11:15</span></div>",
        "<time>السبت 9 مارس 2024 الساعة 11:15 صباحا</time>",
        "<ul><li>الكاتب</li><li>09-03-2024 11:15</li></ul>",
        "<div><span class='d'>9 مارس 2024</span></div><div><span class='t'>11:15</span></div>",
        "<p>9 آذار/مارس 2024، 11:15</p>",
        "<div dir=rtl>٩ مارس ٢٠٢٤ - ١١:١٥ ص</div>",
    ],
)
def test_a_printed_date_stands_in_when_no_machine_date_does(
    printed: str, read: Callable[..., Article]
) -> None:
    article = read("", printed, zone=CAIRO)
    assert (article.published, article.published_precision) == (
        datetime(2024, 3, 9, 9, 15, tzinfo=UTC),
        "minute",
    )
    assert article.zone == CAIRO


def test_an_urdu_printed_date(page: Page, urdu_story: tuple[str, ...]) -> None:
    html = page(
        "<div class='meta'>ہفتہ 9 مارچ 2024 11:15</div>"
        f"{''.join(f'<p>{t}</p>' for t in urdu_story)}"
    )
    assert extract_article(html, URL, zone="Asia/Karachi").published == datetime(
        2024, 3, 9, 6, 15, tzinfo=UTC
    )


def test_a_printed_date_below_the_story_counts_when_no_other_does(
    read: Callable[..., Article],
) -> None:
    assert (
        read(after="<div>تاريخ النشر: 9 مارس 2024</div>", zone=CAIRO).published_precision == "day"
    )


def test_the_clock_in_the_pages_header_is_no_publication(
    page: Page, story: tuple[str, ...]
) -> None:
    html = page("".join(f"<p>{text}</p>" for text in story))
    html = html.replace("<header>", "<div class='top'>الأحد 10 مارس 2024 - 14:00</div><header>")
    assert extract_article(html, URL, zone=CAIRO, now=NOW).published is None


def test_dates_of_other_stories_are_no_publication(read: Callable[..., Article]) -> None:
    others = (
        "<div class='related'><h3><a href='/x'>خبر قديم عن المدينة القديمة</a></h3><span>"
        "1 مارس 2023</span></div>"
    )
    assert read(after=others, zone=CAIRO).published_raw is None


@pytest.mark.parametrize("headline", ["خطة 2030 لتشجير المدينة", "نقل 300 صقر قبل موسم الصيد"])
def test_a_headline_is_no_date(page: Page, story: tuple[str, ...], headline: str) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    article = extract_article(page(f"<div>{text}</div>", h1=headline), URL, zone=CAIRO)
    assert (article.headline, article.published_raw) == (headline, None)


def test_a_line_with_a_year_alone_is_no_date(read: Callable[..., Article]) -> None:
    assert read("", "<p class='top'>كأس العالم ٢٠٢٦</p>", zone=CAIRO).published_raw is None
    unread = "9 شهر لا يعرف 2024"
    assert read("", f"<p class='top'>{unread}</p>", zone=CAIRO).published_raw == unread


def test_relative_dates_need_now(read: Callable[..., Article]) -> None:
    printed = "<span class='time'>منذ ساعتين</span>"
    assert read("", printed, zone=CAIRO, now=NOW).published == datetime(
        2024, 3, 10, 10, 0, tzinfo=UTC
    )
    without = read("", printed, zone=CAIRO)
    assert (without.published, without.published_raw) == (None, "منذ ساعتين")


def test_a_date_without_a_year_needs_now(read: Callable[..., Article]) -> None:
    assert read("", "<span class='time'>9 مارس 11:15</span>", zone=CAIRO).published is None


def test_modification_is_read_beside_publication_even_when_earlier(
    read: Callable[..., Article],
) -> None:
    article = read(meta("2024-03-09T09:15:00Z", "2024-03-09T09:10:00Z"))
    assert article.modified == datetime(2024, 3, 9, 9, 10, tzinfo=UTC)
    assert article.modified_raw == "2024-03-09T09:10:00Z"


def test_a_printed_update_is_the_modification(read: Callable[..., Article]) -> None:
    printed = (
        "<span>نشر: 9 مارس 2024 11:15</span><div><span>آخر تحديث: 9 مارس 2024 12:40</span></div>"
    )
    article = read("", f"<div>{printed}</div>", zone=CAIRO)
    assert article.published == datetime(2024, 3, 9, 9, 15, tzinfo=UTC)
    assert article.modified == datetime(2024, 3, 9, 10, 40, tzinfo=UTC)


def test_a_line_that_prints_both_dates_is_read_as_two(read: Callable[..., Article]) -> None:
    line = "نشر في: 9 مارس 2024 11:15 | آخر تحديث: 9 مارس 2024 12:40"
    article = read("", f"<div>منى سعيد {line}</div>", zone=CAIRO)
    assert article.published == datetime(2024, 3, 9, 9, 15, tzinfo=UTC)
    assert article.modified == datetime(2024, 3, 9, 10, 40, tzinfo=UTC)


def test_a_page_that_prints_only_its_last_update_was_published_by_then(
    read: Callable[..., Article],
) -> None:
    article = read("", "<div>آخر تحديث: 9 مارس 2024 12:40</div>", zone=CAIRO)
    assert article.published == article.modified == datetime(2024, 3, 9, 10, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    "junk",
    ["", "null", "0000-00-00 00:00:00", "غير معروف", "99999999999999999999", "-1", "2024-13-45"],
)
def test_what_is_no_date_is_passed_over(junk: str, read: Callable[..., Article]) -> None:
    article = read(jsonld(junk) + meta("2024-03-09T09:15:00Z"))
    assert article.published == datetime(2024, 3, 9, 9, 15, tzinfo=UTC)


def test_epoch_seconds_and_milliseconds(read: Callable[..., Article]) -> None:
    for stamp in ("1709975700", "1709975700000"):
        assert read(meta(stamp)).published == datetime(2024, 3, 9, 9, 15, tzinfo=UTC)
