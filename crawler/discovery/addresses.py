"""Addresses as documents print them, made absolute."""

from urllib.parse import urldefrag, urljoin, urlsplit

from w3lib.url import safe_url_string


def absolute(printed: str | None, base: str, *, encoding: str = "utf-8") -> str | None:
    """The http(s) address that `printed` names on a page at `base`, percent-encoded as it would be
    requested.

    None for anything else: nothing printed, another scheme, no host, or an address that has lost
    characters in decoding. `encoding` is that of the page: a browser encodes query strings in it.
    """
    if not printed or not printed.strip() or "\N{REPLACEMENT CHARACTER}" in printed:
        return None
    try:
        url = safe_url_string(urldefrag(urljoin(base, printed.strip())).url, encoding)
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
