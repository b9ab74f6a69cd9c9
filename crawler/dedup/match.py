"""Decide whether two articles print one story.

One measure decides, how much of the shorter text stands in the longer one, and few things move the
border. The weights stand in that measure's unit: 0.3 means that as much more has to be common text.
They were fitted by logistic regression on 319 read pairs of real articles (Arabic and Urdu, 20
outlets), rounded, and the border chosen on half of the stories and confirmed on the other half;
`benchmarks/compare.py` measures them.
"""

import math
from dataclasses import dataclass
from typing import Literal

from crawler.dedup.align import prepare_text
from crawler.dedup.evidence import Evidence, gather_evidence
from crawler.dedup.fingerprint import folded_headline, story_letters
from crawler.dedup.strip import story_paragraphs
from crawler.items import Article

BORDER = 0.65
"""Support from which on two texts are copies."""

SAME_OUTLET_WEIGHT = 0.3
"""An outlet's second text on a thing is mostly an update, or the same form on another day."""

LATE_WEIGHT = 0.2
"""So is a text that comes later than copies do."""

LATE_DAYS = 3.0
"""Copies appear on the same day (57 %), the next (40 %), seldom on the third."""

CONTRADICTION_WEIGHT = 0.5
"""Forms filled with other facts print other numbers in the same places."""

NUMBERS_SHARED_WEIGHT = 0.25
"""A rewritten text keeps the numbers of the story it rewrites."""

OWN_LEAD_WEIGHT = 0.65
"""A round-up, an analysis or a later report begins with something of its own, in headline and
opening."""

SHORT_TEXT_LETTERS = 150
"""Letters below which one word may be the whole fact (about 30 words): nothing may be replaced
there."""

TINY_TEXT_LETTERS = 40
"""Letters below which a text says nothing without its headline ("details to follow")."""

MIN_CONTAINED_SHARE = 0.6
"""Share of a text that a longer one must hold to be said to contain it."""

MIN_CONTAINER_RATIO = 1.25
"""How much longer a text is, at least, than one it contains."""

MIN_OWN_LEAD = 0.2
"""`own_lead` from which on the longer text is a piece of its own, not a later state of the shorter
one."""

MAX_DIFFERING_NUMBERS = 1 / 4
"""Numbers that differ, for each that agrees, in texts with the same facts at most."""

MIN_TOLD_WEIGHT = 0.15
"""How far a reason moves the border, at least, to be told."""

_STEEPNESS = 10
"""Of the logistic curve from support to score."""

_SCORE_AGAINST = 0.4
"""The highest score of two texts that something but their support keeps apart."""

Kind = Literal["same_text", "copy", "contains", "none"]


@dataclass(frozen=True, slots=True)
class Match:
    """The relation of two articles. The first two kinds join a story, the others do not.

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
        """True if the two belong to one story."""
        return self.kind in ("same_text", "copy")


def compare(a: Article, b: Article, *, boilerplate: frozenset[str] = frozenset()) -> Match:
    """Return the relation of two articles: symmetric and pure.

    `boilerplate` holds the keys (`paragraph_key`) of paragraphs that are no part of a story.
    """
    story_a = story_paragraphs(a, boilerplate=boilerplate)
    story_b = story_paragraphs(b, boilerplate=boilerplate)
    letters_a, letters_b = story_letters(story_a), story_letters(story_b)
    if not letters_a or not letters_b:
        return Match("none", 0.0, "no text to compare")
    if letters_a == letters_b:
        is_tiny = len(letters_a) < TINY_TEXT_LETTERS
        if is_tiny and folded_headline(a.headline) != folded_headline(b.headline):
            return Match("none", _SCORE_AGAINST, "the same few words under different headlines")
        return Match("same_text", 1.0, "the same text")
    if a.language and b.language and a.language != b.language:
        return Match("none", 0.0, "two languages")
    return judge(gather_evidence(a, b, prepare_text(story_a), prepare_text(story_b)))


def judge(evidence: Evidence) -> Match:
    """Return the match that the evidence on two different texts makes."""
    support, reasons = _support(evidence)
    score = 1 / (1 + math.exp(-_STEEPNESS * (support - BORDER)))
    shared = f"{evidence.text_shared:.0%} of the shorter text is in the longer one"
    why = ", ".join([shared, *reasons])
    objection = _objection(evidence)
    if objection:
        return Match("none", min(score, _SCORE_AGAINST), f"{objection}; {why}")
    if support >= BORDER:
        return Match("copy", score, why)
    if _contains(evidence):
        return Match("contains", score, why)
    return Match("none", score, why)


def _support(evidence: Evidence) -> tuple[float, list[str]]:
    """Return the shared part of the text, moved by what speaks for and against one story.

    With it the reasons that moved it most.
    """
    days_apart = evidence.days_apart or 0
    weights = [
        (NUMBERS_SHARED_WEIGHT * evidence.numbers_shared, "its numbers are known there"),
        (-SAME_OUTLET_WEIGHT * evidence.same_outlet, "one outlet prints both"),
        (-LATE_WEIGHT * (days_apart > LATE_DAYS), f"{days_apart:.0f} days apart"),
        (
            -CONTRADICTION_WEIGHT * evidence.contradiction,
            f"numbers that differ in place: {evidence.numbers_differing}",
        ),
        (-OWN_LEAD_WEIGHT * evidence.own_lead, "the longer one has a headline and lead of its own"),
    ]
    support = evidence.text_shared + sum(weight for weight, _ in weights)
    return support, [reason for weight, reason in weights if abs(weight) >= MIN_TOLD_WEIGHT]


def _objection(evidence: Evidence) -> str:
    """Return why the two cannot be one text, however much they share; "" if they can."""
    # One number may be a correction.
    if evidence.numbers_differing > 1 and _differ_in_facts(evidence):
        numbers = f"{evidence.numbers_differing} differ, {evidence.numbers_equal} agree"
        return f"other facts in one form (numbers in place: {numbers})"
    if evidence.shorter < SHORT_TEXT_LETTERS and evidence.replacements:
        return "too short for a word to differ"
    return ""


def _differ_in_facts(evidence: Evidence) -> bool:
    """Return True if more numbers differ than other spellings of numbers explain."""
    return evidence.numbers_differing > MAX_DIFFERING_NUMBERS * evidence.numbers_equal


def _contains(evidence: Evidence) -> bool:
    """Return True if the longer text is a piece of its own that holds most of the shorter one."""
    return (
        evidence.text_shared >= MIN_CONTAINED_SHARE
        and evidence.longer >= MIN_CONTAINER_RATIO * evidence.shorter
        and evidence.own_lead >= MIN_OWN_LEAD
        and not _differ_in_facts(evidence)
    )
