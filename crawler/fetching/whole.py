"""A page whose compressed body ends too early is refused; Scrapy would take what came for the whole page."""

import zlib
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS  # zlib's manual, inflateInit2: the header tells which
_STEP = 1024 * 1024


class WholeBody:
    """A downloader middleware below HttpCompression. Raises ResponseDataLossError, counted as "truncated"."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_response(self, request: Request, response: Response) -> Response:
        encoding = (response.headers.get("Content-Encoding") or b"").lower()
        if encoding in (b"gzip", b"x-gzip") and response.body and not is_whole(response.body, self.limit):
            raise ResponseDataLossError(f"{response.url}: the gzip body ends too early")
        return response


def is_whole(body: bytes, limit: int) -> bool:
    """Whether the gzip stream `body` comes to its end. True for what is none, and for what unpacks to more than
    `limit` bytes: others judge these."""
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
    unpacked = 0
    try:
        while not unpacker.eof and unpacked <= limit:
            part = unpacker.decompress(unpacker.unconsumed_tail if unpacked else body, _STEP)
            if not part:
                return unpacker.eof
            unpacked += len(part)
    except zlib.error:
        return True
    return True
