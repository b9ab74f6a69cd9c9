"""A page whose compressed body ends too early is refused; Scrapy would take what came for the whole
page."""

import logging
import zlib
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response

# Silent, as Retry's own: what comes of it is told in the end.
logger = logging.getLogger("scrapy.downloadermiddlewares.retry")

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS  # zlib's manual, inflateInit2: the header tells which
_STEP = 1024 * 1024


class WholeBody:
    """A downloader middleware below HttpCompression that asks for such a page again, as often as
    Retry would.

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
        if (
            encoding not in (b"gzip", b"x-gzip")
            or not response.body
            or is_whole(response.body, self.limit)
        ):
            return response
        if self.crawler.settings.getbool("RETRY_ENABLED"):
            assert self.crawler.spider is not None
            again = get_retry_request(
                request, spider=self.crawler.spider, reason="truncated", logger=logger
            )
            if again is not None:
                return again
        raise ResponseDataLossError(f"{response.url}: the gzip body ends too early")


def is_whole(body: bytes, limit: int) -> bool:
    """Whether the gzip stream `body` comes to its end. True for what is none, and for what unpacks
    to more than `limit` bytes: others judge these."""
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
