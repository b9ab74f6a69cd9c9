"""Texts of the program itself, written in English, in the language of the interface."""

from collections.abc import Iterable
from dataclasses import dataclass
from gettext import NullTranslations

from markupsafe import Markup, escape

from crawler.causes import ANSWERED, Cause, find_cause
from crawler.web.markup import isolated

MEANING, ACTION = "what a cause means", "what to do about a cause"
"""The contexts of these texts in the catalogues."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A cause of trouble as a page shows it. name: for programs. meaning, action: in words; empty
    for one that only another version of the program knows."""

    name: str
    meaning: Markup
    action: Markup


def explain(texts: NullTranslations, names: Iterable[str]) -> dict[str, Explained]:
    """Return what the causes called `names` mean, by name, in the language of `texts`."""
    return {name: _explained(texts, name, find_cause(name)) for name in names}


def gap_names(texts: NullTranslations) -> dict[str, str]:
    """Return what articles may lack, in the language of `texts`, by the names that numbers have for
    it."""
    return {
        "headline": texts.gettext("No headline"),
        "body": texts.gettext("No text"),
        "date": texts.gettext("No date"),
    }


def _explained(texts: NullTranslations, name: str, cause: Cause | None) -> Explained:
    if cause is None:
        return Explained(name, Markup(), Markup())
    return Explained(name, _meaning(texts, cause), _translated(texts, ACTION, cause.action))


def _meaning(texts: NullTranslations, cause: Cause) -> Markup:
    if cause.answer:
        return _translated(texts, MEANING, ANSWERED) % {"answer": isolated(cause.answer)}
    return _translated(texts, MEANING, cause.meaning)


def _translated(texts: NullTranslations, context: str, text: str) -> Markup:
    """Return a text in the language of `texts`. What stands between grave accents is code."""
    pieces = texts.pgettext(context, text).split("`")
    markup = Markup()
    for number, piece in enumerate(pieces):
        is_code = number % 2 == 1
        markup += Markup('<code dir="ltr">{}</code>').format(piece) if is_code else escape(piece)
    return markup
