"""What each outlet announces, in which document, in which round."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from benchmarks.soak import pages
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
"""Where the documents stand, as a declaration names them."""

FEED_LENGTH = 12
"""Entries that a feed shows at least; of what is new or changed it shows all, and of what is older
no more."""
NEWS = timedelta(days=2)
"""How long an article stands in a news sitemap, as Google asks for."""

HTML, XML, GZIP = "text/html", "application/xml", "application/gzip"


class Documents:
    """The feeds, sitemaps and listings of an outlet at `base` (its address without a final
    slash)."""

    def __init__(self, world: World, site: Site, base: str) -> None:
        self._world = world
        self._site = site
        self._base = base
        newest_first = sorted(world.pieces, key=lambda piece: piece.published, reverse=True)
        self._pieces = [piece for piece in newest_first if piece.site == site]

    def get(self, path: str, page: int, round_: int) -> tuple[bytes, str] | None:
        """The document at a path and its media type; None where there is none. `page` is that of a
        listing."""
        published = [piece for piece in self._pieces if piece.round <= round_]
        match (
            self._site.announces,
            path.removeprefix("/").removesuffix(".gz").removesuffix(".xml").split("/"),
        ):
            case "rss", ["feed"]:
                return pages.rss(self._base, _newest(published, round_), round_), XML
            case "atom", ["atom"]:
                return pages.atom(self._base, _newest(published, round_), round_), XML
            case "news", ["news-sitemap"]:
                since = self._world.time(round_) - NEWS
                news = [piece for piece in published if piece.published > since]
                return pages.sitemap(self._base, news, round_, news=True), XML
            case "index", ["sitemap"]:
                return pages.sitemap_index(self._base, _days(published, round_)), XML
            case "index", ["sitemap", day]:
                return pages.packed(
                    pages.sitemap(self._base, _of_day(published, day), round_)
                ), GZIP
            case "dated", ["sitemap", day]:
                return pages.sitemap(self._base, _of_day(published, day, local=True), round_), XML
            case "listing", ["latest"]:
                return pages.listing(published, round_, page, charset=self._site.charset), HTML
        return None


def _newest(published: Sequence[Piece], round_: int) -> Sequence[Piece]:
    """What is new or changed, and as much of what is older as a feed has room for."""
    first = sorted(published, key=lambda piece: piece.has_news(round_), reverse=True)
    return first[: max(FEED_LENGTH, sum(piece.has_news(round_) for piece in first))]


def _days(published: Sequence[Piece], round_: int) -> list[tuple[str, datetime]]:
    """The path of each day's sitemap, and when it was last changed."""
    changes: dict[date, datetime] = {}
    for piece in published:
        day = piece.published.date()
        changes[day] = max(changes.get(day, piece.published), piece.changed(round_))
    return [(f"/sitemap/{day}.xml.gz", changed) for day, changed in changes.items()]


def _of_day(published: Sequence[Piece], day: str, *, local: bool = False) -> list[Piece]:
    """What appeared on a day (ISO 8601) in UTC, or by the outlet's own calendar."""
    return [
        piece
        for piece in published
        if str((piece.local if local else piece.published).date()) == day
    ]
