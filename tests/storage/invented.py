"""Stories for the tests of copies: eight paragraphs each, of words that no language has, none in
two."""

import random

from crawler.items import Article
from tests.storage.samples import article

LETTERS = "ابتثجحخدذرزسشصضطعغفقكلمنهوي"


def paragraphs(story: int) -> list[str]:
    """The paragraphs of story number `story`."""
    chance = random.Random(story)

    def word() -> str:
        return "".join(chance.choices(LETTERS, k=chance.randint(2, 7)))

    return [" ".join(word() for _ in range(25)) + f" {chance.randint(2, 999)}." for _ in range(8)]


def copy_of(
    name: str, story: int, *, first: int = 0, last: int = 8, tail: str = "", **fields: object
) -> Article:
    """Outlet `name`'s print of paragraphs `first` to `last` of a story, and a tail of its own."""
    texts = [*paragraphs(story)[first:last], *([tail] if tail else [])]
    given = {"body": "\n\n".join(texts), "headline": f"خبر {paragraphs(story)[0][:30]}"} | fields
    return article(f"{name}/{story}", **given)  # type: ignore[arg-type]
