"""Stored text as markup: escaped, in its own language and direction, search words marked."""

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from crawler.search import Node, marks, with_marks
from crawler.web.interface import direction_of

# Zero-width marks of direction, embeddings, overrides and isolates: a text goes by its element.
_BIDI_CONTROLS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")

_LONGEST = 1000  # letters; no headline or name has so many

_OPENING, _CLOSING = "\ue000", "\ue001"  # of a mark, until the text is escaped


def attributes(language: str | None) -> Markup:
    """Return the attributes `lang` and `dir` of a text in a stored language; one of unknown
    language goes by its letters."""
    if language is None:
        return Markup('dir="auto"')
    return Markup('lang="{}" dir="{}"').format(language, direction_of(language))


def isolated(text: str | None, language: str | None = None) -> Markup:
    """Return a name, headline or number that keeps its own direction within other text."""
    if not text:
        return Markup("")
    if language is None and text.isascii():
        language = "en"  # the letters of other languages are drawn in their own type
    return Markup("<bdi {}>{}</bdi>").format(attributes(language), plain(shortened(text)))


def linked(text: str | Markup, address: str, kind: str = "") -> Markup:
    """Return a text as a link; as it is where the address is "". kind: its class, if any."""
    if not address:
        return Markup('<span class="{}">{}</span>').format(kind, text) if kind else escape(text)
    attribute = Markup('class="{}" ').format(kind) if kind else ""
    return Markup('<a {}href="{}">{}</a>').format(attribute, address, text)


def plain(text: str) -> str:
    """Return a text without what would move the letters around it."""
    return _BIDI_CONTROLS.sub("", text)


def shortened(text: str) -> str:
    """Return a text that stands beside others: what is far too long for that is cut."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def outward(url: str) -> Markup:
    """Return the attributes of a link to a page of an outlet; none for an address that no browser
    is to be sent to, such as one of a script."""
    if urlsplit(url).scheme not in ("http", "https"):
        return Markup("")
    return Markup('href="{}" rel="noreferrer external"').format(url)


def marked(text: str | None, query: Node | None, language: str | None) -> Markup:
    """Return a text of a list in which the words that `query` means are marked."""
    shown = plain(shortened(text or ""))
    if query is None:
        return escape(shown)
    shown = shown.replace(_OPENING, "").replace(_CLOSING, "")
    with_places = with_marks(shown, marks(shown, query, language), _OPENING, _CLOSING)
    escaped = str(escape(with_places))  # Markup would escape the tags too
    with_tags = escaped.replace(_OPENING, "<mark>").replace(_CLOSING, "</mark>")
    return Markup(with_tags)  # noqa: S704 (escaped above)
