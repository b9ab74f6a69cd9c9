"""Registrable domains of hosts."""

from functools import lru_cache

from tldextract import TLDExtract

# The Public Suffix List that the package brings, so that nothing is downloaded.
_read_suffix = TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=4096)
def registrable_domain(host: str) -> str:
    """Return the registrable domain of `host` ("www.bbc.co.uk": "bbc.co.uk"), or the host itself
    where it has none, e.g. an IP address."""
    host = host.rstrip(".").lower()
    return _read_suffix.extract_str(host).top_domain_under_public_suffix or host
