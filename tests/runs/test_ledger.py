import pytest

from crawler.causes import Cause
from crawler.runs.ledger import Ledger, Result, UrlOutcome

STORED = UrlOutcome(Result.STORED)
GONE = UrlOutcome(Result.FAILED, Cause.HTTP_404)


@pytest.fixture
def ledger() -> Ledger:
    """A ledger in which three addresses are asked for."""
    ledger = Ledger()
    for address in ("a", "b", "c"):
        ledger.ask(address)
    return ledger


def test_an_address_waits_until_it_is_settled_and_its_first_outcome_stands(ledger: Ledger) -> None:
    assert ledger.unsettled() == ["a", "b", "c"]
    ledger.settle("b", STORED)
    ledger.settle("b", GONE)
    ledger.ask("b")
    assert ledger.outcome("b") == STORED
    assert ledger.unsettled() == ["a", "c"]
    assert ledger.read() == ["b"]


def test_what_an_earlier_process_asked_for_counts(ledger: Ledger) -> None:
    ledger.settle("d", GONE)
    assert (len(ledger), ledger.read()) == (4, [])


def test_left_is_what_has_no_outcome_and_what_was_given_back(ledger: Ledger) -> None:
    ledger.settle("a", UrlOutcome(Result.LEFT))
    ledger.settle("b", STORED)
    assert ledger.left() == 2
    assert ledger.unsettled() == ["c"]


def test_twins_share_the_outcome_of_their_page_however_far_it_is(ledger: Ledger) -> None:
    assert ledger.add_twin("b", "a")
    assert ledger.add_twin("c", "b")
    assert ledger.unsettled() == ["a", "b", "c"]
    assert ledger.settle("a", GONE) == ["b", "c"]
    assert [ledger.outcome(address) for address in "abc"] == [GONE] * 3


def test_a_twin_that_has_an_outcome_of_its_own_keeps_it(ledger: Ledger) -> None:
    ledger.add_twin("b", "a")
    ledger.settle("b", GONE)
    assert ledger.settle("a", STORED) == []
    assert ledger.outcome("b") == GONE


def test_pages_that_wait_for_each_other_are_no_twins(ledger: Ledger) -> None:
    ledger.add_twin("a", "b")
    ledger.add_twin("b", "c")
    assert not ledger.add_twin("c", "a")
    assert ledger.chain("a") == ["a", "b", "c"]
    assert not ledger.add_twin("c", "c")
