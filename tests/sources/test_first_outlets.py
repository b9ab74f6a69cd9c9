"""The six outlets that the project began with, as declared."""

from datetime import date

import pytest

from crawler.outlet import Outlet
from crawler.sources import parse_dateline
from crawler.spiders.ar.bbc_ar import BbcArabicSpider
from crawler.spiders.ar.sputnik_ar import SputnikArabicSpider
from crawler.spiders.ar.urdupoint_ar import UrduPointArabicSpider
from crawler.spiders.ar.youm7 import Youm7Spider
from crawler.spiders.ur.bbc_ur import BbcUrduSpider
from crawler.spiders.ur.urdupoint_ur import UrduPointSpider

ARABIC = "زارت مجموعة من الطلاب المتحف البحري أمس."
URDU = "طلبہ کے ایک گروپ نے کل بحری عجائب گھر کا دورہ کیا۔"

DATELINES = [
    (
        UrduPointArabicSpider.outlet,
        "(پاکستان پوائنٹ نیوز / سبوتنيك - 25 أغسطس 2021ء) ",
        ARABIC,
        (None, ["pakistan-point-news", "sputnik"], None, date(2021, 8, 25)),
    ),
    (
        UrduPointArabicSpider.outlet,
        "دبي (پاکستان پوائنٹ نیوز - 3 مايو 2022ء) ",
        ARABIC,
        ("دبي", ["pakistan-point-news"], None, date(2022, 5, 3)),
    ),
    (
        UrduPointSpider.outlet,
        "لاہور ( اُردو پوائنٹ اخبارتازہ ترین - اے پی پی ۔ 7 جون 2023 ء ) ",
        URDU,
        ("لاہور", ["urdupoint", "app"], None, date(2023, 6, 7)),
    ),
    (
        UrduPointSpider.outlet,
        "کراچی(اُردوپوائنٹ تازہ ترین اخبار۔ 7 جون2023ء)",
        URDU,
        ("کراچی", ["urdupoint"], None, date(2023, 6, 7)),
    ),
    (SputnikArabicSpider.outlet, "موسكو - سبوتنيك. ", ARABIC, ("موسكو", ["sputnik"], None, None)),
    (
        SputnikArabicSpider.outlet,
        "القاهرة – سبوتنيك\n\n",
        ARABIC,
        ("القاهرة", ["sputnik"], None, None),
    ),
    (Youm7Spider.outlet, "كتب محمد السيد\n\n", ARABIC, (None, [], "محمد السيد", None)),
    (Youm7Spider.outlet, "كتبت - هدى زكريا\n", ARABIC, (None, [], "هدى زكريا", None)),
    (
        Youm7Spider.outlet,
        "الإسكندرية - أسماء على\n\n",
        ARABIC,
        ("الإسكندرية", [], "أسماء على", None),
    ),
    (Youm7Spider.outlet, "(أ ش أ)\n\n", ARABIC, (None, ["mena"], None, None)),
]


@pytest.mark.parametrize(
    ("outlet", "dateline", "story", "parts"), DATELINES, ids=[d[1].strip() for d in DATELINES]
)
def test_an_outlets_dateline_is_cut_and_read(
    outlet: Outlet,
    dateline: str,
    story: str,
    parts: tuple[str | None, list[str], str | None, date | None],
) -> None:
    parsed = parse_dateline(dateline + story, outlet=outlet)
    assert (parsed.text, parsed.story) == (dateline, story)
    assert (
        parsed.place,
        [source.id for source in parsed.sources],
        parsed.reporter,
        parsed.date,
    ) == parts


@pytest.mark.parametrize(
    "outlet", [BbcArabicSpider.outlet, BbcUrduSpider.outlet], ids=lambda outlet: outlet.name
)
@pytest.mark.parametrize("opening", ["غزة: ", "لندن - ", "دہلی: ", "باريس – "])
def test_an_outlet_that_never_prints_datelines_loses_no_sentence(
    outlet: Outlet, opening: str
) -> None:
    text = opening + (ARABIC if outlet.language == "ar" else URDU)
    assert parse_dateline(text, outlet=outlet).story == text
