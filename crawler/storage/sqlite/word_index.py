"""The index of words in SQLite, and asking it.

`words` holds no texts (`content = ''`): an article's words are removed by telling them again,
folded by the version that stands in `foldings`. `vocabulary` holds every word once, for the forms
and prefixes that a query stands for. Every function runs on the worker's thread.
"""

import json
import sqlite3

from crawler.items import Article
from crawler.search import (
    FIELD_BREAK,
    FOLDING,
    LANGUAGES,
    MAX_FORMS,
    OTHER_LANGUAGES,
    And,
    Columns,
    Expansion,
    InHeadline,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Term,
    Word,
    columns_of,
    evidence,
    expand,
    prefixes,
    wanted_words,
    with_evidence,
    with_headline_terms,
)
from crawler.storage.protocol import StoreError
from crawler.storage.sqlite.rows import article_from_json

_PRUNED = 2_000  # words of the vocabulary looked at in one transaction
_LAST_LETTER = "\U0010ffff"


def write_words(connection: sqlite3.Connection, number: int, article: Article) -> None:
    """Index the words of an article, none of which are indexed."""
    columns = columns_of(article)
    connection.execute(
        "INSERT INTO words (rowid, headline, body) VALUES (?, ?, ?)",
        (number, columns.headline, _marked_body(columns, article.language)),
    )
    connection.execute("INSERT INTO foldings (article, version) VALUES (?, ?)", (number, FOLDING))
    connection.execute(
        "INSERT OR IGNORE INTO vocabulary SELECT value FROM json_each(?)",
        (json.dumps(sorted(_distinct(columns))),),
    )


def remove_words(connection: sqlite3.Connection, number: int) -> None:
    """Remove the words of an article from the index, before its document changes.

    They stay in the vocabulary, see `prune_vocabulary`. Raises StoreError for words that a newer
    version of the program has folded.
    """
    row = connection.execute(
        "SELECT version, document FROM foldings JOIN articles ON number = article"
        " WHERE article = ?",
        (number,),
    ).fetchone()
    if row is None:
        return
    version, document = row
    article = article_from_json(document)
    try:
        columns = columns_of(article, version)
    except ValueError as error:
        raise StoreError(f"{article.url}: {error}") from None
    connection.execute(
        "INSERT INTO words (words, rowid, headline, body) VALUES ('delete', ?, ?, ?)",
        (number, columns.headline, _marked_body(columns, article.language)),
    )
    connection.execute("DELETE FROM foldings WHERE article = ?", (number,))


def prune_vocabulary(connection: sqlite3.Connection, after: str) -> str | None:
    """Remove from the vocabulary those of its next words behind `after` that no article has.

    Returns the last word looked at, None at the end.
    """
    rows = connection.execute(
        "SELECT word FROM vocabulary WHERE word > ? ORDER BY word LIMIT ?", (after, _PRUNED)
    ).fetchall()
    if not rows:
        return None
    last: str = rows[-1][0]
    connection.execute(
        "DELETE FROM vocabulary WHERE word > ? AND word <= ?"
        " AND NOT EXISTS (SELECT 1 FROM indexed_words WHERE term = word)",
        (after, last),
    )
    return last


def with_vocabulary(connection: sqlite3.Connection, node: Node) -> Node:
    """Return a query whose words have the forms that the vocabulary tells."""
    return with_evidence(node, _known(connection, evidence(node)))


def expanded(connection: sqlite3.Connection, node: Node) -> Expansion:
    """Return the expansion of a query by the vocabulary. Raises QueryError for too many forms.

    node: as `with_vocabulary` returns it.
    """
    return expand(
        node,
        _known(connection, wanted_words(node)),
        {letters: _words_beginning_with(connection, letters) for letters in prefixes(node)},
    )


def match_expression(node: Node, expansion: Expansion) -> str | None:
    """Return a query as an expression of FTS5, None for one that it cannot say: a field among it,
    or nothing but exclusions."""
    if not expansion.languages:
        return _expression(with_headline_terms(node), expansion, OTHER_LANGUAGES)
    alternatives = []
    for language in expansion.languages:
        expression = _expression(with_headline_terms(node), expansion, language)
        if expression is None:
            return None
        if language is OTHER_LANGUAGES:
            marks = " OR ".join(_quoted(_language_mark(known)) for known in LANGUAGES)
            alternatives.append(f"(({expression}) NOT ({marks}))")
        else:
            alternatives.append(f"({_quoted(_language_mark(language))} AND ({expression}))")
    return " OR ".join(alternatives)


def _expression(node: Node, expansion: Expansion, language: str | None) -> str | None:
    match node:
        case Word() | Phrase() | Prefix():
            return _term(node, expansion, language)
        case InHeadline():
            expression = _expression(node.node, expansion, language)
            return None if expression is None else f"headline : ({expression})"
        case Or():
            parts = [_expression(part, expansion, language) for part in node.nodes]
            if None in parts:
                return None
            return " OR ".join(f"({part})" for part in parts)
        case And():
            return _conjunction(node, expansion, language)
        case _:
            return None


def _conjunction(node: And, expansion: Expansion, language: str | None) -> str | None:
    met: list[str] = []
    excluded: list[str] = []
    for part in node.nodes:
        inner = part.node if isinstance(part, Not) else part
        expression = _expression(inner, expansion, language)
        if expression is None:
            return None
        (excluded if isinstance(part, Not) else met).append(f"({expression})")
    if not met:
        return None
    conjunction = " AND ".join(met)
    return f"({conjunction}) NOT ({' OR '.join(excluded)})" if excluded else conjunction


def _term(term: Term, expansion: Expansion, language: str | None) -> str:
    match term:
        case Word():
            return " OR ".join(map(_quoted, expansion.forms(term, language)))
        case Phrase():
            return _quoted(" ".join(term.words))
        case Prefix():
            return f"{_quoted(term.letters)} *"


def _quoted(words: str) -> str:
    """Return folded words as a string of FTS5; they hold no quotes."""
    return f'"{words}"'


def _known(connection: sqlite3.Connection, words: frozenset[str]) -> frozenset[str]:
    """Return those of `words` that the vocabulary has."""
    rows = connection.execute(
        "SELECT value FROM json_each(?) WHERE value IN (SELECT word FROM vocabulary)",
        (json.dumps(sorted(words)),),
    )
    return frozenset(word for (word,) in rows)


def _words_beginning_with(connection: sqlite3.Connection, letters: str) -> list[str]:
    rows = connection.execute(
        "SELECT word FROM vocabulary WHERE word >= ? AND word < ? LIMIT ?",
        (letters, letters + _LAST_LETTER, MAX_FORMS + 1),
    )
    return [word for (word,) in rows]


def _marked_body(columns: Columns, language: str | None) -> str:
    """Return the column `body`, with a mark of the article's language before its words."""
    if language not in LANGUAGES:
        return columns.body
    return f"{_language_mark(language)} {columns.body}"


def _language_mark(language: str) -> str:
    return f"{FIELD_BREAK}{language}"


def _distinct(columns: Columns) -> set[str]:
    return {*columns.headline.split(), *columns.body.split()} - {FIELD_BREAK}
