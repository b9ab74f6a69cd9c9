"""Datelines in the forms of agencies and papers, and openings that only look so."""

import pytest

from crawler.sources import parse_dateline
from tests.sources.conftest import Printed

ARABIC = "زارت مجموعة من طلاب المدينة المتحف البحري أمس."
URDU = "طلبہ کے ایک گروپ نے کل بحری عجائب گھر کا دورہ کیا۔"
URDU_LETTERS = frozenset("ٹڈڑںہےیکپگ")

OUTLETS = (
    "sabq",
    "cnn-arabic",
    "urdupoint",
    "al-riyadh",
    "Al Jazeera",
    "jang.com.pk",
    "Nawa-i-Waqt",
    "al-khaleej",
)


def test_every_written_dateline_is_cut_and_read_without_its_outlet(
    datelines: list[Printed],
) -> None:
    wrong = []
    for row in datelines:
        story = URDU if URDU_LETTERS & set(row.dateline) else ARABIC
        dateline = parse_dateline(row.dateline + story)
        read = (
            dateline.text,
            dateline.place or "",
            tuple(source.id or "?" for source in dateline.sources),
            dateline.reporter or "",
        )
        if read != tuple(row) or dateline.story != story:
            wrong.append((row, read))
    assert not wrong
    assert len(datelines) >= 120


def test_no_lookalike_is_cut(lookalikes: list[str]) -> None:
    assert len(lookalikes) >= 300
    datelines = [parse_dateline(opening).text for opening in lookalikes]
    assert list(filter(None, datelines)) == []


@pytest.mark.parametrize("outlet", OUTLETS)
def test_an_outlet_loses_hardly_a_lookalike(lookalikes: list[str], outlet: str) -> None:
    # An outlet that prints datelines is believed on a name that is also a word (بابل: the city, a
    # film).
    cut = [
        dateline.text
        for opening in lookalikes
        if (dateline := parse_dateline(opening, outlet=outlet)).text
    ]
    assert len(cut) <= 1


@pytest.mark.parametrize("opening", ["غزة- ", "طوكيو: ", "كابول – "])
def test_a_city_alone_is_cut_unless_the_outlet_never_prints_one(opening: str) -> None:
    assert parse_dateline(opening + ARABIC).text == opening
    assert parse_dateline(opening + ARABIC, outlet="okaz").text == ""
    assert parse_dateline(opening + ARABIC, outlet="al-jazeera").text == opening


def test_a_city_on_a_line_of_its_own_takes_an_outlet_that_prints_datelines() -> None:
    assert parse_dateline("بريدة\n" + ARABIC).text == ""
    assert parse_dateline("بريدة\n" + ARABIC, outlet="3alyoum").text == "بريدة\n"


def test_the_outlet_decides_between_namesakes() -> None:
    (source,) = parse_dateline("الرياض - الجزيرة:\n" + ARABIC, outlet="al-jazirah").sources
    assert source.id == "al-jazirah"
    (source,) = parse_dateline("الدوحة - الجزيرة:\n" + ARABIC, outlet="aljazeera.net").sources
    assert source.id == "al-jazeera"
    (source,) = parse_dateline("عواصم - الجزيرة:\n" + ARABIC).sources
    assert (source.id, source.name, source.kind) == ("", "الجزيرة", "unknown")


def test_an_outlets_name_that_is_a_city_is_the_outlet_beside_another_city() -> None:
    dateline = parse_dateline("المدينة - جدة\n" + ARABIC, outlet="al-madina")
    assert (dateline.place, [source.id for source in dateline.sources]) == ("جدة", ["al-madina"])


def test_the_story_begins_where_the_dateline_ends() -> None:
    dateline = parse_dateline("القاهرة - رويترز:\nعلمت «الأهرام» أن المتحف سيفتح.")
    assert dateline.story == "علمت «الأهرام» أن المتحف سيفتح."
    dateline = parse_dateline('أحمد سالم- سبق- جدة: علمت "سبق" أن المتحف سيفتح.')
    assert dateline.story == 'علمت "سبق" أن المتحف سيفتح.'


def test_a_sentence_with_dashes_behind_a_datelines_line_is_the_story() -> None:
    dateline = parse_dateline(
        "عين اليوم – جدة\nسيغادر – بمشيئة الله – وفد الطلاب إلى المتحف.", outlet="3alyoum"
    )
    assert (dateline.text, dateline.reporter) == ("عين اليوم – جدة\n", None)


def test_unseen_marks_in_the_line_change_nothing() -> None:
    dateline = parse_dateline(
        "\u202b\u202bدبي\u200f، الإمارات العربية المتحدة\u00a0(CNN)\u200f --\u00a0" + ARABIC
    )
    assert (dateline.place, dateline.story) == ("دبي\u200f، الإمارات العربية المتحدة", ARABIC)


def test_a_date_without_a_year_is_no_day() -> None:
    assert parse_dateline("عمان 5 أيار (بترا)- " + ARABIC).date is None


