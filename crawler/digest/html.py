"""A digest as HTML that programs for mail show: tables and inline styles, nothing to be fetched."""

from datetime import tzinfo

from lxml import etree

from crawler.digest.gather import Digest, Share
from crawler.digest.labels import LABELS, Labels, Names
from crawler.digest.text import facts, period
from crawler.export.values import xml_text
from crawler.stories.model import Story

_FONTS: dict[str, str] = {language: labels.fonts for language, labels in LABELS.items()}
_RIGHT_TO_LEFT = frozenset({"ar", "ur"})
_TABLE = "width:100%;border-collapse:collapse"
_CELL = "padding:8px 4px;border-bottom:1px solid #ddd;vertical-align:top"
_NUMBER = ";width:90px"
_SMALL = "font-size:13px;color:#555"
_ENGLISH = f"{_SMALL};text-align:left;font-family:{_FONTS['en']};line-height:1.5"
_HEADING = "font-size:18px;margin:28px 0 8px 0"
_WIDTH = "max-width:640px;margin:0 auto"


def as_html(digest: Digest, labels: Labels, names: Names, zone: tzinfo) -> str:
    """Return `digest` as a page of HTML, with times in `zone`."""
    page = etree.Element("html", lang=labels.language, dir=labels.direction)
    head = _add(page, "head")
    _add(head, "meta", charset="utf-8")
    _add(head, "meta", name="viewport", content="width=device-width")
    _add(head, "title", labels.title)
    line_height = "2.2" if labels.language == "ur" else "1.7"
    style = f"font-family:{labels.fonts};font-size:16px;line-height:{line_height};color:#222"
    body = _add(page, "body", style=f"{style};margin:0;padding:16px;background:#fff")
    table = _table(body, f"{_WIDTH};{_TABLE}")
    cell = _add(_add(table, "tr"), "td")
    _add(cell, "h1", labels.title, style="font-size:24px;margin:0")
    _add(_add(cell, "div", style=_SMALL), "bdi", period(digest, zone), dir="ltr")
    numbers = f"{labels.stories}: {digest.stories} · {labels.copies}: {digest.copies}"
    _add(cell, "div", numbers, style=_SMALL)
    _add_stories(cell, digest, labels, names, zone)
    _add_shares(cell, labels.places, labels, [(share.key, share) for share in digest.places])
    agencies = [(names.agency(share.key), share) for share in digest.agencies]
    _add_shares(cell, labels.agencies, labels, agencies)
    _add_health(cell, digest, labels, names)
    written = etree.tostring(page, method="html", encoding="unicode", doctype="<!DOCTYPE html>")
    return f"{written}\n"


def _add_stories(
    cell: "etree._Element", digest: Digest, labels: Labels, names: Names, zone: tzinfo
) -> None:
    _add(cell, "h2", labels.largest, style=_HEADING)
    if not digest.largest:
        _add(cell, "p", labels.nothing)
        return
    table = _table(cell, _TABLE)
    for story in digest.largest:
        row = _add(table, "tr")
        _add(row, "td", str(len(story.copies)), style=f"{_CELL};font-weight:bold;width:32px")
        own = _add(row, "td", style=_CELL)
        _add_headline(own, story, labels)
        line = _add(own, "div", style=_SMALL)
        for number, fact in enumerate(facts(story, names, zone)):
            if number:
                line[-1].tail = " · "
            _add(line, "bdi", fact)


def _add_headline(cell: "etree._Element", story: Story, labels: Labels) -> None:
    language = story.language or ""
    direction = "rtl" if language in _RIGHT_TO_LEFT else "auto"
    # At the side of the message, beside its number and above its facts.
    side = f"text-align:{'right' if labels.direction == 'rtl' else 'left'}"
    fonts = f";font-family:{_FONTS[language]}" if language in _FONTS else ""
    line = _add(cell, "div", dir=direction, style=f"{side}{fonts}")
    if language:
        line.set("lang", xml_text(language))
    headline, url = story.headline or labels.no_headline, story.copies[0].url
    if url.startswith(("http://", "https://")):
        _add(line, "a", headline, href=xml_text(url), style="color:#0645ad;text-decoration:none")
    else:
        line.text = xml_text(headline)


def _add_shares(
    cell: "etree._Element", heading: str, labels: Labels, shares: list[tuple[str, Share]]
) -> None:
    if not shares:
        return
    _add(cell, "h2", heading, style=_HEADING)
    table = _table(cell, _TABLE, is_layout=False)
    head = _add(table, "tr")
    for text, width in ((heading, ""), (labels.stories, _NUMBER), (labels.copies, _NUMBER)):
        _add(head, "th", text, scope="col", style=f"{_CELL};{_SMALL};text-align:start{width}")
    for name, share in shares:
        row = _add(table, "tr")
        _add(_add(row, "td", style=_CELL), "bdi", name)
        _add(row, "td", str(share.stories), style=_CELL)
        _add(row, "td", str(share.copies), style=_CELL)


def _add_health(cell: "etree._Element", digest: Digest, labels: Labels, names: Names) -> None:
    _add(cell, "h2", labels.health, style=_HEADING)
    if not digest.health:
        _add(cell, "p", labels.all_well)
        return
    table = _table(cell, _TABLE)
    for health in digest.health:
        row = _add(table, "tr")
        _add(_add(row, "td", style=_CELL), "bdi", names.outlet(health.outlet))
        why = _add(row, "td", dir="ltr", lang="en", style=f"{_CELL};{_ENGLISH}")
        _add(why, "b", health.state)
        for reason in health.reasons:
            _add(why, "div", f"{reason.cause}: {reason.detail}")


def _table(parent: "etree._Element", style: str, *, is_layout: bool = True) -> "etree._Element":
    """Return a new table. is_layout: it holds no data that has columns."""
    attributes = {"cellpadding": "0", "cellspacing": "0", "style": style}
    if is_layout:
        attributes["role"] = "presentation"
    return etree.SubElement(parent, "table", attributes)


def _add(
    parent: "etree._Element", tag: str, text: str | None = None, /, **attributes: str
) -> "etree._Element":
    """Return a new last child of `parent`. Text is escaped when the page is written."""
    child = etree.SubElement(parent, tag, attributes)
    child.text = xml_text(text) or None
    return child
