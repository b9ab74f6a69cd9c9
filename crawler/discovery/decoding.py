"""Turn the bytes of a document as served into text: unpack gzip, find the encoding."""

import codecs
import gzip
import io
import zlib

from crawler.discovery.announcement import DiscoveryError, TooLarge
from crawler.text.encoding import decode_and_name

# sitemaps.org, "Sitemap file": no more than 50 MB (52,428,800 bytes) when uncompressed.
MAX_BYTES = 52_428_800

_GZIP = b"\x1f\x8b"
_CHUNK_BYTES = 65_536
_CHARACTERS_OF_BEGINNING = 40
_OTHER_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


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


def decode(body: bytes, label: str | None = None) -> tuple[str, str]:
    """Return the text of a document, without byte order mark and leading space, and its encoding.

    `label`: the charset in the HTTP header; the bytes decide, as for pages.
    """
    text, encoding = decode_and_name(body, label)
    return text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").strip(), encoding


def as_utf8(body: bytes, label: str | None = None) -> bytes:
    """Return the bytes of a document in UTF-8, without byte order mark and space around it.

    A document that is in UTF-8 is not copied: it may have 50 MB.
    """
    body = body.removeprefix(codecs.BOM_UTF8)
    if not _is_utf8(body):
        text, _ = decode(body, label)
        return text.encode("utf-8", "replace")
    return body if body[:1] == b"<" else body.strip()


def _is_utf8(body: bytes) -> bool:
    if body.startswith(_OTHER_BOMS):
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(body), _CHUNK_BYTES):
            decoder.decode(body[start : start + _CHUNK_BYTES])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def beginning(text: str) -> str:
    """Return the first characters of a document on one line, for an error message."""
    return " ".join(text.split())[:_CHARACTERS_OF_BEGINNING]


def _trimmed(text: str) -> str:
    return text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").strip()
