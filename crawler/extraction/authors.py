"""The authors of a story, and the byline and credit lines around it: from structured data, from
byline elements near the story, from the lines above and below it, from its first and last lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crawler.extraction.blocks import Block, PageBlocks
from crawler.extraction.body import Body
from crawler.extraction.bylines import (
    names_in_byline,
    names_in_first_line,
    names_in_last_line,
    read_byline,
)
from crawler.extraction.headline import Headline
from crawler.extraction.page_claims import PageClaims
from crawler.extraction.roles import CUT_ROLES
from crawler.extraction.values import distinct, split_url
from crawler.outlet import Outlet
from crawler.sources import Credit, parse_credit
from crawler.sources.attribution import MAX_CREDIT_LENGTH
from crawler.text.letters import fold_words

_BLOCKS_BEFORE, _BLOCKS_BEHIND = 15, 3
"""Blocks before and behind the body in which byline elements and credit lines are looked for."""
_MAX_BYLINES = 4
_MIN_HOST_NAME_CHARS = 4
"""Letters of a name that is not in a host by chance."""
_PICTURE_DEPTH = 2
"""Elements around a line in which a picture makes it the picture's credit."""
_PICTURE_TAGS = ("img", "picture", "figure", "video")


@dataclass(frozen=True, slots=True)
class Authors:
    """`names`: people, desks and sources as printed; `bylines`: the lines that name them, with the
    place."""

    names: tuple[str, ...]
    bylines: tuple[str, ...]


def split_bylines(body: Body) -> tuple[Authors, Body]:
    """Return the authors in the story's first lines and in its last, and the body without these
    lines."""
    blocks = list(body.blocks)
    names: tuple[str, ...] = ()
    bylines: list[str] = []
    while blocks and (first_line := names_in_first_line(blocks[0])):
        names += first_line
        bylines.append(blocks[0].text)
        del blocks[0]
    last_line = names_in_last_line(blocks)
    if last_line:
        bylines += last_line
        names += last_line
        del blocks[-1]
    else:
        label = names_in_last_line([*blocks, *body.labels[:1]])
        bylines += label
        names += label
    return Authors(names, tuple(bylines)), replace(body, blocks=tuple(blocks))


def find_authors(
    page: PageBlocks,
    headline: Headline | None,
    body: Body,
    claims: PageClaims,
    in_story: Authors,
    url: str,
    outlet: Outlet | None,
) -> Authors:
    """Return the story's authors: people and desks from the first reader that names any, else from
    byline elements around `body`; then those of `in_story`, the authors in the story's own lines.
    Organisations only where nobody else is named.

    The bylines are of all these, and the credit lines around the body. A byline element that names
    other people than the structured data does is not believed.
    """
    reader = _BylineReader(claims.site_names, url, outlet)
    elements = _byline_elements(page, headline, body)
    declared = claims.believed(lambda claim: reader.lines(claim.authors)) or ()
    names = reader.names(declared)
    if names:
        elements = [line for line in elements if reader.people(line) <= set(names)]
    else:
        names = reader.names(elements)
    names = distinct([*names, *in_story.names])
    organisations: tuple[str, ...] = ()
    if not names:
        organisations = claims.believed(lambda claim: reader.lines(claim.organisations)) or ()
        names = reader.names(organisations)
    credits = claims.selected.credits if claims.selected else ()
    bylines = [
        *credits, *declared, *elements, *in_story.bylines, *organisations,
        *_credit_lines(page, headline, body, outlet),
    ]  # fmt: skip
    return Authors(names, reader.lines(bylines))


