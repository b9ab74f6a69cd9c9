"""The world that the soak crawls: which outlet publishes what and when, and which address
misbehaves how.

Everything follows from a seed and the instant at which the world ends, so that whoever checks the
store knows what must be in it without having watched. Its rounds are hours apart by a clock that is
set forward between them.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import quote

from benchmarks.soak import prose
from benchmarks.soak.sites import NEVER_GOOD, SITES, TRANSIENT, FaultKind, Site

ROUND = timedelta(hours=3)
LAST_LOOK = timedelta(days=9)
"""After the last round: by then every article has been due once more (crawler.frontier.revisits),
so that no revision may be unknown."""
SOON = timedelta(minutes=15)
"""Between that and the look at once after it."""
QUIET = 9
"""Rounds at the end in which the quiet outlet brings nothing, 27 hours."""
FLOOD = 12
SYNDICATED = 0.15
REVISED = 0.06
FAULTY = 0.04
"""Share of an outlet's articles that have one of its faults, for each."""


@dataclass(frozen=True)
class Text:
    """What a page prints of a story. `lead_in` is the dateline before its first paragraph."""

    headline: str
    paragraphs: tuple[str, ...]
    lead_in: str = ""

    @property
    def printed(self) -> str:
        """The story from the first letter to the last."""
        return self.lead_in + "\n\n".join(self.paragraphs)


@dataclass(frozen=True)
class Edition:
    """A text that a page prints from a round on. `at`: when it was put there."""

    round: int
    at: datetime
    text: Text


@dataclass(frozen=True)
class Fault:
    """What becomes of an address, and for how many tries."""

    kind: FaultKind
    tries: int = 0


@dataclass(frozen=True)
class Piece:
    """One article of one outlet. `story`: the same for all that print one wire story."""

    site: Site
    number: int
    editions: tuple[Edition, ...]
    story: str
    author: str
    is_wire: bool = False
    fault: Fault | None = None

    @property
    def round(self) -> int:
        """In which it is new."""
        return self.editions[0].round

    @property
    def published(self) -> datetime:
        """A minute."""
        return self.editions[0].at

    @property
    def local(self) -> datetime:
        """The same by the outlet's clock."""
        return self.published.astimezone(self.site.tzinfo)

    def edition(self, round_: int) -> int:
        """The number of the edition that it prints in a round."""
        return sum(edition.round <= round_ for edition in self.editions) - 1

    def text(self, round_: int) -> Text:
        """What it prints in a round."""
        return self.editions[self.edition(round_)].text

    def changed(self, round_: int) -> datetime:
        """When what it prints in a round was put there."""
        return self.editions[self.edition(round_)].at

    def has_news(self, round_: int) -> bool:
        """Whether a round is the first in which it prints something."""
        return any(edition.round == round_ for edition in self.editions)

    @cached_property
    def path(self) -> str:
        """Its one address, without scheme and host."""
        plus = "/plus" if self.fault and self.fault.kind == "plus" else ""
        match self.site.path:
            case "plain":
                return f"{plus}/story/{self.number}"
            case "query":
                return f"{plus}/news.php?id={self.number}"
            case "dated":
                slug = quote("-".join(self.editions[0].text.headline.split()[:4]))
                return f"{plus}/{self.local:%Y/%m/%d}/{slug}-{self.number}"

    @property
    def is_moved(self) -> bool:
        """Whether it is announced by an address that only leads to it."""
        return self.fault is not None and self.fault.kind == "moved"

    @property
    def announced(self) -> str:
        """The address in feeds and listings."""
        if self.is_moved:
            return f"/go/{self.number}"
        return f"{self.path}&utm_source=rss" if self.site.path == "query" else self.path


