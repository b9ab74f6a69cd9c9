"""The authors of a story: names from structured data, from byline elements near the story, and from
the story's first and last lines."""

from collections.abc import Iterable
from dataclasses import replace

from crawler.extraction.blocks import PageBlocks
from crawler.extraction.body import Body
from crawler.extraction.bylines import (
    names_in_byline,
    names_in_first_line,
    names_in_last_line,
)
from crawler.extraction.page_claims import PageClaims
from crawler.extraction.values import distinct, split_url
from crawler.text.letters import fold_words

_BLOCKS_BEFORE, _BLOCKS_BEHIND = 15, 3
"""Blocks before and behind the body in which byline elements are looked for."""
_MAX_BYLINES = 4
_MIN_HOST_NAME_CHARS = 4
"""Letters of a name that is not in a host by chance."""


def split_bylines(body: Body) -> tuple[tuple[str, ...], Body]:
    """Return the names in the story's first lines and in its last, and the body without these
    lines."""
    blocks = list(body.blocks)
    names: tuple[str, ...] = ()
    while blocks and (first_line := names_in_first_line(blocks[0])):
        names += first_line
        del blocks[0]
    last_line = names_in_last_line(blocks)
    if last_line:
        names += last_line
        del blocks[-1]
    else:
        names += names_in_last_line([*blocks, *body.labels[:1]])
    return names, replace(body, blocks=tuple(blocks))


def find_authors(
    page: PageBlocks, body: Body, claims: PageClaims, in_story: Iterable[str], url: str
) -> tuple[str, ...]:
    """Return the story's authors: people and desks from the first reader that names any, else from
    byline elements around `body`; then those of `in_story`, the names in the story's own lines.
    Organisations only where nobody else is named."""

    def without_own_names(bylines: Iterable[str]) -> tuple[str, ...]:
        """Return the names in `bylines` but those of the site itself."""
        names = (name for byline in bylines for name in names_in_byline(byline))
        return distinct(name for name in names if not _is_own_name(name, claims.site_names, url))

    declared = claims.believed(lambda reader: without_own_names(reader.authors))
    if not declared:
        declared = without_own_names(_byline_elements(page, body))
    organisations = claims.believed(lambda reader: without_own_names(reader.organisations))
    return distinct([*declared, *in_story]) or organisations or ()


def _byline_elements(page: PageBlocks, body: Body) -> list[str]:
    """Return the texts of byline elements from the headline's surroundings to the end of the
    body."""
    if not body.blocks:
        return []
    start = max(0, body.blocks[0].position - _BLOCKS_BEFORE)
    end = body.blocks[-1].position + 1 + _BLOCKS_BEHIND
    bylines = [
        block.text
        for block in page.blocks[start:end]
        if block.roles and block.roles[-1][1] == "byline"
    ]
    return bylines[:_MAX_BYLINES]


def _is_own_name(name: str, site_names: Iterable[str], url: str) -> bool:
    """Return whether `name` is the site itself: all words of `name` stand in one of `site_names` or
    the reverse, or (in Latin letters) it stands in the host of `url`."""
    words = set(fold_words(name).split())
    for site_name in site_names:
        own_words = set(fold_words(site_name).split())
        if own_words and (words <= own_words or own_words <= words):
            return True
    host = (split_url(url).hostname or "").replace("-", "")
    joined = fold_words(name).replace(" ", "")
    return len(joined) >= _MIN_HOST_NAME_CHARS and joined in host
