"""Boilerplate: the paragraphs that an outlet prints under many stories.

A poll, a notice or a standing paragraph makes unrelated articles look alike: two pages of one
outlet were seen to share nine tenths of their text that way. Only the latest articles count, so
what is printed no more is forgotten, and neither the work nor the table grows with the collection.
"""

from collections.abc import Iterable

from crawler.dedup import folded_headline, paragraph_key
from crawler.items import Article
from crawler.stories.model import Boilerplate
from crawler.stories.restless import restless_lines
from crawler.text.counters import is_counter_line

LATEST_ARTICLES = 300
"""Articles of an outlet that boilerplate is learned from: a few days to a few weeks of them."""

MIN_HEADLINES = 6
"""Headlines under which boilerplate stands at least: the background of a story is repeated under
fewer of its follow-ups."""

MAX_PARAGRAPHS = 200
"""Paragraphs kept of one outlet at most, those under most headlines first."""


def find_boilerplate(articles: Iterable[Article]) -> frozenset[str]:
    """Return the keys of the paragraphs that stand under `MIN_HEADLINES` headlines or more.

    Headlines are counted, not stories: the paragraphs that unrelated articles share may have made
    one story of them.
    """
    headlines: dict[str, set[str]] = {}
    for article in articles:
        headline = folded_headline(article.headline)
        for line in (article.body or "").split("\n"):
            if line.strip():
                headlines.setdefault(paragraph_key(line), set()).add(headline)
    counts = [(len(headlines_of_key), key) for key, headlines_of_key in headlines.items()]
    often = sorted((pair for pair in counts if pair[0] >= MIN_HEADLINES), reverse=True)
    return frozenset(key for _, key in often[:MAX_PARAGRAPHS])


def with_keys(
    boilerplate: Boilerplate, keys: frozenset[str], restless: frozenset[str] | None = None
) -> Boilerplate:
    """Return the boilerplate with these keys; its version grows only if they are other keys.

    restless: keys of restless lines; None keeps those that are known.
    """
    if restless is None:
        restless = boilerplate.restless
    if (keys, restless) == (boilerplate.keys, boilerplate.restless):
        return boilerplate
    return Boilerplate(boilerplate.version + 1, keys, restless)


def boilerplate_lines(article: Article, boilerplate: Boilerplate) -> list[str]:
    """Return the lines of a body that are no part of the story as it is compared and hashed:
    counters, paragraphs under many stories, and lines that never rest."""
    restless = set(restless_lines(article.body or "", boilerplate.restless))
    return [
        line.strip()
        for line in (article.body or "").split("\n")
        if line.strip() in restless
        or is_counter_line(line)
        or (line.strip() and paragraph_key(line) in boilerplate.keys)
    ]
