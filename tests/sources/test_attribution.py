"""Roles of sources: a house of the outlet's own family, an agency, a desk."""

from dataclasses import replace

import pytest

from crawler.gazetteer import gazetteer
from crawler.outlet import Outlet
from crawler.sources import attribute
from crawler.spiders.ar.youm7 import Youm7Spider


def outlet(publisher: str, country: str = "AE") -> Outlet:
    return replace(
        Youm7Spider.outlet, name="ours", title="Ours", native="لنا", publisher=publisher,
        country=country, hosts=("www.ours.example",),
    )  # fmt: skip


def roles(publisher: str, byline: str) -> dict[str, str]:
    attributed = attribute("قصة بلا مصدر.", authors=[byline], outlet=outlet(publisher))
    return {source.id: role for source, role in attributed.sources}


@pytest.mark.parametrize(
    ("publisher", "byline", "named"),
    [
        ("cnn-arabic", "CNN", "cnn"),
        ("irna-arabic", "طهران - إرنا", "irna"),
        ("bbc-arabic", "بی بی سی اردو", "bbc-urdu"),
        ("cnn", "CNN بالعربية", "cnn-arabic"),
        ("urdupoint", "پاکستان پوائنٹ نیوز", "pakistan-point-news"),
    ],
)
def test_houses_of_one_family_are_no_agencies_of_each_other(
    publisher: str, byline: str, named: str
) -> None:
    # "BBC Urdu" is the publisher's name too, and the publisher's is meant.
    read = roles(publisher, byline)
    assert set(read.values()) == {"publisher"}
    assert publisher in read
    assert named in read or "bbc" in read


@pytest.mark.parametrize(
    ("byline", "named", "role"),
    [
        ("بي بي سي", "bbc", "agency"),
        ("نيويورك تايمز", "new-york-times", "agency"),
        ("لندن - سكاي نيوز عربية", "sky-news-arabia", "agency"),
        ("Deutsche Welle", "dw", "agency"),
        ("Web Desk", "desk-web", "desk"),
        ("غرفة الأخبار", "desk-follow-up", "desk"),
    ],
)
def test_a_house_in_a_byline_is_a_source(byline: str, named: str, role: str) -> None:
    assert roles("youm7", byline) == {"youm7": "publisher", named: role}


def test_rivals_of_one_name_are_no_family() -> None:
    by_id = gazetteer().by_id
    assert gazetteer().family(by_id["saba"]).isdisjoint(gazetteer().family(by_id["saba-aden"]))
    assert roles("saba-aden", "صنعاء - وكالة سبأ")["saba"] == "agency"


def test_the_outlets_own_name_is_itself_though_the_gazetteer_lacks_it() -> None:
    ours = replace(outlet("nobody-knows"), native="قناة الميناء")
    attributed = attribute("قصة.", authors=["أبوظبي - قناة الميناء"], outlet=ours)
    assert [(source.name, role) for source, role in attributed.sources] == [("Ours", "publisher")]
    assert attributed.place == "أبوظبي"


@pytest.mark.parametrize(
    ("closing", "agencies"),
    [
        ("وقد تهبط الأسعار بنسبة خمسة بالمئة. (رويترز)", ("reuters",)),
        ("وقد تهبط الأسعار الأسبوع المقبل. (رويترز، أ ف ب).", ("reuters", "afp")),
        ('وقال إن "الأسعار قد تهبط" (د ب أ)', ("dpa",)),
        ("قیمتیں اگلے ہفتے کم ہو سکتی ہیں۔(اے ایف پی)", ("afp",)),
        ("ونقلت الصحيفة الخبر عن وكالة الأنباء الفرنسية (فرانس برس)", ()),
        ("ويعرض المشروع غدا على النواب. (البرلمان)", ()),
        ("وانتهى الاجتماع بلا اتفاق. (باريس)", ()),
    ],
)
def test_agencies_in_brackets_behind_the_last_sentence_are_the_storys(
    closing: str, agencies: tuple[str, ...]
) -> None:
    story = f"{'ترتفع أسعار النفط منذ بداية الشهر بحسب بيانات السوق. ' * 3}\n\n{closing}"
    attributed = attribute(story)
    assert tuple(source.id for source, _ in attributed.sources) == agencies
    assert attributed.body.endswith(closing)
