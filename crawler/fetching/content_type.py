"""The charset that a response declares in its header."""

from scrapy.http import Response
from w3lib.encoding import http_content_type_encoding


def header_charset(response: Response) -> str | None:
    """Return the charset in the Content-Type header, e.g. "windows-1256"; None without one."""
    content_type = response.headers.get("Content-Type")
    return http_content_type_encoding(content_type.decode("latin-1")) if content_type else None
