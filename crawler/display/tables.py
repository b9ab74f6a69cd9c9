"""Tables of outlets and their runs, for people."""

from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.display.outlets import OutletSummary
from crawler.display.terminal import minute
from crawler.health.formatting import format_counts
from crawler.health.outlet_state import Health
from crawler.health.table import LOG_WIDTH, add_numbers, new_table, numbers
from crawler.storage import Run

_STYLES = {
    "degraded": "yellow",
    "failed": "bold red",
    "refused": "bold red",
    "quiet": "dim",
    "never": "dim",
}


def print_health(judged: Sequence[tuple[Health, datetime | None]]) -> None:
    """A row for each outlet: its state, when it was last read, and a line for each reason."""
    table = new_table("outlet", "state", "last success")
    table.add_column("why", overflow="fold")
    for health, success in judged:
        why = Text("\n".join(f"{reason.cause}: {reason.detail}" for reason in health.reasons))
        table.add_row(health.outlet, _state(health.state), minute(success, "-"), why)
    _print(table)


def print_runs(runs: Sequence[Run]) -> None:
    """A row for each run: when it began, how it ended, what it found and stored, gaps and failures
    by name."""
    table = new_table("started", "outlet", "status")
    add_numbers(table)
    for name in ("gaps", "failures"):
        table.add_column(name, overflow="fold")
    for run in runs:
        causes = (Text(format_counts(each) or "-") for each in (run.gaps, run.failures))
        scope = "" if run.scope == "all" else f" ({run.scope})"
        table.add_row(
            minute(run.started, "-"), run.outlet, f"{run.status}{scope}", *numbers(run), *causes
        )
    _print(table)


def print_outlets(outlets: Sequence[OutletSummary]) -> None:
    """A row for each outlet: what it is, where it is read from, its state and its stories."""
    table = new_table("name", "title", "language", "country", "discovery", "state", "last success")
    table.add_column("stories", justify="right")
    for outlet in outlets:
        table.add_row(
            outlet.name,
            outlet.title,
            outlet.language,
            outlet.country,
            ", ".join(outlet.discovery),
            _state(outlet.state),
            minute(outlet.last_success, "-"),
            str(outlet.stories),
        )
    _print(table)


def _state(state: str) -> Text:
    return Text(state, style=_STYLES.get(state, ""))


def _print(table: Table) -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = LOG_WIDTH
    console.print(table)
