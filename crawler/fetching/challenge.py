"""Challenges: short pages that come in the place of what was asked for, and want a browser to prove
that it is one by running a script, keeping a cookie or solving a riddle."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from scrapy.http import Response

MAX_BYTES = 256 * 1024
"""Size of a challenge at most; most of it is script."""
MAX_LETTERS = 1000
"""Length of the text that a challenge shows at most. A page with more has something to read."""
MAX_DELAY_SECONDS = 5.0
"""How long a page that refreshes itself without a cookie waits at most. One that waits longer tells
people that the site comes back."""

# 405 is that of the captcha of AWS WAF.
_REFUSING_STATUSES = (403, 405, 429, 503)

# Marks of the pages of Cloudflare and its like (dossier of urdupoint.com: 403 or 503 with "Just a
# moment" to plain clients), in small letters. Some stand in real pages too.
_MARKS = (
    "just a moment",
    "cf-challenge",
    "/cdn-cgi/challenge-platform/",
    "_incapsula_resource",
    "checking your browser",
    "sucuri_cloudproxy",
    "/.well-known/ddos-guard",
    "captcha-delivery.com",
    "px-captcha",
    "awswaf.com",
    "cf-turnstile",
    "g-recaptcha",
    "h-captcha",
)
# A page with one of these is somebody's own, whatever its scripts do.
_OWN_PAGE = re.compile(r"""["'](?:og:\w+|application/ld\+json|canonical|amphtml)["']""")
# Left out of what a page shows.
_HIDDEN = re.compile(r"<(script|style|noscript|template|title|!--)")
_TAG = re.compile(r"<[^<>]*>")
_ONLOAD = re.compile(r"""\bonload\s*=\s*(?:"([^"]*)"|'([^']*)')""")

# Of a script in which `a["b"]` is written as `a.b`.
_INDEX = re.compile(r"""\[\s*["'](\w+)["']\s*\]""")
_SETS_COOKIE = re.compile(
    r"document\s*\.\s*cookie\s*=(?!=)|\bcookie(?:s|store)\.set\(|\$\.cookie\("
)
_RELOADS = re.compile(
    r"location\s*\.\s*(?:reload|replace|assign)\b"
    r"|location\s*(?:\.\s*(?:href|search)\s*)?=(?!=)"
    r"|history\s*\.\s*go\(\s*0?\s*\)"
)
_SUBMITS = re.compile(r"\.\s*(?:request)?submit\s*(?:\.\s*call\s*)?\(")
_META = re.compile(r"<meta\b[^<>]*>")
_REFRESH = re.compile(r"""\bhttp-equiv\s*=\s*["']?\s*refresh\b""")
_REFRESH_CONTENT = re.compile(
    r"""\bcontent\s*=\s*["']?\s*(\d{0,9}(?:\.\d{1,9})?)\s*(?:[;,]\s*(?:url\s*=)?\s*["']?([^"'<>]*))?"""
)
_SCRIPT_WORDS = re.compile("javascript|java script|جافا ?سكريبت|جاوا ?اسکرپٹ|جاوا ?اسکریپت")
_COOKIE_WORDS = re.compile("cookie|الكوكيز|ملفات تعريف الارتباط|کوکی")


@dataclass(frozen=True, slots=True)
class _Parts:
    """A page in small letters, with single spaces.

    script: what runs by itself, with `a.b` for `a["b"]`. fallback: what is shown where no script
    runs. shown: the rest, with its tags.
    """

    script: str
    fallback: str
    shown: str

    @property
    def text(self) -> str:
        return " ".join(_TAG.sub(" ", self.shown).split())


def is_challenge(response: Response) -> bool:
    """Return True if `response`, of which no story could be read, asks the client to prove that it
    is a browser."""
    if response.headers.get("cf-mitigated"):
        return True
    if response.status >= 400 and response.status not in _REFUSING_STATUSES:
        return False
    if not 0 < len(response.body) <= MAX_BYTES:
        return False
    page = " ".join(response.body.decode("utf-8", "replace").lower().split())
    if "<" not in page:
        return False
    parts = _dissect(page)
    if len(parts.text) > MAX_LETTERS:
        return False
    if any(mark in page for mark in _MARKS):
        return True
    if _OWN_PAGE.search(page):
        return False
    cookie_sent = "Set-Cookie" in response.headers
    return (
        _comes_back_with_a_cookie(parts, cookie_sent=cookie_sent)
        or _submits_itself(parts)
        or _refreshes_itself(parts, response.url, cookie_sent=cookie_sent)
        or _asks_for_script_and_cookies(parts)
    )


def _dissect(page: str) -> _Parts:
    """Return the parts of `page`, in linear time also where nothing is closed."""
    contents: dict[str, list[str]] = {"script": [], "noscript": []}
    shown = []
    position = 0
    while opening := _HIDDEN.search(page, position):
        shown.append(page[position : opening.start()])
        name = opening[1]
        closing = "-->" if name == "!--" else f"</{name}"
        end = page.find(closing, opening.end())
        if end < 0:
            end = len(page)
        contents.setdefault(name, []).append(page[opening.end() : end])
        position = min(end + len(closing), len(page))
    shown.append(page[position:])
    visible = "".join(shown)
    handlers = (double or single for double, single in _ONLOAD.findall(visible))
    script = _INDEX.sub(r".\1", "\n".join([*contents["script"], *handlers]))
    return _Parts(script, " ".join(contents["noscript"]), visible)


def _comes_back_with_a_cookie(parts: _Parts, *, cookie_sent: bool) -> bool:
    sets_cookie = cookie_sent or _SETS_COOKIE.search(parts.script) is not None
    return sets_cookie and _RELOADS.search(parts.script) is not None


def _submits_itself(parts: _Parts) -> bool:
    return "<form" in parts.shown and _SUBMITS.search(parts.script) is not None


def _refreshes_itself(parts: _Parts, url: str, *, cookie_sent: bool) -> bool:
    tag = next((tag for tag in _META.findall(parts.shown) if _REFRESH.search(tag)), "")
    content = _REFRESH_CONTENT.search(tag)
    if content is None:
        return False
    delay, target = float(content[1] or 0), (content[2] or "").strip()
    sets_cookie = cookie_sent or _SETS_COOKIE.search(parts.script) is not None
    return _is_same_page(target, url) and (sets_cookie or delay <= MAX_DELAY_SECONDS)


def _is_same_page(target: str, url: str) -> bool:
    """Return True if `target`, in small letters, leads from `url` to the same path; a challenge may
    add a parameter."""
    try:
        there, here = urlsplit(urljoin(url.lower(), target)), urlsplit(url.lower())
    except ValueError:
        return False
    return (there.hostname, there.path or "/") == (here.hostname, here.path or "/")


def _asks_for_script_and_cookies(parts: _Parts) -> bool:
    words = f"{parts.text} {parts.fallback}"
    return _SCRIPT_WORDS.search(words) is not None and _COOKIE_WORDS.search(words) is not None
