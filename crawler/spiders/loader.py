"""Loads the spiders; a declaration that cannot be used ends in one line that names its file."""

import sys
import traceback

from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader


class OutletLoader(SpiderLoader):
    """Scrapy's loader, but one that ends the process with status 1 instead of a traceback."""

    def __init__(self, settings: BaseSettings) -> None:
        try:
            super().__init__(settings)
        except Exception as error:
            sys.exit(f"{_location(error)}: {type(error).__name__}: {error}")

    def _check_name_duplicates(self) -> None:
        for name, places in self._found.items():
            if len(places) > 1:
                modules = " and ".join(module for module, _ in places)
                sys.exit(f"two outlets are called {name!r}: {modules}")


def _location(error: BaseException) -> str:
    """Return file and line of the declaration: where the innermost module was being loaded."""
    if isinstance(error, SyntaxError):
        return f"{error.filename}:{error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    frame = [frame for frame in frames if frame.name == "<module>"][-1]
    return f"{frame.filename}:{frame.lineno}"
