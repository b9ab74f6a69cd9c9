"""The views by which other programs read the file: SQL that SQLite and DuckDB both understand.

docs/views.md documents them. A view keeps its columns; a change that is more than one more column
makes a view of another version. DuckDB reads the SQL itself and runs it: every alias stands behind
AS, every type is said by CAST, and nothing is used that the two read otherwise (the `value` of
json_each is text for SQLite and JSON for DuckDB: `fullkey` leads to the text in both).
"""

SEPARATOR = "; "
"""Stands between the texts of one column."""

_NUMBERS_OF_RUNS = (
    *("found", "fetched", "new_stories", "copies", "revisions", "unchanged", "forgotten"),
    *("known", "put_off", "first_visits", "first_failures", "unmodified", "asked", "twins"),
    *("left", "credited"),
    *("discovered", "discovery_failed", "off_pattern"),
)
_NAME = "s.value ->> '$.name'"
_SOURCE = f"CASE s.value ->> '$.id' WHEN '' THEN {_NAME} ELSE s.value ->> '$.id' END"
_PAIRS_OF_RUNS = ("gaps", "failures", "dropped", "doubts", "versions")


def _text(name: str, table: str = "a") -> str:
    """Return the column of a field of a document that is text."""
    return f"CAST({table}.document ->> '$.{name}' AS TEXT) AS {name}"


def _number(name: str) -> str:
    """Return the column of a number of a run; one that the run did not count yet is 0."""
    return f"CAST(coalesce(r.document ->> '$.{name}', '0') AS BIGINT) AS \"{name}\""


def _joined(name: str, expression: str, rows: str) -> str:
    """Return a column of several texts: `expression` for each of `rows`."""
    return f"CAST((SELECT group_concat({expression}, '{SEPARATOR}') FROM {rows}) AS TEXT) AS {name}"  # noqa: S608


def _texts(name: str) -> str:
    """Return the column of a field of an article that is a list of texts."""
    return _joined(name, "a.document ->> t.fullkey", f"json_each(a.document, '$.{name}') AS t")


def _each_once(name: str, expression: str, rows: str) -> str:
    """Return a column of several texts: `expression` for each of `rows`, each text once, sorted."""
    return _joined(name, "d.v", f"(SELECT DISTINCT {expression} AS v FROM {rows} ORDER BY 1) AS d")  # noqa: S608


def _sources(name: str, role: str | None = None) -> str:
    """Return the column of an article's sources, in one role or all: ids, printed names where there
    is no id."""
    condition = "" if role is None else f" WHERE s.value ->> '$.role' = '{role}'"
    return _each_once(name, _SOURCE, f"json_each(a.document, '$.sources') AS s{condition}")


def _pairs(name: str) -> str:
    """Return the column of a field of a run that is pairs of a name and a value."""
    pair = "(r.document ->> (t.fullkey || '[0]')) || ' ' || (r.document ->> (t.fullkey || '[1]'))"
    return _joined(name, pair, f"json_each(r.document, '$.{name}') AS t")


def _total(name: str, expression: str) -> str:
    """Return a number over the copies of a story."""
    return f"CAST((SELECT {expression} FROM articles AS c {_OF_STORY}) AS BIGINT) AS {name}"  # noqa: S608


def _view(name: str, *columns: str, rows: str) -> str:
    """Return the statements that make a view anew."""
    selected = ",\n    ".join(columns)
    return (
        f"DROP VIEW IF EXISTS {name};\nCREATE VIEW {name} AS SELECT\n    {selected}\nFROM {rows};\n"
    )


_ROLES = (
    _sources("publisher", "publisher"),
    _sources("agencies", "agency"),
    _sources("desk", "desk"),
    _text("reporter"),
)
_OF_STORY = "WHERE c.story_id = a.id"
_SOURCES_OF_STORY = f"articles AS c, json_each(c.document, '$.sources') AS s {_OF_STORY}"

VIEWS = (
    _view(
        "stories_v1",
        "a.story_id AS id",
        _text("headline"),
        "a.language AS language",
        *map(_text, ("published", "published_precision", "place", "dateline")),
        _each_once("sources", _SOURCE, _SOURCES_OF_STORY),
        _each_once("source_names", _NAME, _SOURCES_OF_STORY),
        _total("copy_count", "count(c.id)"),
        _each_once("outlets", "c.outlet", f"articles AS c {_OF_STORY}"),
        "a.outlet AS outlet",
        _text("url"),
        *map(_text, ("description", "reporter", "genre")),
        _total("revisions", "sum(c.revisions)"),
        _total("rules", "min(c.rules)"),
        rows="articles AS a WHERE a.id = a.story_id",
    )
    + _view(
        "articles_v1",
        "a.id AS id",
        "a.story_id AS story_id",
        _text("url"),
        "a.canonical_url AS canonical_url",
        "a.outlet AS outlet",
        "a.language AS language",
        *map(_text, ("headline", "description")),
        _texts("authors"),
        *map(_text, ("section", "genre")),
        _texts("tags"),
        *map(_text, ("image", "published", "published_raw", "published_precision")),
        *map(_text, ("modified", "modified_raw", "zone", "dateline", "place")),
        _sources("sources"),
        _each_once("source_names", _NAME, "json_each(a.document, '$.sources') AS s"),
        *_ROLES,
        *map(_text, ("fetched_at", "content_hash", "own_url")),
        "a.revisions AS revisions",
        "a.rules AS rules",
        rows="articles AS a",
    )
    + _view(
        "copies_v1",
        "a.story_id AS story_id",
        "a.id AS article_id",
        "CAST(CASE WHEN a.id = a.story_id THEN 1 ELSE 0 END AS BIGINT) AS is_earliest",
        "a.outlet AS outlet",
        _text("url"),
        *map(_text, ("headline", "published", "genre")),
        *_ROLES,
        rows="articles AS a",
    )
    + _view(
        "runs_v1",
        "r.id AS id",
        "r.outlet AS outlet",
        *(_text(name, "r") for name in ("started", "finished", "status", "scope")),
        *map(_number, _NUMBERS_OF_RUNS),
        *map(_pairs, _PAIRS_OF_RUNS),
        rows="runs AS r",
    )
)
"""The statements that make the views anew."""
