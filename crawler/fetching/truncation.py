"""A page whose compressed body ends too early is asked for again, then counted as `truncated`;
Scrapy would take the part that came for the whole page."""

import logging
import zlib
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response

from crawler.causes import Cause

# As silent as Retry's own logger: the outcome is told in the end.
logger = logging.getLogger("scrapy.downloadermiddlewares.retry")

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS  # zlib's manual, inflateInit2: the header tells which
_STEP_BYTES = 1024 * 1024
_GZIP_ENCODINGS = (b"gzip", b"x-gzip")


class TruncationCheck:
    """A downloader middleware below HttpCompression that asks for a truncated gzip body again, as
    often as Retry would.

    Raises ResponseDataLossError in the end, counted as "truncated".
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.limit = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        encoding = (response.headers.get("Content-Encoding") or b"").lower()
        if encoding not in _GZIP_ENCODINGS or not response.body:
            return response
        if is_complete(response.body, self.limit):
            return response
        if self.crawler.settings.getbool("RETRY_ENABLED"):
            assert self.crawler.spider is not None
            next_try = get_retry_request(
                request, spider=self.crawler.spider, reason=Cause.TRUNCATED, logger=logger
            )
            if next_try is not None:
                return next_try
        raise ResponseDataLossError(f"{response.url}: the gzip body ends too early")


def is_complete(body: bytes, limit: int) -> bool:
    """Return True if the gzip stream `body` comes to its end.

    Also True for a body that is not gzip, or unpacks to more than `limit` bytes; other middlewares
    handle those.
    """
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
    unpacked_bytes = 0
    try:
        while not unpacker.eof and unpacked_bytes <= limit:
            packed = unpacker.unconsumed_tail if unpacked_bytes else body
            part = unpacker.decompress(packed, _STEP_BYTES)
            if not part:
                return unpacker.eof
            unpacked_bytes += len(part)
    except zlib.error:
        return True
    return True
