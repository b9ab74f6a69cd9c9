"""The ledger of a run: each address that the run asked for, and what became of it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from crawler.causes import Cause


class Result(Enum):
    """How an address that was asked for can end."""

    STORED = auto()  # changed by it or not
    SPOOLED = auto()
    UNMODIFIED = auto()
    OUTSIDE_SPAN = auto()
    EXCLUDED = auto()  # by the outlet's declaration
    FAILED = auto()
    LEFT = auto()  # for the next run


@dataclass(frozen=True, slots=True)
class UrlOutcome:
    """What became of an address. cause: why it failed or was excluded; None for any other
    result."""

    result: Result
    cause: Cause | None = None

    @property
    def is_read(self) -> bool:
        """True if the address led to an article, which is kept."""
        return self.result in (Result.STORED, Result.SPOOLED, Result.UNMODIFIED)


class Ledger:
    """Holds each address asked for until its outcome is known.

    A *twin* is an address that led to the page of another address of the same run. It waits for the
    outcome of that page and shares it.
    """

    def __init__(self) -> None:
        self._outcomes: dict[str, UrlOutcome | None] = {}  # by address asked for
        self._page_of: dict[str, str] = {}  # by twin: the address whose outcome it waits for
        self._twins_of: dict[str, list[str]] = {}  # the twins that wait for an address

    def __len__(self) -> int:
        return len(self._outcomes)

    def ask(self, address: str) -> None:
        """Note that `address` is asked for."""
        self._outcomes.setdefault(address, None)

    def outcome(self, address: str) -> UrlOutcome | None:
        """Return what became of `address`, None while nobody knows."""
        return self._outcomes.get(address)

    def settle(self, address: str, outcome: UrlOutcome) -> list[str]:
        """Note what became of `address`; return the twins that share the outcome with it.

        The first outcome of an address stands. An address that was never asked for, as one that an
        earlier process queued, counts as asked for.
        """
        if self._outcomes.get(address) is not None:
            return []
        self._page_of.pop(address, None)
        self._outcomes[address] = outcome
        settled = []
        for twin in self._twins_of.pop(address, ()):
            if self._outcomes[twin] is None:
                settled += [twin, *self.settle(twin, outcome)]
        return settled

    def add_twin(self, twin: str, address: str) -> bool:
        """Note that `twin` led to the page of `address`, and let it wait for that page's outcome.

        Return False, and let nothing wait, if the page waits for `twin` in turn.
        """
        if twin in self._chain(address):
            return False
        self._page_of[twin] = address
        self._twins_of.setdefault(address, []).append(twin)
        return True

    def chain(self, address: str) -> list[str]:
        """Return `address` and the pages that it waits for, each for the next one."""
        return list(self._chain(address))

    def read(self) -> list[str]:
        """Return the addresses that led to an article."""
        return [a for a, outcome in self._outcomes.items() if outcome and outcome.is_read]

    def left(self) -> int:
        """Return the number of addresses that the run has not come to an end with."""
        outcomes = self._outcomes.values()
        return sum(outcome is None or outcome.result is Result.LEFT for outcome in outcomes)

    def unsettled(self) -> list[str]:
        """Return the addresses whose outcome nobody knows, in the order in which they were asked
        for."""
        return [address for address, outcome in self._outcomes.items() if outcome is None]

    def _chain(self, address: str) -> Iterator[str]:
        step: str | None = address
        while step is not None:
            yield step
            step = self._page_of.get(step)
