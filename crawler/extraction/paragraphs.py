"""Texts as the paragraphs of a body."""

from collections.abc import Iterable

_SENTENCE_ENDS = tuple(".!?؟۔…:؛»”\"'")
_CLOSING_MARKS = " )»”\"'"


def ends_sentence(text: str) -> bool:
    """Return whether the last character, before closing marks or among them, ends a sentence."""
    bare = text.rstrip(_CLOSING_MARKS)
    return not bare or bare.endswith(_SENTENCE_ENDS) or text.endswith(_SENTENCE_ENDS)


def join_paragraphs(texts: Iterable[str]) -> str | None:
    """Return clean texts as paragraphs parted by blank lines, None without any. A line that ends a
    sentence ends its paragraph too."""
    lines: list[str] = []
    for text in texts:
        for number, line in enumerate(text.split("\n")):
            is_new_paragraph = number == 0 or ends_sentence(lines[-1])
            if lines and is_new_paragraph:
                lines.append("")
            lines.append(line)
    return "\n".join(lines).strip() or None
