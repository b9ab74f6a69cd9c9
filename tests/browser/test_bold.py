"""Bold Urdu: the font's own bold tears words apart."""

import pytest

from tests.browser.conftest import Reader

_WIDTHS = """word => document.fonts.ready.then(() => {
  const main = document.querySelector("main")
  return [400, 700].map(weight => {
    const line = document.createElement("span")
    line.lang = "ur"
    line.textContent = word
    line.style.fontWeight = weight
    line.style.display = "inline-block"
    main.append(line)
    return line.getBoundingClientRect().width
  })
})"""


@pytest.mark.parametrize("word", ["پڑھی", "زیارت", "ویب"])
def test_a_bold_word_is_as_wide_as_a_regular_one(reader: Reader, word: str) -> None:
    watched = reader("ur")
    watched.open("/?ui=ur")
    regular, bold = watched.page.evaluate(_WIDTHS, word)
    assert bold == pytest.approx(regular, rel=0.05)
