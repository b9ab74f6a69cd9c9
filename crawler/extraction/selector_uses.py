"""Which of an outlet's declared selectors select anything on a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crawler.extraction.layouts import choose_layout
from crawler.extraction.page_data import find_data, find_data_story, values_at_path
from crawler.extraction.selectors import elements, select
from crawler.extraction.tree import PageTree, decode_page, parse_page
from crawler.extraction.values import split_names
from crawler.outlet import Layout, Outlet

_FIELDS = split_names(
    "headline lead body published modified authors credit section tags image remove"
)


@dataclass(frozen=True, slots=True)
class SelectorUse:
    """A selector of `field` of the outlet's layout number `layout`, from 0; `selects`: whether it
    selects anything on the page."""

    layout: int
    field: str
    selector: str
    selects: bool


def selector_uses(
    html: bytes | str,
    url: str,
    outlet: Outlet,
    *,
    published: date | None = None,
    encoding: str | None = None,
) -> tuple[SelectorUse, ...]:
    """Return the use of each selector of the layout that holds for a page.

    `published`: the day of publication, by which the layout is chosen; `encoding`: the label in the
    HTTP header. Raises PageUnreadable.
    """
    tree = parse_page(decode_page(html, encoding), url)
    layout = choose_layout(tree, outlet, lambda: published)
    if layout is None:
        return ()
    number = outlet.layouts.index(layout)
    return tuple(
        SelectorUse(number, field, selector, selects)
        for field, selector, selects in _uses(tree, layout)
    )


def _uses(tree: PageTree, layout: Layout) -> Iterator[tuple[str, str, bool]]:
    data = find_data(tree, layout)
    if data:
        yield "data", layout.data, data.document is not None
        story = PageTree(find_data_story(data, tree.url).root, tree.url)
    for field in _FIELDS:
        for selector in getattr(layout, field):
            if not data:
                yield field, selector, bool(select(tree, selector))
            elif field == "remove":
                yield field, selector, bool(elements(story, (selector,)))
            else:
                yield field, selector, bool(values_at_path(data, selector))
