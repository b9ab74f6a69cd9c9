"""Make the addresses that documents print absolute."""

from urllib.parse import urldefrag, urljoin, urlsplit

from w3lib.url import safe_url_string


def absolute_url(printed: str | None, base: str, *, encoding: str = "utf-8") -> str | None:
    """Return the http(s) address that `printed` names on a page at `base`.

    It is percent-encoded as it would be requested; `encoding` is the page's, in which browsers
    encode query strings. None when nothing is printed, for another scheme, without a host, and for
    an address that has lost characters in decoding.
    """
    if not printed or not printed.strip() or "\N{REPLACEMENT CHARACTER}" in printed:
        return None
    try:
        url = safe_url_string(urldefrag(urljoin(base, printed.strip())).url, encoding)
        parts = urlsplit(url)
    except ValueError:
        return None
    is_web_address = parts.scheme in ("http", "https") and parts.hostname
    return url if is_web_address else None
