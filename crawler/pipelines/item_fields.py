"""Read the items of spiders that are not ours, of any type that itemadapter knows, as Articles. No
I/O, and no value of an item raises."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar, get_args

from itemadapter import ItemAdapter

from crawler.dates import DateError
from crawler.dates.zones import zone_info, zone_label
from crawler.dedup import canonical_url
from crawler.discovery.urls import absolute_url
from crawler.gazetteer import Source
from crawler.gazetteer.tables import key
from crawler.items import Article, Attribution, Authors, Precision
from crawler.outlet import Genre
from crawler.sources import parse_credit, resolve
from crawler.sources.model import Role
from crawler.sources.outlet_profile import profile_of
from crawler.text import clean_line, clean_paragraphs
from crawler.text.language import language_of

_Value = TypeVar("_Value")
_Word = TypeVar("_Word", bound=str)

COMMON_NAMES: Mapping[str, str] = {
    "title": "headline",
    "text": "body",
    "date": "published",
    "author": "authors",
    "source": "sources",
}
"""Names that other people's items have for fields of an Article."""

# Fields that the later steps set, whatever an item says.
_COMPUTED = frozenset({"content_hash", "own_url"})
FIELDS = frozenset(field.name for field in fields(Article)) - _COMPUTED
"""The fields of an Article that an item can give."""

_LONGEST_RAW = 200  # characters kept of what should have been a date
_LONGEST_SHOWN = 40  # characters of a value in the log
_LONGEST_LANGUAGE = 3  # letters of a language's code (ISO 639)
_PRECISIONS = get_args(Precision)
_GENRES = get_args(Genre)


class ItemSettingError(ValueError):
    """The setting ARTICLE_FIELDS names a field that an Article does not have, or ARTICLE_ZONE no
    zone."""


@dataclass(frozen=True, slots=True)
class FieldNames:
    """The names by which items name the fields of an Article.

    declared: field by the name that ARTICLE_FIELDS gives, or by its own. common: field by those
    COMMON_NAMES that ARTICLE_FIELDS says nothing of.
    """

    declared: Mapping[str, str]
    common: Mapping[str, str]

    @classmethod
    def of(cls, setting: Mapping[str, str | None]) -> "FieldNames":
        """Return the names under ARTICLE_FIELDS; None for a name says that it is no field of ours.

        Raises ItemSettingError.
        """
        for name, field in setting.items():
            if field is not None and (not isinstance(field, str) or field not in FIELDS):
                known = ", ".join(sorted(FIELDS))
                raise ItemSettingError(f"ARTICLE_FIELDS: {name!r}: {field!r} is none of {known}")
        own_names = {name: name for name in FIELDS if name not in setting}
        in_setting = {name: field for name, field in setting.items() if field is not None}
        common = {name: field for name, field in COMMON_NAMES.items() if name not in setting}
        return cls(in_setting | own_names, common)

    def are_of_article(self, names: AbstractSet[str]) -> bool:
        """Return True if an item with fields of these names is an article: it has an address, and a
        headline or a text.

        By common names it has to have both: a product has a title, too.
        """
        declared = {self.declared[name] for name in names & self.declared.keys()}
        both = declared | {self.common[name] for name in names & self.common.keys()}
        if "url" not in declared:
            return False
        return bool(declared & {"headline", "body"}) or {"headline", "body"} <= both

    def values(self, item: ItemAdapter) -> dict[str, object]:
        """Return the values of `item` by field of an Article. Where it has several names of one
        field, the first that is not empty counts, declared names before common ones."""
        values: dict[str, object] = {}
        for name, field in [*self.declared.items(), *self.common.items()]:
            value = item.get(name)
            if not _is_empty(value):
                values.setdefault(field, value)
        return values

    def unknown(self, names: AbstractSet[str]) -> list[str]:
        """Return those of `names` that are of no field of an Article."""
        return sorted(names - self.declared.keys() - self.common.keys())


@dataclass(slots=True)
class ReadItem:
    """An item read as an article.

    article: None for an item without an http(s) address. wrong: the types of the values that could
    not be used and are missing, by field: "int" for the field "tags".
    """

    article: Article | None
    wrong: Mapping[str, str]


