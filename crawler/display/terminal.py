"""Stories on a terminal: Latin columns first, right-to-left text alone on its line and isolated.

A terminal that knows bidi (GNOME Terminal, Konsole, mlterm, iTerm2) then orders each headline by
itself; one that does not shows it whole in logical order, undisturbed by its neighbours.
"""

import re
from datetime import datetime
from urllib.parse import quote, unquote

from rich.console import Console
from rich.text import Text

from crawler.health.formatting import format_count
from crawler.stories.model import Story
from crawler.text import isolated, printable
from crawler.text.shown import LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE

_ENCODED_LETTERS = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
NO_DATE = "(no date)        "  # as wide as a date


def print_story(story: Story, console: Console) -> None:
    """Print when, where and by whom; the headline; place and sources; the addresses of the copies;
    the id."""
    outlets = ", ".join(dict.fromkeys(copy.outlet or "?" for copy in story.copies))
    numbers = f"{len(story.copies)} {'copy' if len(story.copies) == 1 else 'copies'}"
    if story.revisions:
        numbers += f", {format_count(story.revisions, 'revision')}"
    published = (format_minute(story.published, missing=NO_DATE), "bold")
    head = Text.assemble(published, f"  {story.language or '??'}  {outlets}  ({numbers})")
    console.print(head)
    headline = isolated(story.headline or "(no headline)")
    console.print(Text(f"    {headline}", style="bold cyan"))
    names = [isolated(name) for name in (story.place or "", *story.sources) if name]
    console.print(Text(f"    {' · '.join(names)}"))
    for copy in story.copies:
        console.print(Text(f"    {isolated_url(copy.url)}", style="dim"))
    console.print(Text(f"    {story.id}\n", style="dim"))


def format_minute(instant: datetime | None, *, missing: str = "-") -> str:
    """Return `instant` to the minute in UTC, or `missing` for None."""
    return f"{instant:%Y-%m-%d %H:%M}Z" if instant else missing


def isolated_url(url: str) -> str:
    """Return `url` with readable letters, isolated: read from left to right whatever they are."""
    return f"{LEFT_TO_RIGHT_ISOLATE}{readable_url(url)}{POP_ISOLATE}"


def readable_url(url: str) -> str:
    """Return `url` with its percent-encoded letters decoded; it leads to the same page."""
    return printable(_ENCODED_LETTERS.sub(_decode_letters, url))


def _decode_letters(encoded: re.Match[str]) -> str:
    """Return the letters of UTF-8 bytes, but for those that a terminal would obey or not show."""
    try:
        letters = unquote(encoded[0], errors="strict")
    except UnicodeDecodeError:
        return encoded[0]
    return "".join(letter if printable(letter) == letter else quote(letter) for letter in letters)
