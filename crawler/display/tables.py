"""Tables of outlets and their runs, for people."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from rich.table import Table
from rich.text import Text

from crawler.attention import Count
from crawler.carriers import Carrier
from crawler.causes import glossary
from crawler.display.console import StdoutConsole
from crawler.display.outlets import OutletSummary
from crawler.display.terminal import format_minute
from crawler.health.formatting import format_counts, format_duration
from crawler.health.outlet_state import Health
from crawler.health.table import (
    LOG_WIDTH,
    NarrowRow,
    add_numbers,
    fits,
    format_numbers,
    new_table,
    numbers,
    print_narrow,
)
from crawler.storage import Run
from crawler.text import isolated, printable

_BAR_WIDTH = 30  # columns of the longest bar

_STYLES: dict[str, str] = {
    "off": "dim",
    "needs_browser": "dim",
    "dead_discovery": "dim",
    "degraded": "yellow",
    "failed": "bold red",
    "refused": "bold red",
    "quiet": "dim",
    "never": "dim",
}


def print_health(judged: Sequence[tuple[Health, datetime | None]]) -> None:
    """Print a row for each outlet: its state, its last success, and a line for each reason; below
    the table what each cause means and what to do.

    judged: the health of each outlet, and when it was last read.
    """
    rows = []
    table = new_table("outlet", "state", "last success", "why")
    for health, last_success in judged:
        why = [printable(f"{reason.cause}: {reason.detail}") for reason in health.reasons]
        cells = (health.outlet, _styled_state(health.state), format_minute(last_success))
        table.add_row(*cells, Text("\n".join(why)))
        rows.append(NarrowRow(cells, why))
    _print(table, ("outlet", "state", "last success"), rows)
    meanings = glossary(reason.cause for health, _ in judged for reason in health.reasons)
    if meanings:
        print("", *meanings, sep="\n")


def print_runs(runs: Sequence[Run]) -> None:
    """Print a row for each run: its beginning, its status, its numbers, gaps and failures by
    name."""
    table = new_table("started", "outlet", "status")
    add_numbers(table)
    table.add_column("gaps", overflow="fold")
    table.add_column("failures", overflow="fold")
    some_left = any(run.left for run in runs)
    if some_left:
        table.add_column("left", justify="right")
    rows = []
    for run in runs:
        status = run.status if run.scope == "all" else f"{run.status} ({run.scope})"
        cells = (format_minute(run.started), run.outlet, status)
        gaps, failures = format_counts(run.gaps), format_counts(run.failures)
        left = [str(run.left)] if some_left else []
        table.add_row(*cells, *numbers(run), Text(gaps or "-"), Text(failures or "-"), *left)
        details = [format_numbers(run)]
        details += [f"gaps: {gaps}"] if gaps else []
        details += [f"failures: {failures}"] if failures else []
        details += [f"left for the next run: {run.left}"] if run.left else []
        rows.append(NarrowRow(cells, details))
    _print(table, ("started", "outlet", "status"), rows)


def print_outlets(outlets: Sequence[OutletSummary]) -> None:
    """Print a row for each outlet: its declaration, its state and its number of stories."""
    table = new_table("name", "native", "", "discovery", "state", "last success")
    table.add_column("stories", justify="right")
    terminal = StdoutConsole().is_terminal
    rows = []
    for outlet in outlets:
        native = isolated(outlet.native, outlet.language or None, terminal=terminal)
        where = f"{outlet.language} {outlet.country}"
        discovery = ", ".join(outlet.discovery) or "-"
        state, last_success = _styled_state(outlet.state), format_minute(outlet.last_success)
        stories = str(outlet.stories)
        table.add_row(outlet.name, native, where, discovery, state, last_success, stories)
        details = [f"{native}  {discovery}"] if outlet.native else []
        rows.append(NarrowRow((outlet.name, where, state, last_success, stories), details))
    _print(table, ("name", "", "state", "last success", "stories"), rows)


def _styled_state(state: str) -> Text:
    return Text(state, style=_STYLES.get(state, ""))


def print_counts(by: str, counts: Sequence[Count]) -> None:
    """Print a row for each number, with a bar as long as its stories are many. by: a key of
    `crawler.attention.BY`."""
    table = new_table()
    table.add_column(by, overflow="fold")
    table.add_column("stories", justify="right", no_wrap=True)
    table.add_column("copies", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    terminal = StdoutConsole().is_terminal
    most = max(count.stories for count in counts)
    for count in counts:
        bar = "█" * max(1, round(_BAR_WIDTH * count.stories / most))
        name = count.name or count.key or "(none)"
        table.add_row(
            _shown_name(name, terminal=terminal), str(count.stories), str(count.copies), bar
        )
    _print(table)


def print_carriers(carriers: Sequence[Carrier]) -> None:
    """Print a row for each outlet that carries an agency; on a terminal the agency stands in its
    first row only."""
    terminal = StdoutConsole().is_terminal
    table = new_table()
    table.add_column("agency", overflow="fold")
    table.add_column("outlet", overflow="fold")
    for name in ("copies", "share", "median after first"):
        table.add_column(name, justify="right")
    last = None
    for carrier in carriers:
        agency = "" if terminal and carrier.agency == last else carrier.name
        last = carrier.agency
        minutes = carrier.median_minutes
        table.add_row(
            _shown_name(agency, terminal=terminal),
            Text(carrier.outlet),
            str(carrier.copies),
            f"{carrier.share:.0%}",
            "-" if minutes is None else format_duration(timedelta(minutes=minutes)),
        )
    _print(table)


def _shown_name(name: str, *, terminal: bool) -> Text:
    """Return a printed name; one in English needs no isolation."""
    return Text(printable(name) if name.isascii() else isolated(name, terminal=terminal))


def _print(table: Table, heads: Sequence[str] = (), rows: Sequence[NarrowRow] = ()) -> None:
    """Print `table` to stdout: as wide as the terminal, or wide enough for one line a row.

    heads, rows: the form for a terminal on which a row of the table would be broken.
    """
    console = StdoutConsole(highlight=False)
    if not console.is_terminal:
        console.width = LOG_WIDTH
    if rows and console.is_terminal and not fits(table, console):
        print_narrow(heads, rows, console)
    else:
        console.print(table)
