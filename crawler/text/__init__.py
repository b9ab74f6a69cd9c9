"""Letters, digits and marks of Arabic and Urdu. A plain library: no Scrapy, no I/O."""

from crawler.text.clean import clean, clean_line, clean_paragraphs
from crawler.text.letters import ascii_digits, fold, fold_words
from crawler.text.shown import isolated, printable, without_credentials

__all__ = [
    "ascii_digits",
    "clean",
    "clean_line",
    "clean_paragraphs",
    "fold",
    "fold_words",
    "isolated",
    "printable",
    "without_credentials",
]
