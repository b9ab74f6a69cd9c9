"""The feeds, sitemaps and listings of each outlet, round by round."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from benchmarks.soak import rendering
from benchmarks.soak.sites import Announces, Site
from benchmarks.soak.world import Piece, World

PATHS: dict[Announces, str] = {
    "rss": "/feed.xml",
    "atom": "/atom.xml",
    "news": "/news-sitemap.xml",
    "index": "/sitemap.xml",
    "listing": "/latest",
    "dated": "/sitemap/{date:%Y-%m-%d}.xml",
}
"""The paths of the documents, as a declaration names them."""

MIN_FEED_ENTRIES = 12
"""Entries of a feed at least; it shows all pieces that are new or changed, and fills up with older
ones."""
NEWS_AGE = timedelta(days=2)
"""How long an article stands in a news sitemap, as Google asks for."""

HTML, XML, GZIP = "text/html", "application/xml", "application/gzip"


class Announcements:
    """The discovery documents of an outlet; `base` is its address without a final slash."""

    def __init__(self, world: World, site: Site, base: str) -> None:
        self._world = world
        self._site = site
        self._base = base
        newest_first = sorted(world.pieces, key=lambda piece: piece.published, reverse=True)
        self._pieces = [piece for piece in newest_first if piece.site == site]

    def get(self, path: str, page: int, round_: int) -> tuple[bytes, str] | None:
        """Return the document at a path and its media type; None where there is no document.

        `page` counts the pages of a listing, from 1.
        """
        base = self._base
        published = [piece for piece in self._pieces if piece.round <= round_]
        name = path.removeprefix("/").removesuffix(".gz").removesuffix(".xml")
        match (self._site.announces, name.split("/")):
            case "rss", ["feed"]:
                return rendering.rss(base, _newest(published, round_), round_), XML
            case "atom", ["atom"]:
                return rendering.atom(base, _newest(published, round_), round_), XML
            case "news", ["news-sitemap"]:
                since = self._world.time(round_) - NEWS_AGE
                news = [piece for piece in published if piece.published > since]
                return rendering.sitemap(base, news, round_, news=True), XML
            case "index", ["sitemap"]:
                return rendering.sitemap_index(base, _days(published, round_)), XML
            case "index", ["sitemap", day]:
                sitemap = rendering.sitemap(base, _of_day(published, day), round_)
                return rendering.packed(sitemap), GZIP
            case "dated", ["sitemap", day]:
                return rendering.sitemap(base, _of_local_day(published, day), round_), XML
            case "listing", ["latest"]:
                charset = self._site.charset
                return rendering.listing(published, round_, page, charset=charset), HTML
        return None


def _newest(published: Sequence[Piece], round_: int) -> Sequence[Piece]:
    """Return all pieces that are new or changed, and as many older ones as a feed has room for."""
    news_first = sorted(published, key=lambda piece: piece.has_news(round_), reverse=True)
    news = sum(piece.has_news(round_) for piece in published)
    return news_first[: max(MIN_FEED_ENTRIES, news)]


def _days(published: Sequence[Piece], round_: int) -> list[tuple[str, datetime]]:
    """Return the path of each day's sitemap, and when it was last changed."""
    changes: dict[date, datetime] = {}
    for piece in published:
        day = piece.published.date()
        changes[day] = max(changes.get(day, piece.published), piece.changed(round_))
    return [(f"/sitemap/{day}.xml.gz", changed) for day, changed in changes.items()]


def _of_day(published: Sequence[Piece], day: str) -> list[Piece]:
    """Return the pieces published on a day (ISO 8601) in UTC."""
    return [piece for piece in published if str(piece.published.date()) == day]


def _of_local_day(published: Sequence[Piece], day: str) -> list[Piece]:
    """Return the pieces published on a day (ISO 8601) of the outlet's own calendar."""
    return [piece for piece in published if str(piece.local.date()) == day]
