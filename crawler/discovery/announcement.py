"""The links that a discovery document announces, and the errors of reading it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from crawler.causes import Cause


class DiscoveryError(ValueError):
    """The document is not of the declared kind; the message is one line that names its address."""

    cause = Cause.NOT_AS_DECLARED


class TooLarge(DiscoveryError):
    """The document is larger, or in more pieces, than any that is meant to be read."""

    cause = Cause.TOO_LARGE


@dataclass(frozen=True, slots=True)
class Link:
    """One announced address, absolute, percent-encoded, without fragment.

    `published_raw` and `changed` are the dates of publication and of the last change as printed;
    `headline` is the announced title as text. Each is None where the document does not say.
    """

    url: str
    published_raw: str | None = None
    headline: str | None = None
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """The links of a document, each address once, in printed order."""

    links: tuple[Link, ...] = ()
    further_urls: tuple[str, ...] = ()
    """Addresses of further documents to read in the same way, in the order to read them."""
    broken_entries: int = 0
    """Number of entries that could not be read."""
    links_left_out: int = 0
    """Number of links beyond the most that are taken from one document."""


def merge_links(links: Iterable[Link]) -> tuple[Link, ...]:
    """Return the links, each address once, with the first headline and dates given for it.

    A listing links a story from its picture and again from its headline.
    """
    merged: dict[str, Link] = {}
    for link in links:
        first = merged.setdefault(link.url, link)
        merged[link.url] = replace(
            first,
            published_raw=first.published_raw or link.published_raw,
            headline=first.headline or link.headline,
            changed=first.changed or link.changed,
        )
    return tuple(merged.values())
