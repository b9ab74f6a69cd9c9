"""What a log shows: no line that a page could have written, no escape a terminal would obey, no
password."""

import logging
import traceback
from typing import Any

from scrapy.settings import BaseSettings

from crawler.text import printable, without_credentials


class SafeRecord(logging.LogRecord):
    """A log record that tells its message safely, whoever logs it and whatever handler writes it.

    Of line breaks only those that the call itself asks for are kept (Scrapy lists settings and
    stats so), and what follows one is indented, so that it cannot pass for a record of its own.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.exc_info and self.exc_info[1]:
            self.exc_text = _block("".join(traceback.format_exception(self.exc_info[1])).rstrip())

    def getMessage(self) -> str:  # noqa: N802 (logging's name)
        message = without_credentials(super().getMessage())
        return _block(message) if "\n" in str(self.msg) else printable(message)


class LogAddon:
    """Makes every log record of the process a `SafeRecord`."""

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        logging.setLogRecordFactory(SafeRecord)


def _block(text: str) -> str:
    """`text` printable line by line, every line but the first indented."""
    return "\n    ".join(printable(line) for line in without_credentials(text).split("\n"))
