"""What a terminal is given of stored text."""

import io

from rich.console import Console

from crawler.counts import CrawlCounts
from crawler.display.terminal import print_story
from crawler.health.status import Status
from crawler.health.table import print_table
from crawler.stories.model import Copy, Story

EVIL = "خبر\x1b]0;owned\x07\n[red]x[/red]\u202e"
SHOWN = r"خبر\x1b]0;owned\x07\n[red]x[/red]\u202e"


def console() -> tuple[Console, io.StringIO]:
    written = io.StringIO()
    return Console(file=written, width=240, soft_wrap=True, highlight=False), written


def test_a_story_is_shown_with_its_controls_escaped() -> None:
    copy = Copy("0" * 32, "waha", f"https://x.example/{EVIL}", None, EVIL)
    story = Story("0" * 32, EVIL, "ar", None, EVIL, (EVIL,), EVIL, (copy,), revisions=0, rules=1)
    to, written = console()
    print_story(story, to)
    assert written.getvalue().splitlines()[1:4] == [
        f"    \u2068{SHOWN}\u2069",
        f"    \u2068{SHOWN}\u2069 · \u2068{SHOWN}\u2069",
        f"    \u2066https://x.example/{SHOWN}\u2069",
    ]


def test_sources_that_nobody_knows_are_named_with_their_controls_escaped() -> None:
    to, written = console()
    print_table({"waha": (CrawlCounts(unknown_sources={EVIL: 2, "وكالة": 1}), Status.DONE)}, to)
    last = written.getvalue().splitlines()[-1]
    assert last == f"waha: not in the gazetteer: \u2068{SHOWN}\u2069 2, \u2068وكالة\u2069 1"
