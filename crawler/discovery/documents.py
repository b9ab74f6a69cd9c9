"""From the bytes of a document as served to its text, whatever they are packed and encoded in."""

import codecs
import gzip
import io
import re
import zlib

from crawler.discovery.announcement import DiscoveryError, TooLarge

# sitemaps.org, "Sitemap file": no more than 50 MB (52,428,800 bytes) when uncompressed.
MAX_BYTES = 52_428_800

_GZIP = b"\x1f\x8b"
_CHUNK = 65_536
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
    """The body without gzip, and whether it was whole; of one that ends early, what could be read.

    Raises TooLarge when it holds more than `limit` bytes, DiscoveryError when nothing readable.
    """
    if not body.startswith(_GZIP):
        return body, True
    unpacked = bytearray()
    with gzip.GzipFile(fileobj=io.BytesIO(body)) as file:
        try:
            while chunk := file.read1(_CHUNK):
                unpacked += chunk
                if len(unpacked) > limit:
                    raise TooLarge(f"more than {limit:,} bytes when unpacked")
        except (EOFError, OSError, zlib.error):
            if not unpacked:
                raise DiscoveryError("damaged gzip") from None
            return bytes(unpacked), False
    return bytes(unpacked), True


def decode(body: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text of a document without byte order mark and leading white space, and the encoding it
    was in.

    A byte order mark decides; then UTF-8 where the bytes are valid UTF-8, which text in another
    encoding hardly ever is, while headers and declarations are often wrong; then `encoding` (of the
    HTTP header), then the document's own declaration. What none of them decodes is UTF-8 with
    U+FFFD for the damaged bytes.
    """
    named = [name for mark, name in _BOMS if body.startswith(mark)][:1] or ["utf-8"]
    declared = _XML_ENCODING.search(body[:1024]) or _META_CHARSET.search(body[:4096])
    named += [encoding or "", declared[1].decode("ascii", "replace") if declared else ""]
    for name in named:
        try:
            return _trimmed(body.decode(name)), name
        except (LookupError, UnicodeError):
            continue
    return _trimmed(body.decode("utf-8", "replace")), "utf-8"


def _trimmed(text: str) -> str:
    return text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").strip()
