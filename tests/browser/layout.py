"""What is measured in a page: what sticks out of it, and what of its letters is cut off."""

from playwright.sync_api import Page

from tests.browser.axe import Axe

CONTRAST = "color-contrast"
"""axe-core's rule of the contrast between letters and what is behind them."""

_HEIGHT = 900

_STICKING_OUT = """() => {
  const root = document.documentElement
  if (root.scrollWidth <= root.clientWidth) return []
  const out = [...document.body.querySelectorAll("*")].filter(each => {
    const box = each.getBoundingClientRect()
    return box.width && (box.left < -1 || box.right > root.clientWidth + 1)
  })
  return [`${root.scrollWidth} px in ${root.clientWidth}`]
    .concat(out.map(each => each.outerHTML.slice(0, 150)))
}"""

# The baseline of a line is the ascent of its font below the top of its box; the ink of its letters
# reaches further than that box.
_CUT_OFF = """() => {
  const canvas = document.createElement("canvas").getContext("2d")
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (!text.data.trim() || text.parentElement.closest(".unseen, svg, option")) continue
    const style = getComputedStyle(text.parentElement)
    canvas.font = style.font
    const ink = canvas.measureText(text.data)
    const range = document.createRange()
    range.selectNodeContents(text)
    const lines = [...range.getClientRects()].filter(line => line.width)
    if (!lines.length) continue
    const baselines = lines.map(line => line.top + ink.fontBoundingBoxAscent)
    const top = Math.min(...baselines) - ink.actualBoundingBoxAscent
    const bottom = Math.max(...baselines) + ink.actualBoundingBoxDescent
    for (let around = text.parentElement; around !== document.body; around = around.parentElement) {
      const clip = getComputedStyle(around)
      const hides = ["hidden", "clip"].some(each => [clip.overflowX, clip.overflowY].includes(each))
      const clamps = clip.webkitLineClamp !== "none" || clip.clipPath !== "none" ||
        /paint|content|strict/.test(clip.contain)
      const scrolls = clip.overflowX !== "visible" || clip.overflowY !== "visible"
      const box = around.getBoundingClientRect()
      const beyond = scrolls && (top < box.top - 0.5 || bottom > box.bottom + 0.5)
      if (hides || clamps || beyond)
        found.push(`${text.data.trim().slice(0, 60)} in ${around.outerHTML.slice(0, 80)}: ` +
          `ink ${top} to ${bottom}, box ${box.top} to ${box.bottom}`)
    }
  }
  return found
}"""


def sticking_out(page: Page) -> list[str]:
    """Return what makes a page wider than its window, one line each."""
    found: list[str] = page.evaluate(_STICKING_OUT)
    return found


def cut_off(page: Page) -> list[str]:
    """Return the texts of a page whose ink some element around them cuts off, or may."""
    found: list[str] = page.evaluate(_CUT_OFF)
    return found


def faults(page: Page, axe: Axe, width: int, *, contrast: bool = True) -> list[str]:
    """Return what is wrong with a page in a window of that width, one line each. contrast: False to
    leave out the contrast of the letters, which takes most of the time."""
    page.set_viewport_size({"width": width, "height": _HEIGHT})
    without = () if contrast else (CONTRAST,)
    return [*sticking_out(page), *cut_off(page), *axe.violations(page, without=without)]
