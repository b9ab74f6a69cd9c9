"""The style of a page that stands in a file of its own, with the type that its texts need."""

import re
from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import Any

from lxml import html

from crawler.web.interface import Interface

_SHEETS = ("khabar.css", "report.css")
_FONT_FACE = re.compile(r'@font-face \{[^}]*url\("(fonts/[\w-]+\.woff2)"\)[^}]*\}\s*')
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_ARABIC_LETTER = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")

_LATIN = "fonts/noto-naskh-latin.woff2"
_NASKH = "fonts/noto-naskh-arabic.woff2"
_NASTALIQ = "fonts/noto-nastaliq-urdu.woff2"


def style_of(body: str, interface: Interface) -> str:
    """Return the style sheets for a page with the elements `body`, which ask for nothing: of the
    fonts, those in which a text of it is drawn stand within."""
    needed = _fonts_of(body, interface)

    def embedded(face: re.Match[str]) -> str:
        font = face[1]
        return face[0].replace(font, _data_address(font)) if font in needed else ""

    sheets = (_asset(name).decode() for name in _SHEETS)
    return _FONT_FACE.sub(embedded, _COMMENT.sub("", "\n".join(sheets)))


def _fonts_of(body: str, interface: Interface) -> set[str]:
    """Return the fonts in which the texts of a page are drawn, by their languages."""
    urdu = _NASTALIQ if interface.type == "nastaliq" else _NASKH
    fonts = {_LATIN}
    for element in html.fragments_fromstring(body, no_leading_text=True):
        fonts |= {
            urdu if language == "ur" else _NASKH
            for language, text in _texts(element, interface.language)
            if _ARABIC_LETTER.search(text)
        }
    return fonts


def _texts(element: Any, language: str) -> list[tuple[str, str]]:
    """Return the texts in an element of lxml's, each with its language."""
    texts: list[tuple[str, str]] = []
    pending = [(element, language)]
    while pending:
        each, outer = pending.pop()
        inner = each.get("lang", outer)
        texts.append((inner, each.text or ""))
        for child in each:
            pending.append((child, inner))
            texts.append((inner, child.tail or ""))
    return texts


@cache
def _data_address(name: str) -> str:
    return f"data:font/woff2;base64,{b64encode(_asset(name)).decode()}"


def _asset(name: str) -> bytes:
    return files("crawler.web").joinpath(f"assets/{name}").read_bytes()
