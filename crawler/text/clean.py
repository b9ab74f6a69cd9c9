"""Printed text made safe to store: the same words, without characters that no reader sees."""

import re
import unicodedata

# C0 and C1 controls but tab and newline; lone surrogates (BSON refuses them); noncharacters; object
# replacement.
_NEVER_PRINTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffc\ufffe\uffff\u00ad\u200b\u2060]"
)
# Every view isolates the direction of the texts that it shows; marks left in would change the
# direction of their neighbours.
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
PLAIN = re.compile(
    "[ -~\t\n\u00a0\u060c\u061b\u061f-\u064a\u0660-\u0669\u066e-\u06bf\u06c1\u06c3-\u06d2\u06d4"
    "\u00ab\u00bb“”‘’–—…]*"
)
"""Text of letters, digits, punctuation and spaces that need no cleaning (no marks to compose,
nothing invisible), as most texts are."""


def clean(text: str) -> str:
    """Return `text` in NFC without controls, bidi marks, soft hyphens and zero-width spaces.

    ZWNJ and ZWJ stay: Urdu spelling uses them. Several spaces become one. Line breaks stay, each
    line stripped.
    """
    if not PLAIN.fullmatch(text):
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = unicodedata.normalize("NFC", _NEVER_PRINTED.sub("", _BIDI.sub("", text)))
    if "\n" not in text:
        return " ".join(text.split())
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def clean_line(text: str) -> str:
    """Return `clean(text)` on one line: for headlines, names, addresses of people."""
    return " ".join(clean(text).split())


def clean_paragraphs(text: str) -> str:
    """Return `clean(text)` with one blank line between paragraphs and single breaks inside them."""
    return re.sub(r"\n{2,}", "\n\n", clean(text))
