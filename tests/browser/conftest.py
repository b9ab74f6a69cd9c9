"""The site in a process of its own, over a week of invented news, and a browser that reads it."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import Axe, NoAxe, axe
from tests.browser.chromium import NoBrowser, Watched, chromium, served
from tests.browser.edition import publish

TOKEN = "a-token-for-the-browser"


@dataclass(frozen=True)
class ReadingRoom:
    """The origins of the site: one that lets all in, and one that asks for a token."""

    open: str
    guarded: str


@pytest.fixture(scope="session")
def reading_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadingRoom]:
    """The site over a filled store."""
    uri = f"sqlite:///{tmp_path_factory.mktemp('edition')}/khabar.db"
    publish(uri)
    with served(uri) as origin, served(uri, "--token", TOKEN) as guarded:
        yield ReadingRoom(origin, guarded)


@pytest.fixture(scope="module")
def browser(reading_room: ReadingRoom) -> Iterator[Browser]:
    """The browser, for the tests of one module: nothing else may run an event loop beside it.
    Without one the tests fail under CI (a variable `CI` is set), else are skipped."""
    try:
        with chromium() as started:
            yield started
    except NoBrowser as reason:
        _missing(reason)


@pytest.fixture(scope="session")
def checker() -> Axe:
    """axe-core; where it cannot be had, as the browser."""
    try:
        return axe()
    except NoAxe as reason:
        _missing(reason)
        raise


def _missing(reason: Exception) -> None:
    if os.environ.get("CI"):
        raise reason
    pytest.skip(str(reason))


Reader = Callable[..., Watched]


@pytest.fixture(scope="module")
def reader(browser: Browser, reading_room: ReadingRoom) -> Reader:
    """`reader(language)` gives a page of the browser, kept for the module, for a person who wants
    the site in that language; `is_guarded`: at the site that asks for a token."""
    kept: dict[tuple[str, bool], Watched] = {}

    def of(language: str, is_guarded: bool = False) -> Watched:
        key = (language, is_guarded)
        if key not in kept:
            context = browser.new_context(locale=language, color_scheme="light")
            context.set_default_timeout(30_000)
            origin = reading_room.guarded if is_guarded else reading_room.open
            kept[key] = Watched(context.new_page(), origin)
        return kept[key]

    return of
