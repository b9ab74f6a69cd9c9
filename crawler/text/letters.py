"""Letters of the Arabic script as keyboards, fonts and scrapers vary them, folded to one for
comparison.

Folded text is for keys and search only; it is never stored as an outlet's words. The table stands
below so that it can be read at a glance. Code points: Unicode 16, blocks Arabic, Arabic Supplement,
and the Arabic Presentation Forms (which NFKC undoes).
"""

import re
import unicodedata

FOLD_TO: dict[str, str] = {
    # one letter: every letter that some keyboard or house style prints in its place
    "ا": "أإآٱٲٳٵ",  # alef with hamza, madda, wasla; the hamza is often left out
    "ي": "یىئېۍێ",  # Persian/Urdu yeh, alef maqsura (Egypt prints it for yeh), yeh with hamza
    "و": "ؤۇۆۈۋ",
    "ه": "ةہھۀەۂۃ",  # teh marbuta, Urdu heh goal and doachashmee, and their hamza forms
    "ك": "کڪ",  # Persian/Urdu keheh
    "ے": "ۓ",
}
"""Folded letter -> the letters it stands for."""

DROPPED = (
    "\u0621"  # a hamza on the line: printed or left out by the same desk
    "\u0640"  # tatweel
    "\u0674"  # high hamza, which NFKC leaves of the letters that carry it
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"  # marks (harakat, Quranic signs)
    "\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff"  # marks of Arabic Extended-A and -B
    "\u0300-\u036f"
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"  # joiners, bidi controls, zero widths
    "\ufe00-\ufe0f"  # variation selectors
)
"""Regex class body of what folding removes altogether."""

_DIGITS = {ord(c): str(i % 10) for i, c in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_FOLD = _DIGITS | {ord(v): k for k, vs in FOLD_TO.items() for v in vs}
_DROP = re.compile(f"[{DROPPED}]+")
_NOT_WORD = re.compile(r"[\W_]+")


def ascii_digits(text: str) -> str:
    """`text` with Arabic-Indic (٠-٩) and Extended Arabic-Indic (۰-۹) digits as ASCII ones; same
    length."""
    return text.translate(_DIGITS)


def fold(text: str) -> str:
    """`text` as compared: letters of both keyboards as one, marks and joiners gone, lower case.

    Punctuation and spaces stay (see `fold_words`). Idempotent.
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    return _DROP.sub("", text.translate(_FOLD))


def fold_words(text: str) -> str:
    """The words of `fold(text)` with one space between them and no punctuation. Idempotent."""
    return _NOT_WORD.sub(" ", fold(text)).strip()
