"""One address for one page: what feeds, shares, AMP and mobile twins vary, taken back.

The result is a key first (`article_id` is made from it) and an address second: it is https, without
a final slash, percent-encoded in one way. What cannot be known without the outlet (its other hosts,
which parameters matter, how it cuts its slugs) is left alone when no outlet is given.
"""

import hashlib
import re
import unicodedata
from urllib.parse import urlsplit

from crawler.outlet import Outlet

TRACKING = {
    "click ids": "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh s_kwcid",
    "newsletters, analytics": "mc_cid mc_eid mkt_tok _ga _gl _hsenc _hsmi _openstat",
    "where the reader was": "ref ref_src ref_url referrer referer fref source traffic_source __twitter_impression",
    "broadcasters' own": "xtor ocid maca wt_mc hpt cmpid",  # BBC, France 24, Deutsche Welle, CNN
    "session ids": "jsessionid phpsessid sessionid session_id cfid cftoken",
}
"""Parameters that never choose a page, in lower case. The names are those that ClearURLs
(rules/data.min.json), AdGuard (TrackParamFilter/general_url) and courlan (clean.py) agree on, and
those the outlets' own feeds add."""

TRACKING_PREFIXES = ("utm_", "at_", "ns_", "pk_", "mtm_", "oly_", "vero_", "aspsessionid")

_DROPPED = frozenset(name for names in TRACKING.values() for name in names.split())
_TWIN_HOST = re.compile(r"^(?:m|mobile|amp)\.(?=[^.]+\.)")
_AMP_SEGMENT = re.compile(r"/amp(?=/|$)")
_AMP_SUFFIX = re.compile(r"(?:\.amp)+(?=(?:\.html?)?$)")
_AMP_VALUES = frozenset({"amp", "ot.amppagelayout"})
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/;]*|/\(S\([0-9a-z]+\)\)(?=[/;]|$)", re.IGNORECASE)
_AMPERSANDS = re.compile("&(?:amp;|#0?38;)+")  # as HTML and feeds escape them, some twice
_SLASHES = re.compile("//+")
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_KEPT_IN_PATH = frozenset(b"/?#%" + bytes(range(0x21)) + b"\x7f")
_KEPT_IN_QUERY = _KEPT_IN_PATH | frozenset(b"&=+;")
_TO_ESCAPE = re.compile(r"[^A-Za-z0-9%/?!$&'()*+,;=:@~._-]+")


class AddressError(ValueError):
    """Not the address of a web page: no http(s) scheme or no host."""


def canonical_url(url: str, *, outlet: Outlet | None = None) -> str:
    """The one address of the page at `url`. Idempotent for a given `outlet`.

    Without `outlet` only generic rules hold: parameters that only track are dropped, the others
    sorted. On its own hosts an outlet's rules hold too: its first host stands for all, `rewrites`
    bring its paths to one form, `identity` says which parameters stay and in which order, and an
    address that its `articles` pattern knows without a query needs none. Raises AddressError.
    """
    try:
        url.encode()  # a lone surrogate has no bytes to escape
        parts = urlsplit(_AMPERSANDS.sub("&", url.strip(" ")))
        host, port = _plain_host(parts.hostname or ""), parts.port
    except ValueError as error:
        raise AddressError(f"{url!r}: {error}") from error
    if parts.scheme not in ("http", "https") or not host:
        raise AddressError(f"{url!r} is not the address of a web page")
    if outlet is not None and _is_of(outlet, host):
        host = outlet.hosts[0]
    else:
        outlet = None
        host = _full_host(host)
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    path = _canonical_path(parts.path, outlet)
    address = f"https://{host}{path}"
    query = _canonical_query(parts.query, address, outlet) if parts.query else ""
    return f"{address}?{query}" if query else address


def article_id(canonical: str) -> str:
    """The id of the article at a canonical address: the first 32 hex digits of its SHA-256."""
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def _plain_host(host: str) -> str:
    """A host in ASCII letters; `urlsplit` has made them small."""
    host = host if host.isascii() else host.encode("idna").decode()
    return f"[{host}]" if ":" in host else host.rstrip(".")


