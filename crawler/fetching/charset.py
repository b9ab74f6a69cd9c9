"""What a response says of its own encoding."""

from scrapy.http import Response
from w3lib.encoding import http_content_type_encoding


def header_charset(response: Response) -> str | None:
    """The charset that the Content-Type header declares, if any."""
    content_type = response.headers.get("Content-Type")
    return http_content_type_encoding(content_type.decode("latin-1")) if content_type else None
