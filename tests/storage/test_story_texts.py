"""A whole story with the texts of its copies and what they said before, from both stores."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from crawler.display.story import (
    Shown,
    StoryTexts,
    load_story,
    print_story_texts,
    story_values,
)
from crawler.gazetteer import Source
from crawler.items import Attribution
from crawler.storage import Store
from tests.storage.samples import HOUR, NOON, REUTERS, SyncStore, article

JANG = Attribution(Source("jang", "Jang", "newspaper", "PK"), "publisher")
FIRST = "أعلنت شركة الميناء توسيع الرصيف القديم بكلفة 3 ملايين دينار.\n\nويبدأ العمل في الربيع."
LATER = "أعلنت شركة الميناء توسيع الرصيف القديم بكلفة 5 ملايين دينار.\n\nويبدأ العمل في الربيع."
FIELDS: dict[str, Any] = {
    "published_raw": "1 مارس 2026 - 8:00",
    "published_precision": "minute",
    "zone": "Africa/Cairo",
    "dateline": "القاهرة - رويترز",
    "place": "القاهرة",
    "sources": (REUTERS,),
}


@pytest.fixture
def filled(store: SyncStore) -> SyncStore:
    """One story: "a" printed it at seven and changed a number, "b" carried the later text."""
    store.save(
        article("a/1", FIRST, published=NOON - 5 * HOUR, fetched_at=NOON - 4 * HOUR, **FIELDS),
        article("a/1", LATER, published=NOON - 5 * HOUR, fetched_at=NOON, **FIELDS),
        article(
            *("b/1", LATER),
            published=NOON - 4 * HOUR + timedelta(minutes=20),
            published_precision="minute",
            sources=(JANG, REUTERS),
            reporter="کریم",
        ),
    )
    return store


def texts_of(store: SyncStore, story_id: str) -> StoryTexts:
    async def loaded(opened: Store) -> StoryTexts | None:
        return await load_story(opened, story_id)

    texts = store.run(loaded)
    assert texts is not None
    return texts


def printed(texts: StoryTexts, shown: Shown, *, terminal: bool = False, **given: Any) -> str:
    to = io.StringIO()
    console = Console(
        file=to,
        width=300,
        highlight=False,
        force_terminal=terminal,
        color_system=None,
        soft_wrap=True,
    )
    print_story_texts(texts, shown, console, **given)
    return to.getvalue()


def test_every_id_of_a_copy_leads_to_the_whole_story(filled: SyncStore) -> None:
    (story,) = filled.stories()
    first, second = story.copies
    for story_id in (first.id, second.id):
        texts = texts_of(filled, story_id)
        assert texts.story == story
        assert [stored.article.body for stored in texts.articles] == [LATER, LATER]
        assert [[old.article.body for old in each] for each in texts.revisions] == [[FIRST], []]

    async def unknown(opened: Store) -> StoryTexts | None:
        return await load_story(opened, "0" * 32)

    assert filled.run(unknown) is None


def test_the_object_has_the_story_and_what_is_asked_for(filled: SyncStore) -> None:
    (story,) = filled.stories()
    texts = texts_of(filled, story.id)
    plain = story_values(texts, Shown())
    assert (plain["id"], plain["headline"], plain["body"]) == (story.id, "توسيع الميناء", LATER)
    assert (plain["published_raw"], plain["zone"]) == ("1 مارس 2026 - 8:00", "Africa/Cairo")
    assert "earlier" not in plain
    assert "body" not in plain["copies"][0]
    assert [copy["agencies"] for copy in plain["copies"]] == [("reuters",), ("reuters",)]
    assert [carried["minutes_after_first"] for carried in plain["carried"]] == [0, 80]

    whole = story_values(texts, Shown(copies=True, revisions=True, diff=True))
    assert [copy["body"] for copy in whole["copies"]] == [LATER, LATER]
    (earlier,) = whole["earlier"]
    assert (earlier["outlet"], earlier["body"], earlier["first_seen"]) == (
        "a",
        FIRST,
        NOON - 4 * HOUR,
    )
    assert [piece["kind"] for piece in earlier["diff"]["body"][0]] == [
        "same",
        "removed",
        "added",
        "same",
    ]


def test_it_is_printed_with_when_and_where_as_printed_and_as_read(filled: SyncStore) -> None:
    (story,) = filled.stories()
    lines = printed(texts_of(filled, story.id), Shown(), zone=ZoneInfo("Asia/Karachi")).splitlines()
    assert lines[0] == "2026-03-01 12:00+05:00  ar  a, b  (2 copies, 1 revision)"
    assert (
        "    published  2026-03-01 12:00+05:00, to the minute, printed: 1 مارس 2026 - 8:00" in lines
    )
    assert "    place      القاهرة, printed: القاهرة - رويترز" in lines
    assert "    ويبدأ العمل في الربيع." in lines
    assert "a  2026-03-01 12:00+05:00  agency reuters" in lines
    assert (
        "b  2026-03-01 13:20+05:00  1 h 20 min later  publisher jang  agency reuters  reporter کریم"
        in lines
    )
    assert lines[-1] == story.id


def test_an_earlier_text_is_printed_whole_or_as_the_words_that_changed(filled: SyncStore) -> None:
    (story,) = filled.stories()
    texts = texts_of(filled, story.id)
    head = "earlier text of a, seen from 2026-03-01 08:00Z, replaced by 2026-03-01 12:00Z"
    whole = printed(texts, Shown(revisions=True))
    assert head in whole
    assert FIRST.split("\n\n")[0] in whole
    changed = printed(texts, Shown(diff=True))
    assert head in changed
    assert "الرصيف القديم بكلفة [-3-] {+5+} ملايين دينار." in changed
    assert "… 1 paragraph as before" in changed
    assert not set("\u2066\u2067\u2068\u2069") & set(changed)


def test_on_a_terminal_each_piece_goes_the_way_of_its_language(filled: SyncStore) -> None:
    (story,) = filled.stories()
    shown = printed(texts_of(filled, story.id), Shown(diff=True), terminal=True)
    assert "[-\u20673\u2069-] {+\u20675\u2069+}" in shown
    line = next(line for line in shown.splitlines() if "[-" in line)
    assert line.count("\u2067") == line.count("\u2069") == 5
    assert line.strip()[0] == "\u2067"


def test_a_story_without_earlier_texts_or_text_says_so(store: SyncStore) -> None:
    store.save(article("a/1", None, published=None, published_raw="امبارح", fetched_at=NOON))
    (story,) = store.stories()
    shown = printed(texts_of(store, story.id), Shown(revisions=True))
    assert "(no text)" in shown
    assert "published  (not read), printed: امبارح" in shown
    assert "No earlier texts." in shown


def test_dates_of_the_first_year_are_printed(store: SyncStore) -> None:
    first = datetime(1, 1, 1, tzinfo=UTC)
    store.save(article("a/1", FIRST, published=first))
    (story,) = store.stories()
    assert printed(texts_of(store, story.id), Shown(), zone=ZoneInfo("America/Lima"))


def test_a_removed_first_copy_leads_to_what_is_left_of_the_story(filled: SyncStore) -> None:
    (story,) = filled.stories()
    first, second = story.copies
    assert filled.run(lambda opened: opened.forget(first.id, "asked"))
    texts = texts_of(filled, first.id)
    assert (texts.story.id, len(texts.articles)) == (second.id, 1)
    assert filled.run(lambda opened: opened.forget(second.id, "asked"))
    assert filled.run(lambda opened: load_story(opened, first.id)) is None
