"""The signature of an article: its day, its keys, and the hash of what is compared."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.dedup.sketch import Sketch
from crawler.stories import signature
from crawler.stories.signature import Signature, sign, text_hashes
from crawler.stories.versions import Current
from tests.storage.samples import NOON, article

DAY = timedelta(days=1)
TODAY = (NOON - datetime(1970, 1, 1, tzinfo=UTC)).days
SKETCH = Sketch(7, (1, 2, 3))


def current(**fields: Any) -> Current:
    return Current(article("a", **fields), NOON, NOON)


@pytest.mark.parametrize(
    ("published", "day"),
    [
        (NOON - 3 * DAY, TODAY - 3),
        (NOON + DAY, TODAY + 1),
        (NOON + 2 * DAY, TODAY),
        (datetime(1970, 1, 1, tzinfo=UTC), TODAY),
        (None, TODAY),
    ],
    ids=["past", "tomorrow", "future", "clock at zero", "none"],
)
def test_the_day_is_that_of_publication_if_it_can_be_meant(
    published: datetime | None, day: int
) -> None:
    assert sign(current(published=published), SKETCH, ()).day == day


def test_stop_keys_are_left_out_but_counted_and_a_stopped_text_has_no_keys() -> None:
    signed = sign(current(), SKETCH, {2})
    assert (signed.text_hash, signed.keys, signed.size) == (7, (1, 3), 3)
    stopped = sign(current(), SKETCH, {7})
    assert (stopped.text_hash, stopped.keys, stopped.size) == (None, (), 3)


@pytest.mark.parametrize(
    "changed", [{"headline": "آخر"}, {"outlet": "b"}, {"language": "ur"}, {"published": NOON}]
)
def test_the_inputs_hash_changes_with_what_is_compared_and_with_nothing_else(
    changed: dict[str, object],
) -> None:
    before = sign(current(), SKETCH, ())
    assert sign(current(section="رياضة"), SKETCH, ()) == before
    assert sign(current(**changed), SKETCH, ()).inputs_hash != before.inputs_hash
    assert sign(current(), replace(SKETCH, keys=(1, 2)), ()).inputs_hash != before.inputs_hash


def test_other_rules_make_another_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    before = sign(current(), SKETCH, ())
    monkeypatch.setattr(signature, "RULES_VERSION", before.rules_version + 1)
    after = sign(current(), SKETCH, ())
    assert after.rules_version == before.rules_version + 1
    assert after.inputs_hash != before.inputs_hash


@pytest.mark.parametrize("day", range(20, 25))
def test_the_window_lies_in_three_buckets(day: int) -> None:
    own = Signature(7, (), 0, day, 0, 1)
    window = range(day - signature.WINDOW_DAYS, day + signature.WINDOW_DAYS + 1)
    assert set(window) <= set(own.bucket_days)
    assert {other // signature.WINDOW_DAYS for other in own.bucket_days} == set(own.buckets)


def test_an_article_without_text_has_no_text_hash() -> None:
    one, none = Signature(7, (), 0, 0, 0, 1), Signature(None, (), 0, 0, 0, 1)
    assert text_hashes(one, none, one) == {7}
