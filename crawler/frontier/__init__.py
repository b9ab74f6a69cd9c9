"""The frontier: the addresses of an outlet, and when each is checked next. Pure."""

from crawler.frontier.revisits import (
    Pace,
    aliased,
    announced,
    checked,
    failed,
    is_due_believed,
    is_outdated,
    merged,
    set_aside,
    with_believed_instants,
)
from crawler.frontier.tracked_url import TrackedUrl, UrlKind

__all__ = [
    "Pace",
    "TrackedUrl",
    "UrlKind",
    "aliased",
    "announced",
    "checked",
    "failed",
    "is_due_believed",
    "is_outdated",
    "merged",
    "set_aside",
    "with_believed_instants",
]
