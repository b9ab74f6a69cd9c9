"""One story as `scrapy story` shows it: its text, where and when as printed and as read, its copies
with their own sources, and its earlier texts."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, timedelta, tzinfo
from typing import Any

from rich.console import Console
from rich.text import Text

from crawler.display.terminal import (
    format_minute,
    isolated_headline,
    isolated_url,
    print_head,
)
from crawler.health.formatting import format_count, format_duration
from crawler.items import Article
from crawler.storage import Revision, StoredArticle, StoryReader
from crawler.stories.assembly import assemble, minutes_between
from crawler.stories.model import Copy, Story
from crawler.stories.word_diff import Paragraph, Piece, is_changed, word_diff
from crawler.text import isolated

_INDENT = "    "
_READ_AS_PRINTED = ("published_raw", "published_precision", "zone", "modified", "modified_raw")
_STYLES = {"same": "", "removed": "red strike", "added": "green"}
_MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}


@dataclass(frozen=True, slots=True)
class StoryTexts:
    """A story with the texts of its copies.

    articles: those of the copies, in their order. revisions: the older texts of each, the oldest
    first.
    """

    story: Story
    articles: tuple[StoredArticle, ...]
    revisions: tuple[tuple[Revision, ...], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """How much of a story is shown: the texts of all copies, the earlier texts, and the words in
    which texts differ instead of whole texts."""

    copies: bool = False
    revisions: bool = False
    diff: bool = False


async def load_story(store: StoryReader, story_id: str) -> StoryTexts | None:
    """Return the story that has, or had, an id; None if nothing is left of it. Raises
    StoreError."""
    articles = {stored.id: stored for stored in await store.story_copies(story_id)}
    if not articles:
        return None
    present_id = next(iter(articles.values())).story_id
    story = assemble(present_id, articles.values())
    revisions = [
        tuple(await store.revisions(copy.id)) if articles[copy.id].revisions else ()
        for copy in story.copies
    ]
    ordered = tuple(articles[copy.id] for copy in story.copies)
    return StoryTexts(story, ordered, tuple(revisions))


def story_values(texts: StoryTexts, shown: Shown) -> dict[str, Any]:
    """Return the object of `scrapy story --json`: the fields of the story, and the text of its
    earliest copy with when it was printed; for each copy and earlier text what `shown` names."""
    earliest = texts.articles[0].article
    values = asdict(texts.story)
    values["url"], values["body"] = earliest.url, earliest.body
    values |= {name: getattr(earliest, name) for name in _READ_AS_PRINTED}
    if shown.copies:
        for copy, stored in zip(values["copies"], texts.articles, strict=True):
            copy |= _copy_values(stored.article, earliest, diff=shown.diff)
    if shown.revisions or shown.diff:
        values["earlier"] = [
            _revision_values(revision, newer, diff=shown.diff)
            for stored, revisions in zip(texts.articles, texts.revisions, strict=True)
            for revision, newer in _with_newer(stored, revisions)
        ]
    return values


def print_story_texts(
    texts: StoryTexts, shown: Shown, console: Console, zone: tzinfo = UTC
) -> None:
    """Print a story with times in `zone`."""
    earliest = texts.articles[0].article
    print_head(texts.story, console, zone)
    console.print()
    for label, value in _facts(earliest, zone, terminal=console.is_terminal):
        console.print(Text(f"{_INDENT}{label:<10} {value}"))
    console.print()
    _print_text(earliest, console)
    for stored, copy in zip(texts.articles, texts.story.copies, strict=True):
        minutes = minutes_between(earliest, stored.article)
        _print_copy(copy, minutes, console, zone, is_first=stored is texts.articles[0])
        if shown.copies and stored is not texts.articles[0]:
            if shown.diff:
                _print_difference(earliest, stored.article, console)
            else:
                _print_text(stored.article, console, headline=True)
    if shown.revisions or shown.diff:
        _print_revisions(texts, console, zone, diff=shown.diff)
    console.print(Text(f"\n{texts.story.id}", style="dim"))


def _copy_values(article: Article, earliest: Article, *, diff: bool) -> dict[str, Any]:
    values: dict[str, Any] = {
        "language": article.language,
        "place": article.place,
        "dateline": article.dateline,
        "body": article.body,
    }
    values |= {name: getattr(article, name) for name in _READ_AS_PRINTED}
    if diff:
        values["diff"] = _difference_values(earliest, article)
    return values


def _revision_values(revision: Revision, newer: Article, *, diff: bool) -> dict[str, Any]:
    values: dict[str, Any] = {
        "article_id": revision.article_id,
        "outlet": revision.article.outlet,
        "first_seen": revision.first_seen,
        "replaced_at": revision.replaced_at,
        "headline": revision.article.headline,
        "body": revision.article.body,
    }
    if diff:
        values["diff"] = _difference_values(revision.article, newer)
    return values


def _difference_values(older: Article, newer: Article) -> dict[str, Any]:
    """Return the paragraphs of `word_diff` for headline and text, each piece as an object."""
    return {
        name: [
            [asdict(piece) for piece in paragraph]
            for paragraph in word_diff(getattr(older, name) or "", getattr(newer, name) or "")
        ]
        for name in ("headline", "body")
    }


def _with_newer(
    stored: StoredArticle, revisions: Sequence[Revision]
) -> Iterator[tuple[Revision, Article]]:
    """Yield each earlier text with the one that replaced it, the oldest first."""
    newer = [*(revision.article for revision in revisions[1:]), stored.article]
    yield from zip(revisions, newer, strict=False)


def _facts(article: Article, zone: tzinfo, *, terminal: bool) -> Iterator[tuple[str, str]]:
    """Yield when and where, as read and as printed, with labels."""
    for label, instant, printed in (
        ("published", article.published, article.published_raw),
        ("modified", article.modified, article.modified_raw),
    ):
        if instant is None and not printed:
            continue
        read = format_minute(instant, missing="(not read)", zone=zone)
        if label == "published" and article.published_precision:
            read += f", to the {article.published_precision}"
        yield label, read + _printed(printed, article.language, terminal=terminal)
    if article.zone:
        yield "zone", article.zone
    if article.place or article.dateline:
        place = article.place or "(not read)"
        shown = isolated(place, article.language, terminal=terminal)
        yield "place", shown + _printed(article.dateline, article.language, terminal=terminal)
    if article.reporter:
        yield "reporter", isolated(article.reporter, article.language, terminal=terminal)


def _printed(text: str | None, language: str | None, *, terminal: bool) -> str:
    return f", printed: {isolated(text, language, terminal=terminal)}" if text else ""


def _print_text(article: Article, console: Console, *, headline: bool = False) -> None:
    terminal = console.is_terminal
    if headline:
        shown = isolated_headline(article.headline, article.language, terminal=terminal)
        console.print(Text(f"{_INDENT}{shown}", style="bold cyan"))
    paragraphs = [line for line in (article.body or "").splitlines() if line.strip()]
    for paragraph in paragraphs or ["(no text)"]:
        shown = isolated(paragraph, article.language, terminal=terminal)
        console.print(Text(f"{_INDENT}{shown}\n"))


def _print_copy(
    copy: Copy, minutes: int | None, console: Console, zone: tzinfo, *, is_first: bool
) -> None:
    """Print a line with the outlet, the time and the sources of a copy, and one with its address.
    minutes: after the first one, if they are known."""
    terminal = console.is_terminal
    line = Text.assemble(
        (copy.outlet or "?", "bold"), f"  {format_minute(copy.published, zone=zone)}"
    )
    if minutes is not None and not is_first:
        line.append(f"  {format_duration(timedelta(minutes=minutes))} later")
    for role, names in (
        ("publisher", [copy.publisher]),
        ("agency", list(copy.agencies)),
        ("desk", [copy.desk]),
        ("reporter", [copy.reporter]),
    ):
        printed = ", ".join(isolated(name, terminal=terminal) for name in names if name)
        if printed:
            line.append(f"  {role} {printed}")
    console.print(line)
    console.print(Text(f"{_INDENT}{isolated_url(copy.url, terminal=terminal)}", style="dim"))


def _print_revisions(texts: StoryTexts, console: Console, zone: tzinfo, *, diff: bool) -> None:
    """Print the earlier texts of all copies, or the words that changed in each."""
    if not any(texts.revisions):
        console.print("\nNo earlier texts.")
    for stored, revisions in zip(texts.articles, texts.revisions, strict=True):
        for revision, newer in _with_newer(stored, revisions):
            first, last = (
                format_minute(instant, zone=zone)
                for instant in (revision.first_seen, revision.replaced_at)
            )
            outlet = stored.article.outlet or "?"
            head = f"\nearlier text of {outlet}, seen from {first}, replaced by {last}"
            console.print(Text(head, style="bold"))
            if diff:
                _print_difference(revision.article, newer, console)
            else:
                _print_text(revision.article, console, headline=True)


def _print_difference(older: Article, newer: Article, console: Console) -> None:
    """Print the paragraphs that changed, and how many did not."""
    headline = word_diff(older.headline or "", newer.headline or "")
    for paragraph in filter(is_changed, headline):
        console.print(_format_paragraph(paragraph, newer.language, console))
    unchanged = 0
    for paragraph in word_diff(older.body or "", newer.body or ""):
        if not is_changed(paragraph):
            unchanged += 1
            continue
        _print_unchanged(unchanged, console)
        unchanged = 0
        console.print(_format_paragraph(paragraph, newer.language, console))
    _print_unchanged(unchanged, console)


def _print_unchanged(number: int, console: Console) -> None:
    if number:
        counted = format_count(number, "paragraph")
        console.print(Text(f"{_INDENT}… {counted} as before", style="dim"))


def _format_paragraph(paragraph: Paragraph, language: str | None, console: Console) -> Text:
    """Return a paragraph with marks around what was removed and added. On a terminal it goes the
    way of its language, each piece by itself: numbers on both sides of a mark keep their places."""
    terminal = console.is_terminal
    begin, _, end = isolated("\0", language, terminal=terminal).partition(r"\x00")
    line = Text(f"{_INDENT}{begin}")
    for number, piece in enumerate(paragraph):
        line.append(" " if number else "")
        line.append(_format_piece(piece, language, terminal=terminal), _STYLES[piece.kind])
    line.append(end)
    return line


def _format_piece(piece: Piece, language: str | None, *, terminal: bool) -> str:
    before, after = _MARKS[piece.kind]
    return f"{before}{isolated(piece.text, language, terminal=terminal)}{after}"
