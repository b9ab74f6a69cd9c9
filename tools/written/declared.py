"""What the fixtures of an outlet are made from: tables of TOML, read into frozen values.

`outlets/<name>/outlet.toml` is an OutletFixtures, with an Article for each table
`[articles.<case>]` and a Document for each `[documents.<case>]`; `wires/<name>.toml` is a Wire.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from tools.written.printed import House, percent_encoded

FOLDER = Path(__file__).parent
"""The folder of `outlets`, `wires` and of the `forms` that outlets share."""

Declared = TypeVar("Declared")


class FixturesError(ValueError):
    """A table that cannot be used; the message names the file and the table."""


@dataclass(frozen=True, kw_only=True)
class Wire:
    """A story of an agency, which several outlets carry.

    `text`: paragraphs, an empty line apart.
    """

    agency: str
    headline: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Article:
    """One article and its page.

    What is given is printed by the page and expected of the crawl, except `print`, which is only
    printed, and `canonical_url`, `place`, `reporter`, `agencies`, `desks` and `expected`, which are
    only expected. `text`: paragraphs, an empty line apart, or those of `wire` without the last
    `cut`, each pair of `edits` replaced. `dateline`: the prefix of the first paragraph, with the
    space behind it; `credit`: a line beside the body. `agencies`, `desks`: ids in the gazetteer.
    `precision`: of `published` as the page prints it. `page`: the template. `redirects`: addresses
    that led to `url`, first to last.
    """

    url: str
    published: datetime
    headline: str = ""
    text: str = ""
    wire: str = ""
    cut: int = 0
    edits: Sequence[Sequence[str]] = ()
    dateline: str = ""
    credit: str = ""
    description: str = ""
    section: str = ""
    tags: Sequence[str] = ()
    authors: Sequence[str] = ()
    image: str = ""
    modified: datetime | None = None
    precision: str = ""
    place: str = ""
    reporter: str = ""
    agencies: Sequence[str] = ()
    desks: Sequence[str] = ()
    canonical_url: str = ""
    expected: Mapping[str, Any] = field(default_factory=dict)
    page: str = "page.html"
    print: Mapping[str, object] = field(default_factory=dict)
    redirects: Sequence[str] = ()
    fetched_at: datetime | None = None
    notes: str = ""

    @property
    def paragraphs(self) -> list[str]:
        """Return the paragraphs of the body, without the dateline. Raises FixturesError."""
        if not self.wire:
            return _paragraphs(self.text)
        text = read_wire(self.wire).text
        for old, new in self.edits:
            if old not in text:
                raise FixturesError(f"wires/{self.wire}.toml: edits: no {old!r} in it")
            text = text.replace(old, new)
        paragraphs = _paragraphs(text)
        return paragraphs[: len(paragraphs) - self.cut]

    @property
    def address(self) -> str:
        """Return `url` as it is requested, percent-encoded."""
        return percent_encoded(self.url)

    @property
    def title(self) -> str:
        """Return the headline, the agency's unless the house has its own."""
        return self.headline or read_wire(self.wire).headline


@dataclass(frozen=True, kw_only=True)
class Document:
    """One discovery document.

    `kind`: as in expected.json. `template`: a file of the outlet's folder or of `forms`; its suffix
    is that of the body. `articles`: the cases that it announces, in its order, by default all;
    `addresses`: what is expected, where that is not the addresses of `articles`. `form`: what is
    posted to `url`. `each` makes one document for each of its keys, which fills "{each}" in `url`
    and `form`, and announces the articles named there.
    """

    url: str
    kind: str
    template: str = ""
    articles: Sequence[str] | None = None
    addresses: Sequence[str] | None = None
    form: Mapping[str, str | int] | str | None = None
    each: Mapping[str, Sequence[str]] = field(default_factory=dict)
    gzip: bool = False
    content_type: str = ""
    print: Mapping[str, object] = field(default_factory=dict)
    fetched_at: datetime | None = None
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class OutletFixtures:
    """Everything that is recorded of one outlet.

    `publisher`: its id in the gazetteer. `months`: a key of `printed.MONTHS`. `precision`: that of
    its articles, unless they say another. `print`: values for its templates. `notes`: what is
    inferred in its pages.
    """

    name: str
    publisher: str
    language: str
    zone: str
    months: str
    fetched_at: datetime
    articles: Mapping[str, Article]
    documents: Mapping[str, Document]
    precision: str = "second"
    encoding: str = "utf-8"
    print: Mapping[str, object] = field(default_factory=dict)
    notes: str = ""

    @property
    def folder(self) -> Path:
        """Return the folder of its templates."""
        return FOLDER / "outlets" / self.name

    @property
    def house(self) -> House:
        """Return what it prints dates by."""
        return House(ZoneInfo(self.zone), self.months)


def outlet_names() -> list[str]:
    """Return the names of all outlets whose fixtures are written, sorted."""
    return sorted(file.parent.name for file in FOLDER.glob("outlets/*/outlet.toml"))


def read_outlet(name: str) -> OutletFixtures:
    """Return what the fixtures of an outlet are made from. Raises FixturesError."""
    file = FOLDER / "outlets" / name / "outlet.toml"
    table = _table(file)
    tables = {
        "articles": _each(Article, table, "articles", file),
        "documents": _written_out(_each(Document, table, "documents", file)),
    }
    return _declared(OutletFixtures, {**table, **tables, "name": name}, str(file))


@cache
def read_wire(name: str) -> Wire:
    """Return the agency's story of this name. Raises FixturesError."""
    file = FOLDER / "wires" / f"{name}.toml"
    return _declared(Wire, _table(file), str(file))


def _table(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise FixturesError(f"{file}: {error}") from None


def _each(
    kind: type[Declared], table: Mapping[str, Any], key: str, file: Path
) -> dict[str, Declared]:
    """Return the values of the tables `[<key>.<case>]` by their cases."""
    return {
        case: _declared(kind, values, f"{file}: [{key}.{case}]")
        for case, values in table.get(key, {}).items()
    }


def _written_out(documents: Mapping[str, Document]) -> dict[str, Document]:
    """Return the documents by their cases, several for one with `each`."""
    cases: dict[str, Document] = {}
    for case, document in documents.items():
        if not document.each:
            cases[case] = document
        for number, (key, articles) in enumerate(document.each.items(), start=1):
            cases[f"{case}-{number}"] = replace(
                document,
                url=document.url.replace("{each}", key),
                form=_with_each(document.form, key),
                articles=articles,
            )
    return cases


def _with_each(
    form: Mapping[str, str | int] | str | None, key: str
) -> Mapping[str, str | int] | str | None:
    if form is None or isinstance(form, str):
        return form and form.replace("{each}", key)
    return {name: str(value).replace("{each}", key) for name, value in form.items()}


def _declared(kind: type[Declared], values: Mapping[str, Any], where: str) -> Declared:
    try:
        return kind(**values)
    except TypeError as error:
        raise FixturesError(f"{where}: {str(error).partition('() ')[2]}") from None


def _paragraphs(text: str) -> list[str]:
    return [paragraph.strip() for paragraph in text.strip().split("\n\n")]
