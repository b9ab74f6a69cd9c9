"""The story's text: the paragraphs that the page prints; where it prints none or only the first,
the text that structured data or embedded JSON has under the page's headline."""

from dataclasses import dataclass

from crawler.extraction.blocks import PageBlocks
from crawler.extraction.body import Body
from crawler.extraction.embedded_story import find_embedded_story
from crawler.extraction.headline import Headline, title_forms
from crawler.extraction.page_claims import PageClaims
from crawler.extraction.paragraphs import join_paragraphs
from crawler.extraction.tree import PageTree
from crawler.extraction.values import plain_line
from crawler.extraction.verdict import is_home
from crawler.text.letters import fold_words

_MIN_CHARS = 60
_MIN_TIMES_LONGER = 1.3
"""How much longer than the printed text an embedded one is that holds more of the story."""
_COMPARED_CHARS = 120
"""Characters of the printed text that the embedded one must hold."""
_MIN_TITLE_CHARS, _MANY_TITLES = 30, 40
"""Linked characters of a title of another story, and titles that a front page has."""
_CUT_MARKS = ("…", "...", "..", "[…]", "[...]")


@dataclass(frozen=True, slots=True)
class StoryText:
    """`paragraphs`: the text, None without any. `is_embedded`: it is not the printed one.
    `is_first_paragraph_only`: it is one paragraph of a longer text. `has_unreadable_state`: the
    page keeps a state that is no JSON, and no more than one paragraph was found."""

    paragraphs: str | None
    is_embedded: bool = False
    is_first_paragraph_only: bool = False
    has_unreadable_state: bool = False


def find_text(
    tree: PageTree,
    page: PageBlocks,
    story: Body,
    data_story: Body | None,
    headline: Headline | None,
    claims: PageClaims,
) -> StoryText:
    """Return the text of the story below `headline`: that of `data_story`, the story in the page's
    declared JSON document, where there is one."""
    if data_story is not None:
        paragraphs = join_paragraphs(block.text for block in data_story.blocks)
        return StoryText(paragraphs, is_embedded=True)
    printed = join_paragraphs(block.text for block in story.blocks)
    prints_more = sum(block.is_prose for block in story.blocks) > 1
    if prints_more or headline is None or _is_front_page(page, claims, tree.url):
        return StoryText(printed)
    # Lines without prose beside a story that a script prints are labels.
    opening = printed if story.prose_chars else None
    embedded = find_embedded_story(tree, title_forms(headline.text, claims))
    texts = (_text_of_jsonld(headline.text, claims) or "", embedded.text or "")
    longest = max(texts, key=len)
    is_longer = len(longest) > max(_MIN_CHARS, _MIN_TIMES_LONGER * len(opening or ""))
    if is_longer and _opens_with(longest, opening or ""):
        return StoryText(longest, is_embedded=True)
    is_cut = opening is not None and opening.endswith(_CUT_MARKS)
    return StoryText(
        printed,
        is_first_paragraph_only=is_cut or is_longer or embedded.is_unreadable,
        has_unreadable_state=embedded.is_unreadable,
    )


def _is_front_page(page: PageBlocks, claims: PageClaims, url: str) -> bool:
    """Return whether a page is the home page of its site, or links to many stories and does not say
    that it is an article."""
    if is_home(url):
        return True
    if claims.kind == "article" or claims.is_dated:
        return False
    titles = sum(block.linked_chars >= _MIN_TITLE_CHARS for block in page.blocks)
    return titles >= _MANY_TITLES


def _text_of_jsonld(headline: str, claims: PageClaims) -> str | None:
    """Return the articleBody of the JSON-LD node that has the page's headline."""
    node = claims.jsonld
    if node is None or not node.body or fold_words(node.headline or "") != fold_words(headline):
        return None
    return join_paragraphs(plain_line(line) or "" for line in node.body.splitlines())


def _opens_with(text: str, opening: str) -> bool:
    """Return whether a text holds the beginning of another near its own."""
    start = fold_words(opening)[:_COMPARED_CHARS]
    return start in fold_words(text[: 4 * (len(opening) + _COMPARED_CHARS)])
