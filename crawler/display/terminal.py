"""Stories on a terminal: Latin columns first, right-to-left text alone on its line and isolated.

A terminal that knows bidi (GNOME Terminal, Konsole, mlterm, iTerm2) then orders each headline by
itself; one that does not shows it whole in logical order, undisturbed by its neighbours. What is
no terminal gets the text without isolates: there they are characters that a search stumbles over.
"""

import re
from datetime import UTC, datetime, tzinfo
from urllib.parse import quote, unquote

from rich.console import Console
from rich.text import Text

from crawler.health.formatting import format_count
from crawler.search import Node, marks
from crawler.stories.model import Story
from crawler.text import isolated, printable
from crawler.text.shown import isolated_left_to_right

_ENCODED_LETTERS = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")


def print_story(
    story: Story, console: Console, zone: tzinfo = UTC, query: Node | None = None
) -> None:
    """Print when, in `zone`, where and by whom; the headline, the words that `query` means marked;
    place and sources; the addresses of the copies; the id."""
    print_head(story, console, zone, query)
    terminal = console.is_terminal
    for copy in story.copies:
        console.print(Text(f"    {isolated_url(copy.url, terminal=terminal)}", style="dim"))
    console.print(Text(f"    {story.id}\n", style="dim"))


def print_head(
    story: Story, console: Console, zone: tzinfo = UTC, query: Node | None = None
) -> None:
    """Print when, in `zone`, where and by whom; the headline, the words that `query` means marked;
    place and sources."""
    terminal = console.is_terminal
    outlets = ", ".join(dict.fromkeys(copy.outlet or "?" for copy in story.copies))
    numbers = f"{len(story.copies)} {'copy' if len(story.copies) == 1 else 'copies'}"
    if story.revisions:
        numbers += f", {format_count(story.revisions, 'revision')}"
    published = (format_minute(story.published, missing=no_date(zone), zone=zone), "bold")
    head = Text.assemble(published, f"  {story.language or '??'}  {outlets}  ({numbers})")
    console.print(head)
    headline = isolated_headline(story.headline, story.language, terminal=terminal)
    line = Text(f"    {headline}", style="bold cyan")
    for span in marks(line.plain, query, story.language) if query else ():
        line.stylize("reverse", span.start, span.end)
    console.print(line)
    names = [isolated(story.place, story.language, terminal=terminal)] if story.place else []
    names += [isolated(name, terminal=terminal) for name in story.sources]
    console.print(Text(f"    {' · '.join(names)}"))


def isolated_headline(headline: str | None, language: str | None, *, terminal: bool) -> str:
    """Return a headline in `language`, isolated, or "(no headline)"."""
    if not headline:
        return "(no headline)"
    return isolated(headline, language, terminal=terminal)


def format_minute(instant: datetime | None, *, missing: str = "-", zone: tzinfo = UTC) -> str:
    """Return `instant` to the minute in `zone`, or `missing` for None: "2021-08-25 09:30Z" in UTC,
    "2021-08-25 14:30+05:00" elsewhere."""
    if instant is None:
        return missing
    if zone is not UTC:
        try:
            return instant.astimezone(zone).isoformat(" ", timespec="minutes")
        except OverflowError:  # the first and the last hours of the calendar
            pass
    return f"{instant:%Y-%m-%d %H:%M}Z"


def no_date(zone: tzinfo = UTC) -> str:
    """Return "(no date)", as wide as a date in `zone`."""
    width = len("2021-08-25 09:30Z") if zone is UTC else len("2021-08-25 14:30+05:00")
    return "(no date)".ljust(width)


def isolated_url(url: str, *, terminal: bool) -> str:
    """Return `url` with readable letters, on a terminal isolated: read from left to right whatever
    they are."""
    return isolated_left_to_right(readable_url(url), terminal=terminal)


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
