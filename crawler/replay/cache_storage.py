"""A storage of Scrapy's HTTP cache that answers from recordings."""

from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import BaseSettings

from crawler.replay.recording import Hop, Recordings
from crawler.replay.replay_setting import FETCHED_AT, recordings

# They describe the transport of a body and are false of the recorded body, which HttpCompression
# would decode again.
_TRANSPORT_HEADERS = ("Content-Encoding", "Content-Length", "Transfer-Encoding")


class RecordedStorage:
    """Answers a GET or a POST with its recorded hop, and else robots.txt with 404.

    A miss is None and never an exception: the cache takes an exception for a miss.
    """

    def __init__(self, settings: BaseSettings) -> None:
        self.recordings = recordings(settings) or Recordings({})

    def open_spider(self, spider: Spider) -> None:
        """Nothing to open."""

    def close_spider(self, spider: Spider) -> None:
        """Nothing to close."""

    def retrieve_response(self, spider: Spider, request: Request) -> Response | None:
        if request.method in ("GET", "POST"):
            form = request.body.decode("utf-8", "replace") if request.method == "POST" else None
            hop = self.recordings.find(request.url, form)
            if hop:
                request.meta[FETCHED_AT] = hop.fetched_at
                return _response(hop, request)
        if urlsplit(request.url).path == "/robots.txt":
            return Response(request.url, status=404)
        return None

    def store_response(self, spider: Spider, request: Request, response: Response) -> None:
        """Nothing to store: no response comes from the network."""


def _response(hop: Hop, request: Request) -> Response:
    headers = Headers(hop.headers)
    for name in _TRANSPORT_HEADERS:
        headers.pop(name, None)
    kind = responsetypes.from_args(headers=headers, url=request.url, body=hop.body)
    return kind(request.url, status=hop.status, headers=headers, body=hop.body)
