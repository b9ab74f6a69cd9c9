"""The layout of an outlet that holds for a page."""

from collections.abc import Callable
from datetime import date

from crawler.extraction.page_data import fields_with_values, find_data
from crawler.extraction.selectors import selected_fields
from crawler.extraction.tree import PageTree
from crawler.outlet import Layout, Outlet, Reader


def choose_layout(
    tree: PageTree, outlet: Outlet | None, published: Callable[[], date | None]
) -> Layout | None:
    """Return the outlet's layout for a page, None when it has none. Of several: the one that held
    on the day that `published` returns, else the one of which most fields match the page."""
    layouts = outlet.layouts if outlet is not None else ()
    if len(layouts) < 2:
        return layouts[0] if layouts else None
    day = published()
    if day is not None:
        for layout in reversed(layouts):
            if layout.until is None or day <= layout.until:
                return layout
    return max(layouts, key=lambda layout: _count_matches(tree, layout))


def _count_matches(tree: PageTree, layout: Layout) -> int:
    data = find_data(tree, layout)
    if data is None:
        return len([*selected_fields(tree, layout)])
    return len([*fields_with_values(data)])


def layout_of_page(layout: Layout) -> Layout:
    """Return the part of a layout that selects elements of the page: all of it, but of one with
    `data`, which is believed first, no more than `remove`."""
    if not layout.data:
        return layout
    others = [reader for reader in layout.order if reader != "selectors"]
    order: tuple[Reader, ...] = ("selectors", *others)
    return Layout(remove=layout.remove, order=order, machine_dates=layout.machine_dates)
