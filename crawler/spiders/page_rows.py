"""Where a row of numbered pages ends."""

from collections.abc import Iterable
from dataclasses import replace

from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.causes import Cause
from crawler.discovery.kinds import Discovery
from crawler.discovery.request import DocumentRequest
from crawler.discovery.templates import FieldValues
from crawler.fetching.challenge import is_challenge
from crawler.fetching.failures import cause_of

_MISSING = frozenset({Cause.HTTP_404, Cause.HTTP_410, Cause.NOT_RECORDED})


class PageRows:
    """The articles that each row of numbered pages has announced in a crawl.

    A section, or a day, has a row of its own. A site that answers a number past its last page with
    that page, or the first, announces nothing new.
    """

    def __init__(self) -> None:
        self._announced: dict[tuple[Discovery, FieldValues], set[str]] = {}

    def add(self, kind: Discovery, asked: DocumentRequest, addresses: Iterable[str]) -> set[str]:
        """Note the canonical addresses that a page announces; return those that no page before it
        in its row has announced."""
        row = (kind, replace(asked.values, number=None, cursor=None))
        announced = self._announced.setdefault(row, set())
        first_announced = set(addresses) - announced
        announced |= first_announced
        return first_announced


def is_past_last_page(response: Response, kind: Discovery, asked: DocumentRequest | None) -> bool:
    """Return True if `response`, without a link to an article, is the answer to a number past the
    last page."""
    return kind.is_further_page(asked) and not is_challenge(response)


def is_missing_page(failure: Failure, kind: Discovery, asked: DocumentRequest | None) -> bool:
    """Return True if a page after the first does not exist, on the site or in the recordings."""
    if failure.value is None or not kind.is_further_page(asked):
        return False
    return cause_of(failure.value) in _MISSING
