"""`scrapy addoutlet URL`: a first declaration and the first fixtures of a new outlet."""

import argparse
import re
import sys
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.utils.conf import closest_scrapy_cfg

from crawler.discovery.kinds import Discovery, Listing
from crawler.health.status import Status
from crawler.replay.case import (
    FetchedHop,
    body_name,
    case_name,
    expected_of_article,
    expected_of_discovery,
    write_case,
)
from crawler.replay.recorder import prepare_settings
from crawler.survey.proposal import Proposal, ProposalError, propose
from crawler.survey.spider import Survey, survey_spider
from crawler.text.hosts import registrable_domain


class Command(ScrapyCommand):
    requires_project = True
    default_settings = {"LOG_LEVEL": "WARNING"}  # noqa: RUF012 (Scrapy's own declaration of it)

    def syntax(self) -> str:
        return "[options] <url>"

    def short_desc(self) -> str:
        return "Propose the declaration of a new outlet from one of its articles"

    def long_desc(self) -> str:
        return (
            "Look at an article, the front page, robots.txt, feeds and sitemaps of a site; write a"
            " declaration and the first fixtures, and say what is unsure. With REPLAY it looks at"
            " recorded pages."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--name", metavar="NAME", help="the outlet's slug (default: from the host)"
        )
        parser.add_argument("--country", metavar="CC", default="", help="ISO 3166-1, e.g. JO")
        parser.add_argument(
            "--into",
            metavar="PACKAGE",
            help="a package of SPIDER_MODULES (default: the project's, by language)",
        )
        parser.add_argument(
            "--fixtures", metavar="FOLDER", help="the fixtures folder (default: the project's)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1 or not args[0].startswith(("http://", "https://")):
            raise UsageError("name the http(s) address of an article", print_help=False)
        name = opts.name or slug_of(args[0])
        self.check_name(name, args[0])
        survey = Survey(args[0])
        assert self.crawler_process is not None
        settings = self.crawler_process.settings
        prepare_settings(settings)
        if settings.get("REPLAY"):
            settings.set("HTTPCACHE_ENABLED", True, priority="cmdline")  # it holds the recordings
        self.crawler_process.crawl(survey_spider(survey, name))
        self.crawler_process.start()
        try:
            proposal = propose(survey, name, country=opts.country.upper())
        except ProposalError as error:
            print(f"scrapy addoutlet: {error}", file=sys.stderr)
            self.exitcode = Status.FAILED
            return
        module = self.folder(opts.into, proposal.outlet.language) / f"{name}.py"
        fixtures = Path(opts.fixtures or Path(closest_scrapy_cfg()).parent / "fixtures") / name
        self.write(module, fixtures, proposal, survey)

    def check_name(self, name: str, url: str) -> None:
        """Raise UsageError for a name that is none, or an outlet that is declared already."""
        assert self.crawler_process is not None
        loader = self.crawler_process.spider_loader
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            raise UsageError(f"{name!r} is no slug; give --name", print_help=False)
        if name in loader.list():
            raise UsageError(f"{name} is declared already; give --name", print_help=False)
        for other in loader.list():
            outlet = getattr(loader.load(other), "outlet", None)
            if outlet and outlet.is_article(url):
                raise UsageError(f"{url} is an article of {other}", print_help=False)

    def folder(self, package: str | None, language: str) -> Path:
        """Return the folder of a package of SPIDER_MODULES. Raises UsageError."""
        assert self.settings is not None
        modules = self.settings.getlist("SPIDER_MODULES")
        package = package or f"{modules[0]}.{language}"
        if not any(package == module or package.startswith(f"{module}.") for module in modules):
            known = ", ".join(modules)
            raise UsageError(f"--into {package}: not in SPIDER_MODULES ({known})", print_help=False)
        try:
            spec = find_spec(package)
        except ModuleNotFoundError:
            spec = None
        if spec is None or not spec.submodule_search_locations:
            raise UsageError(f"--into: there is no package {package}", print_help=False)
        return Path(spec.submodule_search_locations[0])

    def write(self, module: Path, fixtures: Path, proposal: Proposal, survey: Survey) -> None:
        """Write the module and the fixtures, and tell what was written and what is unsure."""
        if module.exists() or fixtures.exists():
            there = module if module.exists() else fixtures
            print(f"{there} exists; nothing written", file=sys.stderr)
            self.exitcode = Status.USAGE
            return
        try:
            module.write_text(proposal.source, encoding="utf-8")
        except OSError as error:
            print(f"{error}; name a package that can be written with --into", file=sys.stderr)
            self.exitcode = Status.USAGE
            return
        print(module)
        for page in proposal.articles:
            expected = expected_of_article(page.extraction.article)
            # What the pipelines add to an article is not known here.
            expected["article"] = {k: v for k, v in expected["article"].items() if v}
            _write_fixture(fixtures, None, page.hop, expected)
        declared = {kind.url for kind in proposal.outlet.discovery}
        for document in survey.documents:
            own = tuple(filter(proposal.outlet.is_article, document.announced))
            if document.kind.url in declared and (own or type(document.kind) is not Listing):
                expected = expected_of_discovery(document.kind, own)
                _write_fixture(fixtures, document.kind, document.hop, expected)
        print(f"{fixtures}: {len(list(fixtures.iterdir()))} fixtures")
        print("\nUnsure:" if proposal.doubts else "\nNothing is unsure.")
        for doubt in proposal.doubts:
            print(f"  {doubt}")


def slug_of(url: str) -> str:
    """Return a slug for the outlet at an address, from the host's registrable domain."""
    domain = registrable_domain(urlsplit(url).hostname or "")
    return re.sub(r"[^a-z0-9]+", "_", domain.partition(".")[0].lower()).strip("_")


def _write_fixture(
    fixtures: Path, kind: Discovery | None, hop: FetchedHop, expected: dict[str, object]
) -> None:
    """Write a case; a second document of a kind on one day gets a number."""
    name = case_name(kind, hop.url, hop.fetched_at)
    number = 2
    while (fixtures / name).exists():
        name = f"{case_name(kind, hop.url, hop.fetched_at)}-{number}"
        number += 1
    write_case(fixtures / name, [hop], body_name(kind, hop.body), expected)
