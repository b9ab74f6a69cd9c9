"""Text from pages, made safe to show in a terminal, a table or a log."""

import re

FIRST_STRONG_ISOLATE = "\u2068"
LEFT_TO_RIGHT_ISOLATE = "\u2066"
RIGHT_TO_LEFT_ISOLATE = "\u2067"
POP_ISOLATE = "\u2069"

RIGHT_TO_LEFT_LANGUAGES = frozenset({"ar", "ur", "fa", "ps", "ckb", "sd", "ug", "he", "yi"})

# Characters that a terminal obeys instead of printing them (C0 and C1 controls, ANSI escapes begin
# with one), that move the text around them (bidi controls: UAX 9, 2; line and paragraph
# separators), that hide in it (zero widths, tags), and that cannot be encoded (lone surrogates).
# Not ZWNJ and ZWJ: Urdu spelling uses them.
_NOT_SHOWN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_CREDENTIALS = re.compile(r"""(?<=://)[^/?#\s"'<>]*@""")


def printable(text: str) -> str:
    r"""Return `text` on one line, with escapes for its controls: "\n", "\x1b", "\u202e"."""
    return _NOT_SHOWN.sub(lambda control: control[0].encode("unicode_escape").decode(), text)


def isolated(text: str, language: str | None = None, *, terminal: bool = True) -> str:
    """Return `printable(text)` with its writing direction isolated from the text around it.

    language: of the text, an ISO 639 code or "other", which gives the direction: a headline in
    Arabic that begins with "BBC" is still right to left. Where it is not known the first letter
    decides. terminal: False returns the text without isolates, which only terminals are to see.
    Isolates: UAX 9, X5a-X5c.
    """
    shown = printable(text)
    if not terminal:
        return shown
    base = (language or "other").lower().partition("-")[0]
    if base in RIGHT_TO_LEFT_LANGUAGES:
        isolate = RIGHT_TO_LEFT_ISOLATE
    else:
        isolate = FIRST_STRONG_ISOLATE if base == "other" else LEFT_TO_RIGHT_ISOLATE
    return f"{isolate}{shown}{POP_ISOLATE}"


def isolated_left_to_right(text: str, *, terminal: bool = True) -> str:
    """Return `printable(text)`, isolated to be read from left to right whatever its letters are;
    for what is no terminal without isolates."""
    shown = printable(text)
    return f"{LEFT_TO_RIGHT_ISOLATE}{shown}{POP_ISOLATE}" if terminal else shown


def without_credentials(text: str) -> str:
    """Return `text` with "***" for the user and password of every address in it."""
    return _CREDENTIALS.sub("***@", text)
