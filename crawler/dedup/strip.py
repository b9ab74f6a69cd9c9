"""What is printed with a story and is not the story: dateline, credit lines."""

import re

from crawler.items import Article

_CREDITS = (
    r"[(\[/*«\s]*(?:[^\W\d_]\s*[.\s]\s*){1,6}[)\]/*»\s]*",  # initials: (أ .ف .ب), (و م ع), م.ن
    r"[(\[]\s*[^()\[\]]{1,40}\s*[)\]]",  # an agency alone in brackets: (رويترز)
    r"[/\s(]*(?:انتهى|انتهت|النهاية|ختم شد)[/\s)].{0,30}",  # agencies' end marks, with initials and a time
    r"[/\s(]*(?:انتهى|انتهت|النهاية|ختم شد)[/\s)]*",
    r"\*?\s*(?:المصدر|المصادر|مصدر|نقلا عن|ذریعہ|بشکریہ|کریڈٹ|ماخذ)\s*[:：].{1,80}",
)
CREDIT_LINE = re.compile("|".join(f"(?:{pattern})" for pattern in _CREDITS))
"""A whole line below a body that only says where it came from. Forms: 45 credit lines of 20 houses."""


def story_paragraphs(article: Article) -> list[str]:
    """The body's paragraphs without a dateline that still stands there and without credit lines at the end."""
    body = (article.body or "").strip()
    if article.dateline and body.startswith(article.dateline.strip()):
        body = body[len(article.dateline.strip()) :]
    paragraphs = [stripped for line in body.split("\n") if (stripped := line.strip())]
    while len(paragraphs) > 1 and CREDIT_LINE.fullmatch(paragraphs[-1]):
        paragraphs.pop()
    return paragraphs
