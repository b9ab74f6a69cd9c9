"""Check commit messages: a subject of up to 72 characters, a blank line, and a body that says why.

    python ci/commit_rule.py              every commit since the rule was made
    python ci/commit_rule.py MESSAGE_FILE one message, as git's commit-msg hook calls it

Exits with 1, and one line for each commit that breaks the rule.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

LONGEST_SUBJECT = 72  # characters: what `git log` shows in a terminal of 80 columns
RULE_SINCE = "a5c4cec"  # the last commit that need not keep it


def problem(message: str) -> str | None:
    """Return what breaks the rule in a commit message, or None."""
    lines = [line for line in message.splitlines() if not line.startswith("#")]
    subject, *rest = lines or [""]
    if not subject.strip():
        return "no subject"
    if subject.startswith(("Merge ", "Revert ", "fixup! ")):
        return None
    if len(subject) > LONGEST_SUBJECT:
        return f"a subject of {len(subject)} characters; {LONGEST_SUBJECT} at most"
    if rest and rest[0].strip():
        return "no blank line behind the subject"
    if not any(line.strip() for line in rest):
        return "no body: say why"
    return None


def commits_since_the_rule() -> Iterator[tuple[str, str]]:
    """Yield the abbreviated id and the message of each commit that has to keep the rule."""
    known = subprocess.run(
        ["git", "merge-base", "--is-ancestor", RULE_SINCE, "HEAD"], capture_output=True
    )
    if known.returncode:
        print(f"commit rule: {RULE_SINCE} is not in this clone; nothing checked", file=sys.stderr)
        return
    log = subprocess.run(
        ["git", "log", "--format=%h%x00%B%x01", f"{RULE_SINCE}..HEAD"],
        capture_output=True,
        text=True,
        check=True,
    )
    for entry in log.stdout.split("\x01"):
        commit, separator, message = entry.strip().partition("\x00")
        if separator:
            yield commit, message


def main(arguments: list[str]) -> int:
    """Check the message in the file named, or all commits. Return the exit status."""
    if arguments:
        messages = [("this commit", Path(arguments[0]).read_text(encoding="utf-8"))]
    else:
        messages = list(commits_since_the_rule())
    broken = 0
    for commit, message in messages:
        if said := problem(message):
            print(f"{commit}: {said}")
            broken += 1
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
