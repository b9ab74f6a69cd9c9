"""The ink of a heading as the browser paints it: what of it is hidden, and what it runs into."""

from base64 import b64encode
from dataclasses import dataclass

from playwright.sync_api import Browser, ElementHandle, Page

_AROUND = 1.0  # of the size of the letters, above and below the element


@dataclass(frozen=True)
class Ink:
    """Numbers of pixels. whole: of the heading's ink. hidden: of these, those that do not show.
    shared: those that are other letters' too."""

    whole: int
    hidden: int
    shared: int


# Three pictures of one place: the page, the heading alone, and the page without the heading. A
# pixel is ink where it is not of the colour of the paper.
_COUNT = """async pictures => {
  const shown = await Promise.all(pictures.map(async picture => {
    const image = await createImageBitmap(await (await fetch(picture)).blob())
    const canvas = new OffscreenCanvas(image.width, image.height)
    const context = canvas.getContext("2d")
    context.drawImage(image, 0, 0)
    return context.getImageData(0, 0, image.width, image.height).data
  }))
  const [page, alone, without] = shown
  const paper = alone.slice(0, 3)
  const far = (from, at) =>
    Math.max(...[0, 1, 2].map(part => Math.abs(paper[part] - from[at + part])))
  const count = { whole: 0, hidden: 0, shared: 0 }
  for (let at = 0; at < alone.length; at += 4) {
    if (far(alone, at) < 120) continue
    count.whole += 1
    if (far(page, at) < 40) count.hidden += 1
    if (far(without, at) > 60) count.shared += 1
  }
  return count
}"""

_SHOW = """(heading, alone) => {
  for (const each of document.body.querySelectorAll("*")) {
    const isShown = heading.contains(each) === alone
    each.style.setProperty("visibility", isShown ? "visible" : "hidden", "important")
    each.style.setProperty("overflow", "visible", "important")
  }
}"""


def ink_of(browser: Browser, page: Page, heading: ElementHandle) -> Ink:
    """Measure the ink of a heading in its page."""
    heading.scroll_into_view_if_needed()
    place = heading.bounding_box()
    assert place is not None
    size = heading.evaluate("each => parseFloat(getComputedStyle(each).fontSize)") * _AROUND
    above = min(size, place["y"])
    window = page.viewport_size
    assert window is not None
    clip = {
        "x": 0,
        "y": place["y"] - above,
        "width": window["width"],
        "height": place["height"] + above + size,
    }
    pictures = [page.screenshot(clip=clip)]  # type: ignore[arg-type]
    for alone in (True, False):
        heading.evaluate(_SHOW, alone)
        pictures.append(page.screenshot(clip=clip))  # type: ignore[arg-type]
    blank = browser.new_page()
    count = blank.evaluate(
        _COUNT, [f"data:image/png;base64,{b64encode(picture).decode()}" for picture in pictures]
    )
    blank.close()
    return Ink(**count)