def check_zone(zone: object) -> None:
    """Raise ItemSettingError for a value of ARTICLE_ZONE that is neither empty nor an IANA zone."""
    if zone not in (None, "") and _zone(zone) is None:
        raise ItemSettingError(f"ARTICLE_ZONE: {zone!r} is no zone; one is 'Asia/Karachi'")


def names_of(item: object) -> AbstractSet[str] | None:
    """Return the names of the fields of an item; None for what is no item."""
    if not ItemAdapter.is_item(item):
        return None
    return {name for name in ItemAdapter(item).field_names() if isinstance(name, str)}


def read_item(values: Mapping[str, object], *, outlet: str) -> ReadItem:
    """Return the article that the values, by field, make. outlet: the name of the outlet where the
    item names none."""
    reader = _Reader(values)
    url = _address(_single(values.get("url")))
    if url is None:
        return ReadItem(None, reader.wrong)
    article = Article(url=url)
    article.outlet = reader.line("outlet") or outlet
    article.headline = reader.line("headline")
    article.body = reader.body()
    article.language = reader.read("language", _language)
    if article.language is None:
        article.language = language_of(article.body or article.headline or "")
    for name in ("description", "section", "place", "reporter"):
        setattr(article, name, reader.line(name))
    article.authors = reader.authors()
    article.tags = reader.lines("tags")
    article.genre = reader.read("genre", _one_of(_GENRES))
    article.canonical_url = reader.read("canonical_url", lambda value: _address(value, url))
    article.image = reader.read("image", lambda value: _address(value, url))
    article.zone = reader.read("zone", _zone)
    article.fetched_at = reader.read("fetched_at", _instant) or datetime.now(UTC)
    article.published, article.published_raw = reader.date("published")
    if article.published:
        precision = reader.read("published_precision", _one_of(_PRECISIONS))
        article.published_precision = precision or "second"
        article.zone = article.zone or _zone_of(_single(values.get("published")))
    article.modified, article.modified_raw = reader.date("modified")
    article.sources = reader.sources(article)
    return ReadItem(article, reader.wrong)


