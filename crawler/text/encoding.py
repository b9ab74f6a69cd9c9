"""Find the encoding of a page, a feed or a listing: the declared one, checked against the bytes.

A declaration is believed only as far as the bytes bear it out: Arabic sites moved from windows-1256
to UTF-8 and left old `meta` tags and server headers behind, and what is called ISO-8859-6 is mostly
windows-1256.
"""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
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
_MIN_ARTICLES_PER_LETTER = 0.02
"""Fewest ال in a letter of Arabic text; news has three times as many, text of another script
none."""
# A page cut inside a character, or one stray byte from an ad, is still UTF-8.
_MAX_UTF8_FAULTS_PER_LETTER = 0.01


# Python's names of the encodings that the WHATWG Encoding Standard knows. Python has more codecs
# under names that a header can hold ("idna", "rot13", "undefined", "unicode_escape"): they are no
# encodings of pages, and some raise or read backslashes.
_CHARSETS = frozenset(
    [
        "ascii",
        "utf-8",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "iso8859-1",
        "iso8859-2",
        "iso8859-3",
        "iso8859-4",
        "iso8859-5",
        "iso8859-6",
        "iso8859-7",
        "iso8859-8",
        "iso8859-9",
        "iso8859-10",
        "iso8859-13",
        "iso8859-14",
        "iso8859-15",
        "iso8859-16",
        "iso8859-11",
        "cp866",
        "cp874",
        "cp1250",
        "cp1251",
        "cp1252",
        "cp1253",
        "cp1254",
        "cp1255",
        "cp1256",
        "cp1257",
        "cp1258",
        "koi8-r",
        "koi8-u",
        "mac-roman",
        "mac-cyrillic",
        "gb2312",
        "gbk",
        "gb18030",
        "big5",
        "big5hkscs",
        "euc_jp",
        "iso2022_jp",
        "shift_jis",
        "cp932",
        "euc_kr",
        "cp949",
    ]
)


def decode(data: bytes, label: str | None = None) -> str:
    """Return the text of `data`. `label` is the charset in the HTTP header; an unknown one is
    ignored. Never raise: bytes that fit no encoding become U+FFFD."""
    return decode_and_name(data, label)[0]


def decode_and_name(data: bytes, label: str | None = None) -> tuple[str, str]:
    """Return the text of `data`, as `decode` does, and Python's name of its encoding."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace"), name
    header_codec = _codec(label)
    if header_codec is not None and header_codec.startswith("utf-16") and b"\0" in data:
        return data.decode(header_codec, "replace"), header_codec
    text = _as_utf8(data)
    if text is not None:
        return text, "utf-8"
    arabic, arabic_codec = _as_arabic_single_byte(data)
    for codec in (header_codec, _codec(_declared_in_markup(data))):
        if codec in _ARABIC_SINGLE_BYTE:
            return arabic, arabic_codec
        if codec is None or codec == "utf-8":
            continue
        is_mere_default = codec in _SERVER_DEFAULTS and _reads_as_arabic(arabic)
        if not is_mere_default:
            return data.decode(codec, "replace"), codec
    return arabic, arabic_codec


def _as_utf8(data: bytes) -> str | None:
    """Return `data` as UTF-8, or None when it has more faults than a cut or a stray byte leaves.
    Arabic text in another encoding never reads as UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    letters = sum(map(len, re.findall("[\u0600-\u06ff]+", text)))
    is_utf8 = text.count("\ufffd") <= letters * _MAX_UTF8_FAULTS_PER_LETTER
    return text if is_utf8 else None


def _declared_in_markup(data: bytes) -> str | None:
    """Return the label in a `meta` element or XML declaration, or None."""
    declaration = _META.search(data, 0, _META_WITHIN)
    return declaration.group(1).decode("ascii") if declaration else None


def _codec(label: str | None) -> str | None:
    """Return Python's name of the encoding called `label`, or None for an unknown one."""
    if not label:
        return None
    label = label.strip().lower()
    try:
        name = codecs.lookup(_LABELS.get(label, label)).name
    except (LookupError, ValueError):
        return None
    if name not in _CHARSETS:
        return None
    return "iso8859_6" if name == "iso8859-6" else name


def _as_arabic_single_byte(data: bytes) -> tuple[str, str]:
    """Return `data` in that one of the two old Arabic encodings in which it has the article ال more
    often (the two differ in ل), and the encoding's name."""
    readings = [(data.decode(codec, "replace"), codec) for codec in _ARABIC_SINGLE_BYTE]
    return max(readings, key=lambda pair: pair[0].count("ال") - pair[0].count("\ufffd"))


def _reads_as_arabic(text: str) -> bool:
    letters = sum(not character.isascii() for character in text)
    return text.count("ال") > letters * _MIN_ARTICLES_PER_LETTER
