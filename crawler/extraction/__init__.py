"""From a page to an Article: pure, with no network, no clock and no outlet needed.

`crawler.extraction.article.examine` is the way through this package, step by step.
"""

from crawler.extraction.article import Extraction, examine, extract_article
from crawler.extraction.verdict import Verdict

__all__ = ["Extraction", "Verdict", "examine", "extract_article"]
