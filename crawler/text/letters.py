"""Folding Arabic-script letters: the variants of keyboards, fonts and scrapers as one letter.

Folded text is for keys and search only; it is never stored as an outlet's words. Code points:
Unicode 16, blocks Arabic, Arabic Supplement, and the Arabic Presentation Forms (which NFKC undoes).
"""

import re
import unicodedata

FOLD_TO: dict[str, str] = {
    "ا": "أإآٱٲٳٵ",  # alef with hamza, madda, wasla; the hamza is often left out
    "ي": "یىئېۍێ",  # Persian/Urdu yeh, alef maqsura (Egypt prints it for yeh), yeh with hamza
    "و": "ؤۇۆۈۋ",
    "ه": "ةہھۀەۂۃ",  # teh marbuta, Urdu heh goal and doachashmee, and their hamza forms
    "ك": "کڪ",  # Persian/Urdu keheh
    "ے": "ۓ",
}
"""Folded letter -> the letters that some keyboard or outlet prints in its stead."""

DROPPED = (
    "\u0621"  # a hamza on the line: printed or left out by the same desk
    "\u0640"  # tatweel
    "\u0674"  # high hamza, which NFKC leaves of the letters that carry it
    # marks (harakat, Quranic signs)
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff"  # marks of Arabic Extended-A and -B
    "\u0300-\u036f"
    # joiners, bidi controls, zero widths
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ufe00-\ufe0f"  # variation selectors
)
"""Characters that folding removes, as the body of a regex class."""

_EVERY = "".join(map(chr, range(0x10000)))
# Letters and marks that stay as they are stand in the tables too: `translate` is slow with those
# that a table lacks.
_SAME = {code: code for code in (*range(0x700), *range(0x2000, 0x2070))}
_DIGITS = _SAME | {ord(digit): ord("0") + i % 10 for i, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_LETTERS = {ord(variant): ord(to) for to, variants in FOLD_TO.items() for variant in variants}
_DROP = dict.fromkeys(map(ord, re.findall(f"[{DROPPED}]", _EVERY)))
_FOLD: dict[int, int | None] = {**_DIGITS, **_LETTERS, **_DROP}
_NOT_WORD = re.compile(r"[\W_]+")


def ascii_digits(text: str) -> str:
    """Return `text` with Arabic-Indic digits (٠-٩ and ۰-۹) as ASCII ones, at the same offsets."""
    return text if text.isascii() else text.translate(_DIGITS)


def fold(text: str) -> str:
    """Return `text` in lower case with one letter for its variants, without marks and joiners.

    Punctuation and spaces stay (see `fold_words`). Folding twice changes nothing more.
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold().translate(_FOLD)


def fold_words(text: str) -> str:
    """Return the words of `fold(text)` with one space between them and no punctuation."""
    return _NOT_WORD.sub(" ", fold(text)).strip()
