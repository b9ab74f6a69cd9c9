"""Finding stories by words, and all of it without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from crawler.items import Article
from tests.browser.conftest import Reader, ReadingRoom
from tests.browser.edition import ACCESS, HARBOUR, LIBRARY, VOWELS


@pytest.mark.parametrize(
    ("words", "article", "marked"),
    [
        ("كراچي", LIBRARY, "کراچی"),  # Arabic kaf and yeh
        ("کتاب", LIBRARY, "کتابیں"),
        ("ایکسیسبیلٹی", ACCESS, "ایکسیسبیلٹی"),
        ("والميناء", HARBOUR, "الميناء"),
        ("للمؤسسة", VOWELS, "المُؤَسَّسَةَ"),
    ],
)
def test_a_search_finds_other_forms_and_marks_them(
    reader: Reader, words: str, article: Article, marked: str
) -> None:
    page = reader("en").page
    reader("en").open("/?ui=en")
    page.get_by_role("searchbox").fill(words)
    page.keyboard.press("Enter")
    marks = page.locator("main h3 mark, main .lead mark, main article mark")
    expect(marks.filter(has_text=marked).first).to_be_visible()
    assert reader("en").wrong() == []


@pytest.fixture
def without_scripts(browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, locale="ur")
    yield context.new_page()
    context.close()


def test_everything_works_without_scripts(without_scripts: Page, reading_room: ReadingRoom) -> None:
    page = without_scripts
    page.goto(reading_room.open)
    expect(page.locator("html")).to_have_attribute("lang", "ur")
    page.locator("a[rel=next]").click()
    expect(page.locator("main article").first).to_be_visible()
    page.get_by_role("searchbox").fill("لائبریری")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="کراچی کی پرانی").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(LIBRARY.headline or "")
    page.get_by_role("link", name="العربية", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "ar")
