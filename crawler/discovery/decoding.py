"""Turn the bytes of a document as served into text: unpack gzip, find the encoding."""

import codecs
import gzip
import io
import re
import zlib

from crawler.discovery.announcement import DiscoveryError, TooLarge

# sitemaps.org, "Sitemap file": no more than 50 MB (52,428,800 bytes) when uncompressed.
MAX_BYTES = 52_428_800

_GZIP = b"\x1f\x8b"
_CHUNK_BYTES = 65_536
_XML_DECLARATION_BYTES = 1024
_META_CHARSET_BYTES = 4096
_CHARACTERS_OF_BEGINNING = 40
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_META_CHARSET = re.compile(rb"""<meta[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)


def unpack(body: bytes, *, limit: int = MAX_BYTES) -> tuple[bytes, bool]:
    """Return the body without gzip, and False if the gzip file ends early or is damaged, else True.

    Of such a file the part before the damage is returned. Raises TooLarge when the body unpacks to
    more than `limit` bytes, DiscoveryError when nothing in it can be read.
    """
    if not body.startswith(_GZIP):
        return body, True
    unpacked = bytearray()
    with gzip.GzipFile(fileobj=io.BytesIO(body)) as file:
        try:
            while chunk := file.read1(_CHUNK_BYTES):
                unpacked += chunk
                if len(unpacked) > limit:
                    raise TooLarge(f"more than {limit:,} bytes when unpacked")
        except (EOFError, OSError, zlib.error):
            if not unpacked:
                raise DiscoveryError("damaged gzip") from None
            return bytes(unpacked), False
    return bytes(unpacked), True


def decode(body: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the text of a document, without byte order mark and leading space, and its encoding.

    A byte order mark decides; then UTF-8 where the bytes are valid UTF-8, which text in another
    encoding hardly ever is, while headers and declarations are often wrong; then `encoding` (of the
    HTTP header), then the document's own declaration. If none of these decodes the bytes, they are
    read as UTF-8 with U+FFFD for the damaged ones.
    """
    by_mark = next((name for mark, name in _BOMS if body.startswith(mark)), "utf-8")
    for name in (by_mark, encoding, _declared_encoding(body)):
        if not name:
            continue
        try:
            return _trimmed(body.decode(name)), name
        except (LookupError, UnicodeError):
            continue
    return _trimmed(body.decode("utf-8", "replace")), "utf-8"


def _declared_encoding(body: bytes) -> str | None:
    """Return the encoding that the XML declaration or the HTML head names; None without a name."""
    declared = _XML_ENCODING.search(body[:_XML_DECLARATION_BYTES])
    if declared is None:
        declared = _META_CHARSET.search(body[:_META_CHARSET_BYTES])
    return None if declared is None else declared[1].decode("ascii", "replace")


def beginning(text: str) -> str:
    """Return the first characters of a document on one line, for an error message."""
    return " ".join(text.split())[:_CHARACTERS_OF_BEGINNING]


def _trimmed(text: str) -> str:
    return text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").strip()
