"""The frontier: the addresses of an outlet, and when each is checked next. Pure."""

from crawler.frontier.revisits import (
    Pace,
    aliased,
    announced,
    checked,
    failed,
    has_credible_due,
    is_outdated,
    merged,
    set_aside,
    with_credible_instants,
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
    "has_credible_due",
    "is_outdated",
    "merged",
    "set_aside",
    "with_credible_instants",
]
