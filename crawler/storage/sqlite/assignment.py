"""Assigning articles to stories. Every function runs inside a transaction of the worker."""

import sqlite3
from collections.abc import Collection

from crawler.storage.codec import to_milliseconds
from crawler.storage.sqlite import story_index
from crawler.storage.sqlite.rows import MEMBER_COLUMNS, member_from_row
from crawler.stories.grouping import Member, assign_stories
from crawler.stories.links import TextLink
from crawler.stories.model import Move


def assign(
    connection: sqlite3.Connection, article_id: str, text_hashes: Collection[int]
) -> list[Move]:
    """Assign the group of an article and of texts to stories; return the moves of all its
    articles."""
    members, links = read_group(connection, article_id, text_hashes)
    assignment = assign_stories(members, links)
    updates = [
        (slot.story_id, to_milliseconds(slot.story_time), member.id)
        for member, slot in assignment.misplaced
    ]
    connection.executemany("UPDATE articles SET story_id = ?, story_time = ? WHERE id = ?", updates)
    story_index.remove_links(connection, assignment.broken_links)
    return assignment.moves


def read_group(
    connection: sqlite3.Connection, article_id: str, text_hashes: Collection[int]
) -> tuple[list[Member], set[TextLink]]:
    """Return the articles that hang together with an article and with texts, by equal texts and
    links, and these links.

    Broken links are followed too: the articles that they held together must be looked at when they
    break.
    """
    members = {member.id: member for member in _read_members(connection, "id", article_id)}
    links: set[TextLink] = set()
    read: set[int] = set()
    missing = set(text_hashes)
    missing.update(member.text_hash for member in members.values() if member.text_hash is not None)
    while missing:
        for text_hash in missing:
            for member in _read_members(connection, "text", text_hash):
                members[member.id] = member
        links |= story_index.read_links(connection, missing)
        read |= missing
        missing = {text_hash for link in links for text_hash in link.text_hashes} - read
    return list(members.values()), links


def _read_members(connection: sqlite3.Connection, column: str, value: int | str) -> list[Member]:
    rows = connection.execute(
        f"SELECT {MEMBER_COLUMNS} FROM articles WHERE {column} = ?",  # noqa: S608
        (value,),
    )
    return [member_from_row(row) for row in rows]
