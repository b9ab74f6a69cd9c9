"""Every page in every language of the interface: readable by all at every width, in light and dark,
and it asks for nothing elsewhere."""

import re
from typing import cast

import httpx
import pytest
from starlette.routing import Match, Route

from crawler.storage import Reader as StoreReader
from crawler.web.app import make_app
from crawler.web.security import Access
from crawler.web.site import Site
from tests.browser.axe import Axe
from tests.browser.conftest import Reader, ReadingRoom
from tests.browser.fonts import foreign_fonts
from tests.browser.layout import CONTRAST, faults
from tests.browser.pages import LANGUAGES, PAGES, WIDTHS, Shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown", PAGES, ids=lambda each: each.name)
def test_a_page_can_be_read(reader: Reader, checker: Axe, shown: Shown, language: str) -> None:
    watched = reader(language, shown.is_guarded)
    page = watched.page
    assert watched.open(shown.chosen(ui=language)) == shown.status
    wrong = foreign_fonts(page)
    for width in WIDTHS:
        wrong += [
            f"{width} px: {each}" for each in faults(page, checker, width, contrast=width != 768)
        ]
    page.emulate_media(color_scheme="dark")
    wrong += [f"dark: {each}" for each in checker.violations(page, [CONTRAST])]
    page.emulate_media(color_scheme="light")
    wrong += watched.wrong()
    assert not wrong, "\n".join(wrong)


def test_every_page_of_the_site_is_among_them() -> None:
    app = make_app(Site(cast(StoreReader, None)), Access(frozenset()))
    paths = [shown.address.partition("?")[0] for shown in PAGES]
    asked = [{"type": "http", "method": "GET", "path": path, "headers": []} for path in paths]
    missed = {
        route.path
        for route in app.routes
        if isinstance(route, Route) and all(route.matches(each)[0] != Match.FULL for each in asked)
    }
    assert missed == {"/healthz", "/robots.txt"}


def test_every_link_leads_to_a_page(reading_room: ReadingRoom) -> None:
    with httpx.Client(base_url=reading_room.open, timeout=60) as client:
        shown = [each for each in PAGES if not each.is_guarded]
        pages = {each.address: client.get(each.address).text for each in shown}
        found = {
            address.replace("&amp;", "&"): page
            for page, text in pages.items()
            for address in re.findall('(?:href|src|action)="(/[^"]*)"', text)
            if not re.search("(ui|type|calendar)=", address)  # the same page in another look
        }
        assert len(found) > 100
        answers = {address: client.get(address).status_code for address in found}
    # The page of an error leads back to itself, in other languages.
    broken = [
        (found[address], address)
        for address, status in answers.items()
        if status >= 400 and not re.match(r"/nowhere|.*limit=0", address)
    ]
    assert broken == []
