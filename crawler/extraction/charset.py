"""Which encoding the bytes of a page are really in: what it declares, checked against what it
holds.

A declaration is believed only as far as the bytes bear it out: Arabic sites moved from windows-1256
to UTF-8 and left old `meta` tags and server headers behind, and what is called ISO-8859-6 is mostly
windows-1256.
"""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,30})", re.I
)
_META_WITHIN = 8192
"""Bytes searched for a declaration; browsers look at 1,024, but comments and scripts push it
further down."""

# Labels of the WHATWG Encoding Standard that Python does not know under that name.
_LABELS = {
    "x-cp1256": "cp1256",
    "arabic": "iso8859_6",
    "ecma-114": "iso8859_6",
    "asmo-708": "iso8859_6",
    "unicode": "utf-8",
}
_ARABIC_SINGLE_BYTE = ("cp1256", "iso8859_6")
# What servers put into the header of any page, Arabic ones too.
_SERVER_DEFAULTS = ("iso8859-1", "cp1252", "ascii")
_ARTICLES_PER_LETTER = 0.02
"""Fewest ال in a letter of Arabic text; news has three times as many, text of another script
none."""
# A page cut inside a character, or one stray byte from an ad, is still UTF-8.
_UTF8_FAULTS_PER_LETTER = 0.01


def decode(data: bytes, encoding: str | None = None) -> str:
    """The text of `data`. `encoding` is the label of the HTTP header. Never raises: bytes that fit
    no encoding become U+FFFD, and an unknown label counts as none."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace")
    declared = _codec(encoding)
    if declared is not None and declared.startswith("utf-16") and b"\0" in data:
        return data.decode(declared, "replace")
    text = _as_utf8(data)
    if text is not None:
        return text
    arabic = _arabic_single_byte(data)
    for codec in (declared, _codec(_declared(data))):
        if codec in _ARABIC_SINGLE_BYTE:
            return arabic
        is_default = codec in _SERVER_DEFAULTS and _reads_as_arabic(arabic)
        if codec is not None and codec != "utf-8" and not is_default:
            return data.decode(codec, "replace")
    return arabic


def _as_utf8(data: bytes) -> str | None:
    """`data` as UTF-8 when what is not ASCII in it reads so; other encodings of Arabic text never
    do."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        letters = sum(map(len, re.findall("[\u0600-\u06ff]+", text)))
        return text if text.count("\ufffd") <= letters * _UTF8_FAULTS_PER_LETTER else None


def _declared(data: bytes) -> str | None:
    found = _META.search(data, 0, _META_WITHIN)
    return found.group(1).decode("ascii") if found else None


def _codec(label: str | None) -> str | None:
    if not label:
        return None
    label = label.strip().lower()
    try:
        name = codecs.lookup(_LABELS.get(label, label)).name
        b"----".decode(name)  # refuses codecs that are no character encodings (base64, zip)
    except (LookupError, ValueError):
        return None
    return "iso8859_6" if name == "iso8859-6" else name


def _arabic_single_byte(data: bytes) -> str:
    """`data` in whichever of the two old Arabic encodings prints the article ال more often; they
    differ in ل."""
    texts = [data.decode(codec, "replace") for codec in _ARABIC_SINGLE_BYTE]
    return max(texts, key=lambda text: text.count("ال") - text.count("\ufffd"))


def _reads_as_arabic(text: str) -> bool:
    letters = sum(not character.isascii() for character in text)
    return text.count("ال") > letters * _ARTICLES_PER_LETTER
