"""A digest says what the store holds, in three languages, and a page of mail fetches nothing."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import fields, replace
from datetime import UTC, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from lxml import html

from crawler.digest.gather import MAX_ROWS, Digest, Share, gather
from crawler.digest.html import as_html
from crawler.digest.labels import LABELS, Language, Names
from crawler.digest.text import as_text
from crawler.discovery.kinds import Feed
from crawler.gazetteer import Source
from crawler.health.outlet_state import Health, Reason
from crawler.items import Attribution
from crawler.outlet import Outlet
from crawler.storage import Store
from crawler.stories.model import Copy, Story
from tests.storage.conftest import mongodb_uri, sqlite_uri, store
from tests.storage.samples import HOUR, NOON, REUTERS, SyncStore, article

__all__ = ["mongodb_uri", "sqlite_uri", "store"]

TEXT = "أعلنت هيئة الموانئ توسيع الميناء بكلفة 340 مليون دينار، على أن ينتهي العمل بعد خمسة أشهر"
RAIN = "هطلت أمطار غزيرة على المدينة مساء أمس وأغلقت طرقا عدة أمام السيارات وتوقفت القطارات"
FAILED = Health("akhbar", "failed", (Reason("http_403", "3 of 3 <pages>"),))
WELL = Health("masry", "healthy")
KARACHI = ZoneInfo("Asia/Karachi")


def story(number: int, size: int = 1, **values: Any) -> Story:
    """A story of `size` copies."""
    first = Copy(f"{number:032x}", "akhbar", f"https://x.example/{number}", NOON, "خبر")
    given = Story(first.id, "خبر", "ar", NOON, None, (), None, (first,) * size, 0, 2)
    return replace(given, **values)


def digest_of(*stories: Story, largest: int = 10, health: tuple[Health, ...] = ()) -> Digest:
    async def listed() -> AsyncIterator[Story]:
        for each in stories:
            yield each

    return asyncio.run(gather(listed(), health, since=NOON, until=None, largest=largest))


def test_the_store_is_told_in_numbers(store: SyncStore) -> None:
    unknown = Attribution(Source("", "وكالة الميناء", "unknown"), "agency")
    store.save(
        article("akhbar", TEXT, place="موسكو", sources=(REUTERS, unknown)),
        article("masry", TEXT, published=NOON, place="موسكو", sources=(REUTERS,)),
        article("nahr", RAIN, published=NOON + HOUR, place="ماسکو"),
    )

    async def gathered(opened: Store) -> Digest:
        return await gather(opened.stories(), [WELL, FAILED], since=None, until=None, largest=10)

    digest = store.run(gathered)
    assert (digest.stories, digest.copies) == (2, 3)
    assert [len(each.copies) for each in digest.largest] == [2, 1]
    assert digest.places == (Share("ماسکو", 2, 3),)
    assert digest.agencies == (Share("reuters", 1, 2), Share("وكالة الميناء", 1, 1))
    assert digest.health == (FAILED,)


def test_the_largest_come_first_and_of_equal_ones_the_newest() -> None:
    stories = [story(n, copies) for n, copies in enumerate([1, 3, 1, 2, 3])]
    digest = digest_of(*stories, largest=3)
    assert digest.largest == (stories[1], stories[4], stories[3])
    assert (digest.stories, digest.copies) == (5, 10)
    assert digest_of().largest == ()


def test_places_are_as_many_as_fit() -> None:
    digest = digest_of(*[story(n, place=f"بلدة {n}") for n in range(3 * MAX_ROWS)])
    assert len(digest.places) == MAX_ROWS


HOSTILE = story(
    1,
    headline='<script>alert(1)</script>"\x00',
    copies=(replace(story(1).copies[0], url="javascript:alert(1)"),),
    place="<b>",
)


def names_in(language: Language) -> Names:
    outlet = Outlet(
        name="akhbar",
        title="Al-Akhbar",
        native="الأخبار",
        language="ar",
        country="EG",
        hosts=("x.example",),
        zone="Africa/Cairo",
        discovery=(Feed(url="/feed"),),
        articles=r"/x/\d+",
        as_of=2026,
    )
    return Names(language, {"akhbar": outlet})


@pytest.mark.parametrize("language", LABELS)
def test_a_page_of_mail_fetches_nothing_and_obeys_no_text(language: Language) -> None:
    digest = digest_of(HOSTILE, story(2, 2), health=(FAILED,))
    labels = LABELS[language]
    page = html.document_fromstring(as_html(digest, labels, names_in(language), UTC))
    assert (page.get("lang"), page.get("dir")) == (labels.language, labels.direction)
    tags = {element.tag for element in page.iter()}
    assert tags.isdisjoint({"script", "svg", "img", "link", "style", "iframe", "object"})
    links = [element.get("href") or element.get("src") for element in page.iter()]
    assert [link for link in links if link] == ["https://x.example/2"]
    assert not [name for element in page.iter() for name in element.attrib if name[:2] == "on"]
    styles = " ".join(element.get("style", "") for element in page.iter())
    assert "url(" not in styles
    text = "".join(map(str, page.itertext()))
    assert '<script>alert(1)</script>"\ufffd' in text
    assert "http_403: 3 of 3 <pages>" in text


def test_a_headline_has_its_own_direction_and_language() -> None:
    digest = digest_of(story(1), story(2, language=None))
    page = html.document_fromstring(as_html(digest, LABELS["en"], names_in("en"), UTC))
    known, unknown = (line for line in page.iter("div") if line.find("a") is not None)
    assert (known.get("dir"), known.get("lang")) == ("rtl", "ar")
    assert (unknown.get("dir"), unknown.get("lang")) == ("auto", None)


def test_all_lines_stand_at_the_side_of_the_message() -> None:
    digest = replace(digest_of(story(1, place="موسكو")), until=NOON + timedelta(days=1))
    sides: dict[Language, str] = {"en": "left", "ar": "right"}
    for language, side in sides.items():
        page = html.document_fromstring(as_html(digest, LABELS[language], names_in(language), UTC))
        (headline,) = (line for line in page.iter("div") if line.find("a") is not None)
        assert f"text-align:{side}" in headline.get("style", "")
        # Directions of their own belong to the texts, not to their blocks, which they would move.
        assert not [cell for cell in page.iter("td") if cell.get("dir") == "auto"]
        assert page.xpath("//div[not(@dir)]/bdi[@dir='ltr'][contains(., '–')]")


def test_the_text_is_whole_and_in_the_readers_words() -> None:
    place = story(1, 2, place="موسكو", headline="خبر\x1b[31m")
    digest = replace(digest_of(place, health=(FAILED,)), until=NOON + timedelta(days=1))
    assert as_text(digest, LABELS["ar"], names_in("ar"), KARACHI) == (
        "موجز الأخبار\n"
        "2026-03-01 17:00 – 2026-03-02 17:00 (Asia/Karachi)\n"
        "الأخبار: 1 · النسخ: 2\n"
        "\n"
        "أوسع الأخبار انتشارا\n"
        "--------------------\n"
        "1. خبر\\x1b[31m\n"
        "   النسخ: 2 · 2026-03-01 17:00 · موسكو · الأخبار\n"
        "   https://x.example/1\n"
        "\n"
        "الأماكن\n"
        "-------\n"
        "موسكو: 1 (2)\n"
        "\n"
        "مواقع تحتاج إلى نظر\n"
        "-------------------\n"
        "الأخبار: failed\n"
        "   http_403: 3 of 3 <pages>\n"
    )


@pytest.mark.parametrize("language", LABELS)
def test_nothing_is_said_to_be_nothing(language: Language) -> None:
    labels = LABELS[language]
    digest = digest_of(health=(WELL,))
    for written in (
        as_text(digest, labels, names_in(language), UTC),
        as_html(digest, labels, names_in(language), UTC),
    ):
        assert labels.nothing in written
        assert labels.all_well in written
        assert labels.places not in written


def test_no_two_words_of_a_language_are_the_same_and_none_is_missing() -> None:
    for labels in LABELS.values():
        words = [getattr(labels, field.name) for field in fields(labels)]
        assert all(words)
    assert LABELS["ur"].direction == LABELS["ar"].direction == "rtl"


def test_names_are_those_of_the_readers_language() -> None:
    assert names_in("en").outlet("akhbar") == "Al-Akhbar"
    assert names_in("ur").outlet("akhbar") == "الأخبار"
    assert names_in("ur").outlet("gone") == "gone"
    assert names_in("en").agency("reuters") == "Reuters"
    assert names_in("ar").agency("reuters") == "رويترز"
    assert names_in("ar").agency("وكالة الميناء") == "وكالة الميناء"


def test_without_bounds_no_time_is_told() -> None:
    digest = replace(digest_of(), since=None)
    assert as_text(digest, LABELS["en"], names_in("en"), UTC).splitlines()[:2] == [
        "News digest",
        "Stories: 0 · Copies: 0",
    ]
