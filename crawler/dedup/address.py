"""Bring the addresses of one page in feeds, shares, AMP and mobile twins to one canonical address.

It is a key first (`article_id` is made from it) and an address second: it is https, without a final
slash, percent-encoded in one way. Without an outlet its other hosts, the parameters that matter and
the form of its slugs are unknown, and are left alone.
"""

import hashlib
import re
import unicodedata
from urllib.parse import urlsplit

from crawler.outlet import Outlet

TRACKING = {
    "click ids": "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid "
    "igshid igsh s_kwcid",
    "newsletters, analytics": "mc_cid mc_eid mkt_tok _ga _gl _hsenc _hsmi _openstat",
    "where the reader was": "ref ref_src ref_url referrer referer fref source traffic_source "
    "__twitter_impression",
    "broadcasters' own": "xtor ocid maca wt_mc hpt cmpid",  # BBC, France 24, Deutsche Welle, CNN
    "session ids": "jsessionid phpsessid sessionid session_id cfid cftoken",
}
"""Parameters that never choose a page, in lower case. The names are those that ClearURLs
(rules/data.min.json), AdGuard (TrackParamFilter/general_url) and courlan (clean.py) agree on, and
those the outlets' own feeds add."""

TRACKING_PREFIXES = ("utm_", "at_", "ns_", "pk_", "mtm_", "oly_", "vero_", "aspsessionid")

_TRACKING_NAMES = frozenset(name for names in TRACKING.values() for name in names.split())
_TWIN_HOST = re.compile(r"^(?:m|mobile|amp)\.(?=[^.]+\.)")
_AMP_SEGMENT = re.compile(r"/amp(?=/|$)")
_AMP_SUFFIX = re.compile(r"(?:\.amp)+(?=(?:\.html?)?$)")
_AMP_VALUES = frozenset({"amp", "ot.amppagelayout"})
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/;]*|/\(S\([0-9a-z]+\)\)(?=[/;]|$)", re.IGNORECASE)
_ESCAPED_AMPERSAND = re.compile("&(?:amp;|#0?38;)+")  # by HTML and feeds, by some twice
_SLASHES = re.compile("//+")
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
# Escapes of bytes beyond ASCII that were escaped once more, any number of times.
_ESCAPED_ESCAPES = re.compile(r"(?:%(?:25)+[89A-Fa-f][0-9A-Fa-f])+")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# Bytes that stay escaped, since they mean something else unescaped.
_ESCAPED_IN_PATH = frozenset(b"/?#%" + bytes(range(0x21)) + b"\x7f")
_ESCAPED_IN_QUERY = _ESCAPED_IN_PATH | frozenset(b"&=+;")
_ID_DIGITS = 32

Parameter = tuple[str, str, str]
"""Name, "=" or "", and value of a query parameter."""
_TO_ESCAPE = re.compile(r"[^A-Za-z0-9%/?!$&'()*+,;=:@~._-]+")


class AddressError(ValueError):
    """Not the address of a web page: no http(s) scheme or no host."""


def canonical_url(url: str, *, outlet: Outlet | None = None) -> str:
    """Return the canonical address of the page at `url`. Idempotent for a given `outlet`.

    Without `outlet` only generic rules hold: parameters that only track are dropped, the others
    sorted. On its own hosts an outlet's rules hold too: its first host stands for all; where `id`
    matches in the path and the parameters that stay, the match alone is the canonical path;
    `rewrites` bring its paths to one form, `identity` says which parameters stay and in which
    order, and an address whose path alone matches its `articles` pattern loses its query.

    Letters that were escaped twice are escaped once (%25D8%25AE is %D8%AE); %252F stays.

    Raises AddressError when `url` is no http(s) address.
    """
    try:
        url.encode()  # a lone surrogate has no bytes to escape
        parts = urlsplit(_ESCAPED_AMPERSAND.sub("&", url.strip(" ")))
        host, port = _ascii_host(parts.hostname or ""), parts.port
    except ValueError as error:
        raise AddressError(f"{url!r}: {error}") from error
    if parts.scheme not in ("http", "https") or not host:
        raise AddressError(f"{url!r} is not the address of a web page")
    if outlet is not None and _is_host_of(outlet, host):
        host = outlet.hosts[0]
    else:
        outlet = None
        host = _desktop_host(host)
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    path = _canonical_path(parts.path, outlet)
    address = f"https://{host}{path}"
    query = _canonical_query(parts.query, address, outlet) if parts.query else ""
    if outlet is not None and outlet.id:
        found = _id_of_article(path, query, outlet.id)
        if not found and "=" in outlet.id:
            # It is a parameter, though `articles` matches the path alone.
            generic_query = _canonical_query(parts.query, address, None)
            found = _id_of_article(path, generic_query, outlet.id)
        if found:
            return f"https://{host}/{found}"
    return f"{address}?{query}" if query else address


def single_escaped(address: str) -> str:
    """Return a canonical address of an earlier version, with letters that were escaped twice
    escaped once."""
    start, mark, query = address.partition("?")
    scheme, separator, rest = start.partition("://")
    host, slash, path = rest.partition("/")
    path = _normalise_escapes(path, _ESCAPED_IN_PATH)
    parameters = [_normalise_escapes(p, _ESCAPED_IN_QUERY) for p in query.split("&")]
    return f"{scheme}{separator}{host}{slash}{path}{mark}{'&'.join(parameters)}"


def article_id(canonical: str) -> str:
    """Return the id of the article at a canonical address: 32 hex digits of its SHA-256."""
    return hashlib.sha256(canonical.encode()).hexdigest()[:_ID_DIGITS]


