"""Print docs/outlets.md, the page of all declared outlets, from the declarations and the fixtures.

python -m tools.outlets_page > docs/outlets.md
"""

import json
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from scrapy.spiderloader import SpiderLoader
from scrapy.utils.project import get_project_settings

from crawler.display.outlets import kind_name
from crawler.outlet import Outlet
from tools.written.declared import FOLDER

FIXTURES = Path(__file__).parents[1] / "fixtures"
_HEAD = """\
# Outlets

What Khabar reads: {count} outlets, {languages}, in {countries} countries. This page is
made from the declarations by `python -m tools.outlets_page > docs/outlets.md`.

No site was opened for it: a declaration rests on evidence, which its row names with its year.
*working*: what announces its articles was seen at work. *unconfirmed*: it was named somewhere, and
not seen; what comes only from an outlet's platform is unconfirmed too, and named in the column
*platform*. Not crawled by `crawlall`: *refused* (the site turns crawlers away), *needs_browser*
(scripts make its pages) and *dead_discovery* (what announced its articles is gone). *prints*: a
dateline or credit line in the outlet's form, from its fixtures.

{states}
"""
_COLUMNS = (
    "name", "outlet", "country", "language", "announced by", "platform", "state", "as of",
    "confidence", "prints", "evidence",
)  # fmt: skip


def main() -> None:
    """Print the page."""
    print(page(declared_outlets()), end="")


def declared_outlets() -> list[Outlet]:
    """Return the outlets of the project, by language and name."""
    loader = SpiderLoader.from_settings(get_project_settings())
    outlets: list[Outlet] = [loader.load(name).outlet for name in loader.list()]  # type: ignore[attr-defined]
    return sorted(outlets, key=lambda outlet: (outlet.language, outlet.name))


def page(outlets: list[Outlet]) -> str:
    """Return the page in Markdown."""
    languages = Counter(outlet.language for outlet in outlets)
    states = Counter(outlet.state for outlet in outlets)
    head = _HEAD.format(
        count=len(outlets),
        languages=f"{languages['ar']} in Arabic and {languages['ur']} in Urdu",
        countries=len({outlet.country for outlet in outlets}),
        states=", ".join(f"{state}: {count}" for state, count in states.most_common()) + ".",
    )
    rows = [_COLUMNS, ("---",) * len(_COLUMNS), *map(_row, outlets)]
    return f"{head}\n{''.join(_line(row) for row in rows)}"


def _row(outlet: Outlet) -> tuple[str, ...]:
    platform = ""
    if outlet.platform:
        parts = ", ".join(sorted(outlet.from_platform))
        platform = f"{outlet.platform.name} ({outlet.platform.as_of}: {parts})"
    return (
        f"`{outlet.name}`",
        f"{outlet.native}<br>{outlet.title}",
        outlet.country,
        outlet.language,
        ", ".join(dict.fromkeys(kind_name(kind) for kind in outlet.discovery)) or "-",
        platform,
        outlet.state,
        str(outlet.as_of),
        outlet.confidence,
        " ".join(printed_credit(outlet.name).split()),
        outlet.evidence,
    )


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def printed_credit(name: str) -> str:
    """Return a dateline, or else a credit line, that a fixture of the outlet prints; "" where none
    does."""
    for file in sorted((FIXTURES / name).glob("article-*/expected.json")):
        article = json.loads(file.read_text(encoding="utf-8"))["article"]
        if dateline := article.get("dateline"):
            return str(dateline)
    table = FOLDER / "outlets" / name / "outlet.toml"
    if not table.exists():
        return ""
    articles = tomllib.loads(table.read_text(encoding="utf-8")).get("articles", {}).values()
    return next((article["credit"] for article in articles if article.get("credit")), "")


if __name__ == "__main__":
    main()
