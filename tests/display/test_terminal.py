"""What a terminal is given of stored text."""

import io
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from crawler.counts import CrawlCounts
from crawler.display.terminal import format_minute, print_story
from crawler.health.status import Status
from crawler.health.table import print_table
from crawler.search import parse_query
from crawler.stories.model import Copy, Story

EVIL = "خبر\x1b]0;owned\x07\n[red]x[/red]\u202e"
SHOWN = r"خبر\x1b]0;owned\x07\n[red]x[/red]\u202e"


def console(*, terminal: bool = True) -> tuple[Console, io.StringIO]:
    written = io.StringIO()
    to = Console(
        file=written,
        width=240,
        soft_wrap=True,
        highlight=False,
        force_terminal=terminal,
        no_color=True,
        color_system=None,
    )
    return to, written


def story_of(headline: str, language: str | None) -> Story:
    copy = Copy("0" * 32, "waha", f"https://x.example/{headline}", None, headline)
    return Story(
        *("0" * 32, headline, language, None, headline, (headline,), headline, (copy,)),
        revisions=0,
        rules=1,
    )


def test_a_story_is_shown_with_its_controls_escaped() -> None:
    to, written = console()
    print_story(story_of(EVIL, "ar"), to)
    assert written.getvalue().splitlines()[1:4] == [
        f"    \u2067{SHOWN}\u2069",
        f"    \u2067{SHOWN}\u2069 · \u2068{SHOWN}\u2069",
        f"    \u2066https://x.example/{SHOWN}\u2069",
    ]


@pytest.mark.parametrize(
    ("language", "isolate"),
    [("ar", "\u2067"), ("ur", "\u2067"), ("en", "\u2066"), (None, "\u2068")],
)
def test_a_headline_goes_the_way_of_its_language_whatever_it_begins_with(
    language: str | None, isolate: str
) -> None:
    to, written = console()
    print_story(story_of("BBC: توسيع الميناء", language), to)
    assert written.getvalue().splitlines()[1] == f"    {isolate}BBC: توسيع الميناء\u2069"


def test_what_is_no_terminal_gets_no_isolates() -> None:
    to, written = console(terminal=False)
    print_story(story_of("BBC: توسيع الميناء", "ar"), to)
    assert written.getvalue().splitlines()[1] == "    BBC: توسيع الميناء"
    assert not set("\u2066\u2067\u2068\u2069") & set(written.getvalue())


def test_a_time_is_printed_in_its_zone() -> None:
    instant = datetime(2021, 8, 25, 21, 30, tzinfo=UTC)
    karachi = ZoneInfo("Asia/Karachi")
    assert format_minute(instant) == "2021-08-25 21:30Z"
    assert format_minute(instant, zone=karachi) == "2021-08-26 02:30+05:00"
    assert format_minute(None, zone=karachi) == "-"
    first = datetime(1, 1, 1, tzinfo=UTC)
    assert format_minute(first, zone=ZoneInfo("America/New_York")) == f"{first:%Y-%m-%d %H:%M}Z"


def test_sources_that_nobody_knows_are_named_with_their_controls_escaped() -> None:
    to, written = console()
    print_table({"waha": (CrawlCounts(unknown_sources={EVIL: 2, "وكالة": 1}), Status.DONE)}, to)
    last = written.getvalue().splitlines()[-1]
    assert last == f"waha: not in the gazetteer: \u2068{SHOWN}\u2069 2, \u2068وكالة\u2069 1"


def test_the_words_that_a_query_means_are_marked_on_a_terminal_alone() -> None:
    shown = []
    for color_system in ("standard", None):
        written = io.StringIO()
        to = Console(
            file=written,
            width=240,
            force_terminal=color_system is not None,
            color_system=color_system,
            no_color=True,
        )
        query = parse_query("ميناء -شركة")
        print_story(story_of("شركة: توسيع الميناء الجديد", "ar"), to, query=query)
        shown.append(written.getvalue().splitlines()[1])
    marked, plain = shown
    assert "\x1b[1;7mالميناء\x1b[0m" in marked
    assert marked.count("\x1b[1;7m") == 1
    assert plain == "    شركة: توسيع الميناء الجديد"