def _ascii_host(host: str) -> str:
    """Return a host, lower-cased by `urlsplit`, in ASCII letters and without a final dot."""
    if not host.isascii():
        host = host.encode("idna").decode()
    return f"[{host}]" if ":" in host else host.rstrip(".")


def _is_host_of(outlet: Outlet, host: str) -> bool:
    bare = _bare_host(host)
    return any(host == own or bare == own.removeprefix("www.") for own in outlet.hosts)


def _desktop_host(host: str) -> str:
    """Return the usual name of the host that a mobile or AMP host is a twin of; else `host`."""
    return f"www.{_bare_host(host)}" if _TWIN_HOST.match(host) else host


def _bare_host(host: str) -> str:
    return _TWIN_HOST.sub("", host).removeprefix("www.")


def _id_of_article(path: str, query: str, pattern: str) -> str:
    """Return the part of path and canonical query that `pattern` matches first, without a leading
    slash; "" where it matches nothing.

    The pattern is searched again in what it has matched, until that changes nothing: the canonical
    address of a canonical address is itself.
    """
    searched = f"{path}?{query}" if query else path
    found = ""
    while match := re.search(pattern, searched):
        printed = match.group().strip("/")
        if printed in ("", found):
            break
        found, searched = printed, f"/{printed}"
    return found


def _canonical_path(path: str, outlet: Outlet | None) -> str:
    path = _plain_path(_normalise_escapes(path, _ESCAPED_IN_PATH))
    if outlet is not None:
        for pattern, replacement in outlet.rewrites:
            path = re.sub(pattern, replacement, path)
    return _without_amp(path)


def _plain_path(path: str) -> str:
    """Return `path` with single slashes, without a final slash and without a session."""
    return "/" + _SLASHES.sub("/", _SESSION_IN_PATH.sub("", path)).strip("/")


def _without_amp(path: str) -> str:
    """Return the path of the page that an AMP twin's path is made from; "/amp" alone is no twin."""
    while True:
        plain = _plain_path(_AMP_SUFFIX.sub("", _AMP_SEGMENT.sub("", path)))
        if plain in ("/", path):
            return path
        path = plain


def _canonical_query(query: str, address: str, outlet: Outlet | None) -> str:
    """Return the parameters that choose the page, in canonical order; "" where none does."""
    printed = query.split("&")
    parameters = [_normalise_escapes(p, _ESCAPED_IN_QUERY).partition("=") for p in printed]
    if outlet is not None and outlet.identity:
        parameters = _identity_parameters(parameters, outlet.identity)
    elif outlet is not None and (outlet.is_article(address) or outlet.is_article(f"{address}/")):
        return ""
    else:
        parameters = [p for p in parameters if p[0] and not _is_idle(p)]
        if address.lower().endswith(".aspx"):
            # ASP.NET reads names in any case, and outlets print several.
            parameters = [
                (_normalise_escapes(name.lower(), _ESCAPED_IN_QUERY), equals, value)
                for name, equals, value in parameters
            ]
        parameters.sort(key=lambda parameter: (parameter[0].lower(), *parameter))
    return "&".join(map("".join, parameters))


def _identity_parameters(parameters: list[Parameter], identity: tuple[str, ...]) -> list[Parameter]:
    """Return the parameters that `identity` names, in its order and spelling, the first of each."""
    values = {name.lower(): value for name, _, value in reversed(parameters)}
    return [(name, "=", values[name.lower()]) for name in identity if name.lower() in values]


def _is_idle(parameter: Parameter) -> bool:
    """Return True if a parameter does not choose a page: it tracks, or asks for the AMP twin."""
    name, _, value = parameter
    name = name.lower()
    return (
        name in _TRACKING_NAMES
        or name.startswith(TRACKING_PREFIXES)
        or name == "amp"
        or value.lower() in _AMP_VALUES
    )


def _escaped_once(match: re.Match[str]) -> str:
    """Return a run of doubled escapes as single ones, if they are letters in UTF-8."""
    digits = re.sub("%(?:25)+", "", match.group())
    try:
        bytes.fromhex(digits).decode()
    except UnicodeDecodeError:
        return match.group()
    return "".join(f"%{digits[start : start + 2]}" for start in range(0, len(digits), 2))


def _normalise_escapes(text: str, stay_escaped: frozenset[int]) -> str:
    """Return `text` in NFC, escaped as in RFC 3986: UTF-8, capital hex digits, no needless escapes.

    Escapes of the bytes in `stay_escaped` stay, and so do escapes that are not UTF-8.
    """

    def decode(match: re.Match[str]) -> str:
        run = match.group()
        data = bytes.fromhex(run.replace("%", ""))
        try:
            decoded = data.decode()
        except UnicodeDecodeError:
            return run.upper()
        if stay_escaped.isdisjoint(data):
            return decoded
        return "".join(f"%{ord(c):02X}" if ord(c) in stay_escaped else c for c in decoded)

    def encode(match: re.Match[str]) -> str:
        return "%" + match.group().encode().hex("%").upper()

    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if "%" in text:
        text = _ESCAPES.sub(decode, _BARE_PERCENT.sub("%25", text))
        while (single := _ESCAPED_ESCAPES.sub(_escaped_once, text)) != text:
            text = _ESCAPES.sub(decode, single)
        if not text.isascii():  # a mark that was escaped may have met its letter
            text = _BARE_PERCENT.sub("%25", unicodedata.normalize("NFC", text))
    return _TO_ESCAPE.sub(encode, text)
