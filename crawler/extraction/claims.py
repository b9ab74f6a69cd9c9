"""Claims: the values that one reader finds on a page, before it is decided which to believe."""

from dataclasses import dataclass
from typing import Literal

PageKind = Literal["article", "listing", "gallery", "video", ""]


@dataclass(slots=True)
class Claims:
    """One reader's values as printed; empty where the reader finds nothing. Dates are texts, the
    most precise first.

    `kind`: the kind that the page says it is. `authors`: people and desks; `organisations`: those
    named as author; `credits`: lines that name place, reporter or agency. `site_names`: names of
    the site and of its publisher. `keywords`: may describe the whole site and not this story.
    `body`: the story as one text with line breaks. `types`: the schema.org types of the article;
    `is_own_article`: it is the page's own, and not one of several that the page lists.
    `page_types`: the schema.org or OpenGraph types that the page gives itself beside. `genres`:
    names that structured data gives its genre.
    """

    kind: PageKind = ""
    headline: str | None = None
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    site_names: tuple[str, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    image: str | None = None
    description: str | None = None
    canonical: str | None = None
    body: str | None = None
    types: tuple[str, ...] = ()
    is_own_article: bool = False
    page_types: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
