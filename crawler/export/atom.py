"""The Atom format (RFC 4287), written entry by entry."""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from html import escape
from typing import Any, BinaryIO

from lxml import etree

from crawler.export.columns import Column, Row
from crawler.export.values import cell_text, printed, xml_text
from crawler.storage.codec import iso_instant

_NAMESPACE = "http://www.w3.org/2005/Atom"
_PREFIXES: Any = {None: _NAMESPACE}  # the stubs of lxml know no default namespace
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_TITLES = {"stories": "Stories", "articles": "Articles", "revisions": "Earlier texts"}
_SINGULAR = {"stories": "story", "articles": "article", "revisions": "revision"}


class AtomWriter:
    """A feed with an entry for each row: headline, addresses, when, who, and the text as HTML
    paragraphs. The feed's `updated` is that of its first entry."""

    def __init__(self, file: BinaryIO, what: str, columns: Sequence[Column]) -> None:
        self._what = what
        self._open = ExitStack()
        self._xml = self._open.enter_context(etree.xmlfile(file, encoding="utf-8"))
        self._is_begun = False

    def write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if not self._is_begun:
                self._begin(_updated(row))
            self._xml.write(self._entry(row))
            self._xml.write("\n")
        self._xml.flush()

    def close(self) -> None:
        if not self._is_begun:
            self._begin(datetime.now(UTC))
        self._open.close()

    def discard(self) -> None:
        pass

    def _begin(self, updated: datetime) -> None:
        self._is_begun = True
        self._xml.write_declaration()
        feed = self._xml.element(f"{{{_NAMESPACE}}}feed", nsmap=_PREFIXES)
        self._open.enter_context(feed)
        self._write("id", f"urn:khabar:{self._what}")
        self._write("title", f"Khabar: {_TITLES[self._what]}")
        self._write("updated", iso_instant(updated))
        with self._xml.element(f"{{{_NAMESPACE}}}author"):
            self._write("name", "Khabar")
        self._write("generator", "Khabar")

    def _write(self, name: str, text: str) -> None:
        """Write an element of the feed itself."""
        with self._xml.element(f"{{{_NAMESPACE}}}{name}"):
            self._xml.write(text)

    def _entry(self, row: Row) -> "etree._Element":
        entry = etree.Element(f"{{{_NAMESPACE}}}entry", nsmap=_PREFIXES)
        _add(entry, "id", self._identifier(row))
        _add(entry, "title", row["headline"])
        _add(entry, "updated", iso_instant(_updated(row)))
        for number, url in enumerate(row.get("urls") or [row["url"]]):
            _add(entry, "link", rel="related" if number else "alternate", href=xml_text(url))
        for name in row.get("outlets") or [row["outlet"] or "unknown"]:
            _add(_add(entry, "author"), "name", name)
        for name in row["source_names"]:
            _add(_add(entry, "contributor"), "name", name)
        if row["published"] is not None:
            _add(entry, "published", iso_instant(row["published"]))
        if row["language"]:
            entry.set(_LANGUAGE, xml_text(row["language"]))
        if row["place"]:
            _add(entry, "category", term=xml_text(row["place"]), scheme="urn:khabar:place")
        if row["description"]:
            _add(entry, "summary", row["description"])
        _add(entry, "content", _html(printed(row)), type="html")
        return entry

    def _identifier(self, row: Row) -> str:
        identifier = row["article_id"] if self._what == "revisions" else row["id"]
        first_seen = f":{cell_text(row['first_seen'])}" if self._what == "revisions" else ""
        return f"urn:khabar:{_SINGULAR[self._what]}:{identifier}{first_seen}"


def _add(
    parent: "etree._Element", name: str, text: str | None = None, **attributes: str
) -> "etree._Element":
    """Return a new last child of `parent`."""
    child = etree.SubElement(parent, f"{{{_NAMESPACE}}}{name}", attributes)
    child.text = xml_text(text) or None
    return child


def _updated(row: Row) -> datetime:
    """Return when an entry changed last, as far as the row tells."""
    for name in ("replaced_at", "modified", "published", "fetched_at"):
        instant = row.get(name)
        if isinstance(instant, datetime):
            return instant
    return datetime.fromtimestamp(0, UTC)


def _html(body: str) -> str:
    paragraphs = xml_text(body).split("\n\n")
    return "".join(f'<p dir="auto">{escape(text)}</p>' for text in paragraphs if text)