class World:
    """Some `articles` articles of `sites` over `rounds` rounds, which count from 1.

    In the last `troubled` of them whole outlets are in trouble, and single addresses no more. Two
    further rounds bring nothing new: one late enough for a last look at everything, and one at once
    after it. The later of these is at `end`.
    """

    def __init__(
        self,
        *,
        seed: int,
        end: datetime,
        articles: int,
        rounds: int = 24,
        troubled: int = 3,
        sites: Sequence[Site] = SITES,
    ) -> None:
        self.sites = tuple(sites)
        self.rounds = rounds
        self._untroubled = rounds - troubled
        self._beginning = (
            end.replace(second=0, microsecond=0) - LAST_LOOK - 2 * SOON - ROUND * rounds
        )
        self._chance = random.Random(seed)
        self._numbers: Counter[str] = Counter()
        self.pieces = tuple(self._with_faults(self._revised(self._published(articles))))

    def time(self, round_: int) -> datetime:
        """When a round is."""
        if round_ > self.rounds:
            return self.time(self.rounds) + LAST_LOOK + SOON * (round_ - self.rounds)
        return self._beginning + ROUND * round_

    def is_broken(self, site: Site, round_: int) -> bool:
        """Whether the trouble of a whole outlet lasts in a round."""
        return site.trouble not in (None, "quiet", "flood") and round_ > self._untroubled

    def is_readable(self, piece: Piece) -> bool:
        """Whether the piece was announced and served as an article at any time."""
        if piece.fault and piece.fault.kind in NEVER_GOOD:
            return False
        return piece.site.trouble == "no_dates" or not self.is_broken(piece.site, piece.round)

    # What is published, round by round

    def _published(self, articles: int) -> list[Piece]:
        rounds = range(1, self.rounds + 1)
        normal = articles / sum(
            self._share(site, round_) for site in self.sites for round_ in rounds
        )
        found: list[Piece] = []
        for round_ in rounds:
            room = {
                site: round(normal * self._share(site, round_) * self._chance.uniform(0.7, 1.3))
                for site in self.sites
            }
            found += self._wire(round_, room)
            found += [self._own(site, round_) for site, free in room.items() for _ in range(free)]
        return found

    def _share(self, site: Site, round_: int) -> int:
        if site.trouble == "quiet":
            return int(round_ <= self.rounds - QUIET)
        return FLOOD if site.trouble == "flood" and round_ == self.rounds else 1

    def _wire(self, round_: int, room: dict[Site, int]) -> list[Piece]:
        """The round's wire stories in two to four outlets each; `room` shrinks by what they
        take."""
        found: list[Piece] = []
        wanted = round(SYNDICATED * sum(room.values()))
        while len(found) < wanted:
            language = self._chance.choice(self.sites).language
            printing = [site for site, free in room.items() if free and site.language == language]
            if len(printing) < 2:
                break
            whole, came = self._text(language, self._chance.randint(5, 8)), self._moment(round_)
            story = f"wire {round_}.{len(found)}"
            for site in self._chance.sample(
                printing, min(len(printing), self._chance.randint(2, 4))
            ):
                room[site] -= 1
                printed = min(
                    came + timedelta(minutes=self._chance.randint(0, 90)), self._latest(round_)
                )
                edition = Edition(round_, printed, self._house_version(whole, site))
                found.append(self._piece(site, edition, story))
        return found

    def _house_version(self, wire: Text, site: Site) -> Text:
        """The wire story as an outlet prints it: whole, cut, or under a headline of its own;
        credited its way."""
        text = wire
        match self._chance.choice(("whole", "cut", "headline")):
            case "cut":
                text = replace(wire, paragraphs=wire.paragraphs[: -(len(wire.paragraphs) // 3)])
            case "headline":
                text = replace(wire, headline=prose.headline(site.language, self._chance))
        credit = site.wire.format(city=self._chance.choice(prose.LANGUAGES[site.language].cities))
        if "{city}" in site.wire:
            return replace(text, lead_in=credit)
        return replace(text, paragraphs=(*text.paragraphs, credit))

    def _own(self, site: Site, round_: int) -> Piece:
        text = self._text(site.language, self._chance.randint(4, 8))
        return self._piece(site, Edition(round_, self._moment(round_), text))

    def _piece(self, site: Site, edition: Edition, story: str | None = None) -> Piece:
        self._numbers[site.name] += 1
        number = 1_000 + self._numbers[site.name]
        author = self._chance.choice(prose.LANGUAGES[site.language].people)
        return Piece(
            site,
            number,
            (edition,),
            story or f"{site.name} {number}",
            author,
            is_wire=story is not None,
        )

    def _text(self, language: str, paragraphs: int) -> Text:
        body = tuple(prose.paragraph(language, self._chance) for _ in range(paragraphs))
        return Text(prose.headline(language, self._chance), body)

    def _moment(self, round_: int) -> datetime:
        """A minute between the round before and this one."""
        return self._latest(round_) - timedelta(
            minutes=self._chance.randrange(ROUND // timedelta(minutes=1) - 5)
        )

    def _latest(self, round_: int) -> datetime:
        return self.time(round_) - timedelta(minutes=2)

    # What changes, and what goes wrong

    def _revised(self, pieces: list[Piece]) -> list[Piece]:
        """Some of the outlets' own stories are changed in a later round, at outlets that are not in
        trouble."""
        return [
            self._revise(piece)
            if not piece.is_wire
            and piece.round < self.rounds
            and piece.site.trouble in (None, "quiet", "flood")
            and self._chance.random() < REVISED
            else piece
            for piece in pieces
        ]

    def _revise(self, piece: Piece) -> Piece:
        (first,), language = piece.editions, piece.site.language
        paragraphs = list(first.text.paragraphs)
        paragraphs[self._chance.randrange(len(paragraphs))] = prose.paragraph(
            language, self._chance
        )
        paragraphs.append(prose.paragraph(language, self._chance))
        headline = (
            prose.headline(language, self._chance)
            if self._chance.random() < 0.3
            else first.text.headline
        )
        later = min(self.rounds, first.round + self._chance.randint(1, 4))
        second = Edition(later, self._latest(later), Text(headline, tuple(paragraphs)))
        return replace(piece, editions=(first, second))

    def _with_faults(self, pieces: list[Piece]) -> list[Piece]:
        """Some addresses of each outlet misbehave; none that is revised, since then two things
        could be at fault.

        At the end none is bad any more, so that what is wrong then is the trouble of whole outlets.
        Of what never was at fault, "moved" and "slow" go on.
        """
        found = []
        for piece in pieces:
            for kind in piece.site.faults:
                early = piece.round <= self._untroubled or kind in ("moved", "slow")
                if early and len(piece.editions) == 1 and self._chance.random() < FAULTY:
                    tries = self._chance.choice((1, 1, 2, 3)) if kind in TRANSIENT else 0
                    piece = replace(piece, fault=Fault(kind, tries))
                    break
            found.append(piece)
        return found
