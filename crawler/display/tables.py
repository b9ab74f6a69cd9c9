"""Tables of outlets and their runs, for people."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.attention import Count
from crawler.carriers import Carrier
from crawler.causes import glossary
from crawler.display.outlets import OutletSummary
from crawler.display.terminal import format_minute
from crawler.health.formatting import format_counts, format_duration
from crawler.health.outlet_state import Health
from crawler.health.table import LOG_WIDTH, add_numbers, new_table, numbers
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
    table = new_table("outlet", "state", "last success")
    table.add_column("why", overflow="fold")
    for health, last_success in judged:
        why = Text("\n".join(f"{reason.cause}: {reason.detail}" for reason in health.reasons))
        table.add_row(health.outlet, _styled_state(health.state), format_minute(last_success), why)
    _print(table)
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
    for run in runs:
        status = run.status if run.scope == "all" else f"{run.status} ({run.scope})"
        table.add_row(
            format_minute(run.started),
            run.outlet,
            status,
            *numbers(run),
            Text(format_counts(run.gaps) or "-"),
            Text(format_counts(run.failures) or "-"),
            *([str(run.left)] if some_left else []),
        )
    _print(table)


def print_outlets(outlets: Sequence[OutletSummary]) -> None:
    """Print a row for each outlet: its declaration, its state and its number of stories.

    Only the names of outlets and of kinds are ever broken, so that a row of 80 columns is whole.
    """
    table = new_table("name")
    table.add_column("native", overflow="fold")
    table.add_column("", no_wrap=True)
    table.add_column("discovery", overflow="fold")
    table.add_column("state", no_wrap=True)
    table.add_column("last success", no_wrap=True)
    table.add_column("stories", justify="right")
    terminal = Console().is_terminal
    for outlet in outlets:
        table.add_row(
            outlet.name,
            isolated(outlet.native, outlet.language or None, terminal=terminal),
            f"{outlet.language} {outlet.country}",
            ", ".join(outlet.discovery) or "-",
            _styled_state(outlet.state),
            format_minute(outlet.last_success),
            str(outlet.stories),
        )
    _print(table)


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
    terminal = Console().is_terminal
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
    terminal = Console().is_terminal
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


def _print(table: Table) -> None:
    """Print `table` to stdout: as wide as the terminal, or wide enough for one line a row."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = LOG_WIDTH
    console.print(table)
