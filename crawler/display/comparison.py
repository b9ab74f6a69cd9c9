"""The comparison of two stored articles on a terminal: the verdict, its reason, and where the texts
differ."""

from rich.console import Console
from rich.text import Text

from crawler.dedup import Match
from crawler.display.differences import Difference, differences
from crawler.display.terminal import isolated_headline, isolated_url
from crawler.items import Article
from crawler.stories.model import StoredArticle
from crawler.stories.signature import RULES_VERSION
from crawler.text import isolated

MAX_STRETCHES = 12
"""Differences that are shown in full; the others are only counted."""

MAX_LETTERS = 160
"""Letters of a stretch that are shown."""

_VERDICTS = {
    "same_text": "the same text: one story",
    "copy": "copies of one text: one story",
    "contains": "one holds the other in a piece of its own: two stories",
    "none": "two stories",
}


def print_comparison(a: StoredArticle, b: StoredArticle, match: Match, console: Console) -> None:
    """Print both articles, the verdict of `match`, and what their texts share and differ in."""
    _print_article("A", a, console)
    _print_article("B", b, console)
    verdict = (_VERDICTS[match.kind], "bold")
    console.print(Text.assemble(verdict, f" ({match.kind}, score {match.score:.2f})"))
    console.print(Text(f"why: {match.why}"))
    console.print(Text(_describe_stories(a, b, match)))
    if a.article.body and b.article.body:
        _print_differences(a.article.body, b.article.body, console)


def _print_article(name: str, stored: StoredArticle, console: Console) -> None:
    article = stored.article
    language, outlet = article.language or "??", article.outlet or "?"
    terminal = console.is_terminal
    headline = isolated_headline(article.headline, article.language, terminal=terminal)
    head = f"{name}  {_format_published(article)}  {language}  {outlet}"
    console.print(Text(head, style="bold"))
    console.print(Text(f"   {headline}", style="bold cyan"))
    console.print(Text(f"   {isolated_url(article.url, terminal=terminal)}", style="dim"))
    console.print(Text(f"   {stored.id}, grouped by rules {stored.rules}\n", style="dim"))


def _describe_stories(a: StoredArticle, b: StoredArticle, match: Match) -> str:
    """Return whether the store has the two as one story, with the explanation where `match` says
    otherwise."""
    if a.story_id == b.story_id:
        through = "" if match.joins else ", through other copies of it"
        return f"stored as one story{through}: {a.story_id}"
    return f"stored as two stories{_explain_parting(a, b, match)}: {a.story_id} and {b.story_id}"


def _explain_parting(a: StoredArticle, b: StoredArticle, match: Match) -> str:
    if not match.joins:
        return ""
    if min(a.rules, b.rules) < RULES_VERSION:
        return f" (today's rules are {RULES_VERSION}: see `scrapy regroup`)"
    return " (no core in common, or days apart)"


def _print_differences(first: str, second: str, console: Console) -> None:
    terminal = console.is_terminal
    comparison = differences(first, second)
    console.print(Text(f"\nlongest common run: {comparison.longest_words} words"))
    if comparison.longest:
        console.print(Text(f"   {_shorten(comparison.longest, terminal=terminal)}"))
    numbers = ", ".join(comparison.shared_numbers) or "none"
    console.print(Text(f"numbers in both: {numbers}"))
    console.print(Text(f"differences: {len(comparison.stretches)}"))
    for stretch in comparison.stretches[:MAX_STRETCHES]:
        _print_stretch(stretch, console)
    if len(comparison.stretches) > MAX_STRETCHES:
        console.print(Text(f"   and {len(comparison.stretches) - MAX_STRETCHES} more"))


def _print_stretch(stretch: Difference, console: Console) -> None:
    for name, text, color in (("A", stretch.first, "red"), ("B", stretch.second, "green")):
        shown = (
            (_shorten(text, terminal=console.is_terminal), color) if text else ("(nothing)", "dim")
        )
        console.print(Text.assemble(f"   {name}  ", shown))
    console.print()


def _shorten(text: str, *, terminal: bool) -> str:
    """Return the beginning of `text`, on a terminal isolated from the direction of its line."""
    short = text if len(text) <= MAX_LETTERS else f"{text[:MAX_LETTERS]}…"
    return isolated(short, terminal=terminal)


def _format_published(article: Article) -> str:
    return f"{article.published:%Y-%m-%d %H:%M}Z" if article.published else "(no date)"
