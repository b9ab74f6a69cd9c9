"""Render the pages, feeds, sitemaps and listings that the outlets' servers send, as bytes."""

import gzip
import json
import random
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from html import escape

from benchmarks.soak import prose
from benchmarks.soak.printing import FORMATS
from benchmarks.soak.sites import Site
from benchmarks.soak.world import Piece, PrintedText

LISTED = 20
"""Articles on one page of a listing."""

CHALLENGE = (
    b"<!doctype html><html><head><title>Just a moment...</title></head>"
    b"<body>Checking your browser</body></html>"
)
_MENU_ENTRIES = 20
_TEASERS = 12
_READ_ALSO = {"ar": "اقرأ أيضا", "ur": "یہ بھی پڑھیں"}
_RIGHTS = {"ar": "جميع الحقوق محفوظة", "ur": "جملہ حقوق محفوظ ہیں"}
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


# Article pages


def article_page(piece: Piece, round_: int, *, broken: bool) -> bytes:
    """Return the page of a piece in a round; `broken`: in the layout of its outlet's trouble."""
    site, text = piece.site, piece.text(round_)
    is_dated = not (broken and site.trouble == "no_dates")
    menu, teasers = _surroundings(site)
    metadata = _metadata(piece, round_) if is_dated else ""
    main = _story(piece, text, is_dated)
    if broken and site.trouble == "no_text":
        metadata = ""
        main = f'<div id="app"></div><script>draw("#app", {piece.number})</script>'
    page = (
        f'<!doctype html><html lang="{site.language}" dir="rtl">'
        f'<head><meta charset="{site.charset}">'
        f"<title>{text.headline} - {site.name}</title>{metadata}</head>"
        f"<body><header><nav><ul>{menu}</ul></nav></header><main>{main}</main>"
        f"<aside>{teasers}</aside>"
        f"<footer><ul>{menu}</ul><p>{_RIGHTS[site.language]} {site.name}</p></footer></body></html>"
    )
    return page.encode(site.charset)


def _story(piece: Piece, text: PrintedText, is_dated: bool) -> str:
    site = piece.site
    paragraphs = [text.lead_in + text.paragraphs[0], *text.paragraphs[1:]]
    match site.tags:
        case "p":
            body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        case "br":
            body = f"<div>{'<br><br>'.join(paragraphs)}</div>"
        case "div":
            body = "".join(f"<div><span>{paragraph}</span></div>" for paragraph in paragraphs)
    date = machine_date = ""
    if is_dated:
        date = f'<span class="date">{FORMATS[site.prints](piece.local)}</span>'
        machine_date = f'<meta itemprop="datePublished" content="{piece.local.isoformat()}">'
    item = 'itemscope itemtype="https://schema.org/NewsArticle"'
    headline, article_body = 'itemprop="headline"', 'itemprop="articleBody"'
    if site.machine != "microdata":
        item = headline = article_body = machine_date = ""
    also = f'<p class="also">{_READ_ALSO[site.language]}: <a href="/story/1">{site.name}</a></p>'
    return (
        f'<article {item}>{machine_date}<h1 class="title" {headline}>{text.headline}</h1>'
        f'<div class="meta"><span class="author">{piece.author}</span> {date}</div>'
        f'<div class="text" {article_body}>{body}</div>{also}</article>'
    )


def _metadata(piece: Piece, round_: int) -> str:
    """Return the structured data in a page's head."""
    site, text = piece.site, piece.text(round_)
    published, changed = (_stamp(site, at) for at in (piece.published, piece.changed(round_)))
    if site.machine == "jsonld":
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": text.headline,
            "datePublished": published,
            "dateModified": changed,
            "author": {"@type": "Person", "name": piece.author},
        }
        return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
    if site.machine == "opengraph":
        return (
            f'<meta property="og:type" content="article">'
            f'<meta property="og:title" content="{text.headline}">'
            f'<meta property="article:published_time" content="{published}">'
            f'<meta property="article:modified_time" content="{changed}">'
        )
    return ""


def _stamp(site: Site, at: datetime) -> str:
    local = at.astimezone(site.tzinfo)
    return f"{local:%Y-%m-%dT%H:%M:%S}Z" if site.false_z else local.isoformat()


