"""The claims of every reader about one page, and the order in which they are believed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from crawler.extraction.claims import Claims, PageKind
from crawler.extraction.date_text import DateContext
from crawler.extraction.embedded_json import read_jsonld_blocks
from crawler.extraction.jsonld import read_jsonld
from crawler.extraction.layouts import choose_layout, layout_of_page
from crawler.extraction.meta import read_meta
from crawler.extraction.microdata import marked_bodies, marked_elements, read_microdata
from crawler.extraction.own_word import OwnWord, own_word
from crawler.extraction.page_data import PageData, find_data, read_data
from crawler.extraction.page_dates import reconcile_dates
from crawler.extraction.selectors import read_selectors
from crawler.extraction.tree import Element, PageTree
from crawler.extraction.values import distinct, first, plain_line
from crawler.gazetteer import gazetteer
from crawler.outlet import Layout, Outlet

T = TypeVar("T")

_NO_LAYOUT = Layout()
_MAX_TITLE_CHARS = 1000


@dataclass(frozen=True, slots=True)
class PageClaims:
    """All claims about one page.

    `title`: the text of <title>. `jsonld`, `meta`, `microdata`: the claims of each reader of
    structured data, None when the page has nothing for it; `structured`: all of these, to be
    believed in this order. `selected`: the claims of the outlet's selectors, None when it declares
    no layout; `layout` has no selector then. `data`: the JSON document that the layout declares,
    None when it declares none; `layout` has only the selectors of the page itself. `by_belief`: all
    claims in the order that the layout declares. `site_names`: names of the site, its publisher and
    the outlet; `outlet_names`: every name of the outlet in the gazetteer, which its titles print.
    `marked_bodies`: elements that the page marks as an article's body.
    `has_broken_jsonld`: a JSON-LD block could not be read whole. `own_word`: what the page says it
    is, where it says that it is no article.
    """

    title: str | None
    jsonld: Claims | None
    meta: Claims
    microdata: Claims | None
    structured: tuple[Claims, ...]
    selected: Claims | None
    layout: Layout
    data: PageData | None
    by_belief: tuple[Claims, ...]
    site_names: tuple[str, ...]
    outlet_names: tuple[str, ...]
    marked_bodies: tuple[Element, ...]
    has_broken_jsonld: bool
    own_word: OwnWord | None

    def believed(self, get: Callable[[Claims], T | None]) -> T | None:
        """Return the first value of `get` that is not empty, in the order of belief."""
        return first(map(get, self.by_belief))

    @property
    def titles(self) -> tuple[str, ...]:
        """The page's titles in structured data, then that of <title>."""
        return distinct([*(claims.headline for claims in self.structured), self.title])

    @property
    def kind(self) -> PageKind:
        """The kind that the page says it is. OpenGraph's "article" is printed on home pages too and
        is believed last."""
        readers = (self.jsonld, self.microdata, self.meta)
        return first(claims.kind for claims in readers if claims is not None) or ""

    @property
    def is_dated(self) -> bool:
        """True when any reader has a date of publication."""
        return any(claims.published for claims in self.by_belief)


def read_claims(tree: PageTree, outlet: Outlet | None, context: DateContext) -> PageClaims:
    """Return the claims of all readers about a page of `outlet`. Raise ValueError for a selector of
    `outlet` that is no selector."""
    title = _title(tree)
    meta = read_meta(tree)
    blocks = read_jsonld_blocks(tree)
    jsonld = read_jsonld(blocks.nodes, tree.url, meta.headline or title)
    marked = marked_elements(tree)
    microdata = read_microdata(marked, tree.url)
    structured = tuple(claims for claims in (jsonld, meta, microdata) if claims is not None)

    layout = choose_layout(tree, outlet, lambda: _published_day(structured, context))
    data = None if layout is None else find_data(tree, layout)
    selected = None
    if data is not None:
        selected = read_data(data, tree.url)
    elif layout is not None:
        selected = read_selectors(tree, layout)
    on_page = _NO_LAYOUT if layout is None else layout_of_page(layout)
    by_reader = {
        "jsonld": jsonld,
        "opengraph": meta,
        "microdata": microdata,
        "selectors": selected,
    }
    in_order = (by_reader[reader] for reader in on_page.order)
    by_belief = tuple(claims for claims in in_order if claims is not None)
    return PageClaims(
        title=title,
        jsonld=jsonld,
        meta=meta,
        microdata=microdata,
        structured=structured,
        selected=selected,
        layout=on_page,
        data=data,
        by_belief=by_belief,
        site_names=_site_names(by_belief, outlet),
        outlet_names=_outlet_names(outlet),
        marked_bodies=tuple(marked_bodies(marked)),
        has_broken_jsonld=blocks.is_broken,
        own_word=own_word(tree, jsonld, meta),
    )


def _title(tree: PageTree) -> str | None:
    titles = tree.listed["title"]
    return plain_line((titles[0].text or "")[:_MAX_TITLE_CHARS]) if titles else None


def _published_day(structured: Sequence[Claims], context: DateContext) -> date | None:
    published = reconcile_dates(structured, (), context).published
    return None if published is None else published.wall.date()


def _site_names(by_belief: Sequence[Claims], outlet: Outlet | None) -> tuple[str, ...]:
    names = [name for claims in by_belief for name in claims.site_names]
    if outlet is not None:
        names += [outlet.native, outlet.title]
    return distinct(names)


def _outlet_names(outlet: Outlet | None) -> tuple[str, ...]:
    entry = None if outlet is None else gazetteer().by_id.get(outlet.publisher)
    return () if entry is None else entry.names
