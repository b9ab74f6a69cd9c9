"""The world that the soak crawls: the articles of each outlet, their times, changes and faults.

All of it follows from a seed and the instant at which the world ends, so that a check of the store
knows what must be in it without having watched. The rounds of the world are hours apart by a clock
that is set forward between them.
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
UNTIL_LAST_LOOK = timedelta(days=9)
"""From the last round to a look at everything: by then every article has been due once more
(crawler.frontier.revisits), so that every revision must be in the store."""
UNTIL_LOOK_AFTER = timedelta(minutes=15)
"""From that look to the next one, which must find nothing to do."""
QUIET_ROUNDS = 9
"""Rounds at the end in which the quiet outlet publishes nothing, 27 hours."""
FLOOD_FACTOR = 12
"""How many times its usual articles the flooding outlet publishes in the last round."""
SYNDICATED_SHARE = 0.15
"""Share of all articles that print a wire story."""
REVISED_SHARE = 0.06
"""Share of an outlet's own articles that are revised."""
FAULTY_SHARE = 0.04
"""Share of an outlet's articles that have one of its faults, for each fault."""
NEW_HEADLINE_SHARE = 0.3
"""Share of the revisions that also have another headline."""
CRAWL_TIME = timedelta(minutes=2)
"""From the last articles of a round to its crawl."""
MINUTES_OF_ROUND = ROUND // timedelta(minutes=1)
MINUTES_WITHOUT_NEWS = 5
"""Minutes at the beginning of a round in which nothing is published."""


@dataclass(frozen=True)
class PrintedText:
    """The text of a page. `lead_in` is the dateline before its first paragraph."""

    headline: str
    paragraphs: tuple[str, ...]
    lead_in: str = ""

    @property
    def printed(self) -> str:
        """The story from the first letter to the last."""
        return self.lead_in + "\n\n".join(self.paragraphs)


@dataclass(frozen=True)
class Edition:
    """A text that a page prints from a round on. `at`: the instant of the change."""

    round: int
    at: datetime
    text: PrintedText


@dataclass(frozen=True)
class Fault:
    """The fault of an address, and the number of tries for which it lasts."""

    kind: FaultKind
    tries: int = 0


@dataclass(frozen=True)
class Piece:
    """One article of one outlet. `story`: the same for all pieces that print one wire story."""

    site: Site
    number: int
    editions: tuple[Edition, ...]
    story: str
    author: str
    is_wire: bool = False
    fault: Fault | None = None

    @property
    def round(self) -> int:
        """The round in which it is new."""
        return self.editions[0].round

    @property
    def published(self) -> datetime:
        """When it was published, to the minute."""
        return self.editions[0].at

    @property
    def local(self) -> datetime:
        """When it was published, by the outlet's clock."""
        return self.published.astimezone(self.site.tzinfo)

    def edition(self, round_: int) -> int:
        """Return the number of the edition that it prints in a round, from 0."""
        return sum(edition.round <= round_ for edition in self.editions) - 1

    def text(self, round_: int) -> PrintedText:
        """Return the text that it prints in a round."""
        return self.editions[self.edition(round_)].text

    def changed(self, round_: int) -> datetime:
        """Return when the text that it prints in a round was put there."""
        return self.editions[self.edition(round_)].at

    def has_news(self, round_: int) -> bool:
        """Return True for a round in which it is new or changed."""
        return any(edition.round == round_ for edition in self.editions)

    @cached_property
    def path(self) -> str:
        """The address of the article, without scheme and host."""
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
        """True if it is announced by an address that redirects to it."""
        return self.fault is not None and self.fault.kind == "moved"

    @property
    def announced(self) -> str:
        """The address in feeds and listings, without scheme and host."""
        if self.is_moved:
            return f"/go/{self.number}"
        if self.site.path == "query":
            return f"{self.path}&utm_source=rss"
        return self.path


