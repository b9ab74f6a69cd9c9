"""Every page in every language of the interface: readable by all at every width, in light and dark,
and it asks for nothing elsewhere."""

import pytest

from tests.browser.axe import Axe
from tests.browser.conftest import Reader
from tests.browser.fonts import foreign_fonts
from tests.browser.layout import faults
from tests.browser.pages import LANGUAGES, PAGES, WIDTHS, Shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown", PAGES, ids=lambda each: each.name)
def test_a_page_can_be_read(reader: Reader, checker: Axe, shown: Shown, language: str) -> None:
    watched = reader(language, shown.is_guarded)
    page = watched.page
    assert watched.open(shown.chosen(ui=language)) == shown.status
    wrong = foreign_fonts(page)
    for width in WIDTHS:
        wrong += [f"{width} px: {each}" for each in faults(page, checker, width)]
    page.emulate_media(color_scheme="dark")
    wrong += [f"dark: {each}" for each in checker.violations(page, ["color-contrast"])]
    page.emulate_media(color_scheme="light")
    wrong += watched.wrong()
    assert not wrong, "\n".join(wrong)
