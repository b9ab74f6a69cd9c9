"""Reading with the keyboard alone, on paper, in the dark, from the right."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from crawler.items import Article
from tests.browser.conftest import Reader
from tests.browser.edition import ACCESS, COPIES, HARBOUR, id_of
from tests.browser.pages import LANGUAGES

MOST_STOPS = 300
"""Of the Tab key on one page."""

_STOPS = """() => [...document.querySelectorAll(
    'a[href], button, select, textarea, summary, input:not([type=hidden])'
  )].filter(each => each.checkVisibility()).length"""

_FOCUS = """() => {
  const focused = document.activeElement
  if (focused === document.body) return null
  const box = focused.getBoundingClientRect(), style = getComputedStyle(focused)
  const all = [...document.querySelectorAll("*")]
  return {
    place: all.indexOf(focused),
    html: focused.outerHTML.slice(0, 120),
    isSeen: box.width > 0 && box.bottom > 0 && box.top < innerHeight &&
      box.right > 0 && box.left < innerWidth,
    isMarked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  }
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keyboard_reaches_everything_in_order(reader: Reader, language: str) -> None:
    watched = reader(language)
    page = watched.page
    for address in ("/", f"/stories/{id_of(HARBOUR)}"):
        watched.open(f"{address}?ui={language}")
        stops = page.evaluate(_STOPS)
        assert stops < MOST_STOPS
        places: list[int] = []
        while len(places) < stops:
            page.keyboard.press("Tab")
            focus = page.evaluate(_FOCUS)
            assert focus, f"{len(places)} of {stops} were reached"
            assert focus["isSeen"], focus
            assert focus["isMarked"], focus
            if focus["place"] not in places[-1:]:  # a date has several stops of its own
                places.append(focus["place"])
        assert places == sorted(places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_key_skips_to_the_text(reader: Reader, language: str) -> None:
    page = reader(language).page
    reader(language).open(f"/?ui={language}")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_keyboard_switches_the_language_and_stays_on_the_page(reader: Reader) -> None:
    page = reader("en").page
    reader("en").open(f"/stories/{id_of(ACCESS)}?ui=en")
    page.get_by_role("link", name="اردو", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("html[lang=ur][dir=rtl]")).to_be_attached()
    expect(page.get_by_role("heading", level=1)).to_have_text(ACCESS.headline or "")
    page.get_by_role("link", name="English", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("html[lang=en][dir=ltr]")).to_be_attached()


def test_a_difference_reads_in_the_direction_of_its_language(reader: Reader) -> None:
    watched = reader("en")
    watched.open(f"/stories/{id_of(ACCESS)}?ui=en")
    removed, added = (watched.page.locator(f".change {name}").last for name in ("del", "ins"))
    expect(removed).to_have_text("950")
    expect(added).to_have_text("1,250")
    before, after = removed.bounding_box(), added.bounding_box()
    assert before
    assert after
    assert before["x"] > after["x"]  # the earlier word stands at the right


def test_paper_shows_the_story_alone(reader: Reader) -> None:
    watched = reader("en")
    page = watched.page
    watched.open(f"/stories/{id_of(HARBOUR)}?ui=en")
    page.emulate_media(media="print")
    for name in ("nav", ".search", "footer", ".skip"):
        expect(page.locator(name).first).not_to_be_visible()
    expect(page.locator(".text")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    page.emulate_media(media="screen")


def test_the_dark_is_dark(reader: Reader) -> None:
    watched = reader("en")
    shown = {}
    for scheme in ("light", "dark"):
        watched.page.emulate_media(color_scheme=scheme)
        watched.open("/?ui=en")
        shown[scheme] = watched.page.evaluate("getComputedStyle(document.body).backgroundColor")
    watched.page.emulate_media(color_scheme="light")
    assert shown == {"light": "rgb(251, 249, 244)", "dark": "rgb(22, 23, 26)"}


@pytest.mark.parametrize("copy", [each for each in COPIES if each.language == "ar"])
def test_every_name_of_a_story_opens_it(reader: Reader, copy: Article) -> None:
    watched = reader("en")
    for address in (f"/stories/{id_of(copy)}?ui=en", f"/stories?address={quote(copy.url)}&ui=en"):
        assert watched.open(address) == 200
        expect(watched.page.get_by_role("heading", level=1)).to_have_text(HARBOUR.headline or "")
