"""The console of commands that print to stdout."""

from rich.console import Console


class StdoutConsole(Console):
    """A console whose reader may leave: `head` and a pager have seen enough at some time.

    Raises BrokenPipeError then, as `print` does; Rich's own ends the process with status 1.
    """

    def on_broken_pipe(self) -> None:
        self.quiet = True
        raise
