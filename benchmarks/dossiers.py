"""Count the outlet dossiers that a declaration can express, and tell what the others lack.

    .venv/bin/python benchmarks/dossiers.py FOLDER [--reasons]

FOLDER: the YAML files of `../shared/sites`. Of each a declaration is made: who it is from the
gazetteer, the pattern of its addresses, every discovery document that was not seen dead, and the
printed dates that it gives as examples. A dossier is expressed if the declaration can be made, its
example addresses are articles of it with idempotent canonical addresses, each of its documents has
a form, and its dates are read. Placeholders for sections and numbers are filled with samples.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import yaml

from crawler.dates import DateError, parse_date
from crawler.dedup import canonical_url
from crawler.discovery.kinds import Discovery, Feed, Listing, NewsSitemap, Sitemap
from crawler.gazetteer import gazetteer, zone_of
from crawler.outlet import Outlet, OutletError

KINDS: Mapping[str, type[Discovery]] = {
    "feeds": Feed,
    "sitemaps": Sitemap,
    "news_sitemaps": NewsSitemap,
    "listings": Listing,
    "apis": Listing,
}
DEAD = re.compile(r"dead|404|403|not XML|stale|410|blocked", re.I)
SAMPLES = re.compile(r"<[^<>]*>|\{[^{}]*\}|…")
DESCRIPTION = re.compile(r"YYYY|DD|ISO|RSS|RFC|words|epoch|relative|<")
"""In an example of a date: it describes dates and is none."""
NUMBER = re.compile(r"(?<=[=/.-])N+(?=[&/.]|$)")
DATES = (
    ("YYYYMMDD", "{date:%Y%m%d}"),
    ("YYYY-MM-DD", "{date:%Y-%m-%d}"),
    ("DD/MM/YYYY", "{date:%d/%m/%Y}"),
    ("YYYY", "{date:%Y}"),
    ("=M&", "={date.month}&"),
    ("=D", "={date.day}"),
)
NOW = datetime(2026, 11, 30, tzinfo=UTC)


def main() -> None:
    """Print how many dossiers are expressed, and the reasons why the others are not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reasons", action="store_true", help="print those of each dossier")
    options = parser.parse_args()
    parts: Counter[str] = Counter()
    expressed = 0
    files = sorted(options.folder.glob("*.yaml"))
    for file in files:
        problems = list(dossier_problems(yaml.safe_load(file.read_text(encoding="utf-8"))))
        expressed += not problems
        parts.update({problem.partition(":")[0] for problem in problems})
        if options.reasons and problems:
            print(f"{file.stem}: {'; '.join(problems)}")
    print(f"{expressed} of {len(files)} dossiers are expressed")
    for part, count in parts.most_common():
        print(f"{count:4} lack {part}")


def dossier_problems(dossier: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line "part: problem" for each part of a dossier that no declaration expresses."""
    documents: list[Discovery] = []
    for name, kind in KINDS.items():
        for document in (dossier.get("discovery") or {}).get(name) or ():
            if DEAD.search(str(document.get("status", ""))):
                continue
            try:
                documents.append(_declared(kind, document))
            except ValueError as error:
                yield f"form of a document: {document['url']}: {error}"
    examples = [str(url) for url in dossier.get("example_urls") or ()]
    try:
        outlet = _outlet(dossier, documents, examples)
    except OutletError as error:
        yield f"declaration: {error}"
        return
    if not documents:
        yield "discovery: every document was seen dead, or none is known"
    for url in examples:
        canonical = canonical_url(url, outlet=outlet)
        if not outlet.is_article(url):
            yield f"pattern: {url}"
        elif canonical_url(canonical, outlet=outlet) != canonical:
            yield f"identity: {url}"
    for printed in dossier.get("date_formats") or ():
        example = str(printed.get("example") or "")
        is_example = re.search(r"\d", example) and not DESCRIPTION.search(example)
        try:
            if is_example:
                parse_date(example, zone=outlet.zone, now=NOW)
        except DateError:
            yield f"date: {example}"


def _outlet(dossier: Mapping[str, Any], documents: list[Discovery], examples: list[str]) -> Outlet:
    """Return the declaration of a dossier. Raises OutletError."""
    home = str(dossier.get("homepage") or f"https://{dossier['host']}/")
    entries = [entry for url in (*examples, home) for entry in gazetteer().publishing_at(url)]
    found = [urlsplit(url).hostname or "" for url in (*examples, home)]
    hosts = tuple(dict.fromkeys(host for host in found if host))
    publisher = entries[0].source.id if entries else ""
    zone = str(dossier.get("timezone") or "").split(" ")[0]
    return Outlet(
        name="dossier",
        publisher=publisher,
        language=dossier["lang"],
        zone=zone or zone_of(str(dossier.get("country"))) or "",
        hosts=hosts,
        articles=str(dossier.get("article_url_regex") or "").removeprefix("^").removesuffix("$"),
        discovery=tuple(documents),
        evidence="its dossier, 2026",
        state="unconfirmed" if documents else "dead_discovery",
    )


def _declared(kind: type[Discovery], document: Mapping[str, Any]) -> Discovery:
    """Return a document as it would be declared. Raises ValueError."""
    printed = str(document["url"])
    url = printed.removeprefix("POST ")
    fields: dict[str, Any] = {}
    if printed != url:
        fields["form"] = {"page": "{n}"}
        fields["last"] = 2
    for pattern, field in DATES:
        if pattern in url and ("YYYY" in printed):
            url = url.replace(pattern, field)
    placeholders = [p for p in SAMPLES.findall(url) if not p.startswith("{date")]
    if placeholders:
        # Several placeholders in one address: the values of `each` hold the whole part between.
        start, end = (
            url.index(placeholders[0]),
            url.rindex(placeholders[-1]) + len(placeholders[-1]),
        )
        values = placeholders[0].strip("{}<>").split(",") if len(placeholders) == 1 else ["a/1"]
        fields["each"] = tuple(dict.fromkeys(quote(value) or "a" for value in values))
        url = f"{url[:start]}{{each}}{url[end:]}"
    if NUMBER.search(url):
        url = NUMBER.sub("{n}", url)
        fields["last"] = 3
    if not url.startswith(("http", "/")):
        raise ValueError("not an address")
    note = f"{document.get('note', '')} {document.get('status', '')}"
    if kind is Listing and re.search(r"\bjson\b|api", f"{url} {note}", re.I):
        fields["entries"] = "items"
    return kind(url=url, **fields)


if __name__ == "__main__":
    main()
