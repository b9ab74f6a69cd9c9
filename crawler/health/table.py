"""The table at the end of a run: one row for each outlet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from crawler.causes import Cause, glossary
from crawler.counts import Counts, CrawlCounts
from crawler.health.formatting import format_counts
from crawler.health.status import Status
from crawler.text import isolated

WIDE = 110  # columns: the numbers take 77
LOG_WIDTH = 240  # columns: in a log every outlet keeps to one line, for grep

_INDENT = 4  # columns

NUMBERS = ("found", "fetched", "new_stories", "copies", "revisions", "unchanged")
"""The counts that have a column in each table of runs."""


def new_table(*columns: str) -> Table:
    """Return an empty table in the style of all our tables with `columns`, whose cells stay
    whole."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    for name in columns:
        table.add_column(name, no_wrap=True)
    return table


def add_numbers(table: Table) -> None:
    """Give `table` a column for each of NUMBERS; the heads break between words."""
    for name in NUMBERS:
        words = name.split("_")
        table.add_column(" ".join(words), justify="right", min_width=max(map(len, words)))


def numbers(counts: Counts) -> list[str]:
    """Return the cells of `counts` in the columns of `add_numbers`."""
    return [str(getattr(counts, name)) for name in NUMBERS]


def format_numbers(counts: Counts) -> str:
    """Return the numbers of `counts` in one line, by name."""
    return format_counts({name.replace("_", " "): getattr(counts, name) for name in NUMBERS})


def fits(table: Table, console: Console) -> bool:
    """Return True if `console` is wide enough for `table` without breaking a word, or a cell that
    stays whole."""
    between = len(table.columns) - 1
    return sum(_least_width(column, console) for column in table.columns) + between <= console.width


def _least_width(column: Column, console: Console) -> int:
    """Return the width in which no word of `column` is broken, and nothing where it stays whole."""
    unbounded = console.options.update(max_width=LOG_WIDTH * 10)
    cells = [console.measure(cell, options=unbounded) for cell in (column.header, *column.cells)]
    widths = [cell.maximum if column.no_wrap else cell.minimum for cell in cells]
    return max([column.min_width or 0, *widths])


@dataclass(frozen=True, slots=True)
class NarrowRow:
    """A row of a table for a narrow terminal: `cells` side by side, and below them `details`, each
    on as many lines as it needs."""

    cells: Sequence[str | Text]
    details: Sequence[str] = ()


def print_narrow(heads: Sequence[str], rows: Sequence[NarrowRow], console: Console) -> None:
    """Print `rows` below `heads` so that no word is lost on a terminal of 80 columns. Columns of
    numbers stand to the right."""
    texts = [[Text(cell) if isinstance(cell, str) else cell for cell in row.cells] for row in rows]
    widths = [
        max([cell_len(head), *(cells[column].cell_len for cells in texts)])
        for column, head in enumerate(heads)
    ]
    right = [
        all(cells[column].plain.isdecimal() for cells in texts) for column in range(len(heads))
    ]
    console.print(_line([Text(head, "bold") for head in heads], widths, right))
    for row, cells in zip(rows, texts, strict=True):
        console.print(_line(cells, widths, right))
        for detail in row.details:
            console.print(Padding(Text(detail, overflow="fold"), (0, 0, 0, _INDENT)))


def _line(cells: Sequence[Text], widths: Sequence[int], right: Sequence[bool]) -> Text:
    line = Text(overflow="fold")
    for number, (cell, width, to_right) in enumerate(zip(cells, widths, right, strict=True)):
        space = " " * (width - cell.cell_len)
        line.append(" " if number else "")
        line.append_text(Text.assemble(space, cell) if to_right else Text.assemble(cell, space))
    line.rstrip()
    return line


def print_table(rows: Mapping[str, tuple[CrawlCounts, Status | str]], console: Console) -> None:
    """Print the status, numbers, gaps and failures of each outlet's crawl. `rows`: by outlet, the
    counts and the status, or a word for a crawl that has none.

    Below the table stand the names of sources that the gazetteer does not know, where the console
    is narrow gaps and failures too, and the meanings of all failures. Where even the numbers do not
    fit beside the names, they stand below them.
    """
    wide = console.width >= WIDE
    table = new_table("outlet", "status")
    add_numbers(table)
    if wide:
        table.add_column("gaps", overflow="fold")
        table.add_column("failures", overflow="fold")
    some_left = any(counts.left for counts, _ in rows.values())
    if wide and some_left:
        table.add_column("left", justify="right")
    narrow_rows: list[NarrowRow] = []
    below: list[str] = []
    causes: set[str] = set()
    for outlet, (counts, status) in rows.items():
        cells = [outlet, _format_status(status), *numbers(counts)]
        gaps, failures = format_counts(counts.gaps), format_counts(_failures(counts))
        causes.update(_failures(counts))
        if wide:
            cells += [gaps or "-", failures or "-"]
            cells += [str(counts.left)] if some_left else []
        else:
            below += [f"{outlet}: gaps: {gaps}"] if gaps else []
            below += [f"{outlet}: failures: {failures}"] if failures else []
            below += [f"{outlet}: left for the next run: {counts.left}"] if counts.left else []
        table.add_row(*cells)
        narrow_rows.append(NarrowRow(cells[:2], [format_numbers(counts)]))
        if counts.forgotten:
            below.append(f"{outlet}: refused, since they were removed for good: {counts.forgotten}")
        if counts.other_items:
            below.append(f"{outlet}: items that are no articles, not stored: {counts.other_items}")
        if unknown := _format_names(counts.unknown_sources, terminal=console.is_terminal):
            below.append(f"{outlet}: not in the gazetteer: {unknown}")
    if wide or fits(table, console):
        console.print(table)
    else:
        print_narrow(("outlet", "status"), narrow_rows, console)
    for line in [*below, *glossary(causes)]:
        console.print(line, highlight=False, markup=False)


def _format_status(status: Status | str) -> str:
    """Return "done", or the name of `status` with its number: "store down (13)"; a word as it
    is."""
    if not isinstance(status, Status):
        return status
    if status is Status.DONE:
        return "done"
    return f"{status.name.lower().replace('_', ' ')} ({status.value})"


def _failures(counts: CrawlCounts) -> dict[str, int]:
    """Return the failures by cause, with the articles that went to the spool, and with those put
    off where no page could be read."""
    failures = dict(counts.failures)
    if counts.spooled:
        failures[Cause.SPOOLED] = counts.spooled
    if counts.put_off and not counts.has_read:
        failures[Cause.PUT_OFF] = counts.put_off
    return failures


def _format_names(counts: Mapping[str, int], *, terminal: bool) -> str:
    # The names are the pages' own: one in Arabic would turn the commas between them around.
    names = {isolated(name, terminal=terminal): count for name, count in counts.items()}
    return format_counts(names)
