"""The rule for commit messages, and that the project's own keep it (`make lint` checks those)."""

import importlib.util
from pathlib import Path

import pytest

_PATH = Path(__file__).parents[1] / "ci" / "commit_rule.py"
_SPEC = importlib.util.spec_from_file_location("commit_rule", _PATH)
assert _SPEC is not None
assert _SPEC.loader is not None
commit_rule = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(commit_rule)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Read the dates of RSS 1.0\n\nIts only date is dc:date.\n", None),
        ("Merge branch 'x'", None),
        ("# Please enter the message\nSay why\n\nBecause.\n# On branch main\n", None),
        ("", "no subject"),
        ("Only a subject\n", "no body"),
        ("A subject\nand at once more\n", "no blank line"),
        ("x" * 73 + "\n\nWhy.\n", "73 characters; 72 at most"),
        ("x" * 72 + "\n\nWhy.\n", None),
    ],
)
def test_a_message_is_judged_by_its_subject_and_its_body(message: str, said: str | None) -> None:
    problem = commit_rule.problem(message)
    if said is None:
        assert problem is None
    else:
        assert said in problem


def test_a_message_file_is_checked_as_git_hands_it_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    message = tmp_path / "COMMIT_EDITMSG"
    message.write_text("Only a subject\n", encoding="utf-8")
    assert commit_rule.main([str(message)]) == 1
    assert capsys.readouterr().out == "this commit: no body: say why\n"
