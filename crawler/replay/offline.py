"""What stands in the network's place under REPLAY."""

from typing import NoReturn

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler

from crawler.causes import Cause


class NotRecorded(Exception):
    """A request under REPLAY of an address of which there is no recording."""

    cause = Cause.NOT_RECORDED

    def __init__(self, url: str) -> None:
        super().__init__(f"not recorded: {url}")
        self.url = url


class NoNetwork(BaseDownloadHandler):
    """The download handler of every request that the recordings do not answer."""

    async def download_request(self, request: Request) -> NoReturn:
        raise NotRecorded(request.url)
