"""The links that a discovery document announces, and the errors of reading it."""

from dataclasses import dataclass, replace

from crawler.causes import Cause

MAX_LINKS = 50_000
"""Links taken from one document: as many as a sitemap may list (sitemaps.org, "Sitemap file")."""


class DiscoveryError(ValueError):
    """The document is not of the declared kind; the message is one line that names its address."""

    cause = Cause.NOT_AS_DECLARED


class TooLarge(DiscoveryError):
    """The document is larger, or in more pieces, than any that is meant to be read."""

    cause = Cause.TOO_LARGE


class TooManyAttributes(DiscoveryError):
    """A tag of the document has more attributes than the parser reads in bounded time."""

    cause = Cause.TOO_MANY_ATTRIBUTES


class NoLinks(DiscoveryError):
    """The listing has no link where the declaration says that links are."""

    cause = Cause.NO_LINKS


class OnlyImages(DiscoveryError):
    """The sitemap lists images and no page."""

    cause = Cause.ONLY_IMAGES


@dataclass(frozen=True, slots=True)
class Link:
    """One announced address, absolute, percent-encoded, without fragment.

    `published_raw` and `changed` are the dates of publication and of the last change as printed;
    `headline` is the announced title as text. Each is None where the document does not say.
    `wall_clock`: True where the zone in these dates is declared to be false, and their clock is the
    outlet's own.
    """

    url: str
    published_raw: str | None = None
    headline: str | None = None
    changed: str | None = None
    wall_clock: bool = False


@dataclass(frozen=True, slots=True)
class Announcement:
    """The links of a document, each address once, in printed order."""

    links: tuple[Link, ...] = ()
    further_urls: tuple[str, ...] = ()
    """Addresses of further documents to read in the same way, in the order to read them."""
    cursor: str | None = None
    """With which the next page is asked for, where the declaration takes a cursor."""
    broken_entries: int = 0
    """Number of entries that could not be read."""
    links_left_out: int = 0
    """Number of links or entries behind the last of `MAX_LINKS` that are taken from a document."""


class LinkCollector:
    """Collects the links of one document, each address once, `MAX_LINKS` of them at most.

    An address that is met again keeps the first headline and the first dates given for it: a
    listing links a story from its picture and again from its headline.
    """

    def __init__(self) -> None:
        self._by_url: dict[str, Link] = {}

    @property
    def links(self) -> tuple[Link, ...]:
        """The links, in the order in which they were added."""
        return tuple(self._by_url.values())

    @property
    def is_full(self) -> bool:
        """True when no further address is taken."""
        return len(self._by_url) >= MAX_LINKS

    def add(self, link: Link) -> None:
        """Add a link; one to a new address may only be added while the collector is not full."""
        first = self._by_url.setdefault(link.url, link)
        if first is not link:
            self._by_url[link.url] = replace(
                first,
                published_raw=first.published_raw or link.published_raw,
                headline=first.headline or link.headline,
                changed=first.changed or link.changed,
            )
