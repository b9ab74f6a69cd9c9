"""Fields where the outlet's declared selectors and the generic reading differ: how a redesign is
noticed."""

from collections.abc import Sequence
from typing import Literal

from crawler.extraction.body import Bodies, same_body
from crawler.extraction.date_text import DateContext, PageDate, read_printed_date
from crawler.extraction.headline import Headline
from crawler.extraction.page_claims import PageClaims
from crawler.extraction.page_dates import PageDates, may_be_same_day
from crawler.text.letters import fold_words

DriftField = Literal["headline", "body", "published"]
"""A field in which declared selectors and the generic reading can differ."""


def find_disagreements(
    claims: PageClaims,
    generic_headline: Headline | None,
    bodies: Bodies,
    dates: PageDates,
    context: DateContext,
) -> tuple[DriftField, ...]:
    """Return the names of the declared fields that differ from the generic reading; () when the
    outlet declares no layout, or a JSON document that the page lacks."""
    layout, selected = claims.layout, claims.selected
    if selected is None or bodies.declared is None:
        return ()
    fields: list[DriftField] = []
    if claims.data is not None:
        if claims.data.document is None:
            return ()
        layout = claims.data.layout
    if layout.headline and not _same_headline(selected.headline, generic_headline):
        fields.append("headline")
    if layout.body and _is_other_body(bodies):
        fields.append("body")
    if layout.published and not _same_date(selected.published, dates.published, context):
        fields.append("published")
    return tuple(fields)


def _is_other_body(bodies: Bodies) -> bool:
    """Return whether the declared body is not the generic one; for one in the page's JSON document,
    whether it was not believed."""
    if bodies.data is not None:
        return bodies.believed_data is None
    return bodies.declared is not None and not same_body(bodies.declared, bodies.generic)


def _same_headline(declared: str | None, generic: Headline | None) -> bool:
    return fold_words(declared or "") == fold_words(generic.text if generic else "")


def _same_date(declared: Sequence[str], published: PageDate | None, context: DateContext) -> bool:
    """Return whether a declared text is the date that was read; True when there is neither."""
    readable = [date for text in declared if (date := read_printed_date(text, context))]
    if not readable or published is None:
        return not declared and published is None
    return any(may_be_same_day(date, published) for date in readable)
