"""The comparison of two stored articles on a terminal: what was found, why, and what the texts
themselves say."""

from rich.console import Console
from rich.text import Text

from crawler.dedup import Match
from crawler.display.differences import Difference, differences
from crawler.display.terminal import readable
from crawler.items import Article
from crawler.storage.likeness import RULES
from crawler.storage.protocol import StoredArticle
from crawler.text import isolated
from crawler.text.shown import LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE

SHOWN = 12
"""Differences that are shown; how many more there are is said."""

LONGEST = 160
"""Letters of a stretch that are shown."""

_KINDS = {
    "same_text": "the same text: one story",
    "copy": "copies of one text: one story",
    "contains": "one holds the other in a piece of its own: two stories",
    "none": "two stories",
}


def print_comparison(a: StoredArticle, b: StoredArticle, match: Match, console: Console) -> None:
    """The two articles, the verdict, what they share and where they differ."""
    for name, stored in (("A", a), ("B", b)):
        _print_article(name, stored, console)
    console.print(
        Text.assemble(
            (f"{_KINDS[match.kind]}", "bold"), f" ({match.kind}, score {match.score:.2f})"
        )
    )
    console.print(Text(f"why: {match.why}"))
    console.print(Text(_standing(a, b, match)))
    if a.article.body and b.article.body:
        _print_differences(a.article.body, b.article.body, console)


def _print_article(name: str, stored: StoredArticle, console: Console) -> None:
    article = stored.article
    console.print(
        Text(
            f"{name}  {_when(article)}  {article.language or '??'}  {article.outlet or '?'}",
            style="bold",
        )
    )
    console.print(Text(f"   {isolated(article.headline or '(no headline)')}", style="bold cyan"))
    console.print(
        Text(f"   {LEFT_TO_RIGHT_ISOLATE}{readable(article.url)}{POP_ISOLATE}", style="dim")
    )
    console.print(Text(f"   {stored.id}, grouped by rules {stored.rules}\n", style="dim"))


def _standing(a: StoredArticle, b: StoredArticle, match: Match) -> str:
    """How the two stand in the store, and what explains it where that is not what the comparison
    says."""
    if a.story_id == b.story_id:
        through = "" if match.joins else ", through other copies of it"
        return f"stored as one story{through}: {a.story_id}"
    hint = ""
    if match.joins:
        older = min(a.rules, b.rules) < RULES
        hint = (
            f" (today's rules are {RULES}: see `scrapy regroup`)"
            if older
            else " (no core in common, or days apart)"
        )
    return f"stored as two stories{hint}: {a.story_id} and {b.story_id}"


def _print_differences(one: str, other: str, console: Console) -> None:
    found = differences(one, other)
    console.print(Text(f"\nlongest common run: {found.longest_words} words"))
    if found.longest:
        console.print(Text(f"   {isolated(_cut(found.longest))}"))
    console.print(Text(f"numbers in both: {', '.join(found.shared_numbers) or 'none'}"))
    console.print(Text(f"differences: {len(found.stretches)}"))
    for stretch in found.stretches[:SHOWN]:
        _print_stretch(stretch, console)
    if len(found.stretches) > SHOWN:
        console.print(Text(f"   and {len(found.stretches) - SHOWN} more"))


def _print_stretch(stretch: Difference, console: Console) -> None:
    for name, text, style in (("A", stretch.one, "red"), ("B", stretch.other, "green")):
        shown = isolated(_cut(text)) if text else "(nothing)"
        console.print(Text.assemble(f"   {name}  ", (shown, style if text else "dim")))
    console.print()


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _when(article: Article) -> str:
    return f"{article.published:%Y-%m-%d %H:%M}Z" if article.published else "(no date)"
