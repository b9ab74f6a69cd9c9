"""The libraries that only some formats need: the extra `khabar[export]`."""

from importlib import import_module
from typing import Any

from crawler.export.destination import UnwritableError


def load(module: str, format_name: str) -> Any:
    """Return the module of that name. Raises UnwritableError if it is not installed."""
    try:
        return import_module(module)
    except ImportError:
        library = module.partition(".")[0]
        raise UnwritableError(
            f"the format {format_name} needs {library}: pip install 'khabar[export]'"
        ) from None