class World:
    """About `articles` articles of `sites` over `rounds` rounds, which count from 1.

    In the last `troubled` rounds whole outlets are in trouble, and single addresses no more. Two
    further rounds bring nothing new: one late enough for a last look at everything, and one soon
    after it, at `end`.
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
        after_last_round = UNTIL_LAST_LOOK + 2 * UNTIL_LOOK_AFTER
        self._beginning = end.replace(second=0, microsecond=0) - after_last_round - ROUND * rounds
        self._chance = random.Random(seed)
        self._numbers: Counter[str] = Counter()
        self.pieces = tuple(self._with_faults(self._revised(self._published(articles))))

    def time(self, round_: int) -> datetime:
        """Return the instant of a round's crawl."""
        if round_ <= self.rounds:
            return self._beginning + ROUND * round_
        last_look = self._beginning + ROUND * self.rounds + UNTIL_LAST_LOOK
        return last_look + UNTIL_LOOK_AFTER * (round_ - self.rounds)

    def is_broken(self, site: Site, round_: int) -> bool:
        """Return True if the trouble of the outlet breaks its documents or pages in a round."""
        return site.trouble not in (None, "quiet", "flood") and round_ > self._untroubled

    def is_readable(self, piece: Piece) -> bool:
        """Return True if the piece was announced and served as an article at any time."""
        if piece.fault and piece.fault.kind in NEVER_GOOD:
            return False
        return piece.site.trouble == "no_dates" or not self.is_broken(piece.site, piece.round)

    # Publications, round by round

    def _published(self, articles: int) -> list[Piece]:
        rounds = range(1, self.rounds + 1)
        weights = (self._weight(site, round_) for site in self.sites for round_ in rounds)
        usual = articles / sum(weights)
        pieces: list[Piece] = []
        for round_ in rounds:
            room = {
                site: round(usual * self._weight(site, round_) * self._chance.uniform(0.7, 1.3))
                for site in self.sites
            }
            pieces += self._wire(round_, room)
            pieces += [self._own(site, round_) for site, free in room.items() for _ in range(free)]
        return pieces

    def _weight(self, site: Site, round_: int) -> int:
        """Return how many times its usual articles an outlet publishes in a round."""
        if site.trouble == "quiet" and round_ > self.rounds - QUIET_ROUNDS:
            return 0
        if site.trouble == "flood" and round_ == self.rounds:
            return FLOOD_FACTOR
        return 1

    def _wire(self, round_: int, room: dict[Site, int]) -> list[Piece]:
        """Return the round's wire stories, each printed by two to four outlets.

        `room` is the number of articles that each outlet may still publish; it shrinks.
        """
        pieces: list[Piece] = []
        wanted = round(SYNDICATED_SHARE * sum(room.values()))
        while len(pieces) < wanted:
            language = self._chance.choice(self.sites).language
            printing = [site for site, free in room.items() if free and site.language == language]
            if len(printing) < 2:
                break
            wire = self._text(language, self._chance.randint(5, 8))
            sent = self._moment(round_)
            story = f"wire {round_}.{len(pieces)}"
            outlets = min(len(printing), self._chance.randint(2, 4))
            for site in self._chance.sample(printing, outlets):
                room[site] -= 1
                printed = sent + timedelta(minutes=self._chance.randint(0, 90))
                printed = min(printed, self._latest(round_))
                edition = Edition(round_, printed, self._outlet_version(wire, site))
                pieces.append(self._piece(site, edition, story))
        return pieces

    def _outlet_version(self, wire: PrintedText, site: Site) -> PrintedText:
        """Return the wire story as an outlet prints it, with the outlet's form of credit.

        It is whole, cut, or under another headline.
        """
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
        own_story = f"{site.name} {number}"
        is_wire = story is not None
        return Piece(site, number, (edition,), story or own_story, author, is_wire=is_wire)

    def _text(self, language: str, paragraphs: int) -> PrintedText:
        body = tuple(prose.paragraph(language, self._chance) for _ in range(paragraphs))
        return PrintedText(prose.headline(language, self._chance), body)

    def _moment(self, round_: int) -> datetime:
        """Return a minute between the round before and this one."""
        minutes = self._chance.randrange(MINUTES_OF_ROUND - MINUTES_WITHOUT_NEWS)
        return self._latest(round_) - timedelta(minutes=minutes)

    def _latest(self, round_: int) -> datetime:
        """Return the last instant at which an article of a round is published."""
        return self.time(round_) - CRAWL_TIME

    # Changes and faults

    def _revised(self, pieces: list[Piece]) -> list[Piece]:
        """Return the pieces, some of them with a second edition in a later round."""
        return [self._revise(piece) if self._is_revised(piece) else piece for piece in pieces]

    def _is_revised(self, piece: Piece) -> bool:
        """Return True for some of the outlets' own stories, at outlets that are not in trouble."""
        return (
            not piece.is_wire
            and piece.round < self.rounds
            and piece.site.trouble in (None, "quiet", "flood")
            and self._chance.random() < REVISED_SHARE
        )

    def _revise(self, piece: Piece) -> Piece:
        (first,), language = piece.editions, piece.site.language
        headline, paragraphs = first.text.headline, list(first.text.paragraphs)
        other_paragraph = prose.paragraph(language, self._chance)
        paragraphs[self._chance.randrange(len(paragraphs))] = other_paragraph
        paragraphs.append(prose.paragraph(language, self._chance))
        if self._chance.random() < NEW_HEADLINE_SHARE:
            headline = prose.headline(language, self._chance)
        later = min(self.rounds, first.round + self._chance.randint(1, 4))
        second = Edition(later, self._latest(later), PrintedText(headline, tuple(paragraphs)))
        return replace(piece, editions=(first, second))

    def _with_faults(self, pieces: list[Piece]) -> list[Piece]:
        """Return the pieces, some of them with a fault of their outlet.

        A revised piece has no fault, since then two things could be the reason of a failure. In the
        rounds in which whole outlets are in trouble only "moved" and "slow", which no crawler may
        fail at, are left.
        """
        return [self._with_fault(piece) for piece in pieces]

    def _with_fault(self, piece: Piece) -> Piece:
        if len(piece.editions) > 1:
            return piece
        for kind in piece.site.faults:
            is_possible = piece.round <= self._untroubled or kind in ("moved", "slow")
            if is_possible and self._chance.random() < FAULTY_SHARE:
                tries = self._chance.choice((1, 1, 2, 3)) if kind in TRANSIENT else 0
                return replace(piece, fault=Fault(kind, tries))
        return piece
