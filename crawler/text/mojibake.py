"""Mojibake: UTF-8 that was read as windows-1256, windows-1252 or Latin-1 and saved as UTF-8 again,
once or twice ("ظ‚ط§ظ„", "Ù‚Ø§Ù„" for "قال")."""

import re

from crawler.text.clean import clean

_ALEF = "\u0627"
"""The commonest letter of Arabic and Urdu; what encodings make of it stands in no other text."""
_MIN_ALEFS = 3
_MAX_ROUNDS = 2
# First bytes of two and three bytes in UTF-8 of Arabic letters, of quotation marks, and of what
# the encodings make of these.
_LEADS_OF_TWO = b"\xc2\xc3\xc5\xc6\xcb\xd8\xd9\xda\xdb"
_LEADS_OF_THREE = b"\xe2\xef"


_ARABIC_LETTER = re.compile("[\u0620-\u06d3]")
_REMAINS = re.compile("[„†‡‰‹€ƒˆ¦¬¯±²³´µ¶¸¹¼½¾¤¥ØÙÚÛÃÂ\ufffd]|[طظ][?\ufffd]")
"""Halves of letters that no news text prints, and first halves without the second."""
_MAX_REMAINS_PER_LETTER = 0.02


def _characters(byte: int, codecs: tuple[str, ...]) -> set[str]:
    return {bytes([byte]).decode(codec, "ignore") for codec in codecs} - {""}


class _Reading:
    """One way in which UTF-8 is read wrongly: as the first of `codecs`, and as the second where the
    first has no character."""

    def __init__(self, *codecs: str) -> None:
        self.codec = codecs[0]
        characters = {byte: _characters(byte, codecs) for byte in range(0x80, 0x100)}
        self._byte_of = {each: byte for byte, found in characters.items() for each in found}

        def one_of(data: bytes) -> str:
            return f"[{re.escape(''.join(sorted(c for b in data for c in characters[b])))}]"

        trail = one_of(bytes(range(0x80, 0xC0)))
        letter = f"(?:{one_of(_LEADS_OF_TWO)}{trail}|{one_of(_LEADS_OF_THREE)}{trail}{trail})"
        # A single pair inside a word may be two letters of it ("ط،").
        self._letters = re.compile(rf"(?:{letter}){{2,}}|(?<!\w){letter}(?!\w)")

    def undo(self, text: str) -> str:
        """Return `text` with each run of wrongly read letters as the letters that they were."""
        return self._letters.sub(self._letters_of, text)

    def _letters_of(self, match: re.Match[str]) -> str:
        data = bytes(self._byte_of[character] for character in match[0])
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return match[0]


_READINGS = (_Reading("cp1256"), _Reading("cp1252", "latin-1"))


def _misread(text: str, codec: str) -> str:
    return text.encode("utf-8").decode(codec, "ignore")


_CODECS = ("cp1256", "cp1252", "latin-1")
_ONCE = [_misread(_ALEF, codec) for codec in _CODECS]
_MARKS = {
    clean(mark) for once in _ONCE for mark in (once, *(_misread(once, codec) for codec in _CODECS))
}


def is_mojibake(text: str) -> bool:
    """Return whether several letters of a text, as `clean` returns it, are mojibake."""
    return any(mark in text and text.count(mark) >= _MIN_ALEFS for mark in _MARKS)


def repair_mojibake(text: str) -> str | None:
    """Return a text that `is_mojibake` with its letters as they were written, and all else as it
    is; None when some of the letters are lost."""
    for _ in range(_MAX_ROUNDS):
        repaired = [reading.undo(text) for reading in _READINGS]
        # Each letter that was read wrongly took the room of two or three.
        shortest = min(repaired, key=len)
        if len(shortest) == len(text):
            break
        text = shortest
    letters = len(_ARABIC_LETTER.findall(text))
    is_whole = len(_REMAINS.findall(text)) <= letters * _MAX_REMAINS_PER_LETTER
    return text if is_whole else None
