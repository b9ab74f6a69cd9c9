"""Authors keep the lines that they were printed in, wherever an article goes."""

import pickle
from dataclasses import asdict, replace

from crawler.items import Article, Authors

LINES = ("العقبة - سامي البدري (رويترز)",)
ARTICLE = Article("https://waha.example/1", authors=Authors.printed_in(LINES, ("سامي البدري",)))


def test_authors_are_a_tuple_of_names() -> None:
    assert ARTICLE.authors == ("سامي البدري",)
    assert asdict(ARTICLE)["authors"] == ("سامي البدري",)


def test_the_lines_go_along_with_a_copy_and_to_another_process() -> None:
    for article in (replace(ARTICLE, headline="خبر"), pickle.loads(pickle.dumps(ARTICLE))):
        assert isinstance(article.authors, Authors)
        assert article.authors.bylines == LINES
