"""Texts of the program itself, written in English, in the language of the interface."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from crawler.causes import Cause, find_cause
from crawler.web.site import PageWriter


@dataclass(frozen=True, slots=True)
class Explained:
    """A cause of trouble as a page shows it. name: for programs. meaning, action: in words; empty
    for one that only another version of the program knows."""

    name: str
    meaning: Markup
    action: Markup


def explain(visit: PageWriter, names: Iterable[str]) -> dict[str, Explained]:
    """Return what the causes called `names` mean, by name."""
    return {name: _explained(visit, name, find_cause(name)) for name in names}


def _explained(visit: PageWriter, name: str, cause: Cause | None) -> Explained:
    if cause is None:
        return Explained(name, Markup(), Markup())
    return Explained(name, translated(visit, cause.meaning), translated(visit, cause.action))


def translated(visit: PageWriter, text: str) -> Markup:
    """Return a text in the language of the interface, marked as English where the catalogue has no
    translation. What stands between grave accents is code."""
    told = visit.texts.gettext(text)
    pieces = told.split("`")
    markup = Markup()
    for number, piece in enumerate(pieces):
        is_code = number % 2 == 1
        markup += Markup('<code dir="ltr">{}</code>').format(piece) if is_code else escape(piece)
    if told == text and visit.interface.language != "en":
        return Markup('<span lang="en" dir="ltr">{}</span>').format(markup)
    return markup