@lru_cache(maxsize=64)
def _surroundings(site: Site) -> tuple[str, str]:
    """Return the menu and the teasers around every story of an outlet."""
    language, chance = site.language, random.Random(site.name)
    menu = "".join(
        f'<li><a href="/section/{n}">{prose.words(language, chance, 1)}</a></li>'
        for n in range(_MENU_ENTRIES)
    )
    teasers = "".join(
        f'<div class="card"><h3><a href="/story/{n}">{prose.headline(language, chance)}</a></h3>'
        f"<p>{prose.sentence(language, chance)}</p></div>"
        for n in range(_TEASERS)
    )
    return menu, teasers


# Announcements


def rss(base: str, pieces: Iterable[Piece], round_: int) -> bytes:
    """Return an RSS feed with titles and dates."""
    items = "".join(
        f"<item><title>{piece.text(round_).headline}</title>"
        f"<link>{escape(base + piece.announced)}</link>"
        f"<pubDate>{piece.published:%a, %d %b %Y %H:%M:%S +0000}</pubDate></item>"
        for piece in pieces
    )
    return f'{_XML}<rss version="2.0"><channel><title>RSS</title>{items}</channel></rss>'.encode()


def atom(base: str, pieces: Iterable[Piece], round_: int) -> bytes:
    """Return an Atom feed with titles and dates, also of the last change."""
    entries = "".join(
        f"<entry><title>{piece.text(round_).headline}</title><id>{escape(base + piece.path)}</id>"
        f'<link rel="alternate" href="{escape(base + piece.announced)}"/>'
        f"<published>{piece.published.isoformat()}</published>"
        f"<updated>{piece.changed(round_).isoformat()}</updated></entry>"
        for piece in pieces
    )
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title>{entries}</feed>'
    return f"{_XML}{feed}".encode()


def sitemap(base: str, pieces: Iterable[Piece], round_: int, *, news: bool = False) -> bytes:
    """Return a sitemap with dates of change; `news`: with Google's extension."""
    entries = "".join(
        f"<url><loc>{escape(base + piece.announced)}</loc>"
        f"<lastmod>{piece.changed(round_).isoformat()}</lastmod>"
        f"{_news(piece, round_) if news else ''}</url>"
        for piece in pieces
    )
    return f'{_XML}<urlset xmlns="{_SITEMAPS}" xmlns:news="{_NEWS}">{entries}</urlset>'.encode()


def packed(document: bytes) -> bytes:
    """Return a document as a gzip file, the same for the same document."""
    return gzip.compress(document, mtime=0)


def _news(piece: Piece, round_: int) -> str:
    return (
        f"<news:news><news:publication_date>{piece.published.isoformat()}</news:publication_date>"
        f"<news:title>{piece.text(round_).headline}</news:title></news:news>"
    )


def sitemap_index(base: str, children: Iterable[tuple[str, datetime]]) -> bytes:
    """Return an index of sitemaps, each with the time of its last change."""
    entries = "".join(
        f"<sitemap><loc>{base}{path}</loc><lastmod>{changed.isoformat()}</lastmod></sitemap>"
        for path, changed in children
    )
    return f'{_XML}<sitemapindex xmlns="{_SITEMAPS}">{entries}</sitemapindex>'.encode()


def listing(pieces: Sequence[Piece], round_: int, page: int, *, charset: str) -> bytes:
    """Return one page of the list of all articles, newest first; pages count from 1."""
    end = page * LISTED
    rows = "".join(
        f'<li><h2><a class="story" href="{escape(piece.announced)}">'
        f"{piece.text(round_).headline}</a></h2></li>"
        for piece in pieces[end - LISTED : end]
    )
    next_link = ""
    if end < len(pieces):
        next_link = f'<a class="next" href="/latest?page={page + 1}">»</a>'
    listing_page = (
        f'<!doctype html><html dir="rtl"><head><meta charset="{charset}">'
        f"<title>Latest</title></head>"
        f'<body><a href="/section/1">1</a><ul>{rows}</ul>{next_link}</body></html>'
    )
    return listing_page.encode(charset)
