"""The table at the end of a run: one row an outlet."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from crawler.health.status import Status
from crawler.health.tally import Tally

NUMBERS = ("found", "fetched", "new stories", "copies", "revisions", "unchanged")


def print_table(rows: Mapping[str, tuple[Tally, Status]], console: Console) -> None:
    """Print what each outlet's run found, fetched and stored, its gaps and failures by name, and its status."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("outlet", no_wrap=True)
    table.add_column("status", no_wrap=True)
    for name in NUMBERS:
        table.add_column(name, justify="right", min_width=max(map(len, name.split())))
    for name in ("gaps", "failures"):
        table.add_column(name, overflow="fold")
    for outlet, (tally, status) in rows.items():
        told = "done" if status is Status.DONE else f"{status.name.lower().replace('_', ' ')} ({status.value})"
        numbers = (
            tally.found,
            tally.fetched,
            tally.new_stories,
            tally.copies,
            tally.revisions,
            tally.unchanged,
        )
        failures = dict(tally.failures) | ({"spooled": tally.spooled} if tally.spooled else {})
        table.add_row(outlet, told, *map(str, numbers), _named(tally.gaps), _named(failures))
    console.print(table)


def _named(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items()) or "-"
