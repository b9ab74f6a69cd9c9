"""The download handler under REPLAY, which refuses all that is not recorded."""

from typing import NoReturn

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler

from crawler.causes import Cause
from crawler.discovery.request import name_request


class NotRecorded(Exception):
    """A request under REPLAY for an address that has no recording."""

    cause = Cause.NOT_RECORDED

    def __init__(self, url: str, body: str | None = None) -> None:
        super().__init__(f"not recorded: {name_request(url, body)}")
        self.url = url


class NoNetwork(BaseDownloadHandler):
    """The download handler of every request that the recordings do not answer."""

    async def download_request(self, request: Request) -> NoReturn:
        raise NotRecorded(request.url, request.body.decode("utf-8", "replace"))