class _BylineReader:
    """Reads the bylines of one page, and knows the names of its site."""

    def __init__(self, site_names: Iterable[str], url: str, outlet: Outlet | None) -> None:
        self._site_names = tuple(site_names)
        self._url = url
        self._outlet = outlet
        self._credits: dict[str, Credit] = {}

    def lines(self, bylines: Iterable[str]) -> tuple[str, ...]:
        """Return the lines that name somebody but the site itself, or a place; without the site's
        name where no gazetteer has it."""
        lines = (self._line(byline) for byline in bylines)
        return distinct(line for line in lines if line)

    def names(self, bylines: Iterable[str]) -> tuple[str, ...]:
        """Return the names in the lines but those of the site itself."""
        names = (name for line in bylines for name in names_in_byline(self._credit(line)))
        return distinct(name for name in names if not self._is_own_name(name))

    def people(self, byline: str) -> set[str]:
        """Return the people whom a line names."""
        credit = self._credit(byline)
        return set((credit.reporter or "").split("، ")) - {""}

    def _credit(self, byline: str) -> Credit:
        if byline not in self._credits:
            self._credits[byline] = read_byline(byline, self._outlet)
        return self._credits[byline]

    def _line(self, byline: str) -> str:
        credit = self._credit(byline)
        own_names = [name for name in credit.names if self._is_own_name(name)]
        if not credit.place and len(own_names) == len(credit.names):
            return ""
        unlisted = {source.name for source in credit.sources if not source.id}
        line = credit.text
        for name in own_names:
            if name in unlisted:
                line = line.replace(name, " ")
        return line

    def _is_own_name(self, name: str) -> bool:
        return _is_own_name(name, self._site_names, self._url)


def _byline_elements(page: PageBlocks, headline: Headline | None, body: Body) -> list[str]:
    """Return the texts of byline elements from the headline's surroundings to the end of the body,
    and of labelled bylines ("كتب: X") between headline and body."""
    if not body.blocks:
        return []
    first = body.blocks[0].position
    story_begin = first if headline is None else headline.last_block + 1
    start, end = max(0, first - _BLOCKS_BEFORE), body.blocks[-1].position + 1 + _BLOCKS_BEHIND
    bylines = [
        block.text
        for block in page.blocks[start:end]
        if (block.roles and block.roles[-1][1] == "byline")
        or (story_begin <= block.position < first and _is_labelled_byline(block))
    ]
    return bylines[:_MAX_BYLINES]


def _is_labelled_byline(block: Block) -> bool:
    is_apart = block.is_mostly_link or block.has_role(*CUT_ROLES)
    return not is_apart and bool(names_in_first_line(block))


def _credit_lines(
    page: PageBlocks, headline: Headline | None, body: Body, outlet: Outlet | None
) -> list[str]:
    """Return the credit lines between the headline and the body, and right behind the body."""
    if not body.blocks:
        return []
    first, last = body.blocks[0].position, body.blocks[-1].position
    start = first if headline is None else max(headline.last_block + 1, first - _BLOCKS_BEFORE)
    around = [*page.blocks[start:first], *page.blocks[last + 1 : last + 1 + _BLOCKS_BEHIND]]
    return [block.text for block in around if _is_credit_line(block, outlet)][:_MAX_BYLINES]


def _is_credit_line(block: Block, outlet: Outlet | None) -> bool:
    """Return whether a block outside the body says where the story is from.

    A lone name may be a section's, a tag's or that of somebody who reads on. A lone agency beside a
    picture is the picture's, unless a label says that it is the author's.
    """
    if len(block.text) > MAX_CREDIT_LENGTH or block.is_mostly_link or block.has_role(*CUT_ROLES):
        return False
    if names_in_first_line(block):
        byline = read_byline(block.text, outlet)
        return bool(byline.place) or _names_agency(byline)
    credit = parse_credit(block.text, outlet=outlet)
    if credit.place:
        return bool(credit.sources or credit.reporter)
    return _names_agency(credit) and not _is_beside_picture(block)


def _names_agency(credit: Credit) -> bool:
    return any(source.kind in ("agency", "desk") for source in credit.sources)


def _is_beside_picture(block: Block) -> bool:
    element = block.element
    for _ in range(_PICTURE_DEPTH):
        if element.tag in _PICTURE_TAGS or next(element.iter(*_PICTURE_TAGS), None) is not None:
            return True
        parent = element.getparent()
        if parent is None:
            return False
        element = parent
    return False


def _is_own_name(name: str, site_names: Sequence[str], url: str) -> bool:
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
