"""Loads the spiders; a declaration that cannot be used ends in one line that names its file."""

import sys
import traceback
from pathlib import Path

from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader


class OutletLoader(SpiderLoader):
    """Scrapy's loader, but without its traceback; the process ends with status 1."""

    def __init__(self, settings: BaseSettings) -> None:
        try:
            super().__init__(settings)
        except Exception as error:
            sys.exit(f"{_where(error)}: {type(error).__name__}: {error}")


def _where(error: BaseException) -> str:
    """The file and line of the declaration: the innermost frame in a spider's module."""
    if isinstance(error, SyntaxError):
        return f"{error.filename}:{error.lineno}"
    spiders = Path(__file__).parent
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if spiders in Path(f.filename).parents and f.filename != __file__]
    declared = [f for f in own if Path(f.filename).parent != spiders]
    frame = (declared or own or frames)[-1]
    return f"{frame.filename}:{frame.lineno}"
