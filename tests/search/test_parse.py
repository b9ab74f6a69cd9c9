"""The query language: what is typed, and what it asks for."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.search import (
    And,
    Field,
    InHeadline,
    Not,
    Or,
    Phrase,
    Prefix,
    QueryError,
    Word,
    all_in_headline,
    parse_query,
)

HARBOUR, WAR, SEA = Word("ميناء"[:-1], "ميناء"), Word("حرب", "حرب"), Word("بحر", "بحر")


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("ميناء", HARBOUR),
        ("ميناء حرب", And((HARBOUR, WAR))),
        ("ميناء | حرب", Or((HARBOUR, WAR))),
        ("ميناء حرب | بحر", Or((And((HARBOUR, WAR)), SEA))),
        ("(ميناء | حرب) بحر", And((Or((HARBOUR, WAR)), SEA))),
        ("ميناء -حرب", And((HARBOUR, Not(WAR)))),
        ('ميناء -"حرب"', And((HARBOUR, Not(Phrase(("حرب",)))))),
        ("ميناء -(حرب | بحر)", And((HARBOUR, Not(Or((WAR, SEA)))))),
        ('"كأس العالم"', Phrase(("كاس", "العالم"))),
        ("«كأس العالم»", Phrase(("كاس", "العالم"))),
        ("“کپ”", Phrase(("كپ",))),
        ("covid-19", Phrase(("covid", "19"))),
        ("كأس_العالم", Phrase(("كاس", "العالم"))),
        ("عج*", Prefix("عج")),
        ("ميناء in:headline", InHeadline(HARBOUR)),
        ("(ميناء in:headline) حرب", And((InHeadline(HARBOUR), WAR))),
        ("ميناء outlet:jang", And((HARBOUR, Field("outlet", "jang")))),
        ('place:"أبو ظبي"', Field("place", "أبو ظبي")),
        ("-place:x language:ur", And((Not(Field("place", "x")), Field("language", "ur")))),
        ("3.1", Word("3.1", "3.1")),
        ("٣٫١", Word("3.1", "٣٫١")),
        ("1,500", Word("1500", "1,500")),
        ("\u200fميناء\u200e -\u202bحرب\u202c"[1:7], HARBOUR),
        ("ميناء ، !", HARBOUR),
        ("ميناء -»", HARBOUR),
        ("(ميناء -») | حرب", Or((HARBOUR, WAR))),
        ("عاجل:", Word("عاجل", "عاجل:")),
        ("10:30", Phrase(("10", "30"))),
        ("OR", Word("or", "OR")),
    ],
)  # fmt: skip
def test_a_query_asks_for(query: str, meant: object) -> None:
    assert parse_query(query) == meant


def test_bidi_controls_change_nothing() -> None:
    assert parse_query("\u202bميناء\u202c \u200f-\u202bحرب\u202c\u2069") == parse_query(
        "ميناء -حرب"
    )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "no word"),
        ("()", "no word"),
        ("|", "no word"),
        ("ميناء |", "no word"),
        ("-", "no word"),
        ("- | ( -", "no word"),
        ("\u202e\u202c\u200f", "no word"),
        ("،؛ «»", "no word"),
        ("-ميناء", "excluded"),
        ("ميناء | -حرب", "excluded"),
        ("in:headline", "no word"),
        ("outlet:jang in:headline", "no word"),
        ("in:body ميناء", "in:headline"),
        ("-in:headline ميناء", "in:headline"),
        ('"ميناء', "not closed"),
        ("(ميناء", "not closed"),
        ("ميناء)", "not opened"),
        ("writer:سلمى ميناء", "no field 'writer'"),
        ("language:en port", "ar or ur"),
        ('outlet:"" ميناء', "needs a value"),
        ("ميناء place:", "place: needs a value"),
        ("ميناء (Source: رويترز)", "Source: needs a value"),
        ("in: headline ميناء", "in: needs a value"),
        ("ع*", "at least 2"),
        ("*", "2 letters"),
        ("ميناء " * 33, "33 words; 32"),
        (f'"{"ميناء " * 33}"', "33 words; 32"),
        ("ا" * 10_000, "10000 characters; 2000"),
        (f"{'(' * 17}ا{')' * 17}", "16 brackets"),
    ],
)
def test_what_cannot_be_meant_is_said(query: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        parse_query(query)


@given(st.text(alphabet='ابو "«»“|()-*:in\u200f\u202e٣.,', max_size=60))
def test_any_text_is_a_query_or_an_error(text: str) -> None:
    with suppress(QueryError):
        assert parse_query(text) is not None


def test_the_more_relevant_have_all_words_in_the_headline() -> None:
    relevant = all_in_headline(parse_query('ميناء -حرب outlet:jang ("بحر" | in:headline عج*)'))
    assert relevant == And(
        (
            InHeadline(HARBOUR),
            Not(WAR),
            Field("outlet", "jang"),
            Or((InHeadline(Phrase(("بحر",))), InHeadline(Prefix("عج")))),
        )
    )
    assert all_in_headline(parse_query("outlet:jang")) is None


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("نهر OR نہر", "OR: one of two words is written A | B"),
        ("نهر AND نہر", "AND: several words must all be there anyway"),
        ("NOT نهر", "NOT: a word is excluded by a minus"),
    ],
)
def test_operators_of_other_engines_are_told(query: str, said: str) -> None:
    with pytest.raises(QueryError, match=re.escape(said)):
        parse_query(query)
