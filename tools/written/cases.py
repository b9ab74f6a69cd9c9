"""The files of the fixtures of an outlet, made from its tables and templates.

What is expected comes from the tables and not from our extraction.
"""

import gzip
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from tools.written.declared import FOLDER, Article, Document, FixturesError, OutletFixtures
from tools.written.printed import percent_encoded
from tools.written.template import TemplateError, Templates

Files = dict[str, bytes]
"""Contents by path, the path within the outlet's folder of fixtures."""

_TEMPLATES = {"feed": "rss.xml", "sitemap": "sitemap.xml", "news-sitemap": "news_sitemap.xml"}
"""By kind, the form that serves a document without a template of its own."""

_BODY_NAMES = {"feed": "feed", "sitemap": "sitemap", "news-sitemap": "sitemap"}
_CONTENT_TYPES = {
    ".html": "text/html; charset={encoding}",
    ".xml": "text/xml; charset={encoding}",
    ".json": "application/json",
    ".gz": "application/x-gzip",
}


def outlet_files(outlet: OutletFixtures) -> Files:
    """Return all files of an outlet's fixtures. Raises FixturesError."""
    templates = Templates(read=lambda name: _template(outlet, name), apply=outlet.house.apply)
    printed = {name: _values(outlet, article) for name, article in outlet.articles.items()}
    files: Files = {}
    for name, article in outlet.articles.items():
        body = _filled(templates, article.page, printed[name], f"{outlet.name}: {name}")
        files |= _article_files(outlet, f"article-{name}", article, body)
    for name, document in outlet.documents.items():
        announced = outlet.articles if document.articles is None else document.articles
        values = {
            **outlet.print,
            "language": outlet.language,
            "url": document.url,
            "now": (document.fetched_at or outlet.fetched_at).astimezone(outlet.house.zone),
            "articles": [printed[case] for case in announced],
            **document.print,
        }
        template = document.template or _TEMPLATES.get(document.kind, "listing.html")
        body = _filled(templates, template, values, f"{outlet.name}: {name}")
        files |= _document_files(outlet, name, document, PurePosixPath(template).suffix, body)
    return files


def _template(outlet: OutletFixtures, name: str) -> str:
    """Return a template of the outlet's folder, or of those that outlets share."""
    own = outlet.folder / name
    file = own if own.exists() else FOLDER / "forms" / name
    return file.read_text(encoding="utf-8")


def _filled(templates: Templates, name: str, values: Mapping[str, object], where: str) -> str:
    try:
        return templates.fill(name, values)
    except TemplateError as error:
        raise FixturesError(f"{where}: {error}") from None


def _values(outlet: OutletFixtures, article: Article) -> dict[str, object]:
    """Return the values for the templates that print an article."""
    zone = outlet.house.zone
    paragraphs = article.paragraphs
    address = urlsplit(article.address)
    return {
        **outlet.print,
        "language": outlet.language,
        "url": article.address,
        "path": address.path,
        "headline": article.title,
        "paragraphs": [article.dateline + paragraphs[0], *paragraphs[1:]],
        "description": article.description or paragraphs[0],
        "credit": article.credit,
        "section": article.section,
        "tags": list(article.tags),
        "author": article.authors[0] if article.authors else "",
        "authors": list(article.authors),
        "image": article.image,
        "published": article.published.astimezone(zone),
        "modified": article.modified.astimezone(zone) if article.modified else "",
        **article.print,
    }


def _article_files(outlet: OutletFixtures, case: str, article: Article, body: str) -> Files:
    hops: list[dict[str, object]] = []
    fetched_at = article.fetched_at or outlet.fetched_at
    for address, target in pairwise([*article.redirects, article.url]):
        headers = {"Location": percent_encoded(target)}
        hops.append(_hop(address, 301, headers, fetched_at, None))
    headers = {"Content-Type": _content_type(outlet, ".html")}
    hops.append(_hop(article.url, 200, headers, fetched_at, "page.html"))
    expected = {"checked": True, "article": _expected(outlet, article)}
    return _case_files(
        outlet, case, hops, expected, body.encode(outlet.encoding), [outlet.notes, article.notes]
    )


def _document_files(
    outlet: OutletFixtures, case: str, document: Document, suffix: str, body: str
) -> Files:
    content = body.encode(outlet.encoding)
    if document.gzip:
        content = gzip.compress(content, mtime=0)
    name = _BODY_NAMES.get(document.kind, "listing") + suffix + ".gz" * document.gzip
    announced = outlet.articles if document.articles is None else document.articles
    addresses = document.addresses
    if addresses is None:
        addresses = [outlet.articles[article].address for article in announced]
    content_type = document.content_type or _content_type(outlet, PurePosixPath(name).suffix)
    hop = _hop(
        document.url,
        200,
        {"Content-Type": content_type},
        document.fetched_at or outlet.fetched_at,
        name,
        form=document.form,
    )
    expected = {
        "checked": True,
        "discovery": document.kind,
        "addresses": [percent_encoded(address) for address in addresses],
    }
    return _case_files(outlet, case, [hop], expected, content, [document.notes])


def _hop(
    url: str,
    status: int,
    headers: Mapping[str, str],
    fetched_at: datetime,
    body: str | None,
    *,
    form: Mapping[str, str | int] | str | None = None,
) -> dict[str, object]:
    posted: dict[str, object] = {}
    if isinstance(form, str):
        posted = {"form": form}
    elif form is not None:
        posted = {"form": {name: str(value) for name, value in form.items()}}
    return {
        "url": percent_encoded(url),
        **posted,
        "status": status,
        "headers": headers,
        "fetched_at": fetched_at.astimezone(UTC).isoformat(timespec="seconds"),
        "body": body,
    }


def _content_type(outlet: OutletFixtures, suffix: str) -> str:
    return _CONTENT_TYPES[suffix].format(encoding=outlet.encoding)


def _case_files(
    outlet: OutletFixtures,
    case: str,
    hops: list[dict[str, object]],
    expected: Mapping[str, object],
    body: bytes,
    notes: list[str],
) -> Files:
    files = {
        "exchange.json": _json(hops),
        "expected.json": _json(expected),
        str(hops[-1]["body"]): body,
    }
    inferred = "\n".join(note.strip() for note in notes if note.strip())
    if inferred:
        files["NOTES.md"] = f"# Inferred\n\n{inferred}\n".encode()
    return {f"{case}/{name}": content for name, content in files.items()}


def _expected(outlet: OutletFixtures, article: Article) -> dict[str, object]:
    """Return what is expected of an article: everything that its table gives."""
    fields: dict[str, object] = {
        "headline": article.title,
        "body": "\n\n".join(article.paragraphs),
        "dateline": article.dateline.strip() or None,
        "sources": [
            {"id": outlet.publisher, "role": "publisher"},
            *({"id": agency, "role": "agency"} for agency in article.agencies),
            *({"id": desk, "role": "desk"} for desk in article.desks),
        ],
        "published": _instant(article.published),
        "published_precision": article.precision or outlet.precision,
        "language": outlet.language,
        "outlet": outlet.name,
        "canonical_url": percent_encoded(article.canonical_url or article.url),
    }
    if article.modified:
        fields["modified"] = _instant(article.modified)
    for name in (
        "place", "reporter", "authors", "description", "section", "tags", "image",
    ):  # fmt: skip
        value = getattr(article, name)
        if value:
            fields[name] = value
    for name, value in article.expected.items():
        fields[name] = _instant(value) if isinstance(value, datetime) else value
    return fields


def _instant(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds")


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
