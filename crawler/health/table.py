"""The table at the end of a run: one row an outlet."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from crawler.health.formatting import format_counts
from crawler.health.status import Status
from crawler.health.tally import Tally
from crawler.text import isolated

WIDE = 110  # columns: the numbers take 77
NUMBERS = ("found", "fetched", "new stories", "copies", "revisions", "unchanged")
LOG_WIDTH = 240  # columns: in a log every outlet keeps to one line, for grep


def new_table(*columns: str) -> Table:
    """An empty table in the style of all our tables, with these columns, whose cells stay whole."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    for name in columns:
        table.add_column(name, no_wrap=True)
    return table


def add_numbers(table: Table) -> None:
    """Give `table` a column for each number of a run; their heads break between words."""
    for name in NUMBERS:
        table.add_column(name, justify="right", min_width=max(map(len, name.split())))


def print_table(rows: Mapping[str, tuple[Tally, Status]], console: Console) -> None:
    """Print each outlet's status, what its run found, fetched and stored, and its gaps and failures
    by name.

    Below the table stand the names of sources that the gazetteer does not know, and where the
    console is narrow gaps and failures too.
    """
    wide = console.width >= WIDE
    table = new_table("outlet", "status")
    add_numbers(table)
    for name in ("gaps", "failures") if wide else ():
        table.add_column(name, overflow="fold")
    below = []
    for outlet, (tally, status) in rows.items():
        told = (
            "done"
            if status is Status.DONE
            else f"{status.name.lower().replace('_', ' ')} ({status.value})"
        )
        numbers = (
            tally.found,
            tally.fetched,
            tally.new_stories,
            tally.copies,
            tally.revisions,
            tally.unchanged,
        )
        gaps = format_counts(tally.gaps)
        failures = format_counts(
            dict(tally.failures) | ({"spooled": tally.spooled} if tally.spooled else {})
        )
        table.add_row(
            outlet, told, *map(str, numbers), *((gaps or "-", failures or "-") if wide else ())
        )
        if not wide:
            below += [f"{outlet}: gaps: {gaps}"] * bool(gaps) + [
                f"{outlet}: failures: {failures}"
            ] * bool(failures)
        # The names are the pages' own: each by itself, or one in Arabic would turn the commas
        # between them around.
        if unknown := format_counts(
            {isolated(name): count for name, count in tally.unknown_sources.items()}
        ):
            below.append(f"{outlet}: not in the gazetteer: {unknown}")
    console.print(table)
    for line in below:
        console.print(line, highlight=False, markup=False)
