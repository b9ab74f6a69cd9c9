"""Text from pages, made safe to show: in a terminal, in a table, in a log."""

import re

FIRST_STRONG_ISOLATE = "\u2068"
LEFT_TO_RIGHT_ISOLATE = "\u2066"
POP_ISOLATE = "\u2069"

# What a terminal obeys instead of printing it (C0 and C1 controls, ANSI escapes begin with one),
# what moves the text around it (bidi controls: UAX 9, 2; line and paragraph separators), what hides
# in it (zero widths, tags), and what cannot be encoded (lone surrogates). Not ZWNJ and ZWJ: Urdu
# spelling uses them.
_NOT_SHOWN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_CREDENTIALS = re.compile(r"""(?<=://)[^/?#\s"'<>]*@""")


def printable(text: str) -> str:
    r"""`text` on one line, every letter as it is and every control as its escape: "\n", "\x1b", "\u202e"."""
    return _NOT_SHOWN.sub(lambda control: control[0].encode("unicode_escape").decode(), text)


def isolated(text: str) -> str:
    """`printable(text)` so that its direction neither leaks into what stands around it nor is
    changed by that.

    Isolates: UAX 9, X5a-X5c.
    """
    return f"{FIRST_STRONG_ISOLATE}{printable(text)}{POP_ISOLATE}"


def without_credentials(text: str) -> str:
    """`text` with "***" for the user and password of every address in it."""
    return _CREDENTIALS.sub("***@", text)
