"""A digest as plain text."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from crawler.digest.gather import Digest, Share
from crawler.digest.labels import Labels, Names
from crawler.stories.model import Story
from crawler.text import printable


def as_text(digest: Digest, labels: Labels, names: Names, zone: tzinfo) -> str:
    """Return `digest` as plain text, with times in `zone`."""
    return "\n".join(_lines(digest, labels, names, zone)) + "\n"


def period(digest: Digest, zone: tzinfo) -> str:
    """Return the time that a digest tells of, to the minute; "" without bounds."""
    bounds = [minute(bound, zone) for bound in (digest.since, digest.until) if bound is not None]
    return f"{' – '.join(bounds)} ({zone})" if bounds else ""


def minute(instant: datetime, zone: tzinfo) -> str:
    """Return `instant` to the minute, in `zone`."""
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}"


def facts(story: Story, names: Names, zone: tzinfo) -> list[str]:
    """Return when, where and by whom a story was printed."""
    outlets = dict.fromkeys(copy.outlet for copy in story.copies if copy.outlet)
    return [
        *([minute(story.published, zone)] if story.published else []),
        *([story.place] if story.place else []),
        *map(names.outlet, outlets),
    ]


def _lines(digest: Digest, labels: Labels, names: Names, zone: tzinfo) -> Iterator[str]:
    yield labels.title
    if shown := period(digest, zone):
        yield shown
    yield f"{labels.stories}: {digest.stories} · {labels.copies}: {digest.copies}"
    yield from _heading(labels.largest)
    for number, story in enumerate(digest.largest, start=1):
        copies = f"{labels.copies}: {len(story.copies)}"
        yield f"{number}. {printable(story.headline or labels.no_headline)}"
        yield "   " + printable(" · ".join([copies, *facts(story, names, zone)]))
        yield f"   {printable(story.copies[0].url)}"
    if not digest.largest:
        yield labels.nothing
    yield from _shares(labels.places, [(share.key, share) for share in digest.places])
    agencies = [(names.agency(share.key), share) for share in digest.agencies]
    yield from _shares(labels.agencies, agencies)
    yield from _heading(labels.health)
    for health in digest.health:
        yield f"{printable(names.outlet(health.outlet))}: {health.state}"
        for reason in health.reasons:
            yield f"   {reason.cause}: {printable(reason.detail)}"
    if not digest.health:
        yield labels.all_well


def _heading(text: str) -> list[str]:
    return ["", text, "-" * len(text)]


def _shares(heading: str, shares: list[tuple[str, Share]]) -> Iterator[str]:
    if shares:
        yield from _heading(heading)
    for name, share in shares:
        yield f"{printable(name)}: {share.stories} ({share.copies})"
