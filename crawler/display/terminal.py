"""Stories on a terminal: Latin columns first, right-to-left text alone on its line and isolated.

A terminal that knows bidi (GNOME Terminal, Konsole, mlterm, iTerm2) then orders each headline by
itself; one that does not shows it whole in logical order, undisturbed by its neighbours.
"""

import re
from datetime import datetime
from urllib.parse import quote, unquote

from rich.console import Console
from rich.text import Text

from crawler.storage.protocol import Story
from crawler.text import isolated, printable
from crawler.text.shown import LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE


def readable(url: str) -> str:
    """`url` with the letters that are percent-encoded in it; it leads to the same page."""
    return printable(re.sub(r"(?:%[89A-Fa-f][0-9A-Fa-f])+", _letters, url))


def _letters(encoded: re.Match[str]) -> str:
    try:
        letters = unquote(encoded[0], errors="strict")
    except UnicodeDecodeError:
        return encoded[0]
    return "".join(letter if printable(letter) == letter else quote(letter) for letter in letters)


def print_story(story: Story, console: Console) -> None:
    """Three lines: when, where, who; the headline; the id and the addresses of its copies."""
    outlets = ", ".join(dict.fromkeys(copy.outlet or "?" for copy in story.copies))
    told = [f"{len(story.copies)} {'copy' if len(story.copies) == 1 else 'copies'}"]
    if story.revisions:
        told.append(f"{story.revisions} {'revision' if story.revisions == 1 else 'revisions'}")
    head = Text.assemble(
        (minute(story.published), "bold"),
        f"  {story.language or '??'}  {outlets}  ({', '.join(told)})",
    )
    console.print(head)
    console.print(Text("    " + isolated(story.headline or "(no headline)"), style="bold cyan"))
    where = [isolated(name) for name in (story.place or "", *story.sources) if name]
    console.print(Text(f"    {' · '.join(where)}"))
    for copy in story.copies:
        console.print(
            Text(f"    {LEFT_TO_RIGHT_ISOLATE}{readable(copy.url)}{POP_ISOLATE}", style="dim")
        )
    console.print(Text(f"    {story.id}\n", style="dim"))


def minute(instant: datetime | None, otherwise: str = "(no date)        ") -> str:
    """`instant` to the minute in UTC, or `otherwise` where there is none."""
    return f"{instant:%Y-%m-%d %H:%M}Z" if instant else otherwise
