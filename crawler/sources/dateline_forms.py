"""The forms of datelines: for each a name, an example, a condition and a strength.

Cutting off a true sentence is the worst error here, so each form has a `Strength`, and the house
style of an outlet sets the least strength that is accepted (`MIN_STRENGTH`). The forms were
gathered from 81,000 openings that about 60 outlets printed from 2012 to 2024;
tests/sources/lookalikes.txt has sentences that look like them.

To add a form, add an entry to `FORMS`: of the forms whose conditions hold, the strongest is
recognised. Every example is a test.

In the names, parentheses and quotation marks are those printed. "closed": with a dash, a slash, a
colon, an ellipsis or a line end behind. "known": in the table of places, or with a known given or
family name. "word that is a source": a source's name that is an ordinary word too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from crawler.sources.candidate import Candidate, Shape


class Strength(IntEnum):
    """How sure a prefix of one form is a dateline."""

    POSSIBLE = 1
    """Many sentences begin so: believed only of an outlet that prints datelines."""
    LIKELY = 2
    """Hardly any sentence begins so: a place or a source with its separator."""
    CLEAR = 3
    """Believed even of an outlet that prints no datelines: a place and a source, separated."""
    UNMISTAKABLE = 4
    """Nothing else looks so: a place and an agency in parentheses, a source and a date."""


MIN_STRENGTH = {
    "always": Strength.POSSIBLE,
    "often": Strength.POSSIBLE,
    "rarely": Strength.LIKELY,
    "never": Strength.CLEAR,
    "": Strength.LIKELY,
}
"""How often the outlet's stories open with a dateline -> the least strength that is believed."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of datelines.

    `example`: a dateline of this form as Sabq (سبق) would print it, with the white space behind it.
    `condition`: returns True if a candidate of the form's shape has this form.
    """

    name: str
    example: str
    strength: Strength
    condition: Callable[[Candidate], bool]


def recognise(candidate: Candidate) -> Form | None:
    """Return the strongest form that `candidate` has, or None when it is no dateline."""
    if candidate.is_of_a_sentence:
        return None
    for form in _STRONGEST_FIRST[candidate.shape]:
        if form.condition(candidate):
            return form
    return None


FORMS: dict[Shape, tuple[Form, ...]] = {
    "parentheses first": (
        Form(
            "(source date)",
            example="(پاکستان پوائنٹ نیوز / سبوتنيك - 25 أغسطس 2021ء) ",
            strength=Strength.UNMISTAKABLE,
            condition=lambda c: c.source_inside and c.dated,
        ),
        Form(
            "(source) closed",
            example="(رويترز) - ",
            strength=Strength.CLEAR,
            condition=lambda c: c.source_inside and c.firm_source and c.closed,
        ),
        Form(
            "(source) in Urdu",
            example="(اے پی پی) ",
            strength=Strength.LIKELY,
            condition=lambda c: (
                c.source_inside and c.firm_source and c.urdu_inside and not c.verb_follows
            ),
        ),
        Form(
            "(word that is a source) closed",
            example="(متابعات) - ",
            strength=Strength.POSSIBLE,
            condition=lambda c: c.source_inside and c.closed,
        ),
    ),
    "source in parentheses": (
        Form(
            "known place (source)",
            example="القاهرة (رويترز) ",
            strength=Strength.UNMISTAKABLE,
            condition=lambda c: c.known_place and c.only_firm_sources,
        ),
        Form(
            "place date (source)",
            example="صور 5 أيار (رويترز) ",
            strength=Strength.UNMISTAKABLE,
            condition=lambda c: c.placed and c.dated and c.only_firm_sources,
        ),
        Form(
            "known place (word that is a source)",
            example="القاهرة (متابعات) ",
            strength=Strength.CLEAR,
            condition=lambda c: c.known_place,
        ),
        Form(
            "place date (word that is a source)",
            example="صور 5 أيار (متابعات) ",
            strength=Strength.CLEAR,
            condition=lambda c: c.placed and c.dated,
        ),
        Form(
            "place (source) closed",
            example="صور (رويترز) - ",
            strength=Strength.CLEAR,
            condition=lambda c: c.placed and c.short_places and c.firm_source and c.closed,
        ),
        Form(
            "place (source) in Urdu",
            example="تلہ گنگ (اے پی پی) ",
            strength=Strength.CLEAR,
            condition=lambda c: (
                c.placed
                and c.short_places
                and c.firm_source
                and c.urdu_inside
                and not c.verb_follows
            ),
        ),
        Form(
            "source or date (source) closed",
            example="سبق (رويترز) - ",
            strength=Strength.CLEAR,
            condition=lambda c: c.closed and not c.placed,
        ),
        Form(
            "place (source)",
            example="صور (رويترز) ",
            strength=Strength.POSSIBLE,
            condition=lambda c: (
                c.placed and c.short_places and c.firm_source and not c.verb_follows
            ),
        ),
    ),
    "name in parentheses": (
        Form(
            "known place (reporter)",
            example="القاهرة (محمد علي) - ",
            strength=Strength.CLEAR,
            condition=lambda c: (
                c.place_first
                and (c.known_place or c.dated)
                and c.only_names_inside
                and c.known_person_inside
                and (c.closed or c.urdu_inside)
            ),
        ),
        Form(
            "name (label name) - own outlet",
            example="محمد علي، (تصوير: محمد علي)- سبق- القاهرة: ",
            strength=Strength.CLEAR,
            condition=lambda c: c.own_source and c.only_names_inside and c.closed,
        ),
        Form(
            "place (date) closed",
            example="القاهرة (5 أيار) - ",
            strength=Strength.CLEAR,
            condition=lambda c: (
                c.place_first
                and not c.only_names_inside
                and (c.dated or bool(c.sources))
                and c.closed
            ),
        ),
    ),
    "source": (
        Form(
            "place - source",
            example="القاهرة - رويترز: ",
            strength=Strength.CLEAR,
            condition=lambda c: c.plausibly_separated and c.firm_source and c.placed_or_dated,
        ),
        Form(
            "place date source",
            example="الرياض/ 4 غشت 2021/متابعات/ ",
            strength=Strength.CLEAR,
            condition=lambda c: c.plausibly_separated and c.placed and c.dated,
        ),
        Form(
            "own outlet closed",
            example="خاص سبق - ",
            strength=Strength.CLEAR,
            condition=lambda c: (
                c.plausibly_separated
                and c.own_source
                and c.closed_but_for_colon
                and not c.only_a_word
            ),
        ),
        Form(
            'place "own outlet"',
            example="القاهرة «سبق» ",
            strength=Strength.CLEAR,
            condition=lambda c: (
                c.ends_in_quotation and c.placed and c.own_source and not c.verb_follows
            ),
        ),
        Form(
            'place "source"',
            example="القاهرة «رويترز» ",
            strength=Strength.LIKELY,
            condition=lambda c: c.ends_in_quotation and c.placed and not c.verb_follows,
        ),
        Form(
            "place-source unspaced",
            example="القاهرة- متابعات- ",
            strength=Strength.LIKELY,
            condition=lambda c: c.plausibly_separated and c.placed_or_dated and not c.spaced_dash,
        ),
        Form(
            "place - word that is an agency",
            example="القاهرة - واج - ",
            strength=Strength.LIKELY,
            condition=lambda c: (
                c.plausibly_separated and c.placed_or_dated and c.agency_or_quoted_source
            ),
        ),
        Form(
            "place - word that is a source, colon or line end",
            example="القاهرة - متابعات\n",
            strength=Strength.LIKELY,
            condition=lambda c: (
                c.plausibly_separated and c.placed_or_dated and (c.colon or c.newline)
            ),
        ),
        Form(
            "source closed",
            example="رويترز - ",
            strength=Strength.LIKELY,
            condition=lambda c: (
                c.plausibly_separated
                and c.firm_source
                and c.closed_but_for_colon
                and not c.only_a_word
            ),
        ),
        Form(
            "place-agency, unmarked",
            example="القاهرة-سبق ",
            strength=Strength.LIKELY,
            condition=lambda c: c.unmarked and (c.known_place or c.dated) and not c.doubtful_person,
        ),
        Form(
            "sources, colon or line end",
            example="متابعات - واج: ",
            strength=Strength.LIKELY,
            condition=lambda c: (
                c.plausibly_separated and c.several_sources and (c.colon or c.newline)
            ),
        ),
        Form(
            # An agency or a paper before a colon may as well be the speaker.
            "desk:",
            example="نیوز ڈیسک: ",
            strength=Strength.LIKELY,
            condition=lambda c: (
                c.plausibly_separated and c.firm_source and c.only_desks and c.colon
            ),
        ),
        Form(
            "own outlet, line end",
            example="سبق\n",
            strength=Strength.LIKELY,
            condition=lambda c: c.plausibly_separated and c.own_source and c.newline,
        ),
        Form(
            "own outlet that is a word, closed",
            example="سبق - ",
            strength=Strength.LIKELY,
            condition=lambda c: (
                c.plausibly_separated and c.own_source and c.closed_but_for_colon and c.only_a_word
            ),
        ),
        Form(
            "own outlet - unknown name, line end",
            example="سبق - قنبر شنبر\n",
            strength=Strength.LIKELY,
            condition=lambda c: c.doubtful_person and c.own_source and c.newline,
        ),
        Form(
            "source - unknown name, line end",
            example="رويترز - قنبر شنبر\n",
            strength=Strength.POSSIBLE,
            condition=lambda c: c.doubtful_person and c.newline,
        ),
        Form(
            "place - word that is a source",
            example="القاهرة - متابعات - ",
            strength=Strength.POSSIBLE,
            condition=lambda c: c.plausibly_separated and c.placed_or_dated,
        ),
        Form(
            "word that is a source, line end",
            example="متابعات\n",
            strength=Strength.POSSIBLE,
            condition=lambda c: c.plausibly_separated and c.newline,
        ),
        Form(
            "own outlet",
            example="سبق: ",
            strength=Strength.POSSIBLE,
            condition=lambda c: c.separated and c.own_source,
        ),
    ),
    "labelled name": (
        Form(
            "label name, line end",
            example="كتب قنبر شنبر\n",
            strength=Strength.LIKELY,
            condition=lambda c: bool(c.people) and c.newline,
        ),
        Form(
            "label known name:",
            example="كتب محمد علي: ",
            strength=Strength.LIKELY,
            condition=lambda c: c.known_people and c.named_first and c.colon,
        ),
        Form(
            "label known name",
            example="كتب محمد علي - ",
            strength=Strength.POSSIBLE,
            condition=lambda c: (
                c.known_people
                and c.people_without_title
                and (c.closed or c.full_stop or c.ends_in_quotation)
            ),
        ),
    ),
    "name": (
        Form(
            "known place date name",
            example="القاهرة 5 أيار - قنبر شنبر: ",
            strength=Strength.LIKELY,
            condition=lambda c: c.known_place and c.dated and c.closed,
        ),
        Form(
            "place - known name, line end",
            example="صور - محمد علي\n",
            strength=Strength.LIKELY,
            condition=lambda c: c.placed and not c.dated and c.known_people and c.newline,
        ),
        Form(
            "known place - one name, line end",
            example="القاهرة - قنبر شنبر\n",
            strength=Strength.LIKELY,
            condition=lambda c: c.known_place and c.one_person and c.newline,
        ),
        Form(
            "known place - known name:",
            example="القاهرة - محمد علي: ",
            strength=Strength.LIKELY,
            condition=lambda c: (
                c.place_first and c.known_place and c.known_people and c.colon and not c.has_aside
            ),
        ),
        Form(
            "known name - known place",
            example="محمد علي - القاهرة - ",
            strength=Strength.LIKELY,
            condition=lambda c: (
                c.known_place
                and c.known_people
                and len(c.elements) == 2
                and not c.place_first
                and c.closed
                and not c.colon
                and not c.has_aside
            ),
        ),
        Form(
            'known place "known name"',
            example="القاهرة «محمد علي» ",
            strength=Strength.LIKELY,
            condition=lambda c: c.known_place and c.known_people and c.ends_in_quotation,
        ),
        Form(
            "place date name",
            example="صور 5 أيار - قنبر شنبر: ",
            strength=Strength.POSSIBLE,
            condition=lambda c: c.placed and c.dated and c.closed,
        ),
        Form(
            "known place - names, line end",
            example="القاهرة - قنبر شنبر - لوسي ماندرين\n",
            strength=Strength.POSSIBLE,
            condition=lambda c: c.known_place and c.newline,
        ),
        Form(
            "known place - unknown name:",
            example="القاهرة - قنبر شنبر: ",
            strength=Strength.POSSIBLE,
            condition=lambda c: c.known_place and c.colon and not c.has_aside,
        ),
        Form(
            "known place - known name",
            example="القاهرة - محمد علي - ",
            strength=Strength.POSSIBLE,
            condition=lambda c: c.known_place and c.known_people and c.closed,
        ),
        Form(
            "known name, line end",
            example="محمد علي\n",
            strength=Strength.POSSIBLE,
            condition=lambda c: c.known_people and c.newline and c.only_newline_behind_first,
        ),
    ),
    "place and date": (
        Form(
            "known place date",
            example="القاهرة 5 أيار - ",
            strength=Strength.CLEAR,
            condition=lambda c: c.place_first and c.only_known_places and c.closed,
        ),
        Form(
            "Hijri and Gregorian date, line end",
            example="25 شوال 1436 هـ الموافق 10 أغسطس 2015 م\n",
            strength=Strength.CLEAR,
            condition=lambda c: c.two_calendars and c.newline,
        ),
    ),
    "place": (
        Form(
            "known place:",
            example="القاهرة: ",
            strength=Strength.LIKELY,
            condition=lambda c: (
                c.only_known_places and len(c.elements) <= 2 and c.colon and not c.dash_inside
            ),
        ),
        Form(
            # A match or a road as well: "تونس - الجزائر: قمة كروية".
            "known place - known place:",
            example="القاهرة - بيروت: ",
            strength=Strength.POSSIBLE,
            condition=lambda c: c.only_known_places and len(c.elements) == 2 and c.colon,
        ),
        Form(
            "known place closed",
            example="القاهرة - ",
            strength=Strength.LIKELY,
            condition=lambda c: (
                c.only_known_places
                and c.closed_as_place
                and not c.colon
                and not c.has_aside
                and not c.number_follows
                and not c.place_follows
            ),
        ),
        Form(
            "known place, line end",
            example="القاهرة\n",
            strength=Strength.POSSIBLE,
            condition=lambda c: (
                c.only_known_places
                and (c.newline or c.ellipsis)
                and not c.closed_as_place
                and not c.colon
            ),
        ),
    ),
}


def _strongest_first(forms: tuple[Form, ...]) -> tuple[Form, ...]:
    return tuple(sorted(forms, key=lambda form: form.strength, reverse=True))


_STRONGEST_FIRST = {shape: _strongest_first(forms) for shape, forms in FORMS.items()}
