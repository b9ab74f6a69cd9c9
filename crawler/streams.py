"""Standard streams that neither stop a crawl nor end a command in a traceback: one that is closed,
one whose reader has gone away, one in an encoding that lacks the letters."""

import io
import os
import sys


def make_safe() -> None:
    """Make stderr and stdout safe to write to, for the whole process.

    What stderr cannot take is dropped: it tells of a crawl, which goes on. stdout is UTF-8 unless
    it is a terminal; there, letters that its encoding lacks are escaped.
    """
    if sys.__stderr__ is None:  # it was closed when the process began
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (for the whole process)
    elif sys.stderr is sys.__stderr__:
        sys.stderr = io.TextIOWrapper(
            io.BufferedWriter(_LenientFile(sys.stderr.fileno(), "w", closefd=False)),
            encoding=sys.stderr.encoding,
            errors="backslashreplace",
            line_buffering=True,
        )
    if isinstance(sys.stdout, io.TextIOWrapper):
        encoding = sys.stdout.encoding if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")


class _LenientFile(io.FileIO):
    """A file that drops what it cannot write."""

    def write(self, data: bytes) -> int:  # type: ignore[override]
        try:
            return super().write(data) or len(data)
        except OSError:
            return len(data)