def test_an_all_number_date_is_day_first() -> None:
    assert str(parse_dateline("رام الله 10-8-2015 وفا- " + ARABIC).date) == "2015-08-10"


def test_the_gregorian_twin_of_a_hijri_date_is_the_day() -> None:
    dateline = parse_dateline("الرياض 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م واس\n" + ARABIC)
    assert (str(dateline.date), dateline.place, [source.id for source in dateline.sources]) == (
        "2015-08-10",
        "الرياض",
        ["spa"],
    )


@pytest.mark.parametrize(
    ("outlet", "dateline", "story"),
    [
        # A comma, a stray mark or a speaker's colon ends no extension of a finished dateline.
        ("cnn-arabic", "دبي، الإمارات (CNN)-- ", "أعلن سالم الحداد، مدرب الفريق، عودته"),
        ("cnn-arabic", "(CNN)-- ", "قال سعيد الحداد، الوزير السابق، إن الجسر"),
        ("cnn-arabic", "بيروت، لبنان (CNN) – ", "محمد الحداد، الرسام الأشهر، في معرض"),
        ("cnn-arabic", "القاهرة، مصر (CNN)-- ", "أحمد الحداد: حياة في صور"),
        ("siasat", "پونے، 9 مارچ (یو این آئی) ", "مشہور مصور سلیم، کو انعام دیا گیا"),
        ("petra", "عمان 5 آذار (بترا) – محمد الحداد - ", "زارت مجموعة من الطلاب المتحف"),
        ("petra", "عمان 5 آذار (بترا) – ", "محمد الحداد - رئيس النادي - زار المتحف"),
        ("ammon-news", "عمون - ", "زارت مجموعة من الطلاب المتحف"),
        # Single quotation marks stay with the story's first word.
        ("siasat", "ممبئی 5 اگست (ایجنسی) ", "‘پل’ نے نیا ریکارڈ قائم کیا"),
        ("siasat", "ممبئی 5 فبروری (ایجنسی) ", "'پل' نے نیا ریکارڈ قائم کیا"),
        # House and place with nothing between.
        ("sabq", "سبق جدة - ", "زارت مجموعة من الطلاب المتحف"),
        ("sabq", "سبق الرياض: ", "زارت مجموعة من الطلاب المتحف"),
        # A correspondent behind من.
        ("al-watan-om", "صلالة من عادل اليافعي : ", "تواصلت الفعاليات"),
        ("al-watan-om", "نزوى ـ من سالم السالمي: ", "تواصلت الفعاليات"),
        # A label and a name, with colon, dash, dot and line end.
        ("al-watan-om", "كتب ـ عيسى الحداد: ", "تنطلق اليوم البطولة"),
        ("al-watan-om", "متابعة خالد الحداد: ", "اختتمت أمس البطولة"),
        ("al-watan-om", "حوار: يوسف الحداد\n", "يؤكد الفنان أن معرضه"),
        ("al-watan-om", "بقلم محمد الحداد. ", "تنطلق اليوم البطولة"),
        ("al-watan-om", ".كتب – سالم الحداد\n\n", "يلتقي الفريقان غدا"),
        ("al-watan-om", "مسقط - سالم الحداد: ", "تنطلق اليوم البطولة"),
        ("ahdath-info", "AHDATH.INFO- مكتب فاس: كريم الحداد\n", "نظمت الجمعية لقاء"),
        # An agency, or the own house, and the story behind it unmarked.
        ("sana", "حمص – سانا ", "أعلنت المديرية موعد المعرض"),
        (None, "حلب-سانا ", "افتتحت المديرية المعرض"),
        ("siasat", "لکھنؤ، 12 جون یو این آئی ", "اترپردیش میں بارش کا سلسلہ جاری ہے"),
        (None, "سری نگر 4 جنوری کے این ایس ", "جموں و کشمیر میں برفباری ہوئی"),
        # Two calendars as a paragraph.
        ("okaz", "15 محرم 1446هـ - 21 يوليو 2024م\n\n", "عقد المجلس جلسته"),
        ("okaz", "الأحد 15 محرم 1446 هـ الموافق 21 يوليو 2024 م\n\n", "عقد المجلس جلسته"),
    ],
)
def test_a_dateline_ends_where_the_story_begins(
    outlet: str | None, dateline: str, story: str
) -> None:
    read = parse_dateline(dateline + story, outlet=outlet)
    assert (read.text, read.story) == (dateline, story)


def test_of_two_calendars_the_gregorian_is_trusted() -> None:
    for printed in (
        "15 محرم 1446هـ - 21 يوليو 2024م\n\n",
        "21 يوليو 2024م - 15 محرم 1446هـ\n\n",
    ):
        assert str(parse_dateline(printed + ARABIC).date) == "2024-07-21"


def test_a_country_behind_its_city_is_no_outlet() -> None:
    dateline = parse_dateline("الرباط، المغرب (CNN)-- " + ARABIC, outlet="cnn-arabic")
    assert dateline.place == "الرباط، المغرب"
    assert [source.id for source in dateline.sources] == ["cnn"]
