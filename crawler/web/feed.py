"""A list of stories as an Atom feed (RFC 4287)."""

from collections.abc import Sequence
from datetime import UTC, datetime

from lxml import etree

from crawler.export.values import xml_text
from crawler.stories.model import Story
from crawler.web.site import Visit

_NAMESPACE = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def atom_feed(visit: Visit, title: str, stories: Sequence[Story]) -> bytes:
    """Return a feed with an entry for each story: its headline, when, the outlets and sources, and
    links to its page here and to its copies."""
    base = str(visit.request.base_url).rstrip("/")
    names = {None: _NAMESPACE}
    feed = etree.Element(f"{{{_NAMESPACE}}}feed", nsmap=names)  # type: ignore[arg-type]
    feed.set(_LANGUAGE, visit.interface.language)
    own = base + visit.links.here(extension=".atom")
    _add(feed, "id", own)
    _add(feed, "title", title)
    updated = max((story.published for story in stories if story.published), default=_NEVER)
    _add(feed, "updated", updated.isoformat())
    _add(feed, "link", rel="self", href=own, type="application/atom+xml")
    _add(feed, "link", rel="alternate", href=base + visit.links.here(), type="text/html")
    _add(_add(feed, "author"), "name", "Khabar")
    for story in stories:
        feed.append(_entry(visit, base, story))
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8")


def _entry(visit: Visit, base: str, story: Story) -> "etree._Element":
    entry = etree.Element(f"{{{_NAMESPACE}}}entry")
    if story.language:
        entry.set(_LANGUAGE, xml_text(story.language))
    _add(entry, "id", f"urn:khabar:story:{story.id}")
    _add(entry, "title", story.headline or "")
    _add(entry, "updated", (story.published or _NEVER).isoformat())
    if story.published:
        _add(entry, "published", story.published.isoformat())
    page = base + visit.links.to("stories", story.id)
    _add(entry, "link", rel="alternate", href=page, type="text/html")
    for copy in story.copies:
        _add(entry, "link", rel="related", href=xml_text(copy.url))
    for outlet in dict.fromkeys(copy.outlet for copy in story.copies if copy.outlet):
        _add(_add(entry, "author"), "name", visit.names.outlet(outlet))
    for source in story.sources:
        _add(_add(entry, "contributor"), "name", visit.names.agency(source))
    if story.place:
        _add(entry, "category", term=xml_text(story.place), scheme="urn:khabar:place")
    return entry


def _add(
    parent: "etree._Element", name: str, text: str | None = None, **attributes: str
) -> "etree._Element":
    element = etree.SubElement(parent, f"{{{_NAMESPACE}}}{name}", attributes)
    if text is not None:
        element.text = xml_text(text)
    return element
