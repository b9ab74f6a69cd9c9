"""Do two articles print one story?

One measure decides, how much of the shorter text stands in the longer one, and few things move the
border. The weights stand in that measure's unit: 0.3 means that as much more has to be common text.
They were fitted by logistic regression on 319 read pairs of real articles (Arabic and Urdu, 20
outlets), rounded, and the border chosen on half of the stories and confirmed on the other half;
`benchmarks/compare.py` measures them.
"""

import math
from dataclasses import dataclass
from typing import Literal

from crawler.dedup.align import read_text
from crawler.dedup.evidence import Evidence, gather
from crawler.dedup.fingerprint import folded_headline, story_letters
from crawler.dedup.strip import story_paragraphs
from crawler.items import Article

BORDER = 0.65
"""Support from which on two texts are copies."""

SAME_OUTLET = 0.3
"""An outlet's second text on a thing is mostly an update, or the same form on another day."""

LATE = 0.2
"""So is a text that comes later than copies do."""

LATE_DAYS = 3.0
"""Copies appear on the same day (57 %), the next (40 %), seldom on the third."""

CONTRADICTION = 0.5
"""Forms filled with other facts print other numbers in the same places."""

NUMBERS_KNOWN = 0.25
"""A rewritten text keeps the numbers of the story it rewrites."""

OWN_LEAD = 0.65
"""A round-up, an analysis or a later report begins with something of its own, in headline and
opening."""

SHORT = 150
"""Letters below which one word may be the whole fact (about 30 words): nothing may be replaced
there."""

TINY = 40
"""Letters below which a text says nothing without its headline ("details to follow")."""

CONTAINED = 0.6
"""Share of a text that a longer one has to hold to be said to contain it."""

CONTAINER = 1.25
"""How much longer a text is, at least, than one it contains."""

OF_ITS_OWN = 0.2
"""`own_lead` from which on the longer text is a piece of its own, not a later state of the shorter
one."""

WORTH_SAYING = 0.15
"""How far a reason moves the border, at least, to be told."""

Kind = Literal["same_text", "copy", "contains", "none"]


@dataclass(frozen=True, slots=True)
class Match:
    """How two articles stand to each other. The first two kinds join a story, the others do not.

    "same_text": equal when letters are folded. "copy": the same text cut, extended, reordered or
    reworded. "contains": the longer one holds most of the other inside a piece of its own. `score`:
    0 to 1, how far from the border between copy and not; a half is the border. `why`: one line for
    people.
    """

    kind: Kind
    score: float
    why: str

    @property
    def joins(self) -> bool:
        """Whether the two belong to one story."""
        return self.kind in ("same_text", "copy")


def compare(a: Article, b: Article, *, boilerplate: frozenset[str] = frozenset()) -> Match:
    """How two articles stand to each other: symmetric and pure.

    `boilerplate` holds the keys (`paragraph_key`) of paragraphs that are no part of a story.
    """
    story_a = story_paragraphs(a, boilerplate=boilerplate)
    story_b = story_paragraphs(b, boilerplate=boilerplate)
    letters_a, letters_b = story_letters(story_a), story_letters(story_b)
    if not letters_a or not letters_b:
        return Match("none", 0.0, "no text to compare")
    if letters_a == letters_b:
        if len(letters_a) < TINY and folded_headline(a.headline) != folded_headline(b.headline):
            return Match("none", 0.4, "the same few words under different headlines")
        return Match("same_text", 1.0, "the same text")
    if a.language and b.language and a.language != b.language:
        return Match("none", 0.0, "two languages")
    return judge(gather(a, b, read_text(story_a), read_text(story_b)))


def judge(evidence: Evidence) -> Match:
    """The match that the evidence on two different texts makes."""
    support, reasons = _support(evidence)
    score = 1 / (1 + math.exp(-10 * (support - BORDER)))
    why = ", ".join([f"{evidence.held:.0%} of the shorter text is in the longer one", *reasons])
    objection = _objection(evidence)
    if objection:
        return Match("none", min(score, 0.4), f"{objection}; {why}")
    if support >= BORDER:
        return Match("copy", score, why)
    contained = evidence.held >= CONTAINED and evidence.longer >= CONTAINER * evidence.shorter
    if (
        contained
        and evidence.own_lead >= OF_ITS_OWN
        and 4 * evidence.numbers_other <= evidence.numbers_same
    ):
        return Match("contains", score, why)
    return Match("none", score, why)


def _support(evidence: Evidence) -> tuple[float, list[str]]:
    """The common share moved by what speaks for and against one story, and the reasons that moved
    it most."""
    late = evidence.days_apart is not None and evidence.days_apart > LATE_DAYS
    moves = [
        (NUMBERS_KNOWN * evidence.numbers_known, "its numbers are known there"),
        (-SAME_OUTLET * evidence.same_outlet, "one outlet prints both"),
        (-LATE * late, f"{evidence.days_apart or 0:.0f} days apart"),
        (
            -CONTRADICTION * evidence.contradiction,
            f"numbers that differ in place: {evidence.numbers_other}",
        ),
        (-OWN_LEAD * evidence.own_lead, "the longer one has a headline and lead of its own"),
    ]
    support = evidence.held + sum(weight for weight, _ in moves)
    return support, [reason for weight, reason in moves if abs(weight) >= WORTH_SAYING]


def _objection(evidence: Evidence) -> str:
    """Why the two cannot be one text, however much they share; "" for no reason."""
    other, same = evidence.numbers_other, evidence.numbers_same
    if (
        other > 1 and 4 * other > same
    ):  # one may be a correction, and few among many other spellings of numbers
        return f"other facts in one form (numbers in place: {other} differ, {same} agree)"
    if evidence.shorter < SHORT and evidence.replaced:
        return "too short for a word to differ"
    return ""
