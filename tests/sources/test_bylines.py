"""Bylines of every form that the dossiers of outlets tell of; the names of people are invented."""

from pathlib import Path
from typing import NamedTuple

import pytest

from crawler.sources import attribute, parse_credit

ROWS = Path(__file__).with_name("bylines.tsv").read_text(encoding="utf-8").splitlines()


class Byline(NamedTuple):
    """A printed byline and the right reading.

    `sources`: ids, "a|b" where either is right, "?" for a source that the gazetteer lacks.
    """

    outlet: str
    printed: str
    place: str
    reporter: str
    sources: tuple[str, ...]


def labelled() -> list[Byline]:
    rows = (row.split("\t") for row in ROWS)
    return [
        Byline(outlet, printed, place, reporter, tuple(filter(None, sources.split(" "))))
        for outlet, printed, place, reporter, sources in rows
    ]


def test_every_labelled_byline_is_read_right() -> None:
    wrong = []
    for byline in labelled():
        credit = parse_credit(byline.printed, outlet=byline.outlet or None, is_byline=True)
        ids = [source.id or "?" for source in credit.sources]
        right = (
            (credit.place or "", credit.reporter or "") == (byline.place, byline.reporter)
            and len(ids) == len(byline.sources)
            and all(
                read in label.split("|") for read, label in zip(ids, byline.sources, strict=True)
            )
        )
        if not right:
            wrong.append((byline, credit))
    assert wrong == []
    assert len(labelled()) >= 300


@pytest.mark.parametrize(
    "city",
    ["اسلام آباد", "نئی دہلی", "رام الله", "خان يونس", "حفر الباطن", "لوس أنجلوس", "بني سويف"],
)
def test_a_city_of_two_words_is_never_a_person(city: str) -> None:
    for printed in (city, f"{city} - رويترز", f"رويترز ({city})", f"{city}: ویب ڈیسک"):
        credit = parse_credit(printed, is_byline=True)
        assert (credit.place, credit.reporter) == (city, None)


@pytest.mark.parametrize(
    "printed",
    [
        "admin", "editor", "newsroom2", "رياضة", "المشرف", "كاتبة وباحثة", "https://waha.example/a",
        "محرر الشؤون الدولية", "12:30", "", "-", "«»", "تربة",
        "هذا سطر طويل من القصة نفسها لا اسم فيه لأحد ولا مكان بل جملة كاملة طويلة",
    ],
)  # fmt: skip
def test_a_byline_that_names_nobody_is_empty(printed: str) -> None:
    credit = parse_credit(printed, is_byline=True)
    assert (credit.sources, credit.place, credit.reporter, credit.names) == ((), None, None, ())


def test_what_stands_beside_the_names_is_left_out() -> None:
    printed = "Author, سامي الحاجي Role, بي بي سي عربي - عمان"
    credit = parse_credit(printed, outlet="bbc-arabic", is_byline=True)
    assert (credit.text, credit.names) == (printed, ("سامي الحاجي", "بي بي سي عربي"))
    assert (credit.place, [source.id for source in credit.sources]) == ("عمان", ["bbc-arabic"])


def test_the_byline_gives_place_reporter_and_sources() -> None:
    attributed = attribute("قصة بلا مصدر.", authors=["دبي - وليد كامل، وكالات"])
    assert (attributed.place, attributed.reporter) == ("دبي", "وليد كامل")
    assert [source.id for source, _ in attributed.sources] == ["unnamed-agencies"]


def test_the_editor_who_posts_an_agencys_copy_is_no_reporter() -> None:
    body = "لندن - رويترز\n\nافتتح المعرض أمس.\n\nوحضره كثيرون."
    assert attribute(body, authors=["وليد كامل"]).reporter is None
    assert attribute(body, authors=["وليد كامل - القاهرة - رويترز"]).reporter == "وليد كامل"
    assert attribute("قصة.", authors=["وليد كامل", "سامر النجار"]).reporter is None


@pytest.mark.parametrize(
    ("printed", "place", "reporter", "sources"),
    [
        # A name that no list has, before a city, is a person's; before a country it is a town's.
        ("قنبر شنبر، لاہور", "لاہور", "قنبر شنبر", []),
        ("لوسي ماندرين/ بيروت", "بيروت", "لوسي ماندرين", []),
        ("John Whitbread, London", "London", "John Whitbread", []),
        ("رويترز، قرعون، لبنان", "قرعون، لبنان", None, ["reuters"]),
        ("كفر قنبر، حلب", "كفر قنبر، حلب", None, []),
        # English names of places of several words.
        ("WAM/Abu Dhabi", "Abu Dhabi", None, ["wam"]),
        ("Reuters, New York", "New York", None, ["reuters"]),
        ("Jordan Smith", None, "Jordan Smith", []),
        # An Urdu word may begin with the letter that is the Arabic "and".
        ("راجہ کامران وٹو خان", None, "راجہ کامران وٹو خان", []),
        ("سامر العلي وهدى القاسم", None, "سامر العلي، هدى القاسم", []),
        # Letters printed apart are no city; a label of origin asks for a source.
        ("المصدر: رويترز + أ ب", None, None, ["reuters", "ap"]),
        ("المصدر: المدينة", None, None, ["al-madina"]),
        ("المصدر: الرياض - واس", "الرياض", None, ["spa"]),
        ("المصدر أونلاين - خاص", None, None, ["almasdar-online", "desk-follow-up"]),
        ("سارة المنياوي - نقلا عن رويترز", None, "سارة المنياوي", ["reuters"]),
        ("خاص للجزيرة نت", None, None, ["al-jazeera"]),
        # A town's name behind a given name is a family name, "photos" between two people a label.
        ("عمان - منى الشبلي", "عمان", "منى الشبلي", []),
        ("محمد الراجحي (صور: منير محيمدي)", None, "محمد الراجحي، منير محيمدي", []),
        ("آمال خليلي - صور", "صور", "آمال خليلي", []),
        # A label before a colon is no town.
        ("الكاتبة: سهام أشطوي", None, "سهام أشطوي", []),
        ("ترتیب: عاطف توقیری", None, "عاطف توقیری", []),
        # An office, a kind of outlets and an origin name nobody.
        ("Ahmed Khan, Web Editor", None, "Ahmed Khan", []),
        ("نیوز ایڈیٹر", None, None, []),
        ("صحف", None, None, []),
        ("ذرائع", None, None, []),
        # A given name that is a word of sentences.
        ("بغداد - شهد المالكي", "بغداد", "شهد المالكي", []),
        ("صباح اليوم", None, None, []),
    ],
)
def test_kinds_of_bylines_once_read_wrong(
    printed: str, place: str | None, reporter: str | None, sources: list[str]
) -> None:
    credit = parse_credit(printed, is_byline=True)
    assert (credit.place, credit.reporter) == (place, reporter)
    assert [source.id for source in credit.sources] == sources
