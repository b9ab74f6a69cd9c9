"""The table of dateline forms: each form speaks in its example, and the strongest form speaks."""

import pytest

from crawler.sources import parse_dateline
from crawler.sources.dateline_forms import FORMS, Form, Strength

EVERY_FORM = [form for forms in FORMS.values() for form in forms]

STORY = "وفد من طلاب المدينة يتجول في المتحف البحري مدة ساعتين."


@pytest.mark.parametrize("form", EVERY_FORM, ids=lambda form: form.name)
def test_a_form_speaks_in_its_example(form: Form) -> None:
    dateline = parse_dateline(form.example + STORY, outlet="sabq")
    assert (dateline.form, dateline.text) == (form.name, form.example)


def test_a_form_is_known_by_its_name() -> None:
    names = [form.name for form in EVERY_FORM]
    assert len(set(names)) == len(names)
    assert parse_dateline(STORY, outlet="sabq").form == ""


def test_the_strongest_form_that_holds_speaks() -> None:
    # It is also "place (source) closed", which is weaker.
    dateline = parse_dateline("القاهرة (رويترز) - " + STORY, outlet="sabq")
    assert dateline.form == "known place (source)"


@pytest.mark.parametrize(
    ("outlet", "least"),
    [
        ("sabq", Strength.POSSIBLE),  # always prints datelines
        ("siasat", Strength.POSSIBLE),  # often
        ("al-jazeera", Strength.LIKELY),  # rarely
        ("okaz", Strength.CLEAR),  # never
        (None, Strength.LIKELY),
    ],
)
def test_an_outlets_habit_decides_how_strong_a_form_must_be(
    outlet: str | None, least: Strength
) -> None:
    for form in EVERY_FORM:
        dateline = parse_dateline(form.example + STORY, outlet=outlet)
        if dateline.form == form.name:
            assert form.strength >= least
        elif "own outlet" not in form.name and "سبق" not in form.example:
            assert form.strength < least
