"""Putting the articles of a group where they belong. Every function runs inside a transaction of
the worker."""

import sqlite3
from collections.abc import Collection

from crawler.storage.codec import from_milliseconds, to_milliseconds
from crawler.storage.protocol import Move
from crawler.storage.sqlite import story_index
from crawler.stories.grouping import (
    Member,
    StorySlot,
    assign_stories,
    inputs_hashes,
    story_changes,
)
from crawler.stories.links import Link, valid_links


def assign(connection: sqlite3.Connection, article_id: str, texts: Collection[int]) -> list[Move]:
    """Put an article, and all that hangs together with it or with `texts`, into its story; all of
    them."""
    members, links = group_of(connection, article_id, texts)
    slots = assign_stories(members, links)
    connection.executemany(
        "UPDATE articles SET story_id = ?, story_time = ? WHERE id = ?",
        [
            (slots[member.id].story_id, to_milliseconds(slots[member.id].story_time), member.id)
            for member in members
            if member.slot != slots[member.id]
        ],
    )
    story_index.forget(connection, links.difference(valid_links(links, inputs_hashes(members))))
    return story_changes(members, slots)


def group_of(
    connection: sqlite3.Connection, article_id: str, texts: Collection[int]
) -> tuple[list[Member], set[Link]]:
    """The articles that hang together with an article or with `texts`, by equal texts and links,
    and these links.

    Links that hold no more are followed too: what they held together must be looked at when they
    break.
    """
    members = {member.id: member for member in _members(connection, "id", article_id)}
    links: set[Link] = set()
    seen: set[int] = set()
    ahead = {member.text_hash for member in members.values() if member.text_hash is not None}.union(
        texts
    )
    while ahead:
        seen |= ahead
        for text in ahead:
            members |= {member.id: member for member in _members(connection, "text", text)}
        links |= story_index.links_of(connection, ahead)
        ahead = {text for link in links for text in link.text_hashes} - seen
    return list(members.values()), links


def _members(connection: sqlite3.Connection, column: str, value: int | str) -> list[Member]:
    rows = connection.execute(
        f"SELECT id, published, time, text, face, story_id, story_time FROM articles WHERE {column} = ?",  # noqa: S608
        (value,),
    )
    return [
        Member(
            id=article_id,
            published=None if published is None else from_milliseconds(published),
            time=from_milliseconds(time),
            text_hash=text,
            inputs_hash=face,
            slot=StorySlot(story_id, from_milliseconds(story_time)),
        )
        for article_id, published, time, text, face, story_id, story_time in rows
    ]
