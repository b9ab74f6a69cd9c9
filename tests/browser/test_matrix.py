"""Every page in every look: `make browser`."""

import pytest

from tests.browser.axe import Axe
from tests.browser.conftest import Reader
from tests.browser.layout import faults
from tests.browser.pages import LANGUAGES, PAGES, WIDTHS, Shown

pytestmark = pytest.mark.matrix


@pytest.mark.parametrize("calendar", ["gregorian", "hijri"])
@pytest.mark.parametrize("type_", ["nastaliq", "naskh"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown", PAGES, ids=lambda each: each.name)
def test_a_page_can_be_read_in_every_look(
    reader: Reader, checker: Axe, shown: Shown, language: str, type_: str, calendar: str
) -> None:
    watched = reader(language, shown.is_guarded)
    address = shown.chosen(ui=language, type=type_, calendar=calendar)
    assert watched.open(address) == shown.status
    wrong = []
    for scheme in ("dark", "light"):
        watched.page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            found = faults(watched.page, checker, width)
            wrong += [f"{scheme}, {width} px: {each}" for each in found]
    wrong += watched.wrong()
    assert not wrong, "\n".join(wrong)
