"""Which of several versions of one article stands, in whatever order they come."""

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.dedup import folded_headline
from crawler.storage.incoming import prepare
from crawler.stories.versions import (
    Current,
    Incoming,
    OldVersion,
    apply,
    needs_old_versions,
    revisions,
)
from tests.storage.samples import HOUR, NOON, article

TEXTS = ["النص الأول", "النص الثاني", None]
HEADLINES = ["عنوان", "عنوان آخر", None]


def stored(readings: list[Incoming]) -> tuple[Current, list[tuple[object, ...]]]:
    """What the rules make of readings of one address, in that order."""
    current = readings[0].as_first
    old_versions: list[OldVersion] = []
    for reading in readings[1:]:
        needed = old_versions if needs_old_versions(current, reading) else ()
        change = apply(current, reading, needed)
        current = change.current
        if change.old_version is not None:
            old_versions.append(change.old_version)
    older = revisions(readings[0].id, current, old_versions)
    assert current.revisions == len(older)
    assert len({old.key for old in old_versions}) == len(old_versions)
    return current, [
        (r.article.body, r.article.headline, r.first_seen, r.replaced_at) for r in older
    ]


@settings(deadline=None)  # a busy machine is slow, not wrong
@given(st.permutations(list(enumerate(["أ", "ب", "ج", "د", "ه"]))))
def test_distinct_texts_of_one_address_end_in_one_history(order: list[tuple[int, str]]) -> None:
    readings = [prepare(article("a", text, fetched_at=NOON + n * HOUR)) for n, text in order]
    assert stored(readings) == stored(sorted(readings, key=lambda reading: reading.seen))


@settings(deadline=None)  # a busy machine is slow, not wrong
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(TEXTS), st.sampled_from(HEADLINES)), min_size=1
    )
)
def test_a_second_run_of_the_same_readings_changes_nothing(
    parts: list[tuple[int, str, str]],
) -> None:
    parts = sorted(parts, key=lambda part: part[0])
    readings = [
        prepare(article("a", text, headline=headline, fetched_at=NOON + hour * HOUR))
        for hour, text, headline in parts
    ]
    assert stored(readings + readings) == stored(readings)


@settings(deadline=None)  # a busy machine is slow, not wrong
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.sampled_from(TEXTS), st.sampled_from(HEADLINES)), min_size=1
    )
)
def test_no_text_is_ever_lost(parts: list[tuple[int, str, str]]) -> None:
    readings = [
        prepare(article("a", text, headline=headline, fetched_at=NOON + hour * HOUR))
        for hour, text, headline in parts
    ]
    current, older = stored(readings)
    bodies = {current.article.body, *(text[0] for text in older)}
    headlines = {
        folded_headline(one)
        for one in (current.article.headline, *(str(text[1] or "") for text in older))
    }
    assert {text for _, text, _ in parts if text} <= bodies
    assert {folded_headline(headline) for _, _, headline in parts if headline} <= headlines
