"""JMESPaths: what is wrong is said when they are compiled, what does not fit a document gives
nothing."""

import pytest

from crawler.discovery import json_paths

DOCUMENT = {"story": {"title": "الجسر", "authors": [{"first": "هدى", "last": "سالم"}]}, "n": 7}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("story.title", "الجسر"),
        ("story.authors[].join(' ', [first, last])", ["هدى سالم"]),
        ("not_null(story.lead, story.title)", "الجسر"),
        ("story.nothing.here", None),
        ("join(', ', n)", None),
        ("n[0]", None),
    ],
)
def test_a_path_gives_the_value_that_it_points_at(path: str, value: object) -> None:
    assert json_paths.search(path, DOCUMENT) == value


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("story[", "Incomplete expression"),
        ("", "cannot be empty"),
        ("#story", "Unknown token #"),
        ("story.authors[].titel(@)", r"there is no function titel\(\)"),
        ("story[?lowercase(title) == 'x'].body", r"no function lowercase\(\)"),
        ("join(authors)", r"join\(\) takes 2 values, not 1"),
        ("not_null()", r"not_null\(\) takes 1 values, not 0"),
    ],
)
def test_what_is_wrong_with_a_path_is_said(path: str, problem: str) -> None:
    with pytest.raises(ValueError, match=f"is not a JMESPath: .*{problem}"):
        json_paths.compiled(path)


def test_a_document_of_any_depth_raises_nothing() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    assert json_paths.search("@ == @", deep) in (None, True)
    assert json_paths.search("to_string(@)", deep) is None
