"""Which fonts draw the letters of a page: a web font that does not come goes unseen where the
machine has one of the same name."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

# Fields go by the machine's fonts.
_TEXTS = """//body//*[text()[normalize-space()]]
    [not(ancestor-or-self::select or ancestor-or-self::*[local-name() = 'svg'])]"""


@dataclass(frozen=True)
class Drawn:
    """The own texts of an element: the families that draw it, and whether each came with the
    page."""

    html: str
    fonts: dict[str, bool]


def drawn(page: Page, xpath: str) -> list[Drawn]:
    """Return by what the elements that `xpath` finds are drawn."""
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    session.send("DOM.getDocument", {"depth": -1})
    search = session.send("DOM.performSearch", {"query": xpath})
    nodes: list[int] = []
    if search["resultCount"]:
        part = {"searchId": search["searchId"], "fromIndex": 0, "toIndex": search["resultCount"]}
        nodes = session.send("DOM.getSearchResults", part)["nodeIds"]
    found = []
    for node in nodes:
        fonts: list[dict[str, Any]] = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})[
            "fonts"
        ]
        families = {font["familyName"]: font["isCustomFont"] for font in fonts}
        html = ""
        if not all(families.values()):
            html = session.send("DOM.getOuterHTML", {"nodeId": node})["outerHTML"]
        found.append(Drawn(html, families))
    session.detach()
    return found


def foreign_fonts(page: Page) -> list[str]:
    """Return the texts that a font of the machine draws, in part or whole, one line each."""
    found = [each for each in drawn(page, _TEXTS) if not all(each.fonts.values())]
    return [f"{each.fonts}: {each.html[:200]}" for each in found]
