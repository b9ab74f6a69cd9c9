"""One vocabulary: what the code sets, what is documented and what is counted are the same names."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from crawler.causes import Cause, Ending, Kind, as_markdown, find_cause
from crawler.counts import Counts, cause_count, stats_key
from crawler.extraction.disagreements import DriftField
from crawler.extraction.verdict import Verdict
from tests.conftest import ROOT

VOCABULARY = ROOT / "crawler" / "causes.py"
# These decide by causes that others have set.
READERS = [ROOT / "crawler" / "health" / "status.py", ROOT / "crawler" / "frontier" / "revisits.py"]
# Words that are causes and also something else, and what else.
OTHER_MEANINGS = {
    "copies": "a count",
    "discovery_failed": "a count",
    "off_pattern": "a count",
    "put_off": "a count",
    "spooled": "a count",
    "store_down": "a count, and how a run ended",
    "error": "how a run ended",
    "interrupted": "how a run ended",
    "refused": "how a run ended, and the state of an outlet",
    "empty": "a verdict on a page",
    "too_many_attributes": "a verdict on a page",
    "stopped": "a collection of the store",
    "restless": "a field of the store's boilerplate",
    "declaration": "a field of an outlet in JSON",
    "scheme": "a field of a request to the reading room",
    "store": "a kind of error page",
}
CALLS_WITH_A_CAUSE = ("Finding", "Reason", "count_cause", "fail", "record_failure")


def source_files() -> list[Path]:
    return [path for path in sorted((ROOT / "crawler").rglob("*.py")) if path != VOCABULARY]


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def literals(path: Path) -> set[str]:
    """The strings that stand in the code of a file, without those that are parts of f-strings."""
    return {
        node.value
        for node in nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def members_used(path: Path, enumeration: str) -> set[str]:
    """The names behind "Cause." in a file."""
    return {
        node.attr
        for node in nodes(path)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == enumeration
    }


def test_the_page_of_the_documentation_is_made_of_the_vocabulary() -> None:
    page = (ROOT / "docs" / "causes.md").read_text(encoding="utf-8")
    assert page == as_markdown(), "run: python -m crawler.causes > docs/causes.md"
    for cause in Cause:
        assert f"| `{cause}` | {cause.meaning} | {cause.action} |" in page
    for ending in Ending:
        assert f"| `{ending}` | {ending.meaning} |" in page


@pytest.mark.parametrize("cause", Cause)
def test_each_cause_says_in_sentences_what_it_means_and_what_to_do(cause: Cause) -> None:
    for sentence in (cause.meaning, cause.action):
        assert sentence[0].isupper() or sentence[0] == "`"
        assert sentence.endswith(".")
        assert "|" not in sentence, "it stands in a cell of a table"
    assert find_cause(str(cause)) is cause


def test_no_two_members_have_one_name() -> None:
    for enumeration in (Cause, Ending, Kind):
        assert len(list(enumeration)) == len(enumeration.__members__), "an alias"


@pytest.mark.parametrize("path", source_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_causes_are_set_by_members_and_never_by_their_names(path: Path) -> None:
    assert literals(path) & {*map(str, Cause)} - OTHER_MEANINGS.keys() == set()
    for node in nodes(path):
        match node:
            case (
                ast.Assign(targets=[ast.Name("cause")], value=ast.Constant(str()))
                | ast.Assign(targets=[ast.Attribute(attr="cause")], value=ast.Constant(str()))
                | ast.AnnAssign(target=ast.Name("cause"), value=ast.Constant(str()))
                | ast.keyword("cause", ast.Constant(str()))
            ):
                pytest.fail(f"{path}:{ast.unparse(node)}: a cause is a member of Cause")
            case ast.Call(
                func=ast.Name(name) | ast.Attribute(attr=name), args=[ast.Constant(str()), *_]
            ) if name in CALLS_WITH_A_CAUSE:
                pytest.fail(f"{path}:{node.lineno}: a cause is a member of Cause")


def test_every_member_is_set_somewhere() -> None:
    setters = [path for path in source_files() if path not in READERS]
    used = {name for path in setters for name in members_used(path, "Cause")}
    families = {
        "http": {cause.name for cause in Cause if cause.startswith("http_")},
        "not_article": {Cause.not_article(verdict).name for verdict in verdicts()},
        "drift": {Cause.drift(field).name for field in get_args(DriftField)},
    }
    for family, members in families.items():
        if family in used:
            used |= members
    assert Cause.__members__.keys() - used == set(), "set nowhere: an entry that nobody needs"


def test_every_end_of_a_run_is_set_or_read_somewhere() -> None:
    used = {name for path in source_files() for name in members_used(path, "Ending")}
    assert used == Ending.__members__.keys()


def verdicts() -> list[str]:
    """The verdicts on a page that are not "article"."""
    return [verdict for verdict in get_args(Verdict) if verdict != "article"]


def test_families_have_a_member_for_each_of_their_parts_and_no_other() -> None:
    pages = {cause for cause in Cause if cause.startswith("not_article/")}
    limits = {Cause.TOO_MANY_ATTRIBUTES}
    assert pages == {Cause.not_article(verdict) for verdict in verdicts()} - limits
    drifts = {cause for cause in Cause if cause.startswith("drift/")}
    assert drifts == {Cause.drift(field) for field in get_args(DriftField)}
    with pytest.raises(ValueError, match="not_article/poem"):
        Cause.not_article("poem")


def test_any_http_status_is_a_cause() -> None:
    assert Cause.http(404) is Cause.HTTP_404
    teapot = Cause.http(418)
    assert (str(teapot), teapot.kind) == ("http_418", Kind.FAILURE)
    assert teapot.meaning == "The server answered 418 (I'm a Teapot)."
    assert Cause.http(520).meaning == "The server answered 520."
    assert (teapot.answer, Cause.HTTP_404.answer) == ("418 (I'm a Teapot)", "")
    assert find_cause("http_520") == Cause.http(520)
    assert find_cause("http_soon") is None
    for number in (99999, 1000, 99, 0, -200):
        assert Cause.http(number) is Cause.HTTP_OTHER


@pytest.mark.parametrize("cause", [cause for cause in Cause if cause.kind is not Kind.ALARM])
def test_each_cause_is_counted_in_the_column_of_its_kind(cause: Cause) -> None:
    counts = Counts.of({stats_key(cause_count(cause)): 3})
    columns = {
        Kind.FAILURE: counts.failures,
        Kind.REFUSAL: counts.failures,
        Kind.GAP: {f"gap_{name}": count for name, count in counts.gaps.items()},
        Kind.WARNING: counts.warnings,
        Kind.DROP: counts.dropped,
    }
    assert columns[cause.kind] == {cause: 3}
