"""Log records that are safe to show: without lines that a page could have forged, escapes that a
terminal would obey, and passwords."""

import logging
import traceback
from typing import Any

from scrapy.settings import BaseSettings

from crawler.streams import make_safe
from crawler.text import printable, without_credentials


class SafeRecord(logging.LogRecord):
    """A log record with a safe message, whoever logs it and whatever handler writes it.

    Line breaks are kept only where the format string of the call has them (Scrapy lists settings
    and stats so), and the lines after them are indented: no line can pass for a record of its own.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.exc_info and self.exc_info[1]:
            lines = traceback.format_exception(self.exc_info[1])
            self.exc_text = _indented("".join(lines).rstrip())

    def getMessage(self) -> str:  # noqa: N802 (logging's name)
        message = without_credentials(super().getMessage())
        return _indented(message) if "\n" in str(self.msg) else printable(message)


class LogAddon:
    """Makes every log record of the process a `SafeRecord`, and its streams safe to write to."""

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        make_safe()
        logging.setLogRecordFactory(SafeRecord)


def _indented(text: str) -> str:
    """Return `text` made printable line by line, every line but the first indented."""
    return "\n    ".join(printable(line) for line in without_credentials(text).split("\n"))
