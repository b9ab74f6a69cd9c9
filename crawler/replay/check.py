"""Hold the declaration of an outlet against its recorded pages and documents. Knows no Scrapy."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from w3lib.encoding import http_content_type_encoding

from crawler.dedup import canonical_url
from crawler.discovery import DiscoveryError, read_document
from crawler.discovery.kinds import Discovery, Listing, Sitemap
from crawler.extraction import examine
from crawler.extraction.selector_uses import SelectorUse, selector_uses
from crawler.extraction.tree import PageUnreadable
from crawler.items import Article
from crawler.outlet import Outlet
from crawler.replay.expected import EXPECTED, read_expected
from crawler.replay.recording import EXCHANGE, Hop, read_exchange
from crawler.replay.unused import unused_parts


@dataclass(frozen=True, slots=True)
class Finding:
    """A part of a declaration that the recordings do not bear out.

    `part`: where it stands in the declaration, as "layouts[0].tags". `is_fault`: False for what may
    be right: a selector of a platform that this outlet's pages do not need, or readers that
    disagree where a page contradicts itself.
    """

    outlet: str
    part: str
    problem: str
    is_fault: bool = True


@dataclass(frozen=True, slots=True)
class _Case:
    """A recorded case: the name of its folder, and the last answer of its exchange."""

    name: str
    hop: Hop

    @property
    def charset(self) -> str | None:
        """The charset that the header names."""
        headers = {name.lower(): values for name, values in self.hop.headers.items()}
        return http_content_type_encoding(" ".join(headers.get("content-type", ())))


def check_outlet(outlet: Outlet, folder: Path) -> list[Finding]:
    """Return what is wrong with the declaration of `outlet`, by the cases in `folder`, the outlet's
    fixtures. Raises ReplayError for a recording that cannot be read."""
    pages: list[_Case] = []
    documents: list[_Case] = []
    for file in sorted(folder.glob(f"*/{EXCHANGE}")):
        case = _Case(file.parent.name, read_exchange(file)[-1])
        expected = read_expected(file.parent / EXPECTED)
        (pages if "article" in expected else documents).append(case)
    if not pages:
        return [Finding(outlet.name, "outlet", "no article is recorded")]
    findings = [
        *_address_findings(outlet, pages),
        *_page_findings(outlet, pages),
        *_document_findings(outlet, documents),
        *_unused_findings(outlet, [*pages, *documents]),
    ]
    return [Finding(outlet.name, *finding) for finding in findings]


_Found = tuple[str, str, bool]
"""The part, the problem and whether it is a fault."""


def _address_findings(outlet: Outlet, pages: Sequence[_Case]) -> Iterator[_Found]:
    """Yield a finding for each recorded page that the patterns of addresses miss."""
    without_id = replace(outlet, id="")
    for case in pages:
        if not outlet.is_article(case.hop.url):
            yield "articles", f"misses the recorded page {case.name}: {case.hop.url}", True
        parts = urlsplit(canonical_url(case.hop.url, outlet=without_id))
        place = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if outlet.id and not re.search(outlet.id, place):
            yield "id", f"{outlet.id!r} is not in {case.hop.url} ({case.name})", True


def _unused_findings(outlet: Outlet, cases: Sequence[_Case]) -> Iterator[_Found]:
    """Yield a note for each part about addresses that no recording needs: a misspelt one, or one
    for pages that are not recorded."""
    for part, problem in unused_parts(outlet, [case.hop for case in cases]):
        yield part, problem, False


def _page_findings(outlet: Outlet, pages: Sequence[_Case]) -> Iterator[_Found]:
    """Yield a finding for each page that is read as no article or in another language, for readers
    that disagree on one, for articles that have one identity, and for each selector that selects
    nothing on all pages of its layout."""
    uses: list[SelectorUse] = []
    articles: list[tuple[_Case, Article]] = []
    for case in pages:
        body, hop = case.hop.body, case.hop
        examined = examine(body, hop.url, outlet=outlet, now=hop.fetched_at, encoding=case.charset)
        if examined.verdict != "article":
            yield "outlet", f"{case.name} is read as no article: {examined.verdict}", True
            continue
        articles.append((case, examined.article))
        if examined.article.language != outlet.language:
            yield "language", f"{case.name} is in {examined.article.language!r}", True
        for name in examined.disagreements:
            problem = f"{case.name}: the selectors and the page's own word disagree"
            yield f"layouts: {name}", problem, False
        published = examined.article.published
        day = published.astimezone(outlet.tzinfo).date() if published else None
        try:
            uses += selector_uses(body, hop.url, outlet, published=day, encoding=case.charset)
        except PageUnreadable as error:
            yield "outlet", f"{case.name}: {error}", True
    yield from _identity_findings(outlet, articles)
    yield from _selector_findings(outlet, uses)


def _identity_findings(
    outlet: Outlet, articles: Sequence[tuple[_Case, Article]]
) -> Iterator[_Found]:
    """Yield a finding for each article that has the canonical address of another one, which has
    another headline: the second to be stored would count as a revision of the first."""
    first_with: dict[str, tuple[_Case, Article]] = {}
    for case, article in articles:
        address = canonical_url(case.hop.url, outlet=outlet)
        first_case, first = first_with.setdefault(address, (case, article))
        if first_case.hop.url != case.hop.url and first.headline != article.headline:
            problem = f"makes one article of {first_case.name} and {case.name}: {address}"
            yield "id" if outlet.id else "identity", problem, True


def _selector_findings(outlet: Outlet, uses: Sequence[SelectorUse]) -> Iterator[_Found]:
    pages_of: dict[tuple[int, str, str], list[bool]] = defaultdict(list)
    for use in uses:
        pages_of[use.layout, use.field, use.selector].append(use.selects)
    of_platform = "layouts" in outlet.from_platform
    for (number, name, selector), selects in pages_of.items():
        if not any(selects):
            problem = f"{selector!r} selects nothing on {_counted(len(selects), 'recorded page')}"
            yield f"layouts[{number}].{name}", problem, not of_platform
    for number in range(len(outlet.layouts)):
        if not any(use.layout == number for use in uses):
            # An outlet's layout without any selector has no uses either.
            yield f"layouts[{number}]", "no recorded page has this layout", False


def _document_findings(outlet: Outlet, documents: Sequence[_Case]) -> Iterator[_Found]:
    """Yield a finding for each declared document that is not recorded, cannot be read, or leads to
    no article."""
    for number, declared in enumerate(outlet.discovery):
        part = f"discovery[{number}]"
        recorded = [case for case in documents if _is_of(case, declared)]
        if not recorded:
            yield part, f"no document at {declared.url} is recorded", True
        leads_on = []
        for case in recorded:
            hop = case.hop
            try:
                read = read_document(declared, hop.body, hop.url, encoding=case.charset)
            except DiscoveryError as error:
                yield part, f"{case.name}: {error}", True
                continue
            leads_on.append(bool(read.further_urls))
            articles = [link for link in read.links if outlet.is_article(link.url)]
            if not articles and not read.further_urls and not declared.dated:
                problem = f"{case.name} announces {_counted(len(read.links), 'address')}"
                yield part, f"{problem}, none an article", True
        needed = _leads_on_by(declared)
        if needed and leads_on and not any(leads_on):
            yield part, f"{needed} leads to no further document", False


def _is_of(case: _Case, declared: Discovery) -> bool:
    is_post = case.hop.form is not None
    return declared.covers(case.hop.url) and is_post == (declared.form is not None)


def _leads_on_by(declared: Discovery) -> str:
    """Return the field by which a document leads to further ones; "" where none does."""
    if isinstance(declared, Listing) and declared.next:
        return f"next={declared.next!r}"
    if isinstance(declared, Sitemap) and declared.follow:
        return f"follow={declared.follow!r}"
    return ""


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}{'e' * noun.endswith('s')}s"