class _Reader:
    """Reads the values of one item, and keeps in `wrong` which could not be used."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values
        self.wrong: dict[str, str] = {}

    def read(self, field: str, convert: Callable[[object], _Value | None]) -> _Value | None:
        """Return what `convert` makes of the value of a field; None where the item has none."""
        value = _single(self._values.get(field))
        if _is_empty(value):
            return None
        converted = convert(value)
        if converted is None:
            self._refuse(field, value)
        return converted

    def line(self, field: str) -> str | None:
        """Return a text on one line."""
        text = self.read(field, _text)
        return clean_line(text or "") or None

    def lines(self, field: str) -> tuple[str, ...]:
        """Return texts; one text is one line."""
        lines = []
        for value in _members(self._values.get(field)):
            text = _text(value)
            if text is None:
                self._refuse(field, value)
            elif line := clean_line(text):
                lines.append(line)
        return tuple(dict.fromkeys(lines))

    def authors(self) -> tuple[str, ...]:
        """Return the authors, with the bylines that our own extraction has read."""
        names = self.lines("authors")
        given = self._values.get("authors")
        return Authors.printed_in(given.bylines, names) if isinstance(given, Authors) else names

    def body(self) -> str | None:
        """Return the text, whose paragraphs may be members of a list, behind its dateline."""
        value = self._values.get("body")
        texts = [_text(member) for member in _members(value)]
        if any(text is None for text in texts):
            self._refuse("body", value)
            return None
        body = clean_paragraphs("\n\n".join(text for text in texts if text))
        dateline = self.line("dateline")
        if dateline and not body.startswith(dateline):
            body = f"{dateline} {body}"
        return body or None

    def date(self, field: str) -> tuple[datetime | None, str | None]:
        """Return an instant, and the text of one that is still to be read: as printed, or as the
        item has it. An instant without a zone is such a text, and so is what can be no date."""
        raw = self.line(f"{field}_raw")
        value = _single(self._values.get(field))
        if _is_empty(value):
            return None, raw
        instant = _instant(value)
        if instant is not None:
            return instant, raw
        return None, raw or _as_printed(value)

    def sources(self, article: Article) -> tuple[Attribution, ...]:
        """Return the sources that an item names itself, each read as a credit line."""
        attributions = []
        for value in _members(self._values.get("sources")):
            text = _text(value)
            if isinstance(value, Attribution):
                attributions.append(value)
            elif text is None:
                self._refuse("sources", value)
            else:
                attributions += _attributions(clean_line(text), article)
        return tuple(dict.fromkeys(attributions))

    def _refuse(self, field: str, value: object) -> None:
        # A text has the right type and says something impossible, as a genre "poem".
        text = _text(value)
        self.wrong[field] = type(value).__name__ if text is None else repr(text[:_LONGEST_SHOWN])


def _attributions(line: str, article: Article) -> list[Attribution]:
    known = resolve(line, outlet=article.outlet, language=article.language)
    named = (known,) if known else parse_credit(line, outlet=article.outlet).sources
    if not named and line:
        named = (Source(id="", name=line, kind="unknown"),)
    return [Attribution(source, _role(source, article.outlet)) for source in named]


def _role(source: Source, outlet: str | None) -> Role:
    if source.kind == "desk":
        return "desk"
    is_own = source.id in profile_of(outlet).family if source.id else _names_outlet(source, outlet)
    return "publisher" if is_own else "agency"


def _names_outlet(source: Source, outlet: str | None) -> bool:
    return key(source.name) == key(outlet or "")


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str | list | tuple | set | frozenset) and not value)


def _single(value: object) -> object:
    """Return the one member of a list: the loaders of Scrapy make lists of all values."""
    if isinstance(value, list | tuple) and len(value) == 1:
        return value[0]
    return value


def _members(value: object) -> list[object]:
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    return [] if _is_empty(value) else [value]


def _text(value: object) -> str | None:
    """Return a text as a plain str (not of a subclass, as members of an Enum are)."""
    return str.__str__(value) if isinstance(value, str) else None


def _one_of(words: tuple[_Word, ...]) -> Callable[[object], _Word | None]:
    return lambda value: next((word for word in words if word == value), None)


def _address(value: object, base: str = "") -> str | None:
    """Return an http(s) address: a text, or an object that prints one, as pydantic's are."""
    printed = _text(value)
    if printed is None:
        printed, base = _printed(value), ""
    try:
        url = absolute_url(printed, base)
        if url:
            canonical_url(url)
    except ValueError:
        return None
    return url


def _language(value: object) -> str | None:
    """Return the code of the language in a tag: "ar" in "ar-EG" (BCP 47)."""
    code = (_text(value) or "").strip().lower().replace("_", "-").partition("-")[0]
    if code.isascii() and code.isalpha() and 1 < len(code) <= _LONGEST_LANGUAGE:
        return code
    return None


def _zone(value: object) -> str | None:
    name = _text(value)
    if not name:
        return None
    try:
        zone_info(name)
    except DateError:
        return None
    return name


def _zone_of(value: object) -> str | None:
    """Return the IANA name of the zone of a datetime, or its offset: "+03:00"."""
    if not isinstance(value, datetime):
        return None
    offset = value.utcoffset()
    minutes = 0 if offset is None else offset // timedelta(minutes=1)
    return _zone(getattr(value.tzinfo, "key", None)) or zone_label(minutes)


def _instant(value: object) -> datetime | None:
    """Return a datetime that says its zone, in UTC."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        return None
    try:
        return value.astimezone(UTC)
    except (OverflowError, ValueError):  # the first and the last hours of the calendar
        return None


def _as_printed(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    text = _text(value)
    return clean_line(_printed(value) if text is None else text)[:_LONGEST_RAW]


def _printed(value: object) -> str:
    """Return `str(value)`; the name of its type where that raises, as for a number of 5,000
    digits."""
    try:
        return str(value)
    except Exception:  # whatever the class of an item's value does
        return type(value).__name__
