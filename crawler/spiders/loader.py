"""Loads the spiders; a declaration that cannot be used is told in one line that names its file."""

import sys
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader

_NAMES_SHOWN = 10  # a longer list is no help


@dataclass(frozen=True, slots=True)
class BrokenDeclaration:
    """A declaration that cannot be used.

    file: the name of its file. problem: one line for people, which says where and why.
    """

    file: str
    problem: str


class OutletLoader(SpiderLoader):
    """Scrapy's loader, but one that ends the process with status 1 instead of a traceback.

    With SPIDER_LOADER_WARN_ONLY it skips the declarations that cannot be used, and keeps them in
    `broken`: a bad file costs its own outlets only.
    """

    def __init__(self, settings: BaseSettings) -> None:
        self.broken: list[BrokenDeclaration] = []
        super().__init__(settings)

    def _load_all_spiders(self) -> None:
        for name in self.spider_modules:
            self._load_modules(name)
        self._check_name_duplicates()
        self.broken.sort(key=lambda declaration: declaration.file)

    def _load_modules(self, name: str) -> None:
        """Load the spiders of a module and, if it is a package, of all modules in it."""
        try:
            module = import_module(name)
        except (Exception, SystemExit) as error:
            message = " ".join(str(error).split())
            place = _location(error) or name
            self._skip(name, f"{place}: {type(error).__name__}: {message}")
            return
        self._load_spiders(module)
        for submodule in iter_modules(getattr(module, "__path__", ())):
            self._load_modules(f"{name}.{submodule.name}")

    def _check_name_duplicates(self) -> None:
        for name, places in self._found.items():
            if len(places) > 1:
                self._keep_one(name, [module for module, _ in places])

    def _keep_one(self, name: str, modules: list[str]) -> None:
        """Of the outlets called `name` keep the one whose file is called so too, or the first."""
        kept = next((module for module in modules if module.endswith(f".{name}")), modules[0])
        others = list(modules)
        others.remove(kept)
        for other in others:
            self._skip(other, f"two outlets are called {name!r}: {kept} and {other}")
        spiders = vars(sys.modules[kept]).values()
        self._spiders[name] = next(each for each in spiders if getattr(each, "name", None) == name)

    def _skip(self, module: str, problem: str) -> None:
        """Leave a module's declaration out. Exits where that is not allowed, and where the settings
        name a module that does not exist."""
        file = _file_of(module)
        if not self.warn_only or file is None:
            sys.exit(problem)
        self.broken.append(BrokenDeclaration(file, problem))


def unknown_name(kind: str, name: str, known: Iterable[str]) -> str:
    """Return what to say of a `name` that no outlet, say, has: with those most like it, or with all
    if they are few."""
    names = sorted(known)
    message = f"unknown {kind} {name!r}"
    if nearest := get_close_matches(name, names):
        return f"{message}; did you mean {' or '.join(nearest)}?"
    if len(names) <= _NAMES_SHOWN:
        return f"{message}; known: {', '.join(names)}"
    return f"{message}; `scrapy list` shows them"


def _file_of(module: str) -> str | None:
    """Return the name of the file of `module`, None if there is no such module."""
    try:
        spec = find_spec(module)
    except (ImportError, ValueError):
        return None
    return Path(spec.origin).name if spec and spec.origin else None


def _location(error: BaseException) -> str | None:
    """Return file and line of the declaration: where the innermost module was being loaded."""
    if isinstance(error, SyntaxError):
        return f"{error.filename}:{error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    modules = [frame for frame in frames if frame.name == "<module>"]
    return f"{modules[-1].filename}:{modules[-1].lineno}" if modules else None