def _is_of(outlet: Outlet, host: str) -> bool:
    bare = _bare_host(host)
    return any(host == known or bare == known.removeprefix("www.") for known in outlet.hosts)


def _full_host(host: str) -> str:
    """`host`, or for a mobile or AMP twin the host it is a twin of, as it is mostly named."""
    return f"www.{_bare_host(host)}" if _TWIN_HOST.match(host) else host


def _bare_host(host: str) -> str:
    return _TWIN_HOST.sub("", host).removeprefix("www.")


def _canonical_path(path: str, outlet: Outlet | None) -> str:
    path = _plain_path(_one_encoding(path, _KEPT_IN_PATH))
    if outlet is not None:
        for pattern, replacement in outlet.rewrites:
            path = re.sub(pattern, replacement, path)
    return _without_amp(path)


def _plain_path(path: str) -> str:
    """`path` with single slashes, none at the end but the first, and without a session."""
    return "/" + _SLASHES.sub("/", _SESSION_IN_PATH.sub("", path)).strip("/")


def _without_amp(path: str) -> str:
    """The path of the page that an AMP twin's path is made from; "/amp" alone is no twin."""
    while (plain := _plain_path(_AMP_SUFFIX.sub("", _AMP_SEGMENT.sub("", path)))) not in (
        "/",
        path,
    ):
        path = plain
    return path


def _canonical_query(query: str, address: str, outlet: Outlet | None) -> str:
    pairs = [_one_encoding(pair, _KEPT_IN_QUERY).partition("=") for pair in query.split("&")]
    if outlet is not None and outlet.identity:
        values = {name.lower(): value for name, _, value in reversed(pairs)}
        kept = [
            (name, "=", values[name.lower()]) for name in outlet.identity if name.lower() in values
        ]
    elif outlet is not None and (outlet.is_article(address) or outlet.is_article(f"{address}/")):
        return ""
    else:
        kept = [
            pair for pair in pairs if pair[0] and not _is_idle(pair[0].lower(), pair[2].lower())
        ]
        if address.lower().endswith(
            ".aspx"
        ):  # ASP.NET reads names in any case, and houses print several
            kept = [
                (_one_encoding(name.lower(), _KEPT_IN_QUERY), equals, value)
                for name, equals, value in kept
            ]
        kept.sort(key=lambda pair: (pair[0].lower(), *pair))
    return "&".join(map("".join, kept))


def _is_idle(name: str, value: str) -> bool:
    """Whether a parameter chooses no page: it tracks, or asks for the AMP twin."""
    return (
        name in _DROPPED
        or name.startswith(TRACKING_PREFIXES)
        or name == "amp"
        or value in _AMP_VALUES
    )


def _one_encoding(text: str, kept: frozenset[int]) -> str:
    """`text` in NFC, escaped as RFC 3986 does it: UTF-8, capital hex digits, nothing escaped that
    need not be.

    The bytes in `kept` mean something else unescaped and stay as they are; so do escapes that are
    not UTF-8.
    """

    def decode(match: re.Match[str]) -> str:
        run = match.group()
        data = bytes.fromhex(run.replace("%", ""))
        try:
            decoded = data.decode()
        except UnicodeDecodeError:
            return run.upper()
        if kept.isdisjoint(data):
            return decoded
        return "".join(f"%{ord(c):02X}" if ord(c) in kept else c for c in decoded)

    def encode(match: re.Match[str]) -> str:
        return "%" + match.group().encode().hex("%").upper()

    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if "%" in text:
        text = _ESCAPES.sub(decode, _BARE_PERCENT.sub("%25", text))
        if not text.isascii():  # a mark that was escaped may have met its letter
            text = _BARE_PERCENT.sub("%25", unicodedata.normalize("NFC", text))
    return _TO_ESCAPE.sub(encode, text)
